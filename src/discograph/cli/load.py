"""``discograph load``: documents and graphs into a store folder, or into any store that speaks SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discograph.cli.options import absolute_iri, base_iri_option, input_form_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.cli.registry import registry_of, registry_option
from discograph.query import is_graph_source
from discograph.stores import (
    KINDS,
    EmbeddedStore,
    Loaded,
    Unit,
    Work,
    load_units,
    open_embedded,
    read_units,
    units_of,
)
from discograph.stores.files import graph_files, is_gzipped

if TYPE_CHECKING:
    from discograph.stores.remote import RemoteStore

if TYPE_CHECKING:
    from discograph.mapping.registry import Registry

_MARKS = {"new": "+", "changed": "~", "same": "=", "gone": "-"}
_BIG_BYTES = 200_000_000
_EPILOG = """\b
Examples:
  discograph load seeds --store music.db
  discograph load graphs --endpoint http://127.0.0.1:7878 --verify
  discograph load graphs --endpoint http://127.0.0.1:8890 --prune --dry-run
  discograph load graphs --query-url URL --update-url URL

\b
Each document's graphs are replaced as a whole. What the store holds already is
left alone, so the same command goes on where an earlier one was cut off.
A store that wants to know who you are: set DISCOGRAPH_USER and
DISCOGRAPH_PASSWORD, or DISCOGRAPH_TOKEN, or write ~/.netrc.
"""


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of an embedded store (Oxigraph's); made if not there.",
)
@click.option("--endpoint", metavar="URL", help="Base address of a store that speaks SPARQL 1.1.")
@click.option(
    "--kind",
    "kind_name",
    type=click.Choice([kind.name for kind in KINDS]),
    help="What store it is [default: what it answers like].",
)
@click.option("--query-url", metavar="URL", help="Where it takes queries, if not where its kind does.")
@click.option("--update-url", metavar="URL", help="Where it takes updates.")
@click.option("--graph-store-url", metavar="URL", help="Where it speaks the Graph Store Protocol.")
@click.option(
    "--graph", metavar="IRI", callback=absolute_iri, help="Graph for triples of files that name none, such as Turtle."
)
@click.option(
    "--chunk",
    metavar="QUADS",
    type=click.IntRange(1),
    help="Quads that a request may hold [default: as suits the store].",
)
@click.option("--gzip", "compresses", is_flag=True, help="Compress what is sent.")
@click.option(
    "--retries", type=click.IntRange(0, 100), default=5, show_default=True, help="How often to try again what may pass."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    help="How long one answer may take.",
)
@click.option("--prune", is_flag=True, help="Remove the graphs of documents that were loaded before and are gone.")
@click.option(
    "--verify", is_flag=True, help="Read everything back and compare: numbers, and content where the store gives it."
)
@click.option(
    "--dry-run", is_flag=True, help="Only say what would be done, a line a document: + new, ~ changed, - gone."
)
@registry_option
@base_iri_option
@input_form_option
@quiet_option
def load(
    sources: tuple[Path, ...],
    store: Path | None,
    endpoint: str | None,
    kind_name: str | None,
    query_url: str | None,
    update_url: str | None,
    graph_store_url: str | None,
    graph: str | None,
    chunk: int | None,
    compresses: bool,
    retries: int,
    timeout: float,
    prune: bool,
    verify: bool,
    dry_run: bool,
    registry_file: Path | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Bring documents or graphs into a triple store.

    A SOURCE is a document (text, wikitext, HTML), a graph file (.gz, too), a folder of either, or a store folder.
    """
    addresses = (query_url, update_url, graph_store_url)
    is_remote = any(url is not None for url in (endpoint, *addresses))
    if is_remote == (store is not None):
        raise click.UsageError("say where to: either --store DIR or --endpoint URL")
    if not is_remote and (kind_name or chunk or compresses):
        raise click.UsageError("--kind, --chunk and --gzip are for --endpoint")
    documents, files = _split(sources)
    target: EmbeddedStore | RemoteStore
    if store is not None:
        target = open_embedded(store, is_dry=dry_run)
    else:
        from discograph.stores.addresses import Addresses
        from discograph.stores.remote import open_remote

        target = open_remote(
            endpoint,
            Addresses(*addresses),
            kind_name=kind_name,
            chunk=chunk,
            is_gzipped=compresses,
            retries=retries,
            timeout=timeout,
        )
        _hint(target, files, quiet)

    def tell(action: str, unit: str) -> None:
        if dry_run and action != "same":
            click.echo(f"{_MARKS[action]} {unit}")

    try:
        with registry_of(registry_file, is_kept=not dry_run) as registry:
            units = _units(documents, files, graph, base_iri, registry, form, quiet, store is not None)
            loaded = load_units(target, units, Work(dry_run, prune, verify), tell)
    finally:
        target.close()
    if not quiet:
        click.echo(_summary(loaded, target.name, is_dry=dry_run), err=True)


def _split(sources: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return documents and graph files apart."""
    if all(is_gzipped(path) or is_graph_source(path) for path in sources):
        return [], graph_files(sources)
    from discograph.pipeline import split_sources  # a second of its own, and of no use to graph files

    gzipped = [path for path in sources if is_gzipped(path)]
    documents, graphs = split_sources([path for path in sources if not is_gzipped(path)])
    return documents, graph_files([*graphs, *gzipped])


def _units(
    documents: Sequence[Path],
    files: Sequence[Path],
    graph: str | None,
    base_iri: str,
    registry: Registry | None,
    form: str,
    quiet: bool,
    is_embedded: bool,
) -> Iterator[Unit]:
    """Yield what is to be loaded: documents about albums, as ``export`` writes them, and graph files."""
    if documents:
        from discograph.pipeline import map_documents, read_document

        read = [read_document(path, form) for path in track(documents, "reading", quiet=quiet)]
        mapped = [document for document in map_documents(read, base_iri, registry) if document.albums]
        for document in track(mapped, "loading", quiet=quiet):
            yield from units_of(document.quads, document.source.name)
    # An embedded store parses what it is given once more; to another server, nothing unchecked is sent.
    yield from read_units(track(files, "loading", quiet=quiet), graph, is_checked_later=is_embedded)


def _hint(target: RemoteStore, files: Sequence[Path], quiet: bool) -> None:
    """Say how a load that will take long over HTTP goes faster."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    if size > _BIG_BYTES and target.kind.bulk and not quiet:
        click.echo(f"{size // 1_000_000:,} MB over HTTP will take a while; faster: {target.kind.bulk}", err=True)


def _summary(loaded: Loaded, name: str, *, is_dry: bool) -> str:
    units = loaded.units
    held = units["new"] + units["changed"] + units["same"]
    changes = f"{units['new']:,} new, {units['changed']:,} changed, {units['same']:,} as before"
    if units["gone"]:
        changes += f", {units['gone']:,} removed"
    verb = "would be loaded" if is_dry else "loaded"
    text = f"{held:,} document{'s' * (held != 1)}: {changes}; {loaded.quads:,} quads {verb} into {name}"
    if loaded.compared:
        text += f"; {loaded.compared:,} graphs read back and found equal"
    if loaded.counted:
        text += f"; {loaded.counted:,} graphs hold the number of triples that they should (the store gives none back)"
    return text

"""``discograph export``: documents to checked graph files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from discograph.checks import Severity, check
from discograph.cli.options import (
    absolute_iri,
    base_iri_option,
    format_option,
    input_form_option,
    output_option,
    quiet_option,
    sources_argument,
)
from discograph.cli.progress import track
from discograph.cli.registry import registry_of, registry_option
from discograph.description import WIKIPEDIA_LICENCE, DatasetDescription
from discograph.errors import OutputError
from discograph.mapping import MappedDocument
from discograph.pipeline import find_documents, map_documents, read_document
from discograph.query.sources import DESCRIPTION_FILE
from discograph.reports import Checked, CheckRun, export_summary, text_report
from discograph.serializers import FORMATS, Format, format_by_name, serialize, write_file, write_files

_DEFAULT_FORMATS = ("turtle", "jsonld", "trig")
_EPILOG = """\b
Examples:
  discograph export seeds
  discograph export article.txt -o graphs -f nquads
  discograph export articles -f turtle -f rdfxml --base-iri https://example.org/music/

\b
Turtle, N-Triples, RDF/XML and JSON-LD hold the facts; TriG and N-Quads hold
facts and claims: each triple with the words that say it. A sidecar
<document>.claims.yaml beside a document adds what a person read in it.
The exit code is 1 if the checks find a violation; the files are written all
the same, so that it can be looked into.
"""


@click.command(epilog=_EPILOG)
@sources_argument()
@output_option(help="Folder to write to; it is made if it is not there.", default="output")
@format_option([fmt.name for fmt in FORMATS], help="Format to write; may be given several times "
               f"[default: {' '.join(_DEFAULT_FORMATS)}].", multiple=True)  # fmt: skip
@click.option(
    "--evidence",
    type=click.Choice(["claims", "spans", "none"]),
    default="claims",
    show_default=True,
    help="How much of the evidence TriG and N-Quads hold: a claim a triple, a named graph a span, or nothing.",
)
@click.option(
    "--license",
    "licence",
    metavar="IRI",
    default=WIKIPEDIA_LICENCE,
    show_default=True,
    callback=absolute_iri,
    help=f"Licence that {DESCRIPTION_FILE} names for the export, which quotes the documents.",
)
@registry_option
@base_iri_option
@input_form_option
@quiet_option
@click.pass_context
def export(
    context: click.Context,
    sources: tuple[Path, ...],
    output: Path,
    format_names: tuple[str, ...],
    evidence: str,
    licence: str,
    registry_file: Path | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Turn documents into checked graph files.

    A SOURCE is a document (text, wikitext, HTML), a folder of them, or - for standard input. Each document about
    an album becomes one file a format, named as the document; void.ttl describes them all.
    """
    formats = [format_by_name(name) for name in dict.fromkeys(format_names or _DEFAULT_FORMATS)]
    paths = find_documents(sources)
    _refuse_same_names(paths)
    read = [read_document(path, form) for path in track(paths, "reading", quiet=quiet)]
    reports = []
    description = DatasetDescription(base_iri, licence)
    with registry_of(registry_file, is_kept=True) as registry:
        mapped = map_documents(read, base_iri, registry)
        albums = [document for document in mapped if document.albums]
        for document in track(albums, "checking and writing", quiet=quiet):
            reports.append(_check(document))
            _write(document, output, formats, base_iri, evidence)
            description.add(document.statements)
        if albums:
            write_file(output / DESCRIPTION_FILE, description.to_turtle(formats))
    _tell(mapped, reports, output, quiet)
    if any(checked.report.count(Severity.VIOLATION) for checked in reports):
        context.exit(1)


def _refuse_same_names(paths: Sequence[Path]) -> None:
    """Refuse two documents whose files would have one name: the second would replace the first."""
    seen: dict[str, Path] = {}
    taken = Path(DESCRIPTION_FILE).stem
    for path in paths:
        if path.stem == taken:
            raise OutputError(f"{path}: {DESCRIPTION_FILE} describes the export; rename this document")
    for path in paths:
        if other := seen.get(path.stem):
            raise OutputError(f"{path} and {other} would be written to the same files; rename one of them")
        seen[path.stem] = path


def _check(document: MappedDocument) -> Checked:
    name = document.source.name
    return Checked(name, check(document.statements, texts={name: document.source.text}))


def _write(document: MappedDocument, output: Path, formats: Sequence[Format], base_iri: str, evidence: str) -> None:
    stem = document.source.name.rsplit(".", 1)[0]
    write_files(
        {
            output / f"{stem}.{fmt.extension}": serialize(
                document.statements,
                fmt,
                base_iri=base_iri,
                evidence=evidence,  # type: ignore[arg-type]
            )
            for fmt in formats
        }
    )


def _tell(mapped: Sequence[MappedDocument], reports: Sequence[Checked], output: Path, quiet: bool) -> None:
    """Say what was written and checked; violations are told even with ``quiet``."""
    run = CheckRun(tuple(reports))
    bad = CheckRun(tuple(checked for checked in reports if checked.report.count(Severity.VIOLATION)))
    if bad.checked:
        click.echo(text_report(bad), err=True, nl=False)
    if quiet:
        return
    without = [document.source.name for document in mapped if not document.albums]
    if without:
        more = f" and {len(without) - 5} more" if len(without) > 5 else ""
        click.echo(f"no album in {', '.join(without[:5])}{more}: nothing written for it", err=True)
    count = sum(len(document.albums) for document in mapped)
    click.echo(f"{count} album{'s' * (count != 1)} to {output}; {export_summary(run)}", err=True)

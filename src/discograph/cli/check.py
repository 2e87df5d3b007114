"""``discograph check``: what is wrong with documents or graphs, and where the source says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

import click

from discograph.checks import ENGINES, Engine, Report, Severity
from discograph.checks import check as check_graph
from discograph.checks.text_report import text_report
from discograph.cli.options import base_iri_option, input_form_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.document import Source
from discograph.pipeline import find_documents, map_documents, read_document, split_sources
from discograph.query import is_graph_file, is_graph_source, open_graphs
from discograph.rdf import Literal, NamedNode, Quad, parse_file
from discograph.readers import read_source
from discograph.resources import resource
from discograph.vocab import DCTERMS, DG

_EPILOG = """\b
Examples:
  discograph check seeds
  discograph check output --sources seeds
  discograph check graph.ttl --fail-on warning --shapes my-shapes

\b
Each finding says where the words are that it comes from: file:line:column.
Whether quotes stand in the text, and whether the text has changed since, can
be checked where the text is at hand: for documents always, for graph files
with --sources. docs/rules.md lists the rules.
"""


@dataclass(frozen=True, slots=True)
class _Graph:
    """One graph to check, the texts that it quotes, and where they lie, by document name or IRI."""

    quads: Sequence[Quad]
    texts: dict[str, str]
    paths: dict[str, Path]


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "--shapes",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with shapes of your own, to check besides ours; may be repeated.",
)
@click.option(
    "--sources",
    "documents",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with the documents that graph files were made from; may be repeated.",
)
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default=ENGINES[0],
    show_default=True,
    help="What runs the shapes; pyshacl finds the same and is much slower.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.VIOLATION.value,
    show_default=True,
    help="Least severe finding for which the exit code is 1.",
)
@base_iri_option
@input_form_option
@quiet_option
@click.pass_context
def check(
    context: click.Context,
    sources: tuple[Path, ...],
    folders: tuple[Path, ...],
    documents: tuple[Path, ...],
    engine: str,
    fail_on: str,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Find what is wrong with documents or graphs.

    A SOURCE is a document (.txt), a graph file, a folder of either, or a store.
    """
    shapes = [resource("shapes"), *folders]
    graphs = [*_documents(sources, base_iri, form, quiet), *_graph_files(sources, documents)]
    reports = [_checked(graph, shapes, cast("Engine", engine)) for graph in track(graphs, "checking", quiet=quiet)]
    limit = Severity(fail_on)
    fails = any(report.fails(limit) for report in reports)
    if fails or not quiet:
        click.echo(text_report(reports, at_least=limit if quiet else Severity.INFO), nl=False)
    if fails:
        context.exit(1)


def _checked(graph: _Graph, shapes: Sequence[Path], engine: Engine) -> Report:
    """Return the report on one graph; places name the file as it was given, so that they can be clicked."""
    report = check_graph(graph.quads, shapes=shapes, texts=graph.texts, engine=engine)
    findings = []
    for finding in report.findings:
        place = finding.location
        if place is not None and place.document in graph.paths:
            path = graph.paths[place.document]
            finding = replace(finding, location=place._replace(document=str(path)))
        findings.append(finding)
    return replace(report, findings=tuple(findings))


def _documents(sources: Sequence[Path], base_iri: str, form: str, quiet: bool) -> Iterator[_Graph]:
    paths, _ = split_sources(sources)
    read = [read_document(path, form) for path in track(paths, "reading", quiet=quiet)]
    for path, mapped in zip(paths, map_documents(read, base_iri), strict=True):
        name = mapped.source.name
        yield _Graph(mapped.quads, {name: mapped.source.text}, {name: path})


def _graph_files(sources: Sequence[Path], documents: Sequence[Path]) -> Iterator[_Graph]:
    """Yield one graph for each file and store; of a folder, for each graph file in it."""
    _, graphs = split_sources(sources)
    texts: dict[str, list[tuple[Path, Source]]] = {}
    for path in find_documents(documents) if documents else ():
        texts.setdefault(path.name, []).append((path, read_source(path)))
    for source in graphs:
        inside = [source]
        if source.is_dir() and not is_graph_source(source):
            inside = sorted(path for path in source.rglob("*") if is_graph_file(path))
        for path in inside:
            yield _quoting(list(parse_file(path) if path.is_file() else open_graphs([path])), texts)


def _quoting(quads: Sequence[Quad], texts: Mapping[str, Sequence[tuple[Path, Source]]]) -> _Graph:
    """Return a graph with its texts; of files with one name, each document is the one that has its digest."""
    digests = {q.subject: q.object.value for q in quads if q.predicate == DG.sha256 and isinstance(q.object, Literal)}
    graph = _Graph(quads, {}, {})
    for quad in quads:
        if quad.predicate == DCTERMS.identifier and isinstance(quad.object, Literal) and quad.object.value in texts:
            same_name = texts[quad.object.value]
            digest = digests.get(quad.subject)
            path, text = next((pair for pair in same_name if pair[1].sha256 == digest), same_name[0])
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            for name in (iri, quad.object.value):
                graph.texts[name], graph.paths[name] = text.text, path
    return graph

"""The graphs that ``check`` looks at, with the texts that they quote, and findings placed in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from discograph.checks import Finding, Location, Outline, Place, Report
from discograph.checks.graph_places import GraphPlaces
from discograph.cli.progress import track
from discograph.coverage import Counts, coverage_of
from discograph.document import Document, Source
from discograph.mapping.registry import Registry
from discograph.pipeline import Read, find_documents, map_documents, read_document, split_sources
from discograph.query import is_graph_source, open_graphs
from discograph.query.sources import graph_files_in
from discograph.rdf import Literal, NamedNode, Quad, Store, load_merged, parse_file
from discograph.readers import read_source
from discograph.statements import Statements
from discograph.vocab import DCTERMS, DG

LARGE = 4_000_000
"""Bytes of a graph file that is loaded into a store, and never becomes Python objects."""


@dataclass(frozen=True)
class Graph:
    """One graph to check, the texts that it quotes, and where they lie, by document name or IRI.

    Shape: ``path`` is the document or graph file as it was given; ``read`` is set if it is a document. A large file
    is in a store: as Python objects it would take ten times the memory.
    """

    path: Path
    data: Statements | Sequence[Quad] | Store
    texts: dict[str, str] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    read: Read | None = None
    form: str = "auto"

    @property
    def quads(self) -> Sequence[Quad]:
        """All quads, for gates; made afresh for a large file."""
        if isinstance(self.data, Statements):
            return self.data.quads
        return list(self.data) if isinstance(self.data, Store) else self.data

    def having(self, predicate: NamedNode) -> Iterable[Quad]:
        """Return the quads of one property."""
        if isinstance(self.data, Store):
            return self.data.quads_for_pattern(None, predicate, None)
        return (quad for quad in self.data if quad.predicate == predicate)

    @property
    def outline(self) -> Outline:
        """What gives the document behind a text; it is read again where only its graph was given."""
        documents: dict[str, Document] = {}

        def document_of(name: str) -> Document | None:
            if self.read is not None:
                return self.read.document if name in self.texts else None
            if name in self.paths and name not in documents:
                documents[name] = read_document(self.paths[name], self.form).document
            return documents.get(name)

        return document_of

    @property
    def counts(self) -> Counts | None:
        """What of the document is read; None if this is no document."""
        if self.read is None:
            return None
        return coverage_of(str(self.path), self.read.document, self.read.page, self.quads).counts

    def placed(self, report: Report) -> Report:
        """Return a report whose findings all have a place, in files named as they were given."""
        return replace(report, findings=tuple(map(self._placed, report.findings)))

    def _placed(self, finding: Finding) -> Finding:
        place = finding.location
        if place is None:
            return replace(finding, location=self._without_claim(finding))
        return replace(finding, location=self._in_file(place), also=tuple(map(self._in_file, finding.also)))

    def _in_file(self, place: Location) -> Location:
        path = self.paths.get(place.document)
        return place if path is None else place._replace(document=str(path))

    @cached_property
    def _without_claim(self) -> Callable[[Finding], Location]:
        """How to place a finding that no claim leads to words: in the graph file, or at the document's begin."""
        if self.read is None and self.path.is_file():
            text = self.path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
            return GraphPlaces(str(self.path), text).location
        start = Location(str(self.path), 1, 1, "", Place.GRAPH if self.read is None else Place.EXPECTED)
        return lambda _: start


def graphs_to_check(
    sources: Sequence[Path],
    documents: Sequence[Path],
    base_iri: str,
    form: str,
    *,
    registry: Registry | None = None,
    quiet: bool,
) -> list[Graph]:
    """Return the graphs of documents, graph files, folders and stores; ``documents`` hold what files quote."""
    paths, graphs = split_sources(sources)
    return [*_documents(paths, base_iri, registry, form, quiet), *_graph_files(graphs, documents, form)]


def _documents(
    paths: Sequence[Path], base_iri: str, registry: Registry | None, form: str, quiet: bool
) -> Iterator[Graph]:
    read = [read_document(path, form) for path in track(paths, "reading", quiet=quiet)]
    for one, mapped in zip(read, map_documents(read, base_iri, registry), strict=True):
        name = mapped.source.name
        yield Graph(one.path, mapped.statements, {name: mapped.source.text}, {name: one.path}, one)


def _graph_files(graphs: Sequence[Path], documents: Sequence[Path], form: str) -> Iterator[Graph]:
    """Yield one graph for each file and store; of a folder, for each graph file in it."""
    texts: dict[str, list[tuple[Path, Source]]] = {}
    for path in find_documents(documents) if documents else ():
        texts.setdefault(path.name, []).append((path, read_source(path)))
    for source in graphs:
        inside = [source]
        if source.is_dir() and not is_graph_source(source):
            inside = graph_files_in(source)
        for path in inside:
            yield _quoting(Graph(path, _read(path), form=form), texts)


def _read(path: Path) -> Sequence[Quad] | Store:
    if not path.is_file():
        return open_graphs([path])
    return load_merged(path) if path.stat().st_size > LARGE else parse_file(path)


def _quoting(graph: Graph, texts: Mapping[str, Sequence[tuple[Path, Source]]]) -> Graph:
    """Give a graph its texts; of files with one name, each document is the one that has its digest."""
    if not texts:
        return graph
    digests = {q.subject: q.object.value for q in graph.having(DG.sha256) if isinstance(q.object, Literal)}
    for quad in graph.having(DCTERMS.identifier):
        if isinstance(quad.object, Literal) and quad.object.value in texts:
            same_name = texts[quad.object.value]
            digest = digests.get(quad.subject)
            path, text = next((pair for pair in same_name if pair[1].sha256 == digest), same_name[0])
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            for name in (iri, quad.object.value):
                graph.texts[name], graph.paths[name] = text.text, path
    return graph

"""One document as three graphs: facts, what is derived from them, and the claims that bear them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discograph.document import Document, Source
from discograph.mapping.album import map_album
from discograph.mapping.claims import Triple, graph_name, rule_iri
from discograph.mapping.curated import map_curated
from discograph.mapping.derived import derive, described
from discograph.mapping.graph import Graph
from discograph.mapping.iris import Minter, dbpedia, wikipedia
from discograph.mapping.pages import Pages, agent_kind, label_page
from discograph.rdf import Literal, NamedNode, Quad
from discograph.readers.sidecar import Sidecar
from discograph.records import Manner, PageAlbums
from discograph.statements import Statements, tail
from discograph.vocab import DCTERMS, DG, FOAF, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class MappedDocument:
    """The graphs of one document.

    Shape: graph names are the document's IRI with ``/facts``, ``/derived`` and ``/claims``. ``albums`` are the
    albums that the page is about.
    """

    iri: NamedNode
    source: Source
    albums: tuple[NamedNode, ...]
    statements: Statements

    @property
    def quads(self) -> tuple[Quad, ...]:
        """All distinct quads; those of one subject stand together, subjects in the order of the text."""
        return self.statements.quads


def names_of(page: PageAlbums, minter: Minter, pages: Pages, file: str) -> Iterable[tuple[str, str, str]]:
    """Yield the ``(kind, name, file)`` keys of the albums and artists of a page, for ``Minter.reserve``."""
    for album in page.albums:
        for title in album.title[:1]:
            yield "album", title.value, file
        for artist in album.artist[:1]:
            target = pages.of_agent(artist)
            yield "album by", minter.key(agent_kind(artist.value, target), artist.value, target), file


def pages_of(page: PageAlbums, pages: Pages) -> Iterable[tuple[str, str]]:
    """Yield ``(kind, page title)`` of the agents, labels and places of a page that have pages, for ``Minter.own``."""
    for album in page.albums:
        agents = [*album.artist, *(credit.agent for credit in album.credits), *(a.name for a in album.agents)]
        for name in (*agents, *(film.director for film in album.films if film.director)):
            if target := pages.of_agent(name):
                yield agent_kind(name.value, target), target
        for label in (*album.label, *(label for event in album.release_events for label in event.labels)):
            if target := label_page(pages.of(label, label.value)):
                yield "label", target
        for session in album.sessions:
            place = session.place
            while place:
                if not place.canonical and (target := pages.of(place.name, place.name.value)):
                    yield "place", target
                place = place.within


def map_document(
    document: Document,
    page: PageAlbums,
    minter: Minter,
    sidecar: Sidecar | None = None,
    number: int = 1,
    pages: Pages | None = None,
) -> MappedDocument:
    """Return the graphs of a document; a page about no album has only its own description.

    Shape: ``number`` tells documents with one stem apart, see ``Minter.document``; ``pages`` are the document's.
    Raises: SourceError if the sidecar uses a term or thing that is not there.
    """
    minter.source_name = document.source.name
    graph = Graph(document.source, minter, minter.document(document.source.name, number), pages, document.citations)
    albums = tuple(map_album(graph, album, page.page) for album in page.albums)
    _page(graph, page, albums)
    if sidecar:
        map_curated(graph, sidecar, albums[0] if albums else None)
    statements = Statements()
    graph.claims.describe(statements)
    for triple in (*_description(graph, document.source), *derive(graph, graph.claims.facts())):
        _add(statements, triple, graph_name(graph.claims.document, "derived"))
    for rule in graph.claims.rules():
        for triple in described(graph, rule_iri(minter, rule)):
            _add(statements, triple, graph_name(graph.claims.document, "claims"))
    return MappedDocument(graph.claims.document, document.source, albums, statements)


def _page(graph: Graph, page: PageAlbums, albums: tuple[NamedNode, ...]) -> None:
    """Add what the page title says: the document's title, its topic, and the pages that it is known by."""
    iri = graph.claims.document
    for issue in page.issues:
        graph.add(iri, DG.sourceIssue, graph.concept("source-issue", issue.kind.value), issue.kind)
    if not page.page:
        for album, record in zip(albums, page.albums, strict=True):
            graph.add(iri, FOAF.primaryTopic, album, record.said, manner=Manner.IMPLIED)
        return
    title = page.page.title
    graph.add(iri, DCTERMS.title, Literal(title.value), title)
    for album in albums:
        graph.add(iri, FOAF.primaryTopic, album, title, manner=Manner.IMPLIED)
    if len(albums) == 1:
        graph.add(albums[0], FOAF.isPrimaryTopicOf, wikipedia(title.value), title, manner=Manner.IMPLIED)
        graph.add(albums[0], SKOS.closeMatch, dbpedia(title.value), title, manner=Manner.IMPLIED)


def _description(graph: Graph, source: Source) -> Iterable[Triple]:
    iri = graph.claims.document
    yield iri, RDF.type, DG.SourceDocument
    yield iri, RDFS.label, Literal(source.name)
    yield iri, DCTERMS.identifier, Literal(source.name)
    yield iri, DG.sha256, Literal(source.sha256)


def _add(statements: Statements, triple: Triple, graph: NamedNode) -> None:
    subject, predicate, value = triple
    statements.add(str(subject), (tail(predicate, value, graph),))

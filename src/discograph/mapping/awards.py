"""Awards, nominations and places in lists as claims."""

from __future__ import annotations

from discograph.mapping.graph import Graph, unique
from discograph.mapping.tracks import Tracks
from discograph.rdf import Literal, NamedNode
from discograph.records import AlbumRecord, AwardRecord, Said
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG, SKOS


def map_awards(graph: Graph, album: NamedNode, record: AlbumRecord, tracks: Tracks) -> None:
    """Add the award results that the article tells of, of the album and of other works."""
    nominees = [_nominee(graph, album, record, tracks, award) for award in record.awards]
    keys = [f"{_what(a)} {a.year.value if a.year else ''}".strip() for a in record.awards]
    whole = unique(f"{nominee.value} {key}" for nominee, key in zip(nominees, keys, strict=True))
    for award, nominee, name in zip(record.awards, nominees, whole, strict=True):
        _award(graph, nominee, graph.minter.part(nominee, "award", name.removeprefix(nominee.value + " ")), award)


def _what(award: AwardRecord) -> str:
    return award.category.value if award.category else award.award.value


def _nominee(graph: Graph, album: NamedNode, record: AlbumRecord, tracks: Tracks, award: AwardRecord) -> NamedNode:
    """Return the work: another album, a track of the listing by its title, else a composition, else the album."""
    if award.work:
        return graph.album(award.work)
    if award.song is None:
        return album
    for track in record.tracks:
        if fold(track.title.value) == fold(award.song.value) and track.running in tracks.by_number:
            return tracks.by_number[track.running]
    return _composition(graph, award.song)


def _composition(graph: Graph, title: Said[str]) -> NamedNode:
    iri = graph.minter.thing("composition", title.value)
    graph.node(iri, DG.Composition, title)
    graph.add(iri, DCTERMS.title, Literal(title.value), title)
    return iri


def _award(graph: Graph, nominee: NamedNode, iri: NamedNode, record: AwardRecord) -> None:
    award = graph.concept("award", record.award.value)
    graph.node(iri, DG.AwardResult, record.said, f"{record.award.value}: {_what(record)}, {record.outcome.value}")
    graph.add(iri, DG.nominee, nominee, record.said)
    graph.add(iri, DG.award, award, record.award)
    graph.printed(iri, "award", record.award)
    graph.add(iri, DG.outcome, graph.concept("outcome", record.outcome.value), record.outcome)
    graph.date(iri, record.year)
    if record.rank:
        graph.number(iri, DG.rank, record.rank)
    if record.category:
        category = graph.concept("award-category", record.category.value)
        graph.add(iri, DG.awardCategory, category, record.category)
        graph.add(category, SKOS.broader, award, record.said)

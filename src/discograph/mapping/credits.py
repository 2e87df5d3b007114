"""Credits: one node per agent and function, linked to each track that it covers.

One node per printed line and function has one span of evidence (ONTOLOGY 3.5 a2). A line without numbers
covers every track where other lines have numbers: that is what leaving them out means.
"""

from __future__ import annotations

from collections.abc import Sequence

from discograph.lexicon import concept
from discograph.mapping.graph import Graph, unique
from discograph.mapping.tracks import Tracks
from discograph.rdf import Literal, NamedNode
from discograph.records import AlbumRecord, CreditRecord, Manner, Said
from discograph.vocab import DG, SKOS


def map_credits(
    graph: Graph, album: NamedNode, record: AlbumRecord, tracks: Tracks, sessions: Sequence[NamedNode]
) -> None:
    """Add the credits of an album."""
    is_numbered = any(credit.tracks for credit in record.credits)
    names = unique(f"{c.agent.value} {c.function.value}" for c in record.credits)
    for credit, name in zip(record.credits, names, strict=True):
        iri = graph.minter.part(album, "credit", name)
        graph.node(iri, DG.Credit, credit.said, f"{credit.agent.value}, {credit.function.value}")
        graph.add(iri, DG.agent, graph.agent(credit.agent), credit.said)
        _function(graph, iri, credit)
        graph.add(iri, DG.creditOn, album, credit.said)
        if credit.note:
            graph.add(iri, SKOS.note, Literal(credit.note.value), credit.note)
        if len(sessions) == 1 and _plays(credit):
            graph.add(iri, DG.creditOn, sessions[0], credit.said, manner=Manner.IMPLIED)
        if credit.tracks or (is_numbered and _plays(credit) and not credit.note):
            _tracks(graph, iri, credit, tracks)


def _plays(credit: CreditRecord) -> bool:
    """Tell whether the function is an instrument or voice, which is heard on tracks and at sessions."""
    return concept("instrument", credit.function.value) is not None


def _function(graph: Graph, iri: NamedNode, credit: CreditRecord) -> None:
    """Add the instrument or the role; what no list knows is kept as a role in the article's own words."""
    predicate, scheme = (DG.instrument, "instrument") if _plays(credit) else (DG.role, "role")
    graph.add(iri, predicate, graph.concept(scheme, credit.function.value), credit.function)
    graph.printed(iri, scheme, credit.function)


def _tracks(graph: Graph, iri: NamedNode, credit: CreditRecord, tracks: Tracks) -> None:
    said: Said[tuple[int, ...]] = credit.tracks or credit.said.of(tuple(tracks.by_number), Manner.IMPLIED)
    scope = "listed" if credit.tracks else "all-implied"
    graph.add(iri, DG.creditScope, graph.concept("credit-scope", scope), said)
    for release in dict.fromkeys(tracks.release_of[number] for number in said.value if number in tracks.release_of):
        graph.add(iri, DG.creditOn, release, said, manner=Manner.IMPLIED)
    for number in said.value:
        if number in tracks.by_number:
            graph.add(iri, DG.creditedTrack, tracks.by_number[number], said)

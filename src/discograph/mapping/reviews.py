"""Reviews with their scores as claims."""

from __future__ import annotations

from discograph.mapping.graph import Graph, unique
from discograph.rdf import Literal, NamedNode
from discograph.records import ReviewRecord
from discograph.vocab import DG


def map_reviews(graph: Graph, album: NamedNode, reviews: list[ReviewRecord]) -> None:
    """Add the ratings of an album, in order; a second one of a publication gets a number."""
    names = unique(record.publication.value for record in reviews)
    for record, name in zip(reviews, names, strict=True):
        iri = graph.minter.part(album, "review", name)
        graph.node(iri, DG.Review, record.said, f"{record.publication.value}: {record.score.value}")
        graph.add(iri, DG.reviewOf, album, record.said)
        graph.add(iri, DG.publication, graph.concept("publication", record.publication.value), record.publication)
        graph.printed(iri, "publication", record.publication)
        graph.add(iri, DG.score, Literal(record.score.value), record.score)

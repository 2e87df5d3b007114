"""Awards, nominations and ranks as claims."""

from __future__ import annotations

from discograph.mapping.graph import Graph
from discograph.rdf import NamedNode
from discograph.records import AwardRecord
from discograph.vocab import DG, SKOS


def map_awards(graph: Graph, album: NamedNode, awards: list[AwardRecord]) -> None:
    """Add the award results that the article tells of, of the album and of other works."""
    for award in awards:
        _award(graph, album, award)


def _award(graph: Graph, album: NamedNode, record: AwardRecord) -> None:
    nominee = graph.album(record.work) if record.work else album
    award = graph.concept("award", record.award.value)
    what = record.category.value if record.category else record.award.value
    iri = graph.minter.part(nominee, "award", f"{what} {record.year.value if record.year else ''}")
    graph.node(iri, DG.AwardResult, record.said, f"{record.award.value}: {what}, {record.outcome.value}")
    graph.add(iri, DG.nominee, nominee, record.said)
    graph.add(iri, DG.award, award, record.award)
    graph.printed(iri, "award", record.award)
    graph.add(iri, DG.outcome, graph.concept("outcome", record.outcome.value), record.outcome)
    graph.date(iri, record.year)
    if record.category:
        category = graph.concept("award-category", record.category.value)
        graph.add(iri, DG.awardCategory, category, record.category)
        graph.add(category, SKOS.broader, award, record.said)

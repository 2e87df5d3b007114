"""Chart placings as claims."""

from __future__ import annotations

from discograph.mapping.graph import Graph, unique
from discograph.rdf import Literal, NamedNode
from discograph.records import ChartRecord
from discograph.values.chart_names import chart_label
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG


def map_charts(graph: Graph, album: NamedNode, charts: list[ChartRecord]) -> None:
    """Add the placings of an album, in order; a second one of a chart and period gets a number."""
    names = unique(f"{chart_label(c.chart.value)} {c.period.value if c.period else ''}" for c in charts)
    for record, name in zip(charts, names, strict=True):
        iri = graph.minter.part(album, "chart", name)
        graph.node(iri, DG.ChartEntry, record.said, f"place {record.peak.value} on {record.chart.value}")
        graph.add(iri, DG.chartEntryFor, album, record.said)
        chart = graph.concept("chart", chart_label(record.chart.value))
        graph.add(iri, DG.chart, chart, record.chart)
        if fold(chart_label(record.chart.value)) != fold(record.chart.value):
            graph.add(iri, DG.printedAs, Literal(record.chart.value), record.chart)
        graph.number(iri, DG.peakPosition, record.peak)
        graph.date(iri, record.period)
        if record.publisher:
            graph.add(chart, DCTERMS.publisher, Literal(record.publisher.value), record.publisher)
        if record.territory:
            graph.add(chart, DG.territory, graph.place(record.territory), record.territory.name)

"""Certificates of sales as claims."""

from __future__ import annotations

from discograph.mapping.graph import Graph, unique
from discograph.rdf import NamedNode
from discograph.records import CertificationRecord
from discograph.vocab import DG


def map_certifications(graph: Graph, album: NamedNode, certifications: list[CertificationRecord]) -> None:
    """Add the certificates of an album, in order; the body that granted one is an agent of no known kind."""
    names = unique(_name(record) for record in certifications)
    for record, name in zip(certifications, names, strict=True):
        iri = graph.minter.part(album, "certification", name)
        where = record.region.name.value if record.region else record.body.value if record.body else ""
        graph.node(
            iri, DG.Certification, record.said, f"{record.level.value}, {where}" if where else record.level.value
        )
        graph.add(iri, DG.certificationOf, album, record.said)
        graph.add(iri, DG.level, graph.concept("certification-level", record.level.value), record.level)
        graph.printed(iri, "certification-level", record.level)
        graph.date(iri, record.date)
        if record.region:
            graph.add(iri, DG.territory, graph.place(record.region), record.region.name)
        if record.body:
            body = graph.named(graph.minter.thing("agent", record.body.value), DG.Agent, record.body)
            graph.add(iri, DG.certifiedBy, body, record.body)


def _name(record: CertificationRecord) -> str:
    """Return what tells a certificate from others of the album: territory, else body, and level."""
    place = (record.region.canonical or record.region.name.value) if record.region else ""
    return f"{place or (record.body.value if record.body else '')} {record.level.value}"

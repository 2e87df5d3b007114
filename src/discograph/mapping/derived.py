"""What follows from the facts by computation and so has no claim: date bounds, labels, concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from discograph.errors import ValueParseError
from discograph.lexicon import by_slug
from discograph.mapping.claims import Triple
from discograph.mapping.graph import Graph
from discograph.rdf import Literal, NamedNode
from discograph.values import edtf
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, RDF, RDFS, SKOS, XSD


def derive(graph: Graph, facts: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the derived triples of a document's facts; a concept may come twice."""
    subjects: set[NamedNode] = set()
    concepts: dict[NamedNode, None] = {}
    for subject, predicate, value in facts:
        subjects.add(subject)
        if isinstance(value, NamedNode):
            if "/concept/" in value.value:
                concepts[value] = None
        elif predicate == DG.date:
            yield from date_bounds(subject, value.value)
        elif predicate == DCTERMS.title and subject != graph.claims.document:
            yield subject, RDFS.label, value
    for node, label in graph.labels.items():
        if node in subjects:
            yield node, RDFS.label, Literal(label)
    for iri in concepts:
        yield from described(graph, iri)


def date_bounds(subject: NamedNode, value: str) -> Iterator[Triple]:
    """Yield the first and last day of a date; none for a value that is not EDTF or an open end."""
    try:
        first, last = edtf.bounds(value)
    except ValueParseError:
        return
    if first:
        yield subject, DG.earliest, Literal(first.isoformat(), datatype=XSD.date)
    if last:
        yield subject, DG.latest, Literal(last.isoformat(), datatype=XSD.date)


def described(graph: Graph, iri: NamedNode) -> tuple[Triple, ...]:
    """Return class, name and scheme of a concept, so that the file can be read without the ontology."""
    scheme, _, slug = iri.value.rsplit("/concept/", 1)[1].partition("/")
    known = by_slug(scheme, slug) if iri.value.startswith(CONCEPT_BASE) else None
    if known:
        return _concept(iri, scheme, known.label, language="en")
    return _concept(iri, scheme, graph.concepts.get(iri, (scheme, slug))[1])


@lru_cache(maxsize=4096)  # documents use the same ones
def _concept(iri: NamedNode, scheme: str, name: str, language: str | None = None) -> tuple[Triple, ...]:
    return (
        (iri, RDF.type, SKOS.Concept),
        (iri, SKOS.prefLabel, Literal(name, language=language)),
        (iri, SKOS.inScheme, NamedNode(CONCEPT_BASE + scheme)),
    )

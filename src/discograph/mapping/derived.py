"""What follows from the facts by computation and so has no claim: date bounds, labels, concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discograph.errors import ValueParseError
from discograph.lexicon import by_slug
from discograph.mapping.graph import Graph
from discograph.rdf import Literal, NamedNode, Triple
from discograph.values import edtf
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, RDF, RDFS, SKOS, XSD


def derive(graph: Graph, facts: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the derived triples of a document's facts; each once, in no particular order."""
    subjects: set[NamedNode] = set()
    concepts: set[NamedNode] = set()
    for triple in facts:
        assert isinstance(triple.subject, NamedNode)
        subjects.add(triple.subject)
        if isinstance(triple.object, NamedNode) and "/concept/" in triple.object.value:
            concepts.add(triple.object)
        if triple.predicate == DG.date and isinstance(triple.object, Literal):
            yield from date_bounds(triple.subject, triple.object.value)
        if triple.predicate == DCTERMS.title and triple.subject != graph.claims.document:
            yield Triple(triple.subject, RDFS.label, triple.object)
    for node, label in graph.labels.items():
        if node in subjects:
            yield Triple(node, RDFS.label, Literal(label))
    for iri in concepts:
        yield from described(graph, iri)


def date_bounds(subject: NamedNode, value: str) -> Iterator[Triple]:
    """Yield the first and last day of a date; none for a value that is not EDTF or an open end."""
    try:
        first, last = edtf.bounds(value)
    except ValueParseError:
        return
    if first:
        yield Triple(subject, DG.earliest, Literal(first.isoformat(), datatype=XSD.date))
    if last:
        yield Triple(subject, DG.latest, Literal(last.isoformat(), datatype=XSD.date))


def described(graph: Graph, iri: NamedNode) -> Iterator[Triple]:
    """Yield class, name and scheme of a concept, so that the file can be read without the ontology."""
    scheme, _, slug = iri.value.rsplit("/concept/", 1)[1].partition("/")
    known = by_slug(scheme, slug) if iri.value.startswith(CONCEPT_BASE) else None
    name = known.label if known else graph.concepts.get(iri, (scheme, slug))[1]
    yield Triple(iri, RDF.type, SKOS.Concept)
    yield Triple(iri, SKOS.prefLabel, Literal(name, language="en") if known else Literal(name))
    yield Triple(iri, SKOS.inScheme, NamedNode(CONCEPT_BASE + scheme))

"""What a derived triple follows from: the triples that it was computed from, and how, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from discograph.errors import ValueParseError
from discograph.provenance import Names, Provenance
from discograph.provenance.claims import Term
from discograph.rdf import Literal, NamedNode, Triple
from discograph.values import edtf
from discograph.values.patterns import fold
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, RDF, RDFS, SKOS

_BOUNDS = {DG.earliest: ("the first day of the date", 0), DG.latest: ("the last day of the date", 1)}
TITLE = "the title"
"""How a name came about that is the title of the thing."""
_CONCEPT = (SKOS.prefLabel, SKOS.inScheme)


class Derivation(NamedTuple):
    """How a triple came about, and what from.

    Shape: ``sources`` are triples of the graph, in order; empty where it follows from the file itself.
    """

    how: str
    sources: tuple[Triple, ...]


def derivation(statements: Provenance, names: Names, triple: Triple) -> Derivation | None:
    """Return what a triple without claims follows from, None if nobody here would derive it.

    Source: docs/model.md, "Three graphs a document", the row of the derived graph.
    """
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if predicate in _BOUNDS:
        how, index = _BOUNDS[predicate]
        return _from(how, _dates(statements, subject, value, index))
    if (subject, RDF.type, DG.SourceDocument) in _triples(statements, subject, RDF.type):
        return Derivation(f"the source file {statements.document_name(subject)} itself", ())
    if predicate == RDFS.label:
        return _label(statements, names, subject, value)
    if predicate in _CONCEPT or (predicate == RDF.type and value == SKOS.Concept):
        assert isinstance(subject, NamedNode)
        origin = "the ontology" if subject.value.startswith(CONCEPT_BASE) else "the words of the article"
        return _from(f"what {origin} knows of a concept that the graph uses", statements.naming(subject))
    return None


def _from(how: str, sources: list[Triple]) -> Derivation | None:
    return Derivation(how, tuple(sources)) if sources else None


def _triples(statements: Provenance, subject: Term, predicate: NamedNode) -> list[tuple[Term, NamedNode, Term]]:
    return [(subject, predicate, value) for value in statements.objects(subject, predicate)]


def _dates(statements: Provenance, subject: Term, bound: Term, index: int) -> list[Triple]:
    """Return the dates of a thing that have this day as their first or last."""
    found = []
    for value in statements.objects(subject, DG.date):
        try:
            day = edtf.bounds(value.value)[index] if isinstance(value, Literal) else None
        except ValueParseError:
            continue
        if day is not None and isinstance(bound, Literal) and day.isoformat() == bound.value:
            found.append(Triple(subject, DG.date, value))  # type: ignore[arg-type]
    return found


def _label(statements: Provenance, names: Names, subject: Term, label: Term) -> Derivation | None:
    titles = [Triple(*found) for found in _triples(statements, subject, DCTERMS.title) if found[2] == label]  # type: ignore[arg-type]
    if titles:
        return Derivation(TITLE, tuple(titles))
    classes = [Triple(*found) for found in _triples(statements, subject, RDF.type)]  # type: ignore[arg-type]
    how = "a name for a thing that the text gives none, made of what it is and has, or by a person"
    return _from(how, [*classes, *_named_parts(statements, names, subject, label)])


def _named_parts(statements: Provenance, names: Names, subject: Term, label: Term) -> Iterator[Triple]:
    """Yield the triples of a thing whose values the label holds."""
    assert isinstance(subject, NamedNode)
    text = fold(label.value) if isinstance(label, Literal) else ""
    for triple in statements.about(subject):
        if triple.predicate not in (RDF.type, RDFS.label) and triple.predicate != DG.creditedTrack:
            value = fold(names.of(triple.object))
            if len(value) > 1 and value in text:
                yield triple

"""Rules I9 and K3: no term and no concept of a closed list that the ontology does not know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from discograph.checks.finding import Finding, Rule, Term
from discograph.checks.graph_index import GraphIndex, by_term, sort_of
from discograph.rdf import NamedNode, RdfFormat, Triple, parse
from discograph.resources import resource
from discograph.vocab import CONCEPT_BASE, EDTF, RDF, SKOS, VOCABULARIES, XSD, terms

CLOSED_SCHEMES = (
    "album-type",
    "credit-scope",
    "format",
    "kind",
    "manner",
    "outcome",
    "performance-mode",
    "source-issue",
    "version",
)
"""Schemes whose concepts are all in ``ontology/concepts.ttl``; articles add none."""

_LANG_STRING = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_TERMS = frozenset(term for vocabulary in VOCABULARIES for term in terms(vocabulary).values())
_DATATYPES = frozenset((*terms(XSD).values(), EDTF, _LANG_STRING))


def unknown_terms(index: GraphIndex, rule: Rule) -> Iterator[Finding]:
    """Yield one finding for each unknown property, class or datatype, at its first use."""
    strange = {predicate for predicate, sort in index.signatures() if _strangers(predicate, sort)}
    found = (triple for predicate in strange for triple in index.triples_of(predicate) if _strangers_in(triple))
    first: dict[Term, Triple] = {}
    for triple in by_term(found):
        for stranger in _strangers_in(triple):
            first.setdefault(stranger, triple)
    for stranger, triple in first.items():
        yield Finding(rule.id, rule.severity, triple.subject, triple.predicate.value, stranger, rule.repair)


def _strangers_in(triple: Triple) -> list[Term]:
    return _strangers(triple.predicate, sort_of(triple.predicate, triple.object))


def _strangers(predicate: NamedNode, sort: Term | None) -> list[Term]:
    """Return what is not known of a property and the class or datatype of a value of it."""
    found: list[Term] = [] if predicate in _TERMS else [predicate]
    if sort is not None and sort not in (_TERMS if predicate == RDF.type else _DATATYPES):
        found.append(sort)
    return found


@cache
def known_concepts() -> frozenset[str]:
    """Return the IRIs of all concepts of the ontology."""
    path = resource("ontology/concepts.ttl")
    quads = parse(path.read_bytes(), RdfFormat.TURTLE, name=str(path))
    subjects = (quad.subject for quad in quads if quad.predicate == SKOS.inScheme)
    return frozenset(subject.value for subject in subjects if isinstance(subject, NamedNode))


def unknown_concepts(index: GraphIndex, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each concept that claims a closed scheme whose list lacks it."""
    closed = {NamedNode(CONCEPT_BASE + scheme) for scheme in CLOSED_SCHEMES}
    for concept in index.having(SKOS.inScheme):
        schemes = closed.intersection(index.objects(concept, SKOS.inScheme))
        known = isinstance(concept, NamedNode) and concept.value in known_concepts()
        for scheme in sorted(schemes, key=str):
            if not known:
                yield Finding(rule.id, rule.severity, concept, SKOS.inScheme.value, scheme, rule.repair)

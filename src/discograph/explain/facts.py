"""The facts about a thing: what is said, how, in which words, by which rule, or from what it follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discograph.explain.derivation import TITLE, Derivation, derivation
from discograph.provenance import Claim, Names, Provenance, Standing
from discograph.rdf import NamedNode, Triple
from discograph.vocab import DCTERMS, RDF, RDFS, SKOS

_FIRST = (RDF.type, RDFS.label, SKOS.prefLabel, DCTERMS.title, SKOS.altLabel)


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple and what it rests on.

    Shape: ``claims`` the surest first, none for what is derived or of a graph without claims; ``derived`` says what
    it follows from, and ``sources`` are those triples as facts of their own (whose ``sources`` stay empty).
    """

    triple: Triple
    standing: Standing
    claims: tuple[Claim, ...]
    derived: Derivation | None = None
    sources: tuple[Fact, ...] = ()

    @property
    def manners(self) -> tuple[str, ...]:
        """How it is said: manners of its claims, the surest first, and ``curated`` where a person read it."""
        if self.standing is Standing.DERIVED or (self.derived and not self.claims):
            return ("derived",)
        curated = ("curated",) if any(claim.is_curated for claim in self.claims) else ()
        return (*dict.fromkeys(claim.manner for claim in self.claims), *curated) or ("no claim",)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a graph knows of a thing: the facts about it, and those that name it as their object."""

    node: NamedNode
    facts: tuple[Fact, ...]
    references: tuple[Fact, ...]


def explain(statements: Provenance, names: Names, node: NamedNode) -> Explanation:
    """Return all that is known of a thing.

    Shape: facts begin with class and names; the rest, and the references, stand in the order of the text; what
    is derived comes last.
    """
    about = _facts(statements, names, statements.about(node))
    naming = _facts(statements, names, statements.naming(node))
    return Explanation(node, tuple(sorted(about, key=_order)), tuple(sorted(naming, key=_order)))


def explain_triple(statements: Provenance, names: Names, triple: Triple) -> Fact | None:
    """Return one triple with what it rests on; None if nothing says it."""
    standing = statements.standing(triple)
    if standing is None:
        return None
    claims = tuple(statements.claims_of(triple))
    derived = None if claims else _derived(statements, names, triple, standing)
    sources = (_source(statements, source) for source in derived.sources) if derived else ()
    return Fact(triple, standing, claims, derived, tuple(fact for fact in sources if fact))


def _derived(statements: Provenance, names: Names, triple: Triple, standing: Standing) -> Derivation | None:
    """Return what a triple follows from; where facts and derived triples are not apart, only if that is certain."""
    found = derivation(statements, names, triple)
    if standing is Standing.PLAIN and triple.predicate == RDFS.label and found and found.how != TITLE:
        return None  # the name may as well be one that the text gives
    return found if standing in (Standing.DERIVED, Standing.PLAIN) else None


def _source(statements: Provenance, triple: Triple) -> Fact | None:
    standing = statements.standing(triple)
    return Fact(triple, standing, tuple(statements.claims_of(triple))) if standing else None


def _facts(statements: Provenance, names: Names, triples: Iterable[Triple]) -> list[Fact]:
    found = (explain_triple(statements, names, triple) for triple in triples)
    return [fact for fact in found if fact]


def _order(fact: Fact) -> tuple[object, ...]:
    predicate = fact.triple.predicate
    first = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    place = min((evidence for claim in fact.claims for evidence in claim.evidence), default=None)
    where = (place.name, place.start, place.end) if place else ("", -1, -1)
    return fact.standing is Standing.DERIVED, first, not fact.claims, where, predicate.value, str(fact.triple)

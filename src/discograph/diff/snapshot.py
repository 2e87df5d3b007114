"""One side of a comparison: what is said of each thing and in which manner, without what follows from it.

Input: ``Provenance``. Output: ``Snapshot``. What is derived (bounds of dates, made-up labels, descriptions of
concepts, digests) is left out, as it changes only where something else does; so are words as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from discograph.diff.families import family_of
from discograph.provenance import Names, Provenance
from discograph.provenance.claims import ASSERTED, MANNERS, Term
from discograph.rdf import DefaultGraph, Literal, NamedNode, Store, Triple
from discograph.values.names import label_key
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG, FOAF, RDF, RDFS, SKOS

Manner = tuple[str, str]
"""Manner of statement, and the IRI of whose opinion it is ("" where nobody is named)."""

Values = dict[Term, frozenset[Manner]]

_DERIVED = frozenset({DG.earliest, DG.latest, DG.sha256, DCTERMS.identifier, SKOS.prefLabel, SKOS.inScheme})
_WORDS = frozenset({DG.printedAs})
"""What is, like a quote, only the words in which something is said."""
_NAMED = frozenset({"agent", "label", "place"})
"""Families whose names are facts; the labels of all others are titles, or made up."""
_STATED: Manner = ("stated", "")


@dataclass(slots=True)
class Snapshot:
    """What a graph says.

    Shape: ``said[subject][predicate][value]`` are the manners in which it is said; of several asserting ones only
    the surest is kept. ``families`` is what each thing is; a thing that nothing gives a class has none.
    """

    statements: Provenance
    names: Names
    said: dict[NamedNode, dict[NamedNode, Values]] = field(default_factory=dict)
    families: dict[NamedNode, str] = field(default_factory=dict)
    _topics: list[tuple[NamedNode, NamedNode]] | None = None

    def values(self, node: NamedNode, predicate: NamedNode) -> Values:
        """Return the values of a property with their manners; empty if it has none."""
        return self.said.get(node, {}).get(predicate, {})

    def asserted(self, node: NamedNode, predicate: NamedNode) -> list[Term]:
        """Return the values that are facts, in a fixed order."""
        found = self.values(node, predicate).items()
        return sorted((value for value, manners in found if any(m in ASSERTED for m, _ in manners)), key=str)

    def told(self, node: NamedNode, predicate: NamedNode) -> list[Term]:
        """Return the values by which a thing is told: those that are facts, else those that are only claimed."""
        return self.asserted(node, predicate) or sorted(self.values(node, predicate), key=str)

    def first(self, node: NamedNode, predicate: NamedNode) -> Term | None:
        """Return the first value by which a thing is told, or None."""
        return next(iter(self.told(node, predicate)), None)

    def topics(self) -> list[tuple[NamedNode, NamedNode]]:
        """Return document and album for each album that a document is about, by document."""
        if self._topics is None:
            documents = sorted((n for n, found in self.said.items() if FOAF.primaryTopic in found), key=str)
            pairs = (
                (document, album) for document in documents for album in self.asserted(document, FOAF.primaryTopic)
            )
            self._topics = [(document, album) for document, album in pairs if isinstance(album, NamedNode)]
        return self._topics


def snapshot(statements: Provenance, names: Names, *, is_plain: bool = False) -> Snapshot:
    """Return what a graph says; ``is_plain``: as a file without claims and graph names would tell it."""
    found = Snapshot(statements, names)
    manners: dict[Triple, set[Manner]] = {}
    for triple in _facts(statements.store, is_plain):
        manners[triple] = set()
    for triple, manner, holder in () if is_plain else statements.said():
        manners.setdefault(triple, set()).add((manner, holder))
    for triple, said in manners.items():
        assert isinstance(triple.subject, NamedNode)
        properties = found.said.setdefault(triple.subject, {})
        properties.setdefault(triple.predicate, {})[triple.object] = _surest(said)
    for node, properties in found.said.items():
        if family := family_of(node, properties.get(RDF.type, {})):
            found.families[node] = family
    _drop_derived(found)
    return found


def _facts(store: Store, is_plain: bool) -> Iterator[Triple]:
    """Yield the triples of facts graphs, and of graphs that tell facts and derived triples not apart."""
    named: set[Triple] = set()
    unnamed: list[Triple] = []
    for quad in store:
        if not isinstance(quad.subject, NamedNode):
            continue
        if isinstance(quad.graph_name, DefaultGraph):
            unnamed.append(quad.triple)
            continue
        named.add(quad.triple)
        kind = quad.graph_name.value.rpartition("/")[2]
        if kind != "claims" and (is_plain or kind != "derived"):
            yield quad.triple
    yield from (triple for triple in unnamed if triple not in named)


def _surest(manners: set[Manner]) -> frozenset[Manner]:
    asserting = sorted((m for m in manners if m[0] in ASSERTED), key=lambda m: (MANNERS.index(m[0]), m[1]))
    others = {manner for manner in manners if manner[0] not in ASSERTED}
    return frozenset([*asserting[:1], *others]) or frozenset([_STATED])


def _drop_derived(found: Snapshot) -> None:
    for node, properties in found.said.items():
        for predicate in (_DERIVED | _WORDS) & properties.keys():
            del properties[predicate]
        if found.families.get(node) == "label":
            _drop_long_forms(properties)
        if found.families.get(node) not in _NAMED:
            properties.pop(RDFS.label, None)
    empty = [node for node, properties in found.said.items() if not properties]
    for node in empty:
        del found.said[node]


def _drop_long_forms(properties: dict[NamedNode, Values]) -> None:
    """Drop other names of a label that are its name with "Records" or the like."""
    names = {fold(name.value) for name in properties.get(RDFS.label, {}) if isinstance(name, Literal)}
    others = properties.pop(SKOS.altLabel, {})
    kept = {o: m for o, m in others.items() if not isinstance(o, Literal) or fold(label_key(o.value)) not in names}
    if kept:
        properties[SKOS.altLabel] = kept

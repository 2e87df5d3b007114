"""The triples of a graph by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from discograph.checks.finding import Term
from discograph.rdf import Literal, NamedNode, Quad, Triple
from discograph.vocab import DCTERMS, RDF


class GraphIndex:
    """The merged triples of a data graph; asked by the program checks and for the words behind a finding."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.triples = list(dict.fromkeys(quad.triple for quad in quads))
        self._by_subject: dict[Term, dict[NamedNode, list[Term]]] = {}
        for triple in self.triples:
            properties = self._by_subject.setdefault(triple.subject, {})
            properties.setdefault(triple.predicate, []).append(triple.object)
        self._users: dict[Term, list[tuple[Term, NamedNode]]] | None = None
        self._identifiers: Counter[str | None] | None = None

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property; empty if it has none."""
        return self._by_subject.get(subject, {}).get(predicate, [])

    def having(self, predicate: NamedNode) -> Iterator[Term]:
        """Yield every subject of a property, once."""
        return (subject for subject, properties in self._by_subject.items() if predicate in properties)

    def of_class(self, cls: NamedNode) -> Iterator[Term]:
        """Yield every subject that has exactly this class."""
        return (subject for subject in self.having(RDF.type) if cls in self.objects(subject, RDF.type))

    def literal(self, subject: Term, predicate: NamedNode) -> str | None:
        """Return the text of a property's first literal value, or None."""
        values = (v for v in self.objects(subject, predicate) if isinstance(v, Literal))
        return next((value.value for value in values), None)

    def number(self, subject: Term, predicate: NamedNode) -> int | None:
        """Return a property's first literal value as a number, or None if it is missing or not one."""
        text = self.literal(subject, predicate)
        return int(text) if text is not None and text.isdecimal() else None

    def users(self, node: Term) -> list[tuple[Term, NamedNode]]:
        """Return each subject that names a node as object, and by which property; claims and types left out."""
        if self._users is None:
            self._users = {}
            for triple in self.triples:
                if triple.predicate not in (RDF.subject, RDF.object, RDF.type) and not isinstance(
                    triple.object, Literal
                ):
                    self._users.setdefault(triple.object, []).append((triple.subject, triple.predicate))
        return self._users.get(node, [])

    def neighbours_with(self, node: Term, value: Term) -> Iterator[tuple[Term, NamedNode]]:
        """Yield each node that a node names, or that names it, and that has a value, and by which property."""
        named = (other for objects in self._by_subject.get(node, {}).values() for other in objects)
        for neighbour in (*named, *(user for user, _ in self.users(node))):
            for predicate, values in self._by_subject.get(neighbour, {}).items():
                if value in values:
                    yield neighbour, predicate

    def document_name(self, document: Term) -> str:
        """Return by what name people know a document: its identifier; its IRI if it has none, or not alone."""
        if self._identifiers is None:
            self._identifiers = Counter(
                self.literal(node, DCTERMS.identifier) for node in self.having(DCTERMS.identifier)
            )
        name = self.literal(document, DCTERMS.identifier)
        if name and self._identifiers[name] == 1:
            return name
        return document.value if isinstance(document, NamedNode) else str(document)


def by_term(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in an order that does not hang on the order of the file."""
    return sorted(triples, key=str)

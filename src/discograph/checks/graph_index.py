"""The triples of a graph, looked up by their parts.

``GraphIndex`` holds a document's graph in memory, each term as a number: to compare and look up numbers costs a
tenth of what it costs with terms, and the in-memory engine does little else. ``StoreIndex`` asks a store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from discograph.checks.finding import Term
from discograph.rdf import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple, term_of
from discograph.statements import Statements, Tail, ends
from discograph.vocab import DCTERMS, RDF

_NOTHING: dict[int, list[int]] = {}
_NOT_USES = (RDF.subject, RDF.object, RDF.type)


class GraphIndex:
    """The merged triples of a data graph.

    Shape: ``numbers`` are those of all terms, by how N-Quads writes each. ``columns`` are, for each predicate,
    the objects of each subject; ``inverse_columns`` the subjects of each object. Of ``Statements`` a term is made
    when it is first asked for: most never are, since the rules compare numbers.
    """

    def __init__(self, data: Iterable[Quad] | Statements) -> None:
        self.numbers: dict[str, int] = {}
        self.columns: dict[int, dict[int, list[int]]] = {}
        self._inverse: dict[int, dict[int, list[int]]] = {}
        self._terms: dict[int, Term] = {}
        if isinstance(data, Statements):
            self._add_statements(data)
        else:
            self._add_quads(data)
        self._texts = list(self.numbers)

    def _add_statements(self, statements: Statements) -> None:
        numbers, numbered = self.numbers, self.numbers.setdefault
        known: dict[Tail, tuple[int, int]] = {}  # of three lines two end as another does
        for subject, tails in statements.by_subject():
            number = numbered(subject, len(numbers))
            for line in tails:
                if line not in known:
                    predicate, value, _ = ends(line)
                    known[line] = numbered(predicate, len(numbers)), numbered(value, len(numbers))
            self._add(number, dict.fromkeys([known[line] for line in tails]))

    def _add_quads(self, quads: Iterable[Quad]) -> None:
        numbers: dict[Term, int] = {}
        numbered = numbers.setdefault
        by_subject: dict[int, dict[tuple[int, int], None]] = {}
        for quad in quads:
            subject, predicate = numbered(quad.subject, len(numbers)), numbered(quad.predicate, len(numbers))
            by_subject.setdefault(subject, {})[predicate, numbered(quad.object, len(numbers))] = None
        for subject, pairs in by_subject.items():
            self._add(subject, pairs)
        self.numbers = {str(term): number for term, number in numbers.items()}
        self._terms = {number: term for term, number in numbers.items()}

    def _add(self, subject: int, pairs: Iterable[tuple[int, int]]) -> None:
        """Add what is said of a subject: predicates and objects, each pair once."""
        columns = self.columns
        for predicate, value in pairs:
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = {}
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            else:
                values.append(value)

    def term(self, number: int) -> Term:
        """Return the term that has a number."""
        found = self._terms.get(number)
        if found is None:
            found = self._terms[number] = term_of(self._texts[number])
        return found

    def number_of(self, term: Term) -> int | None:
        """Return the number of a term, None if the graph has it nowhere."""
        return self.numbers.get(str(term))

    def column(self, predicate: int | None) -> dict[int, list[int]]:
        """Return the objects of each subject of a property; empty if nothing has it."""
        return self.columns.get(predicate, _NOTHING) if predicate is not None else _NOTHING

    def inverse_column(self, predicate: int | None) -> dict[int, list[int]]:
        """Return the subjects of each object of a property; empty if nothing has it."""
        if predicate is None:
            return _NOTHING
        if predicate not in self._inverse:
            inverse: dict[int, list[int]] = {}
            for subject, values in self.column(predicate).items():
                for value in values:
                    inverse.setdefault(value, []).append(subject)
            self._inverse[predicate] = inverse
        return self._inverse[predicate]

    @cached_property
    def by_subject(self) -> dict[int, list[tuple[int, list[int]]]]:
        """Each predicate of a subject with its objects."""
        found: dict[int, list[tuple[int, list[int]]]] = {}
        for predicate, column in self.columns.items():
            for subject, values in column.items():
                properties = found.get(subject)
                if properties is None:
                    found[subject] = [(predicate, values)]
                else:
                    properties.append((predicate, values))
        return found

    def store(self) -> Store:
        """Return a store with the same triples in its default graph."""
        store = Store()
        store.bulk_extend(
            Quad(self.term(subject), self._property(predicate), self.term(value))  # type: ignore[arg-type]
            for predicate, column in self.columns.items()
            for subject, values in column.items()
            for value in values
        )
        return store

    # What a store can answer, too.

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property; empty if it has none."""
        number = self.number_of(subject)
        if number is None:
            return []
        values = self.column(self.number_of(predicate)).get(number, ())
        return [self.term(value) for value in values]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return what has this value of a property; empty if nothing has."""
        number = self.number_of(value)
        if number is None:
            return []
        return [self.term(s) for s in self.inverse_column(self.number_of(predicate)).get(number, ())]

    def properties(self, subject: Term) -> list[tuple[NamedNode, Term]]:
        """Return each property of a node with each of its values."""
        number = self.number_of(subject)
        found = self.by_subject.get(number, []) if number is not None else []
        return [(self._property(number), self.term(value)) for number, values in found for value in values]

    def naming(self, value: Term) -> list[tuple[Term, NamedNode]]:
        """Return each node that has a value, and by which property."""
        number = self.number_of(value)
        if number is None:
            return []
        return [
            (self.term(subject), self._property(predicate))
            for predicate in self.columns
            for subject in self.inverse_column(predicate).get(number, ())
        ]

    def _property(self, number: int) -> NamedNode:
        term = self.term(number)
        assert isinstance(term, NamedNode)
        return term

    def having(self, predicate: NamedNode) -> Iterator[Term]:
        """Yield every subject of a property, once."""
        return (self.term(subject) for subject in self.column(self.number_of(predicate)))

    def triples_of(self, predicate: NamedNode) -> Iterator[Triple]:
        """Yield every triple of a property."""
        for number, values in self.column(self.number_of(predicate)).items():
            subject = self.term(number)
            assert not isinstance(subject, Literal)
            yield from (Triple(subject, predicate, self.term(value)) for value in values)

    def signatures(self) -> Iterator[tuple[NamedNode, Term | None]]:
        """Yield each property with each class, of rdf:type, and each datatype among its values, else None."""
        for predicate, column in self.columns.items():
            iri = self._property(predicate)
            by_datatype = {self._kind(iri, value): value for found in column.values() for value in found}
            for value in by_datatype.values():
                yield iri, sort_of(iri, self.term(value))

    def _kind(self, predicate: NamedNode, value: int) -> str:
        """Return a string that is the same for values of one sort: what N-Quads writes behind the text of a literal."""
        text = self._texts[value]
        if text[0] != '"':
            return text if predicate == RDF.type else ""
        return text[text.rindex('"') :]

    # What follows from these.

    def literal(self, subject: Term, predicate: NamedNode) -> str | None:
        """Return the text of a property's literal value, the first by alphabet of several, or None."""
        return min((v.value for v in self.objects(subject, predicate) if isinstance(v, Literal)), default=None)

    def number(self, subject: Term, predicate: NamedNode) -> int | None:
        """Return a property's literal value as a number, or None if it is missing or not one."""
        text = self.literal(subject, predicate)
        return int(text) if text is not None and text.isdecimal() else None

    def users(self, node: Term) -> list[tuple[Term, NamedNode]]:
        """Return each subject that names a node as object, and by which property; claims and types left out."""
        if isinstance(node, Literal):
            return []
        found = ((subject, predicate) for subject, predicate in self.naming(node) if predicate not in _NOT_USES)
        return sorted(found, key=str)

    def neighbours_with(self, node: Term, value: Term) -> Iterator[tuple[Term, NamedNode]]:
        """Yield each node that a node names, or that names it, and that has a value, and by which property."""
        named = (other for _, other in self.properties(node))
        for neighbour in dict.fromkeys((*named, *(user for user, _ in self.users(node)))):
            for predicate, other in self.properties(neighbour):
                if other == value:
                    yield neighbour, predicate

    def document_name(self, document: Term) -> str:
        """Return by what name people know a document: its identifier; its IRI if it has none, or not alone."""
        name = self.literal(document, DCTERMS.identifier)
        if name and self._identifiers[name] == 1:
            return name
        return document.value if isinstance(document, NamedNode) else str(document)

    @cached_property
    def _identifiers(self) -> Counter[str | None]:
        return Counter(self.literal(node, DCTERMS.identifier) for node in self.having(DCTERMS.identifier))


class StoreIndex(GraphIndex):
    """The triples of a store's default graph, for graphs that Python should not hold."""

    def __init__(self, store: Store) -> None:
        super().__init__(())
        self._store = store

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property; empty if it has none."""
        if isinstance(subject, Literal | Triple):
            return []
        return [quad.object for quad in self._store.quads_for_pattern(subject, predicate, None, DefaultGraph())]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return what has this value of a property; empty if nothing has."""
        return [quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, DefaultGraph())]

    def properties(self, subject: Term) -> list[tuple[NamedNode, Term]]:
        """Return each property of a node with each of its values."""
        if isinstance(subject, Literal | Triple):
            return []
        quads = self._store.quads_for_pattern(subject, None, None, DefaultGraph())
        return [(quad.predicate, quad.object) for quad in quads]

    def naming(self, value: Term) -> list[tuple[Term, NamedNode]]:
        """Return each node that has a value, and by which property."""
        quads = self._store.quads_for_pattern(None, None, value, DefaultGraph())
        return [(quad.subject, quad.predicate) for quad in quads]

    def having(self, predicate: NamedNode) -> Iterator[Term]:
        """Yield every subject of a property, once."""
        return iter(dict.fromkeys(triple.subject for triple in self.triples_of(predicate)))

    def triples_of(self, predicate: NamedNode) -> Iterator[Triple]:
        """Yield every triple of a property."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, predicate, None, DefaultGraph()))

    def signatures(self) -> Iterator[tuple[NamedNode, Term | None]]:
        """Yield each property with each class, of rdf:type, and each datatype among its values, else None."""
        sort = f"IF(?p = {RDF.type}, ?o, DATATYPE(?o))"
        solutions = self._store.query(f"SELECT DISTINCT ?p ({sort} AS ?sort) {{ ?s ?p ?o }}")
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            predicate = solution["p"]
            assert isinstance(predicate, NamedNode)
            yield predicate, solution["sort"]


def sort_of(predicate: NamedNode, value: Term) -> Term | None:
    """Return the class that a triple states, or the datatype of its value, or None."""
    if predicate == RDF.type:
        return value
    return value.datatype if isinstance(value, Literal) else None


def by_term(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in an order that does not hang on the order of the file."""
    return sorted(triples, key=str)

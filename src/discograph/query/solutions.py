"""What a query gives, and the order of rows that a query leaves unordered: same data, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from discograph.rdf import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple
from discograph.vocab import XSD

Term = NamedNode | BlankNode | Literal | Triple
"""What a variable may be bound to; a Triple only where data hold RDF 1.2 reifiers."""

Row = tuple[Term | None, ...]
"""One solution; None is unbound."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a SELECT gives: variables in the order of the SELECT, and rows of as many terms.

    Rows stand in the order that the query asks for; if it asks for none, they are sorted.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an ASK gives."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """What a CONSTRUCT or a DESCRIBE gives: each triple once, sorted."""

    triples: tuple[Triple, ...]


Result = Rows | Answer | Triples

_NUMBERS = frozenset({XSD.decimal, XSD.integer})
_ZERO = Decimal(0)
_Key = tuple[int, Decimal, str, str, str]


def collect(
    answer: QueryBoolean | QuerySolutions | QueryTriples,
    *,
    is_ordered: bool,
    appearance: Sequence[str] | None,
) -> Result:
    """Take everything from the engine.

    Shape: ``appearance`` is the order of the columns, None where the query says it; ``is_ordered`` says
    that the engine's order of rows is the query's, else they are sorted. Blank nodes are named ``b0``,
    ``b1`` … as they appear, because an engine's labels change from run to run.
    """
    if isinstance(answer, QueryBoolean):
        return Answer(bool(answer))
    if isinstance(answer, QueryTriples):
        return sorted_triples(answer)
    variables = tuple(variable.value for variable in answer.variables)
    rows = [tuple(solution) for solution in answer]
    return sorted_rows(variables, rows, is_ordered=is_ordered, appearance=appearance)


def sorted_triples(found: Iterable[Triple]) -> Triples:
    """Return triples as a result: each once, sorted, blank nodes named as they appear."""
    once: dict[Any, None] = dict.fromkeys(found)
    triples = _relabelled(sorted(map(tuple, once), key=row_key))
    return Triples(tuple(Triple(*triple) for triple in triples))


def sorted_rows(
    variables: tuple[str, ...], rows: Sequence[Row], *, is_ordered: bool, appearance: Sequence[str] | None
) -> Rows:
    """Return rows as a result; ``is_ordered`` and ``appearance`` as for ``collect``."""
    if appearance is not None:
        columns = sorted(range(len(variables)), key=lambda index: appearance.index(variables[index]))
        variables = tuple(variables[index] for index in columns)
        rows = [tuple(row[index] for index in columns) for row in rows]
    return Rows(variables, tuple(_relabelled(rows if is_ordered else sorted(rows, key=row_key))))


def row_key(row: Row) -> tuple[_Key, ...]:
    """Return a sort key: cell by cell unbound, blank nodes, IRIs, numbers by value, other literals, triples.

    Blank nodes are all equal.
    """
    return tuple(_term_key(term) for term in row)


def _term_key(term: Term | None) -> _Key:
    if term is None:
        return (0, _ZERO, "", "", "")
    if isinstance(term, BlankNode):
        return (1, _ZERO, "", "", "")
    if isinstance(term, NamedNode):
        return (2, _ZERO, term.value, "", "")
    if isinstance(term, Literal):
        number = _number(term)
        rank = 4 if number is None else 3
        return (rank, number or _ZERO, term.value, term.language or "", term.datatype.value)
    return (5, _ZERO, str(term), "", "")


def _number(term: Literal) -> Decimal | None:
    if term.datatype not in _NUMBERS:
        return None
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _relabelled(rows: Iterable[Row]) -> list[Any]:
    labels: dict[BlankNode, BlankNode] = {}

    def relabel(term: Term | None) -> Any:
        if isinstance(term, BlankNode):
            return labels.setdefault(term, BlankNode(f"b{len(labels)}"))
        if isinstance(term, Triple):
            return Triple(*map(relabel, term))
        return term

    return [tuple(map(relabel, row)) for row in rows]

"""Shortest chains, which no property path of SPARQL 1.1 can return: a query is one step, asked again and again.

The step is a SELECT whose first parameter is bound to everything reached last, and whose columns are
``?from``, ``?to`` (things), then what the answer shows of the step. So it runs on any store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE
from discograph.query.dataset import Dataset
from discograph.query.parameters import bind
from discograph.query.solutions import Row, Rows, Term
from discograph.rdf import Literal
from discograph.vocab import XSD

_BATCH = 500  # terms bound at once: some servers refuse longer queries
_MOST_STEPS = 50


def walk(
    dataset: Dataset,
    sparql: str,
    ends: tuple[str, str],
    terms: Mapping[str, Sequence[Term]],
    *,
    name: str,
    base_iri: str = DEFAULT_BASE,
) -> Rows:
    """Return one shortest chain from the first parameter's term to the second's.

    Shape: a row for each step, in order: its number, and the columns of the step but the first two. Of
    equally short chains, the one whose steps sort first. No row if there is none within 50 steps.
    Raises: QueryError if a parameter has not one term, or the step is no SELECT of this form.
    """
    start, goal = (_only(terms.get(end.replace("-", "_"), ()), end) for end in ends)
    first = ends[0].replace("-", "_")
    rest = {variable: values for variable, values in terms.items() if variable != ends[1].replace("-", "_")}
    reached: dict[Term, Row | None] = {start: None}
    frontier: list[Term] = [start]
    shown: tuple[str, ...] = ()
    for _ in range(_MOST_STEPS):
        if goal in reached or not frontier:
            break
        step: list[Row] = []
        for begin in range(0, len(frontier), _BATCH):
            asked = bind(sparql, {**rest, first: frontier[begin : begin + _BATCH]})
            found = dataset.run(asked, name=name, base_iri=base_iri)
            if not isinstance(found, Rows) or found.variables[:2] != ("from", "to"):
                raise QueryError(f"{name}: a step of a walk is a SELECT whose first columns are ?from and ?to")
            shown = found.variables[2:]
            step += found.rows
        frontier = _reach(step, reached)
    return Rows(("step", *shown), tuple(_chain(start, goal, reached)))


def _only(values: Sequence[Term], parameter: str) -> Term:
    if len(values) != 1:
        raise QueryError(f"--{parameter}: a chain needs its two ends, each given once")
    return values[0]


def _reach(step: Sequence[Row], reached: dict[Term, Row | None]) -> list[Term]:
    """Add what a step reaches for the first time; return it, in the order of the rows."""
    new = []
    for row in step:
        target = row[1]
        if target is not None and target not in reached:
            reached[target] = row
            new.append(target)
    return new


def _chain(start: Term, goal: Term, reached: Mapping[Term, Row | None]) -> list[Row]:
    """Return the steps that led to the goal."""
    rows: list[Row] = []
    target: Term | None = goal
    while target is not None and target != start and (row := reached.get(target)) is not None:
        rows.append(row)
        target = row[0]
    numbered = enumerate(reversed(rows), start=1)
    return [(Literal(str(number), datatype=XSD.integer), *row[2:]) for number, row in numbered]

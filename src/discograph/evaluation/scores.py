"""Compare tables with the gold: counts and figures a table, and the rows that are not right.

Rows that agree on the key columns of their table are paired one to one, those that agree on most columns first.
Rows of ours with ``hedged``: "yes" do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from discograph.evaluation.gold import Gold, Row, Tables
from discograph.evaluation.measures import MEASURES, Measure, cell


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean, each from 0 to 1; of nothing at all they are 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of the gold, rows of ours, and how many of these are found and exact."""

    gold: int = 0
    rows: int = 0
    found: int = 0
    exact: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Count)))

    def figures(self, right: int) -> Figures:
        """Return the figures for a number of right rows: ``found`` or ``exact``."""
        precision = right / self.rows if self.rows else float(not self.gold)
        recall = right / self.gold if self.gold else 1.0
        both = precision + recall
        return Figures(precision, recall, 2 * precision * recall / both if both else 0.0)


class Miss(NamedTuple):
    """A row that is not right: ``kind`` is missed (no row of ours), wrong (none of the gold) or differs."""

    table: str
    kind: str
    source: str
    gold: Row | None
    row: Row | None


KINDS = ("missed", "wrong", "differs")


def evaluate(
    golds: Iterable[Gold], found: Mapping[str, Tables], names: Iterable[str] = tuple(MEASURES)
) -> tuple[dict[str, Count], list[Miss]]:
    """Return the counts of tables, summed over documents, and the rows that are not right.

    Shape: ``found`` holds the tables of each document by its file name; what is not there has no rows. The
    counts hold every table of ``names``, in the order of ``MEASURES``; misses are in the order of gold.
    """
    wanted = set(names)
    counts = {name: Count() for name in MEASURES if name in wanted}
    misses: list[Miss] = []
    for gold in golds:
        rows = found.get(gold.source, {})
        for name in counts:
            counts[name] += _compare(name, gold, rows.get(name, ()), misses)
    return counts, misses


def _compare(name: str, gold: Gold, rows: Iterable[Row], misses: list[Miss]) -> Count:
    """Return the count of one table of one document; add what is not right to ``misses``."""
    measure = MEASURES[name]
    wanted = gold.tables.get(name, ())
    rows = [row for row in rows if row.get("hedged") != "yes"]
    pairs = _pairs(measure, wanted, rows)
    firm = [index for index, row in enumerate(wanted) if not _is_free(row)]
    right = [pair for pair in pairs if not _is_free(wanted[pair.gold])]
    full = len(measure.columns)
    met, ours = {pair.gold for pair in pairs}, {pair.row for pair in pairs}
    misses += [Miss(name, "missed", gold.source, wanted[i], None) for i in firm if i not in met]
    misses += [Miss(name, "wrong", gold.source, None, row) for i, row in enumerate(rows) if i not in ours]
    misses += [
        Miss(name, "differs", gold.source, wanted[pair.gold], rows[pair.row]) for pair in right if pair.agree < full
    ]
    exact = sum(pair.agree == full for pair in right)
    return Count(len(firm), len(rows) - (len(pairs) - len(right)), len(right), exact)


def _is_free(row: Row) -> bool:
    """Tell whether a row of the gold is neither rewarded nor punished."""
    return "yes" in (row.get("optional"), row.get("hedged"))


class _Pair(NamedTuple):
    """Indices of a row of the gold and a row of ours, and on how many columns they agree."""

    gold: int
    row: int
    agree: int


def _pairs(measure: Measure, wanted: Sequence[Row], rows: Sequence[Row]) -> list[_Pair]:
    """Return the pairs of rows that agree on the key, one to one; of equals, the first in the gold."""
    accepted = [{column: _accepted(column, row) for column in measure.columns} for row in wanted]
    cells = [{column: cell(column, row.get(column)) for column in measure.columns} for row in rows]
    candidates = [
        _Pair(g, r, sum(mine[column] in theirs[column] for column in measure.columns))
        for g, theirs in enumerate(accepted)
        for r, mine in enumerate(cells)
        if all(mine[key] in theirs[key] for key in measure.keys)
    ]
    taken: set[tuple[str, int]] = set()
    pairs = []
    for pair in sorted(candidates, key=lambda pair: (-pair.agree, pair.gold, pair.row)):
        both = {("gold", pair.gold), ("row", pair.row)}
        if not taken & both:
            taken |= both
            pairs.append(pair)
    return pairs


def _accepted(column: str, row: Row) -> set[str]:
    return {cell(column, value) for value in (row.get(column), *row.get("also", ()))}


def differing(miss: Miss) -> tuple[str, ...]:
    """Return the columns in which the two rows of a miss differ; none if one of them is not there."""
    gold, row = miss.gold, miss.row
    if gold is None or row is None:
        return ()
    columns = MEASURES[miss.table].columns
    return tuple(column for column in columns if cell(column, row.get(column)) not in _accepted(column, gold))

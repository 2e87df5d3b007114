"""Cells that reach over several rows or columns, laid out as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from discograph.document import Text

WIDEST = 200
"""The most columns of a table that are read; more is no table of an article."""


class Cell(NamedTuple):
    """A cell: its words, and over how many rows and columns it reaches (1 without spans)."""

    text: Text
    rows: int = 1
    columns: int = 1


def grid(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Text, ...], ...]:
    """Return the cells of a table row by row; a cell stands in every place that its spans reach.

    Source: HTML, "forming a table": a row span ends with the table.
    """
    hanging: dict[int, tuple[Text, int]] = {}
    result: list[tuple[Text, ...]] = []
    for row in rows:
        if not row and not hanging:
            continue
        line: list[Text] = []
        cells = iter(row)
        cell = next(cells, None)
        while (cell is not None or len(line) in hanging) and len(line) < WIDEST:
            if len(line) in hanging:
                column = len(line)
                text, left = hanging.pop(column)
                line.append(text)
                if left > 1:
                    hanging[column] = text, left - 1
                continue
            assert cell is not None
            for _ in range(min(cell.columns, WIDEST)):
                if cell.rows > 1:
                    hanging[len(line)] = cell.text, cell.rows - 1
                line.append(cell.text)
            cell = next(cells, None)
        result.append(tuple(line))
    return tuple(result)

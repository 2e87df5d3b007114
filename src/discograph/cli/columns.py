"""Columns of plain text for people: the first stands left, the others right, as numbers do."""

from __future__ import annotations

from collections.abc import Sequence

from discograph.query.table import display_width


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with their cells under each other; every row has as many cells."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return "".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [" " * (width - display_width(text)) for text, width in zip(row, widths, strict=True)]
    cells = [row[0] + padded[0], *(space + text for space, text in zip(padded[1:], row[1:], strict=True))]
    return "  ".join(cells).rstrip() + "\n"

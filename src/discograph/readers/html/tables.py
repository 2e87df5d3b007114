"""Tables as rows of cells, each text in every place that its cell spans."""

from __future__ import annotations

import re
from typing import NamedTuple

from discograph.document import Table, Text
from discograph.readers import spans
from discograph.readers.html.elements import Kind
from discograph.readers.html.tokens import Tags
from discograph.readers.html.words import Words

_WIDEST = 50  # columns that one cell may span
_LONGEST_SPAN = 1000  # rows


class Cell(NamedTuple):
    """A cell: its start tag, whether it is a header, and how many columns and rows it spans."""

    tag: int
    is_header: bool
    columns: int
    rows: int


class Grid(NamedTuple):
    """The cells of a table by row, and the tag of its caption, 0 without one."""

    rows: list[list[Cell]]
    caption: int

    @property
    def has_headers(self) -> bool:
        """Whether a cell of the table is a header."""
        return any(cell.is_header for row in self.rows for cell in row)


def grid_of(tags: Tags, table: int) -> Grid:
    """Return the cells of a table, those of tables inside it left out."""
    rows: list[list[Cell]] = []
    caption = 0
    at, end = table + 1, tags.closes[table]
    while at < end:
        kind = tags.kinds[at]
        if kind == Kind.ROW:
            rows.append([])
        elif kind == Kind.CELL:
            if not rows:
                rows.append([])
            rows[-1].append(_cell(tags, at))
            at = max(tags.closes[at] - 1, at)
        elif kind == Kind.CAPTION:
            caption = caption or at
            at = max(tags.closes[at] - 1, at)
        elif kind in (Kind.SKIP, Kind.SKIP_BLOCK, Kind.TABLE):
            at = tags.closes[at]
        at += 1
    return Grid([row for row in rows if row], caption)


def _cell(tags: Tags, tag: int) -> Cell:
    attributes = tags.attributes(tag)
    is_header = tags.names[tag] == "th"
    if "span" not in attributes:
        return Cell(tag, is_header, 1, 1)
    columns, rows = (_number(tags.attribute(tag, name)) for name in ("colspan", "rowspan"))
    return Cell(tag, is_header, max(min(columns, _WIDEST), 1), min(rows, _LONGEST_SPAN) or _LONGEST_SPAN)


def _number(value: str) -> int:
    match = re.match(r"\s*(\d{1,6})", value)
    return int(match[1]) if match else 1


def table_of(words: Words, found: Grid) -> Table | None:
    """Return a table with its caption; None if it has no words.

    Shape: a cell that spans rows or columns stands in each of them. A first row of one cell over all columns is the
    caption, if there is no other.
    """
    rows = [[spans.Cell(_text(words, cell.tag), cell.rows, cell.columns) for cell in row] for row in found.rows]
    caption = words.text(found.caption, words.tags.closes[found.caption]) if found.caption else None
    if not caption and len(rows) > 1 and len(rows[0]) == 1 and any(len(row) > 1 for row in rows[1:]):
        caption = rows.pop(0)[0].text or None
    width = max((sum(cell.columns for cell in row) for row in rows if len(row) > 1), default=1)
    laid_out = spans.grid([[cell._replace(columns=min(cell.columns, width)) for cell in row] for row in rows])
    filled = tuple(row for row in laid_out if any(row))
    return Table(caption, filled) if filled else None


def _text(words: Words, tag: int) -> Text:
    lines = " " if words.tags.names[tag] == "th" else ", "
    return words.text(tag, words.tags.closes[tag], lines) or Text("", ((0, words.tags.ends[tag]),))

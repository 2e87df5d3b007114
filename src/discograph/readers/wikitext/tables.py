"""Tables of wikitext ({| … |}): rows of cells, each cell repeated wherever its spans reach.

Source: Help:Table. Cells of templates that make rows (Template:Album chart) are theirs to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from discograph.document import Span, Table, Text
from discograph.readers.spans import Cell, grid
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.inline_templates import kind_of
from discograph.readers.wikitext.marks import Kind
from discograph.readers.wikitext.row_templates import row_of

_SPAN = re.compile(r"(?P<kind>row|col)span\s*=\s*[\"']?\s*(?P<number>\d{1,3})", re.IGNORECASE)
_MARKUP = re.compile(r"\[\[|\{\{|<(?!nowiki)")


@dataclass(slots=True)
class _Rows:
    """The rows of a table while it is being read."""

    caption: Text | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    open: Span | None = None  # the cell that the next line may go on with
    is_closed: bool = True

    def new_row(self) -> None:
        if not self.rows or self.rows[-1]:
            self.rows.append([])
        self.is_closed = True

    def add(self, cell: Cell) -> None:
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)
        self.is_closed = False


def read_table(page: Wikitext, index: int) -> Table:
    """Return the table that the mark at an index opens; nested tables are left out."""
    marks = page.marks
    inside = Span(marks.ends[index], marks.starts[marks.partners[index]])
    found = _Rows()
    for number, line in enumerate(marks.lines(inside)):
        if number:  # the first line holds the table's own attributes
            _line(page, found, line)
    return Table(found.caption, grid(found.rows))


def _line(page: Wikitext, found: _Rows, line: Span) -> None:
    source = page.source
    start = line.start + len(source[line.start : line.end]) - len(source[line.start : line.end].lstrip())
    mark = source[start : start + 2]
    if mark == "|-":
        found.new_row()
    elif mark == "|+":
        found.caption = _cell_text(page, Span(start + 2, line.end))[0]
    elif mark[:1] in ("|", "!") and mark:
        is_head = mark[0] == "!"
        for span in _cells(page, Span(start + 1, line.end), is_head=is_head):
            text, rows, columns = _cell_text(page, span, " " if is_head else ", ")
            found.add(Cell(text, rows, columns))
    elif not _row_template(page, found, line) and found.rows and found.rows[-1] and start < line.end:
        _go_on(page, found, line)


def _row_template(page: Wikitext, found: _Rows, line: Span) -> bool:
    """Add the row of a line that is a template which makes one; tell whether it is."""
    at = page.marks.first(line.start)
    is_template = at < len(page.marks.starts) and page.marks.kinds[at] == Kind.TEMPLATE
    if not is_template or page.source[line.start : page.marks.starts[at]].strip():
        return False
    template = page.template(at)
    if kind_of(template.name) not in ("album-chart", "single-chart", "certification-entry"):
        return False
    found.new_row()
    for text in row_of(page, template):
        found.add(Cell(text, 1, 1))
    return True


def _go_on(page: Wikitext, found: _Rows, line: Span) -> None:
    """Add a line to the cell that the line before it began."""
    last = found.rows[-1][-1]
    more = page.text(line, ", ")
    if more and not last.text:
        found.rows[-1][-1] = Cell(more, last.rows, last.columns)
    elif more:
        found.rows[-1][-1] = Cell(
            Text.join((last.text, more), ", " if _is_item(page, line) else " "), last.rows, last.columns
        )


def _is_item(page: Wikitext, line: Span) -> bool:
    return page.source[line.start : line.start + 1] in ("*", "#")


def _cells(page: Wikitext, line: Span, *, is_head: bool) -> Iterator[Span]:
    """Yield the cells of a line: parted by ``||``, in a head by ``!!`` too."""
    marks, source = page.marks, page.source
    at, start = marks.first(line.start), line.start
    cuts: list[int] = []
    while at < len(marks.starts) and marks.starts[at] < line.end:
        if marks.kinds[at] == Kind.PIPE and source.startswith("||", marks.starts[at]):
            cuts.append(marks.starts[at])
            at += 1
        at = marks.after(at)
    if is_head:
        cuts += [m.start() for m in re.compile("!!").finditer(source, line.start, line.end)]
    for cut in sorted(cuts):
        if cut >= start:
            yield Span(start, cut)
            start = cut + 2
    yield Span(start, line.end)


def _cell_text(page: Wikitext, cell: Span, line_break: str = " ") -> tuple[Text, int, int]:
    """Return the words of a cell, and how many rows and columns it reaches over."""
    marks, source = page.marks, page.source
    at = marks.first(cell.start)
    start, attributes = cell.start, ""
    while at < len(marks.starts) and marks.starts[at] < cell.end:
        if marks.kinds[at] == Kind.PIPE:
            before = source[cell.start : marks.starts[at]]
            if not _MARKUP.search(before):
                start, attributes = marks.ends[at], before
            break
        at = marks.after(at)
    spans = {match["kind"].lower(): int(match["number"]) for match in _SPAN.finditer(attributes)}
    return page.text(Span(start, cell.end), line_break), max(1, spans.get("row", 1)), max(1, spans.get("col", 1))

"""Quotes in their lines, cut so that a line of the terminal holds them and the quote is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discograph.document import Source
from discograph.provenance import Evidence
from discograph.query.table import display_width

# Controls would act on the terminal, and marks of direction would let a quote look like another.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MOST_LINES = 4
_MORE = "…"


class Row(NamedTuple):
    """One line to print and the part of it that is quoted, as indices."""

    text: str
    start: int
    end: int

    @property
    def carets(self) -> str:
        """A line of carets that stands under the quote."""
        return " " * display_width(self.text[: self.start]) + "^" * max(
            1, display_width(self.text[self.start : self.end])
        )


def excerpt(evidence: Evidence, source: Source | None, width: int) -> list[Row]:
    """Return the lines in which a quote stands, at most four.

    Shape: without the text, the quote's own lines. Units: ``width`` in terminal columns; a longer line is cut to
    the quote and what stands around it, a longer quote is broken at spaces.
    """
    rows: list[Row] = []
    for line, start, end in _lines(evidence, source):
        rows += _fitted(_UNSEEN.sub(_replacement, line), start, end, max(width, 20))
    return rows if len(rows) <= _MOST_LINES else [*rows[: _MOST_LINES - 1], _rest(rows[_MOST_LINES - 1])]


def _lines(evidence: Evidence, source: Source | None) -> Iterator[tuple[str, int, int]]:
    """Yield each line with a part of the quote, and where in it that part is."""
    if source is None:
        for line in evidence.quote.splitlines() or [""]:
            yield line, 0, len(line)
        return
    number = source.location(evidence.start).line
    while (span := source.line_span(number)).start < evidence.end or span.start == evidence.start:
        line = source.text[span.start : span.end].rstrip("\r")
        start, end = max(evidence.start - span.start, 0), min(evidence.end - span.start, len(line))
        if end > start:
            yield line, start, end
        if span.end >= len(source.text):
            return
        number += 1


def _fitted(line: str, start: int, end: int, width: int) -> Iterator[Row]:
    if display_width(line) <= width:
        yield Row(line, start, end)
    elif display_width(line[start:end]) <= width - 2:
        yield _window(line, start, end, width)
    else:
        yield from _broken(line, start, end, width)


def _window(line: str, start: int, end: int, width: int) -> Row:
    """Return the quote with as much on both sides as fits, whole words."""
    room = width - 2 - display_width(line[start:end])
    left = _reach(line[:start][::-1], room // 2)
    right = _reach(line[end:], room - left)
    left = _reach(line[:start][::-1], room - right)
    begin, stop = start - left, end + right
    before, after = _MORE if begin else "", _MORE if stop < len(line) else ""
    shift = len(before) - begin
    return Row(before + line[begin:stop] + after, start + shift, end + shift)


def _reach(text: str, room: int) -> int:
    """Return how many characters of a text fit into some columns, up to the end of a word."""
    if display_width(text) <= room:
        return len(text)
    used = count = best = 0
    for character in text:
        used += display_width(character)
        if used > room:
            break
        count += 1
        if text[count : count + 1].isspace():
            best = count
    return best or count


def _broken(line: str, start: int, end: int, width: int) -> Iterator[Row]:
    """Yield a quote that is longer than a line of the terminal, piece by piece."""
    at = start
    while at < end:
        length = max(_reach(line[at:end], width - 2), 1)
        piece = line[at : at + length]
        before = _MORE if at == start and start else ""
        after = _MORE if at + length >= end and end < len(line) else ""
        yield Row(before + piece + after, len(before), len(before) + len(piece))
        at += length
        while at < end and line[at].isspace():
            at += 1


def _rest(row: Row) -> Row:
    return Row(row.text + f" {_MORE}", row.start, row.end) if not row.text.endswith(_MORE) else row


def _replacement(match: re.Match[str]) -> str:
    return " " if match[0] == "\t" else "\ufffd"

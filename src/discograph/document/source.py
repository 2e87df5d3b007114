"""The exact text of a source and places in it: spans in code points, lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple


class Span(NamedTuple):
    """A run of code points of a source: ``start`` from 0, ``end`` not included."""

    start: int
    end: int


class Location(NamedTuple):
    """A place as editors count it: line and column from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """One fixed version of a source text.

    Shape: ``name`` is the file name; ``text`` the decoded text, character for character; ``sha256`` the
    hex digest of its UTF-8 bytes.
    """

    name: str
    text: str
    sha256: str = ""
    _line_starts: tuple[int, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        digest = sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        starts = [int(self.text.startswith("\ufeff"))]  # a byte order mark is no column
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "_line_starts", tuple(starts))

    def location(self, offset: int) -> Location:
        """Return line and column of a code-point offset."""
        line = max(bisect_right(self._line_starts, offset), 1)
        return Location(line, offset - self._line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """Return the span of a line (from 1), without its line break; an empty span past the end."""
        if line > len(self._line_starts):
            return Span(len(self.text), len(self.text))
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        return Span(start, len(self.text) if end < 0 else end)

    def quote(self, span: Span) -> str:
        """Return the words of a span, exactly."""
        return self.text[span.start : span.end]

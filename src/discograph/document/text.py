"""A run of readable text that knows where in the source each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document.source import Span


@dataclass(frozen=True, slots=True)
class Text:
    """Readable text with its place in the source.

    Shape: ``value`` is the text without markup. ``pieces`` holds ``(index in value, offset in source)``
    pairs in rising order: from each index on, characters stand one by one from that offset on until the
    next piece. Rendered text has one piece; wikitext and HTML have one for each stretch between markup.
    ``wide`` holds ``(index, length)`` of the characters that stand for another number of characters of the
    source than one, in rising order: an entity (``&amp;``), a line break (``<br>``), what a template prints.
    ``whole`` holds ``(start, end)`` of the names with separators inside that the markup tells are one: the words
    of a link ("Earth, Wind & Fire"), in rising order; no splitting parts them.
    """

    value: str
    pieces: tuple[tuple[int, int], ...]
    wide: tuple[tuple[int, int], ...] = ()
    whole: tuple[tuple[int, int], ...] = ()

    @classmethod
    def at(cls, value: str, offset: int) -> Text:
        """Return text that stands in one unbroken run at an offset of the source."""
        return cls(value, ((0, offset),))

    def __len__(self) -> int:
        return len(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value

    def offset(self, index: int) -> int:
        """Return the source offset of the character at an index of ``value``."""
        piece = self.pieces[bisect_right(self.pieces, index, key=lambda pair: pair[0]) - 1]
        return piece[1] + index - piece[0]

    def place(self, part: Text) -> tuple[int, int]:
        """Return the indices at which a part that was cut out of this text begins and ends in its ``value``."""
        offset = part.offset(0)
        piece = self.pieces[max(bisect_right(self.pieces, offset, key=lambda pair: pair[1]) - 1, 0)]
        start = piece[0] + offset - piece[1]
        return start, start + len(part.value)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source span of a slice; of an empty slice, an empty span at its place."""
        stop = len(self.value) if end is None else end
        first = self.offset(start)
        return Span(first, first if stop <= start else self.offset(stop - 1) + self._width(stop - 1))

    def _width(self, index: int) -> int:
        """Return the number of characters of the source that the character at an index stands for."""
        return next((length for at, length in self.wide if at == index), 1) if self.wide else 1

    def cut(self, start: int, end: int | None = None) -> Text:
        """Return a slice without surrounding white space; indices must not be negative."""
        stop = len(self.value) if end is None else end
        piece = self.value[start:stop]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        stop = start + len(piece)
        if len(self.pieces) == 1:
            return Text(piece, ((0, self.offset(start)),))
        inner = tuple((i - start, o) for i, o in self.pieces if start < i < stop)
        wide = tuple((i - start, n) for i, n in self.wide if start <= i < stop) if self.wide else ()
        whole = tuple((a - start, b - start) for a, b in self.whole if start <= a and b <= stop) if self.whole else ()
        return Text(piece, ((0, self.offset(start)), *inner), wide, whole)

    def joined(self, other: Text, separator: str) -> Text:
        """Return both texts with a separator between them, which stands for nothing in the source."""
        end, shift = self.span().end, len(self.value) + len(separator)
        between = tuple((len(self.value) + i, end) for i in range(len(separator)))
        return Text(
            self.value + separator + other.value,
            (*self.pieces, *between, *((i + shift, o) for i, o in other.pieces)),
            (*self.wide, *((i, 0) for i, _ in between), *((i + shift, n) for i, n in other.wide)),
            (*self.whole, *((a + shift, b + shift) for a, b in other.whole)),
        )

    def group(self, match: re.Match[str], name: str | int) -> Text:
        """Return a group of a match that was made on ``value``; the group must have taken part."""
        return self.cut(match.start(name), match.end(name))

    def split(self, pattern: re.Pattern[str]) -> Iterator[Text]:
        """Yield the non-empty parts between the matches of a separator, in order; a name that is whole stays so."""
        start = 0
        for match in pattern.finditer(self.hidden()):
            if match.start() > start and (part := self.cut(start, match.start())):
                yield part
            start = match.end()
        if start < len(self.value) and (part := self.cut(start)):
            yield part

    def hidden(self) -> str:
        """Return the value with NUL characters in place of the names that are whole, for patterns of separators."""
        value = self.value
        for start, end in self.whole:
            value = value[:start] + "\0" * (end - start) + value[end:]
        return value

"""A run of readable text that knows where in the source each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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

    def __hash__(self) -> int:
        return hash(self.value)  # which the string keeps; two texts of one value are rare

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

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source span of a slice; of an empty slice, an empty span at its place."""
        stop = len(self.value) if end is None else end
        if len(self.pieces) == 1 and not self.wide:  # rendered text: no search
            index, offset = self.pieces[0]
            offset -= index
            return Span(offset + start, offset + max(start, stop))
        first = self.offset(start)
        if stop <= start:
            return Span(first, first)
        end = self.offset(stop - 1) + self._width(stop - 1)
        if end < first:  # a template prints its parameters in another order than the source has them
            places = [self.offset(start), *(o for i, o in self.pieces if start < i < stop)]
            return Span(min(places), max(first + 1, *places))
        return Span(first, end)

    def find(self, part: Text) -> tuple[int, int]:
        """Return start and end of a text that was cut from this one, as indices of ``value``."""
        shift = self._index(part.offset(0))
        return shift, shift + len(part.value)

    def _index(self, offset: int) -> int:
        """Return the index of the character that stands at a source offset."""
        if len(self.pieces) == 1:
            return offset - self.pieces[0][1]
        ends = [*(index for index, _ in self.pieces[1:]), len(self.value) + 1]
        return next(
            index + offset - start
            for (index, start), end in zip(self.pieces, ends, strict=True)
            if start <= offset < start + end - index
        )

    def _width(self, index: int) -> int:
        """Return the number of characters of the source that the character at an index stands for."""
        at = bisect_left(self.wide, (index, 0)) if self.wide else 0
        return self.wide[at][1] if at < len(self.wide) and self.wide[at][0] == index else 1

    def cut(self, start: int, end: int | None = None) -> Text:
        """Return a slice without surrounding white space; indices must not be negative."""
        slice_ = self.value[start:end]
        piece = slice_.strip()
        if len(piece) < len(slice_):
            start += len(slice_) - len(slice_.lstrip())
        if len(self.pieces) == 1 and not self.wide and not self.whole:
            index, offset = self.pieces[0]
            return Text(piece, ((0, offset + start - index),))
        stop = start + len(piece)
        inner = tuple((i - start, o) for i, o in _between(self.pieces, start + 1, stop))
        wide = tuple((i - start, n) for i, n in _between(self.wide, start, stop)) if self.wide else ()
        whole = tuple((a - start, b - start) for a, b in _between(self.whole, start, stop) if b <= stop)
        return Text(piece, ((0, self.offset(start)), *inner), wide, whole)

    @staticmethod
    def join(texts: Sequence[Text], separator: str) -> Text:
        """Return texts as one, with a separator between them that stands for nothing in the source."""
        if len(texts) == 1:
            return texts[0]
        pieces: list[tuple[int, int]] = []
        wide: list[tuple[int, int]] = []
        whole: list[tuple[int, int]] = []
        shift = 0
        for number, text in enumerate(texts):
            if number:
                end = texts[number - 1].span().end
                pieces += ((shift + i, end) for i in range(len(separator)))
                wide += ((shift + i, 0) for i in range(len(separator)))
                shift += len(separator)
            pieces += ((i + shift, o) for i, o in text.pieces)
            wide += ((i + shift, n) for i, n in text.wide)
            whole += ((a + shift, b + shift) for a, b in text.whole)
            shift += len(text.value)
        return Text(separator.join(text.value for text in texts), tuple(pieces), tuple(wide), tuple(whole))

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


def _between(pairs: tuple[tuple[int, int], ...], start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs whose first number is from ``start`` on and below ``stop``; pairs are in rising order."""
    return pairs[bisect_left(pairs, (start, -1)) : bisect_left(pairs, (stop, -1))]

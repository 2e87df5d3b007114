"""A text put together from stretches of HTML: entities decoded, white space single, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from discograph.document import Link, Span, Text

_SPACE = r"[ \t\n\r\f\u00a0]|&(?:nbsp|#160|#[xX][aA]0);?"
_ODD = re.compile(
    rf"(?P<space>(?:{_SPACE})+)"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[\u200b\u200e\u200f\u2060\ufeff\x00]+"
)
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\x00\u00ad"
is_odd = re.compile(r"[&\t\n\r\f\u00a0\u200b\u200e\u200f\u2060\ufeff\x00]|  ").search
"""Find in a stretch what does not stand for itself: entities, white space that is not one space, what nobody sees."""

_SEPARATORS = re.compile(r"[,;/&\n]| and ")
_GOES_ON = re.compile(rf"(?:{_SPACE})*(?:[(\[,;:/)&–—-]|(?:and|with|feat|featuring|in|at|by|from|of|for|the|via)\b)")
_IS_OPEN = re.compile(r"[,;:/(\[&–—-]\s*\Z|\b(?:and|with|by|in|at|the|of|from)\Z")

OpenLink = tuple[int, int, str]
"""A link whose end has not come: the tag that ends it, the index where its words begin, and its page."""


class Writer:
    """A text that is being put together; ``lines`` stands between lines (see ``Words.texts``)."""

    __slots__ = ("_ended", "_line_end", "_parts", "_pieces", "_source", "_wide", "end", "length", "lines", "open_links")

    def __init__(self, source: str, lines: str, open_links: list[OpenLink]) -> None:
        self._source = source
        self.lines = lines
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._wide: list[tuple[int, int]] = []
        self.length = 0
        self.end = 0  # the offset in the source behind the last character
        self.open_links = open_links
        self._ended: list[tuple[int, int, str]] = []
        self._line_end = -1  # the offset of the first tag since the last words that ends a line

    @property
    def _is_spaced(self) -> bool:
        return not self._parts or self._parts[-1][-1] in " \n"

    def add(self, begin: int, end: int) -> None:
        """Append what stands between two tags."""
        words = self._source[begin:end]
        if self._line_end >= 0:
            if words.isspace():
                return
            self._join(words, begin)
        if is_odd(words) or (words[0] == " " and self._is_spaced):
            self._add_markup(words, begin)
        else:
            self._add(words, begin)

    def _add(self, words: str, offset: int) -> None:
        self._pieces.append((self.length, offset))
        self._parts.append(words)
        self.length += len(words)
        self.end = offset + len(words)

    def _add_wide(self, character: str, offset: int, width: int) -> None:
        """Append one character that stands for any number of others."""
        if width != 1:
            self._wide.append((self.length, width))
        self._add(character, offset)
        self.end = offset + width

    def _add_markup(self, words: str, offset: int) -> None:
        """Append words in which something does not stand for itself."""
        at = 0
        for match in _ODD.finditer(words):
            start, end = match.span()
            if match["space"] is None:
                new = _decoded(match[0])
                if new == match[0]:
                    continue
            elif start == at and self._is_spaced:
                new = ""
            elif match[0] == " ":
                continue
            else:
                new = " "
            if start > at:
                self._add(words[at:start], offset + at)
            if new and not (new == " " and self._is_spaced):
                self._add_wide(new, offset + start, end - start)
            at = end
        if at < len(words):
            self._add(words[at:], offset + at)

    def _join(self, words: str, begin: int) -> None:
        """Append what stands between two lines."""
        start, self._line_end = self._line_end, -1
        before = self.length
        self._trim()
        goes_on = _GOES_ON.match(unescape(words[:20])) or _IS_OPEN.search(self._parts[-1])
        separator = " " if goes_on and self.lines in (", ", "\n") else self.lines
        self._add_wide(separator[0], start, begin - start)
        if len(separator) > 1:
            self._add_wide(separator[1], begin, 0)
        self.open_links = [(close, self.length if at >= before else at, page) for close, at, page in self.open_links]

    def _trim(self) -> None:
        """Take away a space at the end."""
        if self._parts[-1][-1] != " " or self.length < 2:
            return
        kept = self._parts[-1][:-1]
        self.length -= 1
        if kept:
            self._parts[-1] = kept
        else:
            self._parts.pop()
            self._pieces.pop()
        if self._wide and self._wide[-1][0] >= self.length:
            self._wide.pop()
        self._ended = [(first, min(last, self.length), page) for first, last, page in self._ended]

    def end_line(self, offset: int) -> None:
        """Let the words that come stand on another line."""
        if self._line_end < 0 and self.length:
            self._line_end = offset

    def end_link(self) -> None:
        """End the link that began last."""
        _, start, target = self.open_links.pop()
        if self.length > start:
            self._ended.append((start, self.length, target))

    def text(self) -> Text | None:
        """Return the words, None if there are none; those of a link are one name."""
        value = "".join(self._parts)
        stripped = value.rstrip()
        if not stripped:
            return None
        pieces, wide = self._pieces, self._wide
        if len(stripped) < len(value):
            pieces = [piece for piece in pieces if piece[0] < len(stripped)]
            wide = [one for one in wide if one[0] < len(stripped)]
        text = Text(stripped, tuple(pieces), tuple(wide), self._whole(value) if self._ended else ())
        return text.cut(0) if stripped[0].isspace() else text

    def _whole(self, value: str) -> tuple[tuple[int, int], ...]:
        """Return where links have separators in them that are part of a name.

        "Earth, Wind & Fire" is one name, and so is its page's; two names may be one link to what they have in common.
        """
        return tuple(
            (start, end)
            for start, end, target in sorted(self._ended)
            if _SEPARATORS.search(value, start, end) and _SEPARATORS.search(target)
        )

    def links(self) -> Iterator[Link]:
        """Yield the links, each with the span of its words."""
        if not self._ended:
            return
        value = "".join(self._parts)
        text, widths = Text(value, tuple(self._pieces)), dict(self._wide)
        for start, end, target in sorted(self._ended):
            words = value[start:end]
            first, last = end - len(words.lstrip()), start + len(words.rstrip()) - 1
            if first <= last:
                span = Span(text.offset(first), text.offset(last) + widths.get(last, 1))
                yield Link(span, words.strip(), target)


def _decoded(entity: str) -> str:
    """Return the character that an entity stands for, "" for one that nobody sees, the entity itself if for none."""
    if entity[0] != "&":
        return ""
    character = unescape(entity)
    if character in _INVISIBLE:
        return ""
    is_one = len(character) == 1 and not "\ud800" <= character <= "\udfff"
    return (" " if character.isspace() else character) if is_one else entity

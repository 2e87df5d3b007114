"""The tags of a page, with their places and what each of them ends.

Method: one split of the source by one regular expression; what a tag is, is found out once for each way in which it is
written. The elements of a page are runs of tags: what is inside the element that begins at tag ``i`` is all between
``i`` and ``closes[i]``, so a reader skips an element by going on behind that tag, and depth costs nothing.
Measured against ``html.parser`` in ``benchmarks/html_pages.py``; that gives lines and columns, and takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from discograph.readers.html.elements import (
    PARENTS,
    RANK,
    SIBLINGS,
    VOID,
    Kind,
    attributes_of,
    closing_kind,
    opening_kind,
)

# What nobody ends goes to the end of the page: scripts, comments and declarations as in browsers, a tag with an odd
# quotation mark so that it can be read in another way. Nothing can be read in two ways, so nothing is tried twice.
_RAW = r"(?i:script|style)\b[^>]*+>.*?(?:</(?i:script|style)\s*>|\Z)"
_NO_ELEMENT = r"!--.*?(?:-->|\Z)|[!?][^>]*+(?:>|\Z)"
_NAME = r"/?[A-Za-z][^\s/>\"'<]*+"
_ATTRIBUTES = r"[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+"
_TAG = re.compile(rf"(<(?:{_RAW}|{_NAME}{_ATTRIBUTES}>|{_NO_ELEMENT}|/?[A-Za-z].*\Z))", re.DOTALL)
_WHOLE_TAG = re.compile(rf"<(?:{_RAW}|{_NAME}{_ATTRIBUTES}>|{_NO_ELEMENT})", re.DOTALL)
_PLAIN_TAG = re.compile(rf"(<(?:{_RAW}|{_NAME}[^<>]*+>|{_NO_ELEMENT}))".replace("[^>]*+>.*?", "[^<>]*+>.*?"), re.DOTALL)
_NAME_OF = re.compile(r"<(/?)([A-Za-z][^\s/>\"'<]*+)")

_FARTHEST = 100  # elements that may be open between an element and the tag that ends it


class _Mark(NamedTuple):
    """What a tag is: it begins an element, ends one (``is_end``), or neither (no name)."""

    name: str
    kind: Kind
    is_end: bool = False


_NOTHING = _Mark("", Kind.INLINE)
_LINK = _Mark("a", Kind.LINK)


class Tags:
    """The tags of a source in order, as columns.

    Shape: ``starts`` and ``ends`` are offsets in the source, ``names`` are in lower case, "" for what is no start tag,
    ``kinds`` what each is to a reader, ``closes`` for a start tag the index of the tag that ends its element; for a
    void element and any other tag its own. Before the first and behind the last tag of the source stand empty ones.
    ``notes`` holds the tags of list items that are references, by id.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        parts = _split(text)
        places = list(accumulate(map(len, parts)))
        self.starts = [0, *places[::2]]
        self.ends = [0, *places[1::2], places[-1]]
        self._tags = ["", *parts[1::2], ""]
        marks = _marks(self._tags)
        self.names = ["" if mark.is_end else mark.name for mark in marks]
        self.kinds = [mark.kind for mark in marks]
        self.closes = _closes(marks)
        self.notes = dict(self._notes()) if "cite_note" in text else {}

    def attributes(self, tag: int) -> str:
        """Return the text of a start tag's attributes."""
        return self._tags[tag][len(self.names[tag]) + 1 : -1]

    def attribute(self, tag: int, name: str) -> str:
        """Return an attribute of a start tag as it stands in the source, "" without it."""
        written = self._tags[tag]
        return attributes_of(self.attributes(tag)).get(name, "") if name in written else ""

    def inside(self, tag: int) -> Iterator[int]:
        """Yield the tags inside an element, skipped elements left out."""
        at, end = tag + 1, self.closes[tag]
        while at < end:
            yield at
            at = (self.closes[at] if self.kinds[at] in _SKIPPING else at) + 1

    def _notes(self) -> Iterator[tuple[str, int]]:
        for tag in range(len(self.names) - 1, 0, -1):  # of two with one id, the first is left
            if self.names[tag] == "li" and "cite_note" in self._tags[tag]:
                yield self.attribute(tag, "id"), tag


_SKIPPING = (Kind.SKIP, Kind.SKIP_BLOCK)


def _split(text: str) -> list[str]:
    """Return the parts of a text: words and tags in turn, words first and last."""
    parts = _TAG.split(text)
    if len(parts) > 1 and not _WHOLE_TAG.fullmatch(parts[-2]):  # tags end at the next ">" from here on
        words, *rest = _PLAIN_TAG.split(parts[-2] + parts[-1])
        parts = [*parts[:-3], parts[-3] + words, *rest]
    return parts


def _marks(tags: list[str]) -> list[_Mark]:
    """Return what each tag is."""
    known: dict[str, _Mark] = {"": _NOTHING}
    marks = []
    for tag in tags:
        mark = known.get(tag)
        if mark is None:
            if tag.startswith("<a ") and "autonumber" not in tag:
                mark = _LINK
            else:
                mark = known[tag] = _mark(tag)
        marks.append(mark)
    return marks


def _mark(tag: str) -> _Mark:
    match = _NAME_OF.match(tag)
    if not match:
        return _NOTHING
    name = match[2].lower()
    if match[1]:
        return _Mark(name, closing_kind(name), is_end=True)
    if name in ("script", "style"):
        return _Mark("", Kind.INLINE)
    attributes = tag[match.end() : -1]
    return _Mark(name, opening_kind(name, attributes))


def _closes(marks: list[_Mark]) -> list[int]:
    """Return for each start tag the index of the tag that ends its element, for any other its own index."""
    closes = list(range(len(marks)))
    stack: list[tuple[str, int]] = [("", 0)]
    for index, (name, _, is_end) in enumerate(marks):
        if name in _ALONE:
            continue
        if is_end:
            if stack[-1][0] == name:
                closes[stack.pop()[1]] = index
            elif place := _place_of(stack, name):
                _end(stack, place, closes, index)
        else:
            if name in PARENTS and stack[-1][0] not in PARENTS[name] and (place := _sibling_of(stack, name)):
                _end(stack, place, closes, index)
            stack.append((name, index))
    _end(stack, 1, closes, len(marks) - 1)
    return closes


_ALONE = VOID | {"", "p"}


def _end(stack: list[tuple[str, int]], place: int, closes: list[int], index: int) -> None:
    """End all elements from a place on the stack on, at a tag."""
    for _, inner in stack[place:]:
        closes[inner] = index
    del stack[place:]


def _place_of(stack: list[tuple[str, int]], name: str) -> int:
    """Return where on the stack the element stands that an end tag ends, 0 if there is none that it may end."""
    rank = RANK.get(name, 0)
    for place in range(len(stack) - 1, max(len(stack) - _FARTHEST, 0), -1):
        other = stack[place][0]
        if other == name:
            return place
        if RANK.get(other, 0) > rank or other == "table":
            return 0
    return 0


def _sibling_of(stack: list[tuple[str, int]], name: str) -> int:
    """Return where the outermost element stands that a start tag ends: one before it in its own list or table."""
    found = 0
    rank = RANK[name]
    for place in range(len(stack) - 1, max(len(stack) - _FARTHEST, 0), -1):
        other = stack[place][0]
        if other in SIBLINGS[name]:
            found = place
        elif other in PARENTS[name] or RANK.get(other, 0) > rank:
            break
    return found

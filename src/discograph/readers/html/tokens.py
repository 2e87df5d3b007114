"""The tags of a page, with their places and what each of them ends: one pass of one regular expression.

The elements of a page are runs of tags: what is inside the element that begins at tag ``i`` is all between ``i``
and ``closes[i]``, so a reader skips an element by going on behind that tag, and depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.readers.html.elements import (
    RANK,
    RAW,
    SIBLINGS,
    VOID,
    WITHIN,
    Kind,
    attributes_of,
    closing_kind,
    opening_kind,
)

# A comment or a declaration that nobody ends goes to the end of the page, as in browsers. Nothing here can be read in
# two ways, so nothing is tried twice.
_TAG = re.compile(
    r"<(?:(?P<slash>/?)(?P<name>[A-Za-z][^\s/>\"'<]*+)"
    r"(?P<attributes>[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+)>"
    r"|(?P<comment>!--).*?(?:-->|\Z)|[!?][^>]*+(?:>|\Z)|(?P<broken>)/?[A-Za-z])",
    re.DOTALL,
)
# Where a quotation mark of an attribute has no other, tags end at the next ">" from there on.
_PLAIN_TAG = re.compile(
    r"<(?:(?P<slash>/?)(?P<name>[A-Za-z][^\s/>\"'<]*+)(?P<attributes>[^<>]*+)>|(?P<comment>!--).*?(?:-->|\Z)"
    r"|[!?][^>]*+(?:>|\Z))(?P<broken>(?!))?",
    re.DOTALL,
)


class Tags:
    """The tags of a source in order, as columns.

    Shape: ``starts`` and ``ends`` are offsets in the source, ``names`` in lower case (an end tag's with a slash
    before it, "" for a comment), ``kinds`` what each is to a reader, ``closes`` for a start tag the index of the tag
    that ends its element; for a void element and any other tag its own. Before the first and behind the last tag of
    the source stand empty ones. ``notes`` holds the tags of list items that are references, by id.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends, self.names = [0], [0], [""]
        self.kinds: list[Kind] = [Kind.INLINE]
        self.closes = [0]
        self.notes: dict[str, int] = {}
        self._stack: list[int] = []  # tags of the elements that are open
        self._open: dict[str, list[int]] = {}  # their places on the stack, by name
        self._ranked: tuple[list[int], list[int], list[int]] = ([], [], [])  # those of blocks, of parts of tables
        self._known: dict[tuple[str, str], Kind] = {}
        self._scan()

    def attributes(self, tag: int) -> str:
        """Return the text of a start tag's attributes."""
        return self.text[self.starts[tag] + 1 + len(self.names[tag]) : self.ends[tag] - 1]

    def attribute(self, tag: int, name: str) -> str:
        """Return an attribute of a start tag as it stands in the source, "" without it."""
        attributes = self.attributes(tag)
        return attributes_of(attributes).get(name, "") if name in attributes else ""

    def _scan(self) -> None:
        at = 0
        pattern = _TAG
        while at >= 0:
            again = -1
            for match in pattern.finditer(self.text, at):
                if match["broken"] is not None:
                    pattern, again = _PLAIN_TAG, match.start()
                    break
                name = match["name"]
                if name is None:
                    self._add(match, "", Kind.INLINE)
                elif match["slash"]:
                    self._end(match, name.lower())
                elif self._begin(match, name.lower()):
                    again = self._skip_raw(name, match.end())
                    break
            at = again
        self._close_all()

    def _add(self, match: re.Match[str], name: str, kind: Kind) -> int:
        self.starts.append(match.start())
        self.ends.append(match.end())
        self.names.append(name)
        self.kinds.append(kind)
        tag = len(self.closes)
        self.closes.append(tag)
        return tag

    def _begin(self, match: re.Match[str], name: str) -> bool:
        """Add a start tag; tell whether what follows it is no markup."""
        attributes = match["attributes"]
        key = (name, attributes)
        kind = self._known.get(key)
        if kind is None:
            kind = opening_kind(name, attributes)
            if name != "a":
                self._known[key] = kind
        if name in SIBLINGS:
            self._end_siblings(name, len(self.closes))
        tag = self._add(match, name, kind)
        if name in VOID or name == "p" or (not attributes and name in _FORMATTING):
            return False
        if name == "li" and "cite_note" in attributes:
            self.notes.setdefault(attributes_of(attributes).get("id", ""), tag)
        place = len(self._stack)
        self._stack.append(tag)
        self._open.setdefault(name, []).append(place)
        if rank := RANK.get(name):
            self._ranked[rank].append(place)
        return name in RAW

    def _end(self, match: re.Match[str], name: str) -> None:
        tag = self._add(match, f"/{name}", closing_kind(name))
        places = self._open.get(name)
        if not places:
            return
        place = places[-1]
        rank = RANK.get(name, 0)
        if rank == 2:
            tables = self._open.get("table")
            if name != "table" and tables and tables[-1] > place:
                return
        elif any(self._ranked[higher] and self._ranked[higher][-1] > place for higher in range(rank + 1, 3)):
            return
        self._close(place, tag)

    def _end_siblings(self, name: str, tag: int) -> None:
        """End the elements that a start tag ends: those before it in its own list or table."""
        border = max((self._open[outer][-1] for outer in WITHIN[name] if self._open.get(outer)), default=-1)
        places = [self._open[other][-1] for other in SIBLINGS[name] if self._open.get(other)]
        inside = [place for place in places if place > border]
        if name not in _CELLS and self._ranked[2]:
            inside = [place for place in inside if place > self._ranked[2][-1]]
        if inside:
            self._close(min(inside), tag)

    def _close(self, place: int, tag: int) -> None:
        """End all elements from a place on the stack on, at a tag."""
        stack = self._stack
        while len(stack) > place:
            inner = stack.pop()
            name = self.names[inner]
            self.closes[inner] = tag
            self._open[name].pop()
            if rank := RANK.get(name):
                self._ranked[rank].pop()

    def _skip_raw(self, name: str, at: int) -> int:
        """Return where the markup goes on behind an element that holds none; the end of the text if nowhere."""
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, at)
        return found.start() if found else len(self.text)

    def _close_all(self) -> None:
        end = len(self.text)
        tag = len(self.closes)
        for column, value in ((self.starts, end), (self.ends, end), (self.closes, tag)):
            column.append(value)
        self.names.append("")
        self.kinds.append(Kind.INLINE)
        self._close(0, tag)

    def inside(self, tag: int) -> Iterator[int]:
        """Yield the tags inside an element, skipped elements left out."""
        at, end = tag + 1, self.closes[tag]
        while at < end:
            yield at
            at = (self.closes[at] if self.kinds[at] in _SKIPPING else at) + 1


_CELLS = ("tr", "td", "th")
_FORMATTING = frozenset("abbr b big cite code em i q s small strong strike sub u".split())
_SKIPPING = (Kind.SKIP, Kind.SKIP_BLOCK)

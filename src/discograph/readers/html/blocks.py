"""Sections of a page with their paragraphs, lists and tables, and its infoboxes, in one walk over the tags."""

from __future__ import annotations

from dataclasses import dataclass

from discograph.document import Block, Infobox, ListItem, Paragraph, Section, Text
from discograph.readers.html.elements import Kind
from discograph.readers.html.infobox import infobox_of, is_infobox
from discograph.readers.html.tables import Grid, grid_of, table_of
from discograph.readers.html.tokens import Tags
from discograph.readers.html.words import Words
from discograph.readers.sections import SectionTree

_DEEPEST = 100  # levels of a list; deeper ones are counted as this


@dataclass(slots=True)
class _List:
    """A list that is open: how many lists deep it is, its next number, the entry that is open and its number.

    A definition list without terms is how wikitext indents (":"), and no list.
    """

    name: str
    depth: int
    next: int = 1
    number: int | None = None
    item: str = ""
    has_terms: bool = False


class Blocks:
    """What walks over the tags of a page and gathers its blocks."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tags: Tags = words.tags
        self.infoboxes: list[Infobox] = []
        self._sections = SectionTree()
        self._lists: list[_List] = []

    def read(self, first: int, last: int) -> Section:
        """Return the lead, with all sections below it, of what stands between two tags."""
        self._walk(first, last)
        return self._sections.close()

    def _walk(self, first: int, last: int) -> None:
        kinds, closes = self.tags.kinds, self.tags.closes
        run = at = first
        while at < last:
            at += 1
            kind = kinds[at]
            if kind < Kind.BREAK and at < last:
                if kind in _LEAVES:
                    at = closes[at]
                continue
            if at - run > 1 or self.tags.starts[at] > self.tags.ends[run]:
                self._flush(run, at)
            if at < last:
                at = self._block(at, kind)
            run = at

    def _flush(self, first: int, last: int) -> None:
        """Append the words between two tags as a paragraph, or as an entry of the list they stand in."""
        if last - first == 1 and self.tags.text[self.tags.ends[first] : self.tags.starts[last]].isspace():
            return
        for text in self.words.texts(first, last):
            self._sections.blocks.append(self._entry(text))

    def _entry(self, text: Text) -> Block:
        inner = self._lists[-1] if self._lists else None
        if inner is None or not inner.item or inner.item == "dt" or (inner.item == "dd" and not inner.has_terms):
            return Paragraph(text)
        number, inner.number = inner.number, None
        return ListItem(text, min(inner.depth + (inner.name == "dl"), _DEEPEST), number)

    def _block(self, tag: int, kind: Kind) -> int:
        """Read what a tag begins; return the tag behind which the walk goes on."""
        if kind == Kind.ITEM:
            self._item(tag)
        elif kind == Kind.LIST:
            self._open_list(self.tags.names[tag], self._first_number(tag))
        elif kind == Kind.LIST_END:
            if self._lists:
                self._lists.pop()
        elif kind == Kind.HEADING:
            self._heading(tag)
            return self.tags.closes[tag]
        elif kind == Kind.TABLE:
            return self._table(tag)
        elif kind == Kind.SKIP_BLOCK:
            return self.tags.closes[tag]
        return tag

    def _open_list(self, name: str, number: int) -> None:
        depth = self._lists[-1].depth if self._lists else 0
        self._lists.append(_List(name, depth + (name != "dl"), number))

    def _first_number(self, tag: int) -> int:
        start = self.tags.attribute(tag, "start")
        return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1

    def _item(self, tag: int) -> None:
        """Begin an entry of the innermost list."""
        if not self._lists:
            self._open_list("ul", 1)  # an entry without a list
        inner = self._lists[-1]
        inner.item = self.tags.names[tag]
        inner.has_terms |= inner.item == "dt"
        if inner.name == "ol":
            value = self.tags.attribute(tag, "value")
            inner.number = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else inner.next
            inner.next = inner.number + 1

    def _heading(self, tag: int) -> None:
        heading = self.words.text(tag, self.tags.closes[tag])
        if not heading:
            return
        self._lists.clear()
        self._sections.open(heading, int(self.tags.names[tag][1]))

    def _table(self, tag: int) -> int:
        grid = grid_of(self.tags, tag)
        if is_infobox(self.tags, tag, grid):
            self.infoboxes.append(infobox_of(self.words, tag, grid))
        elif self._is_layout(tag, grid):
            return tag
        elif table := table_of(self.words, grid):
            self._sections.blocks.append(table)
        return self.tags.closes[tag]

    def _is_layout(self, tag: int, grid: Grid) -> bool:
        """Tell whether a table only puts blocks side by side: no headers, but lists, headings or tables in it."""
        if self.tags.attribute(tag, "role") == "presentation":
            return True
        if grid.has_headers:
            return False
        kinds = self.tags.kinds
        return any(kinds[i] in _BLOCKS for row in grid.rows for cell in row for i in self.tags.inside(cell.tag))


_LEAVES = (Kind.SKIP, Kind.MARK, Kind.SCORE)
_BLOCKS = (Kind.LIST, Kind.HEADING, Kind.TABLE)

"""Infoboxes: the title row, rows of label and value, and the rows that Template:Infobox album prints without a label.

Input: a table of the class ``infobox``. Output: fields with the keys that a rendering as text has.
Method: a row's cells say what it is; a header over the whole width says what the rows below it are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from discograph.document import Field, Infobox, Span, Text
from discograph.readers.html.elements import Kind
from discograph.readers.html.tables import Cell, Grid, grid_of
from discograph.readers.html.tokens import Tags
from discograph.readers.html.words import Words

_TITLE_CLASS = re.compile(r"(?<![\w-])(?:summary|infobox-above|infobox-title|fn)(?![\w-])")
_NO_TITLE_CLASS = re.compile(r"(?<![\w-])(?:description|infobox-header|infobox-subheader)(?![\w-])")
_DESCRIPTION_CLASS = re.compile(r"(?<![\w-])description(?![\w-])")
_DESCRIPTION = re.compile(
    r"(?P<type>\S(?:.*?\S)?)\sby\s(?P<artist>.*?)(?:\sfrom (?:the )?(?P<kind>album|EP|soundtrack) (?P<album>.*))?\Z",
    re.DOTALL,
)
_CHRONOLOGY = re.compile(r"(?P<artist>.*?)\s*(?P<key>chronology)\Z", re.DOTALL | re.IGNORECASE)
_YEAR = re.compile(r"\s*\((?P<year>[^()]*\d{4}[^()]*)\)\s*\Z")
_NEAR = 10  # tags between a frame and its heading
_KEY_END = re.compile(r"[\s:]+\Z")


def is_infobox(tags: Tags, table: int, grid: Grid) -> bool:
    """Tell whether a table is an infobox: by its class, and by a row of a label and a value."""
    if "infobox" not in tags.attribute(table, "class").split():
        return False
    return any(len(row) == 2 and row[0].is_header and not row[1].is_header for row in grid.rows)


def infobox_of(words: Words, table: int, grid: Grid) -> Infobox:
    """Return the infobox that a table is."""
    reader = _Reader(words)
    for number, row in enumerate(grid.rows):
        reader.read(row, is_first=number == 0)
    title = reader.title or (words.text(grid.caption, words.tags.closes[grid.caption]) if grid.caption else None)
    return Infobox(title, tuple(reader.fields), words.tags.starts[table])


@dataclass(slots=True)
class _Reader:
    """How far an infobox has been read; ``over`` is the header over the rows that follow."""

    words: Words
    title: Text | None = None
    fields: list[Field] = field(default_factory=list)
    over: Text | None = None
    is_chronology: bool = False

    def read(self, row: list[Cell], *, is_first: bool) -> None:
        head, *rest = row
        if head.is_header and rest:
            self._field(head, rest[0])
        elif head.is_header or (not rest and self._is_heading(head, is_first=is_first)):
            self._header(head, is_first=is_first)
        elif self.is_chronology and not rest:
            self.is_chronology = False
            self.fields += _neighbours(self.words, head)
        elif not rest and self.over and (value := self._text(head, "\n")):
            self._add(self.over, value)
            self.over = None
        elif len(row) == 2 and (key := self._text(head)) and key.value.endswith(":"):
            self._field(head, rest[0])

    def _text(self, cell: Cell, lines: str = " ") -> Text | None:
        return self.words.text(cell.tag, self.words.tags.closes[cell.tag], lines)

    def _has_class(self, cell: Cell, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.words.tags.attribute(cell.tag, "class")))

    def _is_heading(self, cell: Cell, *, is_first: bool) -> bool:
        """Tell whether a plain cell over the whole width heads the box: its title, or what the album is and whose."""
        return self._has_class(cell, _TITLE_CLASS if is_first else _DESCRIPTION_CLASS) and not self.fields

    def _add(self, key: Text, value: Text) -> None:
        if key := key.cut(0, len(_KEY_END.sub("", key.value))):
            self.fields.append(Field(key, value))

    def _field(self, head: Cell, cell: Cell) -> None:
        self.over, self.is_chronology = None, False
        folded = list(_folded(self.words, cell))
        end = folded[0][0] if folded else self.words.tags.closes[cell.tag]
        key, value = self._text(head), self.words.text(cell.tag, end, "\n")
        if key and value:
            self._add(key, value)
        for frame, name in folded:
            heading = self.words.text(name, self.words.tags.closes[name])
            inside = self.words.text(self.words.tags.closes[name], self.words.tags.closes[frame], ", ")
            if heading and inside:
                self._add(heading, inside)

    def _header(self, cell: Cell, *, is_first: bool) -> None:
        """Read a cell over the whole width: the title, what the album is and whose, or a header over other rows."""
        self.over, self.is_chronology = None, False
        is_title = not self.title and (
            self._has_class(cell, _TITLE_CLASS) or (is_first and not self._has_class(cell, _NO_TITLE_CLASS))
        )
        text = self._text(cell, "\n" if is_title or not self.fields else " ")  # a description may list artists
        if not text:
            return
        if is_title:
            self.title = text.cut(0, text.value.find("\n")) if "\n" in text.value else text
        elif match := _CHRONOLOGY.match(text.value):
            self.is_chronology = True
            if match["artist"]:
                self._add(text.group(match, "key"), text.group(match, "artist"))
        elif (match := _DESCRIPTION.match(text.value)) and not self.fields:
            self._description(text, match)
        else:
            self.over = text

    def _description(self, text: Text, match: re.Match[str]) -> None:
        """Add type and artist of "Studio album by NAME"; a song's box goes on "from the album TITLE"."""
        kind, artist = text.group(match, "type"), text.group(match, "artist")
        self.fields += [Field(_named("Type", kind.span()), kind), Field(_named("Artist", artist.span()), artist)]
        if match["album"]:
            self._add(_named("From album", text.group(match, "kind").span()), text.group(match, "album"))


def _named(name: str, span: Span) -> Text:
    """Return a name that no words of the source are, but that a stretch of it stands for: of a field, by its place."""
    return Text(name, ((0, span.start),), ((len(name) - 1, span.end - span.start - len(name) + 1),))


def _folded(words: Words, cell: Cell) -> Iterator[tuple[int, int]]:
    """Yield the frames in a cell that a reader unfolds, with the tag of each one's heading."""
    tags = words.tags
    if "NavFrame" not in tags.text[tags.ends[cell.tag] : tags.starts[tags.closes[cell.tag]]]:
        return
    end = -1
    for tag in tags.inside(cell.tag):
        if tag > end and tags.names[tag] == "div" and "NavFrame" in tags.attribute(tag, "class"):
            end = tags.closes[tag]
            for inner in range(tag + 1, min(tag + _NEAR, end)):
                if "NavHead" in tags.attributes(inner) and tags.names[inner] == "div":
                    yield tag, inner
                    break


def _neighbours(words: Words, cell: Cell) -> Iterator[Field]:
    """Yield the albums before and behind the box's own, which stands between them, with their years."""
    parts = list(_parts(words.tags, cell.tag))
    own = next((i for i, part in enumerate(parts) if _is_own(words.tags, part)), 1)
    for name, index in (("Prev", own - 1), ("Next", own + 1)):
        text = words.text(parts[index], words.tags.closes[parts[index]], ", ") if 0 <= index < len(parts) else None
        if not text:
            continue
        match = _YEAR.search(text.value)
        title = text.cut(0, match.start()) if match else text
        if title:
            yield Field(_named(f"{name} Title", title.span()), title)
        if title and match and (year := text.group(match, "year")):
            yield Field(_named(f"{name} Year", year.span()), year)


def _parts(tags: Tags, cell: int) -> Iterator[int]:
    """Yield the cells of the table in a cell, or the blocks in it that hold no other."""
    inside = list(tags.inside(cell))
    table = next((tag for tag in inside if tags.kinds[tag] == Kind.TABLE), None)
    if table is not None:
        yield from (inner.tag for row in grid_of(tags, table).rows[:1] for inner in row)
        return
    for tag in inside:
        if tags.names[tag] in ("div", "li") and not any(tags.names[i] in ("div", "li") for i in tags.inside(tag)):
            yield tag


def _is_own(tags: Tags, part: int) -> bool:
    """Tell whether a part of a chronology is the page's own album: it is bold, or a link to the page itself."""
    return any(tags.names[tag] in ("b", "strong") or "selflink" in tags.attributes(tag) for tag in tags.inside(part))

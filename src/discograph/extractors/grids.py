"""Tables of charts and certifications as rows of named cells, whatever their columns and lost row spans.

A head names its columns; "Chart positions" over a second head row stands for as many columns as that row has
cells; a row that is too short has lost its first cells to a row span, and takes them from the row before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from discograph.document import Block, Document, Paragraph, Section, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import album_titles, remembered
from discograph.lexicon import concept
from discograph.records import Rule, Said, say
from discograph.values.certificates import LEVEL
from discograph.values.chart_names import is_of_songs, is_summary
from discograph.values.dates import find_dates
from discograph.values.patterns import DASH, fold, unquote
from discograph.values.placings import parse_placing

_HEADS = {
    "song": r"(?:(?:lead |title )?(?:single|song|track)s?(?: title)?(?: \(.*\))?)",
    "chart": r"(?:[\w/]+ ){0,2}charts?(?: name)?(?: \([^()]+\)|,? \d{4}(?:[–/-]\d+)?)?",
    "placings": r"(?:peak )?(?:chart )?positions|peak chart positions?|peaks|chart peaks?",
    "peak": r"(?:(?:peak|chart|highest|top|best|us|uk)?\s*position(?: reached)?|peak)",
    "year": r"years?|dates?|year of (?:release|charting)|period|date certified|certification date|certified on",
    "album": r"albums?(?: title)?|release",
    "title": r"titles?",
    "country": r"(?:country|region|territory|nation|market)(?:/region|/territory)?",
    "provider": r"(?:chart )?(?:provider|publisher|source)(?:\(s\)|s)?",
    "level": r"(?:certifications?|certified|certificate|level|award|status)(?:s|\(s\))?(?: \(.*\))?",
    "body": r"organi[sz]ations?|(?:certifying |issuing )?body|certifier|certified by|association|issuer",
}
_ROLE = {role: re.compile(rf"(?:{pattern})\Z", re.IGNORECASE) for role, pattern in _HEADS.items()}
_CARRIED = {"year", "album", "title", "chart", "country", "body"}
_EMPTY = re.compile(rf"[{DASH}\s*?]*\Z|n/?a\Z|did not chart\Z", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LONGEST_LABEL = 80  # code points
_LABEL = re.compile(r"(?!.*(?:#|\b)\d{1,3}\b).+(?<![.,])\Z")
_OF_OTHERS = re.compile(r"(?:publication|accolade|award|artist|list)s?\Z", re.IGNORECASE)
_FOR_SONGS = re.compile(r"\b(?:singles?|songs?|tracks?)\b", re.IGNORECASE)
_FOR_ALBUMS = re.compile(r"\balbums?\b(?! (?:singles|tracks|songs))", re.IGNORECASE)


class Column(NamedTuple):
    """A column by what it holds (a key of the heads above, or "") and its head."""

    role: str
    head: Text


Cells = Mapping[str, Text]
"""The cells of one row by role, and ``chart head``, the head over the charts; what the row does not have is absent."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the words that stand over it: headings from the inside out, a caption, a line before it."""

    block: Block
    over: tuple[Text, ...]

    @property
    def is_of_songs(self) -> bool:
        """Whether the nearest words that tell speak of singles or songs and not of albums."""
        for words in self.over:
            if _FOR_SONGS.search(words.value):
                return not _FOR_ALBUMS.search(words.value)
            if _FOR_ALBUMS.search(words.value):
                return False
        return False

    @property
    def is_summary(self) -> bool:
        """Whether it is about a year's end or the like."""
        return any(is_summary(words.value) for words in self.over)

    def is_under(self, words: str) -> bool:
        """Tell whether a heading or caption over it has a word."""
        return any(words in over.value.casefold() for over in self.over)

    def period(self, rule: Rule) -> Said[str] | None:
        """Return the years in the nearest words over it: "Charts (1996)", "1996 weekly charts"."""
        for words in self.over:
            match = re.search(r"\((?P<years>\d{4}[^()]*)\)\Z|\A(?P<first>\d{4}(?:[–-]\d+)?)(?= )", words.value)
            if match and (found := years_of(words.group(match, match.lastgroup or 0), rule)):
                return found
        return None


@remembered
def placed(document: Document) -> tuple[Placed, ...]:
    """Return every block of a document, in order, with the words over it."""
    return tuple(_placed(document.lead, ()))


def _placed(section: Section, over: tuple[Text, ...]) -> Iterator[Placed]:
    over = (section.heading, *over) if section.heading else over
    label: Text | None = None
    for block in section.blocks:
        near = [block.caption] if isinstance(block, Table) and block.caption else []
        yield Placed(block, (*near, *([label] if label else []), *over))
        label = block.text if isinstance(block, Paragraph) and _is_label(block.text.value) else None
    for inner in section.sections:
        yield from _placed(inner, over)


def _is_label(value: str) -> bool:
    return len(value) <= _LONGEST_LABEL and bool(_LABEL.match(value))


def years_of(text: Text, rule: Rule) -> Said[str] | None:
    """Return the year or years of the one date in a text, as EDTF; None if it has none, several, or a vague one."""
    found = find_dates(text.value)
    years = years_only(found[0].edtf) if len(found) == 1 else None
    return say(years, text.cut(found[0].start, found[0].end), rule) if years else None


def is_date(cell: Text) -> bool:
    """Tell whether a cell is a date and nothing else."""
    found = find_dates(cell.value)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(cell))


def years_only(edtf: str) -> str | None:
    """Return a date without months and days; None if it is not told by years.

    >>> years_only("1963-11-30"), years_only("1995/1996-02"), years_only("[..1966]")
    ('1963', '1995/1996', None)
    """
    match = re.fullmatch(r"(\d{4})[-\d]*(?:/(\d{4})[-\d]*)?~?", edtf)
    if not match:
        return None
    return match[1] if match[2] in (None, match[1]) else f"{match[1]}/{match[2]}"


def read(table: Table) -> Iterator[Cells]:
    """Yield the rows below every head of a table; of a table of songs, or of no known head, none.

    A row of several charts yields once for each of them, with the chart's name as ``chart``.
    """
    columns: list[Column] = []
    before: list[Text | None] = []
    rows = list(table.rows)
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        if roles := _head(row):
            roles, heads = _with_names(roles, rows[at : at + 1])
            at += heads
            columns, before = roles, [None] * len(roles)
        elif columns and (cells := _aligned(row, columns, before)):
            before = cells
            yield from _named(columns, cells)


def _with_names(roles: list[Column], following: Sequence[Sequence[Text]]) -> tuple[list[Column], int]:
    """Return the columns of a head with those of its second row, if it has one, and how many rows that is.

    Shape: where column spans are resolved, the names stand below "Chart positions" and the other cells reach down;
    where they are lost, the second row is nothing but the names.
    """
    places = [i for i, column in enumerate(roles) if column.role == "placings"]
    if not places or not following:
        return roles, 0
    below = following[0]
    if _reach_down(roles, below):
        names = [below[i] for i in places if i < len(below)]
        if not _are_names(names):
            return roles, 0
        named = [Column("place", below[i]) if i in places else c for i, c in enumerate(roles[: len(below)])]
        return named, 1
    if not _are_names(below):
        return roles, 0
    return [*roles[: places[0]], *(Column("place", cell) for cell in below), *roles[places[0] + 1 :]], 1


def _reach_down(roles: Sequence[Column], below: Sequence[Text]) -> bool:
    """Tell whether the cells of a head but "Chart positions" are those of the row below, too."""
    pairs = [(c.head.span(), cell.span()) for c, cell in zip(roles, below, strict=False) if c.role != "placings"]
    return bool(pairs) and len(below) <= len(roles) and all(above == under for above, under in pairs)


def is_of_album(cells: Cells, document: Document) -> bool:
    """Tell whether a row is of the album of the page: it names no title, or its title, with or without additions.

    A quoted title is a song's, but in a column of albums.
    """
    title = cells.get("album") or cells.get("title")
    if title is None or is_date(title):  # "Release | Chart | Peak": when, not what
        return True
    wanted = fold(unquote(title.value) if "album" in cells else title.value)
    return any(wanted == known or known.startswith((f"{wanted}:", f"{wanted} (")) for known in album_titles(document))


def _head(row: Sequence[Text]) -> list[Column]:
    """Return the columns of a head row; none if the row is none that we read, or one of songs."""
    columns = [Column(_role(cell), cell) for cell in row]
    roles = {column.role for column in columns}
    known = {"year", "album", "title", "song", "country"} & roles
    if known and not roles & {"peak", "placings", "chart"}:
        columns = [c if c.role or not concept("chart", c.head.value) else Column("place", c.head) for c in columns]
        roles = {column.role for column in columns}
    is_head = (
        ("peak" in roles and roles & {"chart", "country"} and not any(map(_OF_OTHERS.match, map(str, row))))
        or roles & {"placings", "place"}
        or ("level" in roles and roles & {"country", "body", "chart"})
    )
    if not is_head:
        return []
    is_other = "song" in roles or any(is_summary(c.head.value) for c in columns if c.role in ("chart", "peak"))
    return [Column("", c.head) for c in columns] if is_other else columns


def _role(cell: Text) -> str:
    return next((role for role, pattern in _ROLE.items() if pattern.match(cell.value)), "")


def _are_names(row: Sequence[Text]) -> bool:
    """Tell whether a row is the second head: names of charts and no places on them."""
    return bool(row) and not any(_is_place(cell) or _EMPTY.match(cell.value) for cell in row)


def _aligned(row: Sequence[Text], columns: Sequence[Column], before: Sequence[Text | None]) -> list[Text | None]:
    """Return the cells of a row by column, its lost first cells taken from the row before; none if it fits nowhere."""
    lost = len(columns) - len(row)
    if lost <= 0:
        return list(row[: len(columns)])
    for offset in range(lost + 1):
        here = columns[offset : offset + len(row)]
        if all(map(_fits, here, row)) and any(c.role in ("peak", "place", "level") for c in here):
            head = [cell if c.role in _CARRIED else None for c, cell in zip(columns, before, strict=True)][:offset]
            return [*head, *row, *[None] * (lost - offset)]
    return []


def _fits(column: Column, cell: Text) -> bool:
    value = cell.value
    if column.role in ("peak", "place"):
        return _is_place(cell) or bool(_EMPTY.match(value))
    if column.role == "year":
        return bool(_YEAR.search(value)) or not value
    if column.role == "level":
        return bool(re.search(LEVEL, value, re.IGNORECASE)) or bool(_EMPTY.match(value))
    return not column.role or (not _is_place(cell) and any(map(str.isalpha, value)))


def _is_place(cell: Text) -> bool:
    try:
        parse_placing(cell.value)
    except ValueParseError:
        return False
    return True


def _named(columns: Sequence[Column], cells: Sequence[Text | None]) -> Iterator[Cells]:
    named = {c.role: cell for c, cell in zip(columns, cells, strict=False) if c.role and c.role != "place" and cell}
    heads = {f"{c.role} head": c.head for c in columns if c.role == "chart"}
    places = [(c.head, cell) for c, cell in zip(columns, cells, strict=False) if c.role == "place" and cell]
    if not places:
        yield named | heads
    for head, cell in places:
        if not is_of_songs(head.value):
            yield named | {"chart": head, "peak": cell}

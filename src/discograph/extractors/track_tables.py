"""Track listings as tables: ``No. | Title | Writer(s) | Producer(s) | Length``, in any order of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from discograph.document import Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.track_entries import Entry, parse_entry, without_arranger
from discograph.values.durations import parse_duration
from discograph.values.name_lists import split_names

_NUMBER_HEAD = re.compile(r"(?:#|№|nr\.?|no\.?|number|track(?: ?(?:#|no\.?|number))?)\Z", re.IGNORECASE)
_TITLE_HEAD = re.compile(r"(?:(?:\w+ )?title|song|track|name)s?\Z", re.IGNORECASE)
_LENGTH_HEAD = re.compile(r"(?:length|time|duration|running time)(?: \((?:h:)?m{1,2}:ss\))?\Z", re.IGNORECASE)
_WRITER_HEAD = re.compile(
    r"(?:(?:song)?writer|songwriting|music|lyrics|lyricist|composer|composition|written by|music by|lyrics by)\s?"
    r"(?:\(?s\)?)?\Z",
    re.IGNORECASE,
)
_LYRICS_HEAD = re.compile(r"lyric", re.IGNORECASE)
_JOBS = {
    "producer": "producer", "performer": "performer", "artist": "performer", "singer": "singer",
    "lead vocal": "lead vocals", "vocal": "vocals", "vocalist": "vocals", "featured artist": "performer",
    "featured guest": "performer", "engineer": "engineer", "mixer": "mixer", "arranger": "arranger",
    "arrangement": "arranger", "arranged by": "arranger", "production": "producer", "produced by": "producer",
    "performed by": "performer", "remixer": "remixer", "remixed by": "remixer", "remix by": "remixer",
}  # fmt: skip
_TRADITIONAL = re.compile(r"trad", re.IGNORECASE)
_NOBODY = re.compile(r"\W*\Z|\*.*\*\Z|\*\?\*|(?:n/?a|none|unknown|various|instrumental|tba)\Z", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """One row: its entry, its printed number, and who did which job on it, with the head that names the job."""

    entry: Entry
    number: int | None
    jobs: list[tuple[str, Text, list[Text]]]
    part: Text | None = None
    has_lyrics_alone: bool = False  # a column names who wrote the lyrics, none who wrote the music


def is_track_table(table: Table) -> bool:
    """Tell whether a table lists tracks: its head names a title and a number, a length or a writer."""
    return _head_at(table) is not None


def _head_at(table: Table) -> int | None:
    """Return the index of the head of a track table, which a row over all columns may stand above."""
    first = 1 if len(table.rows) > 1 and _only_cell(table.rows[0]) else 0
    return first if table.rows and _is_head(table.rows[first]) else None


def _only_cell(row: tuple[Text, ...]) -> Text | None:
    """Return the words of a row over all columns ("Side A"); None for any other."""
    words = [cell for cell in row if cell]
    return words[0] if words and all(cell.value == words[0].value for cell in words) else None


def _is_head(row: tuple[Text, ...]) -> bool:
    head = [cell.value for cell in row]
    titles = any(_TITLE_HEAD.match(cell) for cell in head)
    others = sum(bool(p.match(cell)) for cell in head for p in (_NUMBER_HEAD, _LENGTH_HEAD, _WRITER_HEAD))
    return (
        titles
        and others >= 1
        and not any(re.match(r"(?:peak|chart|year|award|film)\b", c, re.IGNORECASE) for c in head)
    )


def table_entries(table: Table) -> Iterator[Row]:
    """Yield the rows of a track table in order; a row that only totals or remarks is none.

    A row over all columns in front of the head, here or again, is the heading of the rows below.
    """
    head_at = _head_at(table)
    assert head_at is not None
    head = table.rows[head_at]
    part = _only_cell(table.rows[0]) if head_at else None
    number_at = _column(head, _NUMBER_HEAD)
    title_at = _title_column(head, number_at)
    length_at = _column(head, _LENGTH_HEAD)
    assert title_at is not None
    for row, following in zip(table.rows[head_at + 1 :], (*table.rows[head_at + 2 :], ()), strict=True):
        if following and _same_words(following, head):
            part = _only_cell(row) or part
        if len(row) <= title_at or not row[title_at] or len(row) < min(len(head), 2):
            continue
        if re.match(r"total\b", row[0].value or row[title_at].value, re.IGNORECASE):
            continue
        number = _number(row, number_at)
        if number_at is not None and number is None:
            continue
        entry = parse_entry(row[title_at], number, is_cell=True)
        if entry is None:
            continue
        _complete(entry, row, head, length_at)
        yield Row(entry, number, list(_jobs(head, row)), part, _has_lyrics_alone(head, row))


def _has_lyrics_alone(head: tuple[Text, ...], row: tuple[Text, ...]) -> bool:
    written = [
        h.value
        for h, cell in zip(head, row, strict=False)
        if _WRITER_HEAD.match(h.value) and not _NOBODY.match(cell.value)
    ]
    return bool(written) and all(map(_LYRICS_HEAD.match, written))


def _same_words(one: tuple[Text, ...], other: tuple[Text, ...]) -> bool:
    return [cell.value for cell in one] == [cell.value for cell in other]


def _column(head: tuple[Text, ...], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, cell in enumerate(head) if pattern.match(cell.value)), None)


def _title_column(head: tuple[Text, ...], number_at: int | None) -> int | None:
    found = [i for i, cell in enumerate(head) if _TITLE_HEAD.match(cell.value) and i != number_at]
    return found[0] if found else None


def _number(row: tuple[Text, ...], number_at: int | None) -> int | None:
    if number_at is None:
        return None
    match = re.match(r"(\d{1,3})\.?\Z", row[number_at].value)
    return int(match[1]) if match else None


def _complete(entry: Entry, row: tuple[Text, ...], head: tuple[Text, ...], length_at: int | None) -> None:
    """Fill in writers and length from their columns."""
    if length_at is not None and len(row) > length_at:
        with suppress(ValueParseError):
            entry.seconds, entry.length = parse_duration(row[length_at].value), row[length_at]
    is_note = len(entry.writers) == 1 and entry.note is None and not _TRADITIONAL.match(entry.writers[0].value)
    if is_note and _column(head, _WRITER_HEAD) is not None:
        entry.note, entry.writers = entry.writers[0], []  # "Stone" (Devil's stone): the column has the writers
    writers: list[Text] = []
    for i, cell in enumerate(head):
        if _WRITER_HEAD.match(cell.value) and len(row) > i and not _NOBODY.match(row[i].value):
            for name in split_names(without_arranger(row[i])):
                if name.value not in {writer.value for writer in writers}:
                    writers.append(name)
    entry.writers = writers or entry.writers


def _jobs(head: tuple[Text, ...], row: tuple[Text, ...]) -> Iterator[tuple[str, Text, list[Text]]]:
    """Yield the jobs that columns name, with the text of the head, and who did them on this track."""
    for i, cell in enumerate(head):
        name = re.sub(r"\s*\(?s\)?\s*\Z", "", cell.value, flags=re.IGNORECASE).casefold()
        if name in _JOBS and len(row) > i and not _NOBODY.match(row[i].value):
            names = (one for part in split_names(row[i]) for one in part.split(_GUEST))
            yield _JOBS[name], cell, [part for part in names if not _NOBODY.match(part.value)]


_GUEST = re.compile(r"\s+(?:featuring|feat\.|ft\.)\s+", re.IGNORECASE)

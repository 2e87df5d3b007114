"""The track listing as lines: entries under the headings of sides, discs and editions.

A line is an entry, a heading, a blanket line ("All compositions by NAME, except where noted"), or a remark
that says nothing of the listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from discograph.document import Document, ListItem, Paragraph, Section, Table, Text
from discograph.extractors.track_blankets import BLANKET, blanket_of, is_blanket
from discograph.extractors.track_entries import Entry, parse_entry
from discograph.extractors.track_movements import Suite, without_medium
from discograph.extractors.track_tables import is_track_table, table_entries
from discograph.records import CreditRecord, Findings, Manner, Record, Rule, Said, TrackRecord, TrackScope, quoted, say
from discograph.values.name_lists import split_names
from discograph.values.patterns import unquote
from discograph.wordlists import job_verb, section_kind

ENTRY = Rule("track-entry", 'a line of the track listing: "Title" (writers) – length')
TABLE = Rule("track-table", "a row of a table headed No. | Title | … | Length (Template:Track listing)")
PART = Rule("track-part", "a heading inside the track listing: a side, a disc or an edition")
CREDIT = Rule("track-table-credit", "a column of a track table that names who did a job on each track")
RULES = (ENTRY, TABLE, PART, BLANKET, CREDIT)

_PART = re.compile(
    r"\b(?:side|sides|dis[ck]|LP|CD|cassette|vinyl|volume|vol\.|part|bonus|reissue|re-issue|release|edition|version|"
    r"additional|extra|unreleased|original|remaster(?:ed)?|deluxe|digital|download|set|session|EP|record)\b",
    re.IGNORECASE,
)
_LISTING_WORDS = re.compile(r"\s*[-–—:]?\s*\btrack ?list(?:ing)?s?\b\s*[-–—:]?\s*", re.IGNORECASE)
_NOT_A_PART = re.compile(
    r"(?:source|sources|note|notes|recorded|credits|all (?:songs|tracks|compositions))\b", re.IGNORECASE
)
_MARK = re.compile(r"[*†‡§^#]+\Z")
_FOOTNOTE = re.compile(
    r"(?:[\[(]?(?P<mark>[*†‡§^#]+)[\])]?\s*(?:(?:indicates?|denotes?|=|–|-)\s*)?|(?:indicates?|denotes?)\s+"
    r"|(?=(?:CD )?[Bb]onus tracks? (?:on|of|from|in)\b))(?P<remark>[^\W\d].*)\Z"
)
_INNER = re.compile(r"\s*\((?:(?P<job>[^()]+?) by (?P<names>[^()]+)|[^()]*)\)")
_LONGEST_PART = 30  # words; a longer line is a remark
_BONUS = re.compile(r"\b(?:bonus|additional|extra) (?:\w+ )?(?:tracks?|cuts?|songs?|material)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """One line of the section: a heading, an entry, or neither."""

    text: Text
    entry: Entry | None = None
    heading: Text | None = None


@dataclass(slots=True)
class _State:
    """How far the listing has been read."""

    part: Said[str] | None = None
    position: int = 0
    running: int = 0
    footnotes: dict[str, Text] = field(default_factory=dict)
    lyrics_alone: set[int] = field(default_factory=set)  # running numbers


def extract(document: Document) -> Findings:
    """Return the entries of the track listing in order, and the credits that its tables hold."""
    records: list[Record] = []
    state = _State()
    records += _tables_in(document.lead, state)
    for section in document.lead.sections:
        if _is_listing(section, document):
            records += _section(section, state)
        else:
            records += _tables_elsewhere(section, state)
    listings = (section for section in document.lead.sections if _is_listing(section, document))
    blanket = next(filter(None, map(blanket_of, listings)), None)
    return Findings(tuple(blanket.applied(records, state.lyrics_alone) if blanket else records))


def _is_listing(section: Section, document: Document) -> bool:
    """Tell whether a section lists the tracks: by its heading, or as the page's section on the album."""
    if section.heading is None:
        return False
    return section_kind(section.heading.value) == "track-listing" or section.heading == document.heading


def _section(section: Section, state: _State) -> Iterator[Record]:
    entries = list(_lines(section))
    state.footnotes = _footnotes([line for line in entries if isinstance(line, _Line)])
    for number, line in enumerate(entries):
        following = entries[number + 1] if number + 1 < len(entries) else None
        if isinstance(line, Table):
            yield from _table(line, state)
        elif line.entry:
            yield _track(line.entry, state, ENTRY)
        elif following and _is_part(line.text, following):
            _open_part(line.text, state)
    for child in section.sections:
        kind = section_kind(child.heading.value) if child.heading else None
        if kind in (None, "track-listing"):
            if child.heading and kind is None:
                _open_part(child.heading, state)
            yield from _section(child, state)


def _tables_elsewhere(section: Section, state: _State) -> Iterator[Record]:
    """Yield the entries of track tables, and of lists of bonus tracks, under headings that are not the usual ones."""
    for part in section.walk():
        yield from _tables_in(part, state)
        yield from _bonus_list(part, state)


def _tables_in(section: Section, state: _State) -> Iterator[Record]:
    for block in section.blocks:
        if isinstance(block, Table) and is_track_table(block):
            if section.heading and _LISTING_WORDS.search(section.heading.value):
                name = _without_listing(section.heading)
                if name and section_kind(name.value) != "track-listing":
                    _open_part(name, state)
            yield from _table(block, state)


def _bonus_list(section: Section, state: _State) -> Iterator[Record]:
    """Yield the entries of a numbered list under the heading of an edition, where the prose calls them tracks."""
    items = [block for block in section.blocks if isinstance(block, ListItem)]
    prose = " ".join(block.text.value for block in section.blocks if isinstance(block, Paragraph))
    if not section.heading or len(items) < 2 or not _PART.search(section.heading.value) or "track" not in prose:
        return
    entries = [parse_entry(item.text, item.number) for item in items if item.number]
    if len(entries) < len(items) or not all(entries):
        return
    _open_part(section.heading, state)
    for entry in entries:
        if entry:
            track = _track(entry, state, ENTRY)
            is_bonus = track.note is None and _BONUS.search(prose) and state.part
            yield (
                replace(track, note=state.part.of("bonus track", Manner.IMPLIED)) if is_bonus and state.part else track
            )


def _without_listing(heading: Text) -> Text:
    """Return a heading without "track listing" at either end: what is left names the part."""
    found = _LISTING_WORDS.search(heading.value)
    if not found:
        return heading
    before = heading.cut(0, found.start())
    return before or heading.cut(found.end())


def _lines(section: Section) -> Iterator[_Line | Table]:
    """Yield the lines of a section without movements, and the tables of tracks between them, in order."""
    suite = Suite()
    for block in section.blocks:
        if isinstance(block, ListItem | Paragraph):
            parsed = parse_entry(block.text, block.number if isinstance(block, ListItem) else None)
            entry = without_medium(parsed)
            if not suite.takes(block, entry):
                yield _Line(parsed.title if parsed and entry is None else block.text, entry)
        elif is_track_table(block):
            yield block
    suite.close()


def _footnotes(lines: list[_Line]) -> dict[str, Text]:
    """Return the remarks that marks behind titles refer to, by mark: "* indicates studio recording"."""
    matches = [(line.text, match) for line in lines if (match := _FOOTNOTE.match(line.text.value))]
    # "* indicates …" reads like a list entry, whose mark the reader took for that of the list.
    return {match["mark"] or "*": text.group(match, "remark") for text, match in matches}


def _is_part(text: Text, following: _Line | Table) -> bool:
    """Tell whether a line is the heading of a part: short, in front of an entry, and of the words of parts."""
    value = text.value
    if len(value.split()) > _LONGEST_PART or is_blanket(value) or _NOT_A_PART.match(value):
        return False
    if isinstance(following, _Line) and following.entry is None:
        return bool(re.match(r"(?:side|dis[ck]) \S+:?\Z", value, re.IGNORECASE))
    return bool(_PART.search(value)) and (value.endswith(":") or len(value.split()) <= 8 or "track" in value.casefold())


def _open_part(heading: Text, state: _State) -> None:
    name = heading.cut(0, len(heading.value.rstrip(" :.")))
    state.part = quoted(name, PART)
    state.position = 0


def _track(entry: Entry, state: _State, rule: Rule) -> TrackRecord:
    state.running += 1
    state.position += 1
    position = entry.number or state.position
    title = " / ".join(_bare(part.value) for part in entry.medley) + entry.suffix
    marked = _MARK.search(title)
    title = title[: marked.start()] if marked else title
    words = entry.line.cut(
        entry.line.find(entry.title)[0],
        entry.line.find(entry.medley[-1])[1],
    )
    note = quoted(entry.note, rule) if entry.note else None
    if note is None and marked and (remark := state.footnotes.get(marked[0])):
        note = quoted(remark, rule)
    if note is None and state.part and _BONUS.search(state.part.value):
        note = state.part.of("bonus track", Manner.IMPLIED)
    return TrackRecord(
        say(None, entry.line, rule),
        quoted(words if len(entry.medley) > 1 else entry.title, rule).of(title),
        position,
        state.running,
        state.part,
        say(entry.seconds, entry.length, rule) if entry.seconds is not None and entry.length else None,
        tuple(quoted(writer, rule) for writer in entry.writers),
        note,
    )


def _bare(title: str) -> str:
    return unquote(title) if title[:1] == title[-1:] == '"' else title


def _table(table: Table, state: _State) -> Iterator[Record]:
    if table.caption and (name := _without_listing(table.caption)):
        _open_part(name, state)
    part: Text | None = None
    for row in table_entries(table):
        if row.part is not None and row.part is not part:
            part = row.part
            _open_part(part, state)
        if row.number == 1 and state.position:
            state.position = 0
        track = _track(row.entry, state, TABLE)
        yield track
        if row.has_lyrics_alone:
            state.lyrics_alone.add(track.running)
        scope = say(TrackScope(numbers=(track.running,)), row.entry.title, CREDIT)
        for function, head, names in row.jobs:
            for name in names:
                yield from _job(name, say(function, head, CREDIT), scope)


def _job(cell: Text, function: Said[str], scope: Said[TrackScope]) -> Iterator[CreditRecord]:
    """Yield the credit of a name in a cell, and those in brackets behind it: "(co-produced by NAME)"."""
    inner = _INNER.search(cell.value)
    name = cell.cut(0, inner.start()) if inner else cell
    if name:
        yield CreditRecord(say(None, name, CREDIT), quoted(name, CREDIT), function, scope)
    if inner and inner["names"]:
        job = cell.group(inner, "job")
        role = job_verb(job.value) or job.value
        for other in split_names(cell.group(inner, "names")):
            yield CreditRecord(say(None, cell, CREDIT), quoted(other, CREDIT), quoted(job, CREDIT).of(role), scope)

"""The infobox: Template:Infobox album, whose parameters each say one thing of the album.

A box is an album's if it has an artist and a type, label, release or recording; others (films, songs with
``Album``) say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from discograph.document import Document, Infobox, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import LENGTH, days_of, edition, located, place_kind, territory
from discograph.records import (
    AlbumField,
    AlbumMention,
    CreditRecord,
    EditionRecord,
    Findings,
    Manner,
    NeighbourRecord,
    PlaceRecord,
    Problem,
    Record,
    ReleaseEventRecord,
    Rule,
    Said,
    SessionRecord,
    quoted,
    say,
)
from discograph.values.dates import find_dates, parse_date
from discograph.values.durations import parse_duration
from discograph.values.patterns import fold
from discograph.wordlists import infobox_key, infobox_parameter

TITLE = Rule("infobox-title", "the title line of the infobox is the album's title")
FIELD = {
    name: Rule(f"infobox-{name}", f"Template:Infobox album, parameter {name!r}")
    for name in (
        "type",
        "artist",
        "genre",
        "label",
        "released",
        "recorded",
        "studio",
        "venue",
        "producer",
    )
}
FIELD["length"] = LENGTH
NEIGHBOUR = Rule(
    "infobox-chronology", "Template:Infobox album, parameters prev_title, prev_year, next_title, next_year"
)
RULES = (TITLE, *FIELD.values(), NEIGHBOUR)

_LIST = re.compile(r"\s*(?:,|;|·|•|\n)+\s*")
_LENGTH = re.compile(r"(?P<length>\d{1,3}(?::\d\d){1,2})\s*(?:\((?P<edition>[^()]+)\))?")
_SONG_KEYS = {"album", "from album", "a-side", "b-side"}
_SONG_TYPE = re.compile(r"(?i)\b(?:singles?|songs?)\Z")
_OF_AN_ALBUM = {"type", "label", "released", "recorded", "studio", "venue", "genre", "producer", "length"}


def extract(document: Document) -> Findings:
    """Return what every album infobox of the page says; a page without one says nothing here."""
    records: list[Record] = []
    problems: list[Problem] = []
    titles: set[str] = set()
    for box in document.infoboxes:
        values = _values(box)
        if "artist" in values and _OF_AN_ALBUM & values.keys() and not _is_of_a_song(box, values):
            title = fold(box.title.value) if box.title else ""
            found = _box(box, values, problems)
            records += _of_another_edition(found) if title in titles else found
            titles.add(title)
    return Findings(tuple(records), tuple(problems))


def _of_another_edition(found: Iterable[Record]) -> Iterator[Record]:
    """Yield what a second box with an album's title says: its release is not the first, its neighbours are others."""
    for record in found:
        if isinstance(record, ReleaseEventRecord) and record.kind and record.kind.value == "first-release":
            yield replace(record, kind=None)
        elif not isinstance(record, NeighbourRecord):
            yield record


def _is_of_a_song(box: Infobox, values: dict[str, Text]) -> bool:
    """Tell whether a box is a song's or single's (Template:Infobox song): it says of which album, or its type."""
    keys = {infobox_key(field.key.value) for field in box.fields}
    return bool(_SONG_KEYS & keys) or ("type" in values and bool(_SONG_TYPE.search(values["type"].value)))


def _values(box: Infobox) -> dict[str, Text]:
    """Return the known parameters of a box by our names; of a repeated key, the first.

    Shape: what follows a second chronology is another artist's, and says nothing of the first one's neighbours.
    """
    values: dict[str, Text] = {}
    chronologies = 0
    for field in box.fields:
        chronologies += infobox_key(field.key.value) == "chronology"
        name = infobox_parameter(field.key.value)
        if name and not (chronologies > 1 and name.startswith(("previous", "next"))):
            values.setdefault(name, field.value)
    return values


def _box(box: Infobox, values: dict[str, Text], problems: list[Problem]) -> Iterator[Record]:
    if box.title:
        yield AlbumField("title", quoted(box.title, TITLE))
    if "type" in values:
        yield AlbumField("album_type", quoted(values["type"], FIELD["type"]))
    for field in ("artist", "genre"):
        for part in _parts(values.get(field), split=field == "genre"):
            yield AlbumField(field, quoted(part, FIELD[field]))
    for part in _parts(values.get("label")):
        if not any(map(str.isdigit, part.value)):  # a catalogue number behind the label
            yield AlbumField("label", quoted(part, FIELD["label"]))
    yield from _session(box, values, problems)
    yield from _release(values, problems)
    yield from _lengths(values)
    for part in _parts(values.get("producer")):
        bracket = part.value.find(" (")
        name = part.cut(0, bracket) if bracket > 0 else part
        function = say("producer", name, FIELD["producer"])
        note = quoted(part.cut(bracket + 2, len(part) - 1), FIELD["producer"]) if bracket > 0 else None
        yield CreditRecord(function.of(None), quoted(name, FIELD["producer"]), function, note=note)
    for direction in ("previous", "next"):
        yield from _neighbour(direction, values)


def _parts(value: Text | None, *, split: bool = True) -> Iterator[Text]:
    if value is not None:
        yield from value.split(_LIST) if split else (value,)


def _session(box: Infobox, values: dict[str, Text], problems: list[Problem]) -> Iterator[SessionRecord]:
    """Yield the session of ``Recorded`` and ``Studio`` or ``Venue``."""
    when, where = values.get("recorded"), values.get("studio") or values.get("venue")
    if when is None and where is None:
        return
    key = next((f.key for f in box.fields if infobox_parameter(f.key.value) == "recorded"), where)
    assert key is not None
    said = say(None, key, FIELD["recorded" if when else "studio" if "studio" in values else "venue"])
    date = None
    days: tuple[Said[str], ...] = ()
    if when is not None:
        found = find_dates(when.value)
        if len(found) == 1:
            words = when.cut(found[0].start, found[0].end)
            date = say(found[0].edtf, words, FIELD["recorded"])
            days = days_of(when, found[0], FIELD["recorded"])
        else:
            problems.append(Problem(when.span(), f"no single date in {when.value!r}", "see values/dates.py"))
    place = None
    if where is not None:
        name = "studio" if "studio" in values else "venue"
        place = place_with_town(where, FIELD[name], name.title())
    if date or place:
        yield SessionRecord(said, date, days, place)


def place_with_town(value: Text, rule: Rule, default: str) -> PlaceRecord:
    """Return a place written "Name, Town": what follows the first comma is where it lies."""
    head, comma, _ = value.value.partition(",")
    town = value.cut(len(head) + 1) if comma else None
    name = value.cut(0, len(head))
    return located(name, town or None, rule, place_kind(name.value, default), Manner.IMPLIED)


def _release(values: dict[str, Text], problems: list[Problem]) -> Iterator[ReleaseEventRecord]:
    """Yield a release for the first date of ``Released``, and for each that is called a reissue."""
    released = values.get("released")
    if released is None:
        return
    rule = FIELD["released"]
    found = find_dates(released.value)
    if not found:
        problems.append(Problem(released.span(), f"no date in {released.value!r}", "see values/dates.py"))
        return
    labels = tuple(
        quoted(part, FIELD["label"], Manner.IMPLIED)
        for part in _parts(values.get("label"))
        if not any(map(str.isdigit, part.value))
    )
    for number, date in enumerate(found):
        words = released.cut(date.start, date.end)
        again = _AGAIN.search(released.value, found[number - 1].end if number else 0, date.start)
        kind = say("reissue" if again else "first-release", words, rule, Manner.IMPLIED)
        if number and not again:
            continue  # a second date without a word on it: another country, another edition
        where = _territory(released, date.end, rule)
        yield ReleaseEventRecord(say(None, released, rule), say(date.edtf, words, rule), where, labels, kind)


_AGAIN = re.compile(r"\bre-?(?:issued?|released?|mastered)\b", re.IGNORECASE)


def _territory(released: Text, end: int, rule: Rule) -> PlaceRecord | None:
    """Return the country in brackets behind a date of release: "July 19, 2002 (India)"."""
    match = re.compile(r"\s*\(([^()]+)\)").match(released.value, end)
    return territory(released.group(match, 1), rule) if match else None


def _lengths(values: dict[str, Text]) -> Iterator[EditionRecord]:
    """Yield an edition for each length that names one: "24:14 (LP), 34:09 (CD)"."""
    value = values.get("length")
    if value is None:
        return
    for match in _LENGTH.finditer(value.value):
        try:
            seconds = parse_duration(match["length"])
        except ValueParseError:
            continue
        length = say(seconds, value.group(match, "length"), FIELD["length"])
        named = edition(value.group(match, "edition"), FIELD["length"]) if match["edition"] else None
        name = named.name if named else quoted(value.group(match, 0), FIELD["length"], Manner.IMPLIED).of("")
        yield EditionRecord(name, named.format if named else None, named.kind if named else None, length)


def _neighbour(direction: str, values: dict[str, Text]) -> Iterator[NeighbourRecord]:
    title = values.get(direction)
    if title is None:
        return
    date = None
    if year := values.get(f"{direction}-year"):
        try:
            date = say(parse_date(year.value), year, NEIGHBOUR)
        except ValueParseError:
            date = None
    billed = quoted(title, NEIGHBOUR, Manner.IMPLIED).of(values["artist"].value)  # a chronology is an artist's
    yield NeighbourRecord(direction, AlbumMention(quoted(title, NEIGHBOUR), billed, date))

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
from discograph.extractors.infobox_parts import FIELD, labels_of, lengths, lines_of, parts_of, producers, releases
from discograph.extractors.infobox_sessions import sessions
from discograph.lexicon import concept
from discograph.records import (
    AlbumField,
    AlbumMention,
    Findings,
    Manner,
    NeighbourRecord,
    Problem,
    Record,
    ReleaseEventRecord,
    Rule,
    quoted,
    say,
)
from discograph.values.dates import parse_date
from discograph.values.patterns import DASH, fold
from discograph.wordlists import infobox_key, infobox_parameter

TITLE = Rule("infobox-title", "the title line of the infobox is the album's title")
NEIGHBOUR = Rule(
    "infobox-chronology", "Template:Infobox album, parameters prev_title, prev_year, next_title, next_year"
)
RULES = (TITLE, *FIELD.values(), NEIGHBOUR)

_WITH_YEAR = re.compile(r"(?P<title>.*\S)[\s;,]*\((?P<year>[^()]*\d{4}[^()]*)\)\Z", re.DOTALL)
_SONG_KEYS = {"album", "from album", "a-side", "b-side"}
_SONG_TYPE = re.compile(r"(?i)\b(?:singles?|songs?)\Z")
_OF_AN_ALBUM = {"type", "label", "released", "recorded", "studio", "venue", "genre", "producer", "length"}


def extract(document: Document) -> Findings:
    """Return what every album infobox of the page says; a page without one says nothing here."""
    records: list[Record] = []
    problems: list[Problem] = []
    titles: set[str] = set()
    for box in document.infoboxes:
        if is_of_an_album(box):
            found = _box(box, _values(box), problems)
            title = fold(box.title.value) if box.title else ""
            records += _of_another_edition(found) if title in titles else found
            titles.add(title)
    return Findings(tuple(records), tuple(problems))


def is_of_an_album(box: Infobox) -> bool:
    """Tell whether a box is an album's: it has an artist, and what albums have, and is not a song's."""
    values = _values(box)
    return "artist" in values and bool(_OF_AN_ALBUM & values.keys()) and not _is_of_a_song(box, values)


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
    if kind := _type(values):
        yield AlbumField("album_type", quoted(kind, FIELD["type"]))
    for part in map(_without_job, lines_of(values.get("artist"))):
        yield AlbumField("artist", quoted(part, FIELD["artist"]))
    for part in parts_of(values.get("genre")):
        yield AlbumField("genre", quoted(part, FIELD["genre"]))
    for name, _ in labels_of(values):
        yield AlbumField("label", quoted(name, FIELD["label"]))
    yield from sessions(box, values, problems)
    yield from releases(values, problems)
    yield from lengths(values)
    yield from producers(values)
    for number, chronology in enumerate(_chronologies(box)):
        series = chronology.get("chronology") if number else None
        artist = None if series and _SERIES.search(series.value) else (series or values["artist"]).value
        for direction in ("previous", "next"):
            yield from _neighbour(direction, chronology, artist)


def _without_job(artist: Text) -> Text:
    """Return an artist without what they do in brackets: "NAME (conductor)", "NAME (violin)"."""
    match = _JOB_BEHIND.search(artist.value)
    is_job = match and any(concept(scheme, match["job"]) for scheme in ("role", "instrument"))
    return artist.cut(0, match.start()) if match and is_job else artist


_JOB_BEHIND = re.compile(r"\s+\((?P<job>[^()]+)\)\Z")


def _type(values: dict[str, Text]) -> Text | None:
    """Return the type without what ``longtype`` adds in brackets; "Album" says nothing."""
    value = values.get("type")
    bare = value.cut(0, len(re.sub(r"(?<=\S) \([^()]*\)\Z", "", value.value))) if value else None
    return bare if bare and fold(bare.value) != "album" else None


def _chronologies(box: Infobox) -> Iterator[dict[str, Text]]:
    """Yield the chronologies of a box (Template:Extra chronology): at each repeated key the next begins."""
    values: dict[str, Text] = {}
    for field in box.fields:
        name = infobox_parameter(field.key.value)
        if infobox_key(field.key.value) == "chronology":
            name = "chronology"
        if name not in _CHRONOLOGY:
            continue
        if name in values or (name == "chronology" and values):
            yield values
            values = {}
        values[name] = field.value
    yield values


_SERIES = re.compile(r"\b(?:films?|soundtracks?|albums?|singles?|EPs?|releases|series)\b")  # and nobody's name
_CHRONOLOGY = {"chronology", "previous", "previous-year", "next", "next-year"}


_NO_TITLE = re.compile(rf"(?:TB[AD]|T\.B\.[AD]\.|N/?A|[{DASH}?.\s]+)(?:\s*\(.*\))?\Z")  # not yet, or none


def _neighbour(direction: str, values: dict[str, Text], artist: str | None) -> Iterator[NeighbourRecord]:
    title = values.get(direction)
    if title is None or _NO_TITLE.match(title.value):
        return
    date = None
    year = values.get(f"{direction}-year")
    if match := _WITH_YEAR.match(title.value):  # "Last album = ''Title''<br />(1956)"
        title, year = title.group(match, "title"), year or title.group(match, "year")
        title = title.cut(0, len(title.value.rstrip(" ;,")))
    if year:
        try:
            date = say(parse_date(year.value), year, NEIGHBOUR)
        except ValueParseError:
            date = None
    billed = quoted(title, NEIGHBOUR, Manner.IMPLIED).of(artist) if artist else None  # a chronology is an artist's
    yield NeighbourRecord(direction, AlbumMention(quoted(title, NEIGHBOUR), billed, date))

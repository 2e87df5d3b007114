"""The infobox: Template:Infobox album, whose parameters each say one thing of the album.

A box is an album's if it has an artist and a type, label, release or recording; others (films, songs with
``Album``) say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from discograph.document import Document, Infobox, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import days_of, located, place_kind
from discograph.extractors.infobox_parts import FIELD, labels_of, lengths, lines_of, parts_of, producers, releases
from discograph.records import (
    AlbumField,
    AlbumMention,
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
    TrackScope,
    quoted,
    say,
)
from discograph.values.dates import find_dates, parse_date
from discograph.values.patterns import UPPER, fold
from discograph.values.track_scopes import parse_track_scope
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
    for part in lines_of(values.get("artist")):
        yield AlbumField("artist", quoted(part, FIELD["artist"]))
    for part in parts_of(values.get("genre")):
        yield AlbumField("genre", quoted(part, FIELD["genre"]))
    for name, _ in labels_of(values):
        yield AlbumField("label", quoted(name, FIELD["label"]))
    yield from _sessions(box, values, problems)
    yield from releases(values, problems)
    yield from lengths(values)
    yield from producers(values)
    for number, chronology in enumerate(_chronologies(box)):
        series = chronology.get("chronology") if number else None
        artist = None if series and _SERIES.search(series.value) else (series or values["artist"]).value
        for direction in ("previous", "next"):
            yield from _neighbour(direction, chronology, artist)


def _type(values: dict[str, Text]) -> Text | None:
    """Return the type without what ``longtype`` adds in brackets; "Album" says nothing."""
    value = values.get("type")
    bare = value.cut(0, len(re.sub(r"(?<=\S) \([^()]*\)\Z", "", value.value))) if value else None
    return bare if bare and fold(bare.value) != "album" else None


def _sessions(box: Infobox, values: dict[str, Text], problems: list[Problem]) -> Iterator[SessionRecord]:
    """Yield the sessions of ``Recorded`` and ``Studio`` or ``Venue``: each date at each place."""
    when, where = values.get("recorded"), values.get("studio") or values.get("venue")
    key = next((f.key for f in box.fields if infobox_parameter(f.key.value) == "recorded"), where)
    if key is None:
        return
    name = "studio" if "studio" in values else "venue"
    said = say(None, key, FIELD["recorded" if when else name])
    places: list[PlaceRecord | None] = (
        [place_with_town(part, FIELD[name], name.title()) for part in _places(where)] if where else []
    )
    lines = list(when.split(_LINES)) if when else []
    if len(lines) == len(places) > 1:  # as many dates as places: theirs in turn
        for line, place in zip(lines, places, strict=True):
            for date, days, _ in _times(line.cut(0, _end_of_date(line)), problems):
                yield SessionRecord(said, date, days, place, _scope(line))
        return
    times = list(_times(when, problems)) if when else []
    for date, days, own in times or [(None, (), None)]:
        for place in _places_at(own, places, are_apart=len({t[2].name.value for t in times if t[2]}) > 1):
            if date or place:
                yield SessionRecord(said, date, days, place)


def _places_at(
    own: PlaceRecord | None, places: Sequence[PlaceRecord | None], *, are_apart: bool
) -> Sequence[PlaceRecord | None]:
    """Return where a date of ``Recorded`` belongs that has a place of its own behind it, or none.

    Shape: ``places`` are those of ``Studio`` or ``Venue``, which say more of the same place; but a studio behind the
    date that is not among them is another, and so are the places of dates that have different ones (``are_apart``).
    """
    if not own or not places or (own.kind == "Place" and not are_apart):
        return places or [own]
    return [place for place in places if place and fold(place.name.value) == fold(own.name.value)] or [own]


_LINES = re.compile(r"\s*[;\n]\s*")


def _scope(when: Text) -> Said[TrackScope] | None:
    """Return the tracks that stand in brackets behind a date: "May 9, 1980 (tracks 1–3)"."""
    match = _TRACKS_BEHIND.search(when.value)
    if not match:
        return None
    try:
        scope = parse_track_scope(match["tracks"])
    except ValueParseError:
        return None
    return say(scope, when.group(match, "tracks"), FIELD["recorded"]) if scope else None


_TRACKS_BEHIND = re.compile(r"\((?P<tracks>tracks? [^()]*)\)\Z", re.IGNORECASE)


def _end_of_date(line: Text) -> int:
    """Return where the tracks in brackets behind a date begin, the end if there are none."""
    match = _TRACKS_BEHIND.search(line.value)
    return match.start() if match else len(line)


_Time = tuple[Said[str] | None, tuple[Said[str], ...], PlaceRecord | None]


def _times(when: Text, problems: list[Problem]) -> Iterator[_Time]:
    """Yield each date of ``Recorded`` with its days, and the place behind it in boxes from before ``Studio``."""
    rule = FIELD["recorded"]
    found = find_dates(when.value)
    if not found:
        if place := _recorded_at(when, rule):
            yield None, (), place
        else:
            problems.append(Problem(when.span(), f"no date in {when.value!r}", "see values/dates.py"))
        return
    ends = [*(date.start for date in found[1:]), len(when)]
    rests = [when.cut(date.end, end) for date, end in zip(found, ends, strict=True)]
    if len(found) > 1 and not all(_PARTS_DATES.match(rest.value) or _recorded_at(rest, rule) for rest in rests):
        problems.append(Problem(when.span(), f"no single date in {when.value!r}", "see values/dates.py"))
        return
    for date, rest in zip(found, rests, strict=True):
        words = when.cut(date.start, date.end)
        yield say(date.edtf, words, rule), days_of(when, date, rule), _recorded_at(rest, rule)


_PARTS_DATES = re.compile(r"[\s,;&()–-]*(?:and[\s,]*)?\Z")
_AT = re.compile(
    rf"[\s,;(–-]*(?:(?P<word>at|in)\s+(?:the\s+)?)?(?P<place>[{UPPER}][^\d\n;()]*?)[\s,;.)–-]*(?:\band\s*)?\Z"
)


def _recorded_at(rest: Text, rule: Rule) -> PlaceRecord | None:
    """Return the place that words behind a date name: "at NAME, TOWN", "(STUDIO, TOWN)", "in TOWN"; None if none."""
    match = _AT.match(rest.value)
    if not match or not re.fullmatch(rf"(?:[{UPPER}&][\w.'’&/-]*|of|the|de|la|and|[,\s])+", match["place"]):
        return None
    place = rest.group(match, "place")
    head = place.value.partition(",")[0]
    if place_kind(head, "") or match["word"] == "at":
        return place_with_town(place, rule, "Studio")
    return PlaceRecord(quoted(place, rule)) if match["word"] == "in" or "," in place.value else None


def _places(value: Text) -> list[Text]:
    """Return the places of a list; of two entries, the second without a noun of places is the town of the first."""
    parts = list(value.split(_PLACE_LIST))
    if len(parts) == 2 and "," not in value.value and not place_kind(parts[1].value, ""):
        return [value]
    return parts


_PLACE_LIST = re.compile(r"\s*[\n;•·]+\s*")


_TOWN = re.compile(r"\s*[,\n]\s*(?=\S)|\s+\((?=[^()]*\)\Z)")


def place_with_town(value: Text, rule: Rule, default: str) -> PlaceRecord:
    """Return a place written "Name, Town" or "Name (Town)": what follows the first comma is where it lies."""
    comma = _TOWN.search(value.hidden())
    town = value.cut(comma.end()) if comma else None
    name = value.cut(0, comma.start()) if comma else value
    if town and value.value.endswith(")") and "(" in value.value[: len(value) - len(town)]:
        town = town.cut(0, len(town.value.rstrip(")")))
    return located(name, town or None, rule, place_kind(name.value, default), Manner.IMPLIED)


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


def _neighbour(direction: str, values: dict[str, Text], artist: str | None) -> Iterator[NeighbourRecord]:
    title = values.get(direction)
    if title is None:
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

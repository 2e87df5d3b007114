"""The sessions of an album's infobox: ``Recorded`` with the dates, ``Studio`` or ``Venue`` with the places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Infobox, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import days_of, located, place_kind
from discograph.extractors.infobox_parts import FIELD
from discograph.records import Manner, PlaceRecord, Problem, Rule, Said, SessionRecord, TrackScope, quoted, say
from discograph.values.dates import find_dates
from discograph.values.patterns import UPPER, fold
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import infobox_parameter


def sessions(box: Infobox, values: dict[str, Text], problems: list[Problem]) -> Iterator[SessionRecord]:
    """Yield the sessions of ``Recorded`` and ``Studio`` or ``Venue``: each date at each place."""
    when, where = values.get("recorded"), values.get("studio") or values.get("venue")
    key = next((f.key for f in box.fields if infobox_parameter(f.key.value) == "recorded"), where)
    if key is None:
        return
    name = "studio" if "studio" in values else "venue"
    said = say(None, key, FIELD["recorded" if when else name])
    places = [place_with_town(part, FIELD[name], name.title()) for part in _places(where)] if where else []
    lines = list(when.split(_LINES)) if when else []
    if len(lines) == len(places) > 1:  # as many dates as places: theirs in turn
        for line, place in zip(lines, places, strict=True):
            for date, days, _ in _times(line.cut(0, _end_of_date(line)), problems):
                yield SessionRecord(said, date, days, place, _scope(line))
        return
    dated = list(_dated_lines(when)) if when else []
    times = [time for line in dated for time in _times(line, problems)]
    are_apart = len(dated) > 1 or len({place.name.value for _, _, own in times for place in own}) > 1
    for date, days, own in times or [(None, (), [])]:
        at = _places_at(own, places, are_apart=are_apart)
        if at or date:
            yield from (SessionRecord(said, date, days, place) for place in at or (None,))


def _places_at(own: list[PlaceRecord], places: list[PlaceRecord], *, are_apart: bool) -> list[PlaceRecord]:
    """Return where a date of ``Recorded`` belongs that has places of its own beside it, or none.

    Shape: ``places`` are those of ``Studio`` or ``Venue``, which say more of the same place; but a studio beside the
    date that is not among them is another, and so are the places of dates that have different ones (``are_apart``).
    """
    if not own or not places or not (are_apart or any(place.kind != "Place" for place in own)):
        return places or own
    named = {fold(place.name.value): place for place in places}
    return [named.get(fold(place.name.value), place) for place in own]


def _dated_lines(when: Text) -> Iterator[Text]:
    """Yield the lines of ``Recorded`` with their dates, without exceptions in brackets: "(except “Tide”: …)".

    Shape: a line without a date is of the line before; where the first has none, all are one.
    """
    excepted = _EXCEPTED.search(when.value)
    when = when.cut(0, excepted.start()) if excepted else when
    starts = [when.find(line)[0] for line in when.split(_LINES) if find_dates(line.value)]
    whole = not starts or starts[0] > when.find(next(when.split(_LINES)))[0]
    starts = [0] if whole else starts
    for start, end in zip(starts, [*starts[1:], len(when)], strict=True):
        yield when.cut(start, len(when.value[:end].rstrip(" \n;")))


_LINES = re.compile(r"\s*[;\n]\s*")
_EXCEPTED = re.compile(r"\s*\((?:except|excluding|apart from|other than)\b[^()]*\)\Z", re.IGNORECASE)


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


_Time = tuple[Said[str] | None, tuple[Said[str], ...], list[PlaceRecord]]


def _times(when: Text, problems: list[Problem]) -> Iterator[_Time]:
    """Yield each date of ``Recorded`` with its days, and the place behind it in boxes from before ``Studio``."""
    rule = FIELD["recorded"]
    found = find_dates(when.value)
    if not found:
        if places := _recorded_at(when, rule):
            yield None, (), places
        else:
            problems.append(Problem(when.span(), f"no date in {when.value!r}", "see values/dates.py"))
        return
    ends = [*(date.start for date in found[1:]), len(when)]
    rests = [when.cut(date.end, end) for date, end in zip(found, ends, strict=True)]
    if len(found) > 1 and not all(_PARTS_DATES.match(rest.value) or _recorded_at(rest, rule) for rest in rests):
        problems.append(Problem(when.span(), f"no single date in {when.value!r}", "see values/dates.py"))
        return
    before = _before(when.cut(0, found[0].start), rule) if len(found) == 1 else []
    for date, rest in zip(found, rests, strict=True):
        words = when.cut(date.start, date.end)
        yield say(date.edtf, words, rule), days_of(when, date, rule), _recorded_at(rest, rule) or before


def _before(words: Text, rule: Rule) -> list[PlaceRecord]:
    """Return the place that stands before its date: "NAME Studios, TOWN, July 1993", "At NAME in 1993"."""
    match = _IN_FRONT.match(words.value)
    place = words.group(match, "place") if match and _PLACE_WORDS.fullmatch(match["place"]) else None
    if not match or not place or not (match["at"] or place_kind(place.value.partition(",")[0], "")):
        return []
    return [place_with_town(place, rule, "Studio")]


_PARTS_DATES = re.compile(r"[\s,;&()–-]*(?:and[\s,]*)?\Z")
_AT = re.compile(
    rf"[\s,;(–-]*(?:(?P<word>at|in)\s+(?:the\s+)?)?(?P<place>[{UPPER}][^\n;()]*?)[\s,;.)–-]*(?:\band\s*)?\Z"
)
_IN_FRONT = re.compile(rf"(?P<at>[Aa]t\s+(?:the\s+)?)?(?P<place>[{UPPER}][^\n;()]*?)[\s,:(–-]*(?:\b(?:in|on)\s*)?\Z")
_PLACE_WORDS = re.compile(rf"(?:(?:[dl]['’])?[{UPPER}&][\w.'’&/-]*|of|the|de|la|and|\d{{1,3}}(?![\w–-])|[,\s])+")
_AND = re.compile(rf",?\s+and\s+(?:at\s+)?(?:the\s+)?(?=[{UPPER}])")


def _recorded_at(rest: Text, rule: Rule) -> list[PlaceRecord]:
    """Return the places that words behind a date name: "at NAME, TOWN", "(STUDIO, TOWN)", "in TOWN"; none if none."""
    match = _AT.match(rest.value)
    if not match or not _PLACE_WORDS.fullmatch(match["place"]):
        return []
    return [place for part in _each(rest.group(match, "place")) if (place := _one_place(part, match["word"], rule))]


def _each(places: Text) -> list[Text]:
    """Return two places that "and" joins, each with its town: "NAME, TOWN and NAME, TOWN"; else the words as one."""
    two = list(places.split(_AND))
    return two if len(two) == 2 and all("," in part.value for part in two) else [places]


def _one_place(place: Text, word: str | None, rule: Rule) -> PlaceRecord | None:
    head = place.value.partition(",")[0]
    if place_kind(head, "") or word == "at":
        return place_with_town(place, rule, "Studio")
    return PlaceRecord(quoted(place, rule)) if word == "in" or "," in place.value else None


def _places(value: Text) -> list[Text]:
    """Return the places of a list; of two entries, the second without a noun of places is the town of the first."""
    parts = list(value.split(_PLACE_LIST))
    if len(parts) == 2 and "," not in value.value and not place_kind(parts[1].value, ""):
        return [value]
    return parts


_PLACE_LIST = re.compile(r"\s*[\n;•·]+\s*")


_TOWN = re.compile(rf"\s*[,\n]\s*(?=\S)|\s+\((?=[^()]*\)\Z)|\s+in\s+(?=[{UPPER}][^,\n]*\Z)")


def place_with_town(value: Text, rule: Rule, default: str) -> PlaceRecord:
    """Return a place written "Name, Town", "Name (Town)" or "Name in Town": what follows is where it lies."""
    comma = _TOWN.search(value.hidden())
    town = value.cut(comma.end()) if comma else None
    name = value.cut(0, comma.start()) if comma else value
    if town and value.value.endswith(")") and "(" in value.value[: len(value) - len(town)]:
        town = town.cut(0, len(town.value.rstrip(")")))
    return located(name, town or None, rule, place_kind(name.value, default), Manner.IMPLIED)

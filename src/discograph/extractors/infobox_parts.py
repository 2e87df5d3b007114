"""Entries of an album's infobox that say what was issued and who produced it: labels, dates, lengths, producers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Text
from discograph.errors import ValueParseError
from discograph.extractors.base import LENGTH, edition, territory
from discograph.records import (
    CreditRecord,
    EditionRecord,
    Manner,
    PlaceRecord,
    Problem,
    ReleaseEventRecord,
    Rule,
    Said,
    TrackScope,
    quoted,
    say,
)
from discograph.values.dates import find_dates
from discograph.values.durations import parse_duration
from discograph.values.patterns import NAME, fold
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import country

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

_LIST = re.compile(r"\s*(?:[,;](?![^()\n]*\))|·|•|\n)+\s*")  # no comma in brackets: "(tracks 2, 5)"
_LINE = re.compile(r"\s*[\n•·]+\s*")


def parts_of(value: Text | None) -> Iterator[Text]:
    """Yield the entries of a value; where the source has lines or list marks, commas belong to the entries."""
    if value is not None:
        yield from value.split(_LINE if "\n" in value.value and _is_of_names(value) else _LIST)


def lines_of(value: Text | None) -> Iterator[Text]:
    """Yield the lines of a value, and what dots part."""
    if value is not None:
        yield from value.split(_LINE)


def _is_of_names(value: Text) -> bool:
    """Tell whether each line of a value is one entry: no line goes on with a comma."""
    lines = value.value.split("\n")
    return not any(line.rstrip().endswith(",") or line.count(",") > 1 for line in lines)


def labels_of(values: dict[str, Text]) -> Iterator[tuple[Text, Text | None]]:
    """Yield each label with the edition or country that stands in brackets behind it: "Elm (CD)"."""
    for part in parts_of(values.get("label")):
        name, number = _label_and_number(part)
        if number is None and any(map(str.isdigit, name.value)) and not _WITH_FIGURE.match(name.value):
            continue
        match = _LABEL_OF.match(name.value)
        inside = name.group(match, "inside") if match else None
        if match and inside and (_EDITION.search(inside.value) or edition(inside, LENGTH) or territory(inside, LENGTH)):
            yield name.group(match, "name"), inside
        else:
            yield name, None


def _label_and_number(part: Text) -> tuple[Text, Text | None]:
    """Return a label and the catalogue number behind it, if there is one: "Elm BLP 1577", "Elm (SD 1305)"."""
    match = None if _CATALOGUE.match(part.value) else _NUMBER_BEHIND.match(part.value)
    return (part.group(match, "name"), part.group(match, "number")) if match else (part, None)


_LABEL_OF = re.compile(r"(?P<name>\S.*?)\s*\((?P<inside>[^()]+)\)\Z")
_EDITION = re.compile(r"\b(?:original|re-?issues?|re-?releases?|digital|streaming)\b", re.IGNORECASE)
_CATALOGUE = re.compile(r"(?=.{3,16}\Z)(?!\d[A-Z]+\Z)(?:[A-Z][A-Za-z]{0,5}[ -]?)?\d(?:(?![a-z]{2})[\w./ -])*\Z")
_WITH_FIGURE = re.compile(  # a label that is called so: "550 Music", "4AX"
    rf"(?!{_CATALOGUE.pattern})(?!.*\b(?:19|20)\d\d\b)(?!.*\D\d{{3}})[\w'’&.]+(?: [\w'’&.]+){{0,2}}\Z"
)
_NUMBER_BEHIND = re.compile(
    r"(?P<name>[^\d()]*?[^\W\d_][.!]?)\s+(?P<open>\()?(?=(?:\D*\d){3})(?!(?:19|20)\d\d\)?\Z)"
    r"(?P<number>(?:[A-Z]{1,8}(?:-[A-Z]{1,4})?[ -]?)?\d(?:(?![a-z]{2})[\w./ -])*)(?(open)\))\Z"
)


def _catalogue(values: dict[str, Text]) -> Said[str] | None:
    """Return the catalogue number behind the label, if there is one: "Elm, BLP 1577"."""
    numbers = [
        part if number is None else number
        for part in parts_of(values.get("label"))
        if (number := _label_and_number(part)[1]) or _CATALOGUE.match(part.value)
    ]
    return quoted(numbers[0], FIELD["label"]) if len(numbers) == 1 else None


def producers(values: dict[str, Text]) -> Iterator[CreditRecord]:
    """Yield a credit for each producer; brackets say on which tracks, or as what: "(exec.)", "(tracks 2, 5)"."""
    rule = FIELD["producer"]
    artists = {fold(artist.value) for artist in lines_of(values.get("artist"))}
    for part in (one for line in parts_of(values.get("producer")) for one in _each(line, artists)):
        bracket = part.value.find(" (")
        name = part.cut(0, bracket) if bracket > 0 else part
        inside = part.cut(bracket + 2, len(part) - 1) if bracket > 0 else None
        scope = _tracks(inside) if inside else None
        roles = [role for pattern, role in _AS.items() if inside and pattern.fullmatch(inside.value)]
        if inside and roles:
            if inside.value.startswith("also"):
                roles.insert(0, "producer")
            for role in roles:
                yield CreditRecord(say(None, part, rule), quoted(name, rule), say(role, inside, rule))
            continue
        function = say("producer", name, rule)
        note = quoted(inside, rule) if inside and not scope else None
        yield CreditRecord(function.of(None), quoted(name, rule), function, scope, note=note)


def _each(line: Text, artists: set[str]) -> list[Text]:
    """Return two producers that "and" joins: full names, or the album's artist; "Vane and Dell" is one."""
    two = list(line.split(_JOINED))
    names = [part.value.partition(" (")[0].strip() for part in two]
    are_names = all(fold(name) in artists or (" " in name and _FULL_NAME.match(name)) for name in names)
    return two if len(two) == 2 and are_names else [line]


_JOINED = re.compile(r" and (?![^()]*\))")
_FULL_NAME = re.compile(rf"{NAME}\Z")
_AS = {
    re.compile(r"(?:also )?exec(?:utive|\.)?(?: producer)?", re.IGNORECASE): "executive producer",
    re.compile(r"(?:also )?co(?:\.|-producer|-produced)?", re.IGNORECASE): "co-producer",
    re.compile(r"(?:also )?re-?issue(?: producer)?", re.IGNORECASE): "reissue producer",
    re.compile(r"(?:also )?compilation(?: producer)?", re.IGNORECASE): "compilation producer",
}


_ABOUT_TRACKS = re.compile(r"(?:on )?(?:tracks? |side |dis[ck] )?[\"“\d]|all (?:tracks )?(?:but|except)\b|except ")


def _tracks(inside: Text) -> Said[TrackScope] | None:
    """Return the tracks that brackets name; None if they are about something else."""
    if not _ABOUT_TRACKS.match(inside.value):
        return None
    try:
        scope = parse_track_scope(inside.value)
    except ValueParseError:
        return None
    return say(scope, inside, FIELD["producer"]) if scope else None


def releases(values: dict[str, Text], problems: list[Problem]) -> Iterator[ReleaseEventRecord]:
    """Yield a release for the first date of ``Released``, and for each that is called a reissue."""
    released = values.get("released")
    if released is None:
        return
    rule = FIELD["released"]
    found = find_dates(released.value)
    if not found:
        problems.append(Problem(released.span(), f"no date in {released.value!r}", "see values/dates.py"))
        return
    named = list(labels_of(values))
    of_first = named[0][1] if named else None  # "Elm (LP), Oak (CD)": the other label is of another edition
    of_label = quoted(of_first, FIELD["label"]) if of_first and edition(of_first, FIELD["label"]) else None
    for number, date in enumerate(found):
        words = released.cut(date.start, date.end)
        again = _AGAIN.search(released.value, found[number - 1].end if number else 0, date.start)
        kind = say("reissue" if again else "first-release", words, rule, Manner.IMPLIED)
        where = _territory(released, date.end, rule)
        if number and not again and not where:
            continue  # a second date without a word on it: another edition
        yield ReleaseEventRecord(
            say(None, released, rule),
            say(date.edtf, words, rule),
            where,
            tuple(quoted(name, FIELD["label"], Manner.IMPLIED) for name in _of_event(named, where)),
            kind if again or not number else None,
            of_label if not number else None,
            catalogue=_catalogue(values) if not number else None,
        )


def _of_event(named: list[tuple[Text, Text | None]], where: PlaceRecord | None) -> list[Text]:
    """Return the labels of a release: those for its country, else those for none, where some are for another.

    Shape: an edition behind the first label tells it from those of other editions.
    """
    lands = [country(of.value) for _, of in named if of]
    if where and any(lands):
        within = (where.canonical, _REGION_OF.get(where.canonical))
        own = [name for name, of in named if of and (land := country(of.value)) and land.name in within]
        return own or [name for name, of in named if of is None]
    of_first = named[0][1] if named else None
    return [name for name, of in named if of_first is None or (of and fold(of.value) == fold(of_first.value))]


_REGION_OF = {"US": "North America", "Canada": "North America"}
_AGAIN = re.compile(r"\bre-?(?:issued?|released?|mastered)\b", re.IGNORECASE)


def _territory(released: Text, end: int, rule: Rule) -> PlaceRecord | None:
    """Return the country in brackets behind a date of release: "July 19, 2002 (India)"."""
    match = re.compile(r"\s*\(([^()]+)\)").match(released.value, end)
    return territory(released.group(match, 1), rule) if match else None


def lengths(values: dict[str, Text]) -> Iterator[EditionRecord]:
    """Yield an edition for each length that names one: "24:14 (LP), 34:09 (CD)"."""
    value = values.get("length")
    if value is None:
        return
    for match in _LENGTH.finditer(value.value):
        if _OF_A_DISC.search(value.value[: match.start("length")]):
            continue
        try:
            seconds = parse_duration(match["length"])
        except ValueParseError:
            continue
        length = say(seconds, value.group(match, "length"), FIELD["length"])
        inside = next((value.group(match, name) for name in ("before", "edition", "behind") if match[name]), None)
        named = edition(inside, FIELD["length"]) if inside else None
        name = named.name if named else quoted(value.group(match, 0), FIELD["length"], Manner.IMPLIED).of("")
        yield EditionRecord(name, named.format if named else None, named.kind if named else None, length)


_OF_A_DISC = re.compile(r"\b(?:CD|DVD|LP|dis[ck]|side) ?(?:\d|one|two|three|four|[A-D])\s*[:–-]\s*\Z", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?P<before>[^\W\d][^\n,;()\d:]*):\s*)?(?P<length>\d{1,3}(?::\d\d){1,2})"
    r"(?:\s*\((?P<edition>[^()]+)\)|[^\S\n]*(?P<behind>[^\W\d][^\n,;()\d]*))?"
)

"""Prose about certificates: "the album was certified gold by the RIAA on DATE", "went platinum in Canada"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from discograph.document import Text
from discograph.extractors.album_clauses import Clause
from discograph.extractors.base import is_denied, manner_of, territory
from discograph.needles import Sieve
from discograph.records import CertificationRecord, Manner, PlaceRecord, Rule, Said, quoted, say
from discograph.values.certificates import LEVEL, certifier, certifier_pattern
from discograph.values.dates import find_dates

PROSE = Rule(
    "prose-certification", '"(the album) was certified LEVEL by BODY in REGION on DATE", "went LEVEL", "a LEVEL record"'
)
RULES = (PROSE,)

_LEVEL = re.compile(rf"(?<![\w-]){LEVEL}", re.IGNORECASE)
# A gold disc award is no certificate of sales.
_NOUN = (
    r"(?: (?:sales )?(?:certifi\w+|status"
    r"|(?:album )?(?:records?|discs?|disks?|plaques?|LPs?)\b(?! (?:label|company|awards?|prize))))"
)
_GIVEN = Sieve(
    r"\b(?:(?:(?P<by>[A-Z]{3,6})-)?(?P<certified>certif(?:ied|icated)(?: (?:as|with|for))?)(?: an?)?"
    r"|(?P<gone>w[eo]nt|gone|going|turned)"
    r"|(?:attain|receiv|earn|achiev|award|reach|gain|obtain|g[eo]t|given|presented|garner|acquir|hit|reward)\w*"
    r"(?: with)?(?: an?| its| the| the artist's| their)?(?: first)?)"
    rf"(?: \w+ly)? (?P<level>{LEVEL})(?P<noun>{_NOUN})?",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:,|\b(?:and|then|before|later|but|to)\b)[ ,]*(?:\b(?:and|then|later|subsequently|eventually|also|was"
    r"|being|going|went|again|certified|a|an)\b ?)*\Z",
    re.IGNORECASE,
)
_GRANTED = re.compile(r"\b(?:[Bb]y|[Ff]rom|[Tt]hrough) (?:the |both )?(?=[A-Z])")
_OTHER_BODY = re.compile(
    r"(?:[A-Z][\w'’.-]*|of|and|the|de|der)(?: (?:[A-Z][\w'’.-]*|of|and|the|de|der|la)(?= |[.,;(]|\Z))*"
)
_BODY_NOUN = re.compile(r"\b(?:Association|Federation|Industry|Institute|Syndicat|Bundesverband|IFPI|[A-Z]{3,6})\b")
_IN = re.compile(r"\bin (?:both )?(?:the )?", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z][\w.]*\b\.?(?: (?:of )?[A-Z][\w.]*)*")
_AND = re.compile(r",? and (?:in )?(?:the )?|, (?:in )?(?:the )?|,? as well as (?:in )?(?:the )?")
# What the album did next says nothing of where and when it was certified.
_NEXT = re.compile(
    r";|,? (?:and|but) (?!(?:in|the|by|on|from)\b)[a-z]+ (?!in\b)|\b(?:denoting|making|where|which|while|before)\b"
)
_WHERE = re.compile(r"\bin (?:the )?(?P<place>[A-Z][\w. ]*), where (?:it|the album)\b[^,;]*\Z")
_VAGUE = re.compile(r"(?:by|since|sold|releas\w+|sales|as of)\W+(?:\w+ ){0,2}\Z", re.IGNORECASE)


class _Grant(NamedTuple):
    """A level with what the words behind it say of who granted it, where and when."""

    level: Text
    body: Said[str] | None
    places: list[PlaceRecord]
    date: Said[str] | None

    @property
    def is_bare(self) -> bool:
        return not self.body and not self.places


def may_tell(words: str) -> bool:
    """Tell whether a text, or any part of it, may tell of a certificate; quick, to spare looking for clauses."""
    return _GIVEN.may_match(words)


def grants(clause: Clause) -> Iterator[CertificationRecord]:
    """Yield the certificates that a clause about the album tells of.

    Method: the level behind the verb, and those joined to it. One that tells neither body nor place has those
    of the one before, or else of the one behind: "gold and platinum by BODY".
    """
    first = _first(clause)
    if first is None:
        return
    levels = list(_levels(clause, first))
    manner = manner_of(clause.sentence.value[clause.start : first.end("level")])
    stops = [start for start, _ in levels[1:]] + [clause.end]
    told = [_grant(clause, *level, stop, manner) for level, stop in zip(levels, stops, strict=True)]
    if first["by"] and not told[0].body:
        told[0] = told[0]._replace(body=quoted(clause.sentence.group(first, "by"), PROSE, manner))
    if not first["certified"] and any(_is_of_others(clause, stop) for _, stop in levels):
        return
    for index, grant in enumerate(told):
        near = [*reversed(told[:index]), *told[index + 1 :]] if grant.is_bare else []
        whole = next((other for other in near if not other.is_bare), grant)
        said = say(None, clause.sentence.cut(clause.start, levels[index][1]), PROSE, manner)
        level = quoted(grant.level, PROSE, manner)
        if not whole.places:
            yield CertificationRecord(said, level, None, whole.body, grant.date)
        for place in whole.places:
            yield CertificationRecord(said, level, place, whole.body, grant.date)


def _first(clause: Clause) -> re.Match[str] | None:
    """Return the first level that a verb gives the album; a verb that gives other things needs a noun, too."""
    value = clause.sentence.value
    for match in _GIVEN.finditer(value, clause.start, clause.end):
        if match["certified"] or match["gone"] or match["noun"]:
            return None if is_denied(value[clause.start : match.start("level")]) else match
    return None


def _levels(clause: Clause, first: re.Match[str]) -> Iterator[tuple[int, int]]:
    value = clause.sentence.value
    yield first.span("level")
    last = first.end("level")
    for match in _LEVEL.finditer(value, last, clause.end):
        given = _GIVEN.search(value, last, match.end())
        if _ALSO.search(value[last : match.start()]) or (given and given["certified"]):
            yield match.span()
            last = match.end()


def _grant(clause: Clause, start: int, end: int, stop: int, manner: Manner) -> _Grant:
    following = _NEXT.search(clause.sentence.value, end, stop)
    rest = clause.sentence.cut(end, following.start() if following else stop)
    places = list(_regions(rest, manner)) or _ahead(clause, start, manner)
    return _Grant(clause.sentence.cut(start, end), _body(rest, manner), places, _when(rest, manner))


def _is_of_others(clause: Clause, start: int) -> bool:
    """Tell whether what granted a "gold disc" or the like is no certifying body: a magazine, a label."""
    rest = clause.sentence.cut(start, clause.end)
    return bool(_GRANTED.search(rest.value)) and _body(rest, Manner.STATED) is None


def _body(rest: Text, manner: Manner) -> Said[str] | None:
    """Return the body that words behind a level name with "by" or "from"."""
    for match in _GRANTED.finditer(rest.value):
        name = _known_body().match(rest.value, match.end()) or _OTHER_BODY.match(rest.value, match.end())
        if name and (certifier(name[0]) or _BODY_NOUN.search(name[0])):
            return quoted(rest.cut(*name.span()), PROSE, manner)
    return None


@cache
def _known_body() -> re.Pattern[str]:
    return re.compile(certifier_pattern())


def _regions(rest: Text, manner: Manner) -> Iterator[PlaceRecord]:
    """Yield the countries behind "in": "in Canada", "in the US and the UK"."""
    for match in _IN.finditer(rest.value):
        at = match.end()
        while name := _COUNTRY.match(rest.value, at):
            is_short = "." in name[0][:-1]  # "U.S." keeps the full stop that "Canada." has of the sentence
            length = len(name[0]) if is_short else len(name[0].rstrip("."))
            place = territory(rest.cut(name.start(), name.start() + length), PROSE, manner)
            if place is None:
                break
            yield place
            more = _AND.match(rest.value, name.end())
            if not more:
                return
            at = more.end()


def _ahead(clause: Clause, stop: int, manner: Manner) -> list[PlaceRecord]:
    """Return the country told before: "In Canada, the album was certified gold", "in Canada, where it went gold"."""
    sentence = clause.sentence
    match = re.match(r"In (?:the )?(?P<place>[A-Z][\w. ]*?),", sentence.value)
    if not match or match.end() > clause.start + 1:
        match = _WHERE.search(sentence.value[:stop])
    found = territory(sentence.group(match, "place"), PROSE, manner) if match else None
    return [found] if found else []


def _when(rest: Text, manner: Manner) -> Said[str] | None:
    """Return the date that words behind a level give it."""
    found = [date for date in find_dates(rest.value) if not _VAGUE.search(rest.value[: date.start])]
    if len(found) != 1 or found[0].edtf.startswith(("[", "{")):
        return None
    return say(found[0].edtf, rest.cut(found[0].start, found[0].end), PROSE, manner)

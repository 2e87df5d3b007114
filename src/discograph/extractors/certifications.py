"""Certificates of sales: tables, lists in a section of certifications, and prose with the album as subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.album_clauses import Clause, clauses
from discograph.extractors.base import is_denied, manner_of, territory
from discograph.extractors.grids import Cells, Placed, is_of_album, placed, read
from discograph.records import CertificationRecord, Findings, Manner, PlaceRecord, Record, Rule, Said, quoted, say
from discograph.values.certificates import LEVEL, certifier, certifier_pattern
from discograph.values.dates import find_dates, parse_date
from discograph.values.patterns import DASH
from discograph.wordlists import country

ROW = Rule(
    "certification-row", 'a row of a table headed "Region | Certification", or of a chart table with certifications'
)
LINE = Rule("certification-line", '"US (RIAA): Gold" or "Gold (1996)" in a section of certifications')
PROSE = Rule(
    "prose-certification", '"(the album) was certified LEVEL by BODY in REGION on DATE", "went LEVEL", "a LEVEL record"'
)
RULES = (ROW, LINE, PROSE)

_LEVEL = re.compile(rf"(?<![\w-]){LEVEL}", re.IGNORECASE)
_CELL = re.compile(rf"(?:(?P<who>[^\W\d][\w. ]*):\s*)?(?P<level>(?<![\w-]){LEVEL})", re.IGNORECASE)
_NOUN = r"(?: (?:sales )?(?:certifi\w+|status|(?:LP|album )?(?:records?|discs?|disks?|awards?|plaques?)\b(?! (?:label|company))))"
_GIVEN = re.compile(
    rf"\b(?:(?P<certified>certif(?:ied|icated)(?: (?:as|with|for))?|w[eo]nt|gone|going|turned)(?: an?)?"
    r"|(?:attain|receiv|earn|achiev|award|reach|gain|obtain|g[eo]t|given|presented|garner|acquir|hit|reward)\w*"
    rf"(?: with)?(?: an?| its| the| the artist's| their)?(?: first)?)(?: \w+ly)? (?P<level>{LEVEL})(?P<noun>{_NOUN})?",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:,|\b(?:and|then|before|later|but|to)\b)[ ,]*(?:\b(?:and|then|later|subsequently|eventually|also|was"
    r"|being|going|went|again|certified|a|an)\b ?)*\Z",
    re.IGNORECASE,
)
_GRANTED = re.compile(r"\b(?:by|from|through) (?:the |both )?", re.IGNORECASE)
_OTHER_BODY = re.compile(
    r"(?:[A-Z][\w'’.-]*|of|and|the|de|der)(?: (?:[A-Z][\w'’.-]*|of|and|the|de|der|la)(?= |[.,;(]|\Z))*"
)
_BODY_NOUN = re.compile(r"\b(?:Association|Federation|Industry|Institute|Syndicat|Bundesverband|IFPI|[A-Z]{3,6})\b")
_IN = re.compile(r"\bin (?:both )?(?:the )?", re.IGNORECASE)
_AND = re.compile(r",? and (?:in )?(?:the )?|, (?:in )?(?:the )?|,? as well as (?:in )?(?:the )?")
_SPLIT = re.compile(rf"\s*[:(),;]\s*|\s+[{DASH}]\s+|\s*[–—]\s*")
_SALES = re.compile(r"[\d,.]+\+?[*^x‡†]?(?: (?:copies|units|sold))?\Z")
_VAGUE = re.compile(r"(?:by|since|sold|releas\w+|sales|as of)\W+(?:\w+ ){0,2}\Z", re.IGNORECASE)


def extract(document: Document) -> Findings:
    """Return the certificates of the album that tables, lists and sentences of the page tell of, in order."""
    return Findings(tuple(record for block in placed(document) for record in _block(block, document)))


def _block(placed: Placed, document: Document) -> Iterator[Record]:
    if isinstance(placed.block, Table):
        if not placed.is_of_songs:
            for cells in read(placed.block):
                if is_of_album(cells, document):
                    yield from _row(cells)
        return
    text = placed.block.text
    is_section = placed.is_under("certif") and not placed.is_of_songs
    if is_section and (record := _line(text)):
        yield record
        return
    for clause in clauses(text, document, implied=is_section):
        yield from _clause(clause)


def _row(cells: Cells) -> Iterator[CertificationRecord]:
    """Yield the certificates of a row: each level in its cell, with the country or body before a colon."""
    if "level" not in cells:
        return
    region, body = _who(cells["country"], is_region=True) if "country" in cells else (None, None)
    if "body" in cells:
        named, body = _who(cells["body"])
        region = region or named
    if region is None and "country" not in cells and "chart" in cells:
        region = _of_chart(cells["chart"])
    date = _date(cells["year"]) if "year" in cells and "chart" not in cells else None
    for match in _CELL.finditer(cells["level"].value):
        who = _who(cells["level"].group(match, "who")) if match["who"] else (region, body)
        level = quoted(cells["level"].group(match, "level"), ROW)
        yield CertificationRecord(level.of(None), level, who[0], who[1], date)


def _who(text: Text, *, is_region: bool = False) -> tuple[PlaceRecord | None, Said[str] | None]:
    """Return the region and the body that a cell names: "Australia (ARIA)", "RIAA – U.S.", "Canada"."""
    region: PlaceRecord | None = None
    body: Said[str] | None = None
    for part in text.split(_SPLIT):
        if certifier(part.value):
            body = body or quoted(part, ROW)
        elif country(part.value):
            region = region or territory(part, ROW)
        elif is_region and region is None and part.value[0].isupper():
            region = PlaceRecord(quoted(part, ROW))
        elif is_region and body is None and "(" in text.value:
            body = quoted(part, ROW)
    return region, body


def _of_chart(chart: Text) -> PlaceRecord | None:
    """Return the country that the first words of a chart's name are of."""
    ends = [match.end() for match in re.finditer(r"\S+", chart.value)][:2]
    found = (territory(chart.cut(0, end), ROW, Manner.IMPLIED) for end in reversed(ends))
    return next(filter(None, found), None)


def _date(text: Text) -> Said[str] | None:
    try:
        return say(parse_date(text.value), text, ROW)
    except ValueParseError:
        return None


def _line(text: Text) -> CertificationRecord | None:
    """Return the certificate of a line of a list; None if the line holds anything but its parts."""
    level: Said[str] | None = None
    region: PlaceRecord | None = None
    body: Said[str] | None = None
    date: Said[str] | None = None
    for part in text.split(_SPLIT):
        dates = find_dates(part.value)
        if re.fullmatch(LEVEL, part.value, re.IGNORECASE) and level is None:
            level = quoted(part, LINE)
        elif certifier(part.value):
            body = quoted(part, LINE)
        elif country(part.value):
            region = territory(part, LINE)
        elif len(dates) == 1 and (dates[0].start, dates[0].end) == (0, len(part)):
            date = say(dates[0].edtf, part, LINE)
        elif not _SALES.match(part.value):
            return None
    return CertificationRecord(say(None, text, LINE), level, region, body, date) if level else None


def _clause(clause: Clause) -> Iterator[CertificationRecord]:
    """Yield the certificates that a clause tells of: the first level behind its verb, and those joined to it."""
    value = clause.sentence.value
    first = next((m for m in _GIVEN.finditer(value, clause.start, clause.end) if m["certified"] or m["noun"]), None)
    if first is None or is_denied(value[clause.start : first.start("level")]):
        return
    levels = [first.span("level")]
    for match in _LEVEL.finditer(value, first.end("level"), clause.end):
        between = value[levels[-1][1] : match.start()]
        given = _GIVEN.search(value, levels[-1][1], match.end())
        if _ALSO.search(between) or (given and given["certified"]):
            levels.append(match.span())
    stops = [start for start, _ in levels[1:]] + [clause.end]
    manner = manner_of(value[clause.start : first.end("level")])
    parts = [(level, clause.sentence.cut(level[1], stop)) for level, stop in zip(levels, stops, strict=True)]
    yield from _records(clause, parts, manner)


def _records(
    clause: Clause, parts: list[tuple[tuple[int, int], Text]], manner: Manner
) -> Iterator[CertificationRecord]:
    bodies = [_body(rest, manner) for _, rest in parts]
    regions = [list(_regions(rest, manner)) for _, rest in parts]
    for index, ((start, end), rest) in enumerate(parts):
        body = bodies[index] or (bodies[-1] if not any(bodies[:-1]) else None)
        places = regions[index] or (regions[-1] if not any(regions[:-1]) else []) or _ahead(clause, manner)
        date = _when(rest, manner)
        level = quoted(clause.sentence.cut(start, end), PROSE, manner)
        said = say(None, clause.sentence.cut(clause.start, end), PROSE, manner)
        for place in places or [None]:
            yield CertificationRecord(said, level, place, body, date)


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
        while name := re.compile(r"[A-Z][\w.]*\b\.?(?: (?:of )?[A-Z][\w.]*)*").match(rest.value, at):
            place = territory(rest.cut(name.start(), len(name[0].rstrip(".")) + name.start()), PROSE, manner)
            place = place or territory(rest.cut(*name.span()), PROSE, manner)
            if place is None:
                break
            yield place
            more = _AND.match(rest.value, name.end())
            if not more:
                return
            at = more.end()


def _ahead(clause: Clause, manner: Manner) -> list[PlaceRecord]:
    """Return the country that a sentence begins with: "In Canada, the album was certified gold"."""
    sentence = clause.sentence
    match = re.match(r"In (?:the )?(?P<place>[A-Z][\w. ]*?),", sentence.value)
    found = (
        territory(sentence.group(match, "place"), PROSE, manner) if match and match.end() <= clause.start + 1 else None
    )
    return [found] if found else []


def _when(rest: Text, manner: Manner) -> Said[str] | None:
    """Return the date that words behind a level give it."""
    found = [date for date in find_dates(rest.value) if not _VAGUE.search(rest.value[: date.start])]
    if len(found) != 1 or found[0].edtf.startswith(("[", "{")):
        return None
    return say(found[0].edtf, rest.cut(found[0].start, found[0].end), PROSE, manner)

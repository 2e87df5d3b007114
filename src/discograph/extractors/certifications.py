"""Certificates of sales: tables, lists in a section of certifications, and prose with the album as subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors import certification_prose
from discograph.extractors.album_clauses import clauses
from discograph.extractors.base import territory
from discograph.extractors.grids import Cells, Placed, is_of_album, placed, read
from discograph.records import CertificationRecord, Findings, Manner, PlaceRecord, Record, Rule, Said, quoted, say
from discograph.values.certificates import LEVEL, certifier
from discograph.values.dates import find_dates, parse_date
from discograph.values.patterns import DASH
from discograph.wordlists import country

ROW = Rule(
    "certification-row", 'a row of a table headed "Region | Certification", or of a chart table with certifications'
)
LINE = Rule("certification-line", '"US (RIAA): Gold" or "Gold (1996)" in a section of certifications')
RULES = (ROW, LINE, *certification_prose.RULES)

_CELL = re.compile(rf"(?:(?P<who>[^\W\d][\w. ]*):\s*)?(?P<level>(?<![\w-]){LEVEL})", re.IGNORECASE)
_SPLIT = re.compile(rf"\s*[:(),;]\s*|\s+[{DASH}]\s+|\s*[–—]\s*")
_SALES = re.compile(r"[\d,.]+\+?[*^x‡†]?(?: (?:copies|units|sold))?\Z")


def extract(document: Document) -> Findings:
    """Return the certificates of the album that tables, lists and sentences of the page tell of, in order."""
    return Findings(tuple(record for block in placed(document) for record in _block(block, document)))


def _block(placed: Placed, document: Document) -> Iterator[Record]:
    if isinstance(placed.block, Table):
        if not placed.is_of_songs:
            rows = [cells for cells in read(placed.block) if is_of_album(cells, document)]
            for cells in {cells["level"].span(): cells for cells in rows if "level" in cells}.values():
                yield from _row(cells)
        return
    text = placed.block.text
    is_section = placed.is_under("certif") and not placed.is_of_songs
    if is_section and (record := _line(text)):
        yield record
        return
    if not certification_prose.may_tell(text.value):
        return
    for clause in clauses(text, document, implied=is_section):
        yield from certification_prose.grants(clause)


def _row(cells: Cells) -> Iterator[CertificationRecord]:
    """Yield the certificates of a row: each level in its cell, with the country or body before a colon."""
    region, body = _who(cells["country"], is_region=True) if "country" in cells else (None, None)
    if giver := cells.get("body") or cells.get("provider"):
        named, body = _who(giver)
        region, body = region or named, body or (None if named else quoted(giver, ROW))
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

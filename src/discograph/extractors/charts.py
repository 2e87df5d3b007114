"""Placings of the album on charts: tables, lists in a section of charts, and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors import chart_prose, chart_tables
from discograph.extractors.album_clauses import clauses
from discograph.extractors.grids import Placed, placed, years_of
from discograph.records import ChartRecord, Findings, Record, Rule, quoted, say
from discograph.values.chart_names import is_of_songs, is_summary
from discograph.values.patterns import DASH, UPPER
from discograph.values.placings import PLACING, parse_placing

LINE = Rule("chart-line", '"CHART: 5", "CHART – #5 (1996)" or "1996: CHART – 5" in a section of charts')
RULES = (*chart_tables.RULES, LINE, *chart_prose.RULES)

_PEAK = r"(?:peak(?:ed)?(?: position)?(?: at)?:? )?"
_CHART = rf"(?P<chart>[{UPPER}\d][^:\"“”]*?)"
_YEAR = r"(?:\s*\((?P<period>\d{4}[^()]*)\))?"
_LINE = re.compile(
    rf"(?:(?P<year>\d{{4}})(?:\s*[:{DASH}]|,)?\s+)?{_CHART}\s*(?:[:{DASH},]\s*{_PEAK}|\s{_PEAK}(?=[#№]|No\. ))"
    rf"(?P<place>{PLACING}|\d{{1,3}}){_YEAR}\.?\Z",
    re.IGNORECASE,
)
_PLACE_FIRST = re.compile(
    rf"(?P<place>{PLACING})\s*(?:[:{DASH}]|on|in)\s*(?:the )?{_CHART}{_YEAR}\.?\Z",
    re.IGNORECASE,
)
_CHART_NOUN = re.compile(r"\b(?:charts?|albums?|LP['’]?s|200|soundtracks|heatseekers|billboard|jazz)\b", re.IGNORECASE)


def extract(document: Document) -> Findings:
    """Return the placings that tables, lists and sentences of the page tell of, in the order of the text."""
    return Findings(tuple(record for block in placed(document) for record in _block(block, document)))


def _block(placed: Placed, document: Document) -> Iterator[Record]:
    if isinstance(placed.block, Table):
        yield from chart_tables.rows_of(placed, document)
        return
    text = placed.block.text
    is_section = placed.is_under("chart") and not placed.is_of_songs and not placed.is_summary
    if is_section and (entry := _line(text, placed)):
        yield entry
        return
    if not chart_prose.may_tell(text.value):
        return
    for clause in clauses(text, document, implied=is_section):
        yield from chart_prose.placings(clause)


def _line(text: Text, placed: Placed) -> ChartRecord | None:
    """Return the placing that a line of a list gives; None if it is no such line, or of songs."""
    match = _LINE.match(text.value) or _PLACE_FIRST.match(text.value)
    if not match or not _CHART_NOUN.search(match["chart"]) or is_of_songs(text.value) or is_summary(text.value):
        return None
    try:
        number = parse_placing(match["place"])
    except ValueParseError:
        return None
    chart = text.group(match, "chart")
    groups = [name for name in ("year", "period") if match.groupdict().get(name)]
    period = years_of(text.group(match, groups[0]), LINE) if groups else placed.period(chart_tables.PERIOD)
    peak = say(number, text.group(match, "place"), LINE)
    return ChartRecord(say(None, text, LINE), quoted(chart, LINE), peak, period)

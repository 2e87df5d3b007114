"""Chart tables: ``Chart (2024–2025) | Peak position`` (Template:Album chart)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import territory
from discograph.records import ChartRecord, Findings, Manner, PlaceRecord, Record, Rule, Said, quoted, say
from discograph.values.dates import parse_date
from discograph.wordlists import country

ROW = Rule("chart-row", 'a row of a table headed "Chart (period) | Peak position"')
PERIOD = Rule("chart-period", "the period in the head of the chart column holds for every row")
PUBLISHER = Rule("chart-publisher", "brackets behind a chart's name hold who publishes it")
TERRITORY = Rule("chart-territory", "a chart's name begins with the country it is of")
RULES = (ROW, PERIOD, PUBLISHER, TERRITORY)

_CHART_HEAD = re.compile(r"(?:\w+ )?[Cc]harts?(?: \((?P<period>[^()]+)\))?\Z")
_PEAK_HEAD = re.compile(r"(?:[Pp]eak|[Cc]hart|[Hh]ighest)?\s*[Pp]osition\Z")
_NAME = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<publisher>[^()]+)\))?\Z")
_PLACING = re.compile(r"(?:#|No\. ?)?(?P<number>\d{1,3})\Z")


def extract(document: Document) -> Findings:
    """Return the placings of every table of the page whose head names a chart and a position."""
    tables = (b for section in document.lead.walk() for b in section.blocks if isinstance(b, Table))
    return Findings(tuple(record for table in tables for record in _table(table)))


def _table(table: Table) -> Iterator[Record]:
    head, *rows = table.rows
    chart = next((i for i, cell in enumerate(head) if _CHART_HEAD.match(cell.value)), None)
    peak = next((i for i, cell in enumerate(head) if _PEAK_HEAD.match(cell.value)), None)
    if chart is None or peak is None:
        return
    period = _period(head[chart])
    for row in rows:
        if len(row) > max(chart, peak) and (placing := _PLACING.match(row[peak].value)) and row[chart]:
            yield _entry(row[chart], row[peak], int(placing["number"]), period)


def _period(head: Text) -> Said[str] | None:
    match = _CHART_HEAD.match(head.value)
    assert match
    if not match["period"]:
        return None
    try:
        return say(parse_date(match["period"]), head, PERIOD)
    except ValueParseError:
        return None


def _entry(chart: Text, cell: Text, peak: int, period: Said[str] | None) -> ChartRecord:
    match = _NAME.match(chart.value)
    publisher = None
    if match and match["publisher"] and not country(match["publisher"]):
        publisher = quoted(chart.group(match, "publisher"), PUBLISHER, Manner.IMPLIED)
    said = say(None, chart, ROW)
    return ChartRecord(said, quoted(chart, ROW), say(peak, cell, ROW), period, publisher, _territory(chart))


def _territory(chart: Text) -> PlaceRecord | None:
    """Return the country that the first one or two words of a chart's name are of."""
    words = [match.end() for match in re.finditer(r"\S+", chart.value)][:2]
    found = (territory(chart.cut(0, end), TERRITORY, Manner.IMPLIED) for end in reversed(words))
    return next(filter(None, found), None)

"""Tables of placings: "Chart (2024–2025) | Peak position" (Template:Album chart) and its older shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import territory
from discograph.extractors.grids import Cells, Placed, is_date, is_of_album, read, years_of, years_only
from discograph.records import ChartRecord, Manner, PlaceRecord, Record, Rule, Said, quoted, say
from discograph.values.chart_names import is_of_songs, is_summary
from discograph.values.dates import find_dates
from discograph.values.placings import parse_placing
from discograph.wordlists import country

ROW = Rule("chart-row", "a row of a table whose head names a chart, or charts, and a position")
PERIOD = Rule(
    "chart-period", "the period in the head of the chart column, or in words over the table, holds for every row"
)
YEAR = Rule("chart-year", "the cell in the column of years, or in the last row that has one")
PUBLISHER = Rule("chart-publisher", "brackets behind a chart's name, or the column of providers, hold who publishes it")
TERRITORY = Rule("chart-territory", "a chart's name begins with the country it is of, or a column names it")
RULES = (ROW, PERIOD, YEAR, PUBLISHER, TERRITORY)

_IN_BRACKETS = re.compile(r"[^()]+?\s*\((?P<publisher>[^()]+)\)\Z")
_MARK = re.compile(r"\s*(?:\[\w{1,3}\]|[†‡^*])+\Z")
_HEAD_PERIOD = re.compile(r"\((?P<period>[^()]+)\)\Z|\b(?P<year>\d{4}(?:[–/-]\d+)?)\Z")


def rows_of(placed: Placed, document: Document) -> Iterator[Record]:
    """Yield the placings of the album in a table; tables of songs and of a year's end have none."""
    assert isinstance(placed.block, Table)
    if placed.is_of_songs or placed.is_summary:
        return
    for cells in read(placed.block):
        if is_of_album(cells, document):
            yield from _entry(cells, placed)


def _entry(cells: Cells, placed: Placed) -> Iterator[ChartRecord]:
    cell = cells.get("chart") or cells.get("country")
    if cell is None or "peak" not in cells or is_of_songs(cell.value) or is_summary(cell.value):
        return
    chart = cell.cut(0, len(_MARK.sub("", cell.value)))
    try:
        peak = parse_placing(cells["peak"].value)
    except ValueParseError:
        return
    if chart and 0 < peak <= 500 and any(map(str.isalpha, chart.value)):
        said = say(None, chart, ROW)
        place = _territory(chart, cells.get("country"))
        period = _period(cells, placed)
        yield ChartRecord(
            said, quoted(chart, ROW), say(peak, cells["peak"], ROW), period, _publisher(chart, cells), place
        )


def _period(cells: Cells, placed: Placed) -> Said[str] | None:
    """Return the years of a placing: of its row, else of the head, else of the words over the table."""
    if "year" in cells and (found := years_of(cells["year"], YEAR)):
        return found
    if "album" in cells and is_date(cells["album"]):
        return years_of(cells["album"], YEAR)
    head = cells.get("chart head")
    if head and (match := _HEAD_PERIOD.search(head.value)):
        dates = find_dates(match[0])
        years = years_only(dates[0].edtf) if len(dates) == 1 else None
        return say(years, head, PERIOD) if years else None
    return placed.period(PERIOD)


def _publisher(chart: Text, cells: Cells) -> Said[str] | None:
    if cells.get("provider"):
        return quoted(cells["provider"], PUBLISHER)
    match = _IN_BRACKETS.match(chart.value)
    if not match or country(match["publisher"]):
        return None
    return quoted(chart.group(match, "publisher"), PUBLISHER, Manner.IMPLIED)


def _territory(chart: Text, column: Text | None) -> PlaceRecord | None:
    """Return the country of a chart: that of its column, or that which the first words of its name are of."""
    if column and (named := territory(column, TERRITORY)):
        return named
    words = [match.end() for match in re.finditer(r"\S+", chart.value)][:2]
    found = (territory(chart.cut(0, end), TERRITORY, Manner.IMPLIED) for end in reversed(words))
    return next(filter(None, found), None)

"""Tables of releases: "Region | Date | Format | Label | Catalogue", in any order (WP:ALBUMSTYLE, release history)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from discograph.document import Table, Text
from discograph.extractors.base import territory
from discograph.records import PlaceRecord, ReleaseEventRecord, Rule, Said, quoted, say
from discograph.values.carriers import carrier
from discograph.values.dates import find_dates

ROW = Rule("release-row", "a row of a table whose head names a date, and a region, format, label or catalogue number")
RULES = (ROW,)

_NUMBER = r"(?:catalog(?:ue)?|cat\.?)(?: ?(?:no\.?|numbers?|#|code|id))?"
_HEADS = {
    "region": r"(?:region|country|territory|market|area)(?:s|\(s\))?",
    "date": r"(?:release )?(?:date|year)s?(?: of release)?|released|release",
    "format": r"(?:audio )?formats?|media|medium",
    "label": r"(?:record )?labels?(?:\(s\))?|record company",
    "catalogue": rf"{_NUMBER}(?:\(s\))?",
}
_ROLE = {role: re.compile(rf"(?:{pattern})(?:\(s\))?\Z", re.IGNORECASE) for role, pattern in _HEADS.items()}
_OF_OTHERS = re.compile(
    r"(?:titles?|songs?|singles?|albums?|charts?|peak.*|positions?|certifications?|awards?|works?|publications?|ratings?"
    r"|artists?|films?|roles?|results?|directors?|length|writers?.*|producers?.*)\Z",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\W*\Z|n/?a\Z|unknown\Z", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;/\n•·]|\band\b)\s*")
_FORMATS = re.compile(rf"{_PARTS.pattern}|\s*\+\s*")
_MARK = re.compile(r"\s*(?:\[\w{1,3}\]|[†‡^*])+\Z")
_MOST_REGIONS = 12
_MOST_COLUMNS = 8


def rows_of(table: Table) -> Iterator[ReleaseEventRecord]:
    """Yield a release for each row, and each region in it; a table that is not of releases has none.

    A row that is too short has lost cells to a row span; it is read where the cells that it has fit one place only.
    """
    if not table.rows or not (roles := _roles(table.rows[0])):
        return
    before: list[Text | None] = [None] * len(roles)
    for row in table.rows[1:]:
        cells = _aligned(row, roles, before)
        if cells:
            before = cells
            yield from _events({role: cell for role, cell in zip(roles, cells, strict=True) if role and cell})


def _roles(head: Sequence[Text]) -> list[str]:
    """Return what the columns hold; nothing for a head that is not of a table of releases."""
    if any(_OF_OTHERS.match(cell.value) for cell in head):
        return []
    roles = [next((role for role, p in _ROLE.items() if p.match(cell.value)), "") for cell in head]
    known = [role for role in roles if role]
    is_head = "date" in known and {"region", "format"} & {*known} and {"label", "format", "catalogue"} & {*known}
    return roles if is_head and len(known) == len({*known}) else []


def _aligned(row: Sequence[Text], roles: Sequence[str], before: Sequence[Text | None]) -> list[Text | None]:
    """Return the cells of a row by column, lost ones taken from the row before; none if the row fits nowhere."""
    if len(row) >= len(roles) or len(roles) > _MOST_COLUMNS:
        return list(row[: len(roles)])
    fits = [
        places
        for places in combinations(range(len(roles)), len(row))
        if all(_fits(roles[place], cell) for place, cell in zip(places, row, strict=True))
    ]
    if len(fits) != 1:
        return []
    here = dict(zip(fits[0], row, strict=True))
    return [here.get(place, before[place]) for place in range(len(roles))]


def _fits(role: str, cell: Text) -> bool:
    if role == "date":
        return bool(find_dates(cell.value))
    if role == "region":
        return territory(cell, ROW) is not None
    if role == "format":
        return any(map(carrier, _PARTS.split(cell.value)))
    has_digit = any(map(str.isdigit, cell.value))
    return has_digit if role == "catalogue" else not has_digit and not carrier(cell.value)


def _events(cells: dict[str, Text]) -> Iterator[ReleaseEventRecord]:
    cells = {role: cell.cut(0, len(_MARK.sub("", cell.value))) for role, cell in cells.items()}
    dates = find_dates(cells["date"].value) if "date" in cells else []
    if len(dates) != 1:
        return
    when = cells["date"].cut(dates[0].start, dates[0].end)
    labels = tuple(quoted(part, ROW) for part in _named(cells.get("label")))
    for place in _regions(cells.get("region")):
        yield ReleaseEventRecord(
            say(None, when, ROW),
            say(dates[0].edtf, when, ROW),
            place,
            labels,
            edition=_format(cells.get("format")),
            catalogue=_catalogue(cells.get("catalogue")),
        )


def _named(cell: Text | None) -> list[Text]:
    """Return the names in a cell of labels."""
    if cell is None or _EMPTY.match(cell.value):
        return []
    return [part for part in cell.split(_PARTS) if any(map(str.isalpha, part.value))]


def _regions(cell: Text | None) -> list[PlaceRecord | None]:
    """Return the regions of a cell: each that is known; ``None`` alone where it names none."""
    if cell is None:
        return [None]
    found = [place for part in cell.split(_PARTS) if (place := territory(part, ROW))]
    return [*found[:_MOST_REGIONS]] or [territory(cell, ROW)]


def _format(cell: Text | None) -> Said[str] | None:
    """Return the one carrier of a cell; a row of several formats says nothing of one."""
    parts = [part for part in cell.split(_FORMATS) if carrier(part.value)] if cell else []
    return quoted(parts[0], ROW) if len(parts) == 1 else None


def _catalogue(cell: Text | None) -> Said[str] | None:
    is_number = cell is not None and any(map(str.isdigit, cell.value)) and len(cell.value) <= 40
    return quoted(cell, ROW) if cell and is_number else None

"""Gold files: the tables that a person made of a document.

A gold file is JSON: ``{"source": "<file name>", "tables": {"<table>": [row, …]}}``. Every cell is a string, ""
for what the document does not say; a table that is left out is empty. A row may have ``also``, a list of other
values that any of its columns may have, and ``optional`` or ``hedged``: "yes", which is neither rewarded nor
punished. Keys that are no columns are remarks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discograph.errors import SourceError
from discograph.evaluation.measures import MEASURES, Measure

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Gold:
    """The tables that a person made of one document: where they are written, its file name, its rows."""

    path: Path
    source: str
    tables: Tables


def read_golds(places: Iterable[Path]) -> list[Gold]:
    """Return the gold in files and folders, in the order of their paths; a folder's are all below it.

    Raises: SourceError if a place is not there or holds no gold, a file is malformed, or two are of one source.
    """
    golds: dict[str, Gold] = {}
    for path in dict.fromkeys(path for place in places for path in _gold_files(place)):
        gold = read_gold(path)
        if other := golds.get(gold.source):
            raise SourceError(f"{path}: a second gold of {gold.source}; the other is {other.path}")
        golds[gold.source] = gold
    return list(golds.values())


def _gold_files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    files = sorted(place.rglob("*.json"))
    if not files:
        raise SourceError(f"{place}: no gold here; looked for .json")
    return files


def read_gold(path: Path) -> Gold:
    """Return one gold file. Raises: SourceError, with the file and what is wrong."""
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise SourceError(f"{path}: not a gold file: nested too deeply") from error
    if wrong := next(_faults(data), None):
        raise SourceError(f"{path}: {wrong}")
    return Gold(path, data["source"], data["tables"])


def _faults(data: Any) -> Iterator[str]:
    """Yield what keeps data from being a gold file."""
    if not (isinstance(data, dict) and isinstance(data.get("source"), str) and isinstance(data.get("tables"), dict)):
        yield 'not a gold file; it must hold {"source": "<file name>", "tables": {…}}'
        return
    for name, rows in data["tables"].items():
        if name not in MEASURES:
            yield f"unknown table {name!r}; known: {', '.join(MEASURES)}"
        elif not isinstance(rows, list):
            yield f"table {name} is no list of rows"
        else:
            for number, row in enumerate(rows, 1):
                yield from (f"{name}, row {number}: {fault}" for fault in _row_faults(MEASURES[name], row))


def _row_faults(measure: Measure, row: Any) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"expected columns and values, got {row!r}"
        return
    if not set(measure.columns) & row.keys():
        yield f"none of the columns {', '.join(measure.columns)}"
    for column, value in row.items():
        if column != "also" and not isinstance(value, str):
            yield f"{column} must be a string, not {value!r}"
    also = row.get("also", [])
    if not isinstance(also, list) or not all(isinstance(value, str) for value in also):
        yield f"also must be a list of strings, not {also!r}"

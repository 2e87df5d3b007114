"""The flat view: what documents say as tables, answered by the named queries over their graphs.

Each table is the query of its name in ``queries/tables``; its columns are the query's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from discograph.query import Rows, find, run
from discograph.query.sources import merge_graphs
from discograph.rdf import Literal, Quad, Store
from discograph.values.track_ranges import format_track_ranges

TABLES = (
    "album", "artist", "genre", "release", "session", "track", "credit", "neighbour", "length", "chart",
    "certification", "award", "review", "film",
)  # fmt: skip
"""The tables in the order in which they are written."""

Row = dict[str, str]
Tables = dict[str, list[Row]]


def tables_of(quads: Iterable[Quad], names: Iterable[str] = TABLES) -> Tables:
    """Return the tables of one document's graphs.

    Shape: every table asked for is there, an empty one as an empty list; every value is a string, what the
    document does not say is "". ``tables``-columns of track numbers are sorted ranges: ``1-4,7``.
    """
    store = Store()
    store.extend(quads)
    merge_graphs(store)
    return {name: _rows(store, name) for name in names}


def _rows(store: Store, name: str) -> list[Row]:
    named = find(name)
    result = run(store, named.sparql, name=str(named.path))
    assert isinstance(result, Rows)
    rows = [
        {column: _cell(column, term) for column, term in zip(result.variables, row, strict=True)} for row in result.rows
    ]
    return rows if name == "track" else _once(rows)


def _once(rows: list[Row]) -> list[Row]:
    return list({tuple(row.items()): row for row in rows}.values())


def _cell(column: str, term: object) -> str:
    value = term.value if isinstance(term, Literal) else ""
    if column == "tracks" and value:
        return format_track_ranges(tuple(sorted(map(int, value.split()))))
    return value


def write_json(tables: Mapping[str, Tables]) -> bytes:
    """Return tables by source file name as JSON: ``{source: {table: [row, …]}}``, in the order given."""
    return (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode()


def write_csv(tables: Mapping[str, Tables], name: str) -> bytes:
    """Return one table of all sources as CSV (RFC 4180), the source's file name in the first column."""
    text = io.StringIO(newline="")
    rows = [{"source": source, **row} for source, found in tables.items() for row in found[name]]
    named = find(name)
    writer = csv.DictWriter(text, ["source", *columns(named.sparql)])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def columns(sparql: str) -> list[str]:
    """Return the columns of a query in the order of its SELECT."""
    result = run(Store(), sparql)
    assert isinstance(result, Rows)
    return list(result.variables)

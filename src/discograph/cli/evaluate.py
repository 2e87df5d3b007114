"""``discograph evaluate``: how much of what a person read in documents was found, and how much of it is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from discograph.cli.columns import columns
from discograph.cli.options import format_option, input_form_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.errors import SourceError
from discograph.evaluation import KINDS, MEASURES, Count, Gold, Miss, differing, read_golds
from discograph.evaluation import evaluate as compare
from discograph.pipeline import find_documents, map_documents, read_document
from discograph.tables import tables_of

ALL = "ALL"
_EPILOG = """\b
Examples:
  discograph evaluate --gold gold articles
  discograph evaluate --gold gold articles --table credit --errors 20
  discograph evaluate --gold gold/jazz --gold gold/film articles -f json

\b
A gold file is JSON: {"source": "<file name>", "tables": {"<table>": [row, …]}},
with the columns that "discograph tables" writes. A row is found if a row of ours
agrees on the key columns, exact if it agrees on all; case, quotes, dashes and
spaces do not count. "also": […] in a row lists other values that are right,
"optional": "yes" neither rewards nor punishes. P, R and F1 are precision,
recall and their harmonic mean, over the rows of all documents.

\b
JSON is {"documents": n, "tables": {"<table>": {"gold": n, "rows": n,
"found": {"count": n, "precision": x, "recall": x, "f1": x}, "exact": {…}}},
"errors": [{"table", "kind", "source", "gold": row, "row": row, "columns"}]};
the table ALL is the sum.
"""


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "--gold",
    "places",
    metavar="DIR",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with gold files (.json), or one such file; may be repeated.",
)
@click.option(
    "-t", "--table", "names", type=click.Choice(list(MEASURES)), multiple=True, help="Only this table; may be repeated."
)
@click.option(
    "--errors",
    "limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="List up to N rows a table that are missed, N that are wrong and N that differ.",
)
@format_option(("table", "json"), help="How to write the figures.", default="table")
@input_form_option
@quiet_option
def evaluate(
    sources: tuple[Path, ...],
    places: tuple[Path, ...],
    names: tuple[str, ...],
    limit: int,
    format_name: str,
    form: str,
    quiet: bool,
) -> None:
    """Compare what documents say with what a person read in them.

    A SOURCE is a document (text, wikitext, HTML) or a folder of them. Documents without a gold file do not count;
    a gold file without its document is an error. The exit code is 0 whatever the figures.
    """
    golds = read_golds(places)
    paths = _documents_of(golds, sources)
    wanted = tuple(name for name in MEASURES if name in names) or tuple(MEASURES)
    read = [read_document(path, form) for path in track(paths, "reading", quiet=quiet)]
    found = {}
    for document in track(map_documents(read), "asking", quiet=quiet):
        found[document.source.name] = tables_of(document.quads, wanted)
    counts, misses = compare(golds, found, wanted)
    misses = list(_first(misses, limit))
    if format_name == "json":
        click.echo(json.dumps(_json(counts, misses, len(golds)), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{len(golds)} document{'s' * (len(golds) != 1)}\n{_figures(counts)}{_listing(misses)}", nl=False)


def _documents_of(golds: Sequence[Gold], sources: Sequence[Path]) -> list[Path]:
    """Return the documents that have a gold. Raises: SourceError if one is not there, or there twice."""
    paths: dict[str, Path] = {}
    named = {gold.source for gold in golds}
    for path in find_documents(sources):
        if path.name in named and (other := paths.setdefault(path.name, path)) != path:
            raise SourceError(f"{path}: {other} has the same name; gold files tell documents by name")
    for gold in golds:
        if gold.source not in paths:
            raise SourceError(
                f"{gold.path}: its source {gold.source!r} is not among the documents; give it as a SOURCE"
            )
    return list(paths.values())


def _first(misses: Iterable[Miss], limit: int) -> Iterator[Miss]:
    """Yield up to ``limit`` misses a table and kind, table by table, kind by kind."""
    groups: dict[tuple[str, str], list[Miss]] = {(name, kind): [] for name in MEASURES for kind in KINDS}
    for miss in misses:
        groups[miss.table, miss.kind].append(miss)
    for group in groups.values():
        yield from group[:limit]


def _with_all(counts: Mapping[str, Count]) -> dict[str, Count]:
    """Return the counts that are not empty, and their sum if there are several tables to sum up."""
    shown = {name: count for name, count in counts.items() if count.gold or count.rows}
    return shown | ({ALL: sum(counts.values(), Count())} if len(counts) > 1 else {})


def _figures(counts: Mapping[str, Count]) -> str:
    lines: list[tuple[str, ...]] = [("table", "gold", "rows", "found P", "R", "F1", "exact P", "R", "F1")]
    for name, count in _with_all(counts).items():
        figures = (*count.figures(count.found), *count.figures(count.exact))
        lines.append((name, str(count.gold), str(count.rows), *(f"{figure:.3f}" for figure in figures)))
    return columns(lines)


def _listing(misses: Iterable[Miss]) -> str:
    return "".join(f"[{miss.table}] {miss.kind:<7} {miss.source}: {_shown(miss)}\n" for miss in misses)


def _shown(miss: Miss) -> str:
    """Return the cells of a miss; where the rows differ, the gold's before ``<>`` and ours behind it."""
    differ = differing(miss)
    gold = miss.gold or miss.row or {}
    row = miss.row or gold
    cells = [
        f"{column}={gold.get(column, '')}" + (f" <> {row.get(column, '')}" if column in differ else "")
        for column in MEASURES[miss.table].columns
        if gold.get(column) or column in differ
    ]
    return " | ".join(cells)


def _json(counts: Mapping[str, Count], misses: Iterable[Miss], documents: int) -> dict[str, Any]:
    def figures(count: Count, right: int) -> dict[str, float]:
        return {"count": right, **count.figures(right)._asdict()}

    tables = {
        name: {
            "gold": count.gold,
            "rows": count.rows,
            "found": figures(count, count.found),
            "exact": figures(count, count.exact),
        }
        for name, count in _with_all(counts).items()
    }
    errors = [miss._asdict() | {"columns": list(differing(miss))} for miss in misses]
    return {"documents": documents, "tables": tables, "errors": errors}

"""``discograph tables``: what documents say, row by row, for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from discograph.cli.options import format_option, input_form_option, output_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.pipeline import find_documents, map_documents, read_document
from discograph.serializers import write_file
from discograph.tables import TABLES, Tables, tables_of, write_csv, write_json

_EPILOG = """\b
Examples:
  discograph tables seeds > rows.json
  discograph tables articles --table credit -f csv > credits.csv
  discograph tables articles -f csv -o tables

\b
JSON is {"<file name>": {"<table>": [row, …]}}; files with one name are told
apart by their paths. CSV is one file a table: with
--table it goes to standard output, else to the folder that --output names.
"""


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "-t",
    "--table",
    "names",
    type=click.Choice(TABLES),
    multiple=True,
    help="Only this table; may be repeated.",
)
@format_option(("json", "csv"), help="How to write the tables.", default="json")
@output_option(help="File for JSON, folder for CSV, instead of standard output.")
@input_form_option
@quiet_option
def tables(
    sources: tuple[Path, ...],
    names: tuple[str, ...],
    format_name: str,
    output: Path | None,
    form: str,
    quiet: bool,
) -> None:
    """Write what documents say as tables, for a spreadsheet."""
    wanted = tuple(name for name in TABLES if name in names) or TABLES
    if format_name == "csv" and output is None and len(wanted) > 1:
        raise click.UsageError("CSV holds one table: choose it with --table, or name a folder with --output")
    paths = find_documents(sources)
    mapped = map_documents([read_document(path, form) for path in track(paths, "reading", quiet=quiet)])
    found: dict[str, Tables] = {}
    for name, document in zip(_names(paths), track(mapped, "asking", quiet=quiet), strict=True):
        found[name] = tables_of(document.quads, wanted)
    if format_name == "json":
        _emit(write_json(found), output)
        return
    for name in wanted:
        _emit(write_csv(found, name), output / f"{name}.csv" if output else None)


def _names(paths: Sequence[Path]) -> list[str]:
    """Return the names by which tables tell documents: of files with one name, the paths as they were given."""
    count = Counter(path.name for path in paths)
    return [path.name if count[path.name] == 1 else str(path) for path in paths]


def _emit(data: bytes, path: Path | None) -> None:
    if path is None:
        click.echo(data, nl=False)
    else:
        write_file(path, data)

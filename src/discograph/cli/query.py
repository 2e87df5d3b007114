"""``discograph query``: SPARQL over documents, graph files or a store, by name, from a file or inline."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from discograph.cli.options import base_iri_option, format_option, input_form_option, output_option, quiet_option
from discograph.errors import OutputError, QueryError
from discograph.query import FORMATS, Rows, all_named, find, run, write
from discograph.rdf import Literal, Store
from discograph.serializers import write_file
from discograph.vocab import XSD

_QUERY_SUFFIXES = (".rq", ".sparql")
_HOW = "for example: discograph query players seeds"
_EPILOG = """\b
Examples:
  discograph query --list
  discograph query players seeds
  discograph query players seeds --format csv -o players.csv
  discograph query my-question.rq output
  discograph query -e 'SELECT ?title { ?album a dg:Album ; dcterms:title ?title }' output

\b
Prefixes that discograph writes (dg: dcterms: rdfs: instrument: …) need no PREFIX
line. The default graph is the union of all graphs; GRAPH ?g { … } tells them
apart. An ASK prints true or false; no rows are an answer too, and exit 0.
"""


@dataclass(frozen=True, slots=True)
class _Question:
    """A query to run: where it came from, as messages say it, and its text."""

    name: str
    sparql: str


@click.command(epilog=_EPILOG)
@click.argument("arguments", metavar="[NAME|FILE.rq] SOURCE...", nargs=-1)
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself, instead of a name or a file.")
@click.option("--list", "is_list", is_flag=True, help="List the named queries and end.")
@format_option(FORMATS, help="How to write the result [default: table; turtle for CONSTRUCT and DESCRIBE].")
@output_option(help="File to write to, instead of standard output.")
@base_iri_option
@input_form_option
@quiet_option
def query(
    arguments: tuple[str, ...],
    expression: str | None,
    is_list: bool,
    format_name: str | None,
    output: Path | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Ask documents or graphs a question in SPARQL, or by name.

    A SOURCE is a document, a graph file, a folder of them, or a store. The query is a NAME from --list, a
    FILE that ends in .rq or .sparql, or the text after -e.
    """
    width = _terminal_width() if output is None else None
    if is_list:
        _emit(_listing(format_name, width), output)
        return
    question, sources = _question(arguments, expression)
    store = _open(sources, base_iri, form)
    result = run(store, question.sparql, name=question.name, base_iri=base_iri)
    _emit(write(result, format_name, base_iri=base_iri, width=width), output)
    if isinstance(result, Rows) and not result.rows and not quiet:
        click.echo("no rows", err=True)


def _question(arguments: Sequence[str], expression: str | None) -> tuple[_Question, list[Path]]:
    """Return the query and the sources. A named query is looked up before anything is opened."""
    if expression is not None:
        return _Question("query", expression), _sources(arguments)
    if not arguments:
        raise click.UsageError(f"no query: give a name, a file or -e SPARQL; {_HOW}")
    first, rest = arguments[0], arguments[1:]
    path = Path(first)
    if path.suffix in _QUERY_SUFFIXES:
        return _Question(first, _read(path)), _sources(rest)
    if path.exists() and not rest:
        raise click.UsageError(f"no query: {first} is a source; {_HOW}")
    named = find(first)
    return _Question(str(named.path), named.sparql), _sources(rest)


def _sources(arguments: Sequence[str]) -> list[Path]:
    if not arguments:
        raise click.UsageError(f"no SOURCE: say which documents, graph files or store to ask; {_HOW}")
    return [Path(argument) for argument in arguments]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _open(sources: Sequence[Path], base_iri: str, form: str) -> Store:
    from discograph.pipeline import open_store

    return open_store(sources, base_iri=base_iri, form=form)


def _listing(format_name: str | None, width: int | None) -> bytes:
    """Return the named queries as a result; the table leaves out the questions, which are long."""
    variables = ("number", "name", "summary", "question")[: 3 if format_name in (None, "table") else 4]
    rows = []
    for named in all_named():
        number = None if named.number is None else Literal(str(named.number), datatype=XSD.integer)
        question = None if named.question is None else Literal(named.question)
        row = (number, Literal(named.name), Literal(named.summary), question)
        rows.append(row[: len(variables)])
    return write(Rows(variables, tuple(rows)), format_name, width=width)


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _emit(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
        return
    if not output.parent.is_dir():
        raise OutputError(f"{output}: cannot be written: there is no folder {output.parent}; make it first")
    write_file(output, data)

"""``discograph query``: SPARQL over documents, graphs, a store or an endpoint, by name, from a file or inline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from discograph.cli.options import base_iri_option, format_option, input_form_option, output_option, quiet_option
from discograph.cli.paging import show, terminal_width
from discograph.cli.question import Asked, described, read_arguments
from discograph.errors import OutputError, QueryError
from discograph.query import (
    FORMATS,
    Dataset,
    LocalDataset,
    NamedQuery,
    Rows,
    all_named,
    answer,
    bind,
    bound_terms,
    is_graph_source,
    is_store,
    open_graphs,
    within,
    write,
)
from discograph.query.folding import fold
from discograph.query.sources import is_endpoint
from discograph.rdf import Literal, Store
from discograph.vocab import XSD

_EPILOG = """\b
Examples:
  discograph query --list
  discograph query who-plays-what seeds
  discograph query who-played seeds --track 5 --format csv -o players.csv
  discograph query shortest-chain store --from "ann lee" --to "bo day"
  discograph query my-question.rq output
  discograph query labels http://localhost:7878/query
  discograph query -e 'SELECT ?title { ?album a dg:Album ; dcterms:title ?title }' output

\b
A parameter that names a thing takes any of its names, case and accents aside,
or its IRI; several things of one name are listed. A file's parameters are its
lines '#+ parameter: name kind what it is' (docs/queries.md).
Prefixes that discograph writes (dg: dcterms: rdfs: instrument: …) need no PREFIX
line. The default graph is the union of all graphs; GRAPH ?g { … } tells them
apart. An ASK prints true or false; no rows are an answer too, and exit 0.
"""


@click.command(epilog=_EPILOG, context_settings={"ignore_unknown_options": True})
@click.argument(
    "arguments", metavar="[NAME|FILE.rq] SOURCE... [--PARAMETER VALUE]...", nargs=-1, type=click.UNPROCESSED
)
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself, instead of a name or a file.")
@click.option("--list", "is_list", is_flag=True, help="List the named queries, or those with the words given, and end.")
@format_option(FORMATS, help="How to write the result [default: table; turtle for CONSTRUCT and DESCRIBE].")
@output_option(help="File to write to, instead of standard output.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after this time [default: never].",
)
@click.option("--explain", is_flag=True, help="Show the engine's plan, with rows and times, instead of the result.")
@click.option(
    "--width", type=click.IntRange(min=0), help="Columns of a table, 0 for no limit [default: the terminal's]."
)
@click.option(
    "--pager/--no-pager", "is_paged", default=None, help="Page the result [default: if it outgrows a terminal]."
)
@base_iri_option
@input_form_option
@quiet_option
def query(
    arguments: tuple[str, ...],
    expression: str | None,
    is_list: bool,
    format_name: str | None,
    output: Path | None,
    timeout: float | None,
    explain: bool,
    width: int | None,
    is_paged: bool | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Ask documents or graphs a question in SPARQL, or by name.

    A SOURCE is a document, a graph file (.gz too), a folder of them, a store, or the address of a SPARQL
    endpoint. The query is a NAME from --list, a FILE that ends in .rq or .sparql, or the text after -e.
    """
    columns = (width or None) if width is not None else terminal_width() if output is None else None
    if is_list:
        _emit(_listing(arguments, format_name, columns), output, is_paged)
        return
    asked = read_arguments(arguments, expression)
    dataset = _open(asked.sources, base_iri, form, timeout)
    if explain:
        _emit(_plan(dataset, asked, base_iri, timeout), output, is_paged)
        return
    result = within(timeout, lambda: answer(dataset, asked.question, asked.given, base_iri=base_iri))
    _emit(write(result, format_name, base_iri=base_iri, width=columns), output, is_paged)
    if isinstance(result, Rows) and not result.rows and not quiet:
        click.echo("no rows", err=True)


def _open(sources: Sequence[str], base_iri: str, form: str, timeout: float | None) -> Dataset:
    if is_endpoint(sources[0]):
        from discograph.query.remote import Endpoint  # httpx takes longer to start than a look-up

        return Endpoint(sources[0], timeout)
    return LocalDataset(_store([Path(source) for source in sources], base_iri, form))


def _store(paths: Sequence[Path], base_iri: str, form: str) -> Store:
    if all(map(is_graph_source, paths)):  # without the pipeline, whose word lists take a while to load
        return open_graphs(paths)
    from discograph.pipeline import open_store

    return open_store(paths, base_iri=base_iri, form=form)


def _plan(dataset: Dataset, asked: Asked, base_iri: str, timeout: float | None) -> bytes:
    if not isinstance(dataset, LocalDataset):
        raise QueryError(f"{asked.sources[0]}: an endpoint tells no plan; ask a store folder or a graph file")
    from discograph.query.explain import explain

    question = asked.question
    sparql = bind(question.sparql, bound_terms(dataset, question, asked.given, base_iri))
    folder = Path(asked.sources[0]) if len(asked.sources) == 1 and is_store(Path(asked.sources[0])) else None
    plan = explain(dataset.store, sparql, folder=folder, name=question.name, base_iri=base_iri, timeout_seconds=timeout)
    return plan.encode()


def _listing(words: Sequence[str], format_name: str | None, width: int | None) -> bytes:
    """Return the named queries as a result; the table has the question alone, the rest the summary, too."""
    is_table = format_name in (None, "table")
    variables = ("number", "name", "question", "parameters", *(() if is_table else ("summary",)))
    rows = [_listed(named, is_table)[: len(variables)] for named in all_named() if _has_words(named, words)]
    return write(Rows(variables, tuple(rows)), format_name, width=width)


def _has_words(named: NamedQuery, words: Sequence[str]) -> bool:
    text = fold(f"{named.name} {named.summary} {named.question or ''}")
    return all(fold(word) in text for word in words)


def _listed(named: NamedQuery, is_table: bool) -> tuple[Literal | None, ...]:
    number = None if named.number is None else Literal(str(named.number), datatype=XSD.integer)
    question = named.question or (named.summary if is_table else None)
    shown = None if question is None else Literal(question)
    return number, Literal(named.name), shown, Literal(described(named.parameters)), Literal(named.summary)


def _emit(data: bytes, output: Path | None, is_paged: bool | None) -> None:
    if output is None:
        show(data, is_paged=is_paged)
        return
    if not output.parent.is_dir():
        raise OutputError(f"{output}: cannot be written: there is no folder {output.parent}; make it first")
    from discograph.serializers.files import write_file

    write_file(output, data)

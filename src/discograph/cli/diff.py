"""``discograph diff``: what changed from one export to another, in album terms."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from discograph.cli.options import base_iri_option, format_option, input_form_option, output_option, quiet_option
from discograph.diff import as_json, as_markdown, as_text, check_out, parse_revision, summary
from discograph.diff import diff as compare
from discograph.errors import SourceError
from discograph.pipeline import open_store, split_sources
from discograph.provenance import Provenance
from discograph.query import is_graph_file, is_graph_source
from discograph.serializers import FORMATS as GRAPH_FORMATS
from discograph.serializers import write_file

_EPILOG = """\b
Examples:
  discograph diff old-output output
  discograph diff git:HEAD output
  discograph diff git:v1.0 git:v2.0:output -f markdown
  discograph diff git:main:seeds seeds --places

\b
OLD and NEW are each a graph file, a document, a folder of either, a store, or a
path at a git revision: git:REV[:PATH] (PATH is output unless you say so), or
REV:PATH as git spells it. PATH is relative to the current folder. Of a folder
that holds one export in several formats, the fullest is read: TriG or N-Quads.

\b
+ came, - went, ~ changed. Where words stand in the text and which rule read them
is no difference; how they say it (stated, implied, hedged …) is, where both
sides have claims.

\b
Exit codes: 0 no difference, 1 a difference, 2 wrong usage, 3 could not do it.
"""
_DATASETS = tuple(f".{fmt.extension}" for fmt in GRAPH_FORMATS if fmt.supports_datasets)


@click.command(epilog=_EPILOG)
@click.argument("old")
@click.argument("new")
@format_option(("text", "markdown", "json"), help="How to write it.", default="text")
@click.option("--places", "with_places", is_flag=True, help="Say where the new words stand: file:line:column.")
@output_option(help="File to write to, instead of standard output.")
@base_iri_option
@input_form_option
@quiet_option
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    format_name: str,
    with_places: bool,
    output: Path | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Show what changed from one export to another, in album terms."""
    with ExitStack() as stack:
        difference = compare(*(_open(name, stack, base_iri, form) for name in (old, new)))
        if format_name == "json":
            text = as_json(difference, old=old, new=new)
        elif format_name == "markdown":
            text = as_markdown(difference, with_places=with_places)
        else:
            is_styled = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            text = as_text(difference, is_styled=is_styled, with_places=with_places)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode())
    if not quiet and not difference.has_manners:
        click.echo("one side has no claims: only facts are compared, not how they are said", err=True)
    if not quiet and (not difference.changes or output is not None):
        click.echo(summary(difference), err=True)
    context.exit(1 if difference.changes else 0)


def _open(name: str, stack: ExitStack, base_iri: str, form: str) -> Provenance:
    """Return what a path, or a path at a git revision, holds."""
    path = Path(name)
    if not path.exists():
        revision = parse_revision(name)
        if revision is None:
            raise SourceError(f"{name}: no such file or folder; a git revision is git:REV[:PATH]")
        path = check_out(revision, Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="discograph-"))))
    return Provenance(open_store(_fullest(path), base_iri=base_iri, form=form))


def _fullest(path: Path) -> list[Path]:
    """Return the sources to read: of a folder's graph files with one stem only those with claims, if there are such."""
    if not path.is_dir() or is_graph_source(path) or split_sources([path])[0]:
        return [path]
    files = sorted(file for file in path.rglob("*") if is_graph_file(file))
    datasets = {file.with_suffix("") for file in files if file.suffix in _DATASETS}
    chosen = [file for file in files if file.suffix in _DATASETS or file.with_suffix("") not in datasets]
    return chosen or [path]

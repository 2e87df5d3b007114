"""``discograph explain``: all that is known of a thing or a triple, with the words that say it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from discograph.cli.options import base_iri_option, format_option, input_form_option
from discograph.cli.registry import registry_of, registry_option
from discograph.document import Source
from discograph.errors import SourceError
from discograph.explain import (
    Fact,
    Finder,
    Hit,
    Page,
    Texts,
    explain_triple,
    explanation_as_json,
    hits_as_json,
    hits_as_text,
    thing_as_text,
    why_as_json,
    why_as_text,
    write_json,
)
from discograph.explain import explain as explain_thing
from discograph.mapping.registry import Registry
from discograph.pipeline import find_documents, map_documents, read_document, split_sources
from discograph.provenance import Names, Provenance
from discograph.query import open_graphs
from discograph.rdf import NamedNode
from discograph.readers import read_source

_DEFAULTS = ("seeds", "output")
_WIDTH = 100
_EPILOG = """\b
Examples:
  discograph explain 'Barney Wilen'
  discograph explain person:barney-wilen output --sources seeds
  discograph explain 'jazz track' --class album --store graphs
  discograph explain --why 'Jazz Track' label Columbia seeds

\b
Without a SOURCE, the folder seeds or else output of the current folder is asked.
WORDS are compared with names, titles and other names, without regard to case and
accents. A fact is stated, implied, hedged, an opinion, negated or derived; "curated"
is what a person read. The lines that quotes stand in are shown where the text is at
hand: for documents always, for graphs with --sources (or from the folder seeds).

\b
Exit codes: 0 explained, or a list to choose from; 1 the sources do not say what
--why asks for; 2 wrong usage; 3 nothing of that name, or a source that cannot be read.
"""


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was opened: statements, names, and the texts behind them."""

    statements: Provenance
    names: Names
    finder: Finder
    texts: Texts


@click.command(epilog=_EPILOG)
@click.argument("arguments", metavar="[WORDS|IRI] [SOURCE...]", nargs=-1)
@click.option(
    "--why",
    nargs=3,
    metavar="SUBJECT PREDICATE OBJECT",
    help="Explain one triple instead of a thing; each part is an IRI, prefix:name or words.",
)
@click.option(
    "--store",
    "stores",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Store to ask, like a SOURCE; may be repeated.",
)
@click.option(
    "--sources",
    "documents",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with the documents that graphs were made from; may be repeated.",
)
@click.option("--class", "class_name", metavar="CLASS", help="Only things of this class: album, film, person …")
@click.option("--all", "is_whole", is_flag=True, help="Explain every thing that WORDS find, and cut no list short.")
@format_option(("text", "json"), help="How to write it.", default="text")
@registry_option
@base_iri_option
@input_form_option
@click.pass_context
def explain(
    context: click.Context,
    arguments: tuple[str, ...],
    why: tuple[str, str, str] | None,
    stores: tuple[Path, ...],
    documents: tuple[Path, ...],
    class_name: str | None,
    is_whole: bool,
    format_name: str,
    registry_file: Path | None,
    base_iri: str,
    form: str,
) -> None:
    """Show all that is known of a thing, with the words that say so.

    A SOURCE is a document, a graph file, a folder of either, or a store.
    """
    if not why and not arguments:
        raise click.UsageError("say what to explain: WORDS or an IRI; for example: discograph explain 'Miles Davis'")
    words, sources = ("", arguments) if why else (arguments[0], arguments[1:])
    with registry_of(registry_file, is_kept=False) as registry:
        opened = _open([*map(Path, sources), *stores], documents, base_iri, registry, form)
    page = _page(opened, is_whole)
    if why:
        facts = _asked(opened, why)
        if not facts:
            click.echo(_not_said(opened, why), err=True)
        _emit(why_as_text(facts, page), why_as_json(facts, page.names, page.texts, page.rules), format_name)
        context.exit(0 if facts else 1)
    hits = _chosen(opened, words, class_name)
    if len(hits) > 1 and not is_whole:
        _emit(hits_as_text(hits, words, opened.names), hits_as_json(hits, opened.names), format_name)
        return
    found = [explain_thing(opened.statements, opened.names, hit.node) for hit in hits]
    as_json = [explanation_as_json(one, page.names, page.texts, page.rules) for one in found]
    _emit("\n".join(thing_as_text(one, page) for one in found), as_json[0] if len(hits) == 1 else as_json, format_name)


def _open(
    sources: Sequence[Path], documents: Sequence[Path], base_iri: str, registry: Registry | None, form: str
) -> _Opened:
    paths, graphs = split_sources(sources or [_default()])
    texts = Texts()
    read = [read_document(path, form) for path in paths]
    mapped = map_documents(read, base_iri, registry)
    for path, document in zip(paths, mapped, strict=True):
        texts.add(document.iri, path, document.source)
    store = open_graphs(graphs, also=(quad for document in mapped for quad in document.quads))
    statements = Provenance(store)
    if graphs:
        texts.match(statements, _files(documents))
        for path in texts.changed:
            click.echo(f"{path}: has changed since the graph was made of it; its lines are not shown", err=True)
    names = Names(statements, base_iri)
    return _Opened(statements, names, Finder(statements, names, base_iri), texts)


def _default() -> Path:
    found = next((Path(name) for name in _DEFAULTS if Path(name).is_dir()), None)
    if found is None:
        raise SourceError(f"no SOURCE is named, and there is no folder {' or '.join(_DEFAULTS)} here; name a source")
    return found


def _files(documents: Sequence[Path]) -> Iterator[tuple[Path, Source]]:
    """Yield the texts to look for quotes in: those of ``--sources``, else of the folder ``seeds`` if it is there."""
    folders = list(documents) or [path for path in [Path(_DEFAULTS[0])] if path.is_dir() and any(path.rglob("*.txt"))]
    for path in find_documents(folders) if folders else ():
        yield path, read_source(path)


def _page(opened: _Opened, is_whole: bool) -> Page:
    from discograph.extractors import RULES

    is_styled = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    rules = {name: rule.summary for name, rule in RULES.items()}
    return Page(opened.names, opened.texts, width, is_styled, rules, is_whole)


def _chosen(opened: _Opened, words: str, class_name: str | None) -> list[Hit]:
    hits = opened.finder.things(words)
    if class_name is None:
        return hits
    found = [hit for hit in hits if class_name.casefold() in map(str.casefold, hit.classes)]
    if not found:
        classes = sorted({cls for hit in hits for cls in hit.classes})
        raise SourceError(f"nothing called {words!r} is of class {class_name!r}; there is: {', '.join(classes)}")
    return found


def _asked(opened: _Opened, why: tuple[str, str, str]) -> list[Fact]:
    """Return the triples that ``--why`` means."""
    subject, predicate, value = why
    predicates = opened.finder.predicates(predicate)
    found: list[Fact] = []
    for node in _subjects(opened, subject):
        for triple in opened.statements.about(node):
            if triple.predicate in predicates and opened.finder.matches(triple.object, value):
                fact = explain_triple(opened.statements, opened.names, triple)
                found += [fact] if fact else []
    return found


def _subjects(opened: _Opened, words: str) -> list[NamedNode]:
    return opened.finder.exactly(words) or [hit.node for hit in opened.finder.things(words)]


def _not_said(opened: _Opened, why: tuple[str, str, str]) -> str:
    """Return what to tell where nothing says the triple: what is said instead."""
    subject, predicate, _ = why
    predicates = opened.finder.predicates(predicate)
    names = opened.names
    values = [
        names.of(triple.object)
        for node in _subjects(opened, subject)
        for triple in opened.statements.about(node)
        if triple.predicate in predicates
    ]
    instead = f"; {names.of(predicates[0])} is {', '.join(dict.fromkeys(values))}" if values else ""
    return f"these sources do not say: {' — '.join(why)}{instead}"


def _emit(text: str, as_json: Any, format_name: str) -> None:
    click.echo(write_json(as_json) if format_name == "json" else text, nl=False)

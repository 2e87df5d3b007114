"""``discograph coverage``: what of documents was understood, and what nobody reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from typing import Any

import click

from discograph.cli.columns import columns
from discograph.cli.options import format_option, input_form_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.coverage import OPENING_WORDS, Counts, Coverage, Ratio, Tally, Unit, coverage_of, tally
from discograph.pipeline import find_documents, map_documents, read_document

_EPILOG = """\b
Examples:
  discograph coverage articles
  discograph coverage articles --top 50 --unread 200
  discograph coverage article.txt -f json

\b
A sentence, list entry, table row or infobox field is read if a word of it is
evidence of a claim. What stands under References, See also and the like is
counted apart; documents that are about no album are named and not counted.

\b
JSON is {"documents": [{"name", "form", "albums", "lines": {"read", "total"},
"sentences", "entries", "rows", "fields", "references", "characters",
"<list>": [{"name", "place"}]}], "total": the same sums, "without_album": [name],
"<list>": [{"name", "count", "places": ["file:line:column"]}], "unread":
[{"place", "kind", "words"}]}; the lists are keys, headings, functions, losses,
problems, openings.
"""

_LISTS = {
    "keys": "infobox keys that nobody knows",
    "headings": "section headings that nobody knows",
    "functions": "instruments and roles that nobody knows",
    "templates": "templates that nobody knows",
    "parameters": "parameters of templates that nobody reads",
    "losses": "losses of the rendering",
    "problems": "problems",
    "openings": f"first {OPENING_WORDS} words of sentences that nobody reads",
}
_COUNTS = tuple(field.name for field in fields(Counts))


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many names each list holds, the most frequent first.",
)
@click.option(
    "--unread",
    "limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="Print up to N sentences, entries, rows and fields that nobody reads, in the order of the text.",
)
@format_option(("table", "json"), help="How to write it.", default="table")
@input_form_option
@quiet_option
def coverage(sources: tuple[Path, ...], top: int, limit: int, format_name: str, form: str, quiet: bool) -> None:
    """Show what of documents nobody reads.

    A SOURCE is a document (text, wikitext, HTML) or a folder of them.
    """
    read = [read_document(path, form) for path in track(find_documents(sources), "reading", quiet=quiet)]
    mapped = map_documents(read)
    found = [
        coverage_of(str(one.path), one.document, one.page, graph.quads)
        for one, graph in track(list(zip(read, mapped, strict=True)), "measuring", quiet=quiet)
    ]
    lists = {name: tally(mention for one in found for mention in getattr(one, name)) for name in _LISTS}
    unread = list(islice((part for one in found for part in one.unread), limit))
    if format_name == "json":
        click.echo(json.dumps(_json(found, lists, unread, top), ensure_ascii=False, indent=1))
    else:
        click.echo("".join(_report(found, lists, unread, top)), nl=False)


Lists = dict[str, list[Tally]]
Unread = Sequence[tuple[Unit, str]]


def _total(found: Sequence[Coverage]) -> Counts:
    return sum((one.counts for one in found), Counts())


def _report(found: Sequence[Coverage], lists: Lists, unread: Unread, top: int) -> Iterator[str]:
    about = [one for one in found if one.albums]
    total = _total(about)
    lines = [("document", *_COUNTS), *((one.name, *_cells(one.counts)) for one in about)]
    lines.append((f"total: {len(about)} about albums, {len(found) - len(about)} not", *_cells(total)))
    lines.append(("", *(_percent(getattr(total, name)) for name in _COUNTS)))
    yield columns(lines)
    if len(about) < len(found):
        yield f"\nno album in {len(found) - len(about)}\n"
        yield "".join(f"  {one.name}\n" for one in found if not one.albums)
    for name, title in _LISTS.items():
        if shown := lists[name][:top]:
            of = f", {len(shown)} of {len(lists[name])} names" if len(shown) < len(lists[name]) else ""
            yield f"\n{title}: {sum(entry.count for entry in lists[name])}{of}\n"
            yield from (f"  {entry.count:5}  {entry.name}  {_places(entry)}\n" for entry in shown)
    if unread:
        yield "\nwhat nobody reads\n"
        yield from (f"{place}: {unit.kind}: {unit.words}\n" for unit, place in unread)


def _cells(counts: Counts) -> list[str]:
    return [f"{ratio.read}/{ratio.total}" if ratio.total else "-" for ratio in _ratios(counts)]


def _ratios(counts: Counts) -> Iterator[Ratio]:
    return (getattr(counts, name) for name in _COUNTS)


def _percent(ratio: Ratio) -> str:
    return f"{ratio.read / ratio.total:.1%}" if ratio.total else "-"


def _places(entry: Tally) -> str:
    return entry.places[0] + (" …" if len(entry.places) > 1 else "")


def _json(found: Sequence[Coverage], lists: Lists, unread: Unread, top: int) -> dict[str, Any]:
    def ratios(counts: Counts) -> dict[str, Any]:
        return {name: ratio._asdict() for name, ratio in zip(_COUNTS, _ratios(counts), strict=True)}

    about = [one for one in found if one.albums]
    return {
        "documents": [
            {"name": one.name, "form": one.form, "albums": one.albums}
            | ratios(one.counts)
            | {name: [mention._asdict() for mention in getattr(one, name)] for name in _LISTS}
            for one in about
        ],
        "total": ratios(_total(about)),
        "without_album": [one.name for one in found if not one.albums],
        **{name: [asdict(entry) for entry in entries[:top]] for name, entries in lists.items()},
        "unread": [{"place": place, "kind": unit.kind, "words": unit.words} for unit, place in unread],
    }

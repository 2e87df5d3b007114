"""Whole export of wikitext pages against mwparserfromhell's bare parse of the same pages.

Usage: python benchmarks/wikitext.py SOURCE…    (.wiki files, folders of them, MediaWiki XML dumps, also .bz2)
Export: read, extract, assemble, map, and write N-Quads with claims, one document at a time, in this process.
The figure is the median of the pages' ratios, of each page the median of the rounds.
"""

from __future__ import annotations

import bz2
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from re import DOTALL, findall
from statistics import median
from time import perf_counter

import mwparserfromhell

from discograph.cli import collect_seldom
from discograph.document import Source
from discograph.pipeline import Read, map_documents, page_of
from discograph.readers import read
from discograph.serializers import format_by_name, serialize

SMALLEST, LARGEST = 5_000, 90_000
ROUNDS = 3


def main(names: list[str]) -> None:
    """Measure, and print the ratios."""
    pages = [page for name in names for page in pages_of(Path(name)) if SMALLEST <= len(page) <= LARGEST]
    if not pages:
        sys.exit(f"no page of {SMALLEST}-{LARGEST} characters in {' '.join(names) or 'nothing'}")
    collect_seldom()  # as the command line does; for both sides
    sources = [Source(f"page{number}.wiki", text) for number, text in enumerate(pages)]
    sides = {"parse": lambda source: mwparserfromhell.parse(source.text), "read": read, "export": export}
    times: dict[str, list[list[float]]] = {name: [[] for _ in sources] for name in sides}
    for _ in range(ROUNDS):  # page after page, so that no side finds a page in a cache
        for name, side in sides.items():
            for number, source in enumerate(sources):
                start = perf_counter()
                side(source)
                times[name][number].append(perf_counter() - start)
    parse = [median(page) for page in times.pop("parse")]
    print(f"{len(pages)} pages, {sum(map(len, pages)) / 1e6:.2f} M characters")
    for name, found in times.items():
        ratios = [median(page) / base for page, base in zip(found, parse, strict=True)]
        spread = f"from {min(ratios):.2f} to {max(ratios):.2f}"
        print(f"{name}: {median(ratios):.2f} x mwparserfromhell's parse ({spread})")


def export(source: Source) -> None:
    """Do all that ``discograph export`` does with a page, but for the checks and the writing of the file."""
    document = read(source)
    mapped = map_documents([Read(Path(source.name), document, page_of(document), None)])
    serialize(mapped[0].statements, format_by_name("nquads"))


def pages_of(path: Path) -> Iterator[str]:
    """Yield the wikitext of pages."""
    if path.is_dir():
        for inner in sorted(path.rglob("*.wiki")):
            yield inner.read_text(encoding="utf-8")
    elif path.suffix in (".xml", ".bz2"):
        data = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
        yield from map(unescape, findall(r"<text[^>]*>(.*?)</text>", data.decode("utf-8"), DOTALL))
    else:
        yield path.read_text(encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

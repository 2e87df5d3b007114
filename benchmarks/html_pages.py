"""How fast a page of HTML becomes a Document, and N-Quads with claims, against lxml merely parsing the same page.

Run ``python benchmarks/html_pages.py [FOLDER]`` on a folder of pages, those of the test cases if none is named. One
process and one core; the sides take turns on each page, and the median of the runs counts. ``--hostile`` measures
instead how the time over hostile pages grows when they are ten times as long. Times are CPU times.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import lxml.html

from discograph.document import Source
from discograph.pipeline import Read, map_documents, page_of
from discograph.readers.html import read_html
from discograph.readers.html.tokens import Tags
from discograph.readers.source import read_source
from discograph.readers.titles import titled
from discograph.serializers import format_by_name, serialize

PAGES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "readers" / "html"
NQUADS = format_by_name("nquads")
GROWTH = 12.0
READING, EXPORT = 3.0, 3.0
HOSTILE: dict[str, str] = {
    "nested divisions": "<div>",
    "nested tables": "<table><tr><td>",
    "nested lists": "<ul><li>x",
    "nested infoboxes": "<table class=infobox><tr><th>Label</th><td>",
    "nested frames": "<table class=infobox><tr><th>A</th><td><div class=NavFrame>",
    "end tags without start": "<div></span>",
    "links that nobody ends": '<a href="/wiki/A">x',
    "quotation marks that nobody ends": '<a ="',
    "open tags": "<a ",
    "comments that nobody ends": "<!--",
    "scripts that nobody ends": "<script ",
    "entities": "&amp;&#;",
    "one line": "word and word. ",
    "lines": "x<br>",
    "cells that span all": '<table><tr><td rowspan="9999" colspan="9999">x',
    "references": '<sup class="reference"><a href="#cite_note-1">1</a></sup><ol><li id="cite_note-1">x',
}


def export(source: Source, path: Path) -> bytes:
    """Return the N-Quads of a page, as ``discograph export --format nquads`` writes them, without the checks."""
    document = titled(read_html(source), path)
    (mapped,) = map_documents([Read(path, document, page_of(document), None)])
    return serialize(mapped.quads, NQUADS)


def feed(text: str) -> None:
    """Let the parser of the standard library find the tags of a page."""
    parser = HTMLParser()
    parser.feed(text)
    parser.close()


def milliseconds(measured: Callable[[], object]) -> float:
    """Return the CPU time of one run."""
    start = time.process_time()
    measured()
    return (time.process_time() - start) * 1000


def measure(path: Path, repeats: int) -> dict[str, float]:
    """Return the median time that each side takes for a page."""
    source = read_source(path)
    text = source.text
    sides: dict[str, Callable[[], object]] = {
        "lxml": lambda: lxml.html.document_fromstring(text),
        "html.parser": lambda: feed(text),
        "tags": lambda: Tags(text),
        "read": lambda: read_html(source),
        "export": lambda: export(source, path),
    }
    runs = [{name: milliseconds(side) for name, side in sides.items()} for _ in range(repeats)]
    return {name: statistics.median(run[name] for run in runs) for name in sides}


def growth(repeats: int) -> None:
    """Print how many times as long hostile pages take at ten times the length."""
    for name, bit in HOSTILE.items():
        pages = [Source("x.html", bit * n) for n in (10_000, 100_000)]
        few, many = (
            statistics.median(milliseconds(partial(read_html, page)) for _ in range(repeats)) for page in pages
        )
        verdict = "" if many <= GROWTH * few else f"   more than {GROWTH:g}"
        print(f"{name:34} {few:9.1f} ms {many:9.1f} ms   {many / few:5.1f}{verdict}")


def main() -> None:
    """Measure, and print each time and ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES, help="folder of pages (default: the test cases)")
    parser.add_argument("--repeats", type=int, default=7, help="runs of each side (default: 7)")
    parser.add_argument("--hostile", action="store_true", help="hostile pages at one and ten times their length")
    options = parser.parse_args()
    if options.hostile:
        growth(min(options.repeats, 3))
        return
    ratios: dict[str, list[float]] = {"html.parser": [], "tags": [], "read": [], "export": []}
    print(f"{'page':30} {'kB':>6} {'lxml':>8} " + " ".join(f"{name:>18}" for name in ratios))
    for path in sorted(options.folder.glob("*.htm*")):
        times = measure(path, options.repeats)
        for name, found in ratios.items():
            found.append(times[name] / times["lxml"])
        shown = " ".join(f"{times[name]:8.2f} ms {found[-1]:5.1f} x" for name, found in ratios.items())
        print(f"{path.stem[:30]:30} {path.stat().st_size / 1000:6.1f} {times['lxml']:5.2f} ms {shown}")
    for name, target in (("read", READING), ("export", EXPORT)):
        ratio = statistics.median(ratios[name])
        print(f"{name}: median {ratio:.1f} times lxml's parse; target at most {target:g}")


if __name__ == "__main__":
    main()

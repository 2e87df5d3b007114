"""How the time to read hostile pages grows: at ten times the size it should be at most twelve times as long.

Usage: python benchmarks/hostile.py [--size N]    (N marks in the small page, 10 N in the large one)
"""

from __future__ import annotations

import argparse
from time import perf_counter

from discograph.document import Source
from discograph.pipeline import page_of
from discograph.readers import read

SHAPES = {
    "{{ never closed": lambda n: "{{" * n,
    "{{small| in each other": lambda n: "{{small|" * n + "x" + "}}" * n,
    "[[ in each other": lambda n: "[[a|" * n + "x" + "]]" * n,
    "[[ never closed": lambda n: "[[" * n,
    "{| in each other": lambda n: "{|\n|" * n + "\n|}" * n,
    "{| never closed": lambda n: "\n{|" * n,
    "<ref> never closed": lambda n: "<ref>" * n,
    "<!-- never closed": lambda n: "<!--" * n,
    "[http: never closed": lambda n: "[http://" * n,
    "apostrophes": lambda n: "'" * n,
    "cells of one row": lambda n: "{|\n" + "||" * n + "\n|}",
    "lines of a paragraph": lambda n: "Tide\n" * n,
    "sentences in one line": lambda n: "Blue Harbour is an album by [[Ada Moss]]. " * n,
}
FEWEST_MS = 20  # a shorter run is noise


def main() -> None:
    """Measure, and print each ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=5_000)
    size = parser.parse_args().size
    for name, page in SHAPES.items():
        small, large = seconds(page(size)), seconds(page(10 * size))
        told = f"{large / small:.1f} x" if small * 1000 >= FEWEST_MS else "too short to tell"
        print(f"{name}: {small * 1000:.0f} ms, ten times the size {large * 1000:.0f} ms: {told}")


def seconds(text: str) -> float:
    """Return the shortest of three times to read a page and all that it says."""
    times = []
    for _ in range(3):
        start = perf_counter()
        page_of(read(Source("page.wiki", text)))
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()

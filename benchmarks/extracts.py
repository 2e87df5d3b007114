"""How fast documents become N-Quads with claims, against mwparserfromhell merely parsing the same bytes.

Run ``python benchmarks/extracts.py [FOLDER]`` on a folder of texts, ``seeds`` if none is named. One process and
one core; both sides take turns, so that a busy machine slows both, and the median of the runs counts.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mwparserfromhell

from discograph.assembly import assemble, join
from discograph.checks import check
from discograph.cli import collect_seldom
from discograph.extractors import extract
from discograph.extractors.parts import album_parts
from discograph.pipeline import Read, find_documents, map_documents, read_document
from discograph.readers import read_rendered, read_source, titled
from discograph.serializers import format_by_name, serialize, write_file

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NQUADS = format_by_name("nquads")


def export(paths: list[Path], output: Path, *, is_checked: bool) -> int:
    """Write documents as ``discograph export --format nquads`` does; return how many bytes were written."""
    written = 0
    for document in map_documents(read_document(path) for path in paths):
        if is_checked:
            check(document.statements, texts={document.source.name: document.source.text})
        data = serialize(document.statements, NQUADS)
        write_file(output / f"{document.iri.value.rsplit('/', 1)[-1]}.nq", data)
        written += len(data)
    return written


def stages(paths: list[Path]) -> dict[str, float]:
    """Return the CPU seconds of each stage of the export of documents."""
    spent: dict[str, float] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: object) -> Any:
        start = time.process_time()
        result = work(*arguments)
        spent[stage] = spent.get(stage, 0.0) + time.process_time() - start
        return result

    for path in paths:
        document = timed("reading", lambda path: titled(read_rendered(read_source(path)), path), path)
        parts = timed("extractors", album_parts, document)
        findings = timed("extractors", lambda parts: [extract(part) for part in parts], parts)
        page = timed("assembly", lambda findings: join([assemble(found) for found in findings]), findings)
        mapped = timed("mapping", map_documents, [Read(path, document, page, None)])
        timed("serializing", lambda mapped: [serialize(one.statements, NQUADS) for one in mapped], mapped)
    return spent


def parse(paths: list[Path]) -> int:
    """Read documents and parse them as wikitext; return how many bytes were read."""
    read = 0
    for path in paths:
        data = path.read_bytes()
        mwparserfromhell.parse(data.decode("utf-8-sig"))
        read += len(data)
    return read


def seconds(measured: Callable[[], int]) -> float:
    """Return the wall-clock seconds of one run."""
    start = time.perf_counter()
    measured()
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print each rate and ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SEEDS, help="folder of texts; seeds if none is named")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each side (default: 5)")
    options = parser.parse_args()
    collect_seldom()  # as the command line does
    paths = find_documents([options.folder])
    with tempfile.TemporaryDirectory() as folder:
        sides: dict[str, Callable[[], int]] = {
            "mwparserfromhell.parse": lambda: parse(paths),
            "export to N-Quads, unchecked": lambda: export(paths, Path(folder), is_checked=False),
            "export to N-Quads": lambda: export(paths, Path(folder), is_checked=True),
        }
        amounts = {name: side() for name, side in sides.items()}  # the first run fills caches
        runs = [{name: seconds(side) for name, side in sides.items()} for _ in range(options.repeats)]
        spent = min((stages(paths) for _ in range(options.repeats)), key=lambda spent: sum(spent.values()))
    size = amounts["mwparserfromhell.parse"]
    median = {name: statistics.median(run[name] for run in runs) for name in sides}
    print(f"{len(paths)} documents, {size / 1e6:.2f} MB; N-Quads: {amounts['export to N-Quads'] / 1e6:.1f} MB")
    for name, found in median.items():
        ratio = median["mwparserfromhell.parse"] / found
        print(f"{name}: {len(paths) / found:.1f} documents/s, {size / 1e6 / found:.3f} MB/s, ratio {ratio:.4f}")
    print("CPU: " + ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in spent.items()))


if __name__ == "__main__":
    main()

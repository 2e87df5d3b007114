"""How long ``discograph load`` takes for a million quads, as a ratio to pyoxigraph's own bulk load of the same file.

Run ``python benchmarks/load.py [QUADS] [--repeats N]``. Both sides run in turn, each in a process of its own and
into a new folder; the median counts. Exits 1 if the target is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bytecode import keep_bytecode

TARGET = 1.3
ROOT = Path(__file__).resolve().parents[1]
_BARE = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
store.flush()
"""
_COUNT = """
import sys
from pyoxigraph import Store
names = "urn:x-discograph:loads"
query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{names}>) }}"
print(next(iter(Store.read_only(sys.argv[1]).query(query)))["n"].value)
"""


def make_quads(path: Path, quads: int) -> int:
    """Write the export of ``seeds/`` again and again, each time as another document; return how many quads."""
    folder = path.parent / "export"
    command = [sys.executable, "-m", "discograph", "export", "seeds", "-o", str(folder), "-f", "nquads", "-q"]
    subprocess.run(command, cwd=ROOT, check=True)
    (source,) = folder.glob("*.nq")
    text = source.read_text(encoding="utf-8")
    copies = max(1, round(quads / text.count("\n")))
    with path.open("w", encoding="utf-8") as file:
        for number in range(copies):
            copy = text.replace(f"/{source.stem}", f"/{number:05}").replace("/id/album/", f"/id/album/{number:05}-")
            file.write(copy)
    return copies * text.count("\n")


class Seconds(NamedTuple):
    """What one run took; on a busy machine, the processor's time says more than the clock's."""

    wall: float
    processor: float


def seconds(command: list[str]) -> Seconds:
    """Return the seconds of one run; end the benchmark if it fails."""
    start, before = time.perf_counter(), os.times()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    elapsed = Seconds(time.perf_counter() - start, processor)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr.decode(errors='replace')}")
    return elapsed


def held(folder: Path) -> int:
    """Return how many quads a store holds beside the record of the load."""
    command = [sys.executable, "-c", _COUNT, str(folder)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("quads", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keep_bytecode(folder / "bytecode")
        file = folder / "quads.nq"
        quads = make_quads(file, arguments.quads)
        ours, theirs = [], []
        for _ in range(arguments.repeats):
            bare, store = folder / "bare", folder / "store"
            theirs.append(seconds([sys.executable, "-c", _BARE, str(file), str(bare)]))
            ours.append(seconds([sys.executable, "-m", "discograph", "load", str(file), "--store", str(store), "-q"]))
            if not quads == held(bare) == held(store):
                raise SystemExit(f"{quads} quads, but the stores hold {held(bare)} and {held(store)}")
            shutil.rmtree(bare)
            shutil.rmtree(store)
            print(f"bare {theirs[-1].wall:.1f} s, discograph {ours[-1].wall:.1f} s", flush=True)
    ratio = statistics.median(run.wall for run in ours) / statistics.median(run.wall for run in theirs)
    work = statistics.median(run.processor for run in ours) / statistics.median(run.processor for run in theirs)
    print(f"discograph load / bulk_load, {quads:,} quads: {ratio:.2f} (target: at most {TARGET}); of work: {work:.2f}")
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

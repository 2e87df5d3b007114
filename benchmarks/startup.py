"""How long discograph takes to start, as ratios measured in one run.

Run ``python benchmarks/startup.py``. Both sides of a ratio run in turn, so that a busy machine slows both.
Exits 1 if a target is missed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bytecode import keep_bytecode

RUNS = 15
ROOT = Path(__file__).resolve().parents[1]


def seconds(command: list[str]) -> float:
    """Return the wall-clock seconds of one run; end the benchmark if it fails."""
    start = time.perf_counter()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    elapsed = time.perf_counter() - start
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr.decode(errors='replace')}")
    return elapsed


def ratio(ours: list[str], theirs: list[str]) -> float:
    """Return the median time of one command over that of another, from ``RUNS`` alternating runs."""
    for command in (ours, theirs):  # the first run fills caches
        seconds(command)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    return statistics.median(pair[0] for pair in pairs) / statistics.median(pair[1] for pair in pairs)


def main() -> int:
    """Measure, print each ratio beside its target, and return the exit code."""
    python, command = sys.executable, [sys.executable, "-m", "discograph"]
    is_met = True
    with tempfile.TemporaryDirectory() as folder:
        keep_bytecode(Path(folder) / "bytecode")
        measures = (
            ("discograph --help / import click", [*command, "--help"], "import click", 1.5),
            ("discograph export seeds / import rdflib, pyshacl", [*command, "export", "seeds", "-o", f"{folder}/out"],
             "import rdflib, pyshacl", 3.0),
        )  # fmt: skip
        for label, ours, imports, target in measures:
            found = ratio(ours, [python, "-c", imports])
            is_met = is_met and found <= target
            print(f"{label}: {found:.2f} (target: at most {target})", flush=True)
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())

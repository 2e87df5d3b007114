"""How fast and in how much memory the rules run over a large graph, against pyshacl, pyshifty and Jena.

Run ``python benchmarks/checks.py [--triples 136000] [--engines pyshifty jena pyshacl] [--facts] [--limit 60]``. All
engines read the same generated N-Triples file (tests/album_graph.py) and the same shapes, each in a process of its
own, so that loading counts and peak memory is each one's; they run in turn, and one that takes more than ``--limit``
times as long as ours is stopped. pyshifty comes from PyPI; Jena is Debian's libapache-jena-java, whose classpath is
put together here. Results are counted as each engine counts them: pyshifty by shape and focus node, ours once
where a query finds the same twice, and with the findings of the program checks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

SHAPES = ROOT / "shapes"
ENGINES = ("ours", "pyshifty", "jena", "pyshacl")
# fmt: off
JARS = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-iri", "jena-shacl", "jena-tdb", "jena-tdb2", "jena-shex",
    "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage", "jena-dboe-trans-data", "jena-dboe-transaction",
    "jena-rdfconnection", "thrift", "protobuf", "dexx.collection", "slf4j-api", "slf4j-simple", "commons-cli",
    "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "gson", "guava", "httpclient",
    "httpcore", "jackson-core", "jackson-databind", "jackson-annotations", "jsonld-java", "titanium-json-ld",
    "jakarta.json-api", "jcl-over-slf4j",
)
# fmt: on


class Measured(NamedTuple):
    """One run: seconds by the clock, seconds of processor, peak memory in MB, number of results, None if stopped."""

    seconds: float
    processor: float
    megabytes: float
    results: int | None


def shapes_files() -> list[Path]:
    """Return the shapes files, which every run uses."""
    return sorted(SHAPES.glob("*.ttl"))


def run_ours(data: Path) -> int:
    """Check a graph file, program checks and places included."""
    from discograph.checks import check

    return len(check(data).findings)


def run_pyshacl(data: Path) -> int:
    """Run the reference engine with rdflib's own parser."""
    import pyshacl
    from rdflib import RDF, SH, Graph

    graph, shapes = Graph().parse(data), Graph()
    for path in shapes_files():
        shapes.parse(path)
    report = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)[1]
    return len(set(report.subjects(RDF.type, SH.ValidationResult)))


def run_pyshifty(data: Path) -> int:
    """Run pyshifty for its own structure, which is faster than its report graph."""
    import shifty

    shapes = b"".join(path.read_bytes() for path in shapes_files())
    return len(shifty.validate_algebra(data, shapes, infer=False).violations)


def jena_command(data: Path, shapes: Path, folder: Path) -> list[str]:
    """Return the command that runs Jena's validator with Debian's jars."""
    java = Path("/usr/share/java")
    overlay = folder / "overlay" / "xerces"
    with zipfile.ZipFile(java / "jena-core.jar") as jar:  # its xerces was renamed, the texts of its messages were not
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and not name.endswith("/"):
                target = overlay / name.removeprefix("org/apache/jena/ext/xerces/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(java / f"{name}.jar") for name in JARS if (java / f"{name}.jar").exists()]
    classpath = ":".join([str(overlay.parent), *jars])
    arguments = ["validate", "--shapes", str(shapes), "--data", str(data)]
    return ["java", "-Xmx6G", "-cp", classpath, "shacl.shacl", *arguments]


def measure(command: list[str], limit: float, count: str | None = None) -> Measured:
    """Run a command and return what it took; it is stopped after so many seconds as ``limit`` says.

    ``count`` is what its output holds once for each result; without, the output ends with their number.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
        stopper = threading.Timer(limit, process.kill)
        stopper.start()
        _, status, usage = os.wait4(process.pid, 0)
        stopper.cancel()
        seconds = time.perf_counter() - start
        processor, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        if seconds >= limit:
            return Measured(seconds, processor, megabytes, None)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode:
        raise SystemExit(f"{command[0]} {command[-1]}: exit {process.returncode}\n{text[-2000:]}")
    results = text.count(count) if count else int(text.split()[-1])
    return Measured(seconds, processor, megabytes, results)


def prepare(triples: int, folder: Path, *, with_claims: bool) -> Path:
    """Write the graph, with the ontology's subclasses, which other engines look up in the data."""
    from tests.album_graph import album_graph

    from discograph.checks.shapes_graph import SUBCLASS, ontology_subclasses

    lines = album_graph(triples, with_claims=with_claims)
    lines += [f"{child} {SUBCLASS} {parent} .\n" for child, parent in ontology_subclasses()]
    path = folder / "data.nt"
    path.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} triples", flush=True)
    return path


def compare(engines: list[str], data: Path, folder: Path, times: float) -> None:
    """Run the engines in turn, ours first, and print each beside ours."""
    shapes = folder / "shapes.ttl"
    shapes.write_bytes(b"".join(path.read_bytes() for path in shapes_files()))
    ours: Measured | None = None
    for engine in ["ours", *engines]:
        limit = times * ours.seconds if ours else 3600.0
        if engine == "jena":
            found = measure(jena_command(data, shapes, folder), limit, "sh:focusNode")
        else:
            found = measure([sys.executable, __file__, "--worker", engine, "--data", str(data)], limit)
        ours = ours or found
        time_, processor, memory = (their / our for their, our in zip(found[:3], ours[:3], strict=True))
        ended = "stopped" if found.results is None else f"{found.results} results"
        print(
            f"{engine:9} {found.seconds:7.1f} s, {found.processor:7.1f} s of processor, {found.megabytes:6.0f} MB, "
            f"{ended}; against ours: {time_:.1f} x the time, {processor:.1f} x the processor, "
            f"{memory:.1f} x the memory",
            flush=True,
        )


def main() -> None:
    """Measure, and print times, memory and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=136_000)
    parser.add_argument("--facts", action="store_true", help="a graph of facts without claims")
    parser.add_argument("--engines", nargs="+", choices=ENGINES[1:], default=list(ENGINES[1:]))
    parser.add_argument("--limit", type=float, default=60.0, help="stop what takes so many times as long as ours")
    parser.add_argument("--worker", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(globals()[f"run_{options.worker}"](options.data))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = prepare(options.triples, folder, with_claims=not options.facts)
        compare(options.engines, data, folder, options.limit)


if __name__ == "__main__":
    main()

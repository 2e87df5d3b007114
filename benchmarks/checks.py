"""How fast and in how much memory the rules run over a large graph, against pyshacl, pyshifty and Jena.

Run ``python benchmarks/checks.py [--triples 136000] [--engines ours pyshifty jena pyshacl] [--facts]``. All engines
read the same generated N-Triples file (tests/album_graph.py) and the same shapes, each in a process of its own, so
that loading counts and peak memory is each one's; they run in turn. pyshacl runs five shapes files only, and so
does ours beside it: all of them would take it hours. pyshifty comes from PyPI; Jena is Debian's
libapache-jena-java, whose classpath is put together here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

SHAPES = ROOT / "shapes"
ENGINES = ("ours", "pyshifty", "jena", "pyshacl")
FEW = ("album", "certification", "film", "place", "session")
"""The shapes files that pyshacl runs in minutes."""
JARS = (
    "jena-arq jena-base jena-cmds jena-core jena-iri jena-shacl jena-shaded-guava jena-tdb jena-tdb2 jena-dboe-base "
    "jena-rdfconnection jena-dboe-index jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction jena-shex "
    "thrift protobuf dexx.collection slf4j-api slf4j-simple commons-cli commons-codec commons-compress "
    "commons-csv commons-io commons-lang3 gson guava httpclient httpcore jackson-core jackson-databind "
    "jackson-annotations jsonld-java titanium-json-ld jakarta.json-api jcl-over-slf4j"
).split()


class Measured(NamedTuple):
    """One run: seconds by the clock, seconds of processor, peak memory in MB, number of results."""

    seconds: float
    processor: float
    megabytes: float
    results: int


def shapes_files(*, few: bool) -> list[Path]:
    """Return the shapes files that a run uses."""
    return sorted(path for path in SHAPES.glob("*.ttl") if not few or path.stem in (*FEW, "prefixes"))


def run_ours(data: Path, few: bool) -> int:
    """Check a graph file, program checks and places included."""
    from discograph.checks import check

    return len(check(data, shapes=shapes_files(few=few)).findings)


def run_pyshacl(data: Path, few: bool) -> int:
    """Run the reference engine with rdflib's own parser."""
    import pyshacl
    from rdflib import RDF, SH, Graph

    graph, shapes = Graph().parse(data), Graph()
    for path in shapes_files(few=few):
        shapes.parse(path)
    report = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)[1]
    return len(set(report.subjects(RDF.type, SH.ValidationResult)))


def run_pyshifty(data: Path, few: bool) -> int:
    """Run pyshifty for its own structure, which is faster than its report graph."""
    import shifty

    shapes = b"".join(path.read_bytes() for path in shapes_files(few=few))
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


def measure(command: list[str], count: str | None = None) -> Measured:
    """Run a command and return what it took; ``count`` is what its output holds once a result, else a number."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode:
        raise SystemExit(f"{command[0]} {command[-1]}: exit {process.returncode}\n{text[-2000:]}")
    results = text.count(count) if count else int(text.split()[-1])
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, results)


def prepare(triples: int, folder: Path, *, with_claims: bool) -> Path:
    """Write the graph, with the ontology's subclasses, which other engines look up in the data."""
    from discograph.checks.shapes_graph import SUBCLASS, ontology_subclasses
    from tests.album_graph import album_graph

    lines = album_graph(triples, with_claims=with_claims)
    lines += [f"{child} {SUBCLASS} {parent} .\n" for child, parent in ontology_subclasses()]
    path = folder / "data.nt"
    path.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} triples", flush=True)
    return path


def compare(engines: list[str], data: Path, folder: Path, *, few: bool) -> None:
    """Run the engines in turn, and print each beside ours."""
    shapes = folder / "shapes.ttl"
    shapes.write_bytes(b"".join(path.read_bytes() for path in shapes_files(few=few)))
    ours: Measured | None = None
    for engine in engines:
        worker = [sys.executable, __file__, "--worker", engine, "--data", str(data), *(["--few"] if few else [])]
        is_jena = engine == "jena"
        found = measure(jena_command(data, shapes, folder) if is_jena else worker, "sh:focusNode" if is_jena else None)
        ours = ours or found
        print(
            f"{engine:9} {found.seconds:8.1f} s ({found.processor:.1f} s of processor) {found.megabytes:7.0f} MB "
            f"{found.results:6} results; against ours: {found.seconds / ours.seconds:.1f} x the time "
            f"({found.processor / ours.processor:.1f} x the processor), {found.megabytes / ours.megabytes:.1f} x the memory",
            flush=True,
        )


def main() -> None:
    """Measure, and print times, memory and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=136_000)
    parser.add_argument("--facts", action="store_true", help="a graph of facts without claims")
    parser.add_argument("--engines", nargs="+", choices=ENGINES[1:], default=list(ENGINES[1:]))
    parser.add_argument("--worker", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--few", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(globals()[f"run_{options.worker}"](options.data, options.few))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = prepare(options.triples, folder, with_claims=not options.facts)
        others = [engine for engine in options.engines if engine != "pyshacl"]
        if others:
            print("all shapes")
            compare(["ours", *others], data, folder, few=False)
        if "pyshacl" in options.engines:
            print(f"the shapes of {', '.join(FEW)}")
            compare(["ours", "pyshacl"], data, folder, few=True)


if __name__ == "__main__":
    main()

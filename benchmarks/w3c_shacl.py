"""Which tests of the W3C SHACL test suite the engines pass: ``python benchmarks/w3c_shacl.py SUITE``.

SUITE is a copy of the suite's folder (data-shapes-test-suite/tests, with ``core`` and ``sparql``). Each test's data
and shapes are read as files; a result is focus node, path, value and severity, and a test passes if the set of
results is the one that its manifest states; numbers count by their value, since the store writes them its own way.
Exits 1 if a test that was compiled fails, or the engines differ.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import rdflib
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from discograph.checks.compile import compile_shapes
from discograph.checks.engine import merged_store, run_compiled, run_small
from discograph.checks.finding import Finding, Term
from discograph.checks.graph_index import GraphIndex
from discograph.checks.shapes_graph import SUBCLASS, load_shapes
from discograph.errors import DiscographError
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, parse

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
Result = tuple[str, str, str, str]


def shown(term: Node | None) -> str:
    """Return a term of the expected results, as ``of_ours`` shows one of ours."""
    if term is None:
        return "-"
    return "_:" if isinstance(term, BNode) else str(term)


def of_ours(term: Term | None) -> str:
    """Return a term of a finding."""
    if term is None:
        return "-"
    return "_:" if isinstance(term, BlankNode) else term.value if isinstance(term, NamedNode | Literal) else str(term)


def by_value(results: set[Result]) -> set[Result]:
    """Return results with numbers in one form."""
    return {(_number(focus), path, _number(value), severity) for focus, path, value, severity in results}


def _number(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return text


def expected(manifest: Graph, entry: Node) -> set[Result]:
    """Return the results that a test states; a path that is not one property is ``path``."""
    found = set()
    for result in manifest.objects(manifest.value(entry, MF.result), SH.result):
        path = manifest.value(result, SH.resultPath)
        severity = str(manifest.value(result, SH.resultSeverity)).split("#")[-1].lower()
        shown_path = "path" if isinstance(path, BNode) else shown(path)
        parts = (manifest.value(result, SH.focusNode), manifest.value(result, SH.value))
        found.add((shown(parts[0]), shown_path, shown(parts[1]), severity))
    return found


def results(findings: list[Finding]) -> set[Result]:
    """Return findings in the same form."""
    rows = set()
    for finding in findings:
        path = finding.path or "-"
        shown_path = "path" if "<" in path else path
        rows.add((of_ours(finding.focus_node), shown_path, of_ours(finding.value), finding.severity.value))
    return rows


def run(file: Path) -> tuple[str, str]:
    """Return the outcome of one test file, and what is to say about it."""
    manifest = Graph().parse(file, format="turtle", publicID=file.as_uri())
    entry = next(manifest.subjects(RDF.type, SHT.Validate), None)
    if entry is None:
        return "no test", ""
    action = manifest.value(entry, MF.action)
    data, shapes = (Path(URIRef(manifest.value(action, part)).removeprefix("file://")) for part in PARTS)
    quads = list(parse(data.read_bytes(), RdfFormat.TURTLE, name=data.name, base_iri=data.as_uri()))
    tree = [(q.subject, q.object) for q in quads if q.predicate == SUBCLASS and isinstance(q.object, NamedNode)]
    wanted = by_value(expected(manifest, entry))
    try:
        compiled = compile_shapes(load_shapes([shapes]), [pair for pair in tree if isinstance(pair[0], NamedNode)])
        if compiled.fallback:
            return "left to pyshacl", "; ".join(reason.split(": ", 1)[-1] for _, reason in compiled.fallback)
        memory = by_value(results(run_small(GraphIndex(quads), compiled).findings))
        store = by_value(results(run_compiled(merged_store(quads), compiled).findings))
    except DiscographError as error:
        return "refused", str(error).removeprefix(str(file))
    if memory != store:
        return "DIFFER", f"memory alone {sorted(memory - store)}, store alone {sorted(store - memory)}"
    if store == wanted:
        return "passed", ""
    return "failed", f"missing {sorted(wanted - store)}, too many {sorted(store - wanted)}"


PARTS = (SHT.dataGraph, SHT.shapesGraph)


def main() -> int:
    """Run every test below the folder, print what is not passed and the numbers, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    suite = parser.parse_args().suite.resolve()
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # the suite has ill-typed literals on purpose
    counts: Counter[tuple[str, str]] = Counter()
    for file in sorted(suite.rglob("*.ttl")):
        outcome, note = run(file)
        if outcome == "no test":
            continue
        counts[file.relative_to(suite).parts[0], outcome] += 1
        if outcome != "passed":
            print(f"{file.relative_to(suite)}: {outcome}: {note}")
    for (part, outcome), number in sorted(counts.items()):
        print(f"{part}: {number} {outcome}")
    return int(any(outcome in {"failed", "DIFFER"} for _, outcome in counts))


if __name__ == "__main__":
    sys.exit(main())

"""One result from every engine: in memory, in the store, and pyshacl.

Examples: ``cases/components/<component>.<reason>.ttl`` hold shapes and data in one graph, as small as can be, and
header lines ``# expect: <focus> <path or -> <value or -> <severity>``, a path that is not one property in SPARQL.
The last tests build a graph of albums with
seeded faults (``album_graph``).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from discograph.checks import MOST_IN_MEMORY, Finding, Report, check
from discograph.checks.compile import CompiledShapes, compile_shapes
from discograph.checks.engine import merged_store, run_compiled
from discograph.checks.graph_index import GraphIndex
from discograph.checks.memory import run_in_memory
from discograph.checks.shapes_graph import load_shapes, ontology_subclasses
from discograph.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat, load_merged, parse
from discograph.resources import resource
from tests.album_graph import FAULTY, album_graph
from tests.test_shapes import PATHS, read_case

CASES = Path(__file__).parent / "cases" / "components"
SHAPES = resource("shapes")
PREFIXES = {
    "": "https://example.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
ORDERS_STRINGS_AND_DATES = {("date", "D7")}
"""Rules that say more in pyshacl where a date is a string (D12): rdflib orders the two, SPARQL calls that an error."""
STEMS = sorted(path.stem for path in SHAPES.glob("*.ttl") if path.stem != "prefixes")

Expected = tuple[str, str, str, str]


@cache
def ours() -> CompiledShapes:
    return compile_shapes(load_shapes([SHAPES]), ontology_subclasses())


def keys(findings: list[Finding]) -> set[tuple[object, ...]]:
    return {(*finding.key, finding.message) for finding in findings}


def shown(term: object) -> str:
    if isinstance(term, BlankNode):
        return "_:"
    if isinstance(term, NamedNode):
        local = re.sub(r"^https://example\.org/", ":", term.value)
        return re.sub(r"^http://www\.w3\.org/1999/02/22-rdf-syntax-ns#", "rdf:", local)
    return f'"{term.value}"' if isinstance(term, Literal) else "-"


def results(report: Report) -> set[Expected]:
    # what the program checks of our own rules say about terms of other people's graphs is no matter here
    found = [finding for finding in report.findings if finding.rule != "I9"]
    return {(shown(f.focus_node), shown_path(f.path), shown(f.value), f.severity.value) for f in found}


def components(report: Report) -> list[str | None]:
    return [finding.constraint and finding.constraint.component for finding in report.findings]


def shown_path(path: str | None) -> str:
    return "-" if path is None else path if "<" in path else shown(NamedNode(path))


# Our own rules.


def test_no_rule_of_ours_is_left_to_the_store_or_to_pyshacl() -> None:
    assert not ours().fallback
    assert all(part.constraints for target in ours().in_memory.targets for part in target.parts)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_memory_and_store_find_the_same(path: Path) -> None:
    quads = read_case(path).quads
    memory = run_in_memory(GraphIndex(quads), ours().in_memory)
    store = run_compiled(merged_store(quads), ours())
    assert not memory.left
    assert keys(memory.findings) == keys(store.findings)
    assert memory.without_target == store.without_target


# One component each.


def component(path: Path) -> tuple[set[Expected], str]:
    text = path.read_text(encoding="utf-8")
    rows = re.findall(r"^# expect: (\S+) (\S+) (\"[^\"]*\"|\S+) (violation|warning|info)$", text, re.MULTILINE)
    assert len(rows) == text.count("# expect"), f"{path}: a header line that cannot be read"
    return set(rows), HEAD + text


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.stem)
def test_component_means_the_same_in_every_engine(path: Path, tmp_path: Path) -> None:
    expected, text = component(path)
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(text, encoding="utf-8")
    quads = list(parse(text.encode(), RdfFormat.TURTLE, name=str(path)))
    reference, memory = check(quads, shapes=[shapes], engine="pyshacl"), check(quads, shapes=[shapes])
    store = check(shapes, shapes=[shapes])
    assert results(reference) == expected
    assert results(memory) == expected, "in memory"
    assert results(store) == expected, "in the store"
    assert components(memory) == components(reference)
    assert components(store) == components(reference)


def test_what_cannot_be_compiled_is_run_by_pyshacl_and_named(tmp_path: Path) -> None:
    shapes = tmp_path / "mine.ttl"
    text = (
        ":M1 a sh:PropertyShape ; sh:targetNode :a ; sh:message 'Look.' ; sh:path :p ; sh:datatype xsd:byte .\n"
        ":M2 a sh:NodeShape ; sh:targetNode :a ; sh:message 'Look.' ; sh:nodeKind sh:Literal .\n"
        ':a :p "300"^^xsd:byte .\n'
    )
    shapes.write_text(HEAD + text, encoding="utf-8")
    quads = list(parse((HEAD + text).encode(), RdfFormat.TURTLE, name="test"))
    for data in (quads, shapes):
        report = check(data, shapes=[shapes])
        assert [(item.rule, "xsd" in item.reason or "byte" in item.reason) for item in report.fallback] == [
            ("M1", True)
        ]
        assert [f.rule for f in report.findings if f.rule[0] == "M"] == ["M1", "M2"]


def test_a_value_that_memory_is_not_sure_of_goes_to_the_store() -> None:
    text = HEAD + (
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n"
        ':s a dg:RecordingSession ; dg:earliest "1958-01-02Z"^^xsd:date ; dg:latest "1958-01-01Z"^^xsd:date .\n'
    )
    quads = list(parse(text.encode(), RdfFormat.TURTLE, name="test"))
    outcome = run_in_memory(GraphIndex(quads), ours().in_memory)
    assert "D3" in {query.shape.rule for query in outcome.left}
    assert "D3" in {finding.rule for finding in check(quads).findings}


# A corpus.


@cache
def corpus(triples: int, *, with_claims: bool, faults: str = "", every: int = FAULTY) -> list[Quad]:
    lines = "".join(album_graph(triples, with_claims=with_claims, faults=faults, every=every))
    return list(parse(lines.encode(), RdfFormat.N_TRIPLES, name="albums"))


def test_the_generated_graph_is_always_the_same_and_has_its_faults() -> None:
    assert album_graph(5_000) == album_graph(5_000)
    report = check(corpus(130_000, with_claims=False))
    rules = {finding.rule for finding in report.findings}
    assert len(rules) >= 70


@pytest.mark.parametrize("with_claims", [False, True], ids=["facts", "claims"])
def test_memory_and_store_agree_on_a_corpus_by_all_rules(with_claims: bool, tmp_path: Path) -> None:
    quads = corpus(100_000, with_claims=with_claims)
    assert len(quads) > MOST_IN_MEMORY
    path = tmp_path / "albums.nt"
    path.write_text("".join(f"{quad.triple} .\n" for quad in quads), encoding="utf-8")
    memory = run_in_memory(GraphIndex(quads), ours().in_memory)
    store = run_compiled(load_merged(path), ours())
    assert not memory.left
    without_blank = [[f for f in found if not isinstance(f.focus_node, BlankNode)] for found in (memory[0], store[0])]
    assert keys(without_blank[0]) == keys(without_blank[1])
    assert len(memory.findings) == len(store.findings)


@pytest.mark.parametrize("stem", STEMS)
def test_the_store_and_pyshacl_agree_on_a_corpus(stem: str) -> None:
    quads = corpus(100_000, with_claims=True, every=1)
    shapes = [SHAPES / f"{stem}.ttl", SHAPES / "prefixes.ttl"]
    fast, reference = check(quads, shapes=shapes), check(quads, shapes=shapes, engine="pyshacl")
    ours_found = {f.key for f in fast.findings}
    assert ours_found
    theirs_alone = {f.rule for f in reference.findings if f.key not in ours_found}
    assert theirs_alone == {rule for name, rule in ORDERS_STRINGS_AND_DATES if name == stem}
    assert [f.key for f in fast.findings] == [f.key for f in reference.findings if f.key in ours_found]


@pytest.mark.parametrize(
    ("stem", "faults", "triples"),
    [
        ("award", "W", 4_000),
        ("chart", "H", 4_000),
        ("chronology", "N", 4_000),
        ("credit", "C", 1_300),
        ("date", "D", 1_300),
        ("release", "R", 4_000),
        ("review", "V", 4_000),
        ("track", "T", 1_300),
    ],
)
def test_the_store_and_pyshacl_agree_where_every_second_album_has_a_fault_of_one_kind(
    stem: str, faults: str, triples: int
) -> None:
    quads = corpus(triples, with_claims=False, faults=faults, every=2)
    shapes = [SHAPES / f"{stem}.ttl", SHAPES / "prefixes.ttl"]
    fast, reference = check(quads, shapes=shapes), check(quads, shapes=shapes, engine="pyshacl")
    assert fast.findings
    assert [f.key for f in fast.findings] == [f.key for f in reference.findings]

"""What a check promises around its rules: places, order, honesty about what was not run, errors, the command."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from discograph.checks import ENGINES, Engine, Finding, Location, NotChecked, Report, Rule, Severity, check, rules
from discograph.cli import run
from discograph.cli.check import check as command
from discograph.errors import ShapesError
from discograph.rdf import Literal, NamedNode, Quad, RdfFormat, Store, parse
from discograph.reports import Checked, CheckRun, export_summary, summary, text_report

CASES = Path(__file__).parent / "cases" / "shapes"
DOCS = Path(__file__).parents[1] / "docs" / "rules.md"
PREFIXES = (CASES / "_prefixes.ttl").read_text(encoding="utf-8")
TEXT = "A heading\nTown hall is in Town.\n"
DIGEST = "2c8f2a3d2f2d4f0d6a9d2f6f6a6f6a1a4b0c7f5e0d6c3b2a1908f7e6d5c4b3a2"
GRAPH = """
:doc a dg:SourceDocument ; dcterms:title "T" ; dcterms:identifier "t.txt" ; dg:sha256 "DIGEST" .
:town a dg:Place ; rdfs:label "Town" , "Town " .
:hall a dg:Studio ; rdfs:label "Town hall" .
:c1 a dg:Claim ; rdf:subject :town ; rdf:predicate rdf:type ; rdf:object dg:Place ; dg:rule rule:x ; dg:evidence :e2 .
:c2 a dg:Claim ; rdf:subject :town ; rdf:predicate rdfs:label ; rdf:object "Town" ; dg:rule rule:x ; dg:evidence :e1 .
:c3 a dg:Claim ; rdf:subject :town ; rdf:predicate rdfs:label ; rdf:object "Town " ; dg:rule rule:x ; dg:evidence :e2 .
:c4 a dg:Claim ; rdf:subject :hall ; rdf:predicate rdf:type ; rdf:object dg:Studio ; dg:rule rule:x ; dg:evidence :e1 .
:c5 a dg:Claim ; rdf:subject :hall ; rdf:predicate rdfs:label ; rdf:object "Town hall" ; dg:rule rule:x ;
    dg:evidence :e1 .
:e1 a dg:Evidence ; prov:wasQuotedFrom :doc ; oa:start 10 ; oa:end 19 ; oa:exact "Town hall" ; dg:line 2 ; dg:column 1 .
:e2 a dg:Evidence ; prov:wasQuotedFrom :doc ; oa:start 26 ; oa:end 30 ; oa:exact "Town" ; dg:line 2 ; dg:column 17 .
""".replace("DIGEST", DIGEST)


def graph(text: str) -> list[Quad]:
    return list(parse((PREFIXES + text).encode(), RdfFormat.TURTLE, name="test"))


def shapes(folder: Path, text: str) -> list[Path]:
    head = "@prefix : <https://e.org/s#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    (folder / "mine.ttl").write_text(head + text, encoding="utf-8")
    return [folder]


# Places.


def test_a_finding_names_the_words_of_the_very_triple() -> None:
    findings = {finding.rule: finding for finding in check(graph(GRAPH)).findings}
    assert findings["I12"].location == Location("t.txt", 2, 17, "Town")
    assert findings["L1"].location == Location("t.txt", 2, 1, "Town hall"), "a missing triple: any of its subject"


def test_a_finding_without_claims_has_no_place() -> None:
    report = check(graph(":hall a dg:Studio ; rdfs:label 'Hall' ."))
    assert [(f.rule, f.location) for f in report.findings] == [("L1", None)]
    assert {"P1", "P2"} <= set(report.without_target)


def test_a_finding_about_evidence_is_at_that_evidence() -> None:
    report = check(graph(GRAPH), texts={"t.txt": TEXT.replace("hall", "Hall")})
    (finding,) = [finding for finding in report.findings if finding.rule == "P3"]
    assert finding.location == Location("t.txt", 2, 1, "Town hall")


def test_documents_with_one_name_in_one_graph_are_told_apart_by_their_iris() -> None:
    other = ':other a dg:SourceDocument ; dcterms:title "T" ; dcterms:identifier "t.txt" .\n'
    (doc,) = {quad.subject.value for quad in graph(GRAPH) if quad.object == Literal("t.txt")}  # type: ignore[union-attr]
    report = check(graph(GRAPH + other), texts={doc: TEXT.replace("hall", "Hall")})
    (finding,) = [finding for finding in report.findings if finding.rule == "P3"]
    assert finding.location == Location(doc, 2, 1, "Town hall")


# What a report holds.


def test_rules_that_need_the_text_are_not_clean_without_it() -> None:
    report = check(graph(GRAPH))
    assert {item.rule for item in report.not_checked} == {"P3", "P7", "P8"}
    assert all("t.txt" in item.reason and "--sources" in item.reason for item in report.not_checked)
    assert not check(graph(GRAPH), texts={"t.txt": TEXT}).not_checked
    assert not check(graph(GRAPH), texts={"https://example.org/doc": TEXT}).not_checked, "the IRI will do as well"


def test_order_of_triples_and_graphs_does_not_matter() -> None:
    quads = graph(GRAPH)
    name = NamedNode("https://example.org/g")
    named = [Quad(q.subject, q.predicate, q.object, name) for q in reversed(quads)]
    assert check(quads) == check(named) == check([*quads, *named])


def test_a_store_can_be_checked_and_is_left_alone() -> None:
    store = Store()
    store.bulk_extend(graph(GRAPH))
    before = len(store)
    assert check(store) == check(graph(GRAPH))
    assert len(store) == before


def test_severities_are_ordered_worst_first() -> None:
    report = Report((Finding("A1", Severity.WARNING, NamedNode("https://e.org/a"), None, None, "Do."),), ())
    assert report.fails(Severity.INFO)
    assert report.fails(Severity.WARNING)
    assert not report.fails(Severity.VIOLATION)


# Engines.


@pytest.mark.parametrize("is_valid", [True, False], ids=["run", "refused shapes"])
def test_pyshacl_leaves_the_globals_of_rdflib_alone(tmp_path: Path, is_valid: bool) -> None:
    import rdflib
    from rdflib import term

    rdflib.NORMALIZE_LITERALS = False
    try:
        before = dict(term._toPythonMapping)
        folder = shapes(tmp_path, ":M1 sh:targetNode :a ; sh:nodeKind sh:IRI ; sh:message 'Look.' .")
        if is_valid:
            check(graph(GRAPH), shapes=folder, engine="pyshacl")
        else:
            _run_pyshacl_on_a_cycle()
        assert rdflib.NORMALIZE_LITERALS is False
        assert term._toPythonMapping == before
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _run_pyshacl_on_a_cycle() -> None:
    """Give the reference engine what only it gets to see: shapes that our compiler would have refused."""
    from discograph.checks.compile import compile_shapes
    from discograph.checks.reference import run_reference
    from discograph.checks.shapes_graph import ShapesGraph

    broken = ShapesGraph()
    text = "<https://e.org/M1> sh:targetNode <https://e.org/a> ; sh:property [ sh:path [ sh:inversePath 1 , 2 ] ] ."
    head = b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    for quad in parse(head + text.encode(), RdfFormat.TURTLE, name="test"):
        broken.add(quad.triple)
    store = Store()
    store.bulk_extend(graph("<https://e.org/a> a dg:Place ."))
    with pytest.raises(ShapesError, match="pyshacl"):
        run_reference(store, broken, compile_shapes(ShapesGraph(), ()), ())


def test_the_default_engine_does_not_import_the_slow_one() -> None:
    code = (
        "import sys; from discograph.checks import check; check([]); "
        "sys.exit(bool({'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_nested_shapes_and_counts_mean_the_same(tmp_path: Path, engine: Engine) -> None:
    folder = shapes(
        tmp_path,
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        ":M1 a sh:NodeShape ; sh:targetClass dg:Place ; sh:message 'Look.' ; sh:property :M2 ;\n"
        "  sh:xone ( [ sh:class dg:Studio ] [ sh:property [ sh:path rdfs:label ; sh:minCount 2 ] ] ) .\n"
        ":M2 sh:path rdfs:label ; sh:message 'Look.' ; sh:severity sh:Info ;\n"
        "  sh:qualifiedValueShape [ sh:pattern '^T' ] ; sh:qualifiedMaxCount 1 .\n"
        ":M3 a sh:NodeShape ; sh:targetNode <https://example.org/e1> ; sh:message 'Look.' ; sh:closed true .\n",
    )
    report = check(graph(GRAPH), shapes=folder, engine=engine)
    found = {(f.rule, str(f.focus_node).split("/")[-1], f.severity.value) for f in report.findings if f.rule[0] == "M"}
    assert found == {("M2", "town>", "info"), ("M3", "e1>", "violation")}


# Faulty shapes.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":M1 sh:path", r"mine\.ttl:3:\d+: not valid Turtle"),
        (":M1 sh:targetNode :a ; sh:severity :Bad .", r"mine\.ttl:3:1: M1: severity .* use sh:Violation"),
        (":M1 sh:targetNode :a ; sh:path [ sh:upPath :b ] ; sh:minCount 1 .", "upPath is not known"),
        (":M1 sh:targetNode :a ; sh:path :b ; sh:minCount 'one' .", "whole number from 0"),
        (":M1 sh:targetNode :a ; sh:path :b , :c ; sh:minCount 1 .", "path has 2 values; keep one"),
        (":M1 sh:targetNode :a ; sh:minCount 1 .", "a count needs a sh:path"),
        (":M1 sh:targetNode :a ; sh:in ( 1 2 ) , [] .", "well-formed list"),
        (":M1 sh:targetNode :a ; sh:node :M1 .", "refers to itself"),
        (":M1 sh:targetNode :a ; sh:js :b .", "sh:js cannot be compiled"),
        (":M1 sh:targetClass 'a' ; sh:nodeKind sh:IRI .", "sh:targetClass must name an IRI"),
        (":M1 sh:targetNode :a ; sh:sparql [ ] .", "has no sh:select"),
        (":M1 sh:targetNode :a ; sh:sparql [ sh:select 'ASK { }' ] .", "must begin with SELECT"),
        (":M1 sh:targetNode :a ; sh:sparql [ sh:select 'SELECT ?x { ?x a ?y }' ] .", r"must name \$this"),
        (":M1 sh:targetNode :a ; sh:sparql [ sh:select 'SELECT $this { $this a ?y MINUS {} }' ] .", "MINUS"),
        (":M1 sh:targetNode :a ; sh:sparql [ sh:select 'SELECT $this { $this a no:y }' ] .", "not valid SPARQL"),
        (
            ":M1-a sh:targetNode :a ; sh:nodeKind sh:IRI . :M1-b sh:targetNode :a ; sh:severity sh:Info .",
            "M1 has two severities",
        ),
        (":C1 sh:parameter [ sh:path :b ] .", "constraint components of one's own"),
    ],
)
def test_faulty_shapes_are_an_error_that_says_where_and_what(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ShapesError, match=message):
        check(graph("<https://e.org/s#a> a dg:Place ."), shapes=shapes(tmp_path, text))


def test_a_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shapes here"):
        check([], shapes=[tmp_path])


# Text.

RULES = (Rule("A1", Severity.VIOLATION, "An album has a title", "Add it."), Rule("T2", Severity.INFO, "T", "Do."))
FOUND = Finding(
    "A1",
    Severity.VIOLATION,
    NamedNode("https://e.org/a"),
    "http://purl.org/dc/terms/title",
    None,
    "Add it.",
    Location("x.txt", 36, 1, "Kind of Blue"),
)


def run_of(*reports: Report) -> CheckRun:
    return CheckRun(tuple(Checked(f"{number}.ttl", report) for number, report in enumerate(reports)))


def test_text_report_leads_with_the_place() -> None:
    report = Report((FOUND,), RULES, (), (NotChecked("P3", "the text of x.txt is not at hand"),))
    assert text_report(run_of(report, Report((), RULES))).splitlines() == [
        "A1: An album has a title (https://w3id.org/discograph/rules#A1)",
        "  x.txt:36:1: violation: Add it.",
        "    <https://e.org/a>  dcterms:title",
        "    “Kind of Blue”",
        "",
        "not checked: P3: the text of x.txt is not at hand",
        "1 violation, no warnings, no info in 2 graphs (2 rules, 1 not checked)",
    ]


def test_summaries_count() -> None:
    assert summary(run_of(Report((), RULES))) == "no violations, no warnings, no info in 1 graph (2 rules)"
    assert export_summary(run_of(Report((FOUND,), RULES))) == "checked: 2 rules, 1 violation, no warnings"


def test_docs_list_exactly_the_rules_that_exist() -> None:
    row = r'^\| <a id="([A-Z]+\d+)"></a>([A-Z]+\d+) \| (\w+) \| (.+?) \| (.+?) \|'
    rows = re.findall(row, DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    extra = [rule for rule in rules(profile="strict") if rule not in rules()]
    assert rows == [(rule.id, rule.id, rule.severity.value, rule.what, rule.repair) for rule in (*rules(), *extra)]


# The command.


def written(folder: Path, text: str) -> str:
    path = folder / "graph.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return str(path)


def test_command_exits_0_on_a_clean_graph(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [written(tmp_path, ":town a dg:Place ; rdfs:label 'Town' .")])
    assert result.exit_code == 0
    assert result.output.splitlines()[-1].startswith("no violations, no warnings, no info in 1 graph (")


def test_command_exits_1_on_what_fail_on_names(tmp_path: Path) -> None:
    source = written(tmp_path, ":hall a dg:Studio ; rdfs:label 'Hall' .")
    assert CliRunner().invoke(command, [source]).exit_code == 0
    result = CliRunner().invoke(command, [source, "--fail-on", "warning", "--quiet"])
    assert result.exit_code == 1
    assert "L1: A studio lies in a place" in result.output
    assert CliRunner().invoke(command, [source, "--quiet"]).output == ""


def test_command_takes_shapes_besides_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    shapes(mine, ":M1 sh:targetNode <https://example.org/town> ; sh:nodeKind sh:Literal ; sh:message 'Look.' .")
    source = written(tmp_path, ":town a dg:Place ; rdfs:label 'Town ' .")
    result = CliRunner().invoke(command, [source, "--shapes", str(mine)])
    assert result.exit_code == 1
    assert "M1: a rule of your own" in result.output
    assert "I12: " in result.output


def test_command_finds_the_texts_of_a_graph_file(tmp_path: Path) -> None:
    source = written(tmp_path, GRAPH)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "t.txt").write_text(TEXT, encoding="utf-8")
    without = CliRunner().invoke(command, [source])
    assert "not checked: P3" in without.output
    result = CliRunner().invoke(command, [source, "--sources", str(documents)])
    assert "not checked" not in result.output
    assert "P7: " in result.output
    assert f"{documents / 't.txt'}:2:17: warning: Trim rdfs:label" in result.output


@pytest.fixture
def same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lay two documents of one name in two folders, and their graph files in two others."""
    monkeypatch.chdir(tmp_path)
    for folder, title in (("one", "Blue Train"), ("two", "Low Tide")):
        (tmp_path / folder).mkdir()
        text = f"= {title} =\n\n{title} is a studio album by Ada Moss.\n"
        (tmp_path / folder / "x.txt").write_text(text, encoding="utf-8")
        assert run(["export", folder, "-o", f"graphs/{folder}", "-f", "trig", "-q"]) == 0
    return ["one", "two"]


def assert_places_are_told(output: str) -> None:
    """Fail unless the warning about each of the two albums names the file that tells of it."""
    for folder, title in (("one", "Blue Train"), ("two", "Low Tide")):
        assert re.search(rf"^  {folder}/x\.txt:3:1: warning: [^“]*should stand at “{title} is a", output, re.MULTILINE)


@pytest.mark.parametrize("order", [1, -1])
def test_graph_files_of_documents_with_one_name_are_checked_against_their_own_texts(
    same_names: list[str], order: int
) -> None:
    arguments = [word for folder in same_names[::order] for word in ("--sources", folder)]
    result = CliRunner().invoke(command, ["graphs", *arguments])
    assert result.exit_code == 0, result.output
    assert "P3: " not in result.output
    assert_places_are_told(result.output)


@pytest.mark.parametrize("order", [1, -1])
def test_documents_with_one_name_are_both_checked(same_names: list[str], order: int) -> None:
    result = CliRunner().invoke(command, [*same_names[::order], "../" + Path.cwd().name + "/one/x.txt"])
    assert result.exit_code == 0, result.output
    assert "in 2 graphs (" in result.output
    assert_places_are_told(result.output)


def test_command_that_cannot_is_a_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", written(tmp_path, ":town a")]) == 3
    assert re.search(r"error: .*graph\.ttl:\d+:\d+: not valid Turtle", capsys.readouterr().err)


def test_command_checks_a_document(tmp_path: Path) -> None:
    article = tmp_path / "Blue_Train.txt"
    article.write_text("= Blue Train =\n\nBlue Train is an album by John Coltrane.\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(article)])
    assert result.exit_code in (0, 1)
    assert "in 1 graph (" in result.output

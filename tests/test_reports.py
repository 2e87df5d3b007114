"""Reports say the same thing in every format, and each format is what its own readers take it for."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import junitparser
import pytest
import rdflib

import discograph.checks
from discograph.checks import (
    Fallback,
    Finding,
    Location,
    NotChecked,
    Place,
    Report,
    Rule,
    Severity,
    SwitchedOff,
    graph_places,
)
from discograph.checks.baseline import Comparison, Entry, fingerprint
from discograph.checks.finding import Constraint
from discograph.cli import checked_graphs
from discograph.gates import GateResult, parse_gate
from discograph.rdf import BlankNode, Literal, NamedNode
from discograph.reports import REPORT_FORMATS, Checked, CheckRun, report_format_of, text_report
from discograph.reports.github import command
from discograph.serializers import FORMATS
from tests.process import ROOT
from tests.process import run_here as run
from tests.schemas import SARIF, problems, schema_with

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
MIN_COUNT = "http://www.w3.org/ns/shacl#MinCountConstraintComponent"
ALBUM = NamedNode("https://e.org/a")
TITLE = "http://purl.org/dc/terms/title"
RULES = (
    Rule("A1", Severity.VIOLATION, "An album has a title", "Add it."),
    Rule("A5", Severity.INFO, "An album has a type", "Say it."),
    Rule("L1", Severity.WARNING, "A studio lies in a place", "Place it."),
    Rule("MINE", Severity.WARNING, "", "Look."),
    Rule("P3", Severity.VIOLATION, "A quote stands in the text", "Build it again."),
    Rule("T9", Severity.WARNING, "A title has no space around it", "Trim it."),
)
NASTY = "100%: a, b\r\n|<c> & *d* ::e:: \x00\x0b ]]> \U0001f3b7"
PLACE = Location("texts/Grey Pier, 50%:é.txt", 36, 1, "Kind of\nGrey 🎷 Pier")


def finding(rule: str, severity: Severity, **changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "focus_node": ALBUM,
        "path": TITLE,
        "value": None,
        "message": "Add it.",
        "location": PLACE,
        "constraint": Constraint("<https://w3id.org/discograph/shapes#A1>", MIN_COUNT),
    }
    return Finding(rule, severity, **fields | changes)


TITLELESS = finding(
    "A1",
    Severity.VIOLATION,
    claim="https://e.org/claim/1",
    extracted_by=("infobox-title",),
    also=(Location("b.txt", 2, 3, "x"),),
)
NASTIEST = finding(
    "T9", Severity.WARNING, value=Literal(NASTY), message=NASTY, location=Location("a.ttl", 3, 1, NASTY, Place.GRAPH)
)
COMPLEX = finding(
    "L1",
    Severity.WARNING,
    focus_node=BlankNode("b1"),
    path=f"(^<https://e.org/p>/(<{TITLE}>|<https://e.org/q>)*)",
    location=Location("a.txt", 1, 1, "", Place.EXPECTED),
    constraint=Constraint("_:shape", MIN_COUNT),
)
TYPELESS = finding("A5", Severity.INFO, location=PLACE._replace(line=40))
REPORTS = (
    Checked(PLACE.document, Report((TITLELESS, TYPELESS), RULES, ("MINE", "T9"), (NotChecked("P3", "no text, 50%"),))),
    Checked("a.ttl", Report((COMPLEX, NASTIEST), RULES, ("MINE",), (), (SwitchedOff("A2", "our own: reason"),))),
)
KNOWN = Comparison(
    Path("known.json"),
    frozenset({fingerprint("a.ttl", COMPLEX)}),
    (Entry("0123456789abcdef", 1, "D1", "a.ttl", "Write it."),),
)
GATES = (GateResult(parse_gate("unlinked.person<=0.2"), 0.5), GateResult(parse_gate("findings.all<9"), 4))
RUN = CheckRun(REPORTS, Severity.WARNING, "strict", KNOWN, GATES)
CLEAN = CheckRun((Checked("a.txt", Report((), RULES)),))


def written(name: str, of: CheckRun = RUN) -> bytes:
    data = REPORT_FORMATS[name].write(of)
    assert data.endswith(b"\n")
    assert data == REPORT_FORMATS[name].write(of), "the same run gives the same bytes"
    return data


# Every format.


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_a_clean_run_is_a_report_too(name: str) -> None:
    assert written(name, CLEAN)


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_every_format_tells_what_pyshacl_ran(name: str) -> None:
    left = (Fallback("A1", "countsabove8"), Fallback("T9", "onlyhere"))
    of = CheckRun((Checked("a.ttl", Report((TITLELESS,), RULES, fallback=left)), Checked("b.ttl", Report((), RULES))))
    text = written(name, of).decode()
    assert "countsabove8" in text
    assert "onlyhere" in text
    assert "pyshacl" in text or name == "json"
    assert "pyshacl" not in written(name, CLEAN).decode()


def test_ends_of_file_names_mean_formats() -> None:
    ends = {
        "a.txt": "text",
        "a.sarif": "sarif",
        "a.sarif.json": "sarif",
        "a.xml": "junit",
        "a.md": "markdown",
        "a.nt": "ntriples",
    }
    assert {name: fmt.name for name in ends if (fmt := report_format_of(name))} == ends
    assert report_format_of("a.csv") is None


# Text.


def test_text_shows_new_findings_with_words_and_who_read_them() -> None:
    lines = text_report(RUN).splitlines()
    start = lines.index("A1: An album has a title (https://w3id.org/discograph/rules#A1)")
    assert lines[start + 1] == f"  {PLACE.document}:36:1: violation: Add it."
    assert "    also b.txt:2:3: “x”" in lines
    assert any(line.endswith("” (read by infobox-title)") for line in lines)
    assert not any(line.startswith("L1:") for line in lines), "the baseline knows it"
    assert lines[-7:-1] == [
        "not checked: P3: no text, 50%",
        "switched off (our own: reason): rule A2",
        "nothing to look at for rule MINE",
        "stale in known.json: D1 in a.ttl: Write it. (--update-baseline)",
        "gate unlinked.person<=0.2: 0.5: fails",
        "gate findings.all<9: 4",
    ]
    assert lines[-1] == "1 violation, 2 warnings, 1 info in 2 graphs (6 rules, 1 not checked); 1 known"


def test_text_can_be_styled() -> None:
    roles: set[str] = set()

    def style(text: str, role: str) -> str:
        roles.add(role)
        return f"[{text}]"

    styled = text_report(RUN, style=style)
    assert roles == {"rule", "place", "quote", "note", "violation", "warning", "info"}
    assert re.sub(r"[\[\]]", "", styled) == re.sub(r"[\[\]]", "", text_report(RUN))


# JSON.


def test_json_holds_all_of_a_finding() -> None:
    data = json.loads(written("json"))
    assert (data["fails"], data["counts"]) == (True, {"violation": 1, "warning": 2, "info": 1})
    first = data["findings"][0]
    assert first["location"] == {
        "file": PLACE.document,
        "line": 36,
        "column": 1,
        "end_line": 37,
        "end_column": 12,
        "quote": PLACE.quote,
        "place": "words",
    }
    assert (first["claim"], first["extracted_by"], first["component"]) == (
        "https://e.org/claim/1",
        ["infobox-title"],
        MIN_COUNT,
    )
    assert [(item["rule"], item["known"], item["fails"]) for item in data["findings"]] == [
        ("A1", False, True), ("A5", False, False), ("L1", True, False), ("T9", False, True),
    ]  # fmt: skip
    assert data["findings"][3]["value"]["value"] == NASTY
    assert {rule["id"]: rule["page"] for rule in data["rules"]}["MINE"] is None
    assert data["gates"][0] == {
        "gate": "unlinked.person<=0.2",
        "metric": "unlinked.person",
        "value": 0.5,
        "holds": False,
    }


# JUnit.


def test_junit_is_read_by_junitparser() -> None:
    read = junitparser.JUnitXml.fromstring(written("junit"))
    suites = {suite.name: suite for suite in read}
    assert set(suites) == {PLACE.document, "a.ttl", "gates"}
    assert [len(list(suites[name])) for name in (PLACE.document, "a.ttl")] == [len(RULES)] * 2, (
        "a case a rule and document"
    )
    assert (read.tests, read.failures, read.errors, read.skipped) == (14, 3, 0, 4)
    results = {(suite.name, case.name.split()[0]): case for suite in read for case in suite}
    (failure,) = results[PLACE.document, "A1"].result
    assert isinstance(failure, junitparser.Failure)
    assert failure.message == f"{PLACE.document}:36:1: Add it."
    assert "Kind of\nGrey 🎷 Pier" in (failure.text or "")
    assert isinstance(results[PLACE.document, "P3"].result[0], junitparser.Skipped)
    assert isinstance(results["a.ttl", "MINE"].result[0], junitparser.Skipped)
    known = results["a.ttl", "L1"]
    assert known.is_passed, "the baseline knows it"
    assert "a.txt:1:1: warning" in known.system_out
    assert not results["gates", "unlinked.person<=0.2"].is_passed
    assert results["gates", "findings.all<9"].is_passed


def test_junit_replaces_what_xml_cannot_hold() -> None:
    text = "".join(ET.fromstring(written("junit")).itertext())
    assert "|<c> & *d* ::e:: \ufffd\ufffd ]]> \U0001f3b7" in text


# SARIF.


@pytest.mark.parametrize("of", [RUN, CLEAN], ids=["findings", "clean"])
def test_sarif_fits_the_schema(of: CheckRun) -> None:
    assert problems(schema_with(SARIF, ""), json.loads(written("sarif", of))) == []


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(written("sarif"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    del log["runs"][0]["tool"]["driver"]["name"]
    assert len(problems(schema_with(SARIF, ""), log)) >= 2


def test_every_sarif_result_has_a_file_and_a_region() -> None:
    (log,) = json.loads(written("sarif"))["runs"]
    assert [result["ruleId"] for result in log["results"]] == ["A1", "A5", "L1", "T9"]
    for result in log["results"]:
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first = log["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "texts/Grey%20Pier,%2050%25%3A%C3%A9.txt"
    assert place["region"]["snippet"]["text"] == PLACE.quote
    assert (first["level"], first["baselineState"]) == ("error", "new")
    assert log["results"][2]["baselineState"] == "unchanged"
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2
    assert log["invocations"][0]["exitCode"] == 1


# GitHub.


def test_commands_escape_what_would_end_them() -> None:
    assert command("error", "a%b\r\nc", file="x:y,z%.txt") == "::error file=x%3Ay%2Cz%25.txt::a%25b%0D%0Ac"


def test_github_annotates_new_findings_once() -> None:
    lines = written("github").decode().split("\n")
    commands = [line for line in lines if line.startswith("::")]
    assert [line.split(" ")[0] for line in commands] == ["::error", "::notice", "::warning", "::error"]
    assert commands[0].startswith(
        "::error file=texts/Grey Pier%2C 50%25%3Aé.txt,line=36,endLine=37,col=1,title=A1 (violation)::Add it.%0A"
    )
    assert not any("\r" in line or "%0A" in line.split("::")[1] for line in commands)
    parsed = [parsed_command(line) for line in commands]
    assert parsed[0][1]["file"] == PLACE.document
    assert parsed[2][2].startswith(NASTY)
    assert parsed[3] == ("error", {"title": "gate"}, "unlinked.person<=0.2: 0.5")
    assert not any(re.search(r"::\w+", line) for line in lines if not line.startswith("::")), "notes are no commands"


def parsed_command(line: str) -> tuple[str, dict[str, str], str]:
    """Return a command as the runner of GitHub reads it (actions/runner, ActionCommand.cs)."""
    head, message = line[2:].split("::", 1)
    name, _, rest = head.partition(" ")
    pairs = dict(pair.split("=", 1) for pair in rest.split(","))
    for mark, code in ((":", "%3A"), (",", "%2C"), ("\n", "%0A"), ("\r", "%0D"), ("%", "%25")):
        pairs = {key: value.replace(code, mark) for key, value in pairs.items()}
        message = message.replace(code, mark) if mark not in ":," else message
    return name, pairs, message


# Markdown.


def test_markdown_has_a_table_for_each_rule() -> None:
    lines = written("markdown").decode().split("\n")
    assert lines[0] == "## discograph check: fails"
    assert "### [A1](https://w3id.org/discograph/rules#A1): An album has a title" in lines
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| where")]
    assert len(rows) == 3
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows), "no text ends a cell"
    assert not any(re.search(r"(?<!\\)[<*]", row) for row in rows)


# RDF.


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.name)
def test_rdf_holds_a_validation_report(fmt: Any) -> None:
    data = written(fmt.name)
    readers = {"trig": "turtle", "ntriples": "nt", "nquads": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    graph = rdflib.Graph().parse(data=data, format=readers.get(fmt.name, fmt.name))  # all is in the default graph
    (report,) = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert list(graph.objects(report, SH.conforms)) == [rdflib.Literal(False)]
    results = list(graph.objects(report, SH.result))
    assert len(results) == 4
    for result in results:  # SHACL, section 3.6.2: what each result must have
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape", "resultPath"):
            assert len(list(graph.objects(result, SH[name]))) == 1, name
    severities = {str(severity).rsplit("#", 1)[-1] for severity in graph.objects(None, SH.resultSeverity)}
    assert severities == {"Violation", "Warning", "Info"}
    (complex_path,) = [o for o in graph.objects(None, SH.resultPath) if isinstance(o, rdflib.BNode)]
    steps = list(rdflib.collection.Collection(graph, complex_path))
    (inverse,) = graph.objects(steps[0], SH.inversePath)
    (repeated,) = graph.objects(steps[1], SH.zeroOrMorePath)
    (alternatives,) = graph.objects(repeated, SH.alternativePath)
    assert str(inverse) == "https://e.org/p"
    assert [str(one) for one in rdflib.collection.Collection(graph, alternatives)] == [TITLE, "https://e.org/q"]


def test_a_report_without_findings_conforms() -> None:
    graph = rdflib.Graph().parse(data=written("turtle", CLEAN), format="turtle")
    assert [bool(value) for value in graph.objects(None, SH.conforms)] == [True]


# All of them, of a run on a document with faults.


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty")
    text = (ROOT / "tests/cases/planted/documents/Grey_Pier.txt").read_text(encoding="utf-8")
    faults = (("Next Title: Harbour Lights", "Next Title: Grey Pier"), (", Bergen", ""), (" in Bergen", ""))
    for old, new in faults:
        text = text.replace(old, new)
    (folder / "Grey_Pier.txt").write_text(text, encoding="utf-8")
    return folder


def test_one_run_writes_several_reports(faulty: Path) -> None:
    pairs = [("sarif", "a.sarif"), ("junit", "b.xml"), ("json", "c.json"), ("markdown", "d.md"), ("ntriples", "e.nt")]
    options = [word for name, output in pairs for word in ("-f", name, "-o", output)]
    ended = run("check", "Grey_Pier.txt", *options, cwd=faulty)
    assert (ended.code, ended.out) == (1, "")
    assert re.match(r"1 violation, 1 warning, 1 info in 1 graph", ended.err)
    data = json.loads((faulty / "c.json").read_text(encoding="utf-8"))
    assert [(f["rule"], f["location"]["line"], f["location"]["column"]) for f in data["findings"]] == [
        ("L1", 8, 11), ("N1", 14, 15), ("N5", 14, 15),
    ]  # fmt: skip
    log = json.loads((faulty / "a.sarif").read_text(encoding="utf-8"))
    assert problems(schema_with(SARIF, ""), log) == []
    assert len(log["runs"][0]["results"]) == 3
    assert junitparser.JUnitXml.fromfile(str(faulty / "b.xml")).failures == 1
    graph = rdflib.Graph().parse(faulty / "e.nt")
    assert len(list(graph.subjects(rdflib.RDF.type, SH.ValidationResult))) == 3


def test_formats_follow_from_the_names_of_files(faulty: Path) -> None:
    ended = run("check", "Grey_Pier.txt", "-o", "x.sarif", "-o", "x.ttl", "-o", "-", cwd=faulty)
    assert ended.code == 1
    assert ended.out.startswith("L1: A studio lies in a place")
    assert json.loads((faulty / "x.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert b"sh:ValidationReport" in (faulty / "x.ttl").read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-f", "json", "-f", "sarif"], "two reports would go to standard output"),
        (["-o", "a.json", "-o", "a.json"], "two reports would go to a.json"),
        (["-o", "report"], "its name means no format"),
        (["-f", "pdf"], "'pdf' is not one of"),
    ],
)
def test_reports_that_cannot_be_told_apart_are_wrong_usage(faulty: Path, options: list[str], message: str) -> None:
    ended = run("check", "Grey_Pier.txt", *options, cwd=faulty)
    assert ended.code == 2
    assert message in ended.err


def test_findings_in_graph_files_without_claims_are_at_their_statement(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n@prefix : <https://e.org/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n# :hall is here\n"
        ':town a dg:Place ; rdfs:label "Town" ,\n    "Town " .\n:hall a dg:Studio ; rdfs:label "Hall" .\n',
        encoding="utf-8",
    )
    ended = run("check", "a.ttl", "-f", "json", cwd=tmp_path)
    found = {f["rule"]: f["location"] for f in json.loads(ended.out)["findings"]}
    assert [(found[rule]["line"], found[rule]["column"], found[rule]["quote"]) for rule in ("I12", "L1")] == [
        (6, 5, '"Town "'), (7, 1, ":hall"),
    ]  # fmt: skip
    assert {place["place"] for place in found.values()} == {"graph"}


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_a_large_graph_file_gives_the_same_report(faulty: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("export", "Grey_Pier.txt", "-f", "trig", "-f", "nquads", "-o", "out", "-q", cwd=faulty).code == 1
    source = ("check", f"out/Grey_Pier.{suffix}", "--sources", "Grey_Pier.txt")
    arguments = (*source, "-f", "json", "--gate", "unlinked.place<=0.1", "--profile", "strict", "--disable", "D6=no")
    small = run(*arguments, cwd=faulty)
    monkeypatch.setattr(checked_graphs, "LARGE", 0)
    monkeypatch.setattr(discograph.checks, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(discograph.checks, "run_small", None)
    large = run(*arguments, cwd=faulty)
    assert {"E3", "L1", "N1", "N5"} <= {finding["rule"] for finding in json.loads(small.out)["findings"]}
    assert large == small


def test_a_rule_of_ones_own_that_only_pyshacl_can_run_has_places_and_components(faulty: Path) -> None:
    (faulty / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <https://e.org/s#> .\n"
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        ":M1 sh:targetClass dg:Album ; sh:message 'Look.' ; sh:path dcterms:title ; sh:minCount 9 ; sh:property :M2 .\n"
        ":M2 sh:path dg:none ; sh:minCount 1 ; sh:message 'Look there.' .\n",
        encoding="utf-8",
    )
    ended = run("check", "Grey_Pier.txt", "--shapes", "mine.ttl", "-f", "json", "-o", "-", "-o", "a.sarif", cwd=faulty)
    data = json.loads(ended.out)
    assert [item["rule"] for item in data["fallback"]] == ["M1"]
    assert "a count above" in data["fallback"][0]["reason"]
    mine = [finding for finding in data["findings"] if finding["rule"][0] == "M"]
    assert {(found["rule"], found["component"], found["shape"]) for found in mine} == {
        (rule, MIN_COUNT, f"https://e.org/s#{rule}") for rule in ("M1", "M2")
    }
    assert "Grey Pier" in {found["location"]["quote"] for found in mine if found["rule"] == "M1"}
    assert {"M1", "M2"} <= {rule["id"] for rule in data["rules"]}
    log = json.loads((faulty / "a.sarif").read_text(encoding="utf-8"))
    assert problems(schema_with(SARIF, ""), log) == []


@pytest.mark.parametrize("suffix", [fmt.extension for fmt in FORMATS])
def test_findings_in_every_graph_format_have_a_place(tmp_path: Path, suffix: str) -> None:
    from discograph.rdf import Quad, Triple, serialize

    triples = [
        Triple(
            NamedNode("https://e.org/hall"),
            NamedNode(f"{rdflib.RDF}type"),
            NamedNode("https://w3id.org/discograph/ns#Studio"),
        ),
        Triple(NamedNode("https://e.org/hall"), NamedNode(f"{rdflib.RDFS}label"), Literal('Town "hall"')),
    ]
    fmt = next(fmt for fmt in FORMATS if fmt.extension == suffix)
    quads = [Quad(t.subject, t.predicate, t.object, NamedNode("https://e.org/g")) for t in triples]
    data = serialize(quads if suffix in ("trig", "nq") else triples, fmt.rdf_format, {})
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    ended = run("check", path.name, "-f", "json", cwd=tmp_path)
    (found,) = json.loads(ended.out)["findings"]
    place = found["location"]
    line = path.read_text(encoding="utf-8").split("\n")[place["line"] - 1]
    assert line[place["column"] - 1 :].startswith(place["quote"])
    assert "hall" in place["quote"]


def test_long_graph_files_are_read_by_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "@prefix : <https://e.org/> .\n:town <https://e.org/p> :hall\\/1 .\n:hall\\/1 <https://e.org/p> 1 .\n"
    text += "<https://e.org/x> <https://e.org/p> 1 .\n<https://e.org/x> <https://e.org/q> 2 .\n"
    monkeypatch.setattr(graph_places, "MOST_CHARACTERS", 10)
    places = graph_places.GraphPlaces("a.ttl", text)
    for node, line, quote in (("hall/1", 3, r":hall\/1"), ("x", 4, "<https://e.org/x>"), ("gone", 1, "")):
        place = places.location(finding("L1", Severity.WARNING, focus_node=NamedNode(f"https://e.org/{node}")))
        assert (place.line, place.column, place.quote) == (line, 1, quote)

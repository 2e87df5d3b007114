"""What decides whether a check fails: severities, profiles, rules switched off, baselines, gates; and exit codes."""

from __future__ import annotations

import json
import os
import re
import resource as limits
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import discograph.checks
from discograph.checks import ENGINES, PROFILES, check, rules
from discograph.checks.profiles import deactivated, profile_files
from discograph.checks.shape import is_deactivated, rule_of
from discograph.checks.shapes_graph import load_shapes
from discograph.coverage import Counts
from discograph.errors import ShapesError
from discograph.gates import METRICS, GateError, parse_gate
from discograph.rdf import NamedNode, RdfFormat, parse
from discograph.resources import resource
from tests.process import ROOT, Ended, environment
from tests.process import run_here as run
from tests.test_shapes import found as findings_of
from tests.test_shapes import read_case

DOCUMENTS = ROOT / "tests/cases/planted/documents"
PREFIXES = (ROOT / "tests/cases/shapes/_prefixes.ttl").read_text(encoding="utf-8")
GOLD = {
    "source": "Grey_Pier.txt",
    "tables": {"track": [{"title": "Low Tide"}, {"title": "Salt"}, {"title": "Gulls"}, {"title": "Undertow"}]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a clean document, one with a warning, and one with a violation and an info."""
    for name, old, new in (
        ("Grey_Pier", "", ""),
        ("Night_Ferry", "- Recorded: 1986", "- Recorded: 1976–1986"),
        ("Harbour_Lights", "Prev Title: Grey Pier", "Prev Title: Harbour Lights"),
    ):
        text = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / f"{name}.txt").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return tmp_path


def found(ended: Ended) -> dict[str, Any]:
    return dict(json.loads(ended.out))


def rules_of(ended: Ended) -> list[str]:
    return [finding["rule"] for finding in found(ended)["findings"]]


# Profiles.


def test_profiles_grow_from_the_structural_to_the_strict() -> None:
    ids = {profile: {rule.id for rule in rules(profile=profile)} for profile in PROFILES}
    assert ids["structural"] < ids["default"] < ids["strict"]
    assert {"A1", "C1", "I9", "P3", "T1"} <= ids["structural"]
    assert not {"A2", "D8", "N4", "R5", "T6"} & ids["structural"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_switches_off_whole_rules(profile: str) -> None:
    graph = load_shapes([resource("shapes"), *profile_files(profile)])
    off = {item.rule for item in deactivated(graph, profile)}
    for node in graph.subjects():
        if isinstance(node, NamedNode) and is_deactivated(graph, node):
            assert rule_of(node) in off, f"{node}: other parts of the rule are still on"
    named, plain = ({*map(str, shapes.subjects())} for shapes in (graph, load_shapes([resource("shapes")])))
    new = {name for name in named - plain if name.startswith("<")}
    assert not new or profile == "strict", "it switches off what is not there"


def test_profiles_do_as_they_say(folder: Path) -> None:
    per_profile = {
        profile: run("check", "Night_Ferry.txt", "--profile", profile, "-f", "json", cwd=folder) for profile in PROFILES
    }
    assert rules_of(per_profile["structural"]) == []
    assert rules_of(per_profile["default"]) == ["D8"]
    assert {"D8", "E3"} <= set(rules_of(per_profile["strict"]))
    off = found(per_profile["structural"])["switched_off"]
    assert {"rule": "D8", "reason": "not in profile structural"} in off


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_both_engines_run_a_profile(engine: Any) -> None:
    quads = list(parse((PREFIXES + ":x a dg:Album ; rdfs:label 'X' .").encode(), RdfFormat.TURTLE, name="test"))
    shapes = [resource("shapes/album.ttl"), resource("shapes/prefixes.ttl")]
    report = check(quads, shapes=shapes, engine=engine, without={"A7": "no", "A1": "titles come later"})
    assert "A1" not in {finding.rule for finding in report.findings}
    assert check(quads, shapes=shapes, engine=engine).findings[0].rule == "A1"
    assert [item.rule for item in report.switched_off] == ["A1", "A7"]


STRICT = sorted((ROOT / "tests/cases/profiles/strict").iterdir())


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_examples_of_the_strict_profile(path: Path) -> None:
    case = read_case(path)
    report = check(case.quads, profile="strict")
    assert findings_of([finding for finding in report.findings if finding.rule[0] == "E"]) == case.expected
    assert (case.rule in {rule for rule, *_ in case.expected}) if case.rule else not case.expected


def test_each_strict_rule_has_an_invalid_example_in_which_both_engines_agree() -> None:
    extra = {rule.id for rule in rules(profile="strict")} - {rule.id for rule in rules()}
    cases = [read_case(path) for path in STRICT]
    assert {case.rule for case in cases if case.rule} == extra
    quads = [quad for case in cases for quad in case.quads]
    shapes = [resource("shapes/prefixes.ttl")]
    fast, slow = (check(quads, shapes=shapes, engine=engine, profile="strict") for engine in ENGINES)
    assert [finding.key for finding in fast.findings] == [finding.key for finding in slow.findings]
    components = [finding.constraint and finding.constraint.component for finding in fast.findings]
    assert components == [finding.constraint and finding.constraint.component for finding in slow.findings]


# Rules.


def test_every_rule_has_an_anchor_in_the_docs() -> None:
    text = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    pages = {rule.id: rule.page for rule in rules(profile="strict")}
    for name, page in pages.items():
        assert page is not None
        assert page.endswith(f"/rules#{name}")
        assert text.count(f'<a id="{name}"></a>') == 1, f"docs/rules.md: no anchor of {name}"


def test_a_rule_is_switched_off_with_its_reason(folder: Path) -> None:
    ended = run("check", "Harbour_Lights.txt", "--disable", "N5=we know, the wiki says so", cwd=folder)
    assert ended.code == 0
    assert "N5:" not in ended.out
    assert "switched off (we know, the wiki says so): rule N5" in ended.out


def test_a_program_can_be_switched_off(folder: Path) -> None:
    assert run("export", "Grey_Pier.txt", "-f", "trig", "-o", "out", "-q", cwd=folder).code == 0
    ended = run("check", "out", "--disable", "P3=no text here", "-f", "json", cwd=folder)
    assert {item["rule"] for item in found(ended)["not_checked"]} == {"P7", "P8"}


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ("N5", 2, "expected RULE=REASON"),
        ("N5=", 2, "expected RULE=REASON"),
        ("N55=x", 3, "no rule 'N55' to switch off; perhaps N5"),
    ],
)
def test_a_rule_is_not_switched_off_without_reason(folder: Path, value: str, code: int, message: str) -> None:
    ended = run("check", "Grey_Pier.txt", "--disable", value, cwd=folder)
    assert ended.code == code
    assert message in ended.err


def test_rules_that_target_nothing_in_a_corpus_are_told(folder: Path) -> None:
    (folder / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <https://e.org/s#> .\n"
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n"
        ":M1 sh:targetClass dg:Albun ; sh:nodeKind sh:IRI ; sh:message 'Look.' .\n"
        ":M2 sh:targetClass dg:Award ; sh:nodeKind sh:IRI ; sh:message 'Look.' .\n"
        ":M3 sh:targetClass dg:AwardResult ; sh:nodeKind sh:IRI ; sh:message 'Look.' .\n",
        encoding="utf-8",
    )
    ended = run("check", ".", "--shapes", "mine.ttl", cwd=folder)
    (line,) = re.findall(r"^nothing to look at for .*", ended.out, re.MULTILINE)
    assert {"M1", "M2"} <= set(line.split())
    assert not {"M3", "W1"} & set(line.split()), "one of the documents has an award"


def test_a_misspelt_class_in_data_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PREFIXES + ":x a dg:Albun ; rdfs:label 'X' .\n", encoding="utf-8")
    ended = run("check", "a.ttl", "-f", "json", cwd=tmp_path)
    assert ended.code == 1
    assert rules_of(ended) == ["I9"]
    assert "A1" in found(ended)["without_target"]


# Baselines.


def test_a_baseline_lets_old_findings_pass_and_new_ones_fail(folder: Path) -> None:
    arguments = ("check", "Harbour_Lights.txt", "--baseline", "known.json")
    assert run(*arguments, "--update-baseline", cwd=folder).code == 0
    assert run(*arguments, cwd=folder).code == 0
    text = (folder / "Harbour_Lights.txt").read_text(encoding="utf-8")
    moved = text.replace("\n\n", "\n\n\n", 3)
    (folder / "Harbour_Lights.txt").write_text(moved, encoding="utf-8")
    after = run(*arguments, cwd=folder)
    assert after.code == 0, "moved lines are the same finding"
    assert after.out.splitlines()[-1].endswith("; 1 known")
    worse = moved.replace("February 12, 1962", "February 12, 2062")
    (folder / "Harbour_Lights.txt").write_text(worse, encoding="utf-8")
    ended = run(*arguments, cwd=folder)
    assert ended.code == 1
    assert "D4: " in ended.out
    assert "N5: " not in ended.out, "what is known is not shown"


def test_stale_entries_are_told_and_removed(folder: Path) -> None:
    arguments = ("check", "Harbour_Lights.txt", "Night_Ferry.txt", "--baseline", "known.json")
    run(*arguments, "--update-baseline", cwd=folder)
    shutil.copy(DOCUMENTS / "Harbour_Lights.txt", folder)
    assert "stale" not in run("check", "Night_Ferry.txt", "--baseline", "known.json", cwd=folder).out
    ended = run(*arguments, cwd=folder)
    assert ended.code == 0
    assert "stale in known.json: N5 in Harbour_Lights.txt" in ended.out
    run("check", "Harbour_Lights.txt", "--baseline", "known.json", "--update-baseline", cwd=folder)
    kept = json.loads((folder / "known.json").read_text(encoding="utf-8"))["findings"]
    assert [(item["file"], item["rule"]) for item in kept] == [("Night_Ferry.txt", "D8")], "files not checked stay"


def test_evidence_that_moves_is_the_same_finding(folder: Path) -> None:
    """The IRI of a quote holds its offsets; the fingerprint must not."""
    prints = []
    for lines in ("", "\n\n"):
        text = (DOCUMENTS / "Grey_Pier.txt").read_text(encoding="utf-8").replace("\n\nGrey", f"\n\n{lines}Grey", 1)
        (folder / "Grey_Pier.txt").write_text(text, encoding="utf-8")
        assert run("export", "Grey_Pier.txt", "-f", "trig", "-o", "out", "-q", cwd=folder).code == 0
        graph = (folder / "out/Grey_Pier.trig").read_text(encoding="utf-8")
        (folder / "out/Grey_Pier.trig").write_text(
            graph.replace('oa:exact "Hard bop"', 'oa:exact "Hard  bop"'), encoding="utf-8"
        )
        ended = run("check", "out", "--sources", "Grey_Pier.txt", "-f", "json", cwd=folder)
        prints.append({(f["rule"], f["fingerprint"]) for f in found(ended)["findings"]})
    assert prints[0] == prints[1]
    assert "P3" in {rule for rule, _ in prints[0]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "known.json: no such baseline; write it with --update-baseline"),
        ("{", "known.json:1:2: not JSON"),
        ("[]", "not a baseline of version 1"),
        ('{"version": 1, "findings": [{}]}', "finding 1 must have fingerprint"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_faulty_baseline_is_refused(folder: Path, text: str | None, message: str) -> None:
    if text is not None:
        (folder / "known.json").write_text(text, encoding="utf-8")
    ended = run("check", "Grey_Pier.txt", "--baseline", "known.json", cwd=folder)
    assert (ended.code, ended.out) == (3, "")
    assert message in ended.err


def test_update_needs_a_baseline(folder: Path) -> None:
    ended = run("check", "Grey_Pier.txt", "--update-baseline", cwd=folder)
    assert (ended.code, "--update-baseline needs --baseline FILE" in ended.err) == (2, True)


# Gates.


@pytest.fixture
def golden(folder: Path) -> Path:
    (folder / "gold").mkdir()
    (folder / "gold/a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("gate", "value", "code"),
    [
        ("track.found>=0.75", 0.75, 0),
        ("track.found>=0.95", 0.75, 1),
        ("track.recall=0.75", 0.75, 0),
        ("track.precision >= 0.75", 0.75, 0),
        ("track.f1>0.75", 0.75, 1),
        ("track.exact<=0.1", 0.0, 0),
        ("all.found>=0.75", 0.75, 0),
        ("track.count==4", 4, 0),
        ("credit.count<4", 4, 1),
        ("findings.violation=0", 0, 0),
        ("findings.all>0", 0, 1),
        ("findings.A2<=0", 0, 0),
        ("coverage.fields>=0.9", 1.0, 0),
        ("unlinked.person<=0.2", 1.0, 1),
        ("unlinked.album<=0.7", 2 / 3, 0),
        ("unlinked.film<=0", 0.0, 0),
    ],
)
def test_a_gate_measures(golden: Path, gate: str, value: float, code: int) -> None:
    ended = run("check", "Grey_Pier.txt", "--gold", "gold", "--gate", gate, "-f", "json", cwd=golden)
    assert ended.code == code, ended.err
    (measured,) = found(ended)["gates"]
    assert measured["value"] == pytest.approx(value)
    assert measured["holds"] is (code == 0)


def test_a_link_counts_once_it_is_there(golden: Path) -> None:
    assert run("export", "Grey_Pier.txt", "-f", "trig", "-o", "out", "-q", cwd=golden).code == 0
    graph = golden / "out/Grey_Pier.trig"
    link = "person:ada-moss foaf:isPrimaryTopicOf <https://en.wikipedia.org/wiki/Ada_Moss> .\n"
    graph.write_text(graph.read_text(encoding="utf-8") + link, encoding="utf-8")
    ended = run("check", "out", "--gate", "unlinked.person<=0.75", "--gate", "track.count=4", "-f", "json", cwd=golden)
    assert [gate["value"] for gate in found(ended)["gates"]] == [0.75, 4]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--gate", "track.fond>=0.9"], 2, "unknown metric 'track.fond'; perhaps track.found"),
        (["--gate", "track.found"], 2, "expected METRIC, one of >= <= > < = ==, and a number"),
        (["--gate", "track.found>=0.9"], 3, "needs --gold DIR"),
        (["--gate", "review.found>=0.9", "--gold", "gold"], 3, "the gold has no rows of this table"),
        (["--gate", "findings.Z9=0"], 3, "no rule 'Z9' is checked here"),
        (["--gate", "coverage.rows>0", "--gold", "gold"], 0, ""),
    ],
)
def test_a_gate_that_cannot_be_measured_says_why(golden: Path, options: list[str], code: int, message: str) -> None:
    ended = run("check", "Grey_Pier.txt", *options, cwd=golden)
    assert ended.code == code
    assert message in ended.err


def test_gates_on_documents_need_documents(golden: Path) -> None:
    assert run("export", "Grey_Pier.txt", "-f", "trig", "-o", "out", "-q", cwd=golden).code == 0
    ended = run("check", "out", "--gate", "coverage.rows>0", cwd=golden)
    assert (ended.code, "only graphs were given" in ended.err) == (3, True)
    ended = run("check", "Night_Ferry.txt", "--gold", "gold", "--gate", "track.found>0", cwd=golden)
    assert (ended.code, "its source 'Grey_Pier.txt' is not among what is checked" in ended.err) == (3, True)


def test_every_metric_is_in_the_docs() -> None:
    text = (ROOT / "docs/check.md").read_text(encoding="utf-8")
    for metric in METRICS:
        subject, measure = metric.split(".")
        assert parse_gate(f"{metric}>=0").metric == metric
        assert re.search(rf"`(?:{subject}|<table>)\.{measure}`|`{subject}\.<\w+>`", text), f"docs/check.md: {metric}"
    assert set(Counts.__dataclass_fields__) == {m.split(".")[1] for m in METRICS if m.startswith("coverage.")}
    with pytest.raises(GateError, match="unknown metric"):
        parse_gate("nothing.at.all>1")


# Exit codes.


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("Grey_Pier", [], 0),
        ("Grey_Pier", ["--fail-on", "info"], 0),
        ("Night_Ferry", [], 0),
        ("Night_Ferry", ["--fail-on", "warning"], 1),
        ("Night_Ferry", ["--fail-on", "info"], 1),
        ("Harbour_Lights", [], 1),
        ("Harbour_Lights", ["--quiet"], 1),
    ],
)
def test_findings_decide_between_0_and_1(folder: Path, name: str, options: list[str], code: int) -> None:
    for fmt in ("text", "github", "junit", "sarif"):
        assert run("check", f"{name}.txt", *options, "-f", fmt, cwd=folder).code == code, fmt


def test_broken_shapes_are_a_3(folder: Path) -> None:
    (folder / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<a#M1> sh:targetNode", encoding="utf-8"
    )
    ended = run("check", "Grey_Pier.txt", "--shapes", "mine.ttl", "-o", "a.json", cwd=folder)
    assert (ended.code, ended.out) == (3, "")
    assert re.search(r"error: .*mine\.ttl:2:\d+: not valid Turtle", ended.err)
    assert not (folder / "a.json").exists()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gone.txt", None, "gone.txt: no such file"),
        ("a.txt", b"= A =\n\xff\n", "a.txt"),
        ("a.ttl", b"<a> <b>", r"a\.ttl:1:\d+: not valid Turtle"),
        ("a.csv", b"a,b", "not a document"),
    ],
)
def test_an_unreadable_source_is_a_3(folder: Path, name: str, data: bytes | None, message: str) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    ended = run("check", "Grey_Pier.txt", name, "-f", "sarif", "-o", "a.sarif", cwd=folder)
    assert ended.code == 3
    assert re.search(message, ended.err)
    assert not (folder / "a.sarif").exists(), "no report of half a run"


def test_a_source_without_permission_is_a_3(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "Grey_Pier.txt").chmod(0)
    assert run("check", "Grey_Pier.txt", cwd=folder).code == 3


class PanicError(BaseException):
    """What a panic of Rust looks like in Python: no Exception."""


@pytest.mark.parametrize(
    "error", [RuntimeError("engine"), MemoryError(), RecursionError(), PanicError("rust"), ShapesError("x")]
)
def test_an_engine_that_crashes_is_a_3(folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def crash(*_: object) -> None:
        raise error

    for engine in ("run_small", "run_compiled"):
        monkeypatch.setattr(discograph.checks, engine, crash)
    (folder / "a.json").write_text("old", encoding="utf-8")
    ended = run("check", "Grey_Pier.txt", "-o", "a.json", "--baseline", "b.json", "--update-baseline", cwd=folder)
    assert (folder / "a.json").read_text(encoding="utf-8") == "old"
    assert not (folder / "b.json").exists()
    assert (ended.code, ended.out) == (3, "")
    assert "error: " in ended.err


def test_an_engine_that_dies_is_no_0(folder: Path) -> None:
    code = (
        "import os, discograph.checks, discograph.cli\n"
        "discograph.checks.run_small = discograph.checks.run_compiled = lambda *_: os.abort()\n"
        "discograph.cli.main(['check', 'Grey_Pier.txt', '-o', 'a.json'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, check=False
    )
    assert ended.returncode not in (0, 1, 2)
    assert not (folder / "a.json").exists()


def small_disk(folder: Path, work: Callable[[Path], list[str]]) -> Ended:
    """Run a command whose files lie on a disk of 64 KiB of which nothing is left, in a name space of its own."""
    disk = folder / "disk"
    disk.mkdir()
    fill = f'mount -t tmpfs -o size=64k none {disk} && head -c 65536 /dev/zero > {disk}/full; exec "$@"'
    command = [
        "unshare",
        "--mount",
        *([] if os.geteuid() == 0 else ["--map-root-user"]),
        "sh",
        "-c",
        fill,
        "sh",
        *work(disk),
    ]
    ended = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False, timeout=120)
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def can_mount() -> bool:
    command = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    try:
        mounted = subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return mounted.returncode == 0


@pytest.mark.parametrize(
    "option", [["-o", "a.json"], ["-f", "sarif", "-o", "b.sarif"], ["--update-baseline", "--baseline", "c.json"]]
)
def test_a_full_disk_is_a_3(folder: Path, option: list[str]) -> None:
    if not can_mount():
        pytest.skip("no small disk here")
    ended = small_disk(
        folder,
        lambda disk: [
            sys.executable, "-m", "discograph", "check", "Harbour_Lights.txt",
            *(str(disk / word) if "." in word else word for word in option),
        ],
    )  # fmt: skip
    assert ended.code == 3, ended.err
    assert "No space left on device; free some space" in ended.err


def test_a_file_that_may_not_grow_is_a_3(folder: Path) -> None:
    (folder / "a.json").write_text("old", encoding="utf-8")
    command = [sys.executable, "-m", "discograph", "check", "Grey_Pier.txt", "-o", "a.json"]
    ended = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=lambda: limits.setrlimit(limits.RLIMIT_FSIZE, (100, 100)),
    )
    assert ended.returncode == 3
    assert b"a.json: cannot be written: File too large" in ended.stderr
    assert (folder / "a.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("option", [["-f", "sarif", "-o", "/dev/full"], ["-f", "sarif"], []])
def test_a_full_device_is_a_3(folder: Path, option: list[str]) -> None:
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("no /dev/full here")
    with full.open("w") as output:
        command = [sys.executable, "-m", "discograph", "check", "Grey_Pier.txt", *option]
        ended = subprocess.run(
            command, cwd=folder, env=environment(), stdout=output, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 3, ended.stderr
    assert full.is_char_device(), "no file took the place of the device"

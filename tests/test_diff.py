"""Diff: what it tells of hand-made changes, what is no change, and where its sides come from.

Cases: ``cases/diff/changes/<case>.yaml``: in the article ``cases/diff/documents/salt-harbour.txt`` each pair of
``replace`` is replaced once or wherever it stands; ``claims_old`` and ``claims_new`` are sidecars; ``changes`` are
all lines that come of it, without the name of the album.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from discograph import cli
from discograph.diff import Difference, Kind, as_json, as_markdown, as_text, diff, parse_revision
from discograph.namespaces import DEFAULT_BASE
from discograph.pipeline import open_store
from discograph.provenance import Provenance
from discograph.rdf import Quad
from tests.case_files import CASES, Case, parameters, yaml_cases
from tests.process import ROOT, run

FOLDER = CASES / "diff"
DOCUMENT = FOLDER / "documents" / "salt-harbour.txt"
CHANGES = yaml_cases(FOLDER / "changes", required={"replace", "changes"}, optional={"claims_old", "claims_new"})
ARTICLES = sorted((CASES / "robustness" / "documents").glob("*.txt")) + sorted((ROOT / "seeds").glob("*.txt"))
SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~"}


def edited(case: Case) -> str:
    """Return the article with the changes of a case."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for old, new in case.data["replace"]:
        assert old in text, f"{case.name}: nothing to replace: {old!r}"
        text = text.replace(old, new)
    return text


def laid(folder: Path, text: str, claims: str | None = None) -> Path:
    """Write an article, and its sidecar, to a folder; return the folder."""
    folder.mkdir(parents=True)
    (folder / DOCUMENT.name).write_text(text, encoding="utf-8")
    if claims:
        (folder / f"{DOCUMENT.stem}.claims.yaml").write_text(f"document: {DOCUMENT.name}\n{claims}", encoding="utf-8")
    return folder


def statements(*sources: Path, base_iri: str = DEFAULT_BASE) -> Provenance:
    return Provenance(open_store(sources, base_iri=base_iri))


def lines(difference: Difference) -> list[str]:
    return [f"{SIGNS[change.kind]} {change.text}" for change in difference.changes]


@cache
def article(text: str, claims: str | None, base_iri: str = DEFAULT_BASE) -> Provenance:
    """Return what an article with its sidecar says; each is read once for all tests."""
    with TemporaryDirectory() as folder:
        return statements(laid(Path(folder) / "article", text, claims), base_iri=base_iri)


def both(case: Case) -> tuple[Provenance, Provenance]:
    old = article(DOCUMENT.read_text(encoding="utf-8"), case.get("claims_old"))
    return old, article(edited(case), case.get("claims_new"))


# What is told.


@pytest.mark.parametrize("case", parameters(CHANGES))
def test_a_hand_made_change_is_told_and_nothing_else(case: Case) -> None:
    assert lines(diff(*both(case))) == case.data["changes"], case.data["why"]


@pytest.mark.parametrize("case", parameters(CHANGES))
def test_the_way_back_tells_as_much(case: Case) -> None:
    old, new = both(case)
    there, back = diff(old, new), diff(new, old)
    counts = [[d.count(kind) for kind in (Kind.ADDED, Kind.REMOVED, Kind.CHANGED)] for d in (there, back)]
    assert counts[0] == [counts[1][1], counts[1][0], counts[1][2]]


@pytest.mark.parametrize("document", [DOCUMENT, *ARTICLES], ids=lambda path: path.stem)
def test_another_base_changes_nothing(document: Path) -> None:
    assert lines(diff(statements(document), statements(document, base_iri="https://example.org/music/"))) == []


@pytest.mark.parametrize("document", ARTICLES, ids=lambda path: path.stem)
def test_a_graph_is_like_itself(document: Path) -> None:
    graph = statements(document)
    assert lines(diff(graph, graph)) == []


def test_the_seed_is_like_its_committed_export() -> None:
    difference = diff(statements(ROOT / "seeds"), statements(*(ROOT / "output").glob("*.trig")))
    assert difference.has_manners
    assert lines(difference) == []


def test_where_words_stand_and_which_rule_read_them_is_no_difference() -> None:
    graph = statements(DOCUMENT)
    moved = [_moved(quad) for quad in open_store([DOCUMENT])]
    assert any("#char=" in str(quad) for quad in moved)
    store = open_store([DOCUMENT])
    store.clear()
    store.extend(moved)
    assert lines(diff(graph, Provenance(store))) == []


def _moved(quad: Quad) -> Quad:
    """Return a quad whose evidence stands three characters further on, and was read by another rule."""
    from discograph.rdf import Literal, NamedNode
    from discograph.vocab import DG, OA

    subject, predicate, value, graph = quad
    if predicate in (OA.start, OA.end, DG.line):
        value = Literal(str(int(value.value) + 3), datatype=value.datatype)
    if predicate == DG.rule:
        value = NamedNode(value.value + "-2")
    return Quad(subject, predicate, value, graph)


def test_of_many_documents_each_change_stands_under_its_album(tmp_path: Path) -> None:
    for side in ("old", "new"):
        shutil.copytree(CASES / "robustness" / "documents", tmp_path / side)
    path = tmp_path / "new" / "kestrel-nights.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("- René Falk – piano", "- René Falk – organ"), "utf-8")
    (tmp_path / "new" / "spring-flood.txt").unlink()
    text = as_text(diff(statements(tmp_path / "old"), statements(tmp_path / "new")))
    assert "Kestrel Nights — René Falk\n  ~ René Falk: piano → organ\n" in text


def test_an_album_that_went_is_one_change(tmp_path: Path) -> None:
    laid(tmp_path / "old", DOCUMENT.read_text(encoding="utf-8"))
    other = "= Quiet Year =\n\nQuiet Year is an album by Kai Dahl.\n"
    for side in ("old", "new"):
        (tmp_path / side).mkdir(exist_ok=True)
        (tmp_path / side / "quiet-year.txt").write_text(other, encoding="utf-8")
    difference = diff(statements(tmp_path / "old"), statements(tmp_path / "new"))
    assert lines(difference) == ["- album Salt Harbour"]
    facts = dict(difference.changes[0].facts)
    assert facts["artist"] == "Ada Brandt"


# Without claims.


def test_files_without_claims_are_compared_by_their_facts(tmp_path: Path) -> None:
    for name, text in (
        ("old", DOCUMENT.read_text("utf-8")),
        ("new", DOCUMENT.read_text("utf-8").replace("| 7 |", "| 3 |")),
    ):
        laid(tmp_path / name, text)
        assert run("export", name, "-o", f"{name}-graph", "-f", "turtle", "-f", "trig", cwd=tmp_path).code == 0
    turtle = tmp_path / "old-graph" / "salt-harbour.ttl"
    expected = ["~ chart Norwegian Albums (VG-lista), 1961: peak position 7 → 3"]
    for new in ("new-graph/salt-harbour.trig", "new-graph/salt-harbour.ttl"):
        difference = diff(statements(turtle), statements(tmp_path / new))
        assert not difference.has_manners
        assert lines(difference) == expected
    ended = run("diff", turtle, "new", cwd=tmp_path)
    assert (ended.code, ended.err) == (1, "one side has no claims: only facts are compared, not how they are said\n")


# Reports.


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Lay an article with two changes beside the article."""
    laid(tmp_path / "old", DOCUMENT.read_text(encoding="utf-8"))
    text = DOCUMENT.read_text(encoding="utf-8").replace("| 7 |", "| 3 |").replace("- Jo Ness – drums\n", "")
    laid(tmp_path / "new", text.replace('"Ropes"', '"Ropes_*of*_<b>"'))
    return tmp_path


def test_text_names_the_album_and_ends_with_the_sum(changed: Path) -> None:
    ended = run("diff", "old", "new", "--places", cwd=changed)
    assert ended.code == 1
    assert ended.out == (
        "Salt Harbour — Ada Brandt\n"
        "  ~ track 3 title “Ropes” → “Ropes_*of*_<b>”  (salt-harbour.txt:26:5)\n"
        "  - Jo Ness, drums, on all tracks  (salt-harbour.txt:33:3)\n"
        "  ~ chart Norwegian Albums (VG-lista), 1961: peak position 7 → 3  (salt-harbour.txt:44:33)\n"
        "\n3 changes: 1 removed, 2 changed\n"
    )


def test_markdown_shows_markup_as_text(changed: Path) -> None:
    text = as_markdown(diff(statements(changed / "old"), statements(changed / "new")), with_places=True)
    assert text.startswith("### Salt Harbour — Ada Brandt\n\n- **changed:** track 3 title")
    assert r"“Ropes\_\*of\*\_\<b\>” (`salt-harbour.txt:26:5`)" in text
    assert text.endswith("\n\n3 changes: 1 removed, 2 changed.\n")


def test_json_has_both_sides_with_their_words(changed: Path) -> None:
    found = json.loads(as_json(diff(statements(changed / "old"), statements(changed / "new")), old="a", new="b"))
    assert found["summary"] == {"added": 0, "removed": 1, "changed": 2}
    (album,) = found["albums"]
    chart = next(change for change in album["changes"] if change["class"] == "chart entry")
    assert (chart["property"], chart["old"]["value"], chart["new"]["value"]) == ("peak position", "7", "3")
    assert chart["new"]["evidence"] == {"file": "salt-harbour.txt", "line": 44, "column": 33, "quote": "3"}
    credit = next(change for change in album["changes"] if change["class"] == "credit")
    assert credit["new"] is None
    assert credit["old"]["evidence"]["quote"] == "Jo Ness – drums"
    assert {"property": "instrument", "value": "drums"} in credit["facts"]


def test_nothing_to_tell(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", str(DOCUMENT), str(DOCUMENT)]) == 0
    assert capsys.readouterr() == ("", "no difference\n")
    assert cli.run(["diff", str(DOCUMENT), str(DOCUMENT), "-f", "markdown", "-q"]) == 0
    assert capsys.readouterr() == ("No difference.\n", "")
    assert cli.run(["diff", str(DOCUMENT), str(DOCUMENT), "-f", "json", "-q"]) == 0
    assert json.loads(capsys.readouterr().out)["albums"] == []


def test_output_goes_to_a_file(changed: Path) -> None:
    ended = run("diff", "old", "new", "-f", "markdown", "-o", "changes.md", cwd=changed)
    assert (ended.code, ended.out, ended.err) == (1, "", "3 changes: 1 removed, 2 changed\n")
    assert (changed / "changes.md").read_text(encoding="utf-8").startswith("### Salt Harbour")


# Sides.


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay a repository with an export of the article at ``v1``, and in the working tree one with another peak."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    tmp_path = tmp_path_factory.mktemp("repository")
    laid(tmp_path / "articles", DOCUMENT.read_text(encoding="utf-8"))
    assert run("export", "articles", "-o", "output", cwd=tmp_path).code == 0
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    git(tmp_path, "tag", "v1")
    path = tmp_path / "articles" / DOCUMENT.name
    path.write_text(path.read_text(encoding="utf-8").replace("| 7 |", "| 3 |"), encoding="utf-8")
    assert run("export", "articles", "-o", "output", cwd=tmp_path).code == 0
    (tmp_path / "deeper").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "old", "new"),
    [
        (".", "git:HEAD", "output"),
        (".", "git:v1:output", "output"),
        (".", "v1:output", "output"),
        (".", "git:v1:output/salt-harbour.trig", "output/salt-harbour.trig"),
        (".", "git:v1:articles", "articles"),
        (".", "git:v1:articles/salt-harbour.txt", "output"),
        (".", "git:HEAD:./output", "articles"),
        ("deeper", "git:HEAD:../output", "../output"),
    ],
)
def test_revisions_are_sides(repository: Path, folder: str, old: str, new: str) -> None:
    before = (repository / ".git" / "index").read_bytes()
    ended = run("diff", old, new, "-q", cwd=repository / folder)
    assert ended.code == 1, ended.err
    assert "  ~ chart Norwegian Albums (VG-lista), 1961: peak position 7 → 3\n" in ended.out
    assert ended.out.endswith("\n1 change: 1 changed\n")
    assert (repository / ".git" / "index").read_bytes() == before


def test_a_revision_is_like_itself_and_an_absolute_path_finds_its_repository(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    side = f"git:v1:{repository / 'output'}"
    ended = run("diff", side, side, cwd=elsewhere)
    assert (ended.code, ended.out) == (0, ""), ended.err


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("git:no-such-tag", "no-such-tag:output: git knows no such revision or path"),
        ("git:HEAD:nowhere", "HEAD:nowhere: git knows no such revision or path"),
        ("git:--all", "'--all' is not a git revision"),
        ("nowhere", "nowhere: no such file or folder; a git revision is git:REV[:PATH]"),
        ("git:HEAD:README.md", "git knows no such revision or path"),
    ],
)
def test_a_side_that_is_not_there_is_told(repository: Path, old: str, said: str) -> None:
    ended = run("diff", old, "output", cwd=repository)
    assert ended.code == 3
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_outside_of_a_repository_git_says_so(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    ended = run("diff", "git:HEAD", DOCUMENT, cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert ended.code == 3
    assert "not a git repository" in ended.err


def test_without_git_a_revision_is_refused(tmp_path: Path) -> None:
    ended = run("diff", "git:HEAD", DOCUMENT, cwd=tmp_path, PATH=str(tmp_path))
    assert (ended.code, ended.err.partition(";")[0]) == (3, "error: git is not installed, so no revision can be read")


@pytest.mark.parametrize("name", ["output", "git:", "C:\\articles", "c:/articles", ":x", "HEAD:"])
def test_a_path_is_no_revision(name: str) -> None:
    assert parse_revision(name) is None


def test_of_one_export_in_several_formats_the_fullest_counts(tmp_path: Path) -> None:
    laid(tmp_path / "articles", DOCUMENT.read_text(encoding="utf-8"))
    assert run("export", "articles", "-o", "output", cwd=tmp_path).code == 0
    path = tmp_path / "output" / "salt-harbour.trig"
    text, count = re.subn(r"dg:peakPosition 7\b", "dg:peakPosition 3", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("rdf:object 7 ;", "rdf:object 3 ;"), encoding="utf-8")
    assert count == 1
    ended = run("diff", "articles", "output", cwd=tmp_path)
    assert "~ chart Norwegian Albums (VG-lista), 1961: peak position 7 → 3\n" in ended.out


def test_stores_are_sides(tmp_path: Path) -> None:
    for name, sources in (("old", [DOCUMENT]), ("new", [DOCUMENT])):
        _stored(tmp_path / name, open_store(sources))
    assert run("diff", "old", "new", cwd=tmp_path).code == 0
    other = tmp_path / "articles" / "x.txt"
    other.parent.mkdir()
    other.write_text("= Quiet Year =\n\nQuiet Year is an album by Kai Dahl.\n", encoding="utf-8")
    _stored(tmp_path / "more", open_store([DOCUMENT, other]))
    ended = run("diff", "old", "more", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "Quiet Year — Kai Dahl\n  + album Quiet Year\n\n1 change: 1 added\n")


def _stored(folder: Path, quads: Iterable[Quad]) -> None:
    from discograph.rdf import DefaultGraph, Store

    store = Store(str(folder))
    store.extend(quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))
    store.flush()

"""Coverage: what counts as read, what no word list knows, and the report.

Cases: ``cases/coverage/<case>.txt`` with ``<case>.yaml``: ``evidence`` (every place where these words stand is
evidence), ``functions`` and ``problems`` that extraction found, then what comes of them: ``counts`` (pairs of
read and total), ``keys``, ``headings``, ``functions_unknown``, ``losses``, ``problems_found``, ``openings`` (each
a name and its place) and ``unread``. What a case does not name is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from discograph import cli
from discograph.coverage import Counts, Coverage, Mention, Tally, coverage_of, tally
from discograph.document import Source, Text
from discograph.rdf import Literal, NamedNode, Quad
from discograph.readers import read_rendered, read_source
from discograph.records import AlbumRecord, CreditRecord, PageAlbums, Problem, Rule, quoted
from discograph.vocab import OA, XSD
from tests.case_files import CASES, Case, parameters, yaml_cases

FOLDER = CASES / "coverage"
LISTS = {
    "keys": "keys",
    "headings": "headings",
    "functions_unknown": "functions",
    "losses": "losses",
    "problems_found": "problems",
    "templates": "templates",
    "parameters": "parameters",
    "openings": "openings",
}
"""Key of a case to field of ``Coverage``."""
ALL = yaml_cases(
    FOLDER,
    required={"evidence", "counts"},
    optional={"functions", "problems", "unread", *LISTS},
    partner=".txt",
)
RULE = Rule("test", "a rule of this test")


def words(source: Source, text: str) -> Text:
    """Return the first place of words in a source."""
    assert text in source.text, text
    return Text.at(text, source.text.index(text))


def evidence(source: Source, quotes: Iterable[str]) -> Iterator[Quad]:
    for quote in quotes:
        assert quote in source.text, quote
        for match in re.finditer(re.escape(quote), source.text):
            node = NamedNode(f"https://example.org/x#char={match.start()},{match.end()}")
            for predicate, offset in ((OA.start, match.start()), (OA.end, match.end())):
                yield Quad(node, predicate, Literal(str(offset), datatype=XSD.integer))


def page(source: Source, case: Case) -> PageAlbums:
    """Return what extraction is said to have found: an album with the functions, and the problems."""
    said = quoted(words(source, source.text[:1]), RULE)
    album = AlbumRecord(said.of(None))
    for function in case.get("functions") or []:
        text = quoted(words(source, function), RULE)
        album.credits.append(CreditRecord(said.of(None), said, text))
    problems = [Problem(words(source, at).span(), what, "") for at, what in case.get("problems") or []]
    return PageAlbums(None, [album], [], problems)


def shown(mentions: Iterable[Mention]) -> list[str]:
    return [f"{mention.name} {mention.place.removeprefix('x:')}" for mention in mentions]


def covered(case: Case) -> Coverage:
    document = read_rendered(read_source(case.path.with_suffix(".txt")))
    source = document.source
    return coverage_of("x", document, page(source, case), evidence(source, case.data["evidence"]))


@pytest.mark.parametrize("case", parameters(ALL))
def test_coverage(case: Case) -> None:
    found = covered(case)
    why = case.data["why"]
    counts = {f.name: list(getattr(found.counts, f.name)) for f in fields(Counts) if getattr(found.counts, f.name)[1]}
    assert counts == case.data["counts"], why
    assert {key: shown(getattr(found, name)) for key, name in LISTS.items()} == {
        key: case.get(key) or [] for key in LISTS
    }, why
    assert [f"{unit.kind}: {unit.words}" for unit, _ in found.unread] == (case.get("unread") or []), why


def test_a_document_without_album_has_no_counts() -> None:
    document = read_rendered(Source("x.txt", "Ada Moss is a pianist.\n\n== Early life ==\nGulls.\n"))
    assert coverage_of("x", document, PageAlbums(None), ()) == Coverage("x", "extract", 0)


def test_a_tally_is_by_frequency_and_then_by_name() -> None:
    mentions = [Mention("foghorn", "b"), Mention("Bell", "a"), Mention("bell", "c"), Mention("anchor", "d")]
    assert tally(mentions) == [
        Tally("Bell", 2, ("a", "c")),
        Tally("anchor", 1, ("d",)),
        Tally("foghorn", 1, ("b",)),
    ]


# --- The command --------------------------------------------------------------------------------------------

ALBUM = "Blue Harbour is an album by Ada Moss. Gulls cry.\n\n== Flotsam ==\nGulls sleep.\n"
PERSON = "Ada Moss is a pianist.\n\n== Early life ==\nGulls.\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return what the command prints; it prints nothing on stderr."""
    assert cli.run(["coverage", *map(str, arguments)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/album.txt").write_text(ALBUM, encoding="utf-8")
    Path("in/person.txt").write_text(PERSON, encoding="utf-8")
    return Path("in")


def test_the_report_says_what_nobody_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [" ".join(line.split()) for line in run(capsys, folder, "--unread", "9").splitlines()]
    assert lines[0] == "document lines sentences entries rows fields references characters"
    assert lines[1].startswith("in/album.txt 1/3 1/3 - - - - ")
    assert lines[2].startswith("total: 1 about albums, 1 not 1/3 1/3 - - - - ")
    assert lines[3].startswith("33.3% 33.3% - - - - ")
    assert lines[4:] == [
        "",
        "no album in 1",
        "in/person.txt",
        "",
        "section headings that nobody knows: 1",
        "1 Flotsam in/album.txt:3:4",
        "",
        "first 3 words of sentences that nobody reads: 2",
        "1 Gulls cry. in/album.txt:1:39",
        "1 Gulls sleep. in/album.txt:4:1",
        "",
        "what nobody reads",
        "in/album.txt:1:39: sentences: Gulls cry.",
        "in/album.txt:4:1: sentences: Gulls sleep.",
    ]


def test_lists_and_sentences_are_cut_where_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, folder, "--top", "1", "--unread", "1")
    assert "nobody reads: 2, 1 of 2 names\n      1  Gulls cry." in text
    assert text.endswith("what nobody reads\nin/album.txt:1:39: sentences: Gulls cry.\n")


def test_json_holds_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, folder, "--unread", "1", "-f", "json"))
    (document,) = data["documents"]
    assert (document["name"], document["form"], document["albums"]) == ("in/album.txt", "extract", 1)
    assert document["sentences"] == data["total"]["sentences"] == {"read": 1, "total": 3}
    assert document["headings"] == [{"name": "Flotsam", "place": "in/album.txt:3:4"}]
    assert data["headings"] == [{"name": "Flotsam", "count": 1, "places": ["in/album.txt:3:4"]}]
    assert data["without_album"] == ["in/person.txt"]
    assert data["unread"] == [{"place": "in/album.txt:1:39", "kind": "sentences", "words": "Gulls cry."}]
    assert data.keys() == {"documents", "total", "without_album", "unread", *LISTS.values()}


def test_the_form_can_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, folder, "--input-form", "rendered", "-f", "json"))
    assert data["documents"][0]["form"] == "rendered"


def test_templates_and_parameters_that_nobody_reads_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = "{{Infobox album|name=Tide|artist=[[Ada Moss]]|type=studio|released=1958}}"
    text = (
        f"{box}\n'''Tide''' is an album.{{{{marvel}}}}\n{{{{Track listing|title1=Tide|sample1=Ebb}}}}\n{{{{Marvel}}}}\n"
    )
    (tmp_path / "a.wiki").write_text(text)
    assert cli.run(["coverage", str(tmp_path), "-f", "json", "-q"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(entry["name"], entry["count"]) for entry in found["templates"]] == [("marvel", 2)]
    assert [(entry["name"], entry["places"]) for entry in found["parameters"]] == [
        ("track listing: sample1", [f"{tmp_path / 'a.wiki'}:3:29"])
    ]

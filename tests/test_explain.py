"""Explain: every triple of the seed's graph has its words or what it follows from; people find what they ask for."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from discograph import cli
from discograph.document import Source
from discograph.errors import QueryError
from discograph.explain import Fact, Finder, Page, Texts, explain, explain_triple, why_as_text
from discograph.explain.excerpts import Row, excerpt
from discograph.explain.find import search_key
from discograph.namespaces import DEFAULT_BASE
from discograph.pipeline import map_documents, read_document
from discograph.provenance import Evidence, Names, Provenance, Standing
from discograph.query import open_graphs
from discograph.query.table import display_width
from discograph.rdf import DefaultGraph, NamedNode, Quad, Store, Triple, parse_file
from discograph.vocab import DG, OA, PROV, RDF, RDFS
from tests.process import ROOT, run

SEED = next((ROOT / "seeds").glob("*.txt"))
EXPORT = next((ROOT / "output").glob("*.trig"))
TURTLE = next(path for path in sorted((ROOT / "output").glob("*.ttl")) if path.name != "void.ttl")
DOCUMENT = f"{DEFAULT_BASE}doc/{SEED.stem}"
ALBUM = "album:ascenseur-pour-l-echafaud--miles-davis"


@cache
def seed() -> tuple[Provenance, Names, Texts]:
    """Return the committed export of the seed and the seed's text."""
    statements = Provenance(open_graphs([EXPORT]))
    texts = Texts()
    texts.match(statements, [(SEED, read_document(SEED).document.source)])
    return statements, Names(statements), texts


@cache
def quads() -> dict[str, list[Triple]]:
    """Return the triples of the export by the kind of their graph."""
    found: dict[str, list[Triple]] = {}
    for quad in parse_file(EXPORT):
        found.setdefault(str(quad.graph_name).rstrip(">").rpartition("/")[2], []).append(quad.triple)
    return found


def fact(triple: Triple) -> Fact:
    statements, names, _ = seed()
    found = explain_triple(statements, names, triple)
    assert found is not None, triple
    return found


# Every triple.


def test_every_asserted_triple_is_explained_by_words_that_stand_there() -> None:
    text = SEED.read_text(encoding="utf-8")
    lines = text.split("\n")
    facts = quads()["facts"]
    assert len(facts) > 400
    for triple in facts:
        found = fact(triple)
        assert found.standing is Standing.FACT
        asserting = [claim for claim in found.claims if claim.is_asserted]
        assert asserting, triple
        assert set(found.manners) <= {"stated", "implied", "hedged", "opinion", "negated", "curated"}
        for claim in asserting:
            assert claim.rules, triple
            assert claim.evidence, triple
            for evidence in claim.evidence:
                assert evidence.quote
                assert text[evidence.start : evidence.end] == evidence.quote, triple
                assert lines[evidence.line - 1][evidence.column - 1 :].startswith(evidence.quote.split("\n")[0])


def test_every_asserted_triple_is_explained_in_text_with_its_place_and_its_quote_underlined() -> None:
    statements, names, texts = seed()
    page = Page(names, texts, width=100)
    for triple in quads()["facts"]:
        found = explain_triple(statements, names, triple)
        assert found is not None
        text = why_as_text([found], page)
        underlined = "".join(_underlined(text))
        for words in (evidence for claim in found.claims for evidence in claim.evidence[:5]):
            assert f"{SEED}:{words.line}:{words.column}: " in text
            assert "".join(words.quote.split()) in underlined


def _underlined(text: str) -> Iterator[str]:
    """Yield what stands above carets, without spaces."""
    lines = text.split("\n")
    for above, line in pairwise(lines):
        if line.strip() and not line.strip("^ "):
            yield "".join(above[line.index("^") : len(line)].split())


def test_every_derived_triple_is_explained_by_what_it_follows_from() -> None:
    derived = [triple for triple in quads()["derived"] if triple not in set(quads()["facts"])]
    assert len(derived) > 100
    for triple in derived:
        found = fact(triple)
        assert found.standing is Standing.DERIVED
        assert found.manners == ("derived",)
        assert found.derived is not None, triple
        of_the_file = str(triple.subject) == f"<{DOCUMENT}>"
        assert of_the_file or any(source.claims for source in found.sources), triple


def test_every_claim_that_is_no_fact_is_explained_too() -> None:
    statements, names, _ = seed()
    others = [
        claim for claim in (c for t, *_ in statements.said() for c in statements.claims_of(t)) if not claim.is_asserted
    ]
    assert {claim.manner for claim in others} >= {"hedged", "opinion"}
    for claim in others:
        found = explain_triple(statements, names, claim.triple)
        assert found is not None
        assert found.standing is Standing.CLAIMED
        assert claim in found.claims


def test_what_nobody_says_is_not_explained() -> None:
    statements, names, _ = seed()
    triple = Triple(NamedNode(DEFAULT_BASE + "id/person/miles-davis"), DG.artist, DG.Album)
    assert explain_triple(statements, names, triple) is None


def test_a_thing_comes_with_all_its_triples() -> None:
    statements, names, _ = seed()
    plain = [*quads()["facts"], *quads()["derived"]]
    for node in {triple.subject for triple in plain}:
        assert isinstance(node, NamedNode)
        found = explain(statements, names, node)
        assert {t for t in plain if t.subject == node} <= {f.triple for f in found.facts}
        assert {t for t in plain if t.object == node} <= {f.triple for f in found.references}


# Finding.


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Barney Wilen", ["person:barney-wilen"]),
        ("rene URTREGER", ["person:rene-urtreger"]),
        ("ascenseur pour l’echafaud", [ALBUM, "film:ascenseur-pour-l-echafaud--1958"]),
        ("fontana records", ["label:fontana"]),
        ("no sun in venice", ["film:sait-on-jamais--roger-vadim"]),
        ("tenor saxophone", ["instrument:tenor-saxophone"]),
        ("michelot", [f"{ALBUM}/credit/pierre-michelot-bass", "person:pierre-michelot"]),
        ("person:barney-wilen", ["person:barney-wilen"]),
        (f"<{DEFAULT_BASE}id/person/barney-wilen>", ["person:barney-wilen"]),
        (f"{DEFAULT_BASE}id/person/barney-wilen", ["person:barney-wilen"]),
        ("person/barney-wilen", ["person:barney-wilen"]),
        (f"{ALBUM}/session/1", [f"{ALBUM}/session/1"]),
    ],
)
def test_words_find(words: str, expected: list[str]) -> None:
    statements, names, _ = seed()
    hits = Finder(statements, names).things(words)
    assert sorted(names.short(hit.node) for hit in hits) == sorted(expected)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Barny Wilen", "is called 'Barny Wilen'; did you mean 'Barney Wilen'?"),
        ("qqqq", "nothing in these sources is called 'qqqq'"),
        ("person:nobody", f"nothing in these sources is <{DEFAULT_BASE}id/person/nobody>; give a name in words"),
        ("", "nothing in these sources is called ''"),
        ("<a b>", "'a b' is not an IRI"),
    ],
)
def test_words_that_find_nothing_are_told(words: str, said: str) -> None:
    statements, names, _ = seed()
    with pytest.raises(QueryError, match=re.escape(said)):
        Finder(statements, names).things(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("label", [DG.label]),
        ("album type", [DG.albumType]),
        ("albumType", [DG.albumType]),
        ("dg:artist", [DG.artist]),
        ("a", [RDF.type]),
        ("type", [RDF.type]),
        ("catalogue number", [NamedNode("https://schema.org/catalogNumber")]),
    ],
)
def test_words_name_a_property(words: str, expected: list[NamedNode]) -> None:
    statements, names, _ = seed()
    assert Finder(statements, names).predicates(words) == expected


def test_a_property_that_there_is_not_is_told() -> None:
    statements, names, _ = seed()
    with pytest.raises(QueryError, match="no property is called 'artst'; did you mean 'artist'"):
        Finder(statements, names).predicates("artst")


def test_letters_of_every_script_are_compared() -> None:
    assert search_key("Жар-птица") == search_key("жар–Птица")
    assert search_key("Ærø Łódź") == "aero lodz"


# Excerpts.


def evidence(source: Source, quote: str) -> Evidence:
    start = source.text.index(quote)
    line, column = source.location(start)
    return Evidence("x.txt", start, start + len(quote), line, column, quote, "https://example.org/doc/x")


LONG = "word " * 40 + "the quote itself" + " tail" * 40


@pytest.mark.parametrize(
    ("text", "quote", "width", "rows"),
    [
        ("- Artist: Ada Moss\n", "Ada Moss", 80, ["- Artist: Ada Moss"]),
        (LONG, "the quote itself", 44, ["…word word the quote itself tail tail tail…"]),
        ("the quote" + " tail" * 30, "the quote", 30, ["the quote tail tail tail…"]),
        ("word " * 30 + "the quote", "the quote", 30, ["…word word word the quote"]),
        (
            f"a {'b' * 9} {'c' * 9} {'d' * 9} e",
            f"{'b' * 9} {'c' * 9} {'d' * 9}",
            22,
            ["…" + "b" * 9 + " " + "c" * 9, "d" * 9 + "…"],
        ),
        ("one two\nthree four\n", "two\nthree", 80, ["one two", "three four"]),
        ("one\r\ntwo\r\n", "one\r\ntwo", 80, ["one", "two"]),
        ("a\x1b[31m b\tc\u202e", "b", 80, ["a\ufffd[31m b c\ufffd"]),
        ("\ufeffone two", "one", 80, ["one two"]),
    ],
)
def test_a_quote_is_seen_in_its_line(text: str, quote: str, width: int, rows: list[str]) -> None:
    source = Source("x.txt", text)
    found = excerpt(evidence(source, quote), source, width)
    assert [row.text for row in found] == rows
    assert all(display_width(row.text) <= width for row in found)
    shown = " ".join(row.text[row.start : row.end] for row in found)
    assert shown.split() == quote.split()


def test_carets_stand_under_wide_and_combining_letters() -> None:
    assert Row("東京 e\u0301x", 3, 6).carets == "     ^^"


def test_a_long_quote_of_many_lines_is_cut() -> None:
    source = Source("x.txt", "\n".join(f"line {number}" for number in range(20)))
    found = excerpt(evidence(source, source.text), source, 80)
    assert [row.text for row in found] == ["line 0", "line 1", "line 2", "line 3 …"]


def test_without_its_text_the_quote_is_its_own_line() -> None:
    found = excerpt(Evidence("x.txt", 5, 8, 1, 6, "one\ntwo", "https://example.org/x"), None, 80)
    assert [(row.text, row.carets) for row in found] == [("one", "^^^"), ("two", "^^^")]


# The command.


def out(*arguments: str | Path, cwd: Path = ROOT) -> str:
    ended = run("explain", *arguments, cwd=cwd, COLUMNS="100")
    assert ended.code == 0, ended.err
    return ended.out


def test_a_person_in_text() -> None:
    text = out("barney wilen")
    place = f"seeds/{SEED.name}:36:3"
    assert text.startswith("Barney Wilen\nperson  person:barney-wilen\ntriples: 3 about it, 1 that name it\n")
    line = "- Barney Wilen – tenor saxophone (1–4, 13–17, 19, 21, 25)"
    assert f"\nname: Barney Wilen\n  {place}: stated, rule personnel-line\n    {line}\n      ^^^^^^^^^^^^\n" in text
    assert "\nas credited agent: Barney Wilen, tenor saxophone (credit)\n" in text
    assert f"\nmember of: the band\n  seeds/{SEED.name}:34:3: implied, curated\n" in text


def test_graphs_show_lines_from_the_text_and_quotes_without_it(tmp_path: Path) -> None:
    shutil.copy(EXPORT, tmp_path / "g.trig")
    alone = out("barney wilen", "g.trig", cwd=tmp_path)
    assert f"{SEED.name}:36:3: stated, rule personnel-line\n    Barney Wilen\n    ^^^^^^^^^^^^\n" in alone
    with_text = out("barney wilen", "g.trig", "--sources", ROOT / "seeds", cwd=tmp_path)
    assert f"{SEED}:36:3: stated, rule personnel-line\n    - Barney Wilen – tenor" in with_text


def test_a_text_that_has_changed_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / SEED.name).write_text(SEED.read_text("utf-8").replace("Fontana", "Montana"), "utf-8")
    ended = run("explain", "barney wilen", EXPORT, cwd=tmp_path)
    assert ended.code == 0
    assert ended.err == f"seeds/{SEED.name}: has changed since the graph was made of it; its lines are not shown\n"
    assert "    Barney Wilen\n    ^" in ended.out


def test_hedged_and_opinions_name_what_they_are() -> None:
    assert "hedged, curated" in out("proposal", "--all") + out(f"{ALBUM}/event/proposal")
    assert "opinion of Romina Daniele" in out(ALBUM)


def test_several_hits_are_a_list_to_choose_from() -> None:
    text = out("Ascenseur pour l'échafaud")
    assert text.startswith(
        '2 things are called "Ascenseur pour l\'échafaud":\n  album  album:ascenseur-pour-l-echafaud'
    )
    assert "discograph explain 'album:ascenseur-pour-l-echafaud--miles-davis'" in text
    assert out("Ascenseur pour l'échafaud", "--class", "film").startswith("Ascenseur pour l'échafaud\nfilm  film:")
    assert out("Ascenseur pour l'échafaud", "--all").count("\ntriples: ") == 2
    assert len(json.loads(out("Ascenseur pour l'échafaud", "-f", "json"))["hits"]) == 2


def test_json_holds_what_the_text_holds() -> None:
    found = json.loads(out("person:barney-wilen", "output", "-f", "json"))
    assert found["thing"] == {
        "iri": DEFAULT_BASE + "id/person/barney-wilen",
        "label": "Barney Wilen",
        "classes": ["person"],
    }
    name = next(f for f in found["facts"] if f["predicate"]["iri"] == RDFS.label.value)
    assert name["manner"] == ["stated"]
    (claim,) = name["claims"]
    assert claim["rules"][0]["name"] == "personnel-line"
    assert claim["rules"][0]["description"]
    (words,) = claim["evidence"]
    assert (words["file"], words["line"], words["column"], words["quote"]) == (
        f"seeds/{SEED.name}",
        36,
        3,
        "Barney Wilen",
    )
    assert {f["subject"]["label"] for f in found["references"]} == {"Barney Wilen, tenor saxophone"}


@pytest.mark.parametrize(
    "why",
    [
        ("Barney Wilen, tenor saxophone", "credited track", "track 25"),
        (f"{ALBUM}/credit/barney-wilen-tenor-saxophone", "dg:creditedTrack", f"{ALBUM}/release/fontana-cd/track/25"),
    ],
)
def test_why_of_a_fact(why: tuple[str, str, str]) -> None:
    text = out("--why", *why)
    assert text.startswith("Barney Wilen, tenor saxophone (credit) — credited track — track 25\n")
    assert f"  seeds/{SEED.name}:36:35: stated, rule personnel-tracks (" in text
    assert "\n" + " " * 38 + "^" * 22 + "\n" in text


def test_why_of_a_derived_triple() -> None:
    text = out("--why", "Miles Davis at Club Saint-Germain", "earliest day", "1957-11-01")
    assert "\n  derived: the first day of the date\n  from Miles Davis at Club Saint-Germain (eng" in text
    assert f"    seeds/{SEED.name}:21:71: stated, rule prose-engagement" in text
    found = json.loads(out("--why", "Jazz Track", "name", "Jazz Track", "-f", "json"))
    assert found["triples"][0]["derived"]["from"][0]["predicate"]["label"] == "title"


def test_why_of_what_is_not_said_tells_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "--why", ALBUM, "artist", "Bill Evans", str(EXPORT)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith(f"these sources do not say: {ALBUM} — artist — Bill Evans; artist is Miles Davis\n")


def test_a_graph_without_claims_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "person:barney-wilen", str(TURTLE)]) == 0
    text = capsys.readouterr().out
    assert "name: Barney Wilen\n  no claim: this graph does not tell where it was said\n" in text
    assert cli.run(["explain", "--why", f"{ALBUM}/session/1/day/1", "latest day", "1957-12-04", str(TURTLE)]) == 0
    assert "derived: the last day of the date" in capsys.readouterr().out


def test_a_store_is_asked_where_it_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(str(tmp_path / "store"))
    store.extend(parse_file(EXPORT))
    store.flush()
    del store
    assert cli.run(["explain", "barney wilen", "--store", str(tmp_path / "store"), "--sources", str(SEED.parent)]) == 0
    assert f"{SEED}:36:3: stated, rule personnel-line" in capsys.readouterr().out


def test_spans_are_evidence_where_claims_are_left_out(tmp_path: Path) -> None:
    assert run("export", SEED, "-f", "trig", "--evidence", "spans", "-o", "out", cwd=tmp_path).code == 0
    text = out("barney wilen", "out", "--sources", SEED.parent, cwd=tmp_path)
    assert f"{SEED}:36:3: asserted\n    - Barney Wilen – tenor saxophone" in text


def test_without_sources_the_folders_of_the_project_are_asked(tmp_path: Path) -> None:
    shutil.copytree(EXPORT.parent, tmp_path / "output")
    assert f"{SEED.name}:36:3: stated" in out("barney wilen", cwd=tmp_path)
    ended = run("explain", "barney wilen", cwd=tmp_path / "output")
    assert (ended.code, ended.out) == (3, "")
    assert "no SOURCE is named, and there is no folder seeds or output here" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "say what to explain: WORDS or an IRI"),
        (["miles davis", "nowhere"], 3, "nowhere: no such file or folder"),
        (["miles davis", "--class", "film", str(EXPORT)], 3, "is of class 'film'; there is: person"),
        (["--why", "miles davis", "no such property", "x", str(EXPORT)], 3, "no property is called 'no such property'"),
        (["--why", "miles davis", str(EXPORT)], 2, "requires 3 arguments"),
    ],
)
def test_what_is_wrong_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str) -> None:
    assert cli.run(["explain", *arguments]) == code
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_terminal_sees_the_quote_underlined() -> None:
    statements, names, texts = seed()
    (triple,) = [t for t in quads()["facts"] if str(t.subject).endswith("barney-wilen>") and t.predicate == RDFS.label]
    found = explain_triple(statements, names, triple)
    assert found is not None
    text = why_as_text([found], Page(names, texts, is_styled=True))
    assert "    - \x1b[4mBarney Wilen\x1b[0m – tenor saxophone" in text
    assert "^" not in text


def test_a_broken_claim_does_no_harm() -> None:
    graph = NamedNode(DOCUMENT + "/claims")
    node = NamedNode(DEFAULT_BASE + "claim/x/1")
    thing = NamedNode(DEFAULT_BASE + "id/person/x")
    store = Store()
    store.extend([Quad(node, RDF.type, DG.Claim, graph), Quad(node, RDF.subject, thing, graph)])
    store.add(Quad(thing, RDF.type, DG.Person, DefaultGraph()))
    statements = Provenance(store)
    found = explain(statements, Names(statements), thing)
    assert [fact.standing for fact in found.facts] == [Standing.PLAIN]


def test_documents_with_one_name_keep_their_texts_apart(tmp_path: Path) -> None:
    for folder, title in (("one", "Blue Train"), ("two", "Low Tide")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"= {title} =\n\n{title} is an album by Ada Moss.\n", encoding="utf-8")
    assert "two/x.txt:3:1" in out("low tide", "one", "two", cwd=tmp_path)
    mapped = map_documents([read_document(tmp_path / name / "x.txt") for name in ("one", "two")])
    assert len({document.iri for document in mapped}) == 2
    graphs = [quad for document in mapped for quad in document.quads]
    assert {q.predicate for q in graphs} >= {OA.exact, PROV.wasQuotedFrom}

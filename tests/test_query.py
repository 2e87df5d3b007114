"""SPARQL over graphs of ours: what comes back, to the byte, and what is said when nothing can."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from discograph.errors import DiscographError, GraphError, QueryError, SourceError
from discograph.namespaces import DEFAULT_BASE, PREFIXES, SCHEMES, prefix_table
from discograph.query import FORMATS, Rows, Triples, all_named, find, merge_graphs, open_graphs, run, write
from discograph.query.table import display_width, table
from discograph.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from discograph.vocab import CONCEPT_BASE, XSD

CASES = Path(__file__).parent / "cases" / "query"
GRAPH = CASES / "graph.trig"
QUERIES = sorted(CASES.glob("*.rq"))
EXPECTED = sorted(path for path in CASES.iterdir() if path.suffix.lstrip(".") in FORMATS)
ERRORS = sorted((CASES / "errors").glob("*.rq"))

texts = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(scope="module")
def store() -> Store:
    return open_graphs([GRAPH])


# Cases: a query, and for each format the bytes.


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name)
def test_result_is_as_expected_to_the_byte(store: Store, expected: Path) -> None:
    sparql = expected.with_suffix(".rq").read_text(encoding="utf-8")
    assert write(run(store, sparql), expected.suffix[1:]) == expected.read_bytes()


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_error_shows_the_place_and_what_to_do(store: Store, path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, path.read_text(encoding="utf-8"), name=path.name)
    assert f"{caught.value}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_case_has_its_partner() -> None:
    assert {path.stem for path in QUERIES} == {path.stem for path in EXPECTED}
    assert {path.stem for path in ERRORS} == {path.stem for path in (CASES / "errors").glob("*.txt")}
    known = {".rq", ".trig", *(f".{name}" for name in FORMATS)}
    assert {path.suffix for path in CASES.iterdir() if path.is_file() and path.suffix} <= known


def test_every_format_has_a_case() -> None:
    assert {path.suffix[1:] for path in EXPECTED} == set(FORMATS)


# The default graph, the named graphs, and other servers.


def test_unmerged_store_is_queried_as_a_union() -> None:
    store = Store()
    store.extend(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name="graph"))
    result = run(store, "SELECT DISTINCT ?name { ?person a dg:Person ; rdfs:label ?name }")
    assert result == Rows(("name",), ((Literal("Ann Lee"),),))


def test_quads_of_documents_join_the_union() -> None:
    graph = list(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name="graph"))
    sparql = (CASES / "albums-by-person.rq").read_text(encoding="utf-8")
    for store in (open_graphs([], also=graph), open_graphs([GRAPH], also=graph)):
        assert write(run(store, sparql), "csv") == (CASES / "albums-by-person.csv").read_bytes()


def test_merging_twice_changes_nothing(store: Store) -> None:
    before = len(store)
    merge_graphs(store)
    assert len(store) == before


TWICE = "?who rdfs:label ?name"  # a triple that two graphs hold
COUNTING = {
    f"SELECT ?name {{ {TWICE} }}": "rows are not distinct",
    f"SELECT REDUCED ?name {{ {TWICE} }}": "engines may leave all rows",
    f"SELECT DISTINCT (COUNT(*) AS ?n) {{ {TWICE} }}": "counts solutions",
    f"SELECT DISTINCT (count(?name) AS ?n) {{ {TWICE} }}": "keywords have no case",
    f"SELECT DISTINCT (GROUP_CONCAT(?name) AS ?names) {{ {TWICE} }}": "strings of each solution",
    f"SELECT DISTINCT (SUM(STRLEN(?name)) AS ?n) {{ {TWICE} }}": "adds each solution",
    f"SELECT DISTINCT ?n {{ {{ SELECT (AVG(?one) AS ?n) {{ {{ {TWICE} BIND(1 AS ?one) }} "
    "UNION { ?x rdf:subject ?y BIND(9 AS ?one) } } } }": "a mean in a sub-SELECT",
    f"SELECT DISTINCT ?s ?name {{ {{ SELECT ?s ?name {{ VALUES ?s {{ 1 }} {TWICE} }} OFFSET 1 }} }}": "cut inside",
    f"SELECT DISTINCT ?id {{ {TWICE} BIND(STRLEN(STRUUID()) AS ?id) }}": "new for each solution",
    f"ASK {{ {{ SELECT ?who {{ {TWICE} }} GROUP BY ?who HAVING(COUNT(*) > 1) }} }}": "counts in HAVING",
    f"CONSTRUCT {{ [] rdfs:label ?name }} WHERE {{ {TWICE} }}": "a blank node for each solution",
}
NOT_COUNTING = (
    f"SELECT DISTINCT ?name {{ {TWICE} }}",
    f"# a comment\nPREFIX x: <http://e/> select distinct * {{ {TWICE} }} ORDER BY ?name LIMIT 3",
    f"SELECT DISTINCT (COUNT ( DISTINCT ?name ) AS ?n) (MIN(?name) AS ?least) {{ {TWICE} }}",
    f"SELECT DISTINCT ?count {{ {{ SELECT (GROUP_CONCAT(DISTINCT ?name) AS ?count) {{ {TWICE} }} GROUP BY ?who }} }}",
    f"ASK {{ {TWICE} }}",
)


@pytest.mark.parametrize("sparql", [*COUNTING, *NOT_COUNTING])
def test_triple_of_two_graphs_counts_once(sparql: str) -> None:
    opened, merged = open_graphs([GRAPH]), open_graphs([GRAPH])
    before = len(opened)
    merge_graphs(merged)
    assert run(opened, sparql) == run(merged, sparql), COUNTING.get(sparql)
    assert (len(opened) > before) == (sparql in COUNTING), "graphs are merged for questions that need it"


def test_from_and_graph_see_only_what_they_name(store: Store) -> None:
    assert run(store, "SELECT ?l FROM <doc/a/facts> { ?p rdfs:label ?l }") == Rows(("l",), ())
    assert run(store, "SELECT ?l { GRAPH <doc/a/facts> { ?p rdfs:label ?l } }") == Rows(("l",), ())


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:9/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:a { ?s ?p ?o } }",
        "PREFIX ex: <http://e/> SELECT * { ?s ?p ex:.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { BIND(1 AS ?a) FILTER(?a<?b)SERVICEe:a#>\n{ ?s ?p ?o } }",
    ],
)
def test_no_query_calls_another_server(sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        run(Store(), sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?service schema:Service 'SERVICE' } # SERVICE",
        'SELECT * { ?s ?p """a "SERVICE" b""" , <http://example.org/service> }',
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
    ],
)
def test_the_word_service_is_no_call(sparql: str) -> None:
    assert isinstance(run(Store(), sparql), Rows)


def test_base_iri_decides_relative_iris_and_prefixes() -> None:
    base = "https://example.org/music/"
    store = Store()
    store.add(Quad(NamedNode(base + "id/person/x"), NamedNode("https://schema.org/name"), Literal("X")))
    for name in ("<id/person/x>", "person:x"):
        result = run(store, f"SELECT ?n {{ {name} schema:name ?n }}", base_iri=base)
        assert result == Rows(("n",), ((Literal("X"),),))


def test_prefixes_are_sorted_and_hold_every_scheme() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert list(SCHEMES) == sorted(SCHEMES)
    assert all(PREFIXES[scheme] == f"{CONCEPT_BASE}{scheme}/" for scheme in SCHEMES)
    assert PREFIXES.items() <= prefix_table("https://example.org/").items()


# The same rows as another engine.


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of its own functions
@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?t ?n ?seconds { ?t dg:position ?n OPTIONAL { ?t dg:durationSeconds ?seconds } }",
        "SELECT ?person (COUNT(?album) AS ?n) { ?album dg:artist ?person } GROUP BY ?person",
        "SELECT ?g ?s { GRAPH ?g { ?s a dg:Person } }",
        "SELECT DISTINCT ?type { ?s a ?type }",
        "SELECT ?s ?l { ?s rdfs:label|dcterms:title ?l FILTER(STRLEN(?l) > 6) }",
        "SELECT ?claim ?who { ?claim a dg:Claim ; rdf:subject/dg:artist ?who }",
    ],
)
def test_rows_are_those_of_rdflib(store: Store, sparql: str) -> None:
    other = rdflib.Dataset(default_union=True)
    other.parse(GRAPH, format="trig")
    answer: list[tuple[object, ...]] = [tuple(row) for row in other.query(sparql, initNs=PREFIXES)]  # type: ignore[arg-type]
    expected = [tuple(None if term is None else str(term) for term in row) for row in answer]
    result = run(store, sparql)
    assert isinstance(result, Rows)
    found = [tuple(getattr(term, "value", None) for term in row) for row in result.rows]
    assert sorted(found, key=str) == sorted(expected, key=str)


# Writers.


def _cells(values: list[Literal | None]) -> Rows:
    return Rows(("first", "second"), tuple((value, None) for value in values))


@given(st.lists(texts))
def test_csv_read_by_another_reader_gives_the_same_values(values: list[str]) -> None:
    data = write(_cells([Literal(value) for value in values]), "csv").decode()
    assert [[value, ""] for value in values] == list(csv.reader(io.StringIO(data, newline="")))[1:]


@given(texts, st.sampled_from([XSD.string, XSD.integer, XSD.decimal, NamedNode("http://example.org/type")]))
def test_tsv_terms_are_turtle(text: str, datatype: NamedNode) -> None:
    term = Literal(text, datatype=datatype)
    data = write(Rows(("only",), ((term,),)), "tsv").decode()
    cell = data.removeprefix("?only\n").removesuffix("\n")
    assert "\t" not in cell
    assert "\n" not in cell
    quads = list(parse(f"<a:s> <a:p> {cell} .".encode(), RdfFormat.TURTLE, name="cell"))
    assert [quad.object for quad in quads] == [term]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_json_holds_what_the_engine_writes(store: Store, path: Path) -> None:
    sparql = path.read_text(encoding="utf-8")
    result = run(store, sparql)
    if isinstance(result, Triples) or path.stem == "values":  # triples are no JSON; blank nodes have other labels
        return
    engine = store.query(sparql, prefixes=prefix_table(), base_iri=DEFAULT_BASE)
    assert not isinstance(engine, pyoxigraph.QueryTriples)
    expected = json.loads(engine.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    found = json.loads(write(result, "json"))
    for answer in (expected, found):
        answer["head"].get("vars", []).sort()
        answer.get("results", {}).get("bindings", []).sort(key=str)
    assert found == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1) | st.just("a\r\n\tb ")))
def test_xml_read_by_another_reader_gives_the_same_values(values: list[str]) -> None:
    values = [value for value in values if not set(value) & {"\ufffe", "\uffff"}]
    data = write(_cells([Literal(value) for value in values]), "xml")
    assert [node.text for node in ET.fromstring(data).iter("{http://www.w3.org/2005/sparql-results#}literal")] == values


def test_xml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(QueryError, match=r"U\+0007"):
        write(_cells([Literal("\x07")]), "xml")


def test_blank_nodes_are_named_as_they_appear() -> None:
    rows = [write(run(Store(), "SELECT (BNODE() AS ?a) ?b { BIND(BNODE() AS ?b) }"), "csv") for _ in range(3)]
    assert rows == [b"a,b\r\n_:b0,_:b1\r\n"] * 3


def test_triple_terms_are_written_in_every_format() -> None:
    result = run(Store(), 'SELECT ?t { BIND(<<( <http://a> <http://b> "c\\td" )>> AS ?t) }')
    assert json.loads(write(result, "json"))["results"]["bindings"][0]["t"]["value"]["object"]["value"] == "c\td"
    assert b"<triple><subject><uri>http://a</uri></subject>" in write(result, "xml")
    assert b'<<( <http://a> <http://b> "c\\td" )>>' in write(result, "tsv")


@pytest.mark.parametrize(
    ("sparql", "name"),
    [("SELECT * { ?s ?p ?o }", "turtle"), ("ASK {}", "ntriples"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv")],
)
def test_format_that_cannot_hold_the_result_names_those_that_can(store: Store, sparql: str, name: str) -> None:
    with pytest.raises(QueryError, match=f"^{name} cannot hold .*; use "):
        write(run(store, sparql), name)


def test_same_bytes_whatever_the_hash_seed_and_the_order_of_files(tmp_path: Path) -> None:
    for number in range(3):
        lines = (f"<http://e/{number}> <http://e/p> <http://e/{other}> .\n" for other in range(40))
        (tmp_path / f"{number}.nt").write_text("".join(lines))
    script = (
        "import sys; from pathlib import Path; from discograph.query import *;"
        "s = open_graphs([Path(p) for p in sys.argv[1:]]);"
        "[sys.stdout.buffer.write(write(run(s, q))) for q in ("
        "'SELECT * { ?s ?p ?o }', 'SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o',"
        "'CONSTRUCT WHERE { ?s ?p ?o }')]"
    )
    outputs = set()
    for seed, order in (("0", "012"), ("1", "210"), ("2", "102")):
        paths = [str(tmp_path / f"{number}.nt") for number in order]
        command = [sys.executable, "-c", script, *paths]
        outputs.add(
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1


# Tables.


def test_table_fits_the_terminal() -> None:
    rows = Rows(("id", "title"), ((Literal("a"), Literal("東京" * 40)), (Literal("b"), Literal("short"))))
    lines = table(rows, width=40).splitlines()
    assert max(map(display_width, lines)) <= 40
    assert lines[2].endswith("…")
    assert lines[3] == "b   short"


def test_table_counts_wide_and_combining_characters() -> None:
    assert display_width("e\u0301 東") == 4


def test_table_lets_no_control_character_through() -> None:
    assert "\x1b" not in table(Rows(("x",), ((Literal("\x1b[31mred"),),)))


def test_table_has_full_iris_of_others_and_short_ones_of_ours() -> None:
    base = "https://example.org/"
    iris = (base + "id/album/x/track/1", base + "id/person/y", base, "https://en.wikipedia.org/wiki/X")
    lines = table(Rows(("x",), tuple((NamedNode(iri),) for iri in iris)), base_iri=base).splitlines()
    assert lines[2:] == ["album/x/track/1", "person:y", base, "https://en.wikipedia.org/wiki/X"]


# Sources.


def test_store_folder_is_opened_where_it_lies(tmp_path: Path) -> None:
    written = Store(str(tmp_path / "store"))
    written.extend(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name="graph"))
    written.flush()
    del written
    sparql = "SELECT DISTINCT ?name { ?person a dg:Person ; rdfs:label ?name }"
    for sources in ([tmp_path / "store"], [tmp_path / "store", GRAPH]):
        store = open_graphs(sources)
        merge_graphs(store)
        assert run(store, sparql) == Rows(("name",), ((Literal("Ann Lee"),),))


def test_folder_gives_its_graph_files_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.nt").write_text("<http://e/a> <http://e/p> _:x .\n")
    (tmp_path / "b.ttl").write_text("<http://e/b> <http://e/p> _:x .\n")
    (tmp_path / "notes.txt").write_text("no graph")
    result = run(open_graphs([tmp_path]), "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s <http://e/p> ?x }")
    assert result == Rows(("n",), ((Literal("2", datatype=XSD.integer),),)), "blank nodes of two files are two"


def test_sources_that_hold_no_graph_are_refused(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("<http://e/a> <http://e/p> <http://e/b> .\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.ttl").write_text("<http://e/a> oops")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "CURRENT").write_text("no store")
    cases: list[tuple[str, type[DiscographError], str]] = [
        ("missing.ttl", SourceError, "no such file"),
        ("article.txt", SourceError, "neither a graph file"),
        ("empty", SourceError, "neither a graph file"),
        ("bad.ttl", GraphError, r"bad\.ttl:1:"),
        ("broken", SourceError, "cannot be opened as a store"),
    ]
    for name, kind, message in cases:
        with pytest.raises(kind, match=message):
            open_graphs([tmp_path / name])


# Named queries.


def _named(folder: Path, name: str, header: str, body: str = "ASK {}\n") -> Path:
    (folder / f"{name}.rq").write_text(header + body, encoding="utf-8")
    return folder


def test_named_query_keeps_its_text_and_its_header(tmp_path: Path) -> None:
    _named(tmp_path, "b", "#+ summary: Two\n#+ number: 2\n#+ question: Is it: so?\n\n# a remark\n")
    _named(tmp_path, "c", "#+ summary: Ten\n#+ number: 10\n")
    _named(tmp_path, "a", "#+ summary: None\n")
    found = all_named([tmp_path])
    assert [(query.number, query.name, query.summary) for query in found] == [
        (2, "b", "Two"),
        (10, "c", "Ten"),
        (None, "a", "None"),
    ]
    assert found[0].question == "Is it: so?"
    assert found[0].sparql == (tmp_path / "b.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("header", "body", "message"),
    [
        ("#+ summary: x\n#+ author: me\n", "ASK {}\n", r"q\.rq:2: expected '#\+ key: value' with a key of"),
        ("#+ summary\n", "ASK {}\n", r"q\.rq:1: expected"),
        ("#+ summary:\n", "ASK {}\n", r"q\.rq:1: expected"),
        ("#+ summary: x\n#+ summary: y\n", "ASK {}\n", r"q\.rq:2: 'summary' is given twice"),
        ("#+ summary: x\n#+ number: 0\n", "ASK {}\n", r"q\.rq:2: a number is a whole number from 1, got '0'"),
        ("#+ summary: x\n", "ASK {}\n#+ number: 1\n", r"q\.rq:3: header lines stand before the query"),
        ("#+ number: 1\n", "ASK {}\n", r"q\.rq:1: no summary"),
        ("#+ summary: x\n", "# only a remark\n", r"q\.rq:1: no query"),
    ],
)
def test_named_query_with_a_wrong_header_is_refused(tmp_path: Path, header: str, body: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        all_named([_named(tmp_path, "q", header, body)])


def test_two_named_queries_cannot_share_a_name(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        _named(folder, "q", "#+ summary: x\n")
    with pytest.raises(QueryError, match=r"two/q\.rq: .*one/q\.rq has the same name"):
        all_named(folders)


def test_unknown_name_is_answered_with_near_ones(tmp_path: Path) -> None:
    _named(tmp_path, "players", "#+ summary: x\n")
    assert find("players", [tmp_path]).name == "players"
    with pytest.raises(QueryError, match=r"no query is named 'player'; did you mean players\?"):
        find("player", [tmp_path])
    with pytest.raises(QueryError, match="`discograph query --list` shows the names"):
        find("zzz", [tmp_path])


def test_every_named_query_of_ours_runs(store: Store) -> None:
    for named in all_named():
        run(store, named.sparql, name=str(named.path))


def test_blank_node_in_a_construct_is_named_as_it_appears(store: Store) -> None:
    result = run(store, "CONSTRUCT { ?album dg:artist [] } WHERE { ?album a dg:Album }")
    assert isinstance(result, Triples)
    assert [triple.object for triple in result.triples] == [BlankNode("b0"), BlankNode("b1")]

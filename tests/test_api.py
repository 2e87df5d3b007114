"""discograph from Python: rows, a DataFrame, and a store as an rdflib graph."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
import rdflib

import discograph
from discograph.api import OpenGraphs, Table, python_value
from discograph.errors import DiscographError, QueryError, QueryTimeoutError, SourceError
from discograph.query import LocalDataset, Rows, Term
from discograph.rdf import Literal, NamedNode, RdfFormat, Store, Triple, parse
from discograph.vocab import EDTF, XSD

GRAPH = Path(__file__).parent / "cases" / "corpus" / "graph.trig"
SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def corpus() -> OpenGraphs:
    return discograph.open(GRAPH)


def _table(found: Table | bool | tuple[Triple, ...]) -> Table:
    assert isinstance(found, Table)
    return found


def test_named_question_takes_names_and_gives_rows(corpus: OpenGraphs) -> None:
    rows = _table(corpus.query("who-played", album="north PIER", track=1))
    assert rows.columns == ("title", "track", "player", "played", "how")
    assert list(rows) == [
        {"title": "North Pier", "track": 1, "player": "Ada Moss", "played": "trumpet", "how": "stated"},
        {"title": "North Pier", "track": 1, "player": "Bo Lind", "played": "piano", "how": "implied"},
    ]
    assert len(rows) == 2
    assert rows[1]["player"] == "Bo Lind"
    assert rows[-1:] == [rows[1]]


def test_parameters_may_be_terms_lists_and_have_underscores(corpus: OpenGraphs) -> None:
    ada = NamedNode("https://w3id.org/discograph/id/person/ada-moss")
    players = _table(corpus.query("who-played", person=[ada, "fay ude"], album=None))
    assert {row["player"] for row in players} == {"Ada Moss", "Fay Ude"}
    assert not _table(corpus.query("late-first-releases", more_than=15))
    assert _table(corpus.query("late-first-releases", {"more-than": 14}))


def test_sparql_gives_what_its_form_gives(corpus: OpenGraphs) -> None:
    assert corpus.query("ASK { ?album a dg:Album }") is True
    triples = corpus.query("CONSTRUCT { ?f a dg:Film } WHERE { ?f a dg:Film }")
    assert isinstance(triples, tuple)
    assert len(triples) == 1


def test_rows_become_a_data_frame_with_the_types_of_the_values(corpus: OpenGraphs) -> None:
    frame = _table(corpus.query("who-played", album="north pier")).to_pandas()
    assert list(frame.columns) == ["title", "track", "player", "played", "how"]
    assert frame["track"].dtype == pandas.Int64Dtype(), "a missing number makes no fractions of the others"
    assert frame["track"].dropna().tolist() == [1, 1, 2]


def test_notebook_shows_a_table(corpus: OpenGraphs) -> None:
    rows = Table(Rows(("x", "y"), ((Literal("<b>"), None),) * 70))
    assert rows._repr_html_().startswith(
        "<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>&lt;b&gt;</td><td>"
    )
    assert "… 10 more rows" in rows._repr_html_()
    assert repr(rows).endswith("… 10 more rows\n")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (NamedNode("http://e/a"), "http://e/a"),
        (Literal("x", language="en"), "x"),
        (Literal("12", datatype=XSD.integer), 12),
        (Literal("1.50", datatype=XSD.decimal), Decimal("1.50")),
        (Literal("x", datatype=XSD.decimal), "x"),
        (Literal("1957-12-04", datatype=XSD.date), date(1957, 12, 4)),
        (Literal("1957-12", datatype=EDTF), "1957-12"),
        (Literal(True), True),
        (Literal(0.5), 0.5),
    ],
)
def test_terms_are_values_of_python(term: Term | None, expected: object) -> None:
    assert python_value(term) == expected
    assert type(python_value(term)) is type(expected)


def test_documents_are_opened_too() -> None:
    assert len(_table(discograph.open(SEEDS).query("whose-album"))) == 1


def test_what_cannot_be_opened_or_asked_is_told(corpus: OpenGraphs) -> None:
    with pytest.raises(SourceError, match="no such file"):
        discograph.open("no such thing")
    with pytest.raises(QueryError, match="an endpoint is asked alone"):
        discograph.open("http://127.0.0.1:9/", GRAPH)
    with pytest.raises(QueryError, match="an endpoint has no rdflib view"):
        discograph.open("http://127.0.0.1:9/").rdflib()
    with pytest.raises(DiscographError, match="no query is named 'who-plaid'; did you mean who-played"):
        corpus.query("who-plaid")


def test_timeout_is_an_error_of_its_own(corpus: OpenGraphs) -> None:
    with pytest.raises(QueryTimeoutError, match=r"no answer within 0\.05 s"):
        corpus.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout_seconds=0.05)


# The rdflib view.


@pytest.fixture(scope="module", params=["merged", "union of the engine"])
def view(request: pytest.FixtureRequest, corpus: OpenGraphs) -> rdflib.Graph:
    if request.param == "merged":
        return corpus.rdflib()
    store = Store()
    store.extend(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name=GRAPH.name))
    return OpenGraphs(LocalDataset(store)).rdflib()


def test_view_holds_each_triple_of_the_union_once(view: rdflib.Graph) -> None:
    copied = rdflib.Dataset(default_union=True).parse(GRAPH, format="trig")
    expected = {tuple(map(str, triple)) for triple in copied.triples((None, None, None))}
    triples = list(view)
    assert {tuple(map(str, triple)) for triple in triples} == expected
    assert len(triples) == len(expected) == len(view)


def test_view_answers_patterns_and_sparql(view: rdflib.Graph) -> None:
    label = rdflib.RDFS.label
    assert {str(s).rsplit("/", 1)[-1] for s in view.subjects(label, rdflib.Literal("North Pier"))} == {"north-pier"}
    found = {str(row[0]) for row in view.query("SELECT DISTINCT ?l { ?f a dg:Film ; rdfs:label ?l }")}  # type: ignore[index]
    assert found == {"The long quay"}


def test_view_cannot_be_changed(view: rdflib.Graph) -> None:
    triple = (rdflib.URIRef("http://e/a"), rdflib.RDF.type, rdflib.URIRef("http://e/b"))
    for change in (view.add, view.remove):
        with pytest.raises(QueryError, match="is a view and cannot be changed"):
            change(triple)
    with pytest.raises(QueryError, match="is a view and cannot be changed"):
        view.update("INSERT DATA { <http://e/a> a <http://e/b> }")

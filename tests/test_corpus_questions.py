"""The questions over a corpus, and the look-ups: answers from an invented corpus, the same from every engine.

``cases/corpus/index.tsv`` has a line for each named query that is no competency question about one article:
its arguments (``name=value``, several apart by ``;``) and the answer that a reader of ``graph.trig`` would
give. ``cases/corpus/<name>.csv`` holds the rows as ``discograph query <name> --format csv`` prints them.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import rdflib

from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query import (
    LocalDataset,
    NamedQuery,
    Result,
    Rows,
    all_named,
    answer,
    merge_graphs,
    open_graphs,
    question_of,
    run,
    write,
)
from discograph.query.scan import counts_triples, tokens
from discograph.query.solutions import Term, sorted_rows
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Store, parse
from discograph.resources import resource
from tests.case_files import once

CASES = Path(__file__).parent / "cases" / "corpus"
GRAPH = CASES / "graph.trig"
COLUMNS = ["name", "arguments", "answer"]
CORPUS = all_named([resource("queries/corpus")])
QUERIES = (*CORPUS, *all_named([resource("queries/lookups")]))
OTHERS = all_named([resource("queries/questions"), resource("queries/tables")])
UNCOUNTED = [query for query in OTHERS if not counts_triples(tokens(query.sparql))]
"""Those for which the graphs of files are not merged."""

RDFLIB_FAULTS = {
    "certification": "gives a row of unbound variables where nothing is grouped; SPARQL 1.1, 18.5.1, gives none",
    "evidence-shares": "lets bindings from outside into the sub-SELECT of an OPTIONAL, whose scope is its own",
    "homonyms": "loses rows when it joins sub-SELECTs with labels; each part alone it answers as Oxigraph does",
}
"""Named queries that rdflib answers otherwise, each with what it does wrong."""

CONCATENATED = frozenset({"tracks-per-player"})
"""Named queries with GROUP_CONCAT over an ordered sub-SELECT, whose order SPARQL leaves to the engine."""


def read_index() -> dict[str, dict[str, list[str]]]:
    """Return the arguments of each case; a line that is not as it should be fails every test."""
    with (CASES / "index.tsv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert header == COLUMNS
    once((name for name, _, _ in lines), "case")
    assert all(answer for _, _, answer in lines), "a case without an answer"
    return {name: _arguments(text) for name, text, _ in lines}


def _arguments(text: str) -> dict[str, list[str]]:
    pairs = [argument.partition("=") for argument in text.split(";") if argument]
    return {name: [value] for name, _, value in pairs}


GIVEN = read_index()


@cache
def dataset() -> LocalDataset:
    store = open_graphs([GRAPH])
    merge_graphs(store)
    return LocalDataset(store)


@cache
def unmerged() -> LocalDataset:
    """Return the corpus as ``discograph load`` leaves it: named graphs alone, whose union the engine makes."""
    store = Store()
    store.extend(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name=GRAPH.name))
    return LocalDataset(store)


class RdflibDataset:
    """A dataset that rdflib answers for."""

    def __init__(self) -> None:
        self._graph = rdflib.Dataset(default_union=True)
        self._graph.parse(GRAPH, format="trig")

    def run(self, sparql: str, *, name: str = "query", base_iri: str = DEFAULT_BASE) -> Result:
        """Return the rows of a SELECT; the other forms have no named query."""
        namespaces = {prefix: rdflib.Namespace(iri) for prefix, iri in prefix_table(base_iri).items()}
        found = self._graph.query(sparql, initNs=namespaces, base=base_iri)
        assert found.vars is not None, name
        variables = tuple(map(str, found.vars))
        rows = [tuple(map(_term, row)) for row in found]  # type: ignore[arg-type]
        return sorted_rows(variables, rows, is_ordered=True, appearance=None)


def _term(term: rdflib.term.Node | None) -> Term | None:
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    return NamedNode(str(term)) if isinstance(term, rdflib.URIRef) else BlankNode(str(term))


@cache
def rdflib_dataset() -> RdflibDataset:
    return RdflibDataset()


def values(result: Result, *, is_loose: bool = False) -> Counter[tuple[str | None, ...]]:
    """Return rows without their order, each cell by its text: engines differ in the types of numbers.

    Shape: ``is_loose`` forgets the order of the words of a cell, too.
    """
    assert isinstance(result, Rows)
    rows = [[getattr(term, "value", None) for term in row] for row in result.rows]
    if is_loose:
        rows = [[None if cell is None else " ".join(sorted(cell.split())) for cell in row] for row in rows]
    return Counter(map(tuple, rows))


each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


def test_each_question_over_a_corpus_stands_once() -> None:
    assert [query.number for query in CORPUS] == list(range(53, 81))
    assert all(query.question for query in QUERIES)
    assert set(GIVEN) == {query.name for query in QUERIES}
    assert {path.name for path in CASES.iterdir()} == {"graph.trig", "index.tsv", *(f"{name}.csv" for name in GIVEN)}


@each_query
def test_answer_is_as_expected_to_the_byte(query: NamedQuery) -> None:
    found = answer(dataset(), question_of(query), GIVEN[query.name])
    assert isinstance(found, Rows)
    assert found.rows, "a question that the corpus does not answer tests nothing"
    assert write(found, "csv") == (CASES / f"{query.name}.csv").read_bytes()


@pytest.mark.parametrize("query", [*QUERIES, *UNCOUNTED], ids=lambda query: query.name)
def test_union_of_the_engine_gives_the_same_rows(query: NamedQuery) -> None:
    given = GIVEN.get(query.name, {})
    assert answer(unmerged(), question_of(query), given) == answer(dataset(), question_of(query), given)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of its own functions
@pytest.mark.parametrize("query", [*QUERIES, *OTHERS], ids=lambda query: query.name)
def test_rdflib_gives_the_same_rows(query: NamedQuery, request: pytest.FixtureRequest) -> None:
    if query.name in RDFLIB_FAULTS:
        request.applymarker(pytest.mark.xfail(reason=RDFLIB_FAULTS[query.name], strict=True))
    given = GIVEN.get(query.name, {})
    theirs = answer(rdflib_dataset(), question_of(query), given)
    ours = answer(dataset(), question_of(query), given)
    is_loose = query.name in CONCATENATED
    assert values(theirs, is_loose=is_loose) == values(ours, is_loose=is_loose)


@each_query
def test_query_names_nothing_of_the_corpus(query: NamedQuery) -> None:
    classes = "VALUES ?class { dg:Album dg:Label dg:Person }"
    named = run(dataset().store, f"SELECT DISTINCT ?name {{ {classes} ?thing a ?class ; rdfs:label ?name }}")
    assert isinstance(named, Rows)
    names = {term.value for row in named.rows for term in row if isinstance(term, Literal)}
    assert len(names) > 15
    assert not [name for name in names if name in query.sparql]


@each_query
def test_each_parameter_is_bound_where_it_says(query: NamedQuery) -> None:
    """A parameter that changes no answer would be a slot that the query does not use."""
    for parameter in query.parameters:
        if query.walk or parameter.kind == "integer":
            continue
        nothing = {**GIVEN[query.name], parameter.name: ["https://example.org/nothing"]}
        found = answer(dataset(), question_of(query), nothing)
        assert isinstance(found, Rows)
        assert not found.rows, parameter.name

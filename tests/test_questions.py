"""The competency questions: each named query gives the answer that the seed article gives.

``cases/questions/index.tsv`` has a line for each question: ``answer`` is what a reader of the article would
say, ``note`` what to look at in the rows, and ``rests`` what the answer rests on: ``extracted`` means that
the rules of extraction give every row of it, ``curated`` that it needs the sidecar beside the article.
``cases/questions/<name>.csv`` holds the rows as ``discograph query <name> seeds --format csv`` prints them.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import rdflib

from discograph.namespaces import prefix_table
from discograph.pipeline import map_documents, read_document
from discograph.query import LocalDataset, NamedQuery, Rows, all_named, answer, merge_graphs, question_of, run, write
from discograph.rdf import Literal, Quad, RdfFormat, Store, Triple, serialize
from discograph.resources import resource

CASES = Path(__file__).parent / "cases" / "questions"
SEEDS = Path(__file__).parents[1] / "seeds"
QUERIES = all_named([resource("queries/questions")])
COLUMNS = ("number", "name", "rests", "answer", "note")
RESTS = ("extracted", "curated")
FEWEST_EXTRACTED = 32


@dataclasses.dataclass(frozen=True)
class Case:
    """One line of the index."""

    number: int
    name: str
    rests: str
    answer: str
    note: str


def load_index() -> dict[str, Case]:
    """Return the cases by name; a line that is not as it should be fails every test."""
    with (CASES / "index.tsv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert tuple(header) == COLUMNS
    cases: dict[str, Case] = {}
    for number, name, rests, said, note in lines:
        assert name not in cases, f"{name} has two lines"
        assert rests in RESTS, f"{name}: {rests}"
        assert said, f"{name} has no answer"
        cases[name] = Case(int(number), name, rests, said, note)
    return cases


CASE = load_index()


@cache
def quads(*, has_sidecar: bool) -> tuple[Quad, ...]:
    reads = [read_document(path) for path in sorted(SEEDS.glob("*.txt"))]
    kept = reads if has_sidecar else [dataclasses.replace(read, sidecar=None) for read in reads]
    return tuple(quad for mapped in map_documents(kept) for quad in mapped.quads)


@cache
def store(*, has_sidecar: bool) -> Store:
    result = Store()
    result.extend(quads(has_sidecar=has_sidecar))
    merge_graphs(result)
    return result


@cache
def rdflib_graph() -> rdflib.Graph:
    triples = dict.fromkeys(Triple(q.subject, q.predicate, q.object) for q in quads(has_sidecar=True))
    return rdflib.Graph().parse(data=serialize(triples, RdfFormat.N_TRIPLES, {}), format="nt")


def rows(query: NamedQuery, *, has_sidecar: bool = True) -> Rows:
    result = run(store(has_sidecar=has_sidecar), query.sparql, name=query.name)
    assert isinstance(result, Rows)
    return result


each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


# The cases: nothing missing, nothing unknown, each question once.


def test_each_question_stands_once_in_index_and_queries() -> None:
    assert [query.number for query in QUERIES] == list(range(1, 53))
    assert [(case.number, case.name) for case in CASE.values()] == [(q.number, q.name) for q in QUERIES]
    assert all(query.question for query in QUERIES)


def test_each_question_has_its_rows_and_there_are_no_other_files() -> None:
    assert {path.name for path in CASES.iterdir()} == {"index.tsv", *(f"{name}.csv" for name in CASE)}


def test_most_questions_rest_on_extraction() -> None:
    assert sum(case.rests == "extracted" for case in CASE.values()) >= FEWEST_EXTRACTED


# The answers.


@each_query
def test_answer_is_as_expected_to_the_byte(query: NamedQuery) -> None:
    assert write(rows(query), "csv") == (CASES / f"{query.name}.csv").read_bytes()


@each_query
def test_answer_rests_on_what_the_index_says(query: NamedQuery) -> None:
    without = rows(query, has_sidecar=False) == rows(query)
    assert ("extracted" if without else "curated") == CASE[query.name].rests


@each_query
def test_rdflib_gives_the_same_rows(query: NamedQuery) -> None:
    namespaces = {prefix: rdflib.Namespace(iri) for prefix, iri in prefix_table().items()}
    found = rdflib_graph().query(query.sparql, initNs=namespaces)
    theirs = Counter(tuple(None if term is None else str(term) for term in row) for row in found)  # type: ignore[union-attr]
    ours = Counter(tuple(None if term is None else term.value for term in row) for row in rows(query).rows)  # type: ignore[union-attr]
    assert theirs == ours


# What makes a query fit for any article.


@each_query
def test_album_may_be_chosen(query: NamedQuery) -> None:
    dataset = LocalDataset(store(has_sidecar=True))
    none = answer(dataset, question_of(query), {"album": ["https://example.org/nothing"]})
    assert isinstance(none, Rows)
    assert not none.rows
    assert answer(dataset, question_of(query), {"album": ["ASCENSEUR pour l'echafaud"]}) == rows(query)


@each_query
def test_query_names_nothing_of_the_seed(query: NamedQuery) -> None:
    sparql = (
        "SELECT DISTINCT ?name { ?thing a ?class ; rdfs:label|skos:altLabel ?name "
        "FILTER(?class IN (dg:Album, dg:Film, dg:Label, dg:Person, dg:Studio, dg:Venue)) }"
    )
    named = run(store(has_sidecar=True), sparql)
    assert isinstance(named, Rows)
    names = {term.value for row in named.rows for term in row if isinstance(term, Literal)}
    assert len(names) > 20
    for name in names:
        assert not re.search(rf"\b{re.escape(name)}\b", query.sparql), name
    assert "/id/" not in query.sparql


@each_query
def test_order_of_rows_is_total(query: NamedQuery) -> None:
    ordered = re.findall(r"\?(\w+)", query.sparql.rsplit("ORDER BY", 1)[1])
    result = rows(query)
    columns = [result.variables.index(name) for name in ordered]
    keys = [tuple(row[column] for column in columns) for row in result.rows]
    assert len(set(keys)) == len(keys)

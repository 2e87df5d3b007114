"""Parameters: whatever a value holds, the query keeps its shape, and the engine gets exactly that value."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discograph.errors import QueryError
from discograph.query import (
    LocalDataset,
    NamedQuery,
    Question,
    Rows,
    all_named,
    answer,
    bind,
    open_graphs,
    question_of,
    read_parameters,
    run,
)
from discograph.query.folding import candidates_pattern, fold
from discograph.query.names import term_of
from discograph.query.parameters import Parameter
from discograph.query.scan import Token, slots, tokens
from discograph.query.terms import written
from discograph.rdf import BlankNode, Literal, NamedNode, Store
from discograph.vocab import XSD

GRAPH = Path(__file__).parent / "cases" / "corpus" / "graph.trig"
NAMED = [named for named in all_named() if named.parameters]

texts = st.text(st.characters(exclude_categories=["Cs"]))
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE]))
HOSTILE = (
    '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
    "' } UNION { ?s ?p ?o } {",
    '"""',
    "\\",
    '\\"',
    "\\u0022 } # \\U00000022",
    "> <http://example.org/> <",
    "UNDEF } VALUES ?x { UNDEF",
    "\n#+ parameter: x text x\n",
    CONTROLS,
    "x" * 200_000,
)


def hostile(test: Callable[..., None]) -> Callable[..., None]:
    for value in HOSTILE:
        test = example(value)(test)
    return test


def outside_slots(sparql: str) -> list[tuple[str, str]]:
    """Return the kinds and texts of all tokens that stand outside of slots."""
    found = tokens(sparql)
    inside = [(slot.start, slot.end) for slot in slots(found)]

    def is_outside(token: Token) -> bool:
        return not any(start <= token.offset < end for start, end in inside)

    return [(token.kind, token.text) for token in found if is_outside(token)]


@hostile
@settings(deadline=None)
@given(texts)
def test_no_text_changes_the_shape_of_any_named_query(value: str) -> None:
    for named in NAMED[:: max(1, len(NAMED) // 6)]:
        bound = bind(named.sparql, {p.variable: (Literal(value), Literal("x")) for p in named.parameters})
        assert outside_slots(bound) == outside_slots(named.sparql)
        assert [(slot.name, len(slot.values)) for slot in slots(tokens(bound)) if slot.name in _variables(named)] == [
            (slot.name, 2) for slot in slots(tokens(named.sparql)) if slot.name in _variables(named)
        ]
        assert bound.count("\n") == named.sparql.count("\n"), "lines keep their numbers"


def _variables(named: NamedQuery) -> set[str]:
    return {parameter.variable for parameter in named.parameters}


@hostile
@settings(deadline=None)
@given(texts)
def test_engine_gets_exactly_the_text(value: str) -> None:
    result = run(Store(), bind("SELECT ?x { VALUES ?x { UNDEF } }", {"x": [Literal(value)]}))
    assert result == Rows(("x",), ((Literal(value),),))


@hostile
@settings(deadline=None)
@given(texts)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_gets_exactly_the_text(value: str) -> None:
    """It replaces codepoint escapes before it reads tokens, as 19.2 asks: nothing may come of that."""
    found = rdflib.Graph().query(bind("SELECT ?x { VALUES ?x { UNDEF } }", {"x": [Literal(value)]}))
    assert [str(row[0]) for row in found] == [value]  # type: ignore[index]


@given(texts, st.sampled_from([XSD.integer, XSD.date, NamedNode("http://example.org/type")]))
def test_written_literal_is_read_back(value: str, datatype: NamedNode) -> None:
    for term in (Literal(value, datatype=datatype), Literal(value, language="en")):
        assert [token.kind for token in tokens(written(term))][:1] == ["string"]
        result = run(Store(), f"SELECT (DATATYPE({written(term)}) AS ?d) (STR({written(term)}) AS ?s) {{}}")
        assert isinstance(result, Rows)
        assert result.rows[0][1] == Literal(value)


def test_blank_node_cannot_be_bound() -> None:
    with pytest.raises(QueryError, match="a parameter is an IRI or a literal"):
        written(BlankNode("x"))


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(QueryError, match=r"--x: 'a\\udc80' is not Unicode at character 2; give it as UTF-8"):
        term_of(LocalDataset(Store()), Parameter("x", "text", "it"), "a\udc80")


# Names at the prompt.


@pytest.fixture(scope="module")
def corpus() -> LocalDataset:
    return LocalDataset(open_graphs([GRAPH]))


def _term(corpus: LocalDataset, kind: str, typed: str) -> str:
    term = term_of(corpus, Parameter(kind, kind, "it"), typed)
    assert isinstance(term, NamedNode)
    return term.value.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("album", "north pier", "north-pier"),
        ("album", "  NORTH-PIER! ", "north-pier"),
        ("person", "di fane", "di-fane"),
        ("person", "DI FANÉ", "di-fane"),
        ("person", "ada moss", "ada-moss"),
        ("label", "gull recordings", "gull"),
        ("place", "red barn", "red-barn"),
        ("agent", "bo lind", "bo-lind"),
        ("instrument", "Drum Kit", "drums"),
        ("instrument", "TENOR saxophone", "tenor-saxophone"),
        ("album", "album:north-pier", "north-pier"),
        ("album", "https://w3id.org/discograph/id/album/north-pier", "north-pier"),
        ("album", "<https://example.org/other>", "other"),
    ],
)
def test_name_finds_the_thing(corpus: LocalDataset, kind: str, typed: str, expected: str) -> None:
    assert _term(corpus, kind, typed) == expected


def test_several_things_of_a_name_are_listed_with_how_to_choose(corpus: LocalDataset) -> None:
    with pytest.raises(QueryError) as caught:
        _term(corpus, "album", "night ferry")
    assert str(caught.value).splitlines() == [
        "--album: 2 things of the kind album are called 'night ferry'; choose one by its IRI:",
        "  --album album:night-ferry--bo-lind   Bo Lind",
        "  --album album:night-ferry--eli-roe   Eli Roe",
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("album", "noth pier", "no album is called 'noth pier'; did you mean 'North Pier'?"),
        ("album", "pier", "no album is called 'pier'; did you mean 'North Pier', 'South Pier', 'Box of Piers'?"),
        ("album", "ada moss", "no album is called 'ada moss'"),
        ("ensemble", "x", "no ensemble is called 'x'; the sources name no ensemble"),
        ("integer", "five", "expected a whole number, got 'five'"),
        ("integer", "9" * 5000, "expected a whole number, got '99999"),
    ],
)
def test_name_that_nothing_has_is_told(corpus: LocalDataset, kind: str, typed: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        term_of(corpus, Parameter(kind, kind, "it"), typed)
    assert str(caught.value).startswith(f"--{kind}: ")
    assert set(re.findall(r"'[^']*'", message)) <= set(re.findall(r"'[^']*'", str(caught.value))) or message in str(
        caught.value
    )


@hostile
@settings(deadline=None)
@given(texts)
def test_any_name_is_looked_up_without_harm(value: str) -> None:
    with pytest.raises(QueryError, match=r"^--person: no person is called"):
        term_of(LocalDataset(Store()), Parameter("person", "person", "it"), f"no such {value}")


@example("가")
@given(texts)
def test_pattern_finds_every_name_with_the_same_fold(name: str) -> None:
    result = run(
        Store(), f'ASK {{ FILTER(REGEX({written(Literal(name))}, {written(Literal(candidates_pattern(name)))}, "i")) }}'
    )
    assert getattr(result, "value", None) is True or not fold(name)


# Declared parameters.


def _ask(sparql: str, **typed: str) -> Rows:
    question = Question("q.rq", sparql, read_parameters(sparql, Path("q.rq")))
    found = answer(LocalDataset(Store()), question, {name: [value] for name, value in typed.items()})
    assert isinstance(found, Rows)
    return found


def test_parameter_replaces_its_default() -> None:
    sparql = "#+ parameter: least integer Fewest\n#+ tags: others\nSELECT ?least { VALUES ?least { 10 } }"
    assert [row[0].value for row in _ask(sparql).rows if isinstance(row[0], Literal)] == ["10"]
    assert [row[0].value for row in _ask(sparql, least="+02").rows if isinstance(row[0], Literal)] == ["2"]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ parameter: x", r"q\.rq:1: expected '#\+ parameter: name kind what it is'"),
        ("#+ parameter: x song A song", r"q\.rq:1: expected .* with a kind of agent, album"),
        ("#+ parameter: y text A text", r"q\.rq:1: the query has no 'VALUES \?y \{ UNDEF \}' to bind it in"),
        ("#+ parameter: x text A\n#+ parameter: x text B", r"q\.rq:2: the parameter 'x' is there twice"),
    ],
)
def test_malformed_parameter_is_refused_with_its_line(header: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        _ask(f"{header}\nSELECT ?x {{ VALUES ?x {{ UNDEF }} }}")


def test_unknown_parameter_is_refused() -> None:
    with pytest.raises(QueryError, match=r"q\.rq: no parameter --y; it takes none"):
        _ask("SELECT * {}", y="1")


def test_no_parameter_has_the_name_of_an_option() -> None:
    from discograph.cli.query import query

    options = {option for parameter in query.params for option in parameter.opts}
    assert not [p.name for named in NAMED for p in named.parameters if f"--{p.name}" in options]


def test_a_chain_needs_both_ends(corpus: LocalDataset) -> None:
    chain = next(named for named in NAMED if named.walk)
    with pytest.raises(QueryError, match="--to: a chain needs its two ends"):
        answer(corpus, question_of(chain), {"from": ["bo lind"]})
    same = answer(corpus, question_of(chain), {"from": ["bo lind"], "to": ["bo lind"]})
    assert isinstance(same, Rows)
    assert not same.rows

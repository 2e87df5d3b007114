"""Queries to endpoints: the same answers as from a store here, and clear messages for all that goes wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from discograph import cli
from discograph.errors import QueryError, QueryTimeoutError
from discograph.query import Answer, LocalDataset, NamedQuery, Rows, Triples, answer, open_graphs, question_of, run
from discograph.query.remote import Endpoint
from discograph.query.sources import is_endpoint
from discograph.rdf import Literal, NamedNode, RdfFormat, Store, parse
from discograph.vocab import XSD
from tests.endpoints import Reply, Request, program, replying, started
from tests.servers import free_port
from tests.test_corpus_questions import GIVEN, GRAPH, QUERIES

JSON = {"Content-Type": "application/sparql-results+json"}
ROWS = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "é"}}]}})


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the corpus from an Oxigraph server, whose default graph is not the union of the others."""
    folder = tmp_path_factory.mktemp("oxigraph") / "store"
    store = Store(str(folder))
    store.extend(parse(GRAPH.read_bytes(), RdfFormat.TRIG, name=GRAPH.name))
    store.flush()
    del store
    port = free_port()
    with started([program("oxigraph"), "serve-read-only", "-l", str(folder), "-b", f"127.0.0.1:{port}"], port):
        yield f"http://127.0.0.1:{port}/query"


@pytest.fixture(scope="module")
def rdflib_endpoint() -> Iterator[str]:
    """Serve the corpus from rdflib-endpoint."""
    port = free_port()
    command = [program("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(GRAPH)]
    with started(command, port):
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def local() -> LocalDataset:
    return LocalDataset(open_graphs([GRAPH]))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_oxigraph_gives_the_same_rows(oxigraph: str, local: LocalDataset, query: NamedQuery) -> None:
    given = GIVEN[query.name]
    assert answer(Endpoint(oxigraph), question_of(query), given) == answer(local, question_of(query), given)


FORMS = (
    "SELECT DISTINCT ?title { ?album a dg:Album ; rdfs:label ?title } ORDER BY ?title",
    "SELECT DISTINCT * { ?album dg:artist ?who ; rdfs:label ?title }",
    "ASK { ?album a dg:Album }",
    "CONSTRUCT { ?album dg:artist ?who } WHERE { ?album dg:artist ?who }",
    "DESCRIBE album:box-of-piers",
    "SELECT ?x { ?x a dg:Venue }",
)


@pytest.mark.parametrize("sparql", FORMS)
def test_oxigraph_answers_every_form(oxigraph: str, local: LocalDataset, sparql: str) -> None:
    found = Endpoint(oxigraph).run(sparql)
    if sparql.startswith("DESCRIBE"):
        assert isinstance(found, Triples)
        assert found.triples
    else:
        assert found == local.run(sparql)


@pytest.mark.parametrize("sparql", [form for form in FORMS if not form.startswith("DESCRIBE")])
def test_rdflib_endpoint_answers_the_same(rdflib_endpoint: str, local: LocalDataset, sparql: str) -> None:
    theirs, ours = Endpoint(rdflib_endpoint).run(sparql), local.run(sparql)
    if isinstance(ours, Rows):
        assert isinstance(theirs, Rows)
        assert sorted(theirs.rows, key=str) == sorted(ours.rows, key=str)
    else:
        assert theirs == ours


def test_names_find_things_at_an_endpoint(oxigraph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", "who-played", oxigraph, "--album", "NORTH pier", "--track", "1", "-f", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "North Pier,1,Ada Moss,trumpet,stated",
        "North Pier,1,Bo Lind,piano,implied",
    ]


@pytest.mark.parametrize("sparql", ["SELECT ?x {\n ?x oops }", "INSERT DATA {}", "SELECT ?x { ?x nope:a ?y }"])
def test_syntax_error_is_the_one_that_a_store_gives(oxigraph: str, sparql: str) -> None:
    with pytest.raises(QueryError) as here:
        run(Store(), sparql, name="q.rq")
    with pytest.raises(QueryError) as there:
        Endpoint(oxigraph).run(sparql, name="q.rq")
    assert str(there.value) == str(here.value)


# The protocol.


def test_request_is_a_form_post_that_asks_for_json_and_the_union() -> None:
    with replying(
        lambda _: (200, {**JSON, "Content-Type": f"{JSON['Content-Type']}; charset=utf-8"}, ROWS.encode())
    ) as (
        url,
        requests,
    ):
        assert Endpoint(url).run("SELECT ?x { ?x a dg:Film }") == Rows(("x",), ((Literal("é"),),))
        Endpoint(url).run("SELECT ?x FROM <http://e/> { ?x a dg:Film }")
    first, second = requests
    assert first.method == "POST"
    assert first.headers["content-type"] == "application/x-www-form-urlencoded"
    assert first.headers["accept"].startswith("application/sparql-results+json, ")
    form = parse_qs(first.body.decode())
    assert form["union-default-graph"] == ["true"]
    assert form["query"][0].endswith("SELECT ?x { ?x a dg:Film }")
    assert "union-default-graph" not in parse_qs(second.body.decode())


def test_terms_of_the_json_format_are_read() -> None:
    bindings = {
        "a": {"type": "uri", "value": "http://e/a"},
        "b": {"type": "typed-literal", "value": "5", "datatype": XSD.integer.value},
        "c": {"type": "literal", "value": "x", "xml:lang": "en"},
    }
    body = json.dumps({"head": {"vars": ["a", "b", "c", "d"]}, "results": {"bindings": [bindings]}}).encode()
    with replying(lambda _: (200, {"Content-Type": "application/json"}, body)) as (url, _):
        found = Endpoint(url).run("SELECT ?a ?b ?c ?d {}")
    cells = (NamedNode("http://e/a"), Literal("5", datatype=XSD.integer), Literal("x", language="en"), None)
    assert found == Rows(("a", "b", "c", "d"), (cells,))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_is_followed_by_posting_again(status: int) -> None:
    def reply(request: Request) -> Reply:
        if request.path == "/query":
            return status, {"Location": "/moved"}, b""
        return 200, dict(JSON), ROWS.encode()

    with replying(reply) as (url, requests):
        Endpoint(url).run("SELECT ?x {}")
    assert [(r.method, r.path) for r in requests] == [("POST", "/query"), ("POST", "/moved")]
    assert requests[0].body == requests[1].body


CASES: list[tuple[int, dict[str, str], bytes, str]] = [
    (401, {}, b"", "401 Unauthorized; it wants a login; put one for this host into ~/.netrc"),
    (403, {}, b"", "403 Forbidden; it refuses this login"),
    (404, {}, b"", "404 Not Found; nothing is there; look at the path"),
    (405, {}, b"", "405 Method Not Allowed; this address takes no queries"),
    (413, {}, b"", "413 Request Entity Too Large; the query is too long for it"),
    (429, {}, b"", "429 Too Many Requests; it gets too many requests; wait"),
    (500, {"Content-Type": "text/plain"}, b"out\nof\x00 memory", "500 Internal Server Error: out of memory"),
    (503, {}, b"", "503 Service Unavailable; it is busy"),
    (400, {"Content-Type": "text/plain"}, b"too hard", "400 Bad Request: too hard"),
    (200, {"Content-Type": "text/html"}, b"<html>", "no SPARQL endpoint: it sent text/html"),
    (200, {}, b"{}", "no SPARQL endpoint: it sent something without a media type"),
    (200, dict(JSON), b'{"head": {"vars": ["x"]}, "resul', "what it sent is broken, or was cut off"),
    (200, dict(JSON), b'{"head": {"vars": ["x"]}}', "what it sent is broken, or was cut off"),
    (200, dict(JSON), b'{"boolean": "yes"}', "what it sent is broken, or was cut off: expected true or false"),
    (200, {"Content-Type": "application/n-triples"}, b"<a:a> <a:b>", "what it sent is broken, or was cut off"),
    (200, {**JSON, "X-Cut": "20"}, ROWS.encode(), "the answer was cut off, so nothing of it is used"),
    (200, {**JSON, "Content-Encoding": "gzip"}, b"no gzip", "Error -3 while decompressing"),
    (302, {"Location": "/query"}, b"", "it sends the query from address to address"),
    (302, {"Location": "ftp://127.0.0.1/"}, b"", "it sends the query on to ftp://127.0.0.1/, which is not safe"),
]


@pytest.mark.parametrize(("status", "headers", "body", "message"), CASES, ids=lambda value: str(value)[:40])
def test_what_goes_wrong_is_told_and_nothing_returned(
    capsys: pytest.CaptureFixture[str], status: int, headers: dict[str, str], body: bytes, message: str
) -> None:
    with replying(lambda _: (status, dict(headers), body)) as (url, _):
        assert cli.run(["query", "-e", "SELECT ?x { ?x a dg:Film }", url]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {url}: {message}")
    assert captured.err.count("\n") == 1


def test_a_slow_server_is_given_up() -> None:
    def reply(_: Request) -> Reply:
        time.sleep(2)
        return 200, dict(JSON), ROWS.encode()

    with replying(reply) as (url, _), pytest.raises(QueryTimeoutError, match=r"no answer within 0\.2 s"):
        Endpoint(url, timeout_seconds=0.2).run("ASK {}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://", "not the address of an endpoint"),
        ("http://me:secret@127.0.0.1/query", r"http://127\.0\.0\.1/query: no logins in addresses"),
    ],
)
def test_address_that_is_none_is_refused(url: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        Endpoint(url)
    assert "secret" not in str(caught.value)


def test_nobody_there_is_told() -> None:
    with pytest.raises(QueryError, match="no server answers there"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query").run("ASK {}")


def test_login_comes_from_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password lee\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with replying(lambda _: (200, dict(JSON), b'{"head": {}, "boolean": true}')) as (url, requests):
        assert Endpoint(url).run("ASK {}") == Answer(True)
    assert requests[0].headers["authorization"] == "Basic YW5uOmxlZQ=="


def test_only_http_addresses_are_endpoints() -> None:
    assert is_endpoint("HTTPS://example.org/sparql")
    assert not is_endpoint("output")


def test_an_endpoint_is_asked_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", "-e", "ASK {}", "http://127.0.0.1:9/", str(GRAPH)]) == 2
    assert "an endpoint is asked alone" in capsys.readouterr().err

"""A client for the query operation of the SPARQL 1.1 Protocol: the one module of queries that knows httpx.

Source: SPARQL 1.1 Protocol, 2.1.2 (query via POST with URL-encoded parameters); SPARQL 1.1 Query Results
JSON Format. Queries are never posted directly: Virtuoso 7 hangs on them. Nothing is returned unless all of
it came: a body that ends early is an error, not a shorter answer.
"""

from __future__ import annotations

import json
import netrc
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from discograph.errors import DiscographError, QueryError, QueryTimeoutError
from discograph.namespaces import DEFAULT_BASE
from discograph.query import scan
from discograph.query.prologue import with_prologue
from discograph.query.run import run
from discograph.query.solutions import Answer, Result, Row, Term, Triples, sorted_rows, sorted_triples
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 300.0
_MOST_REDIRECTS = 5
_MOST_BYTES = 1 << 30

_ROWS = "application/sparql-results+json"
_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_JSON = (_ROWS, "application/json")

_HINTS = {
    401: "it wants a login; put one for this host into ~/.netrc",
    403: "it refuses this login, or whatever comes from here",
    404: "nothing is there; look at the path: endpoints are often /query or /sparql below the server's address",
    405: "this address takes no queries; give that of the query endpoint, such as /query or /sparql",
    413: "the query is too long for it; give fewer values",
    414: "the query is too long for it; give fewer values",
    429: "it gets too many requests; wait and try again",
    503: "it is busy or being restarted; try again later",
    504: "it gave up after its own time limit; ask for less",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The query endpoint of a server, by its URL.

    The default graph is asked for as the union of all graphs, as stores here have it: the parameter
    ``union-default-graph`` is Oxigraph's; most others answer from the union anyway.
    Units: ``timeout_seconds`` for each request, None for 300 s of silence at most.
    """

    url: str
    timeout_seconds: float | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if not parts.hostname:
            raise QueryError(f"{self.url}: not the address of an endpoint; one looks like http://localhost:7878/query")
        if parts.password or parts.username:
            shown = f"{parts.scheme}://{parts.hostname}{parts.path}"
            raise QueryError(f"{shown}: no logins in addresses, which others can read; put it into ~/.netrc")

    def run(self, sparql: str, *, name: str = "query", base_iri: str = DEFAULT_BASE) -> Result:
        """Return what a query gives; see ``discograph.query.run`` for its prefixes and base.

        Raises: QueryError with what the server said, ``name:line:column`` where it found no valid SPARQL,
        and what can be done; QueryTimeoutError if it took longer than ``timeout_seconds``.
        """
        found = scan.tokens(sparql)
        media_type, body = self._ask(with_prologue(sparql, base_iri), found, sparql, name, base_iri)
        try:
            if media_type in _GRAPHS:
                return _triples(body, _GRAPHS[media_type], self.url)
            return _answer(json.loads(body), found)
        except (ValueError, KeyError, TypeError, AttributeError, DiscographError) as error:
            raise self._error(f"what it sent is broken, or was cut off: {_brief(str(error))}") from error

    def _ask(self, asked: str, found: list[scan.Token], sparql: str, name: str, base_iri: str) -> tuple[str, bytes]:
        """Return media type and body of a good answer."""
        fields = {"query": asked}
        if not scan.chooses_dataset(found):
            fields["union-default-graph"] = "true"
        status, media_type, body = self._request(fields)
        if status == 400:
            _refuse_syntax(sparql, name, base_iri)
        if status >= 400:
            hint = f"; {_HINTS[status]}" if status in _HINTS else ""
            raise self._error(f"{status} {_reason(status)}{hint}{_said(media_type, body)}")
        if media_type not in (*_JSON, *_GRAPHS):
            kind = media_type or "something without a media type"
            raise self._error(f"no SPARQL endpoint: it sent {kind}, not {_ROWS}; give the address of its queries")
        return media_type, body

    def _request(self, fields: Mapping[str, str]) -> tuple[int, str, bytes]:
        """Return status, media type and body; redirects are followed by posting again, for a query changes nothing."""
        deadline = None if self.timeout_seconds is None else time.monotonic() + self.timeout_seconds
        read = _READ_SECONDS if self.timeout_seconds is None else self.timeout_seconds
        limits = httpx.Timeout(min(read, _CONNECT_SECONDS), read=read)
        accept = ", ".join((_ROWS, *(f"{media_type};q=0.9" for media_type in _GRAPHS)))
        try:
            with httpx.Client(timeout=limits, auth=_netrc(), headers={"Accept": accept}) as client:
                url = httpx.URL(self.url)
                for _ in range(_MOST_REDIRECTS + 1):
                    with client.stream("POST", url, data=dict(fields)) as response:
                        if not response.has_redirect_location:
                            return response.status_code, _media_type(response), self._body(response, deadline)
                        url = self._next(url, response)
        except httpx.TimeoutException as error:
            waited = limits.connect if isinstance(error, httpx.ConnectTimeout) else read
            text = f"no answer within {waited:g} s; is the address right? Else ask for less, or give it more time"
            raise QueryTimeoutError(f"{self.url}: {text}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._error(_trouble(error)) from error
        raise self._error(f"it sends the query from address to address, more than {_MOST_REDIRECTS} times")

    def _next(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        """Return where a redirect leads; never from an encrypted connection to an open one."""
        target = url.join(response.headers["location"])
        if target.scheme not in ("http", "https") or (url.scheme == "https" and target.scheme == "http"):
            raise self._error(
                f"it sends the query on to {target}, which is not safe; give that address if you trust it"
            )
        return target

    def _body(self, response: httpx.Response, deadline: float | None) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _MOST_BYTES:
                raise self._error("it sent more than 1 GB; ask for less, with a LIMIT")
            if deadline is not None and time.monotonic() > deadline:
                text = f"not all came within {self.timeout_seconds:g} s; ask for less, or give it more time"
                raise QueryTimeoutError(f"{self.url}: {text}")
        return b"".join(parts)

    def _error(self, text: str) -> QueryError:
        return QueryError(f"{self.url}: {text}")


def _netrc() -> httpx.NetRCAuth | None:
    """Return the logins of ``NETRC`` or ``~/.netrc``; they are sent to the hosts that they are for."""
    try:
        return httpx.NetRCAuth(os.environ.get("NETRC"))
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise QueryError(f"the file with logins cannot be used: {error}") from error


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _reason(status: int) -> str:
    return httpx.codes.get_reason_phrase(status)


def _trouble(error: Exception) -> str:
    """Return in words why there was no answer."""
    text = str(error) or type(error).__name__
    if isinstance(error, httpx.ConnectError):
        if "CERTIFICATE" in text.upper():
            return f"its certificate is not trusted: {text}"
        return f"no server answers there ({text}); is it running, and is the port right?"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"the answer was cut off, so nothing of it is used: {text}"
    return text


def _said(media_type: str, body: bytes) -> str:
    """Return what a server says of an error, if it says it in words; a page of HTML helps nobody here."""
    if media_type not in ("text/plain", "application/json", "application/problem+json"):
        return ""
    text = _brief(body.decode("utf-8", "replace"))
    return f": {text}" if text else ""


def _brief(text: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= 300 else f"{words[:299]}…"


def _refuse_syntax(sparql: str, name: str, base_iri: str) -> None:
    """Raise the error that shows the place, if the query is no valid SPARQL; it may be valid and yet refused."""
    if scan.service_call(scan.tokens(sparql)) is None:
        run(Store(), sparql, name=name, base_iri=base_iri)


def _answer(document: Mapping[str, Any], found: list[scan.Token]) -> Result:
    if "boolean" in document:
        value = document["boolean"]
        if not isinstance(value, bool):
            raise ValueError(f"expected true or false, got {value!r}")
        return Answer(value)
    variables = tuple(str(name) for name in document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows: list[Row] = [tuple(_term(binding.get(name)) for name in variables) for binding in bindings]
    return sorted_rows(variables, rows, is_ordered=scan.is_ordered(found), appearance=scan.star_variables(found))


def _term(value: Mapping[str, Any] | None) -> Term | None:
    """Return a term of the JSON format; ``typed-literal`` is Virtuoso's word."""
    if value is None:
        return None
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return NamedNode(text)
    if kind == "bnode":
        return BlankNode("".join(c if c.isalnum() else "x" for c in text) or "x")
    if kind == "triple":
        return Triple(*(_term(text[part]) for part in ("subject", "predicate", "object")))  # type: ignore[arg-type]
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"unknown type of term {kind!r}")
    if language := value.get("xml:lang"):
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(value["datatype"])) if "datatype" in value else Literal(text)


def _triples(body: bytes, rdf_format: RdfFormat, name: str) -> Triples:
    quads: Iterator[Any] = parse(body, rdf_format, name=name, base_iri=name)
    return sorted_triples(quad.triple for quad in quads)

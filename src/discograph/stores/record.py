"""The record that a store keeps of what was loaded into it, and the SPARQL that reads and writes it.

In the graph ``LOAD_RECORD``, each unit has the digest of what it held when the last of it had arrived, or
``pending`` while it is under way, and its graphs. So a load that was cut off is seen, by anybody, in the store
itself; a note on the client would not know what a killed store has lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from discograph.namespaces import LOAD_RECORD
from discograph.stores.canonical import as_text

DIGEST = "urn:x-discograph:digest"
GRAPH = "urn:x-discograph:graph"
PENDING = "pending"
PAGE = 500
"""Rows of one answer: below the limit at which stores cut answers off without a word (Virtuoso: 10,000)."""

_ESCAPE = re.compile(r"\\(?:\\(?P<letter>[uU])|u(?P<code>[0-9A-Fa-f]{4})|.)")


def begin(units: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return the update that notes units and their graphs as under way."""
    return " ;\n".join(
        f"DELETE WHERE {{ GRAPH <{LOAD_RECORD}> {{ <{unit}> <{DIGEST}> ?digest }} }} ;\n"
        + _insert(unit, PENDING, graphs)
        for unit, graphs in units
    )


def begun(units: Iterable[tuple[str, Iterable[str]]]) -> bytes:
    """Return what ``begin`` makes of units that are not on record, as N-Quads."""
    return "".join(
        f'<{unit}> <{DIGEST}> "{PENDING}" <{LOAD_RECORD}> .\n'
        + "".join(f"<{unit}> <{GRAPH}> <{graph}> <{LOAD_RECORD}> .\n" for graph in graphs)
        for unit, graphs in units
    ).encode()


def finish(units: Iterable[tuple[str, str, Iterable[str]]]) -> str:
    """Return the update that notes units as held: of each its IRI, its digest and its graphs."""
    return " ;\n".join(f"{forget(unit)} ;\n{_insert(unit, digest, graphs)}" for unit, digest, graphs in units)


def forget(unit: str) -> str:
    """Return the update that takes a unit off the record."""
    return f"DELETE WHERE {{ GRAPH <{LOAD_RECORD}> {{ <{unit}> ?property ?value }} }}"


def drop(graphs: Iterable[str]) -> str:
    """Return the update that empties graphs, whether they are there or not."""
    return " ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)


def insert(graphs: Iterable[tuple[str, list[bytes]]]) -> str:
    """Return the update that adds triples to graphs; lines as ``Unit`` has them."""
    filled = ((graph, as_text(lines, b" .\n").decode()) for graph, lines in graphs)
    body = "\n".join(f"GRAPH <{graph}> {{\n{text}}}" for graph, text in filled if text)
    return f"INSERT DATA {{\n{_safe(body)}\n}}" if body else ""


def _safe(text: str) -> str:
    r"""Return N-Triples text whose escapes mean the same to every engine.

    SPARQL 1.1, 19.2 lets codepoint escapes be replaced before anything else. rdflib does so blindly, also in
    ``"C:\\users"``, and takes eight digits after ``\u`` if eight are there. As ``\U`` with its eight digits, an
    escape means one thing, and so does an escaped backslash if the u after it is such an escape.

    >>> print(_safe(r'"C:\\users \u0001abcd"'))
    "C:\\\U00000075sers \U00000001abcd"
    """
    if "\\u" not in text and "\\U" not in text:
        return text
    return _ESCAPE.sub(_plain_escape, text)


def _plain_escape(escape: re.Match[str]) -> str:
    if letter := escape["letter"]:
        return f"\\\\\\U{ord(letter):08X}"
    return f"\\U{escape['code']:>08}" if escape["code"] else escape.group()


def _insert(unit: str, digest: str, graphs: Iterable[str]) -> str:
    held = "".join(f" ; <{GRAPH}> <{graph}>" for graph in graphs)
    return f'INSERT DATA {{ GRAPH <{LOAD_RECORD}> {{ <{unit}> <{DIGEST}> "{digest}"{held} }} }}'


def digests_query(units: Iterable[str]) -> str:
    """Return the query for ``?unit`` and ``?digest`` of units."""
    return (
        f"SELECT ?unit ?digest WHERE {{ VALUES ?unit {{ {_iris(units)} }} "
        f"GRAPH <{LOAD_RECORD}> {{ ?unit <{DIGEST}> ?digest }} }}"
    )


def counts_query(graphs: Iterable[str]) -> str:
    """Return the query for ``?graph`` and ``?count`` of graphs; what holds nothing may be missing."""
    return (
        f"SELECT ?graph (COUNT(*) AS ?count) WHERE {{ VALUES ?graph {{ {_iris(graphs)} }} "
        "GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    )


def units_query(after: str) -> str:
    """Return the query for a page of ``?value``: the units on record whose IRIs come after one."""
    return _page(f"?value <{DIGEST}> ?digest", after)


def graphs_query(unit: str, after: str) -> str:
    """Return the query for a page of ``?value``: the graphs of a unit whose IRIs come after one."""
    return _page(f"<{unit}> <{GRAPH}> ?value", after)


def _page(pattern: str, after: str) -> str:
    # After the last value and not by OFFSET: what is deleted between two pages would shift the rest.
    return (
        f"SELECT DISTINCT ?value WHERE {{ GRAPH <{LOAD_RECORD}> {{ {pattern} }} "
        f'FILTER(STR(?value) > "{after}") }} ORDER BY STR(?value) LIMIT {PAGE}'
    )


def _iris(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)

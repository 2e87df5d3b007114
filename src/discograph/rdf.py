"""RDF terms, parsing, writing and the SPARQL store: the one module that knows pyoxigraph.

Terms are pyoxigraph's own (immutable, hashable, about 0.3 µs each): a dump yields hundreds of millions
of them, and rdflib's take twenty times as long to make and write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from discograph.errors import GraphError

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Object",
    "Quad",
    "QueryBoolean",
    "QuerySolutions",
    "QueryTriples",
    "RdfFormat",
    "Store",
    "Triple",
    "load_merged",
    "parse",
    "parse_file",
    "serialize",
]

Object = NamedNode | Literal
"""What stands in object position in a graph of ours: we write no blank nodes."""


def parse(data: bytes, rdf_format: RdfFormat, *, name: str, base_iri: str | None = None) -> Iterator[Quad]:
    """Yield the quads of a serialized graph or dataset, in the order of the text.

    Shape: ``name`` says in messages where the data came from.
    Raises: GraphError with ``name:line:column`` on the first syntax error.
    """
    try:
        yield from pyoxigraph.parse(input=data, format=rdf_format, base_iri=base_iri)
    except SyntaxError as error:
        where = f"{name}:{error.lineno}:{error.offset}" if error.lineno else name
        raise GraphError(f"{where}: not valid {rdf_format.name}: {error.msg}") from error
    except ValueError as error:
        raise GraphError(f"{name}: not valid {rdf_format.name}: {error}") from error


def parse_file(path: Path) -> list[Quad]:
    """Return the quads of a graph file; its format is known by its extension.

    Raises: GraphError if it cannot be read, has an unknown extension or a syntax error.
    """
    rdf_format = _format_of(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error
    return list(parse(data, rdf_format, name=str(path)))


def load_merged(path: Path) -> Store:
    """Return a store in memory whose default graph holds the triples of every graph of a file.

    Shape: the file is read as it is loaded, so that it may be larger than Python could hold.
    Raises: GraphError as ``parse_file``.
    """
    rdf_format = _format_of(path)
    store = Store()
    try:
        if rdf_format.supports_datasets:
            quads = pyoxigraph.parse(path=path, format=rdf_format)
            store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        else:
            store.bulk_load(path=path, format=rdf_format)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise GraphError(f"{where}: not valid {rdf_format.name}: {error.msg}") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise GraphError(f"{path}: not valid {rdf_format.name}: {error}") from error
    return store


def _format_of(path: Path) -> RdfFormat:
    rdf_format = RdfFormat.from_extension(path.suffix.lstrip("."))
    if rdf_format is None:
        raise GraphError(f"{path}: unknown graph format {path.suffix!r}; known: .ttl .trig .nt .nq .jsonld .rdf")
    return rdf_format


def serialize(statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return quads (for a dataset format) or triples (for a graph format) as bytes, in the order given."""
    data = pyoxigraph.serialize(statements, format=rdf_format, prefixes=prefixes)
    assert data is not None  # it is None only where an output file is given
    return data

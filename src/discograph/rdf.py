"""RDF terms, parsing, writing and the SPARQL store: the one module that knows pyoxigraph.

Terms are pyoxigraph's own (immutable, hashable, about 0.3 µs each): a dump yields hundreds of millions
of them, and rdflib's take twenty times as long to make and write.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
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
    "canonical_blank_nodes",
    "graph_format",
    "load_file",
    "load_merged",
    "parse",
    "parse_file",
    "serialize",
    "term_of",
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


def term_of(text: str) -> NamedNode | BlankNode | Literal | Triple:
    """Return the term that a line of N-Quads writes so; ``str`` of the term is the text again.

    >>> term_of('"a"@en'), term_of("<https://example.org/>").value
    (<Literal value=a language=en>, 'https://example.org/')
    """
    if text[0] == "<" and text[1] != "<":
        return NamedNode(text[1:-1])
    if text[0] == "_":
        return BlankNode(text[2:])
    if text[0] == '"' and "\\" not in text:
        value, _, kind = text[1:].rpartition('"')
        if not kind:
            return Literal(value)
        if kind[0] == "^":
            return Literal(value, datatype=NamedNode(kind[3:-1]))
    (quad,) = pyoxigraph.parse(f"<x:> <x:> {text} .", format=RdfFormat.N_QUADS)
    term: Literal | Triple = quad.object
    return term


def graph_format(path: Path) -> RdfFormat | None:
    """Return the format of a graph file by its extension, ``.gz`` after it left aside; None if it has none.

    >>> graph_format(Path("a.nq.gz")).name, graph_format(Path("a.gz"))
    ('N-Quads', None)
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return RdfFormat.from_extension(suffix.lstrip("."))


def parse_file(path: Path) -> list[Quad]:
    """Return the quads of a graph file, packed with gzip or not; its format is known by its extension.

    Raises: GraphError if it cannot be read, has an unknown extension or a syntax error.
    """
    rdf_format = _known_format(path)
    try:
        with _open(path) as file:
            data = file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error
    return list(parse(data, rdf_format, name=str(path)))


def load_file(store: Store, path: Path) -> None:
    """Add the quads of a graph file to a store in memory; blank nodes get labels that no other file has.

    Why: the engine parses and stores in one go, many times as fast as quads that pass through Python. In memory,
    its ``bulk_load`` takes a fifth longer than this, and more than half as much memory again.
    Raises: as ``parse_file``; the store then holds nothing of the file.
    """
    rdf_format = _known_format(path)
    try:
        with _open(path) as file:
            if path.suffix == ".gz":
                store.load(file, format=rdf_format)
            else:  # read by the engine, not through Python
                store.load(path=path, format=rdf_format)
    except (SyntaxError, ValueError) as error:
        raise _invalid(path, rdf_format, error) from error
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error


def _known_format(path: Path) -> RdfFormat:
    found = graph_format(path)
    if found is None:
        known = ".ttl .trig .nt .nq .jsonld .rdf, each with .gz or without"
        raise GraphError(f"{path}: unknown graph format {path.suffix!r}; known: {known}")
    return found


def _open(path: Path) -> IO[bytes]:
    if path.suffix != ".gz":
        return path.open("rb")
    import gzip

    return gzip.open(path, "rb")  # type: ignore[return-value]


def _unreadable(path: Path, error: Exception) -> GraphError:
    text = getattr(error, "strerror", None) or str(error)
    return GraphError(f"{path}: cannot be read: {text}")


def load_merged(path: Path) -> Store:
    """Return a store in memory whose default graph holds the triples of every graph of a file.

    Shape: the file is read as it is loaded, so that it may be larger than Python could hold.
    Raises: GraphError as ``parse_file``.
    """
    rdf_format = _known_format(path)
    store = Store()
    if not rdf_format.supports_datasets:
        load_file(store, path)
        return store
    try:
        with _open(path) as file:
            quads = pyoxigraph.parse(input=file, format=rdf_format)
            store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    except (SyntaxError, ValueError) as error:
        raise _invalid(path, rdf_format, error) from error
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error
    return store


def _invalid(path: Path, rdf_format: RdfFormat, error: SyntaxError | ValueError) -> GraphError:
    """Return what to say of a file that breaks the rules of its format."""
    if isinstance(error, SyntaxError):
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        return GraphError(f"{where}: not valid {rdf_format.name}: {error.msg}")
    return GraphError(f"{path}: not valid {rdf_format.name}: {error}")


def serialize(statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return quads (for a dataset format) or triples (for a graph format) as bytes, in the order given."""
    data = pyoxigraph.serialize(statements, format=rdf_format, prefixes=prefixes)
    assert data is not None  # it is None only where an output file is given
    return data


def canonical_blank_nodes(quads: Iterable[Quad]) -> list[Quad]:
    """Return quads whose blank nodes have the labels that RDFC-1.0 gives them, the same for isomorphic datasets."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)

"""Graph files and store folders as units to load."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import eq
from pathlib import Path

from discograph.errors import GraphError, SourceError
from discograph.namespaces import LOAD_RECORD
from discograph.query import GRAPH_SUFFIXES
from discograph.query.sources import is_store
from discograph.rdf import DefaultGraph, NamedNode, Quad, Store, graph_format, parse
from discograph.stores.units import Unit, unit_of_graph, units_of
from discograph.vocab import DG, RDF

# Of files that say the same, the one that says most: claims first, then what is quickest to read.
_PREFERENCE = (".nq", ".trig", ".nt", ".ttl", ".rdf", ".jsonld", ".owl", ".n3")
_OURS = re.compile(rb"<[!#-;=?-\[\]_a-z~]+/(?:facts|derived|claims)>")
_END = b" .\n"
_DESCRIPTION = NamedNode("http://rdfs.org/ns/void#DatasetDescription")


def is_gzipped(path: Path) -> bool:
    """Whether a path names a gzipped graph file, such as ``x.nq.gz``."""
    return path.suffix == ".gz" and Path(path.stem).suffix in GRAPH_SUFFIXES


def graph_files(sources: Sequence[Path]) -> list[Path]:
    """Return the graph files and stores that paths stand for, a folder's sorted by name.

    Shape: of a folder's files that have one name but for the extension, as ``export`` writes them for a
    document, only that which holds most: N-Quads or TriG before the formats without claims.
    Raises: SourceError if a path is nothing of the kind.
    """
    found: list[Path] = []
    for path in sources:
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder")
        if is_store(path) or _suffix(path) in GRAPH_SUFFIXES:
            found.append(path)
            continue
        inside = [file for file in path.rglob("*") if _suffix(file) in GRAPH_SUFFIXES] if path.is_dir() else []
        if not inside:
            raise SourceError(f"{path}: neither a graph file ({' '.join(GRAPH_SUFFIXES)}), nor a folder of them")
        best: dict[Path, Path] = {}
        for file in sorted(inside, key=lambda file: _PREFERENCE.index(_suffix(file))):
            best.setdefault(file.with_name(file.name.removesuffix(".gz").removesuffix(_suffix(file))), file)
        found += sorted(best.values())
    return list(dict.fromkeys(found))


def _suffix(path: Path) -> str:
    if not path.is_file():
        return ""
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def read_units(paths: Iterable[Path], graph: str | None = None, *, is_checked_later: bool = False) -> Iterator[Unit]:
    """Yield the units of graph files and stores; one file is held in memory at a time.

    Shape: triples without a graph go to ``graph``; where none is named, to the graph of the dataset
    description that the file is, or to the facts of the one document that it describes. ``is_checked_later``
    says that the store itself parses what it is given, as N-Quads: then N-Quads that look as we write them
    are taken line by line, which takes a fifth of the time.
    Raises: GraphError, SourceError; StoreError if triples have no graph and nothing says which.
    """
    for path in paths:
        if path.is_dir():
            yield from units_of(_placed(_store_quads(path), graph), str(path))
            continue
        data = _bytes(path)
        units = _units_of_lines(data, str(path)) if is_checked_later and _suffix(path) == ".nq" else None
        if units is None:
            units = units_of(_placed(_quads(path, data), graph), str(path))
        del data  # it may be large, and the units live on
        yield from units


def _units_of_lines(data: bytes, origin: str) -> list[Unit] | None:
    """Return the units of N-Quads text, its lines taken as they are; None if they do not look as we write them.

    Not canonical forms may slip through. They change a digest, which is then the digest of this text, and
    make a comparison take the long way; they never make different content look the same.
    """
    if b"_:" in data or b"\r" in data or not data.endswith(_END):
        return None
    lines = data.split(_END)
    lines.pop()
    if data.count(b"\n") != len(lines):
        return None
    units: dict[str, dict[str, list[bytes]]] = {}
    for name, triples in _by_graph(lines).items():
        # A line without a graph has its object in that place; such a file is read in the long way.
        if not _OURS.fullmatch(name) or min(map(bytes.count, triples, repeat(b" "))) < 2:
            return None
        triples.sort()
        is_repeated = any(map(eq, triples, islice(triples, 1, None)))
        graph = name[1:-1].decode()
        units.setdefault(unit_of_graph(graph), {})[graph] = list(dict.fromkeys(triples)) if is_repeated else triples
    return [Unit(iri, origin, held) for iri, held in units.items()]


def _by_graph(lines: Iterable[bytes]) -> dict[bytes, list[bytes]]:
    """Return the triples of lines of N-Quads, without their ends, by the graph that they end in."""
    graphs: dict[bytes, list[bytes]] = {}
    ending, held = b"\n", []
    for line in lines:
        if not line.endswith(ending):  # most lines are of the same graph as the one before
            name = line[line.rfind(b" ") + 1 :]
            ending, held = b" " + name, graphs.setdefault(name, [])
        held.append(line)
    return {name: [line[: -len(name) - 1] for line in held] for name, held in graphs.items()}


def _quads(path: Path, data: bytes) -> list[Quad]:
    rdf_format = graph_format(path)
    if rdf_format is None:
        raise GraphError(f"{path}: unknown graph format; known: {' '.join(GRAPH_SUFFIXES)}")
    return list(parse(data, rdf_format, name=str(path)))


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GraphError(f"{path}: is broken as a gzip file: {error}; get or make it again") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error


def _store_quads(path: Path) -> list[Quad]:
    try:
        store = Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise SourceError(f"{path}: cannot be opened as a store: {error}") from error
    record = NamedNode(LOAD_RECORD)
    # The default graph of a store of ours is at most the union of the others.
    names = [name for name in store.named_graphs() if name != record]
    return [quad for name in names for quad in store.quads_for_pattern(None, None, None, name)]


def _placed(quads: list[Quad], graph: str | None) -> Iterable[Quad]:
    if not any(isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        return quads
    name = NamedNode(graph) if graph else _own_graph(quads)
    if name is None:
        return quads  # units_of says what to do
    return (
        Quad(quad.subject, quad.predicate, quad.object, name) if isinstance(quad.graph_name, DefaultGraph) else quad
        for quad in quads
    )


def _own_graph(quads: list[Quad]) -> NamedNode | None:
    typed = [quad for quad in quads if quad.predicate == RDF.type]
    for quad in typed:
        if quad.object == _DESCRIPTION and isinstance(quad.subject, NamedNode):
            return quad.subject
    documents = {quad.subject for quad in typed if quad.object == DG.SourceDocument}
    document = documents.pop() if len(documents) == 1 else None
    return NamedNode(f"{document.value}/facts") if isinstance(document, NamedNode) else None

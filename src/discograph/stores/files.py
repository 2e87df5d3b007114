"""Graph files and store folders as units to load."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from discograph.errors import GraphError, SourceError
from discograph.namespaces import LOAD_RECORD
from discograph.query import GRAPH_SUFFIXES
from discograph.query.sources import is_store
from discograph.rdf import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from discograph.stores.units import Unit, units_of
from discograph.vocab import DG, RDF

# Of files that say the same, the one that says most: claims first, then what is quickest to read.
_PREFERENCE = (".nq", ".trig", ".nt", ".ttl", ".rdf", ".jsonld")
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


def read_units(paths: Iterable[Path], graph: str | None = None) -> Iterator[Unit]:
    """Yield the units of graph files and stores; one file is held in memory at a time.

    Shape: triples without a graph go to ``graph``; where none is named, to the graph of the dataset
    description that the file is, or to the facts of the one document that it describes.
    Raises: GraphError, SourceError; StoreError if triples have no graph and nothing says which.
    """
    for path in paths:
        quads = _store_quads(path) if path.is_dir() else _file_quads(path)
        yield from units_of(_placed(quads, graph), str(path))


def _file_quads(path: Path) -> list[Quad]:
    rdf_format = RdfFormat.from_extension(_suffix(path).removeprefix("."))
    if rdf_format is None:
        raise GraphError(f"{path}: unknown graph format; known: {' '.join(GRAPH_SUFFIXES)}")
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GraphError(f"{path}: is broken as a gzip file: {error}; get or make it again") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error
    return list(parse(data, rdf_format, name=str(path)))


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

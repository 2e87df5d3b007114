"""Open graph files and store folders for queries. Documents need the pipeline, which stands above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from discograph.errors import SourceError
from discograph.namespaces import PRIVATE_MARK, UNION_MARK
from discograph.rdf import BlankNode, NamedNode, Quad, Store, Triple, load_file

_PLAIN_SUFFIXES = (".jsonld", ".n3", ".nq", ".nt", ".owl", ".rdf", ".trig", ".ttl")

GRAPH_SUFFIXES = (*_PLAIN_SUFFIXES, *(f"{suffix}.gz" for suffix in _PLAIN_SUFFIXES))
"""What names of graph files end in. A ``.txt`` is a document, although N-Triples once had that extension."""


def is_graph_file(path: Path) -> bool:
    """Whether the name of a path is that of a graph file; nothing is said about what is there."""
    return path.name.endswith(GRAPH_SUFFIXES)


def is_endpoint(source: str) -> bool:
    """Whether a source is the address of an endpoint (``discograph.query.remote``), not a path."""
    return source.lower().startswith(("http://", "https://"))


DESCRIPTION_FILE = "void.ttl"
"""The file in which an export describes itself; it says nothing about music, so a folder is read without it."""


def is_store(path: Path) -> bool:
    """Whether a path is the folder of an embedded store; RocksDB keeps a file ``CURRENT`` in it."""
    return (path / "CURRENT").is_file()


def is_graph_source(path: Path) -> bool:
    """Whether ``open_graphs`` reads this: a graph file or a store folder, not a document or plain folder."""
    return is_graph_file(path) if path.is_file() else is_store(path)


def open_graphs(paths: Sequence[Path], also: Iterable[Quad] = ()) -> Store:
    """Return one store with everything that the sources hold.

    Shape: graph files, folders with graph files at any depth, and store folders; ``also`` are quads of
    sources that are none, such as documents. One store folder alone is opened read-only where it lies;
    anything else is brought together in memory. Then the default graph becomes the union of all graphs as
    soon as a question needs it (``has_merged``), so nothing may be added later. Blank nodes of different
    files stay apart.
    Raises: SourceError if a path is nothing of the kind; GraphError if a file cannot be parsed.
    """
    others = list(also)
    if len(paths) == 1 and not others and is_store(paths[0]):
        return _read_only(paths[0])
    store = Store()
    store.bulk_extend(others)
    for number, path in enumerate(_expand(paths)):
        if is_store(path):
            store.bulk_extend(_apart(_read_only(path), f"s{number}-"))
        else:
            load_file(store, path)
    # Merging takes as long as reading, and most questions do without.
    has_graphs = next(iter(store.named_graphs()), None) is not None
    store.add_graph(NamedNode(PRIVATE_MARK if has_graphs else UNION_MARK))
    return store


def has_merged(store: Store, *, is_needed: bool) -> bool:
    """Whether the default graph of a store is the union of all; if it ``is_needed``, it is made so where we may."""
    private = NamedNode(PRIVATE_MARK)
    if is_needed and store.contains_named_graph(private):
        store.remove_graph(private)
        merge_graphs(store)
    return store.contains_named_graph(NamedNode(UNION_MARK))


def merge_graphs(store: Store) -> None:
    """Put the union of all graphs of a store into its default graph, once, and mark the store so.

    Why: Oxigraph's own union counts a triple once for each graph that holds it, which falsifies every
    COUNT and multiplies rows as soon as two articles name the same person (oxigraph issue 1919, open in
    0.5). A read-only store is left as it is.
    """
    mark = NamedNode(UNION_MARK)
    if store.contains_named_graph(mark):
        return
    try:
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        store.add_graph(mark)
    except RuntimeError:  # what Oxigraph raises for a store that is open for reading only
        return


def graph_files_in(folder: Path) -> list[Path]:
    """Return the graph files in a folder, at any depth, in alphabetical order."""
    return sorted(p for p in folder.rglob("*") if is_graph_file(p) and p.name != DESCRIPTION_FILE)


def _expand(paths: Sequence[Path]) -> list[Path]:
    """Return the files and stores that paths stand for; a folder's files in alphabetical order."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder")
        if is_graph_source(path):
            found.append(path)
            continue
        inside = graph_files_in(path) if path.is_dir() else []
        if not inside:
            kinds = f"{' '.join(_PLAIN_SUFFIXES)}, each also with .gz"
            raise SourceError(f"{path}: neither a graph file ({kinds}), nor a folder of them, nor a store")
        found.extend(inside)
    return found


def _read_only(path: Path) -> Store:
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError) as error:  # the latter for a store that is damaged
        raise SourceError(f"{path}: cannot be opened as a store: {error}") from error


def _apart(quads: Iterable[Quad], prefix: str) -> Iterable[Quad]:
    """Yield quads with their blank nodes renamed, so that ``_:a`` of two files are two nodes."""
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode | Triple):
            subject, predicate, value, graph = quad
            yield Quad(_renamed(subject, prefix), predicate, _renamed(value, prefix), _renamed(graph, prefix))
        else:
            yield quad


def _renamed(term: Any, prefix: str) -> Any:
    if isinstance(term, BlankNode):
        return BlankNode(prefix + term.value)
    if isinstance(term, Triple):
        return Triple(*(_renamed(part, prefix) for part in term))
    return term

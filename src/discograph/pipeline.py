"""The way of the data: files to documents, documents to graphs, graphs to where they are wanted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discograph.assembly import assemble, join
from discograph.document import Document
from discograph.errors import SourceError
from discograph.extractors import extract
from discograph.extractors.parts import album_parts
from discograph.forms import AUTO
from discograph.mapping import MappedDocument, Minter, map_document
from discograph.mapping.document import names_of, pages_of
from discograph.mapping.pages import Pages
from discograph.mapping.registry import Registry
from discograph.namespaces import DEFAULT_BASE
from discograph.query import is_graph_source, open_graphs
from discograph.rdf import Store
from discograph.readers import STANDARD_INPUT, SUFFIXES, read, read_source, titled
from discograph.readers.sidecar import Sidecar, read_sidecar, sidecar_path
from discograph.records import PageAlbums

DOCUMENT_SUFFIXES = SUFFIXES
"""Extensions of source documents; what ends in ``GRAPH_SUFFIXES`` is a graph file."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: what extraction and assembly made of it, and its sidecar."""

    path: Path
    document: Document
    page: PageAlbums
    sidecar: Sidecar | None


def find_documents(sources: Sequence[Path]) -> list[Path]:
    """Return the documents that are named or lie in the folders named, each once; a folder's sorted by name.

    ``-`` is standard input. Raises: SourceError if a path is not there, is no document, or is a folder that holds none.
    """
    found: list[Path] = []
    for source in sources:
        if str(source) == STANDARD_INPUT:
            found.append(source)
        elif source.is_dir():
            inside = _documents_in(source)
            if not inside:
                raise SourceError(f"{source}: no document here; looked for {_KINDS}")
            found += inside
        elif not source.exists():
            raise SourceError(f"{source}: no such file or folder")
        elif source.suffix not in DOCUMENT_SUFFIXES:
            raise SourceError(f"{source}: not a document; a document ends in {_KINDS}")
        else:
            found.append(source)
    return _once(found)


def _once(paths: Iterable[Path]) -> list[Path]:
    """Return paths without those that lead to a file by another way: ``./a.txt``, ``../here/a.txt``."""
    folders: dict[Path, Path] = {}
    found: dict[Path, Path] = {}
    for path in paths:
        if path.parent not in folders:
            folders[path.parent] = path.parent.resolve()
        found.setdefault(folders[path.parent] / path.name, path)
    return list(found.values())


_KINDS = " or ".join(DOCUMENT_SUFFIXES)


def _documents_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in DOCUMENT_SUFFIXES and p.is_file())


def read_document(path: Path, form: str = AUTO) -> Read:
    """Return what a document holds; ``form`` is one of ``readers.FORMS`` or ``AUTO``. Raises: SourceError."""
    source = read_source(path)
    document = titled(read(source, form), path)
    page = page_of(document)
    beside = sidecar_path(path)
    return Read(path, document, page, read_sidecar(beside, source) if beside.exists() else None)


def page_of(document: Document) -> PageAlbums:
    """Return the albums that a document is about, those of its sections included."""
    return join([assemble(extract(part)) for part in album_parts(document)])


def map_documents(
    documents: Iterable[Read], base_iri: str = DEFAULT_BASE, registry: Registry | None = None
) -> list[MappedDocument]:
    """Return the graphs of documents, in their order.

    Their order decides no IRI: documents and albums are reserved, and the graphs are made in the order of the
    file names, then folders, so that two things with one slug, and two files with one stem, always get the
    same numbers. Names that the registry holds keep their IRIs; it gets the new ones, in place.
    """
    documents = list(documents)
    minter = Minter(base_iri, registry)
    redirects = {read.document.page_title: read.document.redirect for read in documents if read.document.redirect}
    pages = [Pages(read.document.links, redirects) for read in documents]
    minter.reserve(("doc", read.path.stem, read.path.name) for read in documents)
    minter.own(owned for read, linked in zip(documents, pages, strict=True) for owned in pages_of(read.page, linked))
    minter.reserve(
        key
        for read, linked in zip(documents, pages, strict=True)
        for key in names_of(read.page, minter, linked, read.path.name)
    )
    mapped: dict[int, MappedDocument] = {}
    stems: Counter[str] = Counter()
    for index in sorted(range(len(documents)), key=lambda index: _place(documents[index].path)):
        read = documents[index]
        stem = unicodedata.normalize("NFC", read.path.stem)
        stems[stem] += 1
        mapped[index] = map_document(read.document, read.page, minter, read.sidecar, stems[stem], pages[index])
    return [mapped[index] for index in range(len(documents))]


def _place(path: Path) -> tuple[str, tuple[str, ...]]:
    """Return where a document stands among others, however its path is written."""
    return path.name, path.parent.resolve().parts


def split_sources(sources: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return documents and graph sources apart; a folder counts as graphs unless it holds documents.

    Raises: SourceError as ``find_documents``; what is wrong with a graph source shows when it is opened.
    """
    documents: list[Path] = []
    graphs: list[Path] = []
    for source in sources:
        if is_graph_source(source) or (source.is_dir() and not _documents_in(source)):
            graphs.append(source)
        else:
            documents += find_documents([source])
    return _once(documents), graphs


def open_store(sources: Sequence[Path], *, base_iri: str = DEFAULT_BASE, form: str = AUTO) -> Store:
    """Return a store with all that documents, graph files, folders and stores hold, for queries.

    Raises: SourceError, GraphError.
    """
    documents, graphs = split_sources(sources)
    mapped = map_documents((read_document(path, form) for path in documents), base_iri)
    return open_graphs(graphs, also=(quad for document in mapped for quad in document.quads))

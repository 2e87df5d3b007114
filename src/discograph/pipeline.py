"""The way of the data: files to documents, documents to graphs, graphs to where they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discograph.assembly import assemble
from discograph.document import Document
from discograph.errors import SourceError
from discograph.extractors import extract
from discograph.mapping import DEFAULT_BASE, MappedDocument, Minter, map_document
from discograph.mapping.document import names_of
from discograph.readers import read_rendered, read_source
from discograph.readers.sidecar import Sidecar, read_sidecar, sidecar_path
from discograph.records import PageAlbums

DOCUMENT_SUFFIXES = (".txt",)
GRAPH_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: what extraction and assembly made of it, and its sidecar."""

    path: Path
    document: Document
    page: PageAlbums
    sidecar: Sidecar | None


def find_files(sources: Sequence[Path], suffixes: Sequence[str]) -> list[Path]:
    """Return the files with one of the suffixes: those named, and those in the folders named, sorted by name.

    Raises: SourceError if a path is not there, is of another sort, or a folder holds none.
    """
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(p for p in source.rglob("*") if p.suffix in suffixes and p.is_file())
            if not inside:
                raise SourceError(f"{source}: no document here; looked for {' '.join('*' + s for s in suffixes)}")
            found += inside
        elif not source.exists():
            raise SourceError(f"{source}: no such file or folder")
        elif source.suffix not in suffixes:
            raise SourceError(f"{source}: unknown kind of file; known: {' '.join('*' + s for s in suffixes)}")
        else:
            found.append(source)
    return list(dict.fromkeys(found))


def read_document(path: Path) -> Read:
    """Return what a document holds. Raises: SourceError."""
    source = read_source(path)
    document = read_rendered(source, title=path.stem)
    page = assemble(extract(document))
    beside = sidecar_path(path)
    return Read(path, document, page, read_sidecar(beside, source) if beside.exists() else None)


def map_documents(documents: Iterable[Read], base_iri: str = DEFAULT_BASE) -> list[MappedDocument]:
    """Return the graphs of documents, in their order; names are reserved first, so order decides no IRI."""
    documents = list(documents)
    minter = Minter(base_iri)
    minter.reserve(("doc", read.path.stem) for read in documents)
    minter.reserve(key for read in documents for key in names_of(read.page))
    return [map_document(read.document, read.page, minter, read.sidecar) for read in documents]

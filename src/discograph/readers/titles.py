"""The titles of pages whose text does not hold them: from an index beside the file, else its name.

``INDEX.tsv`` lies beside the documents: a header line that names the columns ``file`` and ``title``, other
columns as one likes, then one line a document.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from discograph.document import Document
from discograph.errors import SourceError
from discograph.readers.source import STANDARD_INPUT

INDEX = "INDEX.tsv"


def page_title(path: Path) -> str | None:
    """Return the title that the index beside a document gives its page; None without index or line.

    Raises: SourceError, with file and line, if the index is malformed or cannot be read.
    """
    index = path.with_name(INDEX)
    try:
        stamp = index.stat().st_mtime_ns
    except OSError:
        return None
    return _titles(index, stamp).get(path.name)


def titled(document: Document, path: Path) -> Document:
    """Return a document with its page title: of its own text, else of the index, else made of the file's name.

    Raises: SourceError as ``page_title``.
    """
    if document.title or document.has_exact_title or str(path) == STANDARD_INPUT:
        return document
    title = page_title(path)
    return replace(document, page_title=title or title_of_name(path), has_exact_title=title is not None)


def title_of_name(path: Path) -> str:
    """Return a title made of a file's name; what punctuation the page's title had is lost.

    >>> title_of_name(Path("articles/Blue_Harbour_album.txt"))
    'Blue Harbour album'
    """
    return path.stem.replace("_", " ").strip()


@lru_cache(maxsize=64)
def _titles(index: Path, _stamp: int) -> dict[str, str]:
    """Return title by file name; an index that was changed since is another ``_stamp``."""
    lines = [line.rstrip("\r").split("\t") for line in _read(index).split("\n")]
    header = [cell.strip() for cell in lines[0]]
    for column in ("file", "title"):
        if header.count(column) != 1:
            raise SourceError(f"{index}:1: the header line must name the column {column!r} once, between tabs")
    titles: dict[str, str] = {}
    for number, cells in enumerate(lines[1:], 2):
        if not any(map(str.strip, cells)):
            continue
        name, title = (_cell(cells, header.index(column)) for column in ("file", "title"))
        if not name or not title:
            raise SourceError(f"{index}:{number}: no {'title' if name else 'file'}; give both, between tabs")
        if titles.setdefault(name, title) != title:
            raise SourceError(f"{index}:{number}: a second title of {name}; keep one")
    return titles


def _cell(cells: list[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _read(index: Path) -> str:
    try:
        return index.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{index}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{index}:{line}: not UTF-8; save it as UTF-8") from error

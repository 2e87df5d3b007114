"""The registry: which name has which IRI, kept in a file so that no later export gives it to another.

The file is a table: a header line, then one line a key, sorted, tabs between the columns. It may be committed,
and edited: whoever moves a page to another name's line moves the thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from discograph.errors import SourceError

COLUMNS = ("kind", "key", "slug", "page", "document")


class Entry(NamedTuple):
    """What a key stands for.

    Shape: ``kind`` is the part of the IRI before the name ("person", "album", "concept/genre"); ``key`` the name,
    or the title of a homonym's page; ``slug`` the last part of the IRI; ``page`` the page that the bare name
    means, "" if no link told; ``document`` the file that first used it.
    """

    kind: str
    key: str
    slug: str
    page: str
    document: str


@dataclass(slots=True)
class Registry:
    """The entries of a registry, by kind and key."""

    entries: dict[tuple[str, str], Entry]

    @classmethod
    def of(cls, entries: Iterable[Entry] = ()) -> Registry:
        """Return a registry with some entries."""
        return cls({(entry.kind, entry.key): entry for entry in entries})

    def to_bytes(self) -> bytes:
        """Return the file: entries in the order of kind and key."""
        lines = [COLUMNS, *sorted(self.entries.values())]
        return "".join("\t".join(map(_cell, line)) + "\n" for line in lines).encode()


def read_registry(path: Path) -> Registry:
    """Return what a file registers; a file that is not there yet registers nothing.

    Raises: SourceError, with file and line, if it cannot be read, is malformed, or gives one IRI to two keys.
    """
    if not path.exists():
        return Registry.of()
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: byte {error.start} is not UTF-8; restore the registry") from error
    if tuple(lines[0].rstrip("\r").split("\t")) != COLUMNS:
        raise SourceError(f"{path}:1: not a registry: the first line must be {' '.join(COLUMNS)}, with tabs between")
    registry = Registry.of()
    taken: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(COLUMNS) or not all(cells[:3]):
            raise SourceError(
                f"{path}:{number}: expected {len(COLUMNS)} columns with kind, key and slug; restore the line"
            )
        entry = Entry(*cells)
        first = taken.setdefault((entry.kind, entry.slug), number)
        if first != number or (entry.kind, entry.key) in registry.entries:
            raise SourceError(
                f"{path}:{number}: {entry.kind} {entry.key!r} or its slug stands in line {first}, too; keep one"
            )
        registry.entries[entry.kind, entry.key] = entry
    return registry


def _cell(text: str) -> str:
    return " ".join(text.split())  # a name with a tab or line break is still one cell

"""Movements: lines of a track listing that are parts of the entry above them, and no entries.

They are nested in it ("#*" or "##" below "#"), or lettered ("a) Prelude", "I. Dawn") below one that has a number, or no
length.
Numbers of tracks count the entries alone.
"""

from __future__ import annotations

import re

from discograph.document import ListItem, Paragraph
from discograph.extractors.track_entries import Entry

_LETTERED = re.compile(r"\(?(?P<letter>[a-h]|[ivx]{1,4}|[IVX]{1,4})[.)]\s+\S")
_FIRST = frozenset("aiI")
_QUOTED = re.compile(r"(?:\d{1,3}[.)]\s*)?[\"“‘«„]")
_MEDIUM = re.compile(r"(?:side|sides|dis[ck]|CD|LP|cassette|vinyl|volume|vol\.|disque)\b", re.IGNORECASE)
_ONE_MEDIUM = re.compile(
    r"(?:side|dis[ck]|CD|LP|record|volume|vol\.) (?:\d{1,2}|[A-H]|one|two|three|four|five|six|seven|eight):?\Z",
    re.IGNORECASE,
)


def without_medium(entry: Entry | None) -> Entry | None:
    """Return an entry unless it is the heading of a side or disc with its length: "Side one – 20:10"."""
    if entry is None or entry.number is not None or entry.length is None:
        return entry
    return None if _ONE_MEDIUM.match(entry.title.value) and entry.line.value.startswith(entry.title.value) else entry


class Suite:
    """The last entry of a listing, and what has been read of its movements."""

    def __init__(self) -> None:
        self._entry: Entry | None = None
        self._depth = 0
        self._movements: list[Entry | None] = []

    def takes(self, block: ListItem | Paragraph, entry: Entry | None) -> bool:
        """Tell whether a line is a movement of the last entry; else it is the last entry from now on, if it is one."""
        if self._is_nested(block, entry) or self._is_lettered(block):
            self._movements.append(entry)
            return True
        if entry or _MEDIUM.match(block.text.value) or _LETTERED.match(block.text.value):
            self.close()
            self._entry = entry if entry and _may_be_suite(block.text.value, entry) else None
            self._depth = block.depth if isinstance(block, ListItem) else 0
        return False

    def close(self) -> None:
        """Give the last entry the one length that stands behind its last movement, where it has none itself."""
        lengths = [movement.length if movement else None for movement in self._movements]
        last = self._movements[-1] if self._movements else None
        if self._entry and last and len(lengths) > 1 and not any((self._entry.length, *lengths[:-1])):
            self._entry.length, self._entry.seconds = last.length, last.seconds
        self._entry, self._movements = None, []

    def _is_nested(self, block: ListItem | Paragraph, entry: Entry | None) -> bool:
        is_below = isinstance(block, ListItem) and block.depth > self._depth > 0
        return is_below and self._entry is not None and entry is not None

    def _is_lettered(self, block: ListItem | Paragraph) -> bool:
        match = _LETTERED.match(block.text.value)
        if match is None or self._entry is None or (isinstance(block, ListItem) and block.number is not None):
            return False
        if self._entry.number is None and self._entry.length is not None:
            return False
        return bool(self._movements) or match["letter"] in _FIRST


def _may_be_suite(line: str, entry: Entry) -> bool:
    """Tell whether movements may follow an entry: it is numbered or in quotes, and neither a disc nor a movement."""
    is_marked = entry.number is not None or _QUOTED.match(line)
    return bool(is_marked) and not _MEDIUM.match(entry.title.value) and not _LETTERED.match(line)

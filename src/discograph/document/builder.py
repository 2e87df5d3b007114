"""Readable text put together piece by piece from a source with markup."""

from __future__ import annotations

import re

from discograph.document.model import Link
from discograph.document.source import Span
from discograph.document.text import Text

_SEPARATORS = re.compile(r"[,;/&\n]| and ")


class TextBuilder:
    """Collects runs of a source, and characters that stand for markup, into one Text.

    Shape: white space is single, as a browser shows it; a line break that ``character`` was given stays.
    """

    __slots__ = ("_parts", "_pieces", "_source", "_whole", "_wide", "ends_in_space", "length")

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._wide: list[tuple[int, int]] = []
        self._whole: list[tuple[int, int]] = []
        self.length = 0
        self.ends_in_space = True

    def run(self, start: int, end: int) -> None:
        """Add a run of the source as it stands; white space in it becomes single spaces."""
        value = self._source[start:end]
        if "\n" in value or "\t" in value or "\r" in value or "\xa0" in value:
            value = value.translate(_SPACES)
        if self.ends_in_space and value[:1] == " ":
            stripped = value.lstrip(" ")
            start += len(value) - len(stripped)
            value = stripped
        while (at := value.find("  ")) >= 0:  # each part between wide gaps is a piece of its own
            self._add(value[: at + 1], start)
            rest = value[at + 1 :].lstrip(" ")
            start += len(value) - len(rest)
            value = rest
        if value:
            self._add(value, start)

    def _add(self, value: str, offset: int) -> None:
        self._pieces.append((self.length, offset))
        self._parts.append(value)
        self.length += len(value)
        self.ends_in_space = value[-1] in " \n"

    def character(self, value: str, start: int, end: int) -> None:
        """Add one character that stands for a run of the source of any length, an empty one included."""
        if value == " " and self.ends_in_space:
            return
        self._wide.append((self.length, end - start))
        self._add(value, start)

    def words(self, value: str, start: int, end: int) -> None:
        """Add words that a run of the source stands for: what a template prints for its name."""
        for letter in value:
            self.character(letter, start, end)

    def mark(self) -> int:
        """Return a mark of how far the text has come, for ``link``."""
        return len(self._parts)

    def _keep_whole(self, mark: int, target: str) -> None:
        """Say that what was added since a mark is one name, if it and the page's title have separators inside.

        "Earth, Wind & Fire" is one name, and so is its page's; two names may be one link to what they share.
        """
        if _SEPARATORS.search(target) and _SEPARATORS.search("".join(self._parts[mark:])):
            self._whole.append((self._pieces[mark][0], self.length))

    def link(self, mark: int, target: str) -> Link | None:
        """Return the link whose words were added since a mark; None if there are none."""
        filled = [i for i in range(mark, len(self._parts)) if self._parts[i].strip()]
        if not filled:
            return None
        self._keep_whole(mark, target)
        first, last = filled[0], filled[-1]
        start = self._pieces[first][1] + len(self._parts[first]) - len(self._parts[first].lstrip())
        index, offset = self._pieces[last]
        words = self._parts[last].rstrip()
        width = dict(self._wide[-1:]).get(index + len(words) - 1, 1)
        shown = "".join(self._parts[first : last + 1]).strip()
        return Link(Span(start, offset + len(words) - 1 + width), shown, target)

    def text(self) -> Text:
        """Return what was added, with the white space at its ends."""
        return Text("".join(self._parts), tuple(self._pieces) or ((0, 0),), tuple(self._wide), tuple(self._whole))


_SPACES = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\xa0": " "})

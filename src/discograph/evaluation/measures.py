"""What of a table is compared, and what of a cell counts."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Measure(NamedTuple):
    """How the rows of a table are compared: those that agree on ``keys`` are found, on all columns exact."""

    keys: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are compared, the key columns first."""
        return self.keys + self.others


MEASURES = {
    name: Measure(tuple(keys.split()), tuple(others.split()))
    for name, keys, others in (
        ("album", "title", "type"),
        ("artist", "artist", ""),
        ("genre", "genre", ""),
        ("release", "label", "catalog date place format title"),
        ("session", "date", "studio place tracks"),
        ("track", "title", "part position seconds writer note"),
        ("credit", "name role", "tracks"),
        ("neighbour", "direction title", "year"),
        ("length", "seconds", "edition"),
        ("chart", "chart peak", "period"),
        ("certification", "region level", "body"),
        ("award", "award year result", "work category"),
        ("review", "publication", "score"),
        ("film", "title", "year director relation"),
    )
}
"""How each table is compared, by its name, in the order of reports."""

_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘ʼ", "'") | dict.fromkeys("“”", '"'))
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_OPEN_SET = re.compile(r"\[\.\.(.+)\]")


def cell(column: str, value: object) -> str:
    """Return what is compared of a cell: case, quotes, dashes, spaces and a final stop do not count.

    >>> cell("title", "“So  What”") == cell("title", "so what")
    True
    >>> cell("title", "Café") == cell("title", "Cafe")
    False
    >>> cell("tracks", "4, 1–2") == cell("tracks", "1-2,4")
    True
    >>> cell("date", "[..1959-09]") == cell("date", "../1959-09")
    True
    """
    text = str(value or "")
    if column == "writer":
        return "; ".join(map(_folded, text.split(";")))
    folded = _folded(text)
    if column == "tracks":
        return _track_numbers(folded.replace(" ", ""))
    if column == "date" and (match := _OPEN_SET.fullmatch(folded)):
        return f"../{match[1]}"
    return folded


def _folded(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())
    plain = plain.strip('"').rstrip(".,;:").casefold()
    # A label is the same with and without the word; "Records" alone, or nearly so, is a title.
    return plain.removesuffix(" records") if len(plain) > len("x records") else plain


def _track_numbers(text: str) -> str:
    """Return a list of track numbers one by one, in rising order; anything else as it is."""
    ranges = [_RANGE.fullmatch(part) for part in text.split(",") if part]
    numbers: set[int] = set()
    for match in ranges:
        if match is None:
            return text
        numbers.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return ",".join(map(str, sorted(numbers)))

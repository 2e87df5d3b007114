"""Lists of names as credits and writers' brackets print them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Text
from discograph.values.patterns import DASH

# "Kool & the Gang" is one name; so is "Ronald Isley, Jr."; a slash or dash parts writers in a bracket.
_COMMA = re.compile(r"\s*(?:;|,(?!\s*(?:Jr|Sr|II|III|IV)\b))\s*(?:(?:and|&)\s+(?!the\b))?")
_AND = re.compile(r"\s+(?:and|&)\s+(?!the\b|[Tt]he\b|[Hh]is\b|[Hh]er\b)")
_TIGHT = re.compile(rf"\s*(?:/|(?<=[^\W\d])[{DASH}–—](?=[^\W\d])|\s[{DASH}]\s)\s*")


def split_names(text: Text, *, tight: bool = False) -> Iterator[Text]:
    """Yield the names of a list in order; what stands in round brackets is never split.

    Shape: commas, semicolons, "and" and "&" part names; with ``tight`` so do slashes and dashes without
    spaces, as in "(Heyman–Green–Sour)".
    """
    for part in _outside_brackets(text, _COMMA):
        for name in _outside_brackets(part, _AND):
            yield from _outside_brackets(name, _TIGHT) if tight and _is_tight(name.value) else (name,)


def _is_tight(name: str) -> bool:
    """Tell whether dashes in a name part names: "Whiting–Daniels", but not "Jean-Paul" or "Ben-Ari"."""
    return (
        "/" in name
        or "–" in name
        or "—" in name
        or bool(re.search(rf"\s[{DASH}]\s", name))
        or (" " not in name and name.count("-") > 0 and all(part[:1].isupper() for part in name.split("-")))
    )


def _outside_brackets(text: Text, separator: re.Pattern[str]) -> Iterator[Text]:
    hidden = mask(text.hidden())
    start = 0
    for match in separator.finditer(hidden):
        if match.start() > start and (part := text.cut(start, match.start())):
            yield part
        start = match.end()
    if start < len(hidden) and (part := text.cut(start)):
        yield part


_INSIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^”]*”")


def mask(value: str) -> str:
    """Return text with everything in brackets and quotes replaced by as many NUL characters."""
    return _INSIDE.sub(lambda match: "\0" * len(match[0]), value)

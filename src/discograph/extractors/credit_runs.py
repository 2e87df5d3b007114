"""Several credits in one line: "Ada Moss – bass (1–3), Leo Dune – bass (4)", "Bass: Ada Moss; drums: Leo Dune"."""

from __future__ import annotations

import re

from discograph.document import Text
from discograph.lexicon import concept
from discograph.needles import Sieve
from discograph.values.patterns import DASH, NAME

_NEXT = re.compile(
    rf"(?:,|;)\s+(?P<name>{NAME})(?P<others>(?:(?:,| and|, and| &) {NAME}){{0,4}})(?: \([^()]*\))?\s+[{DASH}]\s+(?=\S)"
)
_FIRST = Sieve(rf"\S\s+[{DASH}]\s+\S[^\n]{{0,200}}?[,;]\s")


_SEMICOLON = re.compile(r"\s*;\s+(?![^()]*\))")
_LABELLED = re.compile(r"[^:;()]{2,60}(?:\([^()]*\))?:\s+\S[^:;]*")


def credit_runs(line: Text) -> list[Text]:
    """Return the credits of a line in order, the line itself where it holds one.

    Shape: a comma begins a credit where a name and a dash follow, a semicolon where several names do, too, or where
    there is a colon in each part that semicolons make.
    """
    labelled = list(line.split(_SEMICOLON)) if ";" in line.value and ":" in line.value else []
    if len(labelled) > 1 and all(_LABELLED.fullmatch(part.value) for part in labelled):
        return labelled
    first = _FIRST.search(line.value)
    if first is None:
        return [line]
    parts, start = [], 0
    for match in _NEXT.finditer(line.value, first.start() + 1):
        is_instrument = concept("instrument", match["name"]) is not None
        if not is_instrument and (match[0][0] == ";" or not match["others"]):
            parts.append(line.cut(start, match.start()))
            start = match.start("name")
    return [*parts, line.cut(start)]

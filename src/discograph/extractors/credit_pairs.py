"""Credit lines without dash and colon: each name with what is played in brackets, or behind a comma."""

from __future__ import annotations

import re

from discograph.document import Text
from discograph.extractors.credit_parts import functions
from discograph.lexicon import concept, opens
from discograph.values.name_lists import split_names
from discograph.values.patterns import NAME

_PERSON = re.compile(rf"{NAME}\Z")
_PLAYER = re.compile(r"(?P<name>[^()]+?) \((?P<jobs>[^()]+)\)\Z")
_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA_AND_JOBS = re.compile(rf"(?P<name>(?=[^,]+ [^,]+,){NAME}), (?P<jobs>[^;]+)\Z")

Pair = tuple[Text, Text]
"""Names, and their functions."""


def in_brackets(line: Text) -> list[Pair]:
    """Return the pairs of "NAME (violin), NAME (cello)"; of any other line, none."""
    if not line.value.rstrip(" .").endswith(")"):
        return []
    parts = [(part, _PLAYER.match(part.value)) for part in split_names(line.cut(0, len(line.value.rstrip(" ."))))]
    pairs = [(part.group(match, "name"), part.group(match, "jobs")) for part, match in parts if match]
    is_list = len(pairs) == len(parts)
    return pairs if is_list and all(_PERSON.match(name.value) and is_function(jobs) for name, jobs in pairs) else []


def behind_commas(line: Text) -> list[Pair]:
    """Return the pairs of "NAME, violin" and "NAME, violin; NAME, cello and viola"; of any other line, none.

    Shape: a full name, and nothing behind its comma but jobs that the lists know.
    """
    if "," not in line.value:
        return []
    parts = list(line.cut(0, len(line.value.rstrip(" ."))).split(_SEMICOLON))
    matches = [(part, _COMMA_AND_JOBS.match(part.value)) for part in parts]
    pairs = [(part.group(match, "name"), part.group(match, "jobs")) for part, match in matches if match]
    is_list = len(pairs) == len(parts)
    return pairs if is_list and all(_are_functions(jobs) for _, jobs in pairs) else []


def is_function(text: Text) -> bool:
    """Tell whether words begin with an instrument or role that the lists know."""
    begins = text.value[:1].isalnum()  # no mark that functions leave out
    if begins and not opens(text.value.casefold(), "instrument", "role"):
        return False
    first = next(iter(functions(text)), None)
    return first is not None and _is_known(first.text.value)


def _are_functions(jobs: Text) -> bool:
    """Tell whether words are instruments and roles that the lists know, and nothing else."""
    parts = [part.text.value for part in functions(jobs)]
    return bool(parts) and all(map(_is_known, parts))


def _is_known(name: str) -> bool:
    return any(concept(scheme, form) for scheme in ("instrument", "role") for form in (name, name.removesuffix("s")))

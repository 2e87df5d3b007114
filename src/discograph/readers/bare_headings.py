"""Headings that are lines like any other, in text without ``== marks ==``.

MediaWiki's plain-text extracts with ``exsectionformat=plain`` have them, and text copied from a page in a browser,
where ``[edit]`` may stand behind them. Their levels are lost; they are taken from what the headings say.
Source: Extension:TextExtracts; MOS:ALBUMS for the names of sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from discograph.document import Text
from discograph.wordlists import section_kind

_EDIT = re.compile(r"(?P<heading>\S.{0,99}?)[ \t]*\[[ \t]*edit(?: source)?(?:[ \t]*\|[ \t]*edit source)?[ \t]*\]\s*\Z")
_PART = re.compile(r"(?:side|dis[ck]|cd|lp|volume|part) (?:[a-h]|\d{1,2}|one|two|three|four|five|six)\b", re.IGNORECASE)
_BELOW_PERSONNEL = re.compile(
    r"(?:.* )?(?:personnel|musicians|credits|staff|crew)|technical|production|artwork|design|packaging", re.IGNORECASE
)
_SECTION, _SUBSECTION = 2, 3


class Heading(NamedTuple):
    """A heading's words, and its level as ``==`` counts it."""

    text: Text
    level: int


def bare_headings(lines: Sequence[Text]) -> dict[int, Heading]:
    """Return the headings among all lines of a text, blank ones included, by the offset of their lines.

    A line after the first is a heading if ``[edit]`` stands behind it, or if it stands behind a blank line and says
    what sections of album articles are called; a side or disc, and a group of people, are below the section before
    them.
    """
    found: dict[int, Heading] = {}
    section: str | None = None
    for before, line in pairwise(lines):
        marked = _EDIT.match(line.value)
        words = line.group(marked, "heading") if marked else line.cut(0)
        kind, is_below = section_kind(words.value), _is_below(words.value, section)
        is_alone = not before.value.strip()
        if marked or (is_alone and (kind or is_below)):
            found[line.span().start] = Heading(words, _SUBSECTION if is_below else _SECTION)
            section = section if is_below else kind or ""
    return found


def _is_below(words: str, section: str | None) -> bool:
    """Whether words head a part of a section; ``section`` is its kind, empty if unknown, None before the first."""
    people = section == "personnel" and _BELOW_PERSONNEL.fullmatch(words)
    return section is not None and bool(people or _PART.fullmatch(words))

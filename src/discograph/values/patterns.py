"""Pieces of regular expressions that several values and extractors share: capitals, names, quotes."""

from __future__ import annotations

import re
from functools import lru_cache

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-ЯЁ"
"""Capital letters of the Latin, Greek and Cyrillic alphabets, for use inside brackets."""

_DASHES = "-‐‑‒–—―−"
DASH = "\\" + _DASHES
"""Every dash that articles print in ranges and between name and role, for use inside brackets."""

# A capitalised word, initials ("J.J."), a shortening with its full stop ("Jr."); a full stop that ends the
# sentence is no part of the name.
_SHORT = r"(?:Jr|Sr|Ste?|Dr|Mrs?|Rev|Prof|Capt|Sgt|Lt|Ft|Mt|Bros|Inc)\."
_WORD = rf"(?:(?:[{UPPER}]\.)+(?!\w)|[A-Z] ?& ?[A-Z]\b|{_SHORT}|[{UPPER}](?:[\w&!*$/‐-]|[.'’](?=\w))*!?)"
_PARTICLE = r"(?:de|da|di|do|dos|du|del|della|der|den|des|la|le|van|von|zu|af|av|bin|ibn|el|al|y|e|ter|ten)"
_NICKNAME = r"(?:[\"“][^\"“”]{1,30}[\"”])"

_NUMBER = r"\d{1,4}(?:st|nd|rd|th)?\b"
NAME = rf"{_WORD}(?:[ \u00a0](?:(?:(?:{_PARTICLE}|{_NICKNAME})[ \u00a0])?{_WORD}|{_NUMBER})){{0,24}}"
"""A proper name: capitalised words, with particles and nicknames inside; no groups, no anchors."""

TITLE_WORDS = (
    rf"(?:{_WORD}|[\"“(]?\w[\w'’.&!-]*)"
    rf"(?:[ \u00a0](?:{_WORD}|[\w'’&!(\"“‘-][\w'’.&!:)\"”-]*))*?"
)
"""A title that need not be capitalised throughout; lazy, so the pattern after it decides its end."""

QUOTES = "\"“”'‘’"

_PLAIN = str.maketrans({**dict.fromkeys(_DASHES, "-"), "’": "'", "‘": "'", "“": '"', "”": '"'})
_BRACKETS = re.compile(r"\s+\([^()]+\)\Z")
_PAIRS = frozenset(('""', "“”", "''", "‘’", "«»", "„“"))
_MEDLEY = re.compile(r"[\"”]\s*[/,&]\s*[\"“]")


@lru_cache(maxsize=16384)  # titles and names recur from sentence to sentence
def fold(text: str) -> str:
    """Return text for comparison: case-folded, dashes and quotes made plain, white space single."""
    return " ".join(text.translate(_PLAIN).split()).casefold()


def without_brackets(title: str) -> str:
    """Return a title without the brackets at its end that tell it from others.

    >>> without_brackets("Blue Harbour (album)")
    'Blue Harbour'
    """
    return _BRACKETS.sub("", title)


def unquote(text: str) -> str:
    """Return text without one pair of outer quotation marks; a medley of quoted titles keeps its marks.

    >>> unquote("“So What”")
    'So What'
    >>> unquote("'Til Then")
    "'Til Then"
    """
    is_quoted = len(text) > 1 and text[0] + text[-1] in _PAIRS
    return text[1:-1].strip() if is_quoted and not _MEDLEY.search(text) else text

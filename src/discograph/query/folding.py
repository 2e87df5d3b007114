"""Names compared as people type them: without regard to case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

# Letters that NFKD does not take apart, and signs that are words; as in the slugs of our IRIs.
_FIXED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)
_OTHER = re.compile(r"[\W_]+")
_OUTSIDE_ASCII = "[^ -~]"
_MARKS = f"{_OUTSIDE_ASCII}*"
_LONGEST = 80  # letters of a pattern: what follows is compared here
_BETWEEN = "[^A-Za-z0-9]*"


def fold(name: str) -> str:
    """Return a name for comparison: lower case, no accents, each run of other signs one space.

    Shape: a name of signs alone, such as ``( )`` or ``÷``, is itself.

    >>> fold("Ascenseur pour l'échafaud"), fold("JØRN & THE R&B"), fold("÷")
    ('ascenseur pour l echafaud', 'jorn and the r and b', '÷')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_FIXED))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _OTHER.sub(" ", letters).strip() or name.strip()


def candidates_pattern(name: str) -> str:
    """Return a regular expression (XPath's, flag ``i``) that every name with the same fold matches.

    Why: SPARQL cannot take accents off, and asking for all names would run into the limits of servers. It
    matches too much, so what it finds must be folded and compared.
    """
    folded = fold(name)
    if not _OTHER.sub("", folded):
        return "^[^A-Za-z0-9]*$"
    kept = folded[:_LONGEST]
    words = ["(and)?" if word == "and" else _pattern(word) for word in kept.split(" ")]
    return f"^{_BETWEEN}{_BETWEEN.join(words)}{_BETWEEN}{'$' if kept == folded else ''}"


def _pattern(word: str) -> str:
    """Return a pattern for a word; several letters outside ASCII may be one that folding took apart (Hangul)."""
    return _MANY.sub(lambda found: _MARKS, "".join(map(_atom, word)))


_MANY = re.compile(rf"(?:{re.escape(_MARKS)}){{2,}}")


def _atom(character: str) -> str:
    """Return a pattern for a letter: itself or what may be folded to it, with the marks after it."""
    return f"({character}|{_OUTSIDE_ASCII}*){_MARKS}" if character.isascii() else _MARKS

"""Sales certificates: levels as printed, and the bodies that grant them."""

from __future__ import annotations

import re
from functools import cache

from discograph.lexicon import concept
from discograph.needles import any_of
from discograph.values.patterns import fold
from discograph.wordlists import rows

_TIMES = (
    r"(?:\d{1,2}[ ]?[×xX][ ]?|\d{1,2}[ -]times[ -]"
    r"|(?:double|triple|quadruple|quintuple|sextuple|septuple|octuple|multi)[ -]|multi(?=platinum)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]times[ -])"
)
LEVEL = rf"(?:{_TIMES}(?:multi-)?)?(?:gold|platinum|silver|diamond)(?![\w-])"
"""A level of certification in running text; no groups, to be matched without regard to case."""


def is_level(text: str) -> bool:
    """Tell whether a text is a level of certification and nothing else.

    >>> is_level("2× Platinum"), is_level("triple platinum"), is_level("500,000")
    (True, True, False)
    """
    return bool(re.fullmatch(LEVEL, text.strip(), re.IGNORECASE))


def level_label(text: str) -> str:
    """Return the preferred name of a level, the text itself if it is not known.

    >>> level_label("triple platinum"), level_label("Gold")
    ('3× platinum', 'gold')
    """
    known = concept("certification-level", text)
    return known.label if known else text


@cache
def _bodies() -> dict[str, str]:
    return {
        fold(name): row[0] for row in rows("certifiers") for cell in row for name in cell.split("; ") if name.strip()
    }


def certifier(name: str) -> str | None:
    """Return the abbreviation by which a certifying body is known, None if it is not.

    >>> certifier("Recording Industry Association of America"), certifier("Music Guide")
    ('RIAA', None)
    """
    return _bodies().get(fold(name).removeprefix("the "))


@cache
def certifier_pattern() -> str:
    """Return a regular expression for any name of a certifying body, the longest that fits; no groups."""
    names = {name for row in rows("certifiers") for cell in row for name in cell.split("; ") if name.strip()}
    return any_of(names) + r"(?!\w)"

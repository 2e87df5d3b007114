"""Places on charts as articles write them: "#2", "No. 2", "number two", "2nd place"."""

from __future__ import annotations

import re

from discograph.errors import ValueParseError

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]

_CARDINAL = (
    {word: number for number, word in enumerate(_UNITS + _TEENS, 1)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {f"{ten} {unit}": 10 * t + u for t, ten in enumerate(_TENS, 2) for u, unit in enumerate(_UNITS, 1)}
)
_ORDINAL = {word: number for number, word in enumerate(_ORDINALS, 1)}
_WORD = "|".join(word.replace(" ", "[ -]") for word in sorted(_CARDINAL, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?![\d:%]|[.,]\d|-\w)"

PLACING = (
    rf"(?:(?<!\w)(?:(?:number|no\.|nr\.|position)[ \u00a0-]?|no (?=\d))#?(?:{_DIGITS}|(?:{_WORD})\b)"
    rf"|[#№][ \u00a0]?{_DIGITS}"
    rf"|\b(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})(?=[ -](?:place|position|spot)\b))"
)
"""A place on a chart in running text; no groups, to be matched without regard to case."""

_CELL = re.compile(
    r"(?:#|No\.? ?|Nr\.? ?)?(?P<number>\d{1,3})(?:st|nd|rd|th)?\s*(?:[*†‡^]|\[\w{1,3}\]|\([^()]*\))*\Z", re.IGNORECASE
)


def parse_placing(text: str) -> int:
    """Return the place that a table cell or the words of a ``PLACING`` give.

    Raises: ValueParseError if the text is no place: a dash, a name, a number of sales, a year.

    >>> parse_placing("#2"), parse_placing("No. 108"), parse_placing("number forty-six"), parse_placing("3rd")
    (2, 108, 46, 3)
    >>> parse_placing("50,000")
    Traceback (most recent call last):
        ...
    discograph.errors.ValueParseError: expected a place on a chart, got '50,000'
    """
    words = re.sub(r"\A(?:number|position)[\s-]?", "", text.strip().casefold())
    match = _CELL.match(words)
    word = re.sub(r"\Ano[. ]+", "", words).replace("-", " ")
    number = int(match["number"]) if match else _CARDINAL.get(word) or _ORDINAL.get(word) or 0
    if not number:
        raise ValueParseError(f"expected a place on a chart, got {text!r}")
    return number

"""Scores of reviews as articles print them: "4½ stars", "three stars out of five", "8/10", "74%", "B+"."""

from __future__ import annotations

import re

_WORD = r"(?:zero|half|one|two|three|four|five|six|seven|eight|nine|ten)"
_HALF = r"(?:[ -]and[ -](?:a|one)[ -](?:half|quarter)|[ -]½)"
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?(?:[  ]?[½¼¾]|[ -]1/2)?|½|{_WORD}{_HALF}?)"
_POSSIBLE = r"(?:an? )?(?:(?:possible|maximum|total)[ -])?"
_OF = rf"(?:[ -](?:out[ -])?of[ -]{_POSSIBLE}|[  ]?/[  ]?)"
_UNIT = r"(?:stars?|mics?|points?)"
_LETTER = r"[A-F](?:\+|[−–-](?!\w)|[- ](?:plus|minus)\b)?"

_STARS = (
    rf"{_NUMBER}(?:{_OF}{_NUMBER}| \((?:out )?of {_POSSIBLE}{_NUMBER}\))?[ -]{_UNIT}\b(?!-)"
    rf"(?:,? (?:out )?of {_POSSIBLE}{_NUMBER}(?:[ -]{_UNIT})?\b| \((?:out )?of {_POSSIBLE}{_NUMBER}(?: {_UNIT})?\))?"
)
_PRINTED_STARS = r"[★☆✩✭✮½]{2,10}"
_FRACTION = rf"{_NUMBER}{_OF}{_NUMBER}(?![\w/])"
_PERCENT = rf"{_NUMBER}(?:[  ]?%| per ?cent\b)(?! of\b)"

STRONG = rf"(?<![\w./$£€])(?:{_STARS}|{_PRINTED_STARS}|{_PERCENT}|{_FRACTION})"
"""A score that shows by itself that it is one: it has a unit or says out of how many."""

GRADE = rf"(?<![\w.])(?:\"{_LETTER}\"|“{_LETTER}”|{_LETTER})(?![\w'’+])"
"""A school grade; the text around it must say that it is one."""

BARE = rf"(?<![\w./$£€#])(?:\d{{1,3}}(?:\.\d)?|[A-Z]{{1,3}}[+−–-]?|{_WORD}{_HALF}?)(?![\w%/½'’])"
"""A number or a magazine's own mark; only behind "a score of"."""

_CELL = re.compile(
    rf"(?:(?i:{STRONG})|{GRADE}|\d{{1,3}}(?:\.\d{{1,2}})?|[A-Z]{{1,3}}|{_NUMBER} {_UNIT}"
    r"|[1-3]-star Honorable Mention|dud|choice cut)\Z"
)
_NOTES = re.compile(r"(?:\s*\[[^\[\]]*\]|\s+link)+\Z")
_MENTION = re.compile(r"(?<=\+)\s+\((?:\*{1,3}|\(?[1-3]-star Honorable Mention\)?)?\)\Z")  # behind "B+"
_OWN_MARK = re.compile(r"(?<=\d)\s+\([A-Z]{1,3}\)\Z")  # a magazine's own word for it


def score_in_cell(cell: str) -> str:
    """Return the score that a table cell or bracket holds, without footnote marks; "" if it holds none.

    >>> score_in_cell("4.5/5 stars[3]"), score_in_cell("(B+)"), score_in_cell("4/5 (XL)"), score_in_cell("favorable")
    ('4.5/5 stars', 'B+', '4/5', '')
    """
    bare = _OWN_MARK.sub("", _NOTES.sub("", cell.strip()).strip())
    bare = _MENTION.sub("", bare)
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    return bare if _CELL.match(bare) else ""


def plain_score(score: str) -> str:
    """Return a score in one way of writing, to tell whether two are the same.

    >>> plain_score("73 out of 100"), plain_score("4.5/5 Stars"), plain_score("B+")
    ('73/100', '4.5/5', 'b+')
    """
    return _UNIT_END.sub("", _OUT_OF.sub("/", score)).strip().casefold()


_OUT_OF = re.compile(r"(?:(?<=\d)[ -]stars?)?\s*(?:/|\b(?:out )?of\b)\s*", re.IGNORECASE)
_UNIT_END = re.compile(r"[ -]stars?\Z", re.IGNORECASE)


def stars_alone(score: str) -> str:
    """Return how many stars a score is that does not say out of how many; "" for any other score.

    >>> stars_alone("4 stars"), stars_alone("three and a half stars"), stars_alone("4½ stars"), stars_alone("4/5 stars")
    ('4', '3.5', '4.5', '')
    """
    match = _ALONE.fullmatch(score.strip())
    if not match:
        return ""
    number = match["number"] or str(_NUMBERS.index(match["word"].casefold()))
    return number + (".5" if match["half"] else "")


_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ALONE = re.compile(
    rf"(?:(?P<number>\d{{1,2}}(?:\.5)?)|(?P<word>{'|'.join(_NUMBERS)}))"
    r"(?P<half>[ -]?½|[ -]and[ -]a[ -]half|[ -]1/2)?[ -]stars?",
    re.IGNORECASE,
)

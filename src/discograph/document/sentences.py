"""Sentences of a paragraph, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from discograph.document.text import Text

# A full stop that ends no sentence: initials ("J. J."), titles, shortenings of names and dates.
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Rev|Prof|Capt|Sgt|Lt|St|Ste|Ft|Mt|Jr|Sr|vs|feat|ft|No|Nos|Vol|Vols|Op|arr|"
    r"approx|ca?|cf|ed|e\.g|i\.e|"
    r"Inc|Ltd|Co|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K))\Z"
)
_LETTERS = re.compile(r"(?<!\w)(?:\w\.)+\w\Z")  # "a.m.", "O.C."
_NAME_WITH_BANG = re.compile(r"\b[A-Z][\w'’]*\Z")
_LONGEST_WORD = 50  # code points before a mark that are looked at
_NEXT = re.compile(r"\s*[\"“‘'(\[]*")
_END = re.compile(r"(?<![.!?])[.!?]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[^\s\d_\W]|\s+[\"“‘'(\[]*\d|\s*\Z)")


def sentences(text: Text) -> Iterator[Text]:
    """Return the sentences of a paragraph in order; together they hold all its words.

    >>> [s.value for s in sentences(Text.at("He met J. J. Johnson. They played.", 0))]
    ['He met J. J. Johnson.', 'They played.']
    """
    return iter(_sentences(text))


@lru_cache(maxsize=4096)  # every extractor asks for the sentences of the same paragraphs
def _sentences(text: Text) -> tuple[Text, ...]:
    found = []
    start = 0
    for match in _END.finditer(text.value):
        if not _ends(text.value, match):
            continue
        if sentence := text.cut(start, match.end()):
            found.append(sentence)
        start = match.end()
    if start < len(text) and (rest := text.cut(start)):
        found.append(rest)
    return tuple(found)


def _ends(value: str, match: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence: the next word does not go on in lower case ("Go! is an album").

    A full stop must not belong to an initial or a shortening.
    """
    start, end = match.span()
    following = _NEXT.match(value, end)
    assert following  # it matches nothing, too
    if following.end() == len(value):
        return True
    if value[start] == "!" and _NAME_WITH_BANG.search(value, max(0, start - _LONGEST_WORD), start):
        return value.startswith("\n", end)  # "Impulse! Records": the mark is part of a name
    is_short = (
        value[start] == "."
        and value[start + 1 : start + 2] != "."
        and _SHORT.search(value, max(0, start - _LONGEST_WORD), start)
    )
    return not value[following.end()].islower() and not is_short


def without_stop(text: Text) -> Text:
    """Return words without the full stop of the sentence that they end.

    Shape: a full stop of a single word, a shortening or an ellipsis belongs to the words and stays.

    >>> without_stop(Text.at("It came out in 1958.", 0)).value, without_stop(Text.at("Tide by Dune Inc.", 0)).value
    ('It came out in 1958', 'Tide by Dune Inc.')
    """
    if not text.value.endswith("."):
        return text
    words = text.value.removesuffix(".")
    is_sentence = " " in words and not words.rstrip().endswith(".")
    if not is_sentence or _SHORT.search(words) or _LETTERS.search(words):
        return text
    return text.cut(0, len(words))

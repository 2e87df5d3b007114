"""Regular expressions that look for a needle first: text without a word that every match holds is not searched.

Most sentences of an article say nothing that a given pattern reads, and a search that fails tries the pattern at
each of its characters. ``needles`` finds in the pattern itself which strings a match must contain one of, so the
filter can never lose a match; to look for a plain string costs a fortieth of such a search.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from os.path import commonprefix
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_MOST_STRINGS = 40  # more would take as long to look for as the pattern itself
_FEW_STRINGS = 8
_LARGEST_LANGUAGE = 1000
_WORD = re.compile(r"[A-Za-z]{3,}")
_MOST_COMMON = 0.6  # needles that are in more texts than this spare nothing
_SENTENCE = 120  # code points
_FIRST_TEXTS = 50  # searched as they are: to find the needles of a pattern takes as long as searching about as many
# One in how many characters of English prose a character is, roughly; it only chooses between needles.
_COMMON = {" ": 6, "e": 10, "t": 12, "a": 12, "o": 14, "i": 14, "n": 14, "s": 15, "r": 16, "h": 22}
_RARE = 60
_COMMON_SIGNS = ",.()'\"-–’“”:;"
_RARER = 3000
# What ``re.IGNORECASE`` holds to be the letters "i" and "s", and ``str.lower`` does not.
_ODD_LETTERS = "İıſ"

_Language = frozenset[str]


class Sieve:
    """A compiled pattern with the methods of ``re.Pattern`` that extractors use, and the same results."""

    __slots__ = ("_asked", "_compiled", "_filter", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._asked = 0
        self._compiled: re.Pattern[str] | None = None
        self._filter: Callable[[str], bool] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself, compiled when the first text may match."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self.flags)
        return self._compiled

    def may_match(self, text: str) -> bool:
        """Tell whether a text, or any part of it, can hold a match; cheap, and true rather than false.

        Nothing but time may depend on the answer: it is true of the first texts, whatever they hold.
        """
        if self._filter is None:
            if self._asked < _FIRST_TEXTS:
                self._asked += 1
                return True
            ignores_case = bool(self.flags & re.IGNORECASE) or "(?i" in self.pattern
            self._filter = _filter(needles(self.pattern, self.flags), ignores_case)
        return self._filter(text)

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in a text, in order."""
        return self.compiled.finditer(text, pos, endpos) if self.may_match(text) else iter(())

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in a text, or None."""
        return self.compiled.search(text, pos, endpos) if self.may_match(text) else None

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at a place of a text, or None."""
        return self.compiled.match(text, pos, endpos) if self.may_match(text) else None

    def fullmatch(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match of a whole text, or None."""
        return self.compiled.fullmatch(text, pos, endpos) if self.may_match(text) else None


def needles(pattern: str, flags: int = 0) -> tuple[str, ...]:
    r"""Return strings one of which is in every text that a pattern matches; () if there are none worth looking for.

    Shape: lower case where the pattern ignores case; no letters but ASCII. What this does not know, such as a
    reference to a group, counts as anything.

    >>> needles(r"(?:certified|awarded) (?:gold|platinum)\b")
    ('awarded gold', 'certified gold', 'awarded platinum', 'certified platinum')
    >>> needles(r"\w+")
    ()
    """
    parsed = _parser.parse(pattern, flags)
    ignores_case = bool(parsed.state.flags & re.IGNORECASE) or "(?i" in pattern
    found = _needed(parsed)
    if ignores_case and found:
        found = _shortest(frozenset(text.lower() for text in found))
    if not found or len(found) > _MOST_STRINGS or _frequency(found) > _MOST_COMMON:
        return ()
    return tuple(sorted(found, key=_expected, reverse=True))  # the likeliest first


def _filter(strings: tuple[str, ...], ignores_case: bool) -> Callable[[str], bool]:
    """Return a test whether a text holds one of some strings; of none, every text passes."""
    if not strings:
        return lambda text: True
    if ignores_case:
        return lambda text: _holds(strings, lowered(text))
    if len(strings) == 1:
        (only,) = strings
        return lambda text: only in text
    return lambda text: _holds(strings, text)


def _holds(strings: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, strings))  # a generator takes three times as long


@lru_cache(maxsize=1024)  # every pattern asks for the same sentences
def lowered(text: str) -> str:
    """Return text in lower case, with the letters that patterns without regard to case take for "i" and "s"."""
    if any(letter in text for letter in _ODD_LETTERS):
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


def any_of(strings: Iterable[str]) -> str:
    """Return a regular expression for any of some strings, the longest that fits; no groups, no anchors.

    Why not ``|`` alone: where hundreds of names are told apart letter by letter, most places in a text are
    done with after one, with and without regard to case.

    >>> any_of(["Juno", "Junos", "Brit"])
    '(?=[BJ])(?:Brit|Juno(?:s)?)'
    """
    names = sorted(set(strings))
    first = "".join(re.escape(letter) for letter in sorted({name[0] for name in names}))
    return f"(?=[{first}]){_tree(names)}"


def _tree(names: Sequence[str]) -> str:
    """Return a pattern for any of some sorted, distinct strings; the empty one makes it optional."""
    branches = []
    for _, group in groupby(filter(None, names), key=lambda name: name[0]):
        same = list(group)
        stem = commonprefix(same)  # noqa: RUF071 - letter by letter is what we want
        tails = [name[len(stem) :] for name in same]
        branches.append(re.escape(stem) + (_tree(tails) if len(same) > 1 else ""))
    if "" not in names:
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{'|'.join(branches)})?"


# --- What a pattern needs -----------------------------------------------------------------------------------


def _needed(sequence: Any) -> _Language | None:
    """Return strings one of which is in every match of a sequence of parts, the best that it offers."""
    best: list[_Language] = []
    run: _Language = frozenset([""])
    for op, argument in sequence:
        exact = _language(op, argument)
        if op is ops.ASSERT and (near := _needed(argument[1])):
            best.append(near)  # what stands before or behind the match stands in the text, too
        joined = _joined(run, exact)
        if joined is not None:
            run = joined
            continue
        best.append(run)
        run = exact if exact is not None and len(exact) <= _LARGEST_LANGUAGE else frozenset([""])
        if exact is None and (inner := _inner(op, argument)):
            best.append(inner)
    best.append(run)
    candidates = [_reduced(strings) for strings in best if "" not in strings]
    return min(candidates, key=_frequency, default=None)


def _joined(run: _Language, more: _Language | None) -> _Language | None:
    if more is None or len(run) * len(more) > _LARGEST_LANGUAGE:
        return None
    return frozenset(start + end for start in run for end in more)


def _language(op: Any, argument: Any) -> _Language | None:
    """Return every string that a part can match, None if they are too many or of letters that are not ASCII."""
    if op is ops.LITERAL:
        return frozenset([chr(argument)]) if _is_plain(argument) else None
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return frozenset([""])
    if op is ops.IN:
        letters = [chr(code) for kind, code in argument if kind is ops.LITERAL and _is_plain(code)]
        return frozenset(letters) if len(letters) == len(argument) else None
    if op is ops.SUBPATTERN:
        return _language_of_all(argument[3])
    if op is ops.BRANCH:
        return _union([_language_of_all(branch) for branch in argument[1]])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[1] == 1:  # "?"
        inner = _language_of_all(argument[2])
        return inner | {""} if inner is not None and argument[0] == 0 else inner
    return None


def _is_plain(code: int) -> bool:
    """Tell whether a character has no case, or is one whose forms in the other case we know."""
    return code < 128 or chr(code).lower() == chr(code) == chr(code).upper()


def _language_of_all(sequence: Any) -> _Language | None:
    run: _Language | None = frozenset([""])
    for op, argument in sequence:
        run = _joined(run, _language(op, argument)) if run is not None else None
    return run


def _inner(op: Any, argument: Any) -> _Language | None:
    """Return what a part that can match too much needs inside."""
    if op is ops.SUBPATTERN:
        return _needed(argument[3])
    if op is ops.BRANCH:
        return _union([_needed(branch) for branch in argument[1]])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[0] > 0:
        return _needed(argument[2])
    return None


def _union(languages: list[_Language | None]) -> _Language | None:
    known = [language for language in languages if language is not None]
    return frozenset().union(*known) if len(known) == len(languages) else None


def _reduced(strings: _Language) -> _Language:
    """Return few strings one of which is in each of some strings: rare words that many of them share."""
    if len(strings) <= _FEW_STRINGS:
        return _shortest(strings)
    words = {word for string in strings for word in _WORD.findall(string) or [string]}
    holders = {word: {string for string in strings if word in string} for word in sorted(words)}
    weights = {word: _frequency(frozenset([word])) for word in holders}
    found: set[str] = set()
    left = set(strings)
    while left:
        best = max(holders, key=lambda word: len(holders[word] & left) / weights[word])
        found.add(_common_part(holders[best] & left))
        left -= holders[best]
    return _shortest(frozenset(found))


def _common_part(strings: Iterable[str]) -> str:
    """Return the longest string that is in each of some strings, the first of them where there are several."""
    first, *others = sorted(strings, key=lambda string: (len(string), string))
    for length in range(len(first), 0, -1):
        for start in range(len(first) - length + 1):
            part = first[start : start + length]
            if all(part in other for other in others):
                return part
    return ""


def _shortest(strings: _Language) -> _Language:
    """Return strings without those that hold another of them."""
    return frozenset(one for one in strings if not any(other in one and other != one for other in strings))


def _frequency(strings: _Language) -> float:
    """Return in what part of sentences one of some strings is, roughly, and what it costs to look for them."""
    return sum(map(_expected, strings)) + 0.002 * len(strings)


def _expected(string: str) -> float:
    share = float(_SENTENCE)
    for letter in string.lower():
        is_common = letter.isalnum() or letter in _COMMON_SIGNS
        share /= _COMMON.get(letter, _RARE if is_common else _RARER)
    return share

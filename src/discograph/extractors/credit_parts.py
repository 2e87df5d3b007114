"""The two sides of a credit line: names with their qualifiers, functions with theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from discograph.document import Text
from discograph.lexicon import concept, is_kind_of
from discograph.needles import Sieve
from discograph.values.name_lists import mask, split_names
from discograph.values.patterns import DASH, UPPER
from discograph.wordlists import words

_QUALIFIER = re.compile(r"[(\[](?P<inside>[^()\[\]]*)[)\]]")
_TRAILING = Sieve(
    r"(?:,\s*|\s+)(?P<inside>(?:(?:except|but not)(?: for)?(?: on)?|on all (?:but|except)(?: for)?|on|tracks?)\s+"
    r"(?:tracks?\s+)?(?:[\"“\d]|[A-H]\d|all\b|bonus\b).*)\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"(?P<before>.*?[^\W\d])\s+(?P<inside>\d+\s*[,&{DASH}][\d\s,&{DASH}]*)\Z"
)  # one bare number may be a model: Prophet 5
_ON_QUOTED = re.compile(r"on [\"“]")
_ON_TITLE = re.compile(r"(?P<before>[\w -]+?) (?P<inside>on [^\W\d_].*)\Z")
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:(?:and|&)\s)?|\s(?:and|&|/)\s|(?<=\w)/(?=\w))\s*")
_SEPARATING = re.compile(r"[,;/&]|and")  # what each separator holds
_BRACKETS = re.compile(r"\([^()]*\)")
_NOTE = Sieve(r"\s+(?:note|nb)\s*:.*\Z", re.IGNORECASE)


_OF_A_TOWN = re.compile(  # "The Choir of St. Anne's College, Leeds" is one
    rf"(?:The )?(?:[{UPPER}][\w'’.-]* ){{0,3}}(?i:choirs?|chorus|choristers|singers|orchestra|band|children|boys|girls)"
    rf" of [{UPPER}][^,;()]+, [{UPPER}][\w'’.-]+(?: [{UPPER}][\w'’.-]+)?\Z"
)


@dataclass(slots=True)
class Name:
    """A name, and what stands in brackets behind it."""

    text: Text
    qualifier: Text | None = None


@dataclass(slots=True)
class Function:
    """A function, what stands in brackets behind it, and its words where they are not its text alone."""

    text: Text
    qualifier: Text | None = None
    words: str = ""
    is_alone: bool = False  # "guitar, glockenspiel on "TITLE"": the qualifier is of the last alone


def named(names: Text) -> Iterator[Name]:
    """Yield the names of a credit in order: "Roy Frazee (track 6), Hank Jones (track 12)"."""
    names = names.cut(0, len(names.value.rstrip(" ,;:")))
    for part in (names,) if _OF_A_TOWN.match(names.value) else split_names(names):
        qualifier = _QUALIFIER.search(part.value)
        text = part.cut(0, qualifier.start()) if qualifier else part
        text = text.cut(0, len(text.value.rstrip(" ,;:–—-")))
        if text:
            yield Name(text, part.group(qualifier, "inside") if qualifier and qualifier["inside"].strip() else None)


def functions(jobs: Text) -> Iterator[Function]:
    """Yield the functions of a credit in order: "trumpet (tracks 1, 2), flugelhorn (3 & 7)"."""
    note = _NOTE.search(jobs.value)
    jobs = jobs.cut(0, note.start()) if note else jobs
    trailing = _TRAILING.search(_hide_brackets(jobs.value))
    shared = None
    if trailing and (more := _job_behind(trailing)):
        yield from functions(jobs.cut(0, more[0]))
        yield from functions(jobs.cut(more[1]))
        return
    if trailing:
        shared = jobs.group(trailing, "inside")
        jobs = jobs.cut(0, trailing.start())
    open_ = jobs.value.rfind("(")
    if shared is None and open_ > max(0, jobs.value.rfind(")")):  # a bracket that the line does not close
        shared = jobs.cut(open_ + 1)
        jobs = jobs.cut(0, open_)
    found = [part for piece in _pieces(jobs) for part in _expanded(_without_place(piece))]
    if shared and found:
        found[-1].is_alone = found[-1].qualifier is None and _is_alone(jobs, found[-1].text, shared.value)
        found[-1].qualifier = found[-1].qualifier or shared
    _share_noun(found)
    yield from found


def _job_behind(trailing: re.Match[str]) -> tuple[int, int] | None:
    """Return where a qualifier ends and another job begins: 'vocals on "TITLE", percussion'; None if none does."""
    for comma in re.compile(r",\s+(?=[^\W\d])").finditer(trailing.string, trailing.start("inside")):
        job = re.compile(r"[^,(]+").match(trailing.string, comma.end())
        if job and _is_job(job[0].strip()):
            return comma.start(), comma.end()
    return None


def _is_alone(jobs: Text, last: Text, qualifier: str) -> bool:
    """Tell whether titles are of the last instrument alone: "guitar, banjo on “Tide”", not "drums and bells on"."""
    is_behind_comma = jobs.value[: jobs.find(last)[0]].rstrip().endswith(",")
    return is_behind_comma and bool(_ON_QUOTED.match(qualifier)) and concept("instrument", last.value) is not None


_AT = re.compile(rf" at (?:the )?(?=[{UPPER}])")


def _without_place(job: Text) -> Text:
    """Return a job without the place where it was done: "mastering at NAME"."""
    at = _AT.search(job.value)
    return job.cut(0, at.start()) if at and _is_job(job.value[: at.start()]) else job


_KEY = re.compile(r"[A-H](?:[♭♯b#]|[- ](?:flat|sharp))?")


def _share_noun(found: list[Function]) -> None:
    """Give "alto" its noun in "alto and tenor saxophones", "6-" in "6- and 12-string guitar".

    In place; the last of them stands for one instrument, too.
    """
    for part, following in reversed(list(pairwise(found))):
        rest = following.words or following.text.value
        if part.qualifier or not (full := _with_noun(part.text.value, rest)):
            continue
        part.words = full
        following.words = _one(rest) or _with_one_noun(rest)


def _with_noun(word: str, rest: str) -> str:
    """Return a word with the noun that the words behind it share with it; empty if they share none."""
    noun = _with_one_noun(rest).rsplit(" ", 1)[-1]
    if word.endswith("-") and "-" in rest and _is_job(rest):
        return word + (_one(rest) or rest).split("-", 1)[1]
    if " " in word or " " not in rest:
        return ""
    if _KEY.fullmatch(word) and _is_job(rest) and _is_job(noun):
        return f"{word} {noun}"
    is_known = any(concept(scheme, word) for scheme in ("instrument", "role"))
    for full in (f"{word} {noun}", f"{word} {rest.rsplit(' ', 1)[-1]}"):
        if (not is_known or word.casefold() in words("adjectives")) and _is_job(full):
            return full
    return ""


def _with_one_noun(words_: str) -> str:
    """Return words with their last one in the singular."""
    head, space, noun = words_.rpartition(" ")
    return head + space + (_one(noun) or noun)


def _one(plural: str) -> str:
    """Return the singular of an instrument in the plural; empty if it is none, or known in the plural alone."""
    known = concept("instrument", plural)
    for ending in ("es", "s"):
        one = plural.removesuffix(ending)
        if known and one != plural and concept("instrument", one) == known:
            return one
    return ""


def _is_job(words_: str) -> bool:
    return any(concept(scheme, words_) for scheme in ("instrument", "role"))


def _hide_brackets(value: str) -> str:
    return _BRACKETS.sub(lambda m: "\0" * len(m[0]), value) if "(" in value else value


def _pieces(jobs: Text) -> Iterator[Text]:
    """Yield the parts between separators outside brackets; a bracket after a comma belongs to the part before."""
    hidden = _hide_brackets(mask(jobs.value))
    if "\0" in hidden:
        hidden = re.sub(r",(?=\s*\0)", "\0", hidden)
    start = 0
    separators = [*_SEPARATOR.finditer(hidden)] if _SEPARATING.search(hidden) else []
    ends = [*(match.start() for match in separators), len(hidden)]
    for number, match in enumerate([*separators, None]):
        stop = ends[number]
        if match and _is_job(jobs.value[start : ends[number + 1]].strip()):
            continue  # one job that is called so: "artists and repertoire", "A & R"
        if stop > start and (part := jobs.cut(start, stop)):
            yield part
        start = match.end() if match else stop


def _expanded(piece: Text) -> Iterator[Function]:
    qualifier = _QUALIFIER.search(piece.value)
    inside = piece.group(qualifier, "inside") if qualifier and qualifier["inside"].strip() else None
    text = piece.cut(0, qualifier.start()) if qualifier else piece
    if qualifier and qualifier.end() < len(piece) and not _is_tracks(qualifier["inside"]):
        text, inside = piece, None  # a bracket inside the words: "reissue (2005) cover design"
    text = text.cut(0, len(text.value.rstrip(" ,;:.")))
    if inside is None and (numbers := _NUMBERS.match(text.value)) and _is_job(numbers["before"]):
        inside, text = text.group(numbers, "inside"), text.group(numbers, "before")
    if inside is None and (on := _ON_TITLE.match(text.value)) and _is_job(on["before"]):
        inside, text = text.group(on, "inside"), text.group(on, "before")
    if text:
        yield Function(text, inside)


def _is_tracks(inside: str) -> bool:
    return bool(re.match(r"(?:on |except )?(?:tracks?|\d{1,2}(?:\D|\Z)|[A-H]\d|\"|“)", inside, re.IGNORECASE))


_COUNTED = ("string", "brass", "woodwind")
"""Families whose instruments are counted: two trumpets; "drums", "congas", "keyboards" and "vocals" are one job."""


def singular(words: str) -> str:
    """Return a function of several ("assistant engineers", "trumpets") as that of one of its holders."""
    known = concept("instrument", words)
    if known and is_kind_of(known, *_COUNTED):
        return _one(words) or words
    return words[:-1] if words.endswith("s") and not known and concept("role", words[:-1]) else words

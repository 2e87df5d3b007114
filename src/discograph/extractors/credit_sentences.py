"""Credits told in words inside a personnel section: "Mixed by NAME", "Cover design by NAME", "Engineer was NAME"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document import Text
from discograph.document.sentences import sentences, without_stop
from discograph.extractors.credit_parts import functions, named
from discograph.lexicon import concept
from discograph.needles import Sieve
from discograph.values.patterns import NAME
from discograph.wordlists import job_verb

_SEMICOLON = re.compile(r"\s*;\s*")
_LONGEST = 300  # code points; a longer sentence is prose
_ON = r"(?P<on>(?:on |for )?tracks? \d[\d ,&and–-]*\d|(?:on |for )?track \d+)"
_BY = Sieve(
    rf"(?P<left>[^;:()–—]{{3,60}}?)(?: {_ON})? by (?:the )?(?P<names>[^;:–—]{{2,200}}?)"
    rf"(?: at (?:the )?{NAME}(?:, {NAME})*| (?:with|using|on) (?:the|an?) [^,;:()\"“]{{2,40}})?"
    rf"(?: \(?(?P<scope>(?:on |except )?tracks? \d[\d ,&and–-]*)\)?)?\Z"
)
_WAS = Sieve(
    rf"(?:The )?(?P<left>[^,;:()–—]{{3,40}}?)(?: at (?:the )?{NAME})? (?:was|were) (?P<names>[^;:–—]{{2,200}})\Z"
)
_VERBS = re.compile(
    r"(?:(?:The |This |All |Entire )?(?P<subject>[A-Za-z]+|[Tt]racks? \d[\d ,&and–-]*) )?(?:(?:was|were|is|are) )?"
    r"(?P<verbs>[A-Za-z-]+ed(?:(?:, |,? and | & )[a-z-]+ed)*)\Z"
)
_SUBJECT = re.compile(
    r"(?:albums?|records?|recordings?|LP|CD|songs?|sessions?|music|orchestra|strings?|horns?|brass|tracks?( \d.*)?)\Z",
    re.IGNORECASE,
)
_OF_PIECES = re.compile(r"(?:all|songs?|music|lyrics|words)\b", re.IGNORECASE)
_NO_JOBS = frozenset({"inspiration", "music-publisher", "distributor", "concert-producer"})
_VERB = re.compile(r"[A-Za-z-]+ed\b")
_PERSON = re.compile(rf"(?:[Tt]he |[\"“][^\"“”]{{1,30}}[\"”] )?{NAME}\Z")


@dataclass(frozen=True, slots=True)
class Credit:
    """One name in one function: its words in the article, the role that they stand for, and a qualifier."""

    sentence: Text
    name: Text
    function: Text
    role: str
    qualifier: Text | None


def credits_told(line: Text) -> Iterator[Credit]:
    """Yield the credits of a line that tells them in words; nothing if it says anything else.

    Shape: "Produced and arranged by NAME", "Orchestra conducted by NAME", "String arrangements on track 2 by NAME and
    NAME", "Engineers were NAME and NAME"; several sentences may stand in one line.
    """
    if not (_BY.may_match(line.value) or _WAS.may_match(line.value)):
        return
    for sentence in (part for whole in sentences(line) for part in whole.split(_SEMICOLON)):
        plain = without_stop(sentence)
        if len(plain) > _LONGEST:
            continue
        if match := _BY.match(plain.value):
            jobs = list(_jobs(plain.group(match, "left")))
        elif match := _WAS.match(plain.value):
            jobs = list(_nouns(plain.group(match, "left")))
        else:
            continue
        yield from _credits(sentence, plain, match, jobs)


def _credits(sentence: Text, plain: Text, match: re.Match[str], jobs: list[tuple[Text, str]]) -> Iterator[Credit]:
    names = list(named(plain.group(match, "names")))
    if not all(_PERSON.match(name.text.value) for name in names):
        return
    groups = match.groupdict()
    shared = next((plain.group(match, key) for key in ("on", "scope") if groups.get(key)), None)
    subject = re.match(r"[Tt]racks? \d[\d ,&and–-]*\d|[Tt]rack \d+", plain.value)
    if subject and shared is None:
        shared = plain.group(subject, 0)
    for function, role in jobs:
        for name in names:
            yield Credit(sentence, name.text, function, role, name.qualifier or shared)


def _jobs(left: Text) -> Iterator[tuple[Text, str]]:
    """Yield what stands before "by" as words and roles: verbs, nouns, or a phrase that the lists know as a whole."""
    known = concept("role", f"{left.value} by")
    if known and " " in left.value and re.search(r"(?:ed|ten) *\Z", left.value) and not _OF_PIECES.match(left.value):
        yield left, known.label
        return
    yield from list(_verbs(left)) or list(_nouns(left))


def _verbs(left: Text) -> Iterator[tuple[Text, str]]:
    """Yield the verbs of "(Album) produced and mixed" and their roles; none if one of them is no job."""
    match = _VERBS.match(left.value)
    if not match or (match["subject"] and not _SUBJECT.match(match["subject"])):
        return
    for verb in _VERB.finditer(left.value, match.start("verbs")):
        role = _role_of(verb[0])
        if role and not (match["subject"] and role in ("writer", "composer")):  # of the pieces, not of the album
            yield left.cut(verb.start(), verb.end()), role


def _role_of(verb: str) -> str:
    known = concept("role", f"{verb} by")
    is_job = known is not None and known.slug not in _NO_JOBS
    return job_verb(verb) or (known.label if known and is_job else "")


def _nouns(left: Text) -> Iterator[tuple[Text, str]]:
    """Yield the roles that words before "by" name, if the lists know all of them."""
    found = list(functions(left))
    roles = [_noun(part.words or part.text.value) for part in found]
    if all(roles):
        yield from zip((part.text for part in found), roles, strict=True)


def _noun(words: str) -> str:
    """Return the role that words name, that of one of its holders: "Engineers" is "Engineer"."""
    if not concept("role", words):
        return ""
    return words[:-1] if re.search(r"(?:er|or|ist)s\Z", words) and concept("role", words[:-1]) else words

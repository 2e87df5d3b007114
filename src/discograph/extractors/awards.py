"""Prose about awards: who nominated or honoured which work, in which year and category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import is_album, is_denied, manner_of
from discograph.lexicon import alternatives
from discograph.records import AlbumMention, AwardRecord, Findings, Manner, Record, Rule, Said, quoted, say
from discograph.values.patterns import UPPER, unquote

AWARD = Rule("prose-award", '"(work) received / won / was nominated for a YEAR AWARD for CATEGORY"')
CATEGORY = Rule("prose-award-category", 'what follows "for" or "in the category of" behind an award')
WORK = Rule("prose-award-work", "the subject of the sentence is the work that the award went to")
RULES = (AWARD, CATEGORY, WORK)

_NOMINATED = (
    r"(?:was|were|has been|had been|got) (?:also )?nominated for"
    r"|(?:received|earned|got|garnered|gained)(?= [^.]{0,60}nomination)"
)
_WON = r"(?:also )?won|received|earned|took|was awarded"
_SUBJECT = re.compile(rf"(?P<subject>.{{1,80}}?)(?:,? which)? (?P<verb>(?P<nominated>{_NOMINATED})|(?P<won>{_WON}))\s")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_CATEGORY = re.compile(
    r"\s*(?:nominations?|awards?)?,?\s*(?:for|in the category(?: of)?|in the) "
    rf"(?P<category>[\"“]?[{UPPER}].*?)"
    r"(?= category\b| at the\b| in (?:19|20)\d\d\b|,? (?:and was|but|which|while|as well)\b|[.;:](?:\s|\Z)|\Z)"
)


@cache
def _award() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<award>{alternatives('award')})(?!\w)", re.IGNORECASE)


def extract(document: Document) -> Findings:
    """Return the award results that sentences with a work as subject tell of."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _result(s, document)))


def _result(sentence: Text, document: Document) -> Iterator[Record]:
    award = _award().search(sentence.value)
    subject = _SUBJECT.match(sentence.value)
    if not award or not subject or award.start() < subject.end() or award.start() > subject.end() + 40:
        return
    between = sentence.value[subject.end() : award.start()]
    if re.search(r"\b(?:two|three|four|five|six|several|many|multiple)\b|[.;]", between) or is_denied(sentence.value):
        return
    known, work = _work(sentence, subject, document)
    if not known:
        return
    manner = manner_of(sentence.value[: award.end()])
    outcome = "nominated" if subject["nominated"] else "won"
    stop = award.end()
    category = _category(sentence, award, manner)
    if category:
        stop = max(stop, sentence.value.find(category.value, award.end()) + len(category.value))
    said = say(None, sentence.cut(subject.start("subject"), stop), AWARD, manner)
    name = quoted(sentence.group(award, "award"), AWARD, manner)
    yield AwardRecord(said, name, said.of(outcome), category, _year(sentence, award, manner), work)


def _work(sentence: Text, subject: re.Match[str], document: Document) -> tuple[bool, AlbumMention | None]:
    """Return whether the work is clear, and the album that it is; None for the album of the page."""
    words = sentence.group(subject, "subject")
    if is_album(unquote(words.value), document):
        return True, None
    named = _NAMED_WORK.match(words.value)
    if not named or _NO_TITLE.match(named["title"]) or len(named["title"].split()) > _LONGEST:
        return False, None
    if not named["noun"] and not _known_album(unquote(named["title"]), document, words):
        return False, None
    name = words.group(named, "title")
    return True, AlbumMention(quoted(name, WORK).of(unquote(name.value)))


_NAMED_WORK = re.compile(
    r"(?P<noun>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,2}(?:album|LP|record) )?"
    rf"(?P<title>[\"“]?[{UPPER}\d][^,;:()]*)\Z"
)
_NO_TITLE = re.compile(r"(?:She|He|They|In|At|On|Her|His|Their|The|This|That|For)\Z|(?:In|At|On|For) ")
_LONGEST = 8  # words


def _known_album(title: str, document: Document, words: Text) -> bool:
    """Tell whether the text has called a title an album before this sentence."""
    before = document.source.text[: words.span().start]
    return bool(re.search(rf"\b(?:albums?|LP|record) [\"“]?{re.escape(title)}\b", before))


def _category(sentence: Text, award: re.Match[str], manner: Manner) -> Said[str] | None:
    match = _CATEGORY.match(sentence.value, award.end())
    if not match:
        return None
    name = sentence.group(match, "category")
    return quoted(name, CATEGORY, manner).of(unquote(name.value.rstrip(".")))


def _year(sentence: Text, award: re.Match[str], manner: Manner) -> Said[str] | None:
    """Return the year before the award's name ("a 1960 Grammy nomination") or behind "in" or "at the"."""
    near = [m for m in _YEAR.finditer(sentence.value) if 0 <= award.start() - m.end() <= 10]
    near += [
        m
        for m in _YEAR.finditer(sentence.value, award.end())
        if re.search(r"\b(?:in|at the|of)\s\Z", sentence.value[: m.start()])
    ]
    if not near:
        return None
    stop = award.end() if near[0].start() < award.start() else near[0].end()
    return say(near[0][0], sentence.cut(near[0].start(), stop), AWARD, manner)

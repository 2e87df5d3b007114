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

AWARD = Rule("prose-award", "\"(work) received / won / was nominated for a YEAR AWARD for CATEGORY\"")
CATEGORY = Rule("prose-award-category", "what follows \"for\" or \"in the category of\" behind an award")
WORK = Rule("prose-award-work", "the subject of the sentence is the work that the award went to")
RULES = (AWARD, CATEGORY, WORK)

_VERBS = (
    ("nominated", r"(?:was|were|has been|had been|got) (?:also )?nominated for|(?:received|earned|got|garnered|gained)(?= [^.]{0,60}nomination)"),
    ("won", r"(?:(?:also )?won|received|earned|took|was awarded)(?= [^.]{0,80})"),
)
_SUBJECT = re.compile(r"(?P<subject>.{1,80}?)(?:,? which)? (?P<verb>" + "|".join(f"(?P<{name}>{verb})" for name, verb in _VERBS) + r")\s")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_CATEGORY = re.compile(
    rf"\s*(?:nominations?|awards?)?,?\s*(?:for|in the category(?: of)?|in the) (?P<category>[\"“]?[{UPPER}].*?)(?= category\b| at the\b| in (?:19|20)\d\d\b|,? (?:and was|but|which|while|as well)\b|[.;:](?:\s|\Z)|\Z)"
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
    work = _work(sentence, subject, document)
    if work is False:
        return
    manner = manner_of(sentence.value[: award.end()])
    outcome = "nominated" if subject["nominated"] else "won"
    stop = award.end()
    category = _category(sentence, award, manner)
    if category:
        stop = max(stop, sentence.value.find(category.value, award.end()) + len(category.value))
    said = say(None, sentence.cut(subject.start("subject"), stop), AWARD, manner)
    name = quoted(sentence.group(award, "award"), AWARD, manner)
    yield AwardRecord(said, name, said.of(outcome), category, _year(sentence, award, manner), work or None)


def _work(sentence: Text, subject: re.Match[str], document: Document) -> AlbumMention | None | bool:
    """Return the other album that the award went to, None for the album of the page, False if unclear."""
    words = sentence.group(subject, "subject")
    if is_album(unquote(words.value), document):
        return None
    title = re.match(rf"(?:[Tt]he (?:album|LP|record) )?(?P<title>[\"“]?[{UPPER}\d][^,;:()]*)\Z", words.value)
    if not title or re.match(r"(?:She|He|They|In|At|On|Her|His|Their|The|This|That|For)\b", words.value):
        return False
    if len(title["title"].split()) > 6:
        return False
    if re.search(r"\balbum\b", words.value) is None and not _known_album(unquote(title["title"]), document, words):
        return False
    name = words.group(title, "title")
    return AlbumMention(quoted(name, WORK).of(unquote(name.value)))


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
    near += [m for m in _YEAR.finditer(sentence.value, award.end()) if re.search(r"\b(?:in|at the|of)\s\Z", sentence.value[: m.start()])]
    if not near:
        return None
    stop = award.end() if near[0].start() < award.start() else near[0].end()
    return say(near[0][0], sentence.cut(near[0].start(), stop), AWARD, manner)

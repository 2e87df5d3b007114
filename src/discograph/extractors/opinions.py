"""Opinions that the text attributes to somebody: kept in its own words as claims, never asserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Paragraph, Text
from discograph.document.sentences import sentences
from discograph.lexicon import alternatives, concept
from discograph.needles import Sieve
from discograph.records import AgentRecord, Findings, Manner, OpinionRecord, Record, Rule, quoted
from discograph.values.names import is_ensemble
from discograph.values.patterns import NAME, fold
from discograph.wordlists import country, section_kind, words

OPINION = Rule(
    "prose-opinion",
    '"In the opinion of NAME, …", "(critic) NAME wrote / called it / said …" in a reception section',
)
RULES = (OPINION,)

_SPEECH = (
    r"(?:wrote|writes|said|says|stated|states|noted|notes|called|calls|described|describes|considered|considers"
    r"|praised|"
    r"commented|opined|observed|remarked|concluded|thought|found)\b"
)


def extract(document: Document) -> Findings:
    """Return the holder and the statement of each opinion that opens a sentence."""
    records: list[Record] = []
    for section in document.lead.walk():
        is_reception = bool(section.heading and section_kind(section.heading.value) == "reception")
        for block in section.blocks:
            if isinstance(block, Paragraph):
                may_tell = is_reception or _attributed().may_match(block.text.value)
                records += (r for s in sentences(block.text) for r in _opinion(s, is_reception)) if may_tell else ()
    return Findings(tuple(records))


def _opinion(sentence: Text, is_reception: bool) -> Iterator[Record]:
    match = _attributed().match(sentence.value) or (is_reception and _spoken().match(sentence.value)) or None
    if match and _is_person(match["holder"]):
        holder = quoted(sentence.group(match, "holder"), OPINION)
        yield AgentRecord(holder)
        yield OpinionRecord(holder, quoted(sentence.group(match, "statement"), OPINION, Manner.OPINION))


@cache
def _holder() -> str:
    """Return the pattern of who holds an opinion: "AllMusic reviewer NAME", "NAME of DownBeat"."""
    medium = rf"(?:(?:The )?{alternatives('publication')}(?:['’]s?)? |{NAME}['’]s? )?"
    lead_in = rf"(?:(?:But|And|However,?|While|Similarly,?) |(?:In|For|Writing (?:in|for)) (?:the )?(?:{medium}))?"
    job = r"(?:(?:[Rr]eviewer|[Cc]ritic|[Ww]riter|[Jj]ournalist|[Aa]uthor|[Bb]iographer|[Mm]usicologist|[a-z][\w-]*) )*"
    source = r"(?:,? (?:of|in|for|from|writing (?:in|for)) (?:the )?[^,]{1,60}?,?)?"
    return rf"{lead_in}(?:[Tt]he )?{medium}{job}(?:at {medium})?(?P<holder>{NAME}){source}"


@cache
def _attributed() -> Sieve:
    return Sieve(rf"(?:In the (?:opinion|view|words) of|According to) {_holder()}, (?P<statement>.+?)[.!?]?\Z")


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"{_holder()} (?P<statement>{_SPEECH}.+?)[.!?]?\Z")


def _is_person(name: str) -> bool:
    """Tell whether a holder is a person by name: two words or more, no medium, no group, no country."""
    if " " not in name or "'s" in name or concept("publication", name) or is_ensemble(name):
        return False
    if fold(name).rsplit(" ", 1)[-1] in words("press"):
        return False
    return country(name.split(" ", 1)[0]) is None

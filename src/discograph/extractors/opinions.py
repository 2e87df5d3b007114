"""Opinions that the text attributes to somebody: kept in its own words as claims, never asserted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.records import AgentRecord, Findings, Manner, OpinionRecord, Record, Rule, quoted
from discograph.values.patterns import NAME
from discograph.wordlists import country

OPINION = Rule("prose-opinion", "\"In the opinion of NAME, …\", \"According to (critic) NAME, …\"")
RULES = (OPINION,)

_ATTRIBUTED = re.compile(
    rf"(?:In the (?:opinion|view|words) of|According to) (?:the )?(?:[a-z][\w-]* )*(?P<holder>{NAME})"
    rf"(?: (?:of|in|for|from) (?:the )?[^,]{{1,60}})?, (?P<statement>.+?)[.!?]?\Z"
)


def extract(document: Document) -> Findings:
    """Return the holder and the statement of each opinion that opens a sentence."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _opinion(s)))


def _opinion(sentence: Text) -> Iterator[Record]:
    match = _ATTRIBUTED.match(sentence.value)
    if not match or " " not in match["holder"] or country(match["holder"].split(" ", 1)[0]):
        return
    holder = quoted(sentence.group(match, "holder"), OPINION)
    yield AgentRecord(holder)
    statement = quoted(sentence.group(match, "statement"), OPINION, Manner.OPINION)
    yield OpinionRecord(holder, statement)

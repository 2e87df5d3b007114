"""Prose about what an edition adds: "The CD reissue includes two previously unreleased alternate takes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import is_denied, is_hedged, telling
from discograph.needles import Sieve
from discograph.records import ContentsRecord, Findings, Rule, quoted
from discograph.values.carriers import carrier_pattern

CONTENTS = Rule("prose-contents", '"(the CD edition) includes / adds … alternate takes, outtakes, bonus tracks"')
RULES = (CONTENTS,)

_SUBJECT = Sieve(
    r"(?:The|A|An|Its) (?P<edition>[\w\"'’ /+-]{0,60}?)(?:edition|version|reissue|re-issue|release|issue|remaster)\b"
)
_VERB = re.compile(
    r"\b(?:contains?|contained|includes?|included|including|features?|featured|featuring|adds|added|adding|with)\b"
)
_BODY = re.compile(
    r"(?P<all>(?:(?P<vague>several|some|many|various|numerous|a number of|a few) |(?:one|two|three|four|five|six"
    r"|\d+|additional|extra|other) )?"
    r"(?P<words>(?P<unreleased>previously[ -]un(?:released|issued) |unreleased |unissued )?"
    r"(?P<head>alternate takes?|alternative takes?|outtakes?|bonus tracks?|live tracks?)))\b"
)


def extract(document: Document) -> Findings:
    """Return what the editions of the album that sentences are about hold besides the album."""
    paragraphs = telling(document.paragraphs(), _SUBJECT)
    return Findings(tuple(r for text in paragraphs for s in sentences(text) for r in _contents(s)))


def _contents(sentence: Text) -> Iterator[ContentsRecord]:
    subject = _SUBJECT.match(sentence.value)
    verb = _VERB.search(sentence.value, subject.end()) if subject else None
    if not subject or not verb or is_denied(sentence.value[: verb.end()]) or is_hedged(sentence.value[: verb.end()]):
        return
    carrier = carrier_pattern().search(subject["edition"])
    if not carrier:
        return
    start = subject.start("edition")
    edition = sentence.cut(start + carrier.start(), start + carrier.end())
    for match in _BODY.finditer(sentence.value, verb.end()):
        yield ContentsRecord(
            quoted(edition, CONTENTS),
            quoted(sentence.group(match, "all"), CONTENTS),
            quoted(sentence.group(match, "words"), CONTENTS),
            quoted(sentence.group(match, "head"), CONTENTS),
            quoted(sentence.group(match, "unreleased"), CONTENTS) if match["unreleased"] else None,
            quoted(sentence.group(match, "vague"), CONTENTS) if match["vague"] else None,
        )

"""The label that an album was made for: "recorded in 1961 for Quay Records", "her first album on the Quay label".

And the label that is named again: "reissued by the same label".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from discograph.document import Document, Text
from discograph.extractors.base import album_lead, is_album, is_denied, is_hedged
from discograph.extractors.release_phrases import LABEL, plain_label
from discograph.needles import Sieve
from discograph.records import Manner, ReleaseEventRecord, Rule, Said, quoted, say
from discograph.values.patterns import NAME, unquote

FOR_LABEL = Rule(
    "prose-made-for-label", '"recorded for LABEL Records", "the first album on the LABEL label": the label puts it out'
)
RULES = (FOR_LABEL,)

_ORDER = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|only|sole|debut)"
_NAMED = (
    rf"(?:the |his |her |their |its )?(?:[a-z-]+ |[A-Z][a-z]+(?:n|sh|ese) ){{0,3}}(?P<label>{NAME})(?P<noun> label)?"
)
RECORDED_FOR = Sieve(rf"\brecorded (?:[^.;:]{{0,60}} )?for {_NAMED}")
NTH_FOR = Sieve(
    rf"\A(?P<subject>[^,;:]{{1,80}}?) (?:is|was|marks|marked|became) [^.;:]{{0,80}}?"
    rf"\b(?:debut|{_ORDER}\b[^.;:,]{{0,40}}? (?:album|release|record|recording|LP|CD|session))"
    rf"(?: (?:to be )?(?:released|issued|recorded|made))? (?:on|for|by) {_NAMED}"
)
_ALBUM_ON = re.compile(
    rf" (?:by|of|from) [^;:]{{2,80}}? on (?:the |his |her |their |its )?(?:[a-z-]+ |[A-Z][a-z]+(?:n|sh|ese) ){{0,3}}"
    rf"(?P<label>{NAME})(?P<noun> label)?"
)


def album_on_label(sentence: Text, head: int) -> Text | None:
    """Return the label of "an album by NAME on LABEL Records" in the first sentence, behind its noun; None if none."""
    match = _ALBUM_ON.match(sentence.value, head)
    if match is None or re.search(r"\b(?:released|issued|recorded)\b", match[0]):
        return None
    name = plain_label(sentence.group(match, "label"))
    is_told = name and (match["noun"] or name.value.endswith((" Records", " Recordings")))
    return name if is_told and not is_denied(match[0]) and not is_hedged(match[0]) else None


def label_told(sentence: Text, document: Document) -> Iterator[ReleaseEventRecord]:
    """Yield the release that follows from the label for which the album was made, without a date of its own."""
    match = RECORDED_FOR.search(sentence.value) if album_lead(sentence, document) else None
    if match is None:
        match = NTH_FOR.match(sentence.value)
        if match is None or not (match["subject"] == "This" or is_album(unquote(match["subject"]), document)):
            return
    clause = sentence.value[: match.end()]
    name = plain_label(sentence.group(match, "label"))
    is_label = name and (match["noun"] or name.value.endswith((" Records", " Recordings")))
    if name and is_label and not is_denied(clause) and not is_hedged(clause):
        words = sentence.cut(match.start(), match.end())
        yield ReleaseEventRecord(
            say(None, words, FOR_LABEL, Manner.IMPLIED), labels=(quoted(name, FOR_LABEL, Manner.IMPLIED),)
        )


_AGAIN = re.compile(
    r"\b(?:by|on|through) (?:them|(?:the|that) (?:same )?(?:record )?(?:label|company))"
    r"(?=[,;]|\Z| (?:in|on|as|and|again|under|with|later|the (?:following|next|same)|(?:a|one) year)\b)"
)


def label_named_again(clause: Text, earlier: Sequence[ReleaseEventRecord]) -> tuple[Said[str], ...]:
    """Return the label of the releases told before it in the sentence, where a clause says "by them", "by the label".

    Shape: none where they have several labels, or one of them none that we know.
    """
    match = _AGAIN.search(clause.value)
    labels = {tuple(label.value for label in record.labels) for record in earlier}
    if match is None or len(labels) != 1:
        return ()
    return tuple(say(name, clause.group(match, 0), LABEL, Manner.IMPLIED) for name in labels.pop())

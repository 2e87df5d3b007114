"""What the rendering lost, as the reader found it: an issue of the source, and the editions it names."""

from __future__ import annotations

from discograph.document import Document, Text
from discograph.extractors.base import LENGTH, edition
from discograph.records import EditionRecord, Findings, IssueRecord, Record, Rule, say

LOST = Rule("reader-loss", "a value, list or heading that the rendering visibly lost or broke")
HEADING = Rule("track-listing-edition", "a sub-heading of the track listing that is a carrier names an edition")
RULES = (LOST, HEADING)


def extract(document: Document) -> Findings:
    """Return an issue for each loss, and an edition for each that a loss names by its carrier."""
    records: list[Record] = []
    for loss in document.losses:
        words = Text.at(document.source.quote(loss.span), loss.span.start)
        records.append(IssueRecord(say(loss.kind, words, LOST), loss.about))
        if loss.about:
            inner = words.value.find(loss.about)
            name = words.cut(inner, inner + len(loss.about)) if inner >= 0 else words
            rule = LENGTH if loss.kind == "value-lost" else HEADING
            found: EditionRecord | None = edition(name, rule)
            if found:
                records.append(found)
    return Findings(tuple(records))

"""Extractors: Document to records, one part of the article each, in the order of the article.

An extractor is a pure function ``Document → Findings``. It knows nothing of RDF and nothing of the other
extractors; what they say of the same thing is brought together in ``assembly``.
"""

from __future__ import annotations

from collections.abc import Callable

from discograph.document import Document
from discograph.extractors import (
    accolades,
    awards,
    certifications,
    charts,
    contents,
    edition_headings,
    engagements,
    films,
    infobox,
    lead,
    losses,
    mentions,
    opinions,
    page,
    personnel,
    prose_credits,
    rankings,
    recording,
    releases,
    reviews,
    session_days,
    session_headings,
    track_listing,
)
from discograph.records import AlbumField, Findings, Rule

__all__ = ["EXTRACTORS", "RULES", "extract"]

Extractor = Callable[[Document], Findings]

_MODULES = (
    page, infobox, lead, recording, session_days, session_headings, films, engagements, releases, edition_headings,
    contents, awards, rankings, accolades, reviews, opinions, mentions, losses, track_listing, personnel,
    prose_credits, charts, certifications,
)  # fmt: skip

EXTRACTORS: tuple[Extractor, ...] = tuple(module.extract for module in _MODULES)

RULES: dict[str, Rule] = {rule.name: rule for module in _MODULES for rule in module.RULES}
"""Every rule of extraction by its name."""


_FIRST = (page, infobox, lead, losses)
"""They say which album a page is about, and what the page is; without an album the others have nothing to say."""


def extract(document: Document) -> Findings:
    """Return what all extractors make of a document, in their order; of one about no album, what the page is."""
    first = {module.extract: module.extract(document) for module in _FIRST}
    if any(_names_album(found) for found in first.values()):
        findings = [first[e] if e in first else e(document) for e in EXTRACTORS]
    else:
        findings = list(first.values())
    return Findings(
        tuple(record for found in findings for record in found.records),
        tuple(problem for found in findings for problem in found.problems),
    )


def _names_album(findings: Findings) -> bool:
    return any(isinstance(record, AlbumField) and record.name in ("said", "title") for record in findings.records)

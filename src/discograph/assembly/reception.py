"""Reviews and awards that a document tells twice, brought together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from discograph.lexicon import concept
from discograph.records import ReviewRecord, merged
from discograph.values.patterns import fold


def merge_reviews(reviews: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    """Return ratings in order, each once; the same score of the same publication is one rating."""
    result: dict[tuple[str, str], ReviewRecord] = {}
    for review in reviews:
        known = concept("publication", review.publication.value)
        key = (known.label if known else fold(review.publication.value), fold(review.score.value))
        first = result.get(key)
        result[key] = replace(first, said=merged(first.said, review.said)) if first else review
    return list(result.values())

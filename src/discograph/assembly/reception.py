"""Reviews and awards that a document tells twice, brought together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from discograph.lexicon import concept
from discograph.records import AwardRecord, ReviewRecord, merged
from discograph.values.patterns import fold
from discograph.values.scores import plain_score, stars_alone


def merge_reviews(reviews: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    """Return ratings in order, each once; the same score of the same publication is one rating.

    So are as many stars, where only one of the two says out of how many: "4 stars" beside 4/5.
    """
    result: dict[tuple[str, str], ReviewRecord] = {}
    for review in reviews:
        known = concept("publication", review.publication.value)
        score = plain_score(review.score.value)
        if score.isdigit() and 10 < int(score) <= 100:  # "an average score of 81" beside 81/100
            score += "/100"
        key = (known.label if known else fold(review.publication.value), score)
        first = result.get(key)
        result[key] = replace(first, said=merged(first.said, review.said)) if first else review
    for (publication, score), review in list(result.items()):
        fuller = [key for key in result if key[0] == publication and key[1].startswith(f"{_stars(score, review)}/")]
        if len(fuller) == 1:
            whole = result[fuller[0]]
            result[fuller[0]] = replace(whole, said=merged(whole.said, review.said))
            del result[publication, score]
    return list(result.values())


def _stars(score: str, review: ReviewRecord) -> str:
    """Return the stars of a rating that does not say out of how many; else what no score begins with."""
    return stars_alone(review.score.value) or f"no {score}"


def merge_awards(awards: Iterable[AwardRecord]) -> list[AwardRecord]:
    """Return award results in order, each once.

    A result that says less than another of the same award and work is part of it: "won a Grammy" beside "won
    the 1997 Grammy for Best Album"; a nomination beside the win of the same category too.
    """
    result: list[AwardRecord] = []
    for award in awards:
        for index, other in enumerate(result):
            fuller, less = (other, award) if _is_within(award, other) else (award, other)
            if _is_within(less, fuller):
                result[index] = replace(fuller, said=merged(fuller.said, less.said))
                break
        else:
            result.append(award)
    return result


def _is_within(less: AwardRecord, fuller: AwardRecord) -> bool:
    """Tell whether all that one result says is said by another."""
    if less.said.manner.is_asserted != fuller.said.manner.is_asserted or _subject(less) != _subject(fuller):
        return False
    if _is_row(less) and _is_row(fuller):  # lists of two papers may bear one name: "Best Albums of 1999"
        return False
    outcomes = (less.outcome.value, fuller.outcome.value)
    is_won = outcomes == ("nominated", "won") and less.category is not None
    if outcomes[0] != outcomes[1] and not is_won:
        return False
    pairs = ((less.category, fuller.category), (less.year, fuller.year), (less.rank, fuller.rank))
    return all(one is None or (other is not None and _key(one.value) == _key(other.value)) for one, other in pairs)


def _is_row(award: AwardRecord) -> bool:
    return award.said.evidence[0].rule == "award-table"


def _subject(award: AwardRecord) -> tuple[str, str, str]:
    known = concept("award", award.award.value)
    work = award.work.title.value if award.work else ""
    return known.label if known else _key(award.award.value), fold(work), fold(award.song.value if award.song else "")


def _key(value: object) -> str:
    return fold(str(value)).strip(".").removeprefix("the ")

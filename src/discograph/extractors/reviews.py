"""Ratings of the album: which medium gave it which score.

A sentence says it with a verb ("MEDIUM gave the album four stars", "it received 8/10 from MEDIUM"), with a
noun ("a score of 73 on MEDIUM", "in another five-star review"); lists and tables put the two side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, ListItem, Paragraph, Section, Span, Table, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import OTHER, album_titles, is_album
from discograph.extractors.media import known_media, media_before, media_behind
from discograph.lexicon import concept
from discograph.needles import Sieve
from discograph.records import Evidence, Findings, Record, ReviewRecord, Rule, Said, quoted
from discograph.values.patterns import DASH, NAME, fold, unquote
from discograph.values.scores import BARE, GRADE, STRONG, score_in_cell
from discograph.wordlists import section_kind

PROSE = Rule("prose-review", '"MEDIUM (reviewer NAME) gave the album SCORE", "it received SCORE from MEDIUM"')
NOUN = Rule(
    "prose-review-noun", '"a score of SCORE on MEDIUM", "in another SCORE review" in a clause that names MEDIUM'
)
LINE = Rule("review-line", '"MEDIUM (issue) – SCORE" or "MEDIUM (SCORE)" as a line of its own or in a field of reviews')
TABLE = Rule("review-table", "a row of a table with a column of sources and one of ratings (Template:Album ratings)")
RULES = (PROSE, NOUN, LINE, TABLE)

_GIVES = Sieve(
    r"\b(?:g[ai]ves?|giving|given|award(?:s|ed|ing)|assign(?:s|ed|ing)|rates|rated|rating(?= (?:it|the)\b)|graded"
    r"|scored|grant(?:s|ed|ing)|bestow(?:s|ed|ing)|accord(?:s|ed|ing(?! to\b)))\b"
)
_GETS = Sieve(r"\b(?:receiv(?:es?|ed|ing)|earn(?:s|ed|ing)?|got|garnered|gained|holds?|has|had|carries|scored)\b")
_PASSIVE = re.compile(r"\b(?:is|was|were|been|being)(?: also| later| only)? \Z")
_DENIED = re.compile(r"\b(?:not|never|would(?: have)?|could|might|should|may)\b[^,.;]{0,15}\Z|n[’']t \Z")
_NOUN = r"(?:rating|score|grade|mark|verdict|Metascore)"
_LEAD = (
    r"(?:(?:with|at|as) )?(?:an(?:other)? (?:[a-z-]+ ){0,3}?|a (?:[a-z-]+ ){0,3}?"
    r"|the (?:highest|maximum|top|full|same|lowest)(?: possible)? )?"
    rf"(?:{_NOUN}(?: of|:) (?:an? )?)?"
)
_WEAK_LEAD = rf"(?:(?:with )?(?:an?|the) (?:[a-z-]+ ){{0,3}}?)?{_NOUN}(?: of|:) (?:an? )?"
_END = (
    r"(?=\s?(?:[,;.:()]|\Z|(?:and|in|for|based|from|on|at|out|rating|grade|saying|stating|calling|with|by|while|but"
    rf"|{_NOUN})\b))"
)
_OBJECT = r"(?:(?P<object>[^\s;][^;]{0,150}?),? )??"
_STRONG = re.compile(rf"(?: also| each)? {_OBJECT}{_LEAD}(?P<score>{STRONG})", re.IGNORECASE)
_WEAK = re.compile(
    rf"(?: also| each)? {_OBJECT}(?:{_WEAK_LEAD}(?P<score>{GRADE}|{BARE})|(?:an? )?(?P<grade>{GRADE}"
    rf"|\d{{1,2}}\.\d)){_END}"
)
_AND_SCORE = re.compile(rf"(?:,|,? and) (?:an? )?(?P<score>{STRONG}|{GRADE})(?= (?:from|by|in|on) )")
_OF_SCORE = Sieve(rf"\b{_NOUN} of (?:an? )?(?P<score>{STRONG}|{BARE}{_END})")
_SCORE_REVIEW = Sieve(
    rf"\b(?:an?|another|its|his|her|their|the) (?:[a-z]+ ){{0,2}}?(?P<score>{STRONG})[ -](?:review|rating)\b"
)
_QUOTE = re.compile(r"(?<![^\s(\[—–-])[\"“](?=\S)[^\"“”]{8,}?(?<=\S)[\"”](?!\w)")
_OBJECT_IS_ALBUM = re.compile(
    r"(?:it|them|both (?:albums|volumes|records|discs)|(?:the|this) (?:(?!" + OTHER + r")\S+ ){0,3}?(?:album|record"
    r"|recording|LP|EP|CD"
    r"|disc|soundtrack|mixtape|set|session|release|reissue|edition|compilation|collection|package))(?: itself| as)?"
)


def extract(document: Document) -> Findings:
    """Return a rating for each medium and score that prose, lists, tables and infobox fields name."""
    records: list[Record] = []
    for box in document.infoboxes:
        for field in box.fields:
            if re.fullmatch(r"(?:professional )?(?:reviews?|ratings?)", field.key.value, re.IGNORECASE):
                records += (
                    r for part in field.value.split(re.compile(r",\s+|\n|\s*<br ?/?>")) for r in _line(part, True)
                )
    for section in document.lead.walk():
        for block in section.blocks:
            if isinstance(block, Table):
                records += _table(block)
            else:
                records += _block(block, section, document)
    return Findings(tuple(records))


def _block(block: Paragraph | ListItem, section: Section, document: Document) -> Iterator[ReviewRecord]:
    heading = section.heading.value if section.heading else ""
    in_reviews = section_kind(heading) == "reception" or bool(re.search(r"\b(?:[Rr]eviews|[Rr]atings)\b", heading))
    line = list(_line(block.text, in_reviews))
    if line:
        yield from line
        return
    before: Text | None = None
    for sentence in sentences(block.text):
        yield from _sentence(sentence, before, document)
        before = sentence


def _sentence(sentence: Text, before: Text | None, document: Document) -> Iterator[ReviewRecord]:
    """Yield the ratings of a sentence; words inside its quotations say none."""
    hidden = Text(_QUOTE.sub(lambda m: "\0" * len(m[0]), sentence.value), sentence.pieces, sentence.wide)
    read: list[tuple[int, int]] = []
    for medium, start, end in _by_verb(hidden, read, before, document):
        yield _record(medium, sentence.cut(start, end), PROSE)
    for pattern in (_OF_SCORE, _SCORE_REVIEW):
        for match in pattern.finditer(hidden.value):
            if not _is_read(match.start("score"), read):
                for medium in _media_of_noun(hidden, match, document):
                    yield _record(medium, sentence.group(match, "score"), NOUN)


def _is_read(at: int, read: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in read)


def _by_verb(
    text: Text, read: list[tuple[int, int]], before: Text | None, document: Document
) -> Iterator[tuple[Text, int, int]]:
    """Yield medium and place of each score that a verb gives; ``read`` gets the places, other works' too."""
    for verb in sorted([*_GIVES.finditer(text.value), *_GETS.finditer(text.value)], key=lambda m: m.start()):
        match = _STRONG.match(text.value, verb.end()) or _WEAK.match(text.value, verb.end())
        if not match or _DENIED.search(text.value[: verb.start()]):
            continue
        start, end = match.span("score" if match["score"] else "grade")
        media = None if _is_read(start, read) else _media_of_verb(text, verb, match, end, document)
        if media is None:
            continue
        read.append((start, end))
        yield from ((medium, start, end) for medium in media or _carried(text, match, before, document))
        if media and media[0].span().start > text.offset(start):  # "… from one and four stars from another"
            for more in _AND_SCORE.finditer(text.value, end):
                read.append(more.span("score"))
                yield from ((medium, *more.span("score")) for medium in media_behind(text, more.end(), document))


def _record(medium: Text, score: Text, rule: Rule) -> ReviewRecord:
    one, other = medium.span(), score.span()
    whole = Evidence(Span(min(one.start, other.start), max(one.end, other.end)), rule.name)
    return ReviewRecord(Said(None, (whole,)), quoted(medium, rule), quoted(score, rule).of(unquote(score.value)))


def _media_of_verb(
    text: Text, verb: re.Match[str], match: re.Match[str], end: int, document: Document
) -> list[Text] | None:
    """Return the media that give the score, [] where the clause names none; None if it is not the album's."""
    words = text.value
    is_given = bool(_PASSIVE.search(words[: verb.start()]))
    given_to = match["object"]
    behind = re.compile(r" to (?P<work>[^,.;:]+)").match(words, end)
    if given_to and _GETS.fullmatch(verb[0]) and verb[0] != "scored":
        return None
    if given_to and not is_rated(given_to, document):
        return [] if _is_other_work(given_to) else None
    if behind and not given_to and not is_rated(behind["work"], document, is_start=True):
        return []
    if is_given or (_GETS.fullmatch(verb[0]) and not given_to):
        if not _ends_with_album(words[: verb.start()], document):
            return None
        return media_behind(text, end, document) or media_before(text, verb.start(), document)
    return media_before(text, verb.start(), document) or media_behind(text, end, document)


def is_rated(words: str, document: Document, *, is_start: bool = False) -> bool:
    """Tell whether words that say what was rated are the album of the page."""
    match = _OBJECT_IS_ALBUM.match(words) if is_start else _OBJECT_IS_ALBUM.fullmatch(words)
    plain = unquote(words.strip(" ,"))
    return bool(match) or is_album(plain, document) or (is_start and fold(plain).startswith(album_titles(document)))


def _is_other_work(words: str) -> bool:
    """Tell whether the words name another thing that was rated, and not a longer clause."""
    return len(words.split()) < 7


_SUBJECT_END = re.compile(
    r"(?:,? which| that)?(?: (?:has|have|had|is|was|were|been|being|also|later|only|currently|then))*\s*\Z"
)


def _ends_with_album(before: str, document: Document) -> bool:
    """Tell whether the words before a verb end with the album of the page as its subject."""
    subject = before[: _SUBJECT_END.search(before.rstrip()).start()].rstrip(" ,")  # type: ignore[union-attr]
    if re.search(r"(?:\A|[,;(]\s|\b(?:and|but|while|where|\d{4}) )(?:[Ii]t|[Tt]he|[Tt]his)\Z|\b[Ii]t\Z", subject):
        return True
    tail = re.search(r"(?:\A|[\s,;(])(?P<noun>(?:[Tt]he|[Tt]his) (?:\S+ ){0,2}?\S+)\Z", subject)
    if tail and _OBJECT_IS_ALBUM.fullmatch(tail["noun"][:1].lower() + tail["noun"][1:]):
        return not re.search(r"\b(?:of|on|from|for|with|by) \Z", subject[: tail.start("noun")])
    folded = fold(subject).strip("\"'")
    return any(
        folded == title or re.search(rf"(?:\A|[,;] |\b\d{{4}} ){re.escape(title)}\Z", folded)
        for title in album_titles(document)
    )


def _carried(text: Text, match: re.Match[str], before: Text | None, document: Document) -> list[Text]:
    """Return the one medium of the sentence before, where "He", "She" or "The magazine" rates the album."""
    if before is None or not _CARRIES.match(text.value):
        return []
    if match["object"] and not is_rated(match["object"], document):
        return []
    media = known_media(before)
    return media if len(media) == 1 else []


_CARRIES = re.compile(r"(?:He|She|They|The (?:magazine|site|website|paper|publication|reviewer)) ")


def _media_of_noun(text: Text, match: re.Match[str], document: Document) -> list[Text]:
    if match.re is _SCORE_REVIEW.compiled and (media := media_behind(text, match.end(), document)):
        return media
    if (
        match.re is _OF_SCORE.compiled
        and re.match(r" (?:from|on|at|by) ", text.value[match.end() :])
        and (media := media_behind(text, match.end(), document))
    ):
        return media
    media = media_before(text, match.start(), document) or media_behind(text, match.end(), document)
    return [medium for medium in media if match.re is _SCORE_REVIEW.compiled or concept("publication", medium.value)]


_LINE = re.compile(
    rf"(?P<medium>(?:The )?(?>{NAME})(?:(?:,? (?:and|of|the|on|in|for|to|&)){{1,3}} (?>{NAME})){{0,3}})"
    rf"(?:(?:\s?\([^()]*\))?(?:\s?[{DASH}:]+)?\s(?P<rating>(?i:{STRONG})|{GRADE})(?=\s?(?:[{DASH}(,;.:\"“]|link|\Z))"
    r"|\s?\((?P<score>[^()]{1,12}|[1-3]-star Honorable Mention)\))"
)
_NUMBER_BEHIND = re.compile(rf"(?P<medium>[^\d(]{{1,40}}?)\s(?P<rating>(?i:{STRONG}))(?=\s?(?:[,;.(]|link|\d|\Z))")


def _line(text: Text, in_reviews: bool) -> Iterator[ReviewRecord]:
    """Yield the rating of a line "MEDIUM (issue) – SCORE – …"; outside a section of reviews the lexicon decides."""
    match = _LINE.match(text.value) or _NUMBER_BEHIND.match(text.value)
    if not match or len(match["medium"].split()) > 8:
        return
    group = "score" if match.groupdict().get("score") else "rating"
    if not (concept("publication", match["medium"]) or (in_reviews and group == "score")):
        return
    score = text.group(match, group)
    if score_in_cell(score.value) and not re.fullmatch(r"\d{4}|[A-Z]{2,}|\d{1,2}", score.value):
        yield _record(text.group(match, "medium"), score, LINE)


_SOURCES = ("source", "publication", "reviewer", "critic", "publisher", "review", "reviews")
_RATINGS = ("rating", "ratings", "score", "grade")


def _table(table: Table) -> Iterator[ReviewRecord]:
    """Yield the ratings of a table; a header may stand in the middle too ("Review scores")."""
    columns: tuple[int, int] | None = None
    for row in table.rows:
        heads = [fold(cell.value) for cell in row]
        source = [i for i, head in enumerate(heads) if head in _SOURCES]
        rating = [i for i, head in enumerate(heads) if head in _RATINGS]
        if source and rating:
            columns = source[0], rating[0]
        elif columns and len(row) > max(columns) and row[columns[0]]:
            medium, score = row[columns[0]], row[columns[1]]
            if value := score_in_cell(score.value):
                medium = medium.cut(0, len(re.sub(r"(?:\s*\[[^\[\]]*\])+\Z", "", medium.value)))
                record = _record(medium, score, TABLE)
                yield ReviewRecord(record.said, record.publication, record.score.of(value))

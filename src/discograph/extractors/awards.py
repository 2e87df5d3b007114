"""Prose about awards: what was nominated, honoured or taken into a hall of fame, when and in which category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.award_phrases import (
    CATEGORY_START,
    AwardName,
    Category,
    award_names,
    categories,
    coordinated,
    may_name_awards,
    year_of,
)
from discograph.extractors.award_works import PAGE, Work, is_about_other, subject_work, work_behind
from discograph.extractors.base import LEAD_SUBJECT, is_album, is_denied, manner_of
from discograph.records import AlbumMention, AwardRecord, Findings, Manner, Record, Rule, Said, quoted, say
from discograph.values.patterns import UPPER, unquote

AWARD = Rule("prose-award", '"(work) received / won / was nominated for the YEAR AWARD (in YEAR)", "at the AWARD"')
CATEGORY = Rule(
    "prose-award-category",
    'what follows "for", ":" or "in the category of" behind an award, or precedes "at the AWARD"',
)
WORK = Rule(
    "prose-award-work", 'the subject of the sentence, or "for WORK" at its end, is the work that the award went to'
)
INDUCTED = Rule("prose-inducted", '"(work) was inducted into / added to the Hall of Fame or register (in YEAR)"')
ADJECTIVE = Rule("prose-award-adjective", '"is an AWARD-winning album", "the AWARD-nominated "SONG""')
RULES = (AWARD, CATEGORY, WORK, INDUCTED, ADJECTIVE)

_VERB = re.compile(
    r"\b(?P<nominated>nominated|shortlisted|up for)\b"
    r"|\b(?P<inducted>inducted into|(?:added|entered|admitted) (?:in)?to|(?:selected"
    r"|chosen)(?: by [^,.;]{1,80}?)? (?:for (?:preservation|inclusion)"
    r" in|to be (?:added|preserved) (?:to|in))|preserved in|entered(?= the))\b"
    r"|\b(?P<won>won|wins|winning|received|receives|receiving|earned|earning|earns|took(?: home)?|captured"
    r"|claimed|scooped|garnered|gained"
    r"|picked up|got|awarded|given|honou?red with|awarded with|recipient of)\b"
)
_REGISTER = re.compile(r"Hall of Fame|Registry|Register|Archive")
_NUMBER = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|numerous|various|both|\d{1,2})\b"
)
_JOIN = re.compile(
    r"(?: (?:[Nn]ominations?|[Aa]wards?|[Pp]rizes?))?(?: in (?:19|20)\d\d)?(?:,? (?:respectively|for"
    r"|in the categor(?:y|ies)(?: of)?|in the|including(?: for)?)"
    r"|(?P<mark>\s?:|,| [–—-]))\s+(?:for )?(?:the )?"
)
_ADJECTIVE = re.compile(r"[ -](?:Award[ -])?(?P<outcome>winning|nominated)\b")


def extract(document: Document) -> Findings:
    """Return the award results that prose tells of, for the album and for other works that it names."""
    records: list[Record] = []
    for text in filter(may_name_awards, document.paragraphs()):
        before: Text | None = None
        for sentence in sentences(text):
            records += _results(sentence, before, document)
            before = sentence
    return Findings(tuple(records))


def _results(sentence: Text, before: Text | None, document: Document) -> Iterator[Record]:
    names = award_names(sentence, 0, len(sentence))
    if not names or (re.match(r"(?:It|In \d{4},? it)\b", sentence.value) and is_about_other(before)):
        return
    yield from _adjectives(sentence, names, document)
    verbs = [m for m in _VERB.finditer(sentence.value) if not any(n.start <= m.start() < n.end for n in names)]
    work: Work | None = None
    at = 0
    for number, verb in enumerate(verbs):
        end = verbs[number + 1].start() if number + 1 < len(verbs) else len(sentence)
        tied = [name for name in names if name.end + 1 == verb.start()]  # "was Grammy nominated for"
        has_subject, own = subject_work(sentence, at, tied[0].start if tied else verb.start(), document)
        if has_subject:
            work = own
        elif number == 0:
            work = _first_subject(sentence, document)
        if not is_denied(sentence.value[at : verb.end()]):
            clause = (0, verbs[0].start()) if number == 0 or not has_subject else (at, verb.start())
            yield from _verb(_Place(sentence, verb, clause, end), tied, work, document)
        at = verb.end()


def _first_subject(sentence: Text, document: Document) -> Work | None:
    """Return the subject that a sentence opens with: "The album was … and selected for …"."""
    match = re.match(
        r"(?:(?:In|On|At|By|For|Because)\b[^,]*, )?(?P<subject>\S.{0,80}?) (?:is|was|has|had|went|\w+ed|sold|spent)\b",
        sentence.value,
    )
    return PAGE if match and is_album(unquote(match["subject"]), document) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A verb in its sentence: where its clause opens, and where the next verb or the sentence ends its own."""

    sentence: Text
    verb: re.Match[str]
    clause: tuple[int, int]
    end: int


def _verb(place: _Place, tied: list[AwardName], work: Work | None, document: Document) -> Iterator[Record]:
    """Yield the results that one verb tells of: one for each category, or for each award without one."""
    sentence, verb, end = place.sentence, place.verb, place.end
    inside = award_names(sentence, verb.end(), end)
    fronted = award_names(sentence, 0, verb.start()) if re.match(r"(?:At|In) the\b", sentence.value) else []
    names = tied or list(coordinated(inside, sentence)) or fronted[:1]
    if not names or re.search(r"[.;]\s", sentence.value[verb.end() : max(verb.end(), names[0].start)]):
        return
    if verb["inducted"]:
        if _REGISTER.search(names[0].text.value):
            yield from _records(place, names[:1], "inducted", [], work)
        return
    listed = _listed(sentence, verb, names, end, document)
    if not listed and (names[0].start < verb.start() or (_is_several(sentence, verb, names) and len(names) == 1)):
        return
    behind = work_behind(sentence, listed[-1].end if listed else names[-1].end, document)
    if behind and (work is None or behind.kind != "page"):
        work = behind
    yield from _records(place, names, _outcome(sentence, verb, names[0]), listed, work)


def _outcome(sentence: Text, verb: re.Match[str], award: AwardName) -> str:
    near = (
        sentence.value[verb.end() : award.end + 14]
        if award.start > verb.end()
        else sentence.value[verb.end() : verb.end() + 40]
    )
    return "nominated" if verb["nominated"] or re.search(r"\bnominations?\b", near, re.IGNORECASE) else "won"


def _is_several(sentence: Text, verb: re.Match[str], names: list[AwardName]) -> bool:
    """Tell whether the text speaks of several awards or of a ceremony, so that without a category none is told."""
    between = sentence.value[verb.end() : names[0].start]
    return (
        names[-1].is_plural
        or bool(_NUMBER.search(between))
        or bool(re.search(r"\bat (?:the )?(?:\S+ ){0,3}\Z", between))
    )


def _listed(
    sentence: Text, verb: re.Match[str], names: list[AwardName], end: int, document: Document
) -> list[Category]:
    """Return the categories of a verb: behind the award, or between verb and award ("won A and B at the AWARD")."""
    first = names[0]
    if first.start < verb.start():  # "At the AWARD it …, winning for CATEGORY"
        match = re.compile(r" (?:for |in )?(?:the )?").match(sentence.value, verb.end())
        return categories(sentence, match.end(), document) if match and _opens(sentence, match.end()) else []
    between = re.compile(rf"(?:[\"“]?{CATEGORY_START}|[\"“‘'](?=[{'A-Z'}]))").search(
        sentence.value[: first.start], verb.end()
    )
    if between and re.search(r"\b(?:at|in|from) (?:the )?", sentence.value[between.start() : first.start]):
        return categories(sentence, between.start(), document)
    if named := _NAMED_CATEGORY.match(sentence.value, verb.end(), first.start):
        return [Category(sentence.group(named, "category"), named.end())]
    join = _JOIN.match(sentence.value[:end], names[-1].end)
    if join and (_opens(sentence, join.end()) or not join["mark"]):
        return categories(sentence, join.end(), document)
    return []


_NAMED_CATEGORY = re.compile(
    rf" (?:in )?the (?P<category>[{UPPER}][\w&'’ /-]{{2,50}}?) category (?:at|of|in) (?:the )?(?:\S+ ){{0,3}}\Z"
)


def _opens(sentence: Text, at: int) -> bool:
    return bool(re.match(rf"[\"“]|{CATEGORY_START}|best ", sentence.value[at:]))


def _records(
    place: _Place, names: list[AwardName], outcome: str, listed: list[Category], work: Work | None
) -> Iterator[Record]:
    sentence, verb = place.sentence, place.verb
    rule = INDUCTED if outcome == "inducted" else AWARD
    manner = manner_of(sentence.value[place.clause[0] : max(verb.end(), names[0].end)])
    if not manner.is_asserted and manner is not Manner.HEDGED:
        return
    year_text = year_of(sentence, names[0], place.clause, place.end)
    year = quoted(year_text, rule, manner) if year_text else None
    for name in names if not listed else names[:1]:
        for category in listed or (None,):
            what = Work("song", category.song, category.song.value) if category and category.song else work
            if what is None:
                continue
            stop = max(name.end, category.end if category else 0, verb.end())
            whole = sentence.cut(min(verb.start(), name.start), stop)
            said = say(None, whole.cut(0, len(whole.value.rstrip(".,"))), rule, manner)
            yield _record(said, quoted(name.text, rule, manner), outcome, category, year, what)


def _record(
    said: Said[None], award: Said[str], outcome: str, category: Category | None, year: Said[str] | None, work: Work
) -> AwardRecord:
    named = quoted(category.text, CATEGORY, said.manner) if category else None
    return record_of(said, award, outcome, named.of(unquote(named.value)) if named else None, year, work)


def record_of(
    said: Said[None],
    award: Said[str],
    outcome: str,
    category: Said[str] | None,
    year: Said[str] | None,
    work: Work,
    rank: Said[int] | None = None,
) -> AwardRecord:
    """Return the record of a result for a work."""
    album = AlbumMention(quoted(work.text, WORK).of(work.title)) if work.kind == "album" and work.text else None
    song = quoted(work.text, WORK).of(work.title) if work.kind == "song" and work.text else None
    return AwardRecord(said, award, said.of(outcome), category, year, album, song, rank)


def _adjectives(sentence: Text, names: list[AwardName], document: Document) -> Iterator[Record]:
    """Yield what "AWARD-winning" and "AWARD-nominated" say of the album in its lead, or of a song in quotes."""
    for name in names:
        match = _ADJECTIVE.match(sentence.value, name.end)
        if not match:
            continue
        outcome = "nominated" if match["outcome"] == "nominated" else "won"
        song = re.compile(r" (?:song |single |track )?[\"“](?P<title>[^\"“”]+)[\"”]").match(sentence.value, match.end())
        lead = LEAD_SUBJECT.match(sentence.value)
        said = say(None, sentence.cut(name.start, match.end()), ADJECTIVE)
        award = quoted(name.text, ADJECTIVE)
        if song:
            work = Work("song", sentence.group(song, "title"), song["title"].rstrip(".,"))
        elif (
            lead
            and lead.start("description") < name.start < lead.end("head")
            and is_album(unquote(lead["title"]), document)
        ):
            inside = sentence.value[lead.start("description") : lead.end("head")]
            if re.search(r"['’]s?\s|\b(?:by|from|of)\b", inside):
                continue
            work = PAGE
        else:
            continue
        yield _record(said, award, outcome, None, None, work)

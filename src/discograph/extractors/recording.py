"""Prose and notes that say when and where the album was recorded.

A clause with "recorded" names dates, places and tracks in any order: "Recorded at PLACE in TOWN on DATE
(tracks 1–4) and DATE (tracks 5–8)". Dates and places are paired by their order, tracks belong to the date
before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document import Document, ListItem, Paragraph, Section, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import album_lead, days_of, is_album, lead_first, located, manner_of, place_kind
from discograph.extractors.recording_lands import town_or_land, without_lands
from discograph.extractors.recording_voices import ACTIVE, OPENED, active, opening, with_release
from discograph.extractors.session_nouns import named_sessions
from discograph.extractors.session_titles import NOTED_TRACKS, TITLES, titled_days
from discograph.needles import Sieve
from discograph.records import Findings, Manner, PlaceRecord, Record, Rule, Said, SessionRecord, TrackScope, say
from discograph.values.dates import FoundDate, find_dates, members_of
from discograph.values.patterns import NAME, unquote
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import section_kind, words

DATE = Rule("prose-recorded-date", '"(the album) was recorded … on DATE", "Recorded DATE" in the track section')
PLACE = Rule("prose-recorded-place", '"recorded … at PLACE in TOWN"')
TRACKS = Rule("prose-recorded-tracks", 'track numbers behind a date of recording, or before "recorded"')
RULES = (DATE, PLACE, TRACKS)

_MONTHS = sorted(words("months"))
_VERB = r"(?:recorded|taped|recording took place|recordings made)"
_ADVERB = r"(?:[a-z]+ly|all|both|first|later|mostly)"
_RECORDED = Sieve(
    rf"\A(?:(?:Although|Though|While) )?(?P<subject>[^,;:]{{1,80}}?) (?:was|were) (?:{_ADVERB} )?"
    rf"(?:[a-z]+ed(?: [^;:]{{1,80}}?)?,? and (?:was |were )?)?(?P<verb>{_VERB})\b"
)
_OPENED = Sieve(
    r"\A(?:[A-Z][a-z]+ed|His|Her|Their) [^;:]{2,80}?,[\"”]? (?P<subject>it|the (?:album|record|LP|recording)) was "
    rf"(?P<verb>{_VERB})\b"
)
"""In the lead: "Produced by NAME, it was recorded …"; elsewhere "it" may be a song."""
_TOOK_PLACE = Sieve(
    r"\A(?:(?:The|Its|All) )?(?P<verb>(?:[Rr]ecording(?:s|ing sessions?)?(?: sessions?)?|[Ss]essions?)"
    r" (?:took place|was made|were made|was held|were held|occurred))\b"
)
_FEATURES = Sieve(
    rf"(?P<subject>[^,;:]{{1,80}}?) (?:features?|contains?|consists of|comprises?|documents?|captures?) [^;]*?,? "
    rf"(?P<verb>{_VERB})"
    r"(?= (?:live )?(?:at|in|on|between|over)\b)"
)
_IN_LEAD = Sieve(rf"\b(?P<verb>{_VERB})\b")
_NOTE = Sieve(
    rf"\A\W*(?:(?P<tracks>{NOTED_TRACKS}|[\"“][^\"”]{{1,300}}[\"”](?:,? (?:and )?[\"“][^\"”]{{1,300}}[\"”])*)"
    rf":? (?:were |was )?)?(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"; (?:and )?(?P<tracks>(?i:{NOTED_TRACKS}))(?: (?:were |was )?recorded(?= )| (?=(?:on|at|in) ))"
)
_OVERDUBS = re.compile(
    r"\bwith (?:[\w-]+ ){0,3}overdubs (?:(?:were |was )?(?:recorded|made|added|taped) )?(?=(?:at|in|on) )"
)
_EXCEPT = re.compile(
    rf",? (?:except|apart from|with the exception of)(?: for)?(?: that of)? (?=(?:{'|'.join(_MONTHS)}|\d{{1,2}}) )",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:on )?(?:all|the) (?:others?|other tracks|rest)|(?:all )?remaining tracks", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[;:]|(?<!\.[A-Z])(?<!\b[A-Z][a-z])\. | for (?=[a-z])(?!the [A-Z])|,? (?:but|while|which"
    rf"|featuring|with(?! {NAME}(?: and {NAME})? (?:at|in|on) )|after|before|except|that"
    rf"|during(?! (?:(?:early|mid|late) )?(?i:\d|{'|'.join(_MONTHS)}))"
    rf"|by(?! {NAME} (?:at|in) )|(?:in the midst|at the height|at the end|at the time) of"
    r"|(?:on|at|in|during|from) the same [a-z]+ as) "
    r"|,? and (?:was |then )?"
    r"(?:re-?)?(?:released|issued|first)\b"
    r"|, (?:re-?)?(?:released|issued)\b|,? and (?:features?|is|it|contains?|includes?|was)\b"
)
_AT = re.compile(
    rf"\b(?P<preposition>at|in) (?:the )?(?P<place>[Tt]he {NAME}|{NAME})"
    rf"(?:(?:,| in|, in) (?:the )?(?P<town>{NAME}(?:, {NAME}|, [A-Z]\.[A-Z]\.)*))?"
)
_LIST_GOES_ON = re.compile(rf" (?:and )?(?:on )?(?:\d{{1,2}} )?(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)
_QUALIFIER = re.compile(r"\((?P<inside>[^()]*)\)")
_EARLIER = re.compile(r"\b(?:previously|first|second|third|last|originally|later|also|never|another|other)\b")


_PATTERNS = (_RECORDED, _TOOK_PLACE, _NOTE, _FEATURES, TITLES, OPENED, ACTIVE)


@dataclass(slots=True)
class _Member:
    """One date of a clause with what hangs on it."""

    date: FoundDate
    place: PlaceRecord | None = None
    scope: Said[TrackScope] | None = None


def extract(document: Document) -> Findings:
    """Return a session for each date or place at which the text says that the album was recorded."""
    records: list[Record] = []
    titles = _titles(document)
    for section in document.lead.walk():
        kind = section_kind(section.heading.value) if section.heading else None
        is_listing = kind in ("track-listing", "personnel") or (
            kind is None and any(section in top.walk() for top in _listings(document))
        )
        for block in section.blocks:
            if isinstance(block, Paragraph | ListItem):
                for sentence in lead_first(block.text, document, *_PATTERNS):
                    is_lead = section.heading is None
                    if first := opening(sentence, document, is_lead=is_lead):
                        records += _read(first, None, manner_of(first.value))
                        continue
                    opened = _OPENED.match(sentence.value) if is_lead else None
                    records += _sessions(sentence, document, opened, is_listing=is_listing)
                    records += () if is_listing or kind == "reception" else _titled(sentence, titles)
    if not any(isinstance(record, SessionRecord) and record.date for record in records):
        records += named_sessions(document, DATE)
    return Findings(tuple(records))


def _titles(document: Document) -> frozenset[str]:
    """Return the titles in quotes of the track listing, case-folded."""
    blocks = (b for section in _listings(document) for part in section.walk() for b in part.blocks)
    lines = (block.text.value for block in blocks if isinstance(block, Paragraph | ListItem))
    return frozenset(title.casefold() for line in lines for title in re.findall(r"[\"“]([^\"“”]+)[\"”]", line))


def _titled(sentence: Text, titles: frozenset[str]) -> Iterator[SessionRecord]:
    for day in titled_days(sentence, titles):
        date = say(day.edtf, day.date, DATE, manner_of(sentence.value))
        yield SessionRecord(date.of(None), date, scope=say(day.scope, day.titles, TRACKS))


def _listings(document: Document) -> Iterator[Section]:
    for section in document.lead.sections:
        if section.heading and section_kind(section.heading.value) in ("track-listing", "personnel"):
            yield section


def _sessions(
    sentence: Text, document: Document, opened: re.Match[str] | None, *, is_listing: bool
) -> Iterator[SessionRecord]:
    match = opened or _RECORDED.match(sentence.value) or _TOOK_PLACE.match(sentence.value)
    tracks = None
    if match and "subject" in match.groupdict() and not _is_subject(match["subject"], document):
        match = None
    if match is None and is_listing and (match := _NOTE.match(sentence.value)) and match["tracks"]:
        tracks = _scope(sentence.group(match, "tracks"))
    if match is None:
        match = _lead(sentence, document) or _features(sentence, document) or active(sentence, document)
    if match is None:
        return
    if shared := with_release(sentence, match.start("verb")):
        yield from _read(shared, None, manner_of(sentence.value[: match.end()]))
        return
    start = match.end("verb")
    clause = sentence.cut(match.start("verb"), _end(sentence.value, start))
    manner = manner_of(sentence.value[: match.end()])
    if not is_listing or not _NOTE.match(sentence.value):
        clause = clause.cut(0, len(clause.value.rstrip(".")))
    yield from _read(clause, tracks, manner)
    if tracks:
        yield from _further(sentence, manner)
    other = _OVERDUBS.search(sentence.value, match.end()) or _EXCEPT.match(sentence.value, sentence.find(clause)[1])
    if other:
        added = sentence.cut(other.end(), _end(sentence.value, other.end()))
        yield from _read(added.cut(0, len(added.value.rstrip("."))), None, manner)


def _further(sentence: Text, manner: Manner) -> Iterator[SessionRecord]:
    """Yield the sessions of what a note goes on with: "Tracks 1–3 recorded on DATE; tracks 4, 5 on DATE"."""
    for match in _GOES_ON.finditer(sentence.value):
        stop = sentence.value.find(";", match.end())
        clause = sentence.cut(match.end(), stop if stop > 0 else len(sentence.value.rstrip(".")))
        yield from _read(clause, _scope(sentence.group(match, "tracks")), manner)


_MUSIC = re.compile(
    r"(?:The (?:performances?|recordings?|music|sessions?|concerts?|material|tracks)"
    r"|All (?:of the )?(?:tracks|songs|selections|pieces|compositions|sessions|performances))\Z"
)


def _is_subject(subject: str, document: Document) -> bool:
    return bool(_MUSIC.match(subject)) or is_album(unquote(subject), document)


def _lead(sentence: Text, document: Document) -> re.Match[str] | None:
    """Return where the first sentence of the article says "recorded" of its album."""
    lead = album_lead(sentence, document)
    match = _IN_LEAD.search(sentence.value, lead.end("verb")) if lead else None
    if match and not _EARLIER.search(sentence.value[max(0, match.start() - 25) : match.start()]):
        return match
    return None


def _features(sentence: Text, document: Document) -> re.Match[str] | None:
    """Return where "The album features NAMES, recorded at …" says "recorded"."""
    match = _FEATURES.match(sentence.value)
    return match if match and is_album(unquote(match["subject"]), document) else None


def _end(sentence: str, start: int) -> int:
    """Return where the clause ends: the "and" of "December 4 and 5" ends none."""
    dates = find_dates(_masked(sentence))
    for match in _CLAUSE_END.finditer(sentence, start):
        if match[0] == ";" and _LIST_GOES_ON.match(sentence, match.end()):
            continue
        if not any(date.start < match.start() < date.end for date in dates) and not _bracketed(sentence, match.start()):
            return match.start()
    return len(sentence)


def _bracketed(value: str, index: int) -> bool:
    return value.count("(", 0, index) > value.count(")", 0, index)


def _masked(value: str) -> str:
    return _QUALIFIER.sub(lambda match: " " * len(match[0]), value)


def _read(clause: Text, tracks: Said[TrackScope] | None, manner: Manner) -> Iterator[SessionRecord]:
    """Yield the sessions of a clause: one for its dates together, or one each where they differ."""
    masked = _masked(clause.value)
    found = find_dates(masked)
    members = [_Member(member) for date in found for member in members_of(masked, date)]
    places = without_lands(list(_places(clause, masked, found)))
    if not members:
        if places:
            yield SessionRecord(say(None, clause, DATE, manner), None, (), places[0][1], tracks)
        return
    _pair_places(members, places)
    _pair_scopes(clause, members, tracks)
    said = say(None, clause, DATE, manner)
    if len(found) == 1 and not any(m.scope != members[0].scope for m in members) and len(places) < 2:
        date = say(found[0].edtf, clause.cut(found[0].start, found[0].end), DATE, manner)
        yield SessionRecord(
            said, date, days_of(_text(clause, masked), found[0], DATE, manner), members[0].place, members[0].scope
        )
        return
    for member in members:
        date = say(member.date.edtf, clause.cut(member.date.start, member.date.end), DATE, manner)
        yield SessionRecord(said, date, (), member.place, member.scope)


def _text(clause: Text, masked: str) -> Text:
    return Text(masked, clause.pieces, clause.wide)


def _pair_places(members: list[_Member], places: list[tuple[int, PlaceRecord]]) -> None:
    """Give each date its place: one for all, else by order, else the last one before it."""
    for number, member in enumerate(members):
        if len(places) == 1:
            member.place = places[0][1]
        elif len(places) == len(members):
            member.place = places[number][1]
        elif places:
            before = [place for at, place in places if at < member.date.start]
            member.place = before[-1] if before else places[0][1]


def _pair_scopes(clause: Text, members: list[_Member], tracks: Said[TrackScope] | None) -> None:
    for member in members:
        member.scope = tracks
    last = 0
    numbers: list[int] = []
    for match in _QUALIFIER.finditer(clause.value):
        inside = clause.group(match, "inside") if match["inside"].strip() else None
        scope = _scope(inside) if inside else None
        numbers += scope.value.numbers if scope and not scope.value.is_excluded else ()
        if inside and numbers and _OTHERS.fullmatch(inside.value):
            scope = say(TrackScope(numbers=tuple(numbers), is_excluded=True, text=inside.value), inside, TRACKS)
        for member in members:  # all dates since the last qualifier: "14, 25 & 28 April (track 8)"
            if scope and last <= member.date.start < match.start():
                member.scope = scope
        last = match.end()


def _scope(text: Text) -> Said[TrackScope] | None:
    value = text.value
    if not re.match(
        r"(?:on )?(?:tracks?|songs?|sides?|dis[ck]s?|CD|all|[A-H]\d|[\"“]|#?\d{1,2}(?:\D|\Z))", value, re.IGNORECASE
    ):
        return None
    try:
        scope = parse_track_scope(value)
    except ValueParseError:
        return None
    return say(scope, text, TRACKS) if scope else None


def _places(clause: Text, masked: str, dates: list[FoundDate]) -> Iterator[tuple[int, PlaceRecord]]:
    """Yield the places of a clause with where they stand; a month is no place."""
    at = 0
    while match := _AT.search(masked, at):
        at = match.end("place")
        inside = [date for date in dates if date.start <= match.start("place") < date.end]
        if inside:
            at = inside[0].end
            continue
        name, town = clause.group(match, "place"), None
        if match["town"] and not any(date.start <= match.start("town") < date.end for date in dates):
            town = _town(clause, match, dates)
            at = match.end("town")
        is_town = match["preposition"] == "in" and place_kind(name.value, "Place") == "Place"
        if is_town:
            stop = match.end("town") if town else match.end("place")
            if place := town_or_land(clause, match.start("place"), stop, PLACE):
                yield match.start(), place
            continue
        yield match.start(), located(name, town, PLACE, place_kind(name.value, "Venue"))


def _town(clause: Text, match: re.Match[str], dates: list[FoundDate]) -> Text:
    """Return the town of a place, cut where a date begins ("in New York City, March 17")."""
    stop = min([date.start for date in dates if date.start > match.start("town")] + [match.end("town")])
    town = clause.cut(match.start("town"), stop)
    return town.cut(0, len(town.value.rstrip(" ,")))

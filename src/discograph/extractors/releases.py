"""Prose about releases: who put the album on sale, where, when and in what form.

A clause about the album with "released", "issued" or "became available" makes one release event; its
parts are the phrases that hang on the verb, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import is_album, manner_of, territory
from discograph.records import (
    AlbumMention,
    Findings,
    Manner,
    PlaceRecord,
    Record,
    ReleaseEventRecord,
    Rule,
    Said,
    quoted,
    say,
)
from discograph.values.carriers import carrier_pattern
from discograph.values.dates import find_dates
from discograph.values.patterns import NAME, unquote
from discograph.wordlists import country, words

RELEASED = Rule("prose-released", 'a clause about the album with "released", "issued" or "became available"')
DATE = Rule("prose-release-date", "the date in a clause about a release")
TERRITORY = Rule("prose-release-territory", '"released in COUNTRY", "released internationally"')
LABEL = Rule("prose-release-label", '"released by / on / through LABEL (Records / label)"')
KIND = Rule("prose-release-kind", '"first / originally released", "re-released", "via import"')
FORMAT = Rule("prose-release-format", '"The CD edition", "released on CD" name the carrier')
HOST = Rule("prose-release-within", '"as side one of the album TITLE": the music came out as part of another album')
RULES = (RELEASED, DATE, TERRITORY, LABEL, KIND, FORMAT, HOST)

_ADVERB = r"(?:(?:first|originally|initially|subsequently|later|finally|then|also|commercially) )*"
_VERB = re.compile(
    rf"(?:(?:\b(?:was|were|is|been|being) |, )(?P<adverb>{_ADVERB}))(?P<verb>(?:re-?)?(?:released|issued))\b"
    r"|\b(?P<available>became (?:commercially )?available)\b|(?<=and )(?P<second>(?:re-?)?(?:released|issued))\b"
)
_EDITION_SUBJECT = re.compile(r"(?:The|A) (?P<edition>[\w\"'’ -]+?) (?:edition|version|release|issue|pressing)\Z")
_LABEL = re.compile(
    r"\b(?:by|through|on|via|for|with) (?:the |an? )?(?:(?:[a-z][\w-]* )*)"
    rf"(?P<label>{NAME}(?: (?:&|and) {NAME}(?= (?:label|Records)))?)(?P<noun> labels?| imprint)?"
)
_IN = re.compile(rf"\bin (?:the )?(?P<place>{NAME}|U\.S\.?(?:A\.?)?|U\.K\.?)|\b(?P<world>internationally|worldwide)\b")
_KIND = re.compile(
    r"\b(?:first|originally|initially)\b|\b(?P<again>re-?(?:released|issued)|reissued)\b"
    r"|\b(?:via|as an?|on) (?P<import>import)\b"
)
_HOST = re.compile(
    r"\bas (?:side (?P<side>one|two|three|four|[A-D1-4]) of|part of) (?:the |an? )?(?:\w+ )?"
    r"(?:albums?|LP|compilation|CD|set) (?P<title>[\"“]?[^,.;:()\"”]+[\"”]?)"
)
_SIDES = {
    "one": 1,
    "a": 1,
    "1": 1,
    "two": 2,
    "b": 2,
    "2": 2,
    "three": 3,
    "c": 3,
    "3": 3,
    "four": 4,
    "d": 4,
    "4": 4,
}


def extract(document: Document) -> Findings:
    """Return a release event for each clause that tells of a release of the album of the page."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _events(s, document)))


def _events(sentence: Text, document: Document) -> Iterator[Record]:
    verbs = list(_VERB.finditer(sentence.value))
    for number, match in enumerate(verbs):
        subject = _subject(sentence, verbs[0], document)
        if subject is None:
            return
        stop = verbs[number + 1].start() if number + 1 < len(verbs) else len(sentence)
        clause = sentence.cut(match.start(), _end(sentence.value, match.end(), stop))
        clause = clause.cut(0, len(clause.value.rstrip(".")))
        event = _event(sentence, clause, match, subject)
        if event:
            yield event


def _subject(sentence: Text, verb: re.Match[str], document: Document) -> str | None:
    """Return the subject of the release verbs if it is the album or an edition of it, else None."""
    before = sentence.value[: verb.start()].strip().rstrip(",")
    if is_album(unquote(before), document) or (
        (m := _EDITION_SUBJECT.match(before)) and carrier_pattern().search(m["edition"])
    ):
        return before
    head = re.match(r"(?P<subject>.{1,80}?) (?:is|was)\b", before)
    in_lead = (
        head
        and is_album(unquote(head["subject"]), document)
        and re.search(r"\b(?:album|soundtrack|EP|LP|mixtape|recorded)\b", before)
    )
    return before if in_lead else None


_STOP = re.compile(
    r"[;:]|\. |, (?:with|and (?:was|is)|which|who|after|featuring|containing|contains|includes|but)\b"
    r"| (?:with|after|featuring|containing|followed|alongside|to (?!the )|and (?:is|features?|contains?))\b"
)


def _end(value: str, start: int, stop: int) -> int:
    """Return where the clause of a release verb ends."""
    match = _STOP.search(value, start, stop)
    return match.start() if match else stop


def _event(sentence: Text, clause: Text, match: re.Match[str], subject: str) -> ReleaseEventRecord | None:
    manner = manner_of(clause.value)
    if manner == Manner.NEGATED:
        return None
    dates = find_dates(clause.value)
    date = say(dates[0].edtf, clause.cut(dates[0].start, dates[0].end), DATE, manner) if len(dates) == 1 else None
    host, side = _host(clause, manner)
    stop = clause.value.find(" as ") if host else len(clause)
    labels = tuple(_labels(clause.cut(0, stop), manner))
    where = _territory(clause)
    edition = _edition(sentence, clause, match)
    if not (date or labels or where):
        return None
    said = say(None, clause, RELEASED, manner)
    return ReleaseEventRecord(said, date, where, labels, _kind(clause, manner), edition, host, side)


def _labels(clause: Text, manner: Manner) -> Iterator[Said[str]]:
    """Yield the labels of a clause; a slash between two names is between two labels."""
    for match in _LABEL.finditer(clause.value):
        name = clause.group(match, "label")
        first = name.value.split(" ", 1)[0].casefold()
        if first in words("months") | words("shops") or country(name.value) or name.value[0].isdigit():
            continue
        for part in name.split(re.compile(r"(?<=[^\s\d])/(?=[^\s\d])")):
            yield quoted(part, LABEL, manner)
        return


def _territory(clause: Text) -> PlaceRecord | None:
    for match in _IN.finditer(clause.value):
        found = territory(clause.group(match, "place" if match["place"] else "world"), TERRITORY)
        if found:
            return found
    return None


def _kind(clause: Text, manner: Manner) -> Said[str] | None:
    match = _KIND.search(clause.value)
    if not match:
        return None
    kind = "import" if match["import"] else "reissue" if match["again"] else "first-release"
    return say(kind, clause.group(match, 0), KIND, manner)


def _edition(sentence: Text, clause: Text, match: re.Match[str]) -> Said[str] | None:
    """Return the carrier that the subject or "released on CD" names."""
    before = sentence.cut(0, match.start())
    named = _EDITION_SUBJECT.match(before.value.rstrip(","))
    if named and (carrier := carrier_pattern().search(before.value)):
        return quoted(before.group(carrier, 0), FORMAT)
    on = re.search(r"\b(?:on|as an?) (?:double |two-)?(?P<carrier>\S+)", clause.value)
    if on and (carrier := carrier_pattern().match(clause.value, on.start("carrier"))):
        return quoted(clause.group(carrier, 0), FORMAT)
    return None


def _host(clause: Text, manner: Manner) -> tuple[AlbumMention | None, Said[int] | None]:
    match = _HOST.search(clause.value)
    if not match:
        return None, None
    title = clause.group(match, "title")
    side = say(_SIDES[match["side"].casefold()], clause.group(match, 0), HOST, manner) if match["side"] else None
    return AlbumMention(quoted(title, HOST, manner).of(unquote(title.value))), side

"""What extractors share: editions, places and subjects of sentences as articles write them."""

from __future__ import annotations

import re
from functools import cache

from discograph.document import Document, Paragraph, Span, Text
from discograph.lexicon import concept
from discograph.records import EditionRecord, Evidence, Manner, PlaceRecord, Rule, Said, quoted, say
from discograph.values.carriers import carrier_pattern
from discograph.values.dates import FoundDate, members_of
from discograph.values.patterns import NAME, fold, unquote
from discograph.wordlists import country, words

_VENUE = re.compile(
    r"\b(?:Club|Hall|Theat(?:er|re)|Festival|Auditorium|Arena|Lounge|Caf[eé]|Opera|House|Ballroom|Centre|Center"
    r"|Church|Cathedral|Room|Gate|Bar|Gallery|University|College|Stadium|Hotel|Inn|Keystone|Birdland)\b"
)
_STUDIO = re.compile(r"\b(?:[Ss]tudios?|Recorders|Recording|Sound)\b")


def edition(name: Text, rule: Rule) -> EditionRecord | None:
    """Return the edition that words such as "original LP" or "CD" name; None if they name no carrier."""
    match = carrier_pattern().search(name.value)
    if not match:
        return None
    named = quoted(name.group(match, 0), rule, Manner.IMPLIED)
    original = re.search(r"\boriginal\b", name.value, re.IGNORECASE)
    kind = say("original-issue", name, rule, Manner.IMPLIED) if original else None
    return EditionRecord(quoted(name, rule, Manner.IMPLIED), named, kind)


def territory(text: Text, rule: Rule, manner: Manner = Manner.STATED) -> PlaceRecord | None:
    """Return the country or region that a text names; None if it names none that we know."""
    found = country(text.value)
    if not found:
        return None
    return PlaceRecord(say(found.label, text, rule, manner), "Place", found.name)


def place_kind(name: str, default: str) -> str:
    """Return the class of a place by the noun in its name, or the default where it has none."""
    if _STUDIO.search(name):
        return "Studio"
    return "Venue" if _VENUE.search(name) else default


def located(name: Text, town: Text | None, rule: Rule, kind: str, within: Manner = Manner.STATED) -> PlaceRecord:
    """Return a place and the town that it lies in, where one is named.

    Shape: ``within`` is the manner of saying that it lies there: implied by a comma, stated by "in".
    """
    if town is None:
        return PlaceRecord(quoted(name, rule), kind)
    both = Evidence(Span(name.span().start, town.span().end), rule.name)
    return PlaceRecord(
        quoted(name, rule), kind, "", PlaceRecord(quoted(town, rule), "Place"), Said(None, (both,), within)
    )


LEAD_SUBJECT = re.compile(
    r"(?P<title>\S.*?)(?:,? (?:also|sometimes|originally) [^,]+,|\s*\([^()]*\))*,? (?P<verb>is|was) "
    r"(?P<description>(?:an?|the|[\w']+'s?)\b[^.;:]*?\b(?P<head>album|soundtrack|EP|LP|mixtape|record|film score))s?\b"
)
"""The first sentence of an article about an album: "*Title* is a live album …" (MOS:LEAD)."""


def album_titles(document: Document) -> tuple[str, ...]:
    """Return the titles that the page gives its album, folded.

    They are the title lines of infoboxes, the page title without brackets, and, where the text has neither,
    the subject of the first sentence.
    """
    titles = [box.title.value for box in document.infoboxes if box.title]
    if document.has_exact_title:
        titles.append(re.sub(r"\s+\([^()]+\)\Z", "", document.page_title))
    if not (document.infoboxes or document.title):
        for block in document.lead.blocks[:3]:
            if isinstance(block, Paragraph) and (match := LEAD_SUBJECT.match(block.text.value[:400])):
                titles.append(unquote(match["title"]))
                break
    return tuple(dict.fromkeys(map(fold, titles)))


_ALBUM_SUBJECT = re.compile(
    r"(?:It|(?:The|This)(?: \w+)?"
    r"(?: (?:album|record|recording|LP|EP|CD|disc|soundtrack|mixtape|set|session|release)))\Z"
)


def is_album(subject: str, document: Document) -> bool:
    """Tell whether the subject of a sentence is the album of the page: "It", "The album", its title."""
    return bool(_ALBUM_SUBJECT.match(subject)) or fold(subject).strip('"“”') in album_titles(document)


def is_hedged(clause: str) -> bool:
    """Tell whether a clause holds a word that keeps it from being asserted."""
    return bool(_any("hedges").search(clause))


def is_denied(clause: str) -> bool:
    """Tell whether a clause denies what it says."""
    return bool(_any("denials").search(clause))


def manner_of(clause: str) -> Manner:
    """Return the manner in which a clause says what it says."""
    if is_denied(clause):
        return Manner.NEGATED
    return Manner.HEDGED if is_hedged(clause) else Manner.STATED


@cache
def _any(name: str) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(words(name), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


_DESCRIBING = re.compile(r"(?P<word>[\w/’'&-]+,?) ")
_NAME = re.compile(NAME)


def described_name(sentence: Text, start: int) -> tuple[Text | None, Text | None]:
    """Return the name that begins at or after an index, and the words before it that describe its bearer.

    Shape: "American jazz pianist Mal Waldron" is the name "Mal Waldron" and its description; adjectives of
    country are capitalised like a name and belong to the description. None where there is no name.
    """
    at = start
    while match := _DESCRIBING.match(sentence.value, at):
        word = match["word"]
        if not word[0].islower() and not country(word):
            break
        at = match.end()
    name = _NAME.match(sentence.value, at)
    if name and concept("genre", name[0]) and (more := re.compile(r" [a-z][\w-]* ").match(sentence.value, name.end())):
        return described_name(sentence, more.start() + 1)  # "Hip Hop artist NAME": the genre is no name
    if not name:
        return None, None
    described = sentence.cut(start, at) if at > start else None
    return sentence.group(name, 0), described or None


def days_of(text: Text, found: FoundDate, rule: Rule, manner: Manner = Manner.STATED) -> tuple[Said[str], ...]:
    """Return the dates that a found date lists one by one, each with its words; none for a single date."""
    members = members_of(text.value, found)
    if len(members) < 2:
        return ()
    return tuple(say(member.edtf, text.cut(member.start, member.end), rule, manner) for member in members)

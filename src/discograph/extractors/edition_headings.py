"""Headings and lines of a listing that name an edition: "2001 CD reissue", "LP (Quay QM 100)", "UK edition (1999)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, ListItem, Paragraph, Section, Text
from discograph.extractors.base import territory
from discograph.extractors.release_phrases import CATALOGUE, FORMAT, KIND, LABEL, TERRITORY
from discograph.needles import Sieve
from discograph.records import Findings, ReleaseEventRecord, Rule, Said, quoted, say
from discograph.values.carriers import carrier_phrase
from discograph.wordlists import country, section_kind

DATED = Rule("edition-heading", 'a heading "YEAR CD reissue", "UK edition (YEAR)", "Bonus tracks of the YEAR reissue"')
NUMBERED = Rule("edition-heading-number", 'a heading or entry "LP (LABEL NUMBER)", "CD reissue – NUMBER", "LP: NUMBER"')
RULES = (DATED, NUMBERED)

_LONGEST = 120  # code points; a longer line is prose
_WORD = r"[\w'’\"“”./+-]+"
_NOUN = r"(?:re-?issues?|re-?releases?|releases?|editions?|re-?masters?|pressings?|(?:original|LP|CD) issues?)"
_YEAR = r"(?P<year>(?:19[2-9]|20[0-4])\d)"
_BONUS = r"(?:(?:[Aa]dditional |[Bb]onus |[Ll]ive |[Uu]nreleased )*[Tt]racks?|[Bb]onus (?:dis[ck]|CD|LP))"
_DATED = Sieve(
    rf"(?:{_BONUS}(?: (?:included|added|available))? (?:on|of|from|for|in|to) (?:the )?|{_BONUS} \(|"
    r"(?:[Dd]isc|CD|LP|[Ss]ide) (?:one|two|three|four|\d)(?:[,:]| [–-])? \(?|[Tt]he )?"
    rf"(?P<words>(?:(?!{_BONUS}){_WORD} ){{0,5}}?(?:{_BONUS} )?\(?{_YEAR}\)?(?: (?!{_BONUS}){_WORD}){{0,5}})"
    rf"(?:,? (?:previously )?{_BONUS})?\)?\Z"
)
_NUMBER = r"(?:[A-Z]{1,5}[- ]?)?\d[\w–-]+(?: \d[\w–-]*){0,3}(?: [A-Z]{1,2}\b)?"
_NUMBERED = Sieve(
    rf"(?:(?P<year>(?:19[2-9]|20[0-4])\d) )?(?P<words>(?:{_WORD} ){{0,3}}?{_WORD})(?:, | [–—-] |: | \()"
    rf"(?P<label>[A-Z][\w&.'’-]*[a-z!](?: [A-Z][a-z][\w&.'’-]*){{0,3}} )?(?P<number>{_NUMBER})(?:\)| \([^()]*\))?\Z"
)
_YEAR_WITHIN = re.compile(rf" ?(?:{_BONUS} )?\(?{_YEAR.replace('?P<year>', '?:')}\)? ?")
_BARE_YEAR = re.compile(r"(?:18|19|20)\d\d(?:[–-]\d\d(?:\d\d)?)?\Z")
_AGAIN = re.compile(r"\bre-?(?:issue|release)s?\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:original|first|initial)\b", re.IGNORECASE)
_NEVER = re.compile(
    r"\b(?:pre-?release|unreleased|unissued|planned|cancell?ed|rejected|bootleg|promo\w*|singles?|EPs?|films?|video"
    r"|DVDs?|books?|magazine)\b",
    re.IGNORECASE,
)
_NOT_ABOUT_EDITIONS = ("reception", "references", "awards", "charts", "certifications")


def extract(document: Document) -> Findings:
    """Return a release event for each heading, and each line of a listing, that is the name of an edition."""
    found: list[ReleaseEventRecord] = []
    for section in document.lead.sections:
        kind = section_kind(section.heading.value) if section.heading else None
        if kind not in _NOT_ABOUT_EDITIONS:
            for text in _headings(section, has_lines=kind in (None, "track-listing", "release")):
                found += _editions(text)
    return Findings(tuple(found))


def _headings(section: Section, *, has_lines: bool) -> Iterator[Text]:
    for part in section.walk():
        if part.heading:
            yield part.heading
        if has_lines:
            yield from (block.text for block in part.blocks if isinstance(block, Paragraph | ListItem))


def _editions(text: Text) -> Iterator[ReleaseEventRecord]:
    if len(text) > _LONGEST:
        return
    line = text.cut(0, len(text.value.rstrip(" :")))
    numbered = _NUMBERED.match(line.value)
    if numbered and _is_number(numbered) and _names_edition(numbered["words"]):
        yield from _event(line, numbered, NUMBERED)
    elif (dated := _DATED.match(line.value)) and _is_dated_edition(dated["words"]):
        yield from _event(line, dated, DATED)


def _is_number(match: re.Match[str]) -> bool:
    """Tell whether what stands behind an edition is a catalogue number: no year, no bare count."""
    number = match["number"]
    has_letters = bool(re.match(r"[A-Z]", number))
    return not _BARE_YEAR.match(number) and (has_letters or bool(match["label"] and re.match(r"\d{3}", number)))


def _is_dated_edition(words: str) -> bool:
    """Tell whether words with a year name an edition of the album, and not another record: "Green Water LP (1961)"."""
    before, behind = _YEAR_WITHIN.split(words, maxsplit=1)
    if not _names_edition(behind or before):
        return False
    is_noun = not behind and bool(re.search(rf"\b{_NOUN}\Z", before, re.IGNORECASE))
    return is_noun or all(
        _FIRST.match(word) or country(word) or carrier_phrase().match(word) for word in before.split()
    )


def _names_edition(words: str) -> bool:
    """Tell whether words end with a carrier, or with a noun for an edition: "Original release", "CD reissue"."""
    carrier = carrier_phrase().search(words)
    return bool(re.search(rf"\b{_NOUN}\Z", words, re.IGNORECASE)) or bool(carrier and carrier.end() == len(words))


def _event(line: Text, match: re.Match[str], rule: Rule) -> Iterator[ReleaseEventRecord]:
    groups = match.groupdict()
    words = line.group(match, "words")
    if _NEVER.search(words.value):
        return
    year = line.group(match, "year") if groups["year"] else None
    carrier = carrier_phrase().search(words.value)
    places = (territory(part, TERRITORY) for part in words.split(re.compile(r" ")))
    yield ReleaseEventRecord(
        say(None, line, rule),
        date=quoted(year, rule) if year else None,
        territory=next((place for place in places if place), None),
        labels=(quoted(line.group(match, "label").cut(0, len(groups["label"]) - 1), LABEL),)
        if groups.get("label")
        else (),
        kind=_kind(words),
        edition=quoted(words.group(carrier, 0), FORMAT) if carrier else None,
        catalogue=quoted(line.group(match, "number"), CATALOGUE) if groups.get("number") else None,
    )


def _kind(words: Text) -> Said[str] | None:
    for pattern, kind in ((_AGAIN, "reissue"), (_FIRST, "first-release")):
        if match := pattern.search(words.value):
            return say(kind, words.group(match, 0), KIND)
    return None

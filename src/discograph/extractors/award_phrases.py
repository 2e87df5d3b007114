"""Parts of sentences about awards: the names of awards, their categories and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from discograph.document import Document, Text
from discograph.extractors.base import album_titles
from discograph.lexicon import alternatives
from discograph.needles import Sieve
from discograph.values.patterns import UPPER, fold

_NOUNS = r"(?:Awards?|Prizes?|Medals?|Polls?|Hall of Fame|Trophy)"
_PART = rf"[{UPPER}\d][\w.'’&/-]*"
_OPEN = Sieve(
    rf"(?P<whole>(?P<award>{_PART}(?: (?:(?:and|&|of|for|de|du) )?{_PART}){{0,7}}?[’']?)"
    rf"(?P<noun> {_NOUNS}\b| (?:award|prize|poll)s?\b)(?: of (?:Merit|Excellence|Honou?r)\b)?)"
)
CATEGORY_START = (
    r"(?:Best|Outstanding|Favou?rite|Most|Choice|(?:Jazz |Pop |Rock |Rap |Country )?(?:Album|Song|Record"
    r"|Recording|Single"
    r"|Track|Artist|Producer|Video|Group|Band|Reissue|Soundtrack) of the|Album Of The|Song Of The)\b"
)
_WORD = rf"(?:[{UPPER}\d][\w.'’&/+-]*|&(?! {CATEGORY_START}))"
_SMALL = r"(?:of|the|a|an|or|with|for|by (?:a|an|the)|By|to|in an?)"
_BOUND = r"(?=[.,;:)\"”]|\Z| at the\b| in (?:19|20)\d\d| awards?\b| categor)"
_MORE = (
    rf"(?:(?:,? {_SMALL})*,? (?!{CATEGORY_START}){_WORD}| (?!Best |Outstanding |Fav){_WORD}|:? [–—-] {_WORD}|, (?:or"
    rf"|and) (?!{CATEGORY_START}){_WORD}{_BOUND}"
    rf"| and (?!{CATEGORY_START}){_WORD}(?: {_WORD}){{0,6}}{_BOUND}| \([^()]*(?:[Pp]erformance|[Nn]on-)[^()]*\))"
)
_PLAIN = rf"(?:{_WORD}(?:{_MORE})*|best [a-z][\w& -]*?(?=[,.;:(]|\Z| at the\b| in (?:19|20)\d\d| by\b| and\b| for\b))"
_CATEGORY = re.compile(
    rf"(?:(?:the )?[\"“‘'](?P<quoted>[^\"“”]+?)[\"”’'](?!\w)|(?P<plain>{_PLAIN}))"
    r"(?P<note>(?: (?:[Aa]wards?|category|categories))? ?\((?:for |now )[^()]*\))?"
)
_NEXT = re.compile(rf"(?: (?:[Aa]wards?|category))?(?:,? (?:and|&)|,|;)(?: for)? (?=[\"“]|{CATEGORY_START}|best )")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_AFTER_YEAR = re.compile(r"[^.;]*?\b(?:in|of|for) (?:[A-Z][a-z]+ )?(?P<year>(?:19|20)\d\d)\b")
_FRONT_YEAR = re.compile(r"\b(?:In|in|During|On) (?:[A-Z][a-z]+ (?:\d{1,2}, )?)?(?P<year>(?:19|20)\d\d)\b")


@cache
def _known() -> Sieve:
    return Sieve(rf"(?<![\w-])(?P<award>{alternatives('award')})(?!\w|-(?!winning|nominated)|['’]\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AwardName:
    """An award that a sentence names: where, and whether the words are plural (several, or a ceremony)."""

    text: Text
    start: int
    end: int
    is_plural: bool


def may_name_awards(text: Text) -> bool:
    """Tell whether a text, or any part of it, may name an award; quick, to spare looking."""
    return _OPEN.may_match(text.value) or _known().may_match(text.value)


def award_names(sentence: Text, start: int, end: int) -> list[AwardName]:
    """Return the awards that a part of a sentence names, in order."""
    found: list[AwardName] = []
    if not may_name_awards(sentence):
        return found
    value = sentence.value[:end]
    for match in _known().finditer(value, start):
        begin = match.start() + (4 if match[0].lower().startswith("the ") else 0)
        longer = _OPEN.match(value, begin)
        is_name = value[begin].isupper() and not re.match(rf" (?!{_NOUNS})[{UPPER}]", value[match.end() :])
        if longer and longer.end() > match.end() and longer["noun"].strip()[0].isupper():
            found.append(_award(sentence, begin, longer.end()))
        elif is_name:
            found.append(_award(sentence, begin, match.end()))
    taken = bytearray(len(value))
    for award in found:
        taken[award.start : award.end] = b"\1" * (award.end - award.start)
    for match in _OPEN.finditer(value, start):
        if 1 not in taken[match.start() : match.end()]:
            found += _open_names(sentence, match)
    return sorted(found, key=lambda award: award.start)


def _open_names(sentence: Text, match: re.Match[str]) -> Iterator[AwardName]:
    """Yield the awards of a name that ends in Award, Prize and the like; "A and B awards" are two."""
    is_capital = match["noun"].strip()[0].isupper()
    start = match.start() + _front(match["whole"])
    end = match.end() if is_capital else match.end("award")
    before_ceremony = not is_capital and sentence.value[match.end() :].startswith(" at ")
    if end - start < 4 or before_ceremony or re.match(CATEGORY_START, sentence.value[start:]):
        return
    joint = re.search(r" (?:and|&) ", sentence.value[start:end]) if match["noun"] == " awards" else None
    if joint:
        yield _award(sentence, start, start + joint.start())
        start += joint.end()
    yield _award(sentence, start, end)


def _front(name: str) -> int:
    """Return how many letters of a name tell which time it was given: "2004 ", "The 38th Annual "."""
    match = re.match(r"(?:(?:The|In|At|Annual|\d{4}|\d+(?:st|nd|rd|th)) )*", name)
    return match.end() if match else 0


def _award(sentence: Text, start: int, end: int, is_plural: bool | None = None) -> AwardName:
    text = sentence.cut(start, end)
    plural = (
        bool(re.search(r"(?:Awards|Grammys|Prizes|[a-z]ys|BRITs|Junos)\Z", text.value))
        if is_plural is None
        else is_plural
    )
    return AwardName(text, start, end, plural)


@dataclass(frozen=True, slots=True)
class Category:
    """A category that a sentence names, where it ends, and the song that a bracket behind it names."""

    text: Text
    end: int
    song: Text | None = None


def categories(sentence: Text, start: int, document: Document) -> list[Category]:
    """Return the categories listed from an index on: "A", "A and B", "A, B, and C"; [] if there is none."""
    found: list[Category] = []
    at = start
    while match := _CATEGORY.match(sentence.value, at):
        group = "quoted" if match["quoted"] else "plain"
        end = _before_work(match[group], document)
        text = sentence.cut(match.start(group), match.start(group) + end)
        text = text.cut(0, len(re.sub(r"(?: (?:[Aa]wards?|category))?[ ,.]*\Z", "", text.value)))
        if not text:
            break
        song = re.search(
            r"\(for (?:the song |[^()\"“]{1,40}['’]s? )?[\"“](?P<song>[^\"”]+)[\"”]\)", match["note"] or ""
        )
        is_cut = end < len(match[group])
        stop = match.start(group) + end if is_cut else match.end()
        at_song = (
            sentence.cut(match.start("note") + song.start("song"), match.start("note") + song.end("song"))
            if song
            else None
        )
        found.append(Category(text, stop, at_song))
        more = _NEXT.match(sentence.value, stop)
        if not more or is_cut:
            break
        at = more.end()
    return found


def _before_work(category: str, document: Document) -> int:
    """Return where a category ends: before "for" and the title of the album."""
    for match in re.finditer(r" for (?:the )?", category):
        rest = fold(category[match.end() :]).strip("\"'")
        if rest.startswith(album_titles(document)):
            return match.start()
    return len(category)


def year_of(sentence: Text, award: AwardName, clause: tuple[int, int], end: int) -> Text | None:
    """Return the year of an award: before its name, behind it with "in", else with "in" where its clause opens."""
    before = sentence.value[: award.start]
    near = re.search(r"(?P<year>(?:19|20)\d\d)(?: [\w-]+){0,1} \Z", before)
    if near and not re.search(r"\bin (?:19|20)\d\d \Z", before):
        return sentence.group(near, "year")
    after = _AFTER_YEAR.match(sentence.value[:end], award.end)
    if after:
        return sentence.group(after, "year")
    fronted = list(_FRONT_YEAR.finditer(sentence.value[: clause[1]], clause[0]))
    return sentence.group(fronted[-1], "year") if fronted else None


def coordinated(names: list[AwardName], sentence: Text) -> Iterator[AwardName]:
    """Yield the first award and those that "and" or a comma joins to it."""
    end = 0
    for name in names:
        if end and not re.fullmatch(r"(?: [Aa]wards?)?,?(?: and| &)?(?: the)? ", sentence.value[end : name.start]):
            return
        yield name
        end = name.end

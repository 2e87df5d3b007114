"""Albums that prose names in passing: "the album *Title*", "his records *Title* (1958) and *Title* (1959)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import album_titles, is_hedged, telling
from discograph.needles import Sieve
from discograph.records import AlbumMention, Findings, NeighbourRecord, Record, Rule, Said, quoted, say
from discograph.values.patterns import NAME, UPPER, fold, unquote
from discograph.wordlists import country, words

NAMED = Rule(
    "prose-named-album",
    '"the album TITLE": what follows the noun up to a lower-case verb or a stop is a title',
)
DATED = Rule("prose-dated-albums", '"album(s) / record(s) … TITLE (YEAR), TITLE (YEAR) and TITLE (YEAR)"')
OWNER = Rule("prose-dated-albums-artist", '"NAME\'s … albums TITLE (YEAR)": the possessor is the artist')
NEXT = Rule("prose-neighbour", '"NAME\'s next / previous album, TITLE": one end of the chronology')
RULES = (NAMED, DATED, OWNER, NEXT)

_NOUN = r"(?:albums?|records?|recordings|LPs?|releases)"
_TITLE = rf"[\"“]?(?:[{UPPER}]|\d(?=[\w ]*[{UPPER}]))[^,;:()\"“”]*?[\"”]?"
_DATED_TITLE = rf"{_TITLE} \((?:1[89]|20)\d\d\)"
_LIST = Sieve(
    rf"(?:(?P<owner>{NAME})['’]s? (?:[a-z][\w-]* )*)?\b(?P<noun>{_NOUN}),? (?:[a-z]+ ){{0,2}}"
    rf"(?P<list>{_DATED_TITLE}(?:(?:, and |, | and | & ){_DATED_TITLE})*)"
)
_ENTRY = re.compile(rf"(?P<title>{_TITLE}) \((?P<year>\d{{4}})\)")
_SMALL = r"(?:of|the|a|an|and|in|on|to|for|with|at|de|la|le)"
_NAMED = Sieve(
    r"\b(?:the|her|his|their|its) (?:[a-z][\w-]* ){0,2}album "
    rf"(?P<title>[\"“][^\"“”]+[\"”]|{NAME}(?: (?:{_SMALL} )+{NAME})*)"
)
_WHICH = Sieve("next|following|previous|preceding")
_NEIGHBOUR = re.compile(
    rf"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he (?:band|group|trio|quartet|duo|{NAME})['’]s?)|(?:{NAME})['’]s?) "
    rf"(?P<which>{_WHICH.pattern}) (?:studio |live )?(?:album|record|LP|release),? "
    rf"(?P<title>[\"“][^\"“”]+[\"”]|{NAME}(?: (?:{_SMALL} )+{NAME})*)"
)
_YEAR_AFTER = re.compile(
    r"(?: \(|,? (?:in|from) |, (?:which )?(?:was |did not |didn't )?[\w ]{0,20}?(?:until|in) )(?P<year>\d{4})\b"
)
_LONGEST = 8  # words; longer runs are sentences whose punctuation was lost


def extract(document: Document) -> Findings:
    """Return the other albums that the prose names."""
    paragraphs = telling(document.paragraphs(), _WHICH, _NAMED, _LIST)
    return Findings(tuple(r for text in paragraphs for s in sentences(text) for r in _mentions(s, document)))


def _mentions(sentence: Text, document: Document) -> Iterator[Record]:
    yield from _neighbours(sentence, document)
    for match in _NAMED.finditer(sentence.value):
        title = sentence.group(match, "title")
        if _is_other(title.value, document):
            title = _before_place(title)
            yield AlbumMention(quoted(title, NAMED).of(unquote(title.value)))
    for match in _LIST.finditer(sentence.value) if " (" in sentence.value else ():
        for entry in _ENTRY.finditer(sentence.value, *match.span("list")):
            title = sentence.group(entry, "title")
            if _is_other(title.value, document):
                date = say(entry["year"], sentence.group(entry, 0), DATED)
                yield AlbumMention(quoted(title, DATED).of(unquote(title.value)), _owner(sentence, match, entry), date)


def _before_place(title: Text) -> Text:
    """Return a title without a country that the clause goes on with: "the album TITLE in Japan"."""
    head, behind, place = title.value.rpartition(" in ")
    return title.cut(0, len(head)) if behind and not head.startswith("Live") and country(place) else title


def _neighbours(sentence: Text, document: Document) -> Iterator[Record]:
    if not _WHICH.search(sentence.value):  # most sentences; spares the search for names
        return
    for match in _NEIGHBOUR.finditer(sentence.value):
        title = sentence.group(match, "title")
        if not _is_other(title.value, document) or is_hedged(sentence.value[: match.end()]):
            continue
        direction = "next" if match["which"] in ("next", "following") else "previous"
        after = sentence.value[match.end() :]
        year = _YEAR_AFTER.match(after)
        date = None
        if year:
            words = sentence.cut(match.end() + year.start("year"), match.end() + year.end("year"))
            date = say(year["year"], words, NEXT)
        yield NeighbourRecord(direction, AlbumMention(quoted(title, NEXT).of(unquote(title.value)), None, date))


def _is_other(title: str, document: Document) -> bool:
    """Tell whether words are the title of another album than the page's."""
    bare = unquote(title)
    return (
        fold(bare) not in album_titles(document) and len(bare.split()) <= _LONGEST and fold(bare) not in words("months")
    )


def _owner(sentence: Text, match: re.Match[str], entry: re.Match[str]) -> Said[str] | None:
    if not match["owner"]:
        return None
    # A surname ("Davis's albums") says who, but not by which name: assembly finds that.
    return say(match["owner"], sentence.cut(match.start("owner"), entry.end("title")), OWNER)

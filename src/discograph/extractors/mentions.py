"""Albums that prose names with their year in brackets: "his records *Title* (1958) and *Title* (1959)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import album_titles
from discograph.records import AlbumMention, Findings, Manner, Record, Rule, Said, quoted, say
from discograph.values.patterns import NAME, UPPER, fold, unquote

DATED = Rule("prose-dated-albums", "\"album(s) / record(s) TITLE (YEAR) and TITLE (YEAR)\"")
OWNER = Rule("prose-dated-albums-artist", "\"NAME's … albums TITLE (YEAR)\": the possessor is the artist")
RULES = (DATED, OWNER)

_TITLE = rf"[\"“]?[{UPPER}\d][^,;:()]*?[\"”]? \((?:1[89]|20)\d\d\)"
_LIST = re.compile(
    rf"(?:(?P<owner>{NAME})['’]s? (?:[a-z][\w-]* )*)?\b(?:albums?|records|LPs?)(?: [a-z]+)? (?P<list>{_TITLE}(?:(?:, and |, | and | & ){_TITLE})*)"
)
_ENTRY = re.compile(rf"(?P<title>[\"“]?[{UPPER}\d][^,;:()]*?[\"”]?) \((?P<year>\d{{4}})\)")


def extract(document: Document) -> Findings:
    """Return the other albums that the prose names with a year."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _mentions(s, document)))


def _mentions(sentence: Text, document: Document) -> Iterator[Record]:
    for match in _LIST.finditer(sentence.value):
        # A surname ("Davis's albums") says who, but not by which name: left to assembly.
        for entry in _ENTRY.finditer(sentence.value, *match.span("list")):
            title = sentence.group(entry, "title")
            if fold(unquote(title.value)) in album_titles(document) or len(title.value.split()) > 8:
                continue
            owner: Said[str] | None = None
            if match["owner"]:
                name = sentence.group(match, "owner")
                words = sentence.cut(match.start("owner"), entry.end("title"))
                owner = say(name.value, words, OWNER, Manner.STATED)
            date = say(entry["year"], sentence.group(entry, 0), DATED)
            yield AlbumMention(quoted(title, DATED).of(unquote(title.value)), owner, date)

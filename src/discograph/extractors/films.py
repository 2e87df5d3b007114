"""Prose that says which film the music of the album was made for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import is_album, manner_of
from discograph.records import FilmRecord, Findings, Manner, Record, Rule, quoted, say
from discograph.values.patterns import NAME, fold, unquote
from discograph.extractors.base import album_titles

FILM = Rule("prose-soundtrack-of", "\"the music/score/soundtrack for the YEAR DIRECTOR film TITLE\"")
DIRECTOR = Rule("prose-film-director", "the name before \"film\" is its director's; or \"directed by NAME\"")
RULES = (FILM, DIRECTOR)

_MUSIC = r"(?:soundtrack|score|music|cues|songs)(?: album)?"
_FILM = re.compile(
    rf"\b(?P<music>{_MUSIC})\b(?: \w+)? (?:for|to|from|of|in) (?:the )?(?P<film>(?P<year>(?:1[89]|20)\d\d )?"
    rf"(?P<director>{NAME} )?(?:(?:\w+ ){{0,3}}?)(?:film|movie|motion picture)s?,? (?P<title>[\"“]?[^\s,.;:()].*?))"
    rf"(?=[,.;:(]|\Z| (?:by|directed|released|starring|which|that|and|is|was|in|from|with)\b)"
)
_DIRECTED = re.compile(rf",? directed by (?P<director>{NAME})")
_SMALL = re.compile(r"(?:of|the|a|an|and|in|on|to|for|with|de|la|le|les|l'\w+|d'\w+|du|des|pour|un|une|il|el|los|der|die|das|et|y|al)\Z")


def extract(document: Document) -> Findings:
    """Return the films that the album's music was made for, as sentences about the album say."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _films(s, document)))


def _films(sentence: Text, document: Document) -> Iterator[Record]:
    subject = re.match(r"(?P<subject>.{1,80}?) (?:is|was|features?|contains?|comprises?|includes?|consists? of)\b", sentence.value)
    if not subject or not is_album(unquote(subject["subject"]), document):
        return
    for match in _FILM.finditer(sentence.value):
        title = sentence.group(match, "title")
        if not _is_title(unquote(title.value), document):
            continue
        manner = manner_of(sentence.value[: match.start()])
        year = quoted(sentence.group(match, "year"), FILM, manner) if match["year"] else None
        named = match if match["director"] else _DIRECTED.match(sentence.value, match.end())
        director = None
        if named:
            implied = Manner.IMPLIED if match["director"] and manner == Manner.STATED else manner
            director = quoted(sentence.group(named, "director"), DIRECTOR, implied)
        said = say(None, sentence.cut(subject.end("subject") + 1, match.start("film")), FILM, manner)
        yield FilmRecord(quoted(title, FILM, manner).of(unquote(title.value)), said, year, director)


def _is_title(title: str, document: Document) -> bool:
    """Tell whether words are a title: a known one, or capitalised but for the small words of titles."""
    if fold(title) in album_titles(document):
        return True
    words = title.split()
    return words[0][:1].isupper() and all(not w[:1].islower() or _SMALL.match(w) for w in words)

"""Prose about films that music was made for.

"The soundtrack / score / music for the YEAR … film TITLE" names a film; where the sentence is about the
album of the page, the album is that film's soundtrack. A name before "film" may be the director's or the
star's ("the James Stewart movie"), so only "directed by" says who directed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import album_titles, is_album, manner_of, telling
from discograph.needles import Sieve
from discograph.records import FilmRecord, Findings, Record, Rule, quoted, say
from discograph.values.patterns import NAME, UPPER, fold, unquote

FILM = Rule("prose-film", '"the soundtrack / score / music for the YEAR … film TITLE" names a film')
SOUNDTRACK = Rule(
    "prose-soundtrack-of", '"(the album) features the music for the film …": it is the film\'s soundtrack'
)
DIRECTOR = Rule("prose-film-director", '"film TITLE directed by NAME"')
RULES = (FILM, SOUNDTRACK, DIRECTOR)

_MUSIC = r"(?:soundtrack|score|music|(?:musical )?cues)(?: album| recording)?"
_FILM = Sieve(
    rf"\b(?P<music>{_MUSIC})(?: \w+| by [^,.;:()]{{2,60}}?)? (?:for|to|of) (?:the |a )?"
    rf"(?P<film>(?:(?P<year>(?:1[89]|20)\d\d) )?(?:[{UPPER}\w][\w'’-]* ){{0,5}}?"
    r"(?:film|movie|motion picture),? (?P<title>[\"“]?[^\s,.;:()].*?))"
    r"(?=[,.;()]|\Z| (?:by|directed|released|starring|which|that|and|is|was|in|from|with|becoming)\b)"
)
_DIRECTED = re.compile(rf"(?: \((?:1[89]|20)\d\d\))?,? (?:which was )?directed by (?P<director>{NAME})")
_SUBJECT = Sieve(r"(?P<subject>.{1,80}?) (?:is|was|features?|contains?|comprises?|consists? of)\b")
_SMALL = re.compile(
    r"(?:of|the|a|an|and|in|on|to|for|with|from|de|la|le|les|l'\w+|d'\w+|du|des|pour|un|une|il|el|los|der|die|das"
    r"|et|y|al)\Z"
)


def extract(document: Document) -> Findings:
    """Return the films that sentences name as having the music; ``relation`` only if it is the album's."""
    paragraphs = telling(document.paragraphs(), _FILM)
    return Findings(tuple(r for text in paragraphs for s in sentences(text) for r in _films(s, document)))


def _films(sentence: Text, document: Document) -> Iterator[Record]:
    subject = _SUBJECT.match(sentence.value) if _FILM.may_match(sentence.value) else None
    of_album = subject is not None and is_album(unquote(subject["subject"]), document)
    for match in _FILM.finditer(sentence.value):
        title = sentence.group(match, "title")
        if not _is_title(unquote(title.value), document):
            continue
        manner = manner_of(sentence.value[: match.start()])
        year = quoted(sentence.group(match, "year"), FILM, manner) if match["year"] else None
        named = _DIRECTED.match(sentence.value, match.end())
        director = quoted(sentence.group(named, "director"), DIRECTOR, manner) if named else None
        relation = None
        if subject and of_album:
            relation = say(None, sentence.cut(subject.end("subject"), match.start("film")), SOUNDTRACK, manner)
        yield FilmRecord(quoted(title, FILM, manner).of(unquote(title.value)), relation, year, director)


def _is_title(title: str, document: Document) -> bool:
    """Tell whether words are a title: a known one, or capitalised but for the small words of titles."""
    if fold(title) in album_titles(document):
        return True
    words = title.split()
    return words[0][:1].isupper() and all(not w[:1].islower() or _SMALL.match(w) for w in words)

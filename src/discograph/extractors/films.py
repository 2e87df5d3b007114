"""Prose about films that music was made for.

"The soundtrack / score / music for the YEAR … film TITLE" names a film, and so does "the film of the same name";
where the sentence is about the album of the page, the album is that film's soundtrack. A name before "film" may be the
director's or the star's ("the James Stewart movie"), so only "directed by" says who directed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import album_titles, is_album, manner_of, printed_titles, telling
from discograph.needles import Sieve
from discograph.records import FilmRecord, Findings, Record, Rule, Said, quoted, say
from discograph.values.patterns import NAME, UPPER, fold, unquote, without_brackets

FILM = Rule(
    "prose-film", '"the soundtrack / score / music for the YEAR … film TITLE", or "film of the same name", names a film'
)
SOUNDTRACK = Rule(
    "prose-soundtrack-of", '"(the album) features the music for the film …": it is the film\'s soundtrack'
)
DIRECTOR = Rule("prose-film-director", '"film TITLE directed by NAME"')
RULES = (FILM, SOUNDTRACK, DIRECTOR)

_MUSIC = r"(?:soundtrack|score|music|(?:musical )?cues)(?: album| recording)?"
_TO = rf"\b(?P<music>{_MUSIC})(?: \w+| by [^,.;:()]{{2,60}}?)? (?:for|to|of) (?:the |a )?"
_YEAR = rf"(?:(?:[{UPPER}][^\s,;()]* ){{0,3}}?(?P<year>(?:1[89]|20)\d\d) )?"  # names may stand before it
_KIND = rf"(?:[{UPPER}\w][\w'’-]* ){{0,5}}?(?:film|movie|motion picture)"
_FILM = Sieve(
    rf"{_TO}(?P<film>{_YEAR}{_KIND},? (?P<title>[\"“]?[^\s,.;:()].*?))"
    r"(?=[,.;()]|\Z| (?:by|directed|released|starring|which|that|and|is|was|in|from|with|becoming)\b)"
)
_NAMESAKE = Sieve(
    rf"{_TO}(?P<film>(?P<alike>(?:eponymous|same-(?:named|titled)) )?{_YEAR}{_KIND}"
    r"(?(alike)| (?:of|with) the same (?:name|title)))\b"
)
# What tells the album from the film after which it is called.
_OF_MUSIC = re.compile(
    r"\s*(?:\([^()]*\b(?:soundtrack|score|motion picture|film|movie)\b[^()]*\)"
    r"|[:–-]\s.*\b(?:soundtrack|score|motion picture|film|movie)\b.*)\Z",
    re.IGNORECASE,
)
_DIRECTED = re.compile(rf"(?: \((?:1[89]|20)\d\d\))?,? (?:which was )?directed by (?P<director>{NAME})")
_SUBJECT = Sieve(r"(?P<subject>.{1,80}?) (?:is|was|features?|contains?|comprises?|consists? of)\b")
_SMALL = re.compile(
    r"(?:of|the|a|an|and|in|on|to|for|with|from|de|la|le|les|l'\w+|d'\w+|du|des|pour|un|une|il|el|los|der|die|das"
    r"|et|y|al)\Z"
)


def extract(document: Document) -> Findings:
    """Return the films that sentences name as having the music; ``relation`` only if it is the album's."""
    paragraphs = telling(document.paragraphs(), _FILM, _NAMESAKE)
    return Findings(tuple(r for text in paragraphs for s in sentences(text) for r in _films(s, document)))


def _films(sentence: Text, document: Document) -> Iterator[Record]:
    if not any(pattern.may_match(sentence.value) for pattern in (_FILM, _NAMESAKE)):
        return
    subject = _SUBJECT.match(sentence.value)
    verb = subject.end("subject") if subject and _is_of_page(subject["subject"], document) else None
    for match in _FILM.finditer(sentence.value):
        title = sentence.group(match, "title")
        if _is_title(unquote(title.value), document):
            yield _film(sentence, match, quoted(title, FILM).of(unquote(title.value)), verb)
    titles = printed_titles(document)
    if verb is not None and titles and (namesake := _NAMESAKE.search(sentence.value)):
        name = quoted(sentence.group(namesake, "film"), FILM).of(_OF_MUSIC.sub("", titles[0]))
        yield _film(sentence, namesake, name, verb)


def _is_of_page(subject: str, document: Document) -> bool:
    """Tell whether a sentence is about the album of the page, named with or without what its title has in brackets."""
    return any(is_album(unquote(words), document) for words in (subject, without_brackets(subject)))


def _film(sentence: Text, match: re.Match[str], title: Said[str], verb: int | None) -> FilmRecord:
    """Return the film of a match; ``verb`` is where the album's own begins, None in sentences about other things."""
    manner = manner_of(sentence.value[: match.start()])
    year = quoted(sentence.group(match, "year"), FILM, manner) if match["year"] else None
    named = _DIRECTED.match(sentence.value, match.end())
    director = quoted(sentence.group(named, "director"), DIRECTOR, manner) if named else None
    relation = None
    if verb is not None:
        relation = say(None, sentence.cut(verb, match.start("film")), SOUNDTRACK, manner)
    return FilmRecord(replace(title, manner=manner), relation, year, director)


def _is_title(title: str, document: Document) -> bool:
    """Tell whether words are a title: a known one, or capitalised but for the small words of titles."""
    if fold(title) in album_titles(document):
        return True
    words = title.split()
    return words[0][:1].isupper() and all(not w[:1].islower() or _SMALL.match(w) for w in words)

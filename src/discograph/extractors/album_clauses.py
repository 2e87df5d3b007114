"""What sentences say of the album of the page: from its mention as a subject to where another subject begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import album_titles, is_album, remembered
from discograph.needles import lowered
from discograph.values.patterns import DASH

_NOUN = r"(?:album|record|recording|LP|EP|CD|disc|soundtrack|mixtape|set|release)"
_OTHER = r"(?:previous|next|last|earlier|later|other|second|third|former|latter|follow-?up|subsequent|preceding|same)"
_SUBJECT = re.compile(rf"\b(?:[Ii]t|[Tt]h(?:e|is)(?: (?!{_OTHER} )[\w-]+)? {_NOUN})(?=,? [a-z])")
_LATIN = re.compile("[a-z0-9]+")
# Words before a mention that is no subject: "the first single from the album reached".
_OBJECT = re.compile(
    r"\b(?:of|from|on|off|for|with|by|in|to|about|into|than|like|including|featuring) \Z", re.IGNORECASE
)
_LONGEST_OBJECT = 20  # code points, more than any of these words
# Words that bring in another subject, whose places and certificates are not the album's.
_CUT = re.compile(
    r";|\b(?:singles?|songs?|(?:title|lead|opening|bonus|first) tracks?|tracks|music videos?|remix(?:es)?|predecessor"
    r"|successor|follow-?up|followed by|whereas|while (?!(?:also )?\w+ing\b)|compared (?:to|with)|whose|who)\b"
    r"|(?:after|to|of|like|than|since) [^,;]{1,60}, which\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\A, (?:which|featuring|containing|including|produced|released|recorded)\b[^,]*,(?= )")
_OF_SONGS = re.compile(r"\b(?:singles?|songs?|tracks?|videos?|remix(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with the album as subject.

    Shape: ``sentence[start:end]`` begins with the subject; ``before`` are the earlier sentences of the paragraph.
    """

    sentence: Text
    start: int
    end: int
    before: Text | None

    @property
    def value(self) -> str:
        """The words of the clause."""
        return self.sentence.value[self.start : self.end]


def clauses(text: Text, document: Document, *, implied: bool = False) -> Iterator[Clause]:
    """Yield the clauses of a paragraph that have the album as subject, in order.

    Shape: ``implied``: a sentence that begins with a verb is about the album, too (in a section about it).
    """
    previous = ""
    at = 0
    for sentence in sentences(text):
        at = text.value.find(sentence.value, at)
        starts = [
            match.start()
            for match in _mentions(sentence.value, document)
            if not _OBJECT.search(sentence.value, max(0, match.start() - _LONGEST_OBJECT), match.start())
            and is_album(match[0], document)
            and not (match[0].casefold() == "it" and _is_of_song(sentence.value[: match.start()] or previous))
        ]
        if implied and not starts and re.match(r"(?:[A-Z][a-z]+ed|Hit|Went|Certified) ", sentence.value):
            starts = [0]
        before = text.cut(0, at) if at and starts else None
        for start, following in pairwise([*starts, len(sentence)]):
            yield Clause(sentence, start, _end(sentence.value, start, following), before)
        previous = sentence.value
        at += len(sentence)


def _mentions(sentence: str, document: Document) -> Iterator[re.Match[str]]:
    """Yield where a sentence may have the album as subject: a pronoun or noun, or its title; none overlap."""
    may_hold = any(word in lowered(sentence) for word in _title_words(document))
    titles = _titles(document) if may_hold else None
    at = 0
    while found := [match for finder in (_SUBJECT, titles) if finder and (match := finder.search(sentence, at))]:
        first = min(found, key=lambda match: match.start())
        yield first
        at = first.end()


@remembered
def _title_words(document: Document) -> tuple[str, ...]:
    """Return the longest word of each title of the album; "", which every text holds, of one without Latin letters."""
    return tuple(max(_LATIN.findall(title), key=len, default="") for title in album_titles(document))


@remembered
def _titles(document: Document) -> re.Pattern[str] | None:
    # A title in quotation marks is a song's; before a verb, a title without them is the album's.
    names = "|".join(_loose(title) for title in album_titles(document) if len(title) > 1)
    pattern = rf"(?<![\w\"“'‘])(?:{names})(?=(?:,| \([^()]*\))? [a-z])"
    return re.compile(pattern, re.IGNORECASE) if names else None


def _loose(title: str) -> str:
    """Return a pattern for a folded title, whatever its dashes, quotes and spaces."""
    marks = {" ": r"\s+", "'": "['’‘]", '"': '["“”]', "-": f"[{DASH}]"}
    return "".join(marks.get(letter) or re.escape(letter) for letter in title)


def _is_of_song(words: str) -> bool:
    """Tell whether "it" behind these words may be a song."""
    return bool(_OF_SONGS.search(words)) and not re.match(r"(?:The|This) album\b(?!['’])", words)


def _end(sentence: str, start: int, following: int) -> int:
    """Return where another subject begins; an aside between commas right behind the subject is passed over."""
    subject = re.compile(r"(?:It|it|[^,]*?(?=,))").match(sentence, start)
    aside = _ASIDE.match(sentence[subject.end() :]) if subject else None
    skip = subject.end() + aside.end() if subject and aside and _CUT.search(aside[0]) else start
    cut = _CUT.search(sentence, skip, following)
    return cut.start() if cut else following

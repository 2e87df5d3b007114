"""The lead sentence: "*Title* is a live album by the jazz musician Name" (MOS:LEAD, MOS:ALBUMS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Text
from discograph.extractors.base import described_name, is_album, lead_sentence
from discograph.lexicon import alternatives, concept
from discograph.records import AgentRecord, AlbumField, FilmRecord, Findings, Manner, Record, Rule, quoted, say
from discograph.values.names import is_ensemble
from discograph.values.patterns import NAME, UPPER, fold, unquote
from discograph.wordlists import country

IS_ALBUM = Rule("lead-is-album", "the first sentence says that its subject is an album")
TYPE = Rule("lead-type", 'the words before "album" in the first sentence name its type')
GENRE = Rule("lead-genre", 'the words before "album" in the first sentence name its genre')
ARTIST = Rule("lead-artist", '"album by NAME" in the first sentence bills the artist')
OCCUPATION = Rule("lead-occupation", "the words before the artist's name in the first sentence say what they are")
SOUNDTRACK = Rule("section-soundtrack", 'a section "Soundtrack" with tracks is about the album of the page\'s work')
FILM = Rule("lead-film", '"TITLE is a YEAR film directed by NAME" on the page of a film with a soundtrack')
RULES = (IS_ALBUM, TYPE, GENRE, ARTIST, OCCUPATION, SOUNDTRACK, FILM)

_BY = re.compile(r"\b(?:by|from) (?:the |an? )?")
_OF = re.compile(r" of (?:the |an? )?")
_NTH = re.compile(
    r"\b(?:debut|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie)th|final|last|latest)\b"
)
_CLOSED = re.compile(
    r"\Z|[,.;(]| (?:and|released|recorded|issued|on|for|from|featuring|which|that|with|since|after|as)\b"
)
_VARIOUS = re.compile(r"(?: of \w+)?,? (?:by|from|featuring) (?:the )?(?P<name>[Vv]arious [Aa]rtists)\b")
_MANY = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:artists|musicians|bands|acts|groups|singers|performers|rappers|players|composers)\b"
)
_AND_THE = re.compile(rf" (?:and|&|with) (?:[Tt]he|[Hh]is|[Hh]er) {NAME}")
_ONE_WORD = rf"[{UPPER}](?:[\w$-]|['’.](?=\w)(?!s\b))*+"
_BAND_OF_WORDS = re.compile(
    rf"(?:, {_ONE_WORD}){{0,3}},? (?P<joint>&|and) {_ONE_WORD}(?! [{UPPER}]|,? (?:and|&) [{UPPER}]|['’]s?\b)"
)
_GROUP = re.compile(r"\b(?:band|group|duo|trio|quartet|quintet|ensemble|collective|act)\Z")
_OWNING = re.compile(r"['’]s?\Z")
_JOINT = re.compile(r",? (?:and|&) (?:the )?|, (?:the )?")
_OTHER_CLAUSE = re.compile(r"\b(?:with|featuring|recorded|released|which|that|who|on|for|from|in|at|and)\b")
_LIST_GOES_ON = re.compile(rf"(?:, {NAME})*,? (?:and|&) ")
_ARTIST = re.compile(r"artist\Z", re.IGNORECASE)
_LABEL = re.compile(r"labels?\Z", re.IGNORECASE)
_FIRM = re.compile(r" (?:Records|Recordings)\Z")
_OWN_BRACKETS = re.compile(r" \([^()]+\)")
_LETTERS = re.compile(r"\w+")
_LAST_WORDS = re.compile(r"\w[\w&/'-]*")


def extract(document: Document) -> Findings:
    """Return what the first sentence of the lead says; nothing if it does not speak of an album."""
    lead = lead_sentence(document)
    if lead is None or not _names_the_page(lead[1], document):
        return Findings(tuple(_soundtrack(document)))
    return Findings(tuple(_records(*lead, document)))


def _soundtrack(document: Document) -> Iterator[Record]:
    """Yield what the heading of a soundtrack's section says: the album is called as the work is, if no box names it."""
    if document.work and document.heading:
        if not document.infoboxes:
            yield AlbumField("said", quoted(document.heading, SOUNDTRACK))
            yield AlbumField("title", quoted(document.work, SOUNDTRACK, Manner.IMPLIED))
            yield AlbumField("album_type", quoted(document.heading, SOUNDTRACK).of("soundtrack"))
        if document.film:
            year, director = (pattern.search(document.film.value) for pattern in (_FILM_YEAR, _DIRECTED))
            yield FilmRecord(
                quoted(document.work, SOUNDTRACK),
                say(None, document.heading, SOUNDTRACK, Manner.IMPLIED),
                quoted(document.film.group(year, "year"), FILM) if year else None,
                quoted(document.film.group(director, "name"), FILM) if director else None,
            )


_FILM_YEAR = re.compile(r" (?:is|was) an? (?P<year>(?:1[89]|20)\d\d)\b")
_DIRECTED = re.compile(
    rf"\bfilm,? (?:(?:co-)?\w+,? (?:and|&) )?directed by (?:the )?(?P<name>(?>{NAME}))"
    rf"(?=[,.;]|\Z| (?!(?:and|&) [{UPPER}]))"
)


def _names_the_page(match: re.Match[str], document: Document) -> bool:
    """Tell whether the subject of the first sentence is what the page is about, where the page says."""
    no_title = not document.infoboxes and document.title is None
    return no_title or is_album(unquote(match["title"]), document)


def _whole_title(sentence: Text, match: re.Match[str], document: Document) -> Text:
    """Return the title, with the brackets behind it where the name of the page has their words, too."""
    title = sentence.group(match, "title")
    behind = _OWN_BRACKETS.match(sentence.value, match.end("title"))
    whole = sentence.cut(match.start("title"), behind.end()) if behind else title
    return whole if _LETTERS.findall(fold(whole.value)) == _LETTERS.findall(fold(document.page_title)) else title


def _records(sentence: Text, match: re.Match[str], document: Document) -> Iterator[Record]:
    title = _whole_title(sentence, match, document)
    statement = sentence.cut(sentence.find(title)[0], match.end("head"))
    yield AlbumField("said", quoted(statement, IS_ALBUM))
    yield AlbumField("title", quoted(title, IS_ALBUM).of(unquote(title.value)))
    yield from _described(sentence, match)
    if match["owner"]:
        yield AlbumField("artist", quoted(sentence.group(match, "owner"), ARTIST))
        return
    if (name := _OF.match(sentence.value, match.end())) and _is_album_of(sentence, match, name.end()):
        yield from _billed(sentence, name.end())
        return
    if various := _VARIOUS.match(sentence.value, match.end()):
        yield AlbumField("artist", quoted(sentence.group(various, "name"), ARTIST))
        return
    by = _BY.search(sentence.value, match.end())
    if (
        by
        and not _is_of_label(sentence, by.end(), document)
        and sentence.value[match.end() : by.start()].strip(" s").count(" ") <= 3
    ):
        of_pieces = _OF_PIECES.search(sentence.value[match.end() : by.start()])
        if not of_pieces or _is_of_box(described_name(sentence, by.end())[0], document):
            yield from _billed(sentence, by.end())


_BY_ANOTHER = re.compile(r"\b(?:by|from)\b")
_OF_PIECES = re.compile(r"\bof (?:\w+ ){0,2}(?:music|works|songs|compositions|pieces)\b")


def _is_of_box(name: Text | None, document: Document) -> bool:
    """Tell whether an infobox, if there is one, has a name as artist: "works by NAME" may be a composer's."""
    artists = [
        fold(field.value.value) for box in document.infoboxes for field in box.fields if _ARTIST.match(field.key.value)
    ]
    return not artists or (name is not None and any(fold(name.value) in artist for artist in artists))


def _is_album_of(sentence: Text, match: re.Match[str], start: int) -> bool:
    """Tell whether "of NAME" behind "album" bills the artist: "the debut album of NAME", "an album of pianist NAME"."""
    name, described = described_name(sentence, start)
    if not name or not _CLOSED.match(sentence.value, _end_of(name, sentence)):
        return False
    if described is not None:  # "of works by COMPOSER" says whose works they are
        return not _BY_ANOTHER.search(described.value) and any(True for _ in _occupations(described))
    is_nth = _NTH.search(match["description"]) and not sentence.value[:start].endswith("the ")
    return is_ensemble(name.value) or bool(is_nth)


def _is_of_label(sentence: Text, start: int, document: Document) -> bool:
    """Tell whether a label is named: "an album released by LABEL", as an infobox or its own name says."""
    labels = {field.value.value for box in document.infoboxes for field in box.fields if _LABEL.match(field.key.value)}
    if any(re.match(rf"{re.escape(label)}(?!\w)", sentence.value[start:]) for label in labels):
        return True
    name, _ = described_name(sentence, start)
    return name is not None and bool(_FIRM.search(name.value))


def _described(sentence: Text, match: re.Match[str]) -> Iterator[Record]:
    """Yield type and genre: the longest runs of words before the head noun that name one."""
    start, stop = match.span("description")
    words = list(_LAST_WORDS.finditer(sentence.value, start, stop))
    head = len(words) - 1
    found_type = False
    at = 0
    while at <= head:
        for end in range(min(head, at + 3), at - 1, -1):
            text = sentence.cut(words[at].start(), words[end].end())
            if not found_type and concept("album-type", text.value):
                yield AlbumField("album_type", quoted(text, TYPE))
                found_type, at = True, end
                break
            if end < head and concept("genre", text.value):
                yield AlbumField("genre", quoted(text, GENRE))
                at = end
                break
        at += 1


def _billed(sentence: Text, start: int) -> Iterator[Record]:
    """Yield the artists of "by A", "by A and (pianist) B", "by A, B and C"; "A and the B" is one name."""
    while True:
        name, described = described_name(sentence, start)
        if not name:
            return
        end = _end_of(name, sentence)
        if _OWNING.search(name.value) and sentence.value[end : end + 2].strip().islower():
            return  # "by NAME's big band": the band is the artist
        if _MANY.match(sentence.value, end):
            return  # "by various Leeds bands": where they are from
        group = _AND_THE.match(sentence.value, end)
        if group and not _is_described(sentence, end):
            name = sentence.cut(end - len(name), group.end())
            end = group.end()
        if words := _band_of_words(sentence, name, described):
            name = words
            end = _end_of(name, sentence)
        yield AlbumField("artist", quoted(name, ARTIST))
        for occupation in _occupations(described):
            yield AgentRecord(quoted(name, ARTIST), quoted(occupation, OCCUPATION))
        joint = _JOINT.match(sentence.value, end)
        if not joint or (is_ensemble(name.value) and "," in joint[0]) or not _goes_on(sentence, joint):
            return  # behind a group's name, a comma and names are its members
        start = joint.end()


def _band_of_words(sentence: Text, name: Text, described: Text | None) -> Text | None:
    """Return the name of a band that is called by words with "&" or "and" between them; None for any other name.

    With "&" it is one name ("Elm, Oak & Ash"), with "and" only if it is said to be one group's: people go by one
    word, too.
    """
    end = _end_of(name, sentence)
    match = _BAND_OF_WORDS.match(sentence.value, end) if " " not in name.value else None
    if not match or (match["joint"] == "and" and not (described and _GROUP.search(described.value))):
        return None
    return sentence.cut(end - len(name), match.end())


def _is_described(sentence: Text, start: int) -> bool:
    """Tell whether "and the" is followed by another artist with a description: "and the Dutch pianist NAME"."""
    joint = _JOINT.match(sentence.value, start)
    described = described_name(sentence, joint.end())[1] if joint else None
    return any(True for _ in _occupations(described))


def _end_of(name: Text, sentence: Text) -> int:
    return sentence.find(name)[1]


def _goes_on(sentence: Text, joint: re.Match[str]) -> bool:
    """Tell whether a comma or "and" behind a name is followed by another artist, not by another clause."""
    name, described = described_name(sentence, joint.end())
    if not name or (described and _OTHER_CLAUSE.search(described.value)):
        return False
    if described is None:
        after = sentence.value[_end_of(name, sentence) :]
        return " " in name.value and ("and" in joint[0] or "&" in joint[0] or bool(_LIST_GOES_ON.match(after)))
    return any(True for _ in _occupations(described))


def _occupations(described: Text | None) -> Iterator[Text]:
    """Yield the occupations in a description, each with the adjectives before it, countries left out."""
    if described is None:
        return
    for part in described.split(re.compile(r"\s*(?:,|/|\band\b)\s*")):
        while country(head := part.value.split(" ", 1)[0]) and " " in part.value:
            if concept("occupation", part.value):  # "French horn player"
                break
            part = part.cut(len(head) + 1)
        match = _occupation_end().search(part.value)
        if match:
            yield part.cut(0, match.end())


@cache
def _occupation_end() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives('occupation')}\Z", re.IGNORECASE)

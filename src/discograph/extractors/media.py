"""The medium that a review stands in, where a clause names it: by the lexicon, or by its place in the grammar.

A name that the lexicon does not know is a medium where a reviewer belongs to it ("NAME of MEDIUM", "MEDIUM
critic NAME", "writing for MEDIUM"), or where it does the rating itself and cannot be a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Text
from discograph.extractors.base import album_titles
from discograph.lexicon import alternatives, concept
from discograph.values.patterns import NAME, UPPER, fold
from discograph.wordlists import country, words

_JOB = (
    r"(?:reviewers?|critics?|reviews?|editors?|writers?|staff|journalists?|contributors?|columnists?|authors?|magazine"
    r"|website|newspaper|webzine)"
)
_MEDIUM = rf"(?P<medium>(?:The )?{NAME})"
_LINKED = re.compile(
    rf"(?:(?<=[\w.’']) (?:of|at|from|with)|\b(?:[Ww]riting|[Rr]eview|[Rr]eviewed"
    rf"|[Rr]eviewing)\b[^.;]{{0,120}}? (?:in|for|on)"
    rf"|(?<=\w) for|\b(?:[Ii]n|[Oo]n|[Aa]t)) (?:the )?(?:(?:[a-z]+ ){{0,2}}(?:magazine|website|webzine|site|paper"
    rf"|newspaper) )?{_MEDIUM}"
)
_OWNS = re.compile(rf"{_MEDIUM} ?[’']s? (?:(?:[a-z]+ )?{_JOB}\b|{NAME})")
_STAFFED = re.compile(rf"(?:\A|[Tt]he |[^\w\s]\s?){_MEDIUM} (?:[a-z]+ )?{_JOB}\b")
_SUBJECT = re.compile(rf"(?:\A|[,;:]\s|\b(?:and|while|but|whereas)\s){_MEDIUM}(?: [a-z]+){{0,2}}\s*\Z")
_JOINED = re.compile(r",? (?:and|&) (?:the )?|, (?:the )?")
_BEHIND = re.compile(
    r"(?: (?:rating|score|review|grade))?,? (?:(?:[a-z]+ ){0,4})?(?:in|for|on|at|from|by|via|of)"
    rf" (?:(?:his|her|its|their|an?|the) )?(?:[a-z-]+ )*(?:(?:{NAME},? )(?:of|for|at|from|in|writing for) )?(?:the )?"
)


_LONGER = re.compile(r" (?:[Mm]agazine|Media|Music|Australia|India|Germany|Italy|France|Japan|Canada|Brasil|UK)\b")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives('publication')}(?![\w-])", re.IGNORECASE)


def _known_media(text: Text, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where a text names media of the lexicon; a longer name around a short one is taken whole."""
    value = text.value[: len(text.value) if end is None else end]
    for match in _known().finditer(value, start):
        if not (match[0][0].isupper() or match[0][0].isdigit()):
            continue
        more = _LONGER.match(value, match.end())
        yield match.start(), more.end() if more else match.end()


def known_media(text: Text) -> list[Text]:
    """Return the media of the lexicon that a text names, in order."""
    return [text.cut(*place) for place in _known_media(text)]


def is_medium(name: str, document: Document) -> bool:
    """Tell whether a name that does a rating itself is a medium, and no person's, place's or album's name."""
    if concept("publication", name):
        return True
    if not _is_possible(name, document):
        return False
    tokens = name.split()
    if any(fold(token) in words("press") for token in tokens[-2:]) or tokens[0] == "The":
        return True
    if re.search(r"\w\.\w{2,}\Z", name):
        return True
    if len(tokens) > 1:
        return False
    if re.search(rf"\w[{UPPER}]|\d", name):
        return True
    # A single word may be a surname: not if the article ever puts a first name before it.
    return not re.search(rf"[{UPPER}][\w.]* {re.escape(name)}\b", document.source.text)


def _is_possible(name: str, document: Document) -> bool:
    """Tell whether a name may be that of a medium: no country, month, album of the page, or bare article."""
    first = fold(name).split()[0]
    if fold(name) in album_titles(document) or country(name) or name in _PRONOUNS:
        return False
    return first not in words("months")


_PRONOUNS = frozenset(
    ("He", "She", "It", "They", "The", "This", "In", "At", "On", "Critics", "Critic", "Reviewers", "Both", "Also", "I")
)


def media_before(text: Text, end: int, document: Document) -> list[Text]:
    """Return the media that the words before a rating name as its giver; [] if they name none."""
    starts = [m.end() for m in re.finditer(r"; |,? (?:while|but|whereas) |, and ", text.value[:end])]
    for start in dict.fromkeys((*starts[-1:], 0)):
        found = list(_known_media(text, start, end))
        if found:
            return _coordinated(text, found)
        named = list(_named(text, start, end, document))
        if named:
            return [text.cut(*named[-1])]
    return []


def _coordinated(text: Text, found: list[tuple[int, int]]) -> list[Text]:
    """Return the last medium, and those that are joined to it by commas and "and" before it."""
    taken = [found[-1]]
    for place in reversed(found[:-1]):
        between = text.value[place[1] : taken[0][0]]
        if not _JOINED.fullmatch(between) or (len(taken) == 1 and between.startswith(", ") and "and" not in between):
            break
        taken.insert(0, place)
    return [text.cut(*place) for place in taken]


def _named(text: Text, start: int, end: int, document: Document) -> Iterator[tuple[int, int]]:
    value = text.value[start:end]
    for pattern in (_LINKED, _OWNS, _STAFFED):
        for match in pattern.finditer(value):
            if _is_possible(match["medium"], document) and _is_told(match, document):
                yield start + match.start("medium"), start + match.end("medium")
                return
    subject = _SUBJECT.search(value)
    if subject and is_medium(subject["medium"], document):
        yield start + subject.start("medium"), start + subject.end("medium")


def _is_told(match: re.Match[str], document: Document) -> bool:
    """Tell whether a preposition binds a medium: behind a reviewer; else the name itself must be a medium's."""
    if match.re is not _LINKED:
        return True
    before = match.string[: match.start("medium")]
    if re.search(r"\b(?:[Ww]rit|[Rr]eview)\w*\b", before):
        return True
    if re.search(rf"(?:[{UPPER}][\w.’'-]*|{_JOB}),? (?:of|at|from|for|with) (?:the )?(?:[a-z]+ )*\Z", before):
        return True
    return is_medium(match["medium"], document)


def media_behind(text: Text, start: int, document: Document) -> list[Text]:
    """Return the media behind a rating: "four stars in MEDIUM", "from MEDIUM", "by NAME of MEDIUM"."""
    match = _BEHIND.match(text.value, start)
    if not match:
        return []
    found = [place for place in _known_media(text, match.start()) if place[0] <= match.end() + 4]
    if found:
        taken = [found[0]]
        for place in _known_media(text, found[0][1]):
            if not _JOINED.fullmatch(text.value[taken[-1][1] : place[0]]):
                break
            taken.append(place)
        return [text.cut(*place) for place in taken]
    name = re.compile(_MEDIUM).match(text.value, match.end())
    if name and is_medium(name["medium"], document):
        return [text.group(name, "medium")]
    return []

"""What extractors share: editions, places and subjects of sentences as articles write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from typing import TypeVar

from discograph.document import Document, Paragraph, Span, Text
from discograph.document.sentences import sentences
from discograph.lexicon import concept
from discograph.needles import Sieve
from discograph.records import EditionRecord, Evidence, Manner, PlaceRecord, Rule, Said, quoted, say
from discograph.values.carriers import carrier_pattern
from discograph.values.dates import FoundDate, members_of
from discograph.values.names import is_ensemble
from discograph.values.patterns import NAME, fold, unquote, without_brackets
from discograph.wordlists import country, words

_T = TypeVar("_T")

_VENUE = re.compile(
    r"\b(?:Club|Hall|Theat(?:er|re)|Festival|Auditorium|Arena|Lounge|Caf[eé]|Opera|House|Ballroom|Centre|Center"
    r"|Church|Cathedral|Room|Gate|Bar|Gallery|University|College|Stadium|Hotel|Inn|Keystone|Birdland)\b"
)
_STUDIO = re.compile(r"\b(?:[Ss]tudios?|Recorders|Recording|Sound)\b")


def edition(name: Text, rule: Rule) -> EditionRecord | None:
    """Return the edition that words such as "original LP" or "CD" name; None if they name no carrier."""
    match = carrier_pattern().search(name.value)
    if not match:
        return None
    named = quoted(name.group(match, 0), rule, Manner.IMPLIED)
    original = re.search(r"\boriginal\b", name.value, re.IGNORECASE)
    kind = say("original-issue", name, rule, Manner.IMPLIED) if original else None
    return EditionRecord(quoted(name, rule, Manner.IMPLIED), named, kind)


def territory(text: Text, rule: Rule, manner: Manner = Manner.STATED) -> PlaceRecord | None:
    """Return the country or region that a text names; None if it names none that we know."""
    found = country(text.value)
    if not found:
        return None
    return PlaceRecord(say(found.label, text, rule, manner), "Place", found.name)


def place_kind(name: str, default: str) -> str:
    """Return the class of a place by the noun in its name, or the default where it has none."""
    if _STUDIO.search(name):
        return "Studio"
    return "Venue" if _VENUE.search(name) else default


LENGTH = Rule("infobox-length", "Template:Infobox album, parameter 'length'")
"""The parameter, whether its length is there or was lost and only the edition in brackets is left."""


def located(name: Text, town: Text | None, rule: Rule, kind: str, within: Manner = Manner.STATED) -> PlaceRecord:
    """Return a place and the town that it lies in, where one is named.

    Shape: ``within`` is the manner of saying that it lies there: implied by a comma, stated by "in".
    """
    if town is None:
        return PlaceRecord(quoted(name, rule), kind)
    both = Evidence(Span(name.span().start, town.span().end), rule.name)
    return PlaceRecord(
        quoted(name, rule), kind, "", PlaceRecord(quoted(town, rule), "Place"), Said(None, (both,), within)
    )


# What stands between the verb and the noun describes the album: no relative clause, no "with" or "for".
_PLAIN_WORD = (
    r"(?!(?:who|whose|which|that|with|known|by|for|from|at|on|to|member|one|an?|the|this|its)\b)"
    r"[\w'’\"“”&/+–-]+(?:\.\w+)*(?:(?<=[A-Z])\.)?,?"
)
_HEAD = (
    r"albums?|soundtracks?|EPs?|LPs?|mixtapes?|film scores?|box(?:ed)?[- ]sets?"
    r"|records?(?! (?:producer|label|executive|compan|store|shop|collector|of\b))"
    r"|(?:full-length|studio|live|solo) (?:release|recording|effort|LP)"
)
LEAD_SUBJECT = Sieve(
    r"(?P<title>\S.{0,150}?)(?:,? (?:also|sometimes|originally|alternatively|often|subtitled|or) [^,]+,|\s*\([^()]*\))*"
    r",? (?P<verb>is|was|are|were) "
    rf"(?P<description>(?:an?|the|two|[\w']+'s?|(?:[a-z][\w-]* )*(?P<owner>{NAME})['’]s?)(?: +{_PLAIN_WORD}){{0,12}}?"
    rf" +(?P<head>{_HEAD}))\b"
)
"""The first sentence of an article about an album: "*Title* is a live album …" (MOS:LEAD)."""


_HATNOTE = re.compile(r"(?:This article is about|For (?:the|other)|See also|Not to be confused|\W*\Z|\. )")


def remembered(function: Callable[[Document], _T]) -> Callable[[Document], _T]:
    """Return a function of a document that keeps its last answer: extractors ask for the same again and again."""
    last: tuple[Document, _T] | None = None

    @wraps(function)
    def asked(document: Document) -> _T:
        nonlocal last
        found = last
        if found is None or found[0] is not document:  # the document is kept, so no other can have its identity
            found = last = document, function(document)
        return found[1]

    return asked


def telling(texts: Iterable[Text], *patterns: Sieve) -> Iterator[Text]:
    """Yield the texts that hold, as a whole or in a part, what one of the patterns may match."""
    return (text for text in texts if any(pattern.may_match(text.value) for pattern in patterns))


@remembered
def lead_sentence(document: Document) -> tuple[Text, re.Match[str]] | None:
    """Return the sentence that says what the album of the page is, and the match of it; None if there is none.

    A title may hold full stops and exclamation marks, so the sentence is found by its verb, not by its end.
    """
    for text in (block.text for block in document.lead.blocks[:4] if isinstance(block, Paragraph)):
        match = None if _HATNOTE.match(text.value) else LEAD_SUBJECT.match(text.value[:500])
        if match and not _is_sentence(match["title"]):
            rest = next(sentences(text.cut(match.start("verb"))))
            return text.cut(0, text.find(rest)[1]), match
    return None


def _is_sentence(title: str) -> bool:
    """Tell whether what stands before the verb is more than a title: it holds a sentence of its own."""
    first = next(sentences(Text.at(title, 0))).value
    return first.endswith(".") and len(first) < len(title)


def lead_first(text: Text, document: Document, *patterns: Sieve) -> Iterator[Text]:
    """Yield the sentences of a paragraph, the lead sentence as ``lead_sentence`` cuts it.

    Shape: where patterns are given, a paragraph that they cannot match yields none, but for the lead sentence.
    """
    lead = lead_sentence(document)
    if lead and text.span().start == lead[0].span().start:
        yield lead[0]
        text = text.cut(len(lead[0]))
    if not patterns or any(pattern.may_match(text.value) for pattern in patterns):
        yield from sentences(text)


@remembered
def album_titles(document: Document) -> tuple[str, ...]:
    """Return the titles that the page gives its album, folded; see ``printed_titles``."""
    return tuple(dict.fromkeys(map(fold, printed_titles(document))))


@remembered
def printed_titles(document: Document) -> tuple[str, ...]:
    """Return the titles that the page gives its album, as printed.

    They are the title lines of infoboxes, the page title without brackets (of the text, or of an index beside
    it), and, where the text has neither, the subject of the first sentence.
    """
    titles = [box.title.value for box in document.infoboxes if box.title]
    has_none = not (titles or document.title)
    if document.has_exact_title:
        titles.append(without_brackets(document.page_title))
    if has_none and (lead := lead_sentence(document)):
        titles.append(unquote(lead[1]["title"]))
    return tuple(dict.fromkeys(titles))


OTHER = r"(?:first|second|third|fourth|fifth|sixth|next|previous|other|former|latter|last|earlier|later|following)\b"
"""What tells an album from the one that the page is about: "the second album"."""
_ALBUM_SUBJECT = re.compile(
    rf"(?:It|(?:The|This)(?:(?! {OTHER}) \w+)?"
    r"(?: (?:album|record|recording|LP|EP|CD|disc|soundtrack|mixtape|set|session|release)))\Z"
)


def is_album(subject: str, document: Document) -> bool:
    """Tell whether the subject of a sentence is the album of the page: "It", "The album", its title."""
    titles = album_titles(document)
    folded = fold(subject)
    is_title = folded in titles or folded.strip('"“”') in titles
    return is_title or bool(_ALBUM_SUBJECT.match(subject[:1].upper() + subject[1:]))


def album_lead(sentence: Text, document: Document) -> re.Match[str] | None:
    """Return the match of the lead sentence if a sentence is that, and its subject the album of the page."""
    lead = lead_sentence(document)
    is_lead = lead is not None and sentence.span() == lead[0].span()
    return lead[1] if lead and is_lead and is_album(unquote(lead[1]["title"]), document) else None


def is_hedged(clause: str) -> bool:
    """Tell whether a clause holds a word that keeps it from being asserted."""
    return bool(_any("hedges").search(clause))


def is_denied(clause: str) -> bool:
    """Tell whether a clause denies what it says."""
    return bool(_any("denials").search(clause))


def manner_of(clause: str) -> Manner:
    """Return the manner in which a clause says what it says."""
    if is_denied(clause):
        return Manner.NEGATED
    return Manner.HEDGED if is_hedged(clause) else Manner.STATED


@cache
def _any(name: str) -> Sieve:
    forms = "|".join(re.escape(form) for form in sorted(words(name), key=len, reverse=True))
    return Sieve(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


_TWO_WORDS = re.compile(r"(\w+ \w+) ")
_GROUP_NOUN = re.compile(r"\b(?:band|group|duo|trio|quartet|quintet|sextet|ensemble|orchestra|collective|combo|act)\b")
_OF_NAME = re.compile(rf"(?: of (?:the )?{NAME})|(?: (?:&|and) [\"“][^\"“”]+[\"”] {NAME})")
_DESCRIBING = re.compile(r"(?P<word>[\w/’'&-]+,?) ")
_NAME = re.compile(NAME)
_NICKNAMED = re.compile(rf"[\"“”'‘’][^\"“”]{{1,20}}[\"“”'‘’] {NAME}")  # "Philly" Joe Jones


_JOB_THEN_NAME = re.compile(rf" (?P<job>(?:[a-z][\w/-]*,? )*[a-z][\w/-]*) (?={NAME})")


def _is_description(name: str, job: str) -> bool:
    """Tell whether a capitalised word before a job describes its holder: a people, a genre."""
    noun = job.rsplit(" ", 1)[-1]
    is_job = concept("occupation", noun) is not None or noun in ("artist", "band", "group", "duo", "trio", "quartet")
    return is_job and (" " not in name or concept("genre", name) is not None)


def _are_genres(word: str) -> bool:
    """Tell whether a word with slashes is genres only: "R&B/Gospel"."""
    parts = word.rstrip(",").split("/")
    return len(parts) > 1 and all(concept("genre", part) for part in parts)


def described_name(sentence: Text, start: int) -> tuple[Text | None, Text | None]:
    """Return the name that begins at or after an index, and the words before it that describe its bearer.

    Shape: "American jazz pianist Mal Waldron" is the name "Mal Waldron" and its description; adjectives of
    country are capitalised like a name and belong to the description. None where there is no name.
    """
    at = start
    while match := _DESCRIBING.match(sentence.value, at):
        word = match["word"]
        pair = _TWO_WORDS.match(sentence.value, at)
        if pair and country(pair[1]):  # "South African"
            at = pair.end()
            continue
        if not word[0].islower() and not country(word) and not _are_genres(word):
            break
        at = match.end()
    name = _NICKNAMED.match(sentence.value, at) or _NAME.match(sentence.value, at)
    if name and (job := _JOB_THEN_NAME.match(sentence.value, name.end())) and _is_description(name[0], job["job"]):
        return described_name(sentence, job.start("job"))  # "the Dominican musician NAME", "Hip Hop artist NAME"
    if not name:
        return None, None
    described = sentence.cut(start, at) if at > start else None
    of = _OF_NAME.match(sentence.value, name.end())
    if of and (is_ensemble(name[0]) or (described and _GROUP_NOUN.search(described.value))):
        return sentence.cut(name.start(), of.end()), described or None  # "the Art Ensemble of Chicago"
    return sentence.group(name, 0), described or None


def days_of(text: Text, found: FoundDate, rule: Rule, manner: Manner = Manner.STATED) -> tuple[Said[str], ...]:
    """Return the dates that a found date lists one by one, each with its words; none for a single date."""
    members = members_of(text.value, found)
    if len(members) < 2:
        return ()
    return tuple(say(member.edtf, text.cut(member.start, member.end), rule, manner) for member in members)

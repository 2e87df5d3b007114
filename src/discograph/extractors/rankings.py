"""Prose about places in lists and polls, and titles such as "Album of the Year"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.award_works import PAGE, Work, subject_work
from discograph.extractors.awards import record_of
from discograph.extractors.base import is_album, is_denied, is_hedged, telling
from discograph.extractors.media import media_before
from discograph.lexicon import alternatives
from discograph.needles import Sieve
from discograph.records import AwardRecord, Findings, Record, Rule, Said, quoted, say
from discograph.values.patterns import UPPER, unquote

RANK = Rule(
    "prose-rank", '"(work) was ranked / voted / placed number N in LIST", "PUBLICATION ranked it N on its list of LIST"'
)
TITLE = Rule(
    "prose-title-of-the-year", '"was named Album of the Year by GIVER", "crowned GIVER\'s YEAR Song of the Year"'
)
RULES = (RANK, TITLE)

_CAPITAL = rf"[{UPPER}][\w.&!-]*"
_PART = rf"[{UPPER}\d](?:[\w&'’-]|\.(?=\w))*"
_NAME = rf"(?:The )?{_PART}(?: (?:(?:and|&|of) )?{_PART}){{0,6}}"  # bounded, for it backtracks
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PLACE = (
    rf"(?:(?:at |in |as )?(?:the )?(?:[Nn]umber|[Nn]o\.|#|[Nn]umber #)(?:[  ])?(?P<number>[\d,]+"
    rf"|{'|'.join(_CARDINALS)})"
    rf"|(?:as |in )?(?:the )?(?P<ordinal>\d+(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})(?: place|[ -](?:best"
    rf"|greatest)[^.,;:]{{0,50}}?)?"
    r"|(?P<plain>\d{1,3}))\b"
)
_VERB = Sieve(
    r"\b(?:rank(?:s|ed|ing)?|voted|place[sd]?|placing|list(?:s|ed)|named|chosen|came(?: in)?|appear(?:s|ed)"
    r"|rated|landed|included|cited|featured|finished)\b"
)
_OWNER = (
    rf"(?:(?:its|their|his|her|the|an?|year-end|annual|own|\w+ edition of"
    rf"|(?:{_CAPITAL} ){{0,4}}{_CAPITAL}(?:['’]s?| magazine['’]s|(?= list))) ){{0,4}}"
)
_RANKED = re.compile(
    rf" ?(?P<object>[^;]{{1,90}}? )??{_PLACE}(?: out)?(?: of \d+)?,? (?:on|in|among|of(?= (?:the|its|their"
    rf"|\w+['’]s)\b))"
    rf" {_OWNER}"
)
_LISTED = re.compile(
    rf" ?(?P<object>[^;]{{1,90}}? )??(?:as (?:one of )?|on|in|among|to)(?: the)?(?: (?:book|list|reference book))?"
    rf" {_OWNER}"
)
_LIST = re.compile(
    rf"(?:(?:(?P<year>(?:19|20)\d\d) )?(?:list|edition|poll) (?:of|for) )?(?:the )?(?:[\"“](?P<quoted>[^\"“”]+)[\"”]"
    rf"|(?P<plain>(?:the )?[{UPPER}\d](?:[^.,;()\"“”]|,(?= \w+ (?:and|&) )|(?<=\bVol)\.)*?)"
    r"(?= list\b|[.,;()]|\Z| in (?:19|20)\d\d| by\b| with\b| and (?:was|is|has|in|number|the)\b| while\b| but\b"
    r"| when\b| (?:calling|saying|stating|writing)\b))"
)
_IS_LIST = re.compile(
    r"\b(?:greatest|best|essential|definitive|top \d|records? of|albums? of|\d+ [^.]*(?:albums|records|songs"
    r"|singles|tracks|hits|LPs)"
    r"|polls?|core collection|albums|end[- ]of[- ]year|list)\b",
    re.IGNORECASE,
)
_NO_LIST = re.compile(r"\b(?:charts?|Hot 100|Billboard 200|sales|selling|Airplay|Singles Chart|week)\b", re.IGNORECASE)
_BOOK = re.compile(rf"{alternatives('award')}", re.IGNORECASE)
_WORK_OF = r"(?i:album|record|song|single|track|reissue|CD) of the (?i:year|decade|month|century)"
_TITLED = rf"(?:{_NAME} |(?:[a-z]+ ){{0,2}}){_WORK_OF}"
_TITLE_OF_YEAR = Sieve(
    rf"\b(?:(?:named|voted|crowned|chosen|declared|selected|picked)(?: as)?(?: the)?|(?:was|is)(?= {_NAME}[’']s ))"
    rf"(?: (?P<giver>{_NAME})[’']s)?(?: (?P<year>(?:19|20)\d\d))? [\"“‘']?(?P<title>{_TITLED})[\"”’']?"
    r"(?: (?:in|for|of) (?P<later>(?:19|20)\d\d))?"
    rf"(?: (?:by|in|at) (?:the )?(?P<by>(?:The )?{_NAME})(?: (?:in|for) (?P<last>(?:19|20)\d\d))?)?"
)


def extract(document: Document) -> Findings:
    """Return the places in lists and the titles that prose tells of."""
    records: list[Record] = []
    for text in telling(document.paragraphs(), _TITLE_OF_YEAR, _NAMES_IT, _VERB):
        for sentence in sentences(text):
            records += _titles(sentence, document)
            records += _gives_title(sentence, document)
            records += _ranks(sentence, document)
    return Findings(tuple(records))


def _titles(sentence: Text, document: Document) -> Iterator[AwardRecord]:
    """Yield "named Album of the Year by GIVER"; the giver stands for the award."""
    for match in _TITLE_OF_YEAR.finditer(sentence.value):
        giver = "giver" if match["giver"] else "by"
        before = re.sub(r"\b[Nn]ot only\b", "", sentence.value[: match.end()])
        if not match[giver] or is_denied(before) or is_hedged(before):
            continue
        inverted = re.search(
            r"\b(?:was|is) (?P<title>[\"“](?P<inside>[^\"“”]+)[\"”]) \Z", sentence.value[: match.start()]
        )
        work: Work | None
        if inverted:
            work = Work("song", sentence.group(inverted, "title"), inverted["inside"])
        else:
            _, work = subject_work(sentence, 0, match.start(), document)
        if work is None:
            continue
        said = say(None, sentence.group(match, 0), TITLE)
        year = next((quoted(sentence.group(match, g), TITLE) for g in ("year", "later", "last") if match[g]), None)
        award, category = (quoted(sentence.group(match, g), TITLE) for g in (giver, "title"))
        yield record_of(said, award, "won", category, year, work)


def _ranks(sentence: Text, document: Document) -> Iterator[AwardRecord]:
    """Yield the places that the verbs of a sentence give to a work in a list."""
    value = sentence.value
    for verb in _VERB.finditer(value):
        match = _RANKED.match(value, verb.end())
        is_ranked = match is not None
        match = match or _LISTED.match(value, verb.end())
        named = match and _list_name(sentence, match.end(), is_ranked=is_ranked)
        if not match or not named or is_denied(value[: verb.end()]) or is_hedged(value[: verb.end()]):
            continue
        work = _ranked_work(sentence, verb, match, document)
        if work is None:
            continue
        name, end = named
        said = say(None, sentence.cut(verb.start(), end), RANK)
        rank = _rank(sentence, match) if is_ranked else None
        yield record_of(
            said,
            quoted(name, RANK).of(unquote(name.value)),
            "ranked",
            None,
            _year(sentence, verb, name, end),
            work,
            rank,
        )


def _rank(sentence: Text, match: re.Match[str]) -> Said[int] | None:
    for group in ("number", "ordinal", "plain"):
        if word := match[group]:
            word = word.lower().replace(",", "")
            for names in (_ORDINALS, _CARDINALS):
                if word in names:
                    return say(names.index(word) + 1, sentence.group(match, group), RANK)
            number = int(re.sub(r"\D", "", word))
            return say(number, sentence.group(match, group), RANK) if number else None
    return None


def _list_name(sentence: Text, at: int, *, is_ranked: bool) -> tuple[Text, int] | None:
    """Return the name of the list that begins at an index, and where it ends; None if it is no list or a chart."""
    match = _LIST.match(sentence.value, at)
    if not match:
        return None
    group = "quoted" if match["quoted"] else "plain"
    words = match[group]
    whole = sentence.value[at : match.end() + 6]
    if _NO_LIST.search(words) or (not is_ranked and not _names_list(words, whole, bool(match["quoted"]))):
        return None
    if is_ranked and not _IS_LIST.search(whole):
        return None
    return sentence.group(match, group), match.end()


def _names_list(words: str, whole: str, is_quoted: bool) -> bool:
    """Tell whether words name a list without the help of a rank: by the lexicon, or quoted and by its nouns."""
    return bool(_BOOK.fullmatch(words.strip())) or bool(
        is_quoted and _IS_LIST.search(words) and re.search(r"\blist\b|\d", whole)
    )


def _ranked_work(sentence: Text, verb: re.Match[str], match: re.Match[str], document: Document) -> Work | None:
    """Return what was ranked: the object of the verb, else its subject."""
    given = (match["object"] or "").strip(" ,")
    given = re.sub(r"\s*\b(?:at|as|in|on|was|the)\Z", "", given)
    if given and not re.fullmatch(r"(?:as|at|in|on|highly|jointly|also|among)(?: the)?", given):
        plain = unquote(given)
        if given == "it" or is_album(plain, document):
            return PAGE
        return None
    _, work = subject_work(sentence, 0, verb.start(), document)
    return work


def _year(sentence: Text, verb: re.Match[str], name: Text, end: int) -> Said[str] | None:
    """Return the year of a list: behind it, else the last one with "in" before the verb, else the one it opens with."""
    behind = re.compile(r"[\"”]?(?: list)?(?: ?\(|,? ?in (?:[A-Z][a-z]+ )?)(?P<year>(?:19|20)\d\d)\b").match(
        sentence.value, end
    )
    found = behind
    if not found:
        before = list(
            re.finditer(r"\b[Ii]n (?:[A-Z][a-z]+,? )?(?P<year>(?:19|20)\d\d)\b", sentence.value[: verb.start()])
        )
        found = before[-1] if before else None
    if not found and (opening := re.match(r"(?:19|20)\d\d(?= )", name.value)):
        return quoted(name.group(opening, 0), RANK)
    return quoted(sentence.group(found, "year"), RANK) if found else None


_NAMES_IT = Sieve(
    rf"\b(?:named|voted|chose|selected|declared|picked|made) (?P<object>it|(?:the|this) \w+"
    rf"|{_NAME})(?: as)?(?: (?:the|its|their))?"
    rf" (?:(?P<year>(?:19|20)\d\d) )?[\"“]?(?P<title>{_TITLED})[\"”]?(?: (?:in|for|of) (?P<later>(?:19|20)\d\d))?"
)


def _gives_title(sentence: Text, document: Document) -> Iterator[AwardRecord]:
    """Yield "GIVER named it Album of the Year"."""
    for match in _NAMES_IT.finditer(sentence.value):
        before = sentence.value[: match.start()]
        given = match["object"] == "it" or is_album(match["object"], document)
        if not given or is_denied(before) or is_hedged(before):
            continue
        year = next((quoted(sentence.group(match, g), TITLE) for g in ("year", "later") if match[g]), None)
        for giver in media_before(sentence, match.start(), document):
            title = quoted(sentence.group(match, "title"), TITLE)
            yield record_of(say(None, sentence.group(match, 0), TITLE), quoted(giver, TITLE), "won", title, year, PAGE)

"""The work that an award or a place in a list went to: the subject of a sentence, or what "for …" names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discograph.document import Document, Text
from discograph.extractors.base import album_titles
from discograph.values.patterns import UPPER, fold, unquote, without_brackets

_HELPERS = re.compile(
    r"(?: (?:is|was) (?:among|one of) [^,.;]{1,50})?(?:(?:\A|,? )(?:is|was|were|are|has|have|had|been|being|got"
    r"|also|later|subsequently|eventually|ultimately|both|then"
    r"|once|twice|recently|famously|itself"
    r"|went on to))*\Z"
)
_RELATIVE = re.compile(r",? (?:which|that)\Z")
_CLAUSE = re.compile(r"(?:, and|, but|,| and| but|;| while| where| whereas|:|\))\s+(?!which|that)")
_ALBUM = re.compile(
    r"(?:it|(?:the|this)(?: [\w-]+){0,2}? (?:album|record|recording|LP|EP|CD|disc|soundtrack|mixtape|set|session"
    r"|release|score))\Z",
    re.IGNORECASE,
)
_SONG = re.compile(r"(?P<noun>(?:[\w’'-]+ ){0,2})(?P<title>[\"“](?P<inside>[^\"“”]+)[\"”])\Z")
_TITLE_TRACK = re.compile(r"(?:[Tt]he|[Ii]ts)(?: album['’]s)? (?P<words>title (?:track|song|cut))\Z")
_MENTION = re.compile(
    r"(?P<noun>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,2}(?:album|LP|record) )?"
    rf"(?P<title>[\"“]?[{UPPER}\d][^,;:()]*)\Z"
)
_NO_TITLE = re.compile(r"(?:She|He|They|In|At|On|Her|His|Their|The|This|That|For|I|We)\Z|(?:In|At|On|For) ")
_OTHER_WORK = re.compile(
    r"\b(?:film|movie|video|show|series|book|musical|play|documentary|concert|tour|single by|cover of|version of)\b"
)
_FRONTED = r"(?:In|On|At|By|After|Upon|During|Because|For|With)\b"
_BOUND_TO = r"\b(?:of|on|from|for|with|to|by|about|and|featuring|['’]s)\s\Z"
_LONGEST = 8  # words


@dataclass(frozen=True, slots=True)
class Work:
    """What an award went to: ``kind`` is page (the album of the page), album or song; ``text`` names the latter."""

    kind: str
    text: Text | None = None
    title: str = ""


PAGE = Work("page")


def subject_work(sentence: Text, start: int, end: int, document: Document) -> tuple[bool, Work | None]:
    """Return what the subject before a verb is, from a part of a sentence.

    Shape: ``(has_subject, work)``; no subject of its own: a verb joined to one before it. A subject that is no
    work, or not known to be one, is ``(True, None)``.
    """
    value = sentence.value[start:end].rstrip()
    value = value[: _HELPERS.search(value).start()]  # type: ignore[union-attr]
    relative = _RELATIVE.search(value)
    if relative:
        value = value[: relative.start()]
    elif not re.sub(r"[\s,;]|\b(?:and|but|which|that|then)\b", "", value[_clause_start(value) :]):
        return False, None
    value = value.rstrip(" ,")
    return True, _work_at_end(sentence, start, value, document, is_relative=relative is not None)


def is_about_other(before: Text | None) -> bool:
    """Tell whether a sentence opens with something else than the album, so that "it" behind it may not be the album."""
    return bool(before and _OTHER_SUBJECT.match(before.value))


_OTHER_SUBJECT = re.compile(
    r"[\"“]|(?:The|A|An|His|Her|Their|Its|This|That) (?:[\w’'-]+ ){0,2}?(?:tour|film|movie|video|DVD|VHS|show"
    r"|concert|song|single|track"
    r"|book|documentary|band|group|musical|play|label|studio)\b"
)


def _clause_start(value: str) -> int:
    starts = [m.end() for m in _CLAUSE.finditer(value)]
    trailing = re.search(r"(?:,| and| but|, and|, but)\s*\Z", value)
    return len(value) if trailing else (starts[-1] if starts else 0)


def _work_at_end(sentence: Text, start: int, value: str, document: Document, *, is_relative: bool) -> Work | None:
    """Return the work that words end with, None if they end with none that is clear."""
    if match := _SONG.search(value):
        if _OTHER_WORK.search(match["noun"]) or (
            not is_relative and re.search(r"\b(?:of|from|on|for)\s\Z", match["noun"])
        ):
            return None
        text = sentence.cut(start + match.start("title"), start + match.end("title"))
        if re.search(r"\b(?:album|LP|record) \Z", match["noun"]):
            is_page = fold(match["inside"]) in album_titles(document)
            return PAGE if is_page else Work("album", text, match["inside"])
        return Work("song", text, match["inside"].rstrip(","))
    if match := _TITLE_TRACK.search(value):
        return Work("song", sentence.cut(start + match.start("words"), start + match.end("words")), _title(document))
    tail = value[_clause_start(value) :]
    words = re.sub(r"\A(?:[Ii]n|[Oo]n|[Aa]t)(?: [A-Z][a-z]+)?(?: \d{1,2},)? (?:19|20)\d\d,? ", "", tail)
    if _ALBUM.fullmatch(words) or any(_is_title_at_end(words, title, is_relative) for title in album_titles(document)):
        return PAGE
    ending = _ALBUM.search(tail)
    if ending and re.match(_FRONTED, tail) and not re.search(_BOUND_TO, tail[: ending.start()]):
        return PAGE
    return _mention(sentence, start + len(value) - len(words), start + len(value), document)


def _is_title_at_end(words: str, title: str, is_relative: bool) -> bool:
    """Tell whether words are a title, or end with it and nothing before makes it part of something else."""
    folded = fold(words).strip("\"'")
    if folded == title:
        return True
    if not folded.endswith(" " + title):
        return False
    before = folded[: -len(title)].rstrip()
    return bool(re.search(r"\b(?:album|lp|record|\d{4})\Z", before)) and (
        is_relative or not re.search(r"\b(?:of|from|on) the album\Z", before)
    )


def _mention(sentence: Text, start: int, end: int, document: Document) -> Work | None:
    """Return another album that words name, where they or the text before call it one."""
    words = sentence.cut(start, end)
    named = _MENTION.match(words.value)
    if not named or _NO_TITLE.match(named["title"]) or len(named["title"].split()) > _LONGEST:
        return None
    title = unquote(named["title"])
    before = document.source.text[: words.span().start]
    if not named["noun"] and not re.search(rf"\b(?:albums?|LP|record) [\"“]?{re.escape(title)}\b", before):
        return None
    return Work("album", words.group(named, "title"), title)


def _title(document: Document) -> str:
    """Return the title of the album as printed, which is that of its title track."""
    printed = [box.title.value for box in document.infoboxes if box.title]
    printed += [without_brackets(document.title.value)] if document.title else []
    return (printed or [next(iter(album_titles(document)), "title track")])[0]


_FOR_WORK = re.compile(
    r",? for (?:(?:(?:his|her|their|its) )?(?:[a-z]+ ){0,2}(?:work|performance|contribution|playing|singing|role"
    r"|production)s? (?:on|in) )?"
)


def work_behind(sentence: Text, start: int, document: Document) -> Work | None:
    """Return the work that "for …" behind an award or category names: "for her performance on the album"."""
    lead = _FOR_WORK.match(sentence.value, start)
    if not lead:
        return None
    rest = sentence.value[lead.end() :]
    if match := re.match(r"(?:the )?(?:song |track |single )?[\"“](?P<title>[^\"“”]+)[\"”]", rest):
        text = sentence.cut(lead.end() + match.start("title"), lead.end() + match.end("title"))
        return Work("song", text, match["title"].rstrip(",."))
    if match := re.match(r"(?:the|its) (?P<words>title (?:track|song|cut))\b", rest):
        return Work(
            "song", sentence.cut(lead.end() + match.start("words"), lead.end() + match.end("words")), _title(document)
        )
    if re.match(r"(?:the|this) (?:album|record|recording|LP|EP|soundtrack)\b", rest):
        return PAGE
    plain = fold(rest).lstrip("\"'").removeprefix("the album ")
    is_title = any(re.match(rf"{re.escape(title)}(?!\w)", plain) for title in album_titles(document))
    return PAGE if is_title else None

"""Sentences that tell nothing but who played what, "NAME played piano; NAME played guitar on two tracks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Text
from discograph.document.sentences import sentences, without_stop
from discograph.errors import ValueParseError
from discograph.extractors.base import is_denied, is_hedged, lead_sentence
from discograph.extractors.credit_parts import functions
from discograph.lexicon import alternatives
from discograph.records import CreditRecord, Rule, Said, TrackScope, quoted, say
from discograph.values.patterns import NAME, UPPER
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import country

PLAYED = Rule(
    "prose-played",
    'sentences that are "NAME played INSTRUMENT (on "Title" / some tracks)" where no list has the players',
)
TRACKS = Rule("prose-played-tracks", 'on which pieces somebody played: \'on "Title"\', "on four tracks"')
RULES = (PLAYED, TRACKS)

_COUNT = r"(?:all|both|many|most|some|several|a few|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_QUOTED = r"[\"“][^\"“”]{1,80}[\"”]"
_ALBUM = r"(?:the|this) (?:album|record|recording)"
_ON = (
    rf" on (?:(?P<album>{_ALBUM})|(?P<scope>{_QUOTED}(?:(?:, and |, | and ){_QUOTED})*"
    rf"|tracks? \d[\d, &and–-]*(?<=\d)|{_COUNT} (?:other )?(?:of the )?(?:tracks|songs|pieces|cuts|selections)))"
)
_BETWEEN = re.compile(r"; (?:and )?|,? (?:and|while) (?=[^,;]{3,60}? (?:also )?play(?:s|ed) )")
_FEWEST = 2


@cache
def _clause() -> re.Pattern[str]:
    one = rf"(?i:{alternatives('instrument')})(?![\w-])"
    return re.compile(
        rf"(?P<opened>On {_ALBUM}, )?(?P<name>{NAME}) (?:also )?play(?:s|ed) (?:(?:the|an?|both) )?"
        rf"(?P<jobs>{one}(?:(?:, and |, | and )(?:the |an? )?{one})*)(?:{_ON})?\Z"
    )


def players_told(paragraph: Text, document: Document) -> Iterator[CreditRecord]:
    """Yield the players of the sentences of a paragraph that say only who played what.

    Shape: one such clause alone may be of somebody's life, so that it counts only if it names the album or pieces
    of it.
    """
    if " play" not in paragraph.value:
        return
    found = [(clause, match) for sentence in sentences(paragraph) for clause, match in _clauses(sentence, document)]
    names = {match["name"] for _, match in found}
    for clause, match in found:
        if len(names) >= _FEWEST or match["scope"] or match["album"] or match["opened"]:
            yield from _credits(clause, match)


def _clauses(sentence: Text, document: Document) -> list[tuple[Text, re.Match[str]]]:
    """Return the clauses of a sentence with what they say; none if one of them says anything else."""
    if is_denied(sentence.value) or is_hedged(sentence.value):
        return []
    parts = [(part, _clause().match(part.value)) for part in without_stop(sentence).split(_BETWEEN)]
    told = [(part, match) for part, match in parts if match and _is_person(match["name"], document)]
    return told if len(told) == len(parts) else []


def _is_person(name: str, document: Document) -> bool:
    """Tell whether a name is a full one, or the surname of somebody whom the first sentence names in full."""
    if " " in name:
        return not country(name)
    lead = lead_sentence(document)
    return bool(lead and re.search(rf"\b[{UPPER}][\w.'’-]* {re.escape(name)}\b", lead[0].value[lead[1].end() :]))


def _credits(clause: Text, match: re.Match[str]) -> Iterator[CreditRecord]:
    name = clause.group(match, "name")
    scope = _scope(clause.group(match, "scope")) if match["scope"] else None
    note = None
    if match["scope"] and scope is None:
        note = quoted(clause.cut(match.start("scope") - len("on "), match.end("scope")), TRACKS)
    for part in functions(clause.group(match, "jobs")):
        function = quoted(part.text, PLAYED).of(part.words or part.text.value)
        yield CreditRecord(say(None, clause, PLAYED), quoted(name, PLAYED), function, scope, None, note)


def _scope(text: Text) -> Said[TrackScope] | None:
    try:
        scope = parse_track_scope(text.value)
    except ValueParseError:
        return None
    return say(scope, text, TRACKS) if scope else None

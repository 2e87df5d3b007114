"""Credits that prose gives: "The album was produced by NAME", "with pianist NAME and drummer NAME"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.document import Document, Paragraph, Text
from discograph.extractors import player_clauses
from discograph.extractors.base import LEAD_SUBJECT, is_album, lead_first, manner_of
from discograph.extractors.credit_parts import functions
from discograph.lexicon import alternatives, instrument_of
from discograph.needles import Sieve
from discograph.records import CreditRecord, Findings, Manner, Rule, quoted, say
from discograph.values.name_lists import split_names
from discograph.values.patterns import NAME, unquote
from discograph.wordlists import country, rows, section_kind

VERB = Rule("prose-credit-verb", '"(the album) was produced / engineered / remastered by NAME"')
LINER = Rule("prose-liner-notes", '"NAME\'s liner notes", "liner notes by NAME"')
PLAYER = Rule("prose-player", '"with pianist NAME, bassist NAME and drummer NAME" in the lead: players and instruments')
PLAYER_ON = Rule("prose-player-on", '"NAME on piano, NAME on bass and drums" where no section lists the personnel')
COVER = Rule("prose-cover", '"The cover (artwork / photo) was designed / painted / taken by NAME"')
RULES = (VERB, LINER, PLAYER, PLAYER_ON, COVER, *player_clauses.RULES)

_JOBS = {verb: role for verb, role, *_ in rows("job_verbs")}
_VERBS = "|".join(sorted(_JOBS, key=len, reverse=True))
_ONE = rf"{NAME}(?: & [Tt]he {NAME})?"
_NAMES = rf"{_ONE}(?:(?:, and |, | and | & ){_ONE})*"
_BY = Sieve(
    rf"\b(?P<verb>{_VERBS})(?:,? and (?P<second>{_VERBS}))? by (?:the )?(?:[a-z][\w-]* ){{0,3}}?(?P<names>{_NAMES})"
)
_SUBJECT = re.compile(r"(?P<subject>[^,;:]{1,80}?) (?:was|were|is|has been)\b")
_LINER = re.compile(
    rf"(?P<owner>{NAME})['’]s? (?:original |extensive |own )?(?:album )?liner notes|liner notes,? (?:were )?"
    rf"(?P<told>(?:written|penned) )?by (?P<author>{NAME})(?: and (?:(?:his|her|the) [a-z-]+,? )?(?P<second>{NAME}))?"
    rf"|(?P<writer>{NAME}) (?:wrote|penned) the (?:album['’]s |original |album )?liner notes"
)
_COVER = Sieve(
    r"\b(?:[Tt]he|[Ii]ts|album['’]s) (?:album |front |original )?(?:cover|sleeve)"
    r"(?P<part> (?:art(?:work)?|design|photo(?:graph|graphy)?s?|image|painting|illustration))? (?:was |is |were |are )?"
    r"(?P<verb>designed |created |photographed |painted |drawn |illustrated |shot |taken |done )?by (?:the )?"
    rf"(?:[a-z]+ ){{0,2}}(?P<names>{_NAMES})(?:,? with photo(?:graph|graphy|s) by (?P<photo>{_NAMES}))?"
)
_COVERS = (
    ("design", "cover design"), ("photo", "cover photography"), ("shot", "cover photography"),
    ("taken", "cover photography"), ("illustrat", "cover illustration"), ("paint", "cover painting"),
    ("", "cover artwork"),
)  # fmt: skip
_BAND = re.compile(
    r"\b(?:featur(?:es|ing|ed)|with|consist(?:s|ing|ed) of|compris(?:es|ing|ed)|accompanied by|alongside|backed by"
    r"|joined by|and|by)\b"
)
_PLANNED = re.compile(r"\b(?:initially|originally|rehears|tour|live|replac|later|previous|concert)", re.IGNORECASE)
_NO_NAMES = frozenset({"It", "He", "She", "They", "We", "The", "This", "His", "Her", "Their", "In"})


def extract(document: Document) -> Findings:
    """Return the credits that sentences about the album give."""
    records: list[CreditRecord] = []
    has_personnel = any(s.heading and section_kind(s.heading.value) == "personnel" for s in document.lead.sections)
    for section in document.lead.walk():
        is_lead = section.heading is None and not has_personnel  # the list says it better
        kind = section_kind(section.heading.value) if section.heading else None
        for block in section.blocks:
            if isinstance(block, Paragraph) and kind not in ("personnel", "reception", "track-listing", "references"):
                records += () if has_personnel else player_clauses.players_told(block.text, document)
                for sentence in lead_first(block.text, document):
                    records += _jobs(sentence, document)
                    records += _liner_notes(sentence)
                    records += _cover(sentence)
                    records += () if has_personnel else _players_on(sentence)
                    records += _players(sentence) if is_lead else ()
    return Findings(tuple(records))


def _jobs(sentence: Text, document: Document) -> Iterator[CreditRecord]:
    for match in _BY.finditer(sentence.value):
        if not _about_album(sentence.value[: match.start()], document):
            continue
        manner = manner_of(sentence.value[: match.end("verb")])
        if manner is Manner.NEGATED:
            continue
        for verb in ("verb", "second"):
            if not match[verb]:
                continue
            function = say(_JOBS[match[verb]], sentence.group(match, verb), VERB, manner)
            for name in split_names(sentence.group(match, "names")):
                if name.value not in _NO_NAMES and not country(name.value):
                    said = say(None, sentence.cut(match.start(), match.end()), VERB, manner)
                    yield CreditRecord(said, quoted(name, VERB, manner), function)


def _about_album(before: str, document: Document) -> bool:
    """Tell whether what stands before a participle has the album as its subject."""
    lead = LEAD_SUBJECT.match(before)
    if lead and is_album(unquote(lead["title"]), document):
        return not re.search(r"\b(?:songs?|tracks?|compositions?|tunes?|material|pieces?)\s*(?:\w+ )?\Z", before)
    subject = _SUBJECT.match(before)
    if not before.strip():
        return True
    if not subject or not is_album(unquote(subject["subject"]), document):
        return False
    return not re.search(r"\b(?:songs?|tracks?|single|version|performance|video)\b", before)


def _liner_notes(sentence: Text) -> Iterator[CreditRecord]:
    if "liner notes" not in sentence.value:  # most sentences; spares the search for names
        return
    for match in _LINER.finditer(sentence.value):
        for group in ("owner", "author", "second", "writer"):
            name = sentence.group(match, group) if match[group] else None
            is_full = name and (" " in name.value or (match["told"] and name.value not in _NO_NAMES))
            if name and is_full and not country(name.value):
                words = sentence.cut(match.start(), match.end())
                yield CreditRecord(say(None, words, LINER), quoted(name, LINER), say("liner notes", words, LINER))


def _cover(sentence: Text) -> Iterator[CreditRecord]:
    """Yield who made the cover: "The cover was designed by NAME with photography by NAME"."""
    for match in _COVER.finditer(sentence.value):
        made = f"{match['verb'] or ''}{match['part'] or ''}"
        if not made:
            continue
        role = next(role for stem, role in _COVERS if stem in made)
        said = say(None, sentence.cut(match.start(), match.end()), COVER)
        for group, job in (("names", role), ("photo", "photography")):
            for name in split_names(sentence.group(match, group)) if match[group] else ():
                if " " in name.value and not country(name.value):
                    yield CreditRecord(said, quoted(name, COVER), said.of(job))


@cache
def _player() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<job>(?i:{alternatives('occupation')})) (?P<name>{NAME})")


def _players(sentence: Text) -> Iterator[CreditRecord]:
    """Yield the players that a sentence lists by what they are, if it lists at least two."""
    found = []
    for match in _player().finditer(sentence.value):
        instrument = instrument_of(match["job"])
        name = sentence.group(match, "name")
        if instrument and name.value[:1].isupper() and " " in name.value:
            words = sentence.cut(match.start(), match.end())
            function = say(instrument, sentence.group(match, "job"), PLAYER, Manner.IMPLIED)
            found.append(CreditRecord(say(None, words, PLAYER, Manner.IMPLIED), quoted(name, PLAYER), function))
    if len(found) >= 2 and _BAND.search(sentence.value):
        yield from found


@cache
def _on() -> re.Pattern[str]:
    one = rf"(?i:{alternatives('instrument')})(?![\w-])"
    return re.compile(
        rf"(?P<name>{NAME}) (?:(?:plays|played|performs|performed) )?on (?:the )?"
        rf"(?P<jobs>{one}(?:(?:, and |, | and ){one})*)(?! on\b)"
    )


def _players_on(sentence: Text) -> Iterator[CreditRecord]:
    """Yield the players that a sentence lists with what they play, if it lists at least two."""
    if (
        " on " not in sentence.value
        or manner_of(sentence.value) is not Manner.STATED
        or _PLANNED.search(sentence.value)
    ):
        return
    found = list(_on().finditer(sentence.value))
    if len(found) < 2:
        return
    for match in found:
        name = sentence.group(match, "name")
        for part in functions(sentence.group(match, "jobs")):
            if " " in name.value and not country(name.value):
                words = sentence.cut(match.start(), match.end())
                function = quoted(part.text, PLAYER_ON).of(part.words or part.text.value)
                yield CreditRecord(say(None, words, PLAYER_ON), quoted(name, PLAYER_ON), function)

"""The personnel section: who did what, on which tracks.

Lines are credits (``Name – instrument (tracks), instrument``, ``Names – role``, ``Role: Names``,
``Name (tracks), Name (tracks) – role``), group headings that may limit the lines below them
(``Tracks 2–4:``), or remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from discograph.document import Document, ListItem, Paragraph, Section, Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.credit_pairs import behind_commas, in_brackets, is_function
from discograph.extractors.credit_parts import Function, functions, named, singular
from discograph.extractors.credit_runs import credit_runs
from discograph.extractors.credit_sentences import credits_told
from discograph.extractors.personnel_tables import TABLE, rows_of
from discograph.lexicon import concept
from discograph.needles import Sieve
from discograph.records import CreditRecord, Findings, Problem, Record, Rule, Said, TrackScope, quoted, say
from discograph.values.patterns import DASH, NAME
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import job_verb, rows, section_kind

LINE = Rule("personnel-line", 'a list entry "Name – instrument or role" in the personnel section (MOS:ALBUMS)')
REVERSED = Rule("personnel-reversed", 'a list entry "Role: Name, Name" in the personnel section')
TRACKS = Rule("personnel-tracks", "track numbers or titles in brackets in the personnel section")
GROUP = Rule("personnel-group-tracks", "a heading in the personnel section that names tracks holds for the lines below")
TOLD = Rule("personnel-told", '"Mixed by NAME", "Liner notes by NAME", "Engineer was NAME" in the personnel section')
NAMED = Rule("personnel-named-below", 'lines of names alone under "Recording engineers:" in the personnel section')
COMMA = Rule("personnel-comma", 'a list entry "Name, instrument" in the personnel section')
BRACKETS = Rule("personnel-in-brackets", 'a list entry "Name (instrument), Name (instrument)" in the personnel section')
RULES = (LINE, REVERSED, TRACKS, GROUP, TOLD, NAMED, TABLE, BRACKETS, COMMA)

_DASH = re.compile(rf"\s+[{DASH}]+\s*|\s*[–—−]\s*|(?<=[^\W\d_])[{DASH}]\s+|\t+\s*|\s*;\s*[–—]\s*")
_HIDDEN = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_COLON = re.compile(r"\s*:\s+")
_REMARK = Sieve(r"(?:source|sources|note|notes|credits?|adapted|recorded|all tracks)\b", re.IGNORECASE)
_ON_TRACKS = Sieve(r"(?:on )?(?:tracks?|songs?)\b", re.IGNORECASE)
_DATED = re.compile(
    r"(?P<tracks>(?:on )?tracks? \d[\d\s,&–-]*?(?: and \d+)?)(?:, |: | [–-] | \()(?:recorded )?(?:on )?"
    rf"(?:{'|'.join(rows('months')[0])}) \d",
    re.IGNORECASE,
)
_HEADS = frozenset({"artist", "name", "performer", "credit", "credits", "role", "instrument"})  # of a lost table
_PERSON = re.compile(rf"{NAME}\Z")
_ENOUGH = 3  # lines with a known job in front of the names, for others to be read so, too
_LONGEST_HEAD = 4  # words
_LONGEST = 60  # words; a longer line is prose


@dataclass(slots=True)
class _Group:
    """What a heading says of the lines below it: the tracks, and the job of those who are only named."""

    scope: Said[TrackScope] | None = None
    jobs: Text | None = None


_Split = tuple[Text, Text, Rule]  # names, functions, and which way round they stood


def extract(document: Document) -> Findings:
    """Return a credit for each person and function of the personnel section, in order."""
    records: list[Record] = []
    problems: list[Problem] = []
    for section in document.lead.sections:
        if _is_personnel(section):
            for part in _under(section):
                records += _credits(part, problems)
                records += (r for block in part.blocks if isinstance(block, Table) for r in rows_of(block))
    return Findings(tuple(records), tuple(problems))


def _is_personnel(section: Section) -> bool:
    """Tell whether a section lists credits: by its heading, or because most of its lines are credits.

    "Production", "Performers" and the like head lists in one article and prose in the next.
    """
    kind = section_kind(section.heading.value) if section.heading else None
    if kind == "personnel":
        return True
    lines = [block.text for block in section.blocks if isinstance(block, ListItem | Paragraph)]
    if kind not in (None, "background") or len(lines) < 2:
        return False
    found = sum(split is not None and is_function(split[1]) for split in map(_split, lines))
    return found * 10 >= len(lines) * 7


def _under(section: Section) -> Iterator[Section]:
    """Yield a personnel section and its sub-sections, but for those that are about something else."""
    yield section
    for child in section.sections:
        if not child.heading or section_kind(child.heading.value) in (None, "personnel", "background"):
            yield from _under(child)


def _credits(section: Section, problems: list[Problem]) -> Iterator[CreditRecord]:
    group = _Group(_scope(section.heading, GROUP) if section.heading else None)
    outer = group.scope
    blocks = (block.text for block in section.blocks if isinstance(block, ListItem | Paragraph))
    lines = [credit for text in blocks for credit in credit_runs(text)]
    splits = list(map(_split, lines))
    is_reversed = _is_reversed(splits)
    is_detailed = any(split is not None for split in splits)  # who has no instrument there is a group, or a heading
    for line, split in zip(lines, splits, strict=True):
        if split is None and (told := _otherwise(line, group, problems)):
            yield from told
        elif split is None:
            if len(line.value.split()) <= 12 and not _REMARK.match(line.value):
                group.scope = _scope(line, GROUP) or outer
                group.jobs = None if is_detailed and _ANYBODY.match(line.value) else _head_of_names(line)
            elif not _REMARK.match(line.value):
                problems.append(Problem(line.span(), "a line that is no credit", "expected: Name – instrument"))
            continue
        else:
            names, jobs, rule = (split[1], split[0], REVERSED) if is_reversed and split[2] is LINE else split
            yield from _line(line, names, jobs, rule, group, problems)


def _otherwise(line: Text, group: _Group, problems: list[Problem]) -> list[CreditRecord]:
    """Return the credits of a line without dash and colon."""
    return (
        list(_told(line, group, problems))
        or list(_paired(line, group, problems))
        or _named_below(line, group, problems)
    )


def _paired(line: Text, group: _Group, problems: list[Problem]) -> Iterator[CreditRecord]:
    """Yield the credits of a line of names, each with what is played behind it; of any other, none."""
    if len(line.value.split()) <= _LONGEST:
        for pairs, rule in ((in_brackets(line), BRACKETS), (behind_commas(line), COMMA)):
            for name, jobs in pairs:
                yield from _line(line, name, jobs, rule, group, problems)


def _is_reversed(splits: Iterable[_Split | None]) -> bool:
    """Tell whether the lines of a section begin with the job, by those whose job the lists know."""
    found = [split for split in splits if split]
    if sum(rule is REVERSED for _, _, rule in found) < _ENOUGH:
        return False
    return not any(rule is LINE and is_function(jobs) for _, jobs, rule in found)


_ANYBODY = re.compile(r"(?:musicians|players|performers|personnel)\b", re.IGNORECASE)


def _head_of_names(line: Text) -> Text | None:
    """Return the job that a heading such as "Recording engineers:" gives those who are named below it."""
    head = line.cut(0, len(line.value.rstrip(" :")))
    return head if line.value.rstrip().endswith(":") and "(" not in line.value and is_function(head) else None


def _named_below(line: Text, group: _Group, problems: list[Problem]) -> list[CreditRecord]:
    """Return the credits of a line of nothing but names under the heading of a job."""
    if group.jobs is None or not all(_is_person(name.text.value) for name in named(line)):
        return []
    return list(_line(line, line, group.jobs, NAMED, group, problems))


def _is_person(name: str) -> bool:
    """Tell whether a line below a heading is a full name, and no heading itself: "Technical Personnel"."""
    tokens = name.casefold().split()
    last = tokens[-1].removesuffix("s")
    is_heading = any(concept(scheme, last) for scheme in ("role", "occupation", "instrument"))
    return len(tokens) > 1 and bool(_PERSON.match(name)) and not is_heading and section_kind(name) is None


def _told(line: Text, group: _Group, problems: list[Problem]) -> Iterator[CreditRecord]:
    for credit in credits_told(line):
        scope = _qualifier(credit.qualifier, problems) or group.scope
        function = quoted(credit.function, TOLD).of(credit.role)
        yield CreditRecord(say(None, credit.sentence, TOLD), quoted(credit.name, TOLD), function, scope)


def _split(line: Text) -> _Split | None:
    """Return the names and the functions of a line, and which way round they stood."""
    value = line.value
    if len(value.split()) > _LONGEST or _REMARK.match(value):
        return None
    if "(" not in value and _scope(line, GROUP):
        return None  # "Tracks 2–4" is a heading, not a person and a job
    hidden = _HIDDEN.sub(lambda m: "\0" * len(m[0]), value)
    dash = _DASH.search(hidden, 1)
    if dash and dash.end() < len(value):
        left, right = line.cut(0, dash.start()), line.cut(dash.end())
        if {left.value.casefold(), right.value.casefold()} <= _HEADS:
            return None
        if is_function(left) and not is_function(right):
            return right, left, REVERSED
        return _without_head(left), right, LINE
    colon = _COLON.search(hidden)
    if not colon or colon.end() >= len(value):
        return None
    left, right = line.cut(0, colon.start()), line.cut(colon.end())
    if is_function(left):
        return right, left, REVERSED
    return (left, right, LINE) if is_function(right) else None


def _without_head(names: Text) -> Text:
    """Return names without what they are called before a colon: "Special guest: NAME"."""
    colon = _COLON.search(names.value)
    is_head = colon and len(names.value[: colon.start()].split()) <= _LONGEST_HEAD and colon.end() < len(names)
    return names.cut(colon.end()) if colon and is_head else names


def _line(
    line: Text, names: Text, jobs: Text, rule: Rule, group: _Group, problems: list[Problem]
) -> Iterator[CreditRecord]:
    people = list(named(names))
    parts = list(functions(jobs))
    _share_last(parts)
    for name in people:
        own = _qualifier(name.qualifier, problems)
        for part in parts:
            scope = own or _qualifier(part.qualifier, problems) or group.scope
            note = part.qualifier or name.qualifier
            words = part.words or part.text.value
            words = singular(words) if len(people) > 1 or rule is NAMED else words
            words = _without_by(words) if rule is REVERSED else words
            said = say(None, line, rule)
            if len(people) == 1 and rule is LINE:
                said = say(None, line.cut(0, line.find(part.text)[1]), rule)
            yield CreditRecord(
                said,
                quoted(name.text, rule),
                quoted(part.text, rule).of(words),
                scope,
                None,
                quoted(note, rule) if note and scope is None else None,
            )


def _without_by(words: str) -> str:
    """Return the role of "Artwork by" or "Mastered By", as credits in data bases are headed."""
    plain = words[:-3] if words.casefold().endswith(" by") else words
    return job_verb(plain) or plain if plain != words and concept("role", plain) else words


def _share_last(parts: list[Function]) -> None:
    """Let one qualifier behind the last of several instruments cover the line, in place.

    Exceptions are a voice at the end of the line, "trumpet, vocal (track 1)" sings on track 1 only; what names no
    tracks, "piano, bells (overdubbed)"; and titles without brackets, "guitar, banjo on “Tide”".
    """
    if len(parts) < 2 or parts[-1].qualifier is None or any(part.qualifier for part in parts[:-1]):
        return
    if parts[-1].is_alone:
        return
    found = concept("instrument", parts[-1].text.value)
    if (found and ("voc" in found.slug or "voice" in found.slug)) or not _qualifier(parts[-1].qualifier, []):
        return
    for part in parts[:-1]:
        part.qualifier = parts[-1].qualifier


def _qualifier(text: Text | None, problems: list[Problem]) -> Said[TrackScope] | None:
    if text is None:
        return None
    try:
        scope = parse_track_scope(text.value)
    except ValueParseError as error:
        if text.value[:1].isupper() and not any(map(str.isdigit, text.value)):
            return say(
                TrackScope(titles=(text.value,), text=text.value), text, TRACKS
            )  # a title without quotes, or a note
        problems.append(Problem(text.span(), str(error), "see values/track_scopes.py"))
        return None
    return say(scope, text, TRACKS) if scope else None


def _scope(text: Text, rule: Rule) -> Said[TrackScope] | None:
    """Return the tracks that a heading names: "Tracks 2–4 & 6–8:", "Horns (track 2):", "Track 3: May 4, 1955"."""
    if not _ON_TRACKS.may_match(text.value):
        return None
    inner = _DATED.match(text.value) or re.search(r"\((?P<tracks>[^()]*)\)", text.value)
    value = text.group(inner, "tracks") if inner else text.cut(0, len(text.value.rstrip(" :")))
    if not _ON_TRACKS.match(value.value):
        return None
    try:
        scope = parse_track_scope(value.value)
    except ValueParseError:
        return None
    return say(scope, value, rule) if scope else None

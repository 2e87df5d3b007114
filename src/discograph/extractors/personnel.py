"""The personnel section: ``Name – instrument (tracks), instrument``, one line a person.

Qualifiers in brackets say on which tracks; a line without one makes no restriction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, ListItem, Paragraph, Section, Text
from discograph.errors import ValueParseError
from discograph.records import CreditRecord, Findings, Problem, Record, Rule, Said, quoted, say
from discograph.values.patterns import DASH, UPPER
from discograph.values.track_ranges import parse_track_ranges
from discograph.wordlists import section_kind

LINE = Rule("personnel-line", 'a list entry "Name – instrument or role" in the personnel section (MOS:ALBUMS)')
TRACKS = Rule("personnel-tracks", "track numbers in brackets behind an instrument in the personnel section")
RULES = (LINE, TRACKS)

_LINE = re.compile(rf"(?P<name>[{UPPER}\"“'‘\d][^:]*?)(?:\s+[{DASH}]+\s*|\s*[–—−]\s*|\s*:\s+)(?P<functions>\S.*)\Z")
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\s)?|;|\s(?:and|&)\s)\s*")
_QUALIFIER = re.compile(r"\((?P<inside>[^()]*)\)")


def extract(document: Document) -> Findings:
    """Return a credit for each person and function of the personnel section, in order."""
    records: list[Record] = []
    problems: list[Problem] = []
    for section in document.lead.sections:
        if section.heading and section_kind(section.heading.value) == "personnel":
            for part in _under(section):
                for block in part.blocks:
                    if isinstance(block, ListItem | Paragraph):
                        records += _credits(block.text, problems)
    return Findings(tuple(records), tuple(problems))


def _under(section: Section) -> Iterator[Section]:
    """Yield a personnel section and its sub-sections, but for those that are about something else."""
    yield section
    for child in section.sections:
        if not child.heading or section_kind(child.heading.value) in (None, "personnel"):
            yield from _under(child)


def _credits(line: Text, problems: list[Problem]) -> Iterator[CreditRecord]:
    match = _LINE.match(line.value)
    if not match:
        problems.append(Problem(line.span(), f"no credit in {line.value!r}", "expected: Name – instrument"))
        return
    name = line.group(match, "name")
    pieces = [_qualified(part) for part in _outside_brackets(line.group(match, "functions"))]
    # One qualifier behind the last of several instruments covers the line.
    numbered = [piece[1] for piece in pieces if piece[1]]
    shared = numbered[0] if len(numbered) == 1 and pieces[-1][1] and len(pieces) > 1 else None
    for function, own in pieces:
        tracks = _tracks(own or shared, problems)
        said = say(None, line.cut(0, match.end("functions")), LINE)
        if function:
            said = say(None, _until(line, function), LINE)
            yield CreditRecord(said, quoted(name, LINE), quoted(function, LINE), tracks)


def _until(line: Text, function: Text) -> Text:
    return line.cut(0, function.span().end - line.span().start)


def _outside_brackets(functions: Text) -> Iterator[Text]:
    """Yield the functions of a line; separators inside brackets part nothing."""
    hidden = _QUALIFIER.sub(lambda m: "\0" * len(m[0]), functions.value)
    start = 0
    for match in [*_SEPARATOR.finditer(hidden), None]:
        stop = match.start() if match else len(hidden)
        if part := functions.cut(start, stop):
            yield part
        start = match.end() if match else stop


def _qualified(part: Text) -> tuple[Text | None, Text | None]:
    """Return a function and the inside of its brackets, each None where it is missing."""
    match = _QUALIFIER.search(part.value)
    if not match:
        return part, None
    function = part.cut(0, match.start())
    return function or None, part.cut(match.start("inside"), match.end("inside"))


def _tracks(qualifier: Text | None, problems: list[Problem]) -> Said[tuple[int, ...]] | None:
    if qualifier is None or not qualifier:
        return None
    try:
        return say(parse_track_ranges(qualifier.value), qualifier, TRACKS)
    except ValueParseError as error:
        problems.append(Problem(qualifier.span(), str(error), "see values/track_ranges.py"))
        return None

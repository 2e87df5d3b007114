"""One line of a track listing: number, title, writers, length and note, in any of their usual orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from discograph.document import Text
from discograph.errors import ValueParseError
from discograph.lexicon import concept
from discograph.values.durations import parse_duration
from discograph.values.name_lists import split_names
from discograph.values.patterns import DASH, UPPER
from discograph.wordlists import words

_NUMBER = re.compile(r"(?:(?P<side>[A-H])(?P<at>\d{1,2})[.:)]?|(?P<number>\d{1,3})[.)])(?:\s+|(?=[\"“]))")
_NAME_FIRST = re.compile(rf"[^\W\d_][^\"“”()]{{1,80}}?\s[{DASH}]\s+(?=[\"“])")
_LENGTH = re.compile(r"(?<![\d:])\(?(?P<length>\d{1,3}:[0-5]\d(?::[0-5]\d)?)\)?(?![\d:])")
_QUOTED = re.compile(r"\"(?:\"[^\"]+\"|[^\"]+)\"|“[^”]+”|‘[^’]+’(?=\s|\Z)|«[^»]+»|„[^“”]+[“”]")
_MEDLEY = re.compile(rf"\s*(?:/|[{DASH}](?=\s*[\"“])|(?:→|>))\s*")
_BRACKET = re.compile(r"\((?P<round>(?:[^()]|\([^()]*\))*)\)|\[(?P<square>[^\[\]]*)\]")
_DASHES = re.compile(rf"\A[\s{DASH}:,]+|[\s{DASH},;*]+\Z")
_MARKS = re.compile(r"[*†‡§^#]+")
_ARRANGED = re.compile(r"[;,]?\s*\b(?:arr(?:anged|\.)?|adapted|words|lyrics|melody|music)\b.*", re.IGNORECASE)
_ARRANGER = re.compile(r"arr(?:anged|angements?|\.)?(?: by)?\b", re.IGNORECASE)
_WORDS_BY = re.compile(
    r"(?:\A|[;,]?\s+)(?:and |with )?(?:the )?(?:words|lyrics?|music|melody)(?:(?: and | & |/)(?:words|lyrics|music))?"
    r"(?:(?: written| composed)? by\s+|:\s*)",
    re.IGNORECASE,
)
_TEMPO = r"(?:allegro|allegretto|andante|andantino|larghetto|largo|moderato|adagio|presto|lento|vivace|scherzo)"
_MOVEMENT = re.compile(  # "I. Andante – Allegro": in a movement's name a dash parts its tempi
    rf"[IVX]{{1,5}}\. (?=[^\d:]*[{DASH}] )|{_TEMPO}\b[^{DASH}\d]*[{DASH}] (?:\w+ ){{0,2}}{_TEMPO}\b", re.IGNORECASE
)
_SOMEBODY_S = re.compile(r"['’]s [^\W\d]")  # "NAME's Slow Version"
_NO_WRITER = re.compile(
    r"(?:\d|no\.|notes?:|part\b|see\b|aka\b|a\.k\.a|from\b|for\b|in\b|on\b|the\b|an?\b|to\b|as\b)", re.IGNORECASE
)


@dataclass(slots=True)
class Entry:
    """The parts of one entry; ``number`` is the printed one, ``side`` a letter before it."""

    line: Text
    title: Text
    medley: list[Text] = field(default_factory=list)
    number: int | None = None
    side: str = ""
    seconds: int | None = None
    length: Text | None = None
    writers: list[Text] = field(default_factory=list)
    note: Text | None = None
    suffix: str = ""  # a bracket behind the quotes that belongs to the title


def parse_entry(line: Text, number: int | None = None, *, is_cell: bool = False) -> Entry | None:
    """Return the entry that a line is; None for a heading, a remark or prose.

    Shape: a line is an entry if its title is quoted, if it is numbered, or if it ends in a length. The cell
    of a table's title column (``is_cell``) holds nothing but the title and its brackets.
    """
    start, side, number = _numbered(line.value, number)
    titles = _titles(line.value, start) or _titles_behind_name(line.value, start, is_numbered=number is not None)
    if titles:
        entry = Entry(line, line.cut(*titles[0]), [line.cut(*span) for span in titles], number, side)
        end = _end_of(line.value, titles[-1][1])
        for left, right in pairwise(titles):  # the writers of each part of a medley
            inner = _BRACKET.search(line.value, left[1], right[0])
            if inner and inner["round"] and _are_writers(inner["round"]):
                entry.writers += _writers(line.group(inner, "round"))
    else:
        unquoted = _cell_title(line, start) if is_cell else _unquoted(line, start, is_numbered=number is not None)
        if unquoted is None:
            return None
        entry = Entry(line, unquoted, [unquoted], number, side)
        end = line.find(unquoted)[1]
        if (first := _LENGTH.match(line.value, start)) is not None:
            entry.length, end = line.group(first, "length"), len(line)
            entry.seconds = parse_duration(first["length"])
    _tail(entry, line, end, is_cell=is_cell and bool(titles))
    is_prose = titles and entry.seconds is None and number is None and _is_prose(line.value[end:])
    return None if is_prose else entry


def _numbered(value: str, number: int | None) -> tuple[int, str, int | None]:
    match = _NUMBER.match(value)
    if not match:
        return 0, "", number
    return match.end(), match["side"] or "", int(match["at"] or match["number"])


def _titles(value: str, start: int) -> list[tuple[int, int]]:
    """Return the spans of the titles inside their quotes: one, or those of a medley."""
    spans = []
    match = _QUOTED.match(value, start)
    while match:
        inner = 1
        spans.append((match.start() + inner, match.end() - 1))
        joint = _MEDLEY.match(value, match.end())
        skipped = re.compile(r"\s*\([^()]*\)\s*/\s*(?=[\"“])").match(value, match.end())
        match = _QUOTED.match(value, joint.end()) if joint else _QUOTED.match(value, skipped.end()) if skipped else None
    return spans


def _titles_behind_name(value: str, start: int, *, is_numbered: bool) -> list[tuple[int, int]]:
    """Return the spans of the titles behind a name and a dash, as entries of several artists have them, or none."""
    name = _NAME_FIRST.match(value, start)
    return _titles(value, name.end()) if name and (is_numbered or _LENGTH.search(value, name.end())) else []


def _end_of(value: str, inside: int) -> int:
    """Return the index behind the closing quote of a title that ends inside it."""
    return inside + 1 if inside < len(value) else inside


def _cell_title(line: Text, start: int) -> Text:
    bracket = re.compile(r" \((?=feat|ft\.|with |skit|interlude|intro|outro)", re.IGNORECASE).search(line.value, start)
    return line.cut(start, bracket.start() if bracket else len(line))


def _unquoted(line: Text, start: int, *, is_numbered: bool) -> Text | None:
    """Return a title without quotes: what stands before the length, or a numbered line's words."""
    value = line.value
    lengths = list(_LENGTH.finditer(value, start))
    if not lengths and not is_numbered:
        return None
    stop = lengths[0].start() if lengths else len(value)
    if lengths and not value[start:stop].strip():  # the length comes first
        start, stop = lengths[0].end(), len(value)
    if value[start : start + 1] in ('"', "“") and not re.search(r"[\"”]", value[start + 1 :]):
        start += 1  # quotes that are never closed
    bracket = value.find(" (", start, stop)
    dash = None if _MOVEMENT.match(value, start) else re.compile(rf"\s[{DASH}]+\s").search(value, start, stop)
    ends = [at for at in (bracket, dash.start() if dash else -1) if at > start]
    title = line.cut(start, min(ends, default=stop))
    title = title.cut(0, len(_DASHES.sub("", title.value)) + len(title.value) - len(title.value.lstrip("-–—−:, ")))
    if not title or len(title.value.split()) > 15 or re.match(r"(?:total|running)\b", title.value, re.IGNORECASE):
        return None
    return title


def _tail(entry: Entry, line: Text, start: int, *, is_cell: bool = False) -> None:
    """Read what stands behind the title: brackets with writers or notes, the length, more notes.

    Behind a quoted title in a cell, brackets hold the note (Template:Track listing); a subtitle is in the quotes.
    """
    value = line.value
    length = _length(value, start)
    if length:
        entry.length = line.group(length, "length")
        try:
            entry.seconds = parse_duration(length["length"])
        except ValueParseError:
            entry.length = None
    taken = [length.span()] if length else []
    has_writers = False
    end = start + 1  # where a bracket that belongs to the title would begin
    for bracket in _BRACKET.finditer(value, start):
        if length and bracket.start() <= length.start() < bracket.end():
            continue
        inside = line.cut(bracket.start() + 1, bracket.end() - 1)
        taken.append(bracket.span())
        if _MARKS.fullmatch(inside.value):
            entry.suffix += inside.value
        elif bracket["round"] is not None and not has_writers and _are_writers(inside.value):
            entry.writers += _writers(inside)
            has_writers = True
        elif not is_cell and _belongs_to_title(inside.value) and bracket.start() == end:
            entry.suffix += line.value[end - 1 : bracket.end()] if line.value[end - 1] == " " else " " + bracket[0]
            end = bracket.end() + 1
        elif entry.note is None or _ARRANGER.match(entry.note.value):
            entry.note = inside
    _rest(entry, line, start, taken)
    if not entry.suffix and (marks := _MARKS.search(value, start)) and marks.end() == len(value):
        entry.suffix = marks[0]  # of a footnote, behind the length


def _length(value: str, start: int) -> re.Match[str] | None:
    """Return the last length behind a title that is not told among words in a bracket: "(edited to 19:25)"."""
    told = [b.span() for b in _BRACKET.finditer(value, start) if re.search(r"[^\W\d_]{2}", b[0])]
    lengths = list(_LENGTH.finditer(value, start))
    plain = [m for m in lengths if not any(left < m.start() < right for left, right in told)]
    found = plain or lengths
    return found[-1] if found else None


def _belongs_to_title(inside: str) -> bool:
    """Tell whether a bracket is part of the title: a part, a remix, a subtitle; a take or an edition is a note."""
    tokens = {token.strip(".,;:").casefold() for token in inside.split()}
    if tokens & {"remix", "mix", "part", "pt", "reprise", "theme"}:
        return True
    return not _ARRANGER.match(inside) and not tokens & words("track_notes") and not any(map(str.isdigit, inside))


def _rest(entry: Entry, line: Text, start: int, taken: list[tuple[int, int]]) -> None:
    """Read the words outside brackets and length: a note, or writers behind a dash."""
    at = start
    for left, right in sorted([*taken, (len(line.value), len(line.value))]):
        words_ = line.cut(at, left) if left > at else None
        at = max(at, right)
        if words_ is None:
            continue
        stripped = _DASHES.sub("", words_.value)
        if not stripped.strip('"“”'):
            continue
        offset = words_.value.find(stripped)
        text = words_.cut(offset, offset + len(stripped))
        is_before_length = entry.length is not None and text.span().start < entry.length.span().start
        if is_before_length and not entry.writers and entry.note is None and _are_writers(text.value):
            entry.writers = _writers(text)
        elif entry.note is None or _ARRANGER.match(entry.note.value):
            entry.note = text


def _are_writers(inside: str) -> bool:
    """Tell whether a bracket holds names: capitalised words, none of which says which version it is."""
    if inside.casefold().startswith(("traditional", "trad", "anonymous", "public domain")):
        return True
    if not re.match(rf"[{UPPER}]", inside) and not re.match(r"(?:music|words|lyrics)\b", inside):
        return False
    if inside.endswith("?") or _ARRANGER.match(inside) or _SOMEBODY_S.search(inside):
        return False
    tokens = {token.strip(".,;").casefold() for token in inside.split()}
    return not tokens & words("track_notes") and not _NO_WRITER.match(inside) and len(tokens) <= 30


def _writers(inside: Text) -> list[Text]:
    """Return the writers in a bracket, of music and words; who arranged or adapted is no writer."""
    found: list[Text] = []
    for part in inside.split(_WORDS_BY) if _WORDS_BY.search(inside.value) else (inside,):
        cut = _ARRANGED.search(part.value)
        names = split_names(part.cut(0, cut.start()) if cut and cut.start() > 0 else part, tight=True)
        found += (name for name in names if not _is_job(name.value))
    return found


def _is_job(word: str) -> bool:
    """Tell whether a part of a bracket says what the name before it did: "NAME, co-lyricist"."""
    return word.islower() and concept("role", word.removeprefix("co-")) is not None


def without_arranger(names: Text) -> Text:
    """Return the words on who wrote a track without who arranged it: "traditional, arr. NAME"."""
    match = re.search(r"[;,/]?\s*\(?\barr(?:\.|anged\b)", names.value, re.IGNORECASE)
    return names.cut(0, match.start()) if match and match.start() > 0 else names


def _is_prose(rest: str) -> bool:
    """Tell whether what follows a quoted title is a sentence about it."""
    stripped = _BRACKET.sub("", rest).strip(" -–—.,")
    return len(stripped.split()) > 6 or bool(
        re.match(r"(?:is|was|are|were|and|has|features|which|contains)\b", stripped)
    )

"""Dates as articles write them, to EDTF.

Method: words become tokens (month, number, year, season, decade, qualifier, separator); a run of tokens
is read as points joined by commas, ``and`` and dashes; what a point lacks (the year of "December 4" in
"December 4 and 5, 1957") comes from its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from discograph.errors import ValueParseError
from discograph.values import edtf
from discograph.values.patterns import DASH

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBER = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in (3, 4, len(name))}
_SEASON_NUMBER = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
# Thirds of a span, rounded out to whole years (ONTOLOGY: "late '80s" is one of 1986 to 1989).
_THIRDS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}

# No token begins inside a word: that is told first, for it spares most letters all the rest.
_TOKEN = re.compile(
    rf"""(?!(?<=\w)\w)(?: (?P<iso>\b\d{{4}}-\d\d-\d\d\b)
    | (?P<decade>(?:\b(?:1[89]|20)|['’])\d0['’]?s\b)
    | (?P<year>\b(?:1[89]|20)\d\d\b)
    | (?P<number>\b\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,]\d)
    | (?P<month>\b(?:{"|".join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)
    | (?P<season>\b(?:{"|".join(_SEASON_NUMBER)})\b)
    | (?P<third>\b(?:early|mid|late)\b-?)
    | (?P<about>\b(?:circa|around|about|(?<!\.)ca?\.|approximately)(?!\w)) | (?P<maybe>\bprob\.)
    | (?P<between>\bbetween\b) | (?P<by>\bby\b) | (?P<joint>,?[ ]*\b(?:and|&)\b|&|,) | (?P<or>\bor\b)
    | (?P<dash>[{DASH}]|(?<=[a-z.])/(?=[A-Z])|\bto\b|\bthrough\b|\buntil\b) | (?P<filler>\b(?:the|of|in)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_GAP = re.compile(r"\s*\Z")
_MARKS = {"about": "~", "maybe": "?"}
_ENDS = frozenset({"joint", "dash", "filler", "by", "or"})  # a run may not end with these


class FoundDate(NamedTuple):
    """A date found in prose: where it stands in the text, and its value in EDTF."""

    start: int
    end: int
    edtf: str


class _Point(NamedTuple):
    """A date with what its words say of it; 0 is what they do not say."""

    year: int = 0
    month: int = 0
    day: int = 0
    joint: str = ""  # how it hangs on the point before it: "", ",", "-"
    day_first: bool = False
    start: int = -1  # where its words stand
    end: int = -1

    def written(self) -> str:
        if not self.year:
            raise ValueParseError("a date without a year")
        text = f"{self.year:04}" + (f"-{self.month:02}" if self.month else "")
        text += f"-{self.day:02}" if self.day else ""
        edtf.bounds(text)
        return text


_Token = tuple[str, str, int, int]  # kind, text, start, end


def parse_date(text: str) -> str:
    """Return the EDTF value of a text that is a date and nothing else.

    Raises: ValueParseError if it is not a date, has no year, or names a day that does not exist.

    >>> parse_date("December 4 and 5, 1957")
    '{1957-12-04,1957-12-05}'
    >>> parse_date("by September 1959")
    '[..1959-09]'
    >>> parse_date("Fontana")
    Traceback (most recent call last):
        ...
    discograph.errors.ValueParseError: expected a date, got 'Fontana'
    """
    tokens = _tokens(text)
    if not tokens or text[: tokens[0][2]].strip() or text[tokens[-1][3] :].strip() or len(_runs(tokens, text)) > 1:
        raise ValueParseError(f"expected a date, got {text!r}")
    return _read(tokens, text)


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates in a piece of prose, in order, each as long as it can be; none is an empty list.

    A date needs a year or a decade; a bare number of four digits counts as a year only from 1800 to 2099.
    """
    return list(_found(text))


@lru_cache(maxsize=1024)  # several extractors read the dates of a sentence
def _found(text: str) -> tuple[FoundDate, ...]:
    found: list[FoundDate] = []
    for run in _runs(_tokens(text), text):
        start = 0
        while start < len(run):
            for stop in range(len(run), start, -1):
                part = run[start:stop]
                if part[-1][0] in _ENDS or part[0][0] in ("joint", "dash", "filler", "or"):
                    continue
                try:
                    value = _read(part, text)
                except ValueParseError:
                    continue
                found.append(FoundDate(part[0][2], part[-1][3], value))
                start = stop - 1
                break
            start += 1
    return tuple(found)


def _tokens(text: str) -> list[_Token]:
    return [(m.lastgroup or "", m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _runs(tokens: list[_Token], text: str) -> list[list[_Token]]:
    """Return the tokens in runs that only white space parts."""
    runs: list[list[_Token]] = []
    for token in tokens:
        if runs and _GAP.match(text[runs[-1][-1][3] : token[2]]):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _read(tokens: list[_Token], text: str) -> str:
    """Return the EDTF value of a run of tokens. Raises: ValueParseError."""
    kinds = [kind for kind, *_ in tokens]
    if kinds[0] in _MARKS and len(kinds) > 1:
        value = _read(tokens[1:], text)
        # "ca." stays in the quote where EDTF has no place for it: seasons, sets and intervals.
        return value + _MARKS[kinds[0]] if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", value) else value
    if kinds[0] == "by":
        return f"[..{_points(tokens[1:], text)[-1].written()}]"
    if kinds[0] == "between":
        first, *rest = _points(tokens[1:], text)
        if len(rest) != 1:
            raise ValueParseError("between what and what?")
        return _joined([first, rest[0]._replace(joint="-")])
    if "decade" in kinds:
        return _decade(tokens, text)
    if "or" in kinds:
        plain = [
            ("joint", ",", start, end) if kind == "or" else (kind, word, start, end)
            for kind, word, start, end in tokens
        ]
        return "[" + ",".join(point.written() for point in _points(plain, text)) + "]"
    return _joined(_points(tokens, text))


def _decade(tokens: list[_Token], text: str) -> str:
    tokens = [token for token in tokens if token[0] != "filler"]
    kinds = [kind for kind, *_ in tokens]
    digits = re.sub(r"\D", "", next(t for k, t, *_ in tokens if k == "decade"))
    # Two digits are a decade of recorded music's own century: '20s to '90s; '00s and '10s are this one.
    full = int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 20 else 2000)
    if kinds == ["decade"]:
        return f"{full // 10}X"
    if kinds == ["third", "decade"]:
        first, last = _THIRDS[re.sub(r"\W", "", tokens[0][1]).casefold()]
        return f"[{full + first}..{full + last}]"
    raise ValueParseError(f"expected a decade, got {text[tokens[0][2] : tokens[-1][3]]!r}")


def _points(tokens: list[_Token], text: str) -> list[_Point]:
    """Return the points of a run, with what they lack filled in from their neighbours."""
    points: list[_Point] = []
    current = _Point()
    joint = ""
    for kind, word, start, end in tokens:
        if kind in ("filler", "third"):
            continue
        if kind in ("joint", "dash"):
            joint = "-" if kind == "dash" else joint or word.strip()
            continue
        added = _add(current, kind, word, joint)
        if added is None:
            points.append(current)
            added = _add(_Point(joint="-" if joint == "-" else ","), kind, word, "")
            if added is None:
                raise ValueParseError(f"expected a date, got {text!r}")
        current, joint = added._replace(start=start if added.start < 0 else added.start, end=end), ""
    return _filled([*points, current])


def _add(point: _Point, kind: str, word: str, joint: str) -> _Point | None:
    """Return a point with one more part, None if the part begins another point."""
    bare = word.strip(".").casefold()
    if kind == "iso":
        year, month, day = map(int, word.split("-"))
        return None if point.month or point.day or point.year else point._replace(year=year, month=month, day=day)
    if kind == "year" and joint in ("", ","):
        return None if point.year else point._replace(year=int(word))
    if joint:
        return None
    if kind == "month" and not point.month and not point.year:
        return point._replace(month=_MONTH_NUMBER[bare], day_first=bool(point.day))
    if kind == "season" and not point.month and not point.year and not point.day:
        return point._replace(month=_SEASON_NUMBER[bare])
    if kind == "number" and not point.day and not point.year and (number := int(word.rstrip("stndrh"))):
        return point._replace(day=number)
    return None


def _filled(points: list[_Point]) -> list[_Point]:
    """Return the points with years and months carried over: "4 and 5 December 1957" has both for both."""
    points = [_short_year(point, before) for before, point in pairwise([_Point(), *points])]
    backward: list[_Point] = []
    following = _Point()
    for point in reversed(points):
        year = point.year or following.year
        takes_month = not point.month and point.day and (following.day_first or not following.day)
        point = point._replace(year=year, month=following.month if takes_month else point.month)
        backward.append(point)
        following = point._replace(day_first=point.day_first or bool(takes_month and following.day_first))
    forward: list[_Point] = []
    for point in reversed(backward):
        if forward and point.day and not point.month:
            point = point._replace(month=forward[-1].month)
        if forward and not point.year:
            point = point._replace(year=forward[-1].year)
        if point.day and not point.month:
            raise ValueParseError("a day without a month")
        forward.append(point)
    return forward


def _short_year(point: _Point, before: _Point) -> _Point:
    """Return the 93 of "1992-93" as a year."""
    if point.joint == "-" and point.day and not point.month and before.year and not before.month:
        return point._replace(day=0, year=before.year // 100 * 100 + point.day)
    return point


def _joined(points: list[_Point]) -> str:
    """Return points as one EDTF value: a point, an interval, or all of a set."""
    members = [member.edtf for member in _grouped(points)]
    if len(members) == 1:
        return members[0]
    return "{" + ",".join(member.replace("/", "..") for member in members) + "}"


def _grouped(points: list[_Point]) -> list[FoundDate]:
    """Return single points and intervals, each with the place of its words."""
    members: list[FoundDate] = []
    for point in points:
        if point.joint == "-" and members:
            if "/" in members[-1].edtf:
                raise ValueParseError("a range with three ends")
            members[-1] = FoundDate(members[-1].start, point.end, f"{members[-1].edtf}/{point.written()}")
        else:
            members.append(FoundDate(point.start, point.end, point.written()))
    for member in members:
        low, high = edtf.bounds(member.edtf)
        if low and high and low > high:
            raise ValueParseError(f"a range that runs backwards: {member.edtf}")
    return members


def members_of(text: str, found: FoundDate) -> list[FoundDate]:
    """Return the dates that a found date lists, each with the place of its words; itself if it is one.

    >>> text = "on December 4 and 5, 1957"
    >>> [(text[m.start : m.end], m.edtf) for m in members_of(text, find_dates(text)[0])]
    [('December 4', '1957-12-04'), ('5, 1957', '1957-12-05')]
    """
    if not found.edtf.startswith("{"):
        return [found]
    tokens = [token for token in _tokens(text) if found.start <= token[2] and token[3] <= found.end]
    return _grouped(_points(tokens, text))

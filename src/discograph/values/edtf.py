"""Extended Date/Time Format, the subset that articles need, and the days that a value can mean.

Source: Library of Congress, EDTF specification 2019 (levels 0 to 2). Every form here is also read by the
``edtf`` package, against which the tests compare it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from discograph.errors import ValueParseError

_POINT = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?[~?%]?\Z")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

Bounds = tuple[date | None, date | None]


def bounds(edtf: str) -> Bounds:
    """Return the first and the last day that a date can mean; None for an open end.

    Shape: a point, an interval ``a/b`` (``..`` or nothing for an open end), one of a set ``[…]`` or all
    of a set ``{…}`` with members and ranges ``a..b``. Approximate and uncertain values have the bounds of
    the bare value.
    Raises: ValueParseError if the text is none of these or names a day that does not exist.

    >>> bounds("{1957-12-04,1957-12-05}")
    (datetime.date(1957, 12, 4), datetime.date(1957, 12, 5))
    >>> bounds("[..1959-09]")
    (None, datetime.date(1959, 9, 30))
    """
    if edtf[:1] + edtf[-1:] in ("[]", "{}"):
        return _hull([_range(member, "..") for member in edtf[1:-1].split(",")])
    return _range(edtf, "/")


def members(edtf: str) -> tuple[str, ...]:
    """Return the members of an all-of set that are single points, in order; of any other value, itself.

    >>> members("{1957-12-04,1957-12-05}")
    ('1957-12-04', '1957-12-05')
    >>> members("1957")
    ('1957',)
    """
    if edtf.startswith("{") and edtf.endswith("}"):
        return tuple(edtf[1:-1].split(","))
    return (edtf,)


def _range(text: str, separator: str) -> Bounds:
    if separator not in text:
        return _point(text)
    first, last = text.split(separator, 1)
    low = None if first in ("", "..") else _point(first)[0]
    high = None if last in ("", "..") else _point(last)[1]
    if low is None and high is None:
        raise ValueParseError(f"expected a date in EDTF, got {text!r}: both ends are open")
    if low and high and low > high:
        raise ValueParseError(f"a range that runs backwards: {text!r}")
    return low, high


def _hull(parts: list[Bounds]) -> Bounds:
    lows, highs = zip(*parts, strict=True)
    low = None if None in lows else min(day for day in lows if day)
    high = None if None in highs else max(day for day in highs if day)
    return low, high


def _point(text: str) -> Bounds:
    match = _POINT.match(text)
    if not match:
        raise ValueParseError(f"expected a date in EDTF, got {text!r}")
    try:
        return _days(match["year"], *(int(match[part]) if match[part] else None for part in ("month", "day")))
    except ValueError as error:
        raise ValueParseError(f"expected a day of the calendar, got {text!r}") from error


def _days(year: str, month: int | None, day: int | None) -> Bounds:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in _SEASONS and day is None:
        first, last = _SEASONS[month]
        end_year = high + (last < first)
        return date(low, first, 1), date(end_year, last, monthrange(end_year, last)[1])
    if month is not None and day is not None:
        return date(low, month, day), date(high, month, day)
    if month is not None:
        return date(low, month, 1), date(high, month, monthrange(high, month)[1])
    return date(low, 1, 1), date(high, 12, 31)

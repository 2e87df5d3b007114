"""One session for what infobox and prose say of the same recording dates and place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from discograph.records import DayMention, PlaceRecord, SessionRecord, merged
from discograph.values import edtf
from discograph.values.patterns import fold


def merge_sessions(sessions: list[SessionRecord]) -> list[SessionRecord]:
    """Return the sessions, each once, in the order in which the text first names them.

    Method: two records are of one session if neither date nor place speaks against it: dates are equal or
    one is missing, places have one name or one is missing.
    """
    everywhere = _place_of_all(sessions)
    found: list[SessionRecord] = []
    for session in sessions:
        if session is everywhere:
            continue
        match = next((i for i, other in enumerate(found) if _agree(other, session)), None)
        if match is None:
            found.append(session)
        else:
            found[match] = _joined(found[match], session)
    if everywhere:
        placed = [_joined(one, everywhere) if one.place is None and _agree(one, everywhere) else one for one in found]
        found = [everywhere, *found] if placed == found else placed
    return _absorbed(found)


def _place_of_all(sessions: list[SessionRecord]) -> SessionRecord | None:
    """Return the one session without date and tracks, if several with dates of their own lack a place: it is theirs."""
    undated = [one for one in sessions if one.date is None and one.place and not (one.scope or one.tracks)]
    dates = {one.date.value for one in sessions if one.date and one.place is None and not (one.scope or one.tracks)}
    return undated[0] if len(undated) == 1 and len(dates) > 1 else None


def with_days(sessions: list[SessionRecord], mentions: list[DayMention]) -> list[SessionRecord]:
    """Return the sessions, with days that prose names without a year as more evidence for the day meant.

    A mention that fits no listed day, or several, says nothing.
    """
    sessions = list(sessions)
    for mention in mentions:
        hits = [
            (at, number)
            for at, session in enumerate(sessions)
            for number, day in enumerate(session.days)
            if day.value[4:] == "-" + mention.day.value
        ]
        if len(hits) == 1:
            at, number = hits[0]
            days = list(sessions[at].days)
            days.append(mention.day.of(days[number].value))
            sessions[at] = replace(sessions[at], days=tuple(days))
    return sessions


def _absorbed(sessions: list[SessionRecord]) -> list[SessionRecord]:
    """Return the sessions without those that only tell coarsely ("in 1959") what others tell by the day.

    The finer ones take over the evidence, and the place where they name none.
    """
    kept: list[SessionRecord] = []
    for session in sessions:
        finer = [other for other in sessions if other is not session and _is_finer(other, session)]
        if not finer:
            kept.append(session)
    for session in sessions:
        if session in kept:
            continue
        for index, other in enumerate(kept):
            if _is_finer(other, session):
                place = _fuller(other.place, session.place)
                kept[index] = replace(other, said=merged(other.said, session.said), place=place)
    return kept


def _is_finer(fine: SessionRecord, coarse: SessionRecord) -> bool:
    """Tell whether a session lies within the dates of another that says no more than that."""
    if not fine.date or not coarse.date or coarse.tracks or fine.date.value == coarse.date.value:
        return False
    if fine.said.manner.is_asserted != coarse.said.manner.is_asserted:
        return False
    (low, high), (from_, to) = edtf.bounds(fine.date.value), edtf.bounds(coarse.date.value)
    return _within(low, high, from_, to) and _places_agree(fine.place, coarse.place)


def _agree(one: SessionRecord, other: SessionRecord) -> bool:
    if one.said.manner.is_asserted != other.said.manner.is_asserted:
        return False
    return _dates_agree(one, other) and _places_agree(one.place, other.place)


def _dates_agree(one: SessionRecord, other: SessionRecord) -> bool:
    if one.tracks and other.tracks and one.tracks.value != other.tracks.value:
        return False
    return one.date is None or other.date is None or one.date.value == other.date.value


def _within(low: date | None, high: date | None, from_: date | None, to: date | None) -> bool:
    return bool(low and high and from_ and to and from_ <= low and high <= to and (from_, to) != (low, high))


def _places_agree(one: PlaceRecord | None, other: PlaceRecord | None) -> bool:
    return one is None or other is None or _same_name(one.name.value, other.name.value)


def _fuller(one: PlaceRecord | None, other: PlaceRecord | None) -> PlaceRecord | None:
    """Return the first of two places that agree, or the second where that gives its name in full."""
    if one and other and fold(other.name.value).startswith(fold(one.name.value) + " ") and not one.within:
        return replace(other, other_names=(*other.other_names, one.name))
    return one or other


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names are of one place: equal, or one the other with a noun such as "Studio"."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return short == long or (long.startswith(short + " ") and len(long.removeprefix(short).split()) <= 2)


def _joined(one: SessionRecord, other: SessionRecord) -> SessionRecord:
    date = merged(one.date, other.date) if one.date and other.date else one.date or other.date
    return replace(
        one,
        said=merged(one.said, other.said),
        date=date,
        days=one.days or other.days,
        place=_joined_place(one.place, other.place),
        tracks=one.tracks or other.tracks,
    )


def _joined_place(one: PlaceRecord | None, other: PlaceRecord | None) -> PlaceRecord | None:
    if one is None or other is None:
        return one or other
    names = one.other_names
    name = one.name
    if fold(one.name.value) == fold(other.name.value):
        name = merged(one.name, other.name)
    else:
        names = (*names, other.name)
    within = _joined_place(one.within, other.within) if one.within and other.within else one.within or other.within
    within_said = one.within_said or other.within_said
    if one.within_said and other.within_said:
        within_said = merged(one.within_said, other.within_said)
    return replace(one, name=name, other_names=names, within=within, within_said=within_said)

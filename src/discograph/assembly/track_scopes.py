"""Qualifiers of credits and sessions as running numbers over the track listing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from discograph.records import AlbumRecord, CreditRecord, Said, SessionRecord, TrackRecord, TrackScope, merged
from discograph.values.patterns import fold

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_PART = re.compile(r"\b(?:side|dis[ck]|cd|lp)\s+(?P<name>\w+)\b", re.IGNORECASE)


def resolve_scopes(album: AlbumRecord) -> None:
    """Give credits and sessions the running numbers of their tracks, in place; merge credits told twice.

    A qualifier that the listing does not bear out (no listing, no such title) stays as a note.
    """
    album.credits = _merged([_credit(credit, album.tracks) for credit in album.credits])
    album.sessions = [_session(session, album.tracks) for session in album.sessions]


def _credit(credit: CreditRecord, tracks: Sequence[TrackRecord]) -> CreditRecord:
    if credit.scope is None:
        return credit
    numbers = resolve_scope(credit.scope.value, tracks)
    if numbers:
        return replace(credit, tracks=credit.scope.of(numbers))
    return replace(credit, note=credit.note or credit.scope.of(credit.scope.value.text))


def _session(session: SessionRecord, tracks: Sequence[TrackRecord]) -> SessionRecord:
    if session.scope is None:
        return session
    numbers = resolve_scope(session.scope.value, tracks)
    return replace(session, tracks=session.scope.of(numbers)) if numbers else session


def resolve_scope(scope: TrackScope, tracks: Sequence[TrackRecord]) -> tuple[int, ...]:
    """Return the running numbers of a scope in rising order; nothing where the listing does not tell.

    Shape: without a listing, printed numbers are taken for running numbers; what is excluded from an
    unknown number of tracks stays unknown.
    """
    numbers = set(scope.numbers)
    for title in scope.titles:
        numbers |= {track.running for track in tracks if _same_title(title, track.title.value)}
    for part, number in scope.places:
        numbers |= {t.running for t in tracks if number in (0, t.position) and _is_part(part, t, tracks)}
    if not numbers or (scope.titles and not tracks):
        return ()
    if scope.is_excluded:
        return tuple(track.running for track in tracks if track.running not in numbers)
    return tuple(sorted(numbers))


def _same_title(named: str, title: str) -> bool:
    one, other = (re.sub(r"[^\w ]", "", fold(text)).strip() for text in (named, title))
    return one == other or (bool(one) and (other.startswith(one + " ") or one in other.split(" / ")))


def _is_part(name: str, track: TrackRecord, tracks: Sequence[TrackRecord]) -> bool:
    """Tell whether a track is on a side or disc: by the name in its heading, else by the order of parts."""
    if track.part is None:
        return False
    found = _PART.search(track.part.value)
    if found:
        return _ordinal(found["name"]) == _ordinal(name)
    parts = list(dict.fromkeys(t.part.value for t in tracks if t.part))
    return parts.index(track.part.value) + 1 == _ordinal(name)


def _ordinal(name: str) -> int:
    word = name.casefold()
    if word.isdigit():
        return int(word)
    return _WORDS.get(word) or (ord(word) - ord("a") + 1 if len(word) == 1 else 0)


def _merged(credits_: list[CreditRecord]) -> list[CreditRecord]:
    """Return the credits, one for each agent and function: track numbers of several lines are joined."""
    found: dict[tuple[str, str], CreditRecord] = {}
    for credit in credits_:
        key = (fold(credit.agent.value), fold(credit.function.value))
        found[key] = _joined(found[key], credit) if key in found else credit
    return list(found.values())


def _joined(one: CreditRecord, other: CreditRecord) -> CreditRecord:
    tracks: Said[tuple[int, ...]] | None = one.tracks or other.tracks
    if one.tracks and other.tracks:
        numbers = tuple(sorted({*one.tracks.value, *other.tracks.value}))
        tracks = merged(one.tracks.of(numbers), other.tracks)
    return replace(
        one,
        said=merged(one.said, other.said),
        agent=merged(one.agent, other.agent),
        function=merged(one.function, other.function),
        tracks=tracks,
        note=one.note or other.note,
    )

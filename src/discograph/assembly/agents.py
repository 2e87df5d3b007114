"""Names of agents: in full where running text calls them by their surname, whole where a list was no list."""

from __future__ import annotations

import re
from dataclasses import replace

from discograph.document import Span
from discograph.records import AlbumMention, AlbumRecord, CreditRecord, Evidence, Said
from discograph.values.names import resolve
from discograph.values.patterns import fold

_BY_SURNAME = ("prose-", "personnel-told", "track-table-credit")

_JOINT = re.compile(r",? (?:&|and) |, ")


def with_whole_artist(album: AlbumRecord) -> None:
    """Give the artist the credits of the parts of its name, in place: "Elm, Oak & Ash" is one band, not three people.

    A name whose parts all are full names is that of people who play together, each of whom has credits.
    """
    for artist in album.artist:
        parts = [fold(part) for part in _JOINT.split(artist.value)]
        if len(parts) > 1 and not all(" " in part for part in parts):
            _rejoin(album, artist.value, parts)


def _rejoin(album: AlbumRecord, artist: str, parts: list[str]) -> None:
    """Replace, in place, credits for one function that are of the parts of a name, one after the other, by one."""
    groups: dict[tuple[Span, str], list[CreditRecord]] = {}
    for credit in album.credits:
        groups.setdefault((credit.function.evidence[0].span, credit.function.value), []).append(credit)
    for group in groups.values():
        names = [fold(credit.agent.value) for credit in group]
        start = next((at for at in range(len(names)) if names[at : at + len(parts)] == parts), None)
        if start is None:
            continue
        first, *others = group[start : start + len(parts)]
        whole = replace(first, agent=_whole(first, others[-1], artist))
        kept = [credit for credit in album.credits if not any(credit is other for other in others)]
        album.credits = [whole if credit is first else credit for credit in kept]


def _whole(first: CreditRecord, last: CreditRecord, artist: str) -> Said[str]:
    evidence = first.agent.evidence[0]
    span = Span(evidence.span.start, last.agent.evidence[0].span.end)
    return Said(artist, (Evidence(span, evidence.rule),), first.agent.manner)


def with_full_names(album: AlbumRecord) -> None:
    """Replace surnames by the one full name that the article gives, in place; unclear names are dropped.

    A surname that no full name of the article bears says who, but not by which name.
    """
    known = tuple(
        dict.fromkeys(
            [said.value for said in album.artist]
            + [credit.agent.value for credit in album.credits]
            + [agent.name.value for agent in album.agents]
        )
    )
    album.engagements = [
        replace(record, agent=agent) for record in album.engagements if (agent := _full(record.agent, known))
    ]
    album.mentions = [_mention(mention, known) for mention in album.mentions]
    whole = tuple(name for name in known if " " in name)
    album.credits = [
        replace(credit, agent=_full(credit.agent, whole) or credit.agent) if _is_prose(credit.agent) else credit
        for credit in album.credits
    ]


def _full(name: Said[str], known: tuple[str, ...]) -> Said[str] | None:
    found = resolve(name.value, known)
    if found:
        return name.of(found)
    return name if " " in name.value else None


def _mention(mention: AlbumMention, known: tuple[str, ...]) -> AlbumMention:
    return replace(mention, artist=_full(mention.artist, known)) if mention.artist else mention


def _is_prose(name: Said[str]) -> bool:
    """Tell whether a name stands where people go by their last names: in running text, in the column of a table.

    In lists it is whole.
    """
    return any(evidence.rule.startswith(_BY_SURNAME) for evidence in name.evidence)

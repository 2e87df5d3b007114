"""Full names for agents that running text calls by their surname."""

from __future__ import annotations

from dataclasses import replace

from discograph.records import AlbumMention, AlbumRecord, Said
from discograph.values.names import resolve

_BY_SURNAME = ("prose-", "personnel-told", "track-table-credit")


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

"""Bring the findings of a document together into its albums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from discograph.assembly.agents import with_full_names, with_whole_artist
from discograph.assembly.certifications import merge_certifications
from discograph.assembly.charts import merge_charts
from discograph.assembly.editions import settle_editions
from discograph.assembly.manners import with_manner_of_whole
from discograph.assembly.reception import merge_awards, merge_reviews
from discograph.assembly.sessions import merge_sessions, with_days
from discograph.assembly.track_scopes import resolve_scopes
from discograph.records import (
    AgentRecord,
    AlbumField,
    AlbumMention,
    AlbumRecord,
    AwardRecord,
    CertificationRecord,
    ChartRecord,
    ContentsRecord,
    CreditRecord,
    DayMention,
    EditionRecord,
    EngagementRecord,
    FilmRecord,
    Findings,
    IssueRecord,
    NeighbourRecord,
    OpinionRecord,
    PageAlbums,
    PageRecord,
    Record,
    ReleaseEventRecord,
    ReviewRecord,
    Said,
    SessionRecord,
    TrackRecord,
    gather,
)
from discograph.values.names import is_ensemble, label_key
from discograph.values.patterns import fold, unquote

R = TypeVar("R")


def assemble(findings: Findings) -> PageAlbums:
    """Return the albums that a document is about.

    Shape: at most one album so far as the findings tell; a document whose infobox and lead both do not
    speak of an album has none, whatever else was found in it.
    """
    records = tuple(map(with_manner_of_whole, findings.records))
    page = next(_of(PageRecord, records), None)
    issues = list(_of(IssueRecord, records))
    result = PageAlbums(page, [], [i for i in issues if not i.about], list(findings.problems))
    fields = list(_of(AlbumField, records))
    said = [field.said.of(None) for field in fields if field.name == "said"]
    said += [field.said.of(None) for field in fields if field.name == "title"]
    if not said:
        return result
    album = AlbumRecord(said[0])
    _fill_fields(album, fields)
    _fill_lists(album, records, issues)
    album.disambiguation = page.disambiguation if page else None
    with_whole_artist(album)
    with_full_names(album)
    resolve_scopes(album)
    album.sessions = with_days(merge_sessions(album.sessions), list(_of(DayMention, records)))
    _drop_people(album)
    settle_editions(album)
    result.albums.append(album)
    return result


def join(parts: Sequence[PageAlbums]) -> PageAlbums:
    """Return what the parts of a page hold as one page, in their order; the page record is the first part's."""
    return PageAlbums(
        parts[0].page,
        [album for part in parts for album in part.albums],
        [issue for part in parts for issue in part.issues],
        [problem for part in parts for problem in part.problems],
    )


def _of(kind: type[R], records: Iterable[Record]) -> Iterator[R]:
    return (record for record in records if isinstance(record, kind))


def _same_words(one: str, other: str) -> bool:
    return fold(unquote(one)) == fold(unquote(other))


def _same_label(one: str, other: str) -> bool:
    return fold(label_key(one)) == fold(label_key(other))


def _neighbours(records: list[NeighbourRecord]) -> list[NeighbourRecord]:
    """Return the ends of the chronology: what the infobox says stands before what prose calls the next album."""
    told = {record.direction for record in records if record.album.title.evidence[0].rule == "infobox-chronology"}
    return [
        record
        for record in records
        if record.direction not in told or record.album.title.evidence[0].rule == "infobox-chronology"
    ]


def _drop_people(album: AlbumRecord) -> None:
    """Take artists and players off the labels of release events, in place: "released by NAME" may mean either.

    An artist may go by the last name alone ("NAME reissued the album"); that of a group is no such name.
    """
    people = {fold(said.value) for said in album.artist} | {fold(credit.agent.value) for credit in album.credits}
    people |= {name.rsplit(" ", 1)[-1] for name in people if name.count(" ") in (1, 2) and not name.startswith("the ")}
    album.release_events = [
        replace(event, labels=tuple(label for label in event.labels if fold(label.value) not in people))
        for event in album.release_events
    ]
    album.release_events = [
        event
        for event in album.release_events
        if event.labels or event.date or event.territory or event.edition or event.host or event.catalogue
    ]


def _is_piece(one: str, other: str) -> bool:
    """Tell whether one name is the other cut off or run on: "Earth" of "Earth, Wind & Fire".

    A leader and the group of that name are two.
    """
    short, long = sorted((fold(one), fold(other)), key=len)
    if is_ensemble(long) and long.startswith(short + " "):
        return False
    if short == long or is_ensemble(long):
        return short != long and long.startswith(short) and not long[len(short)].isalnum()
    return (long.startswith(short) and not long[len(short)].isalnum()) or short in _JOINED.split(long)


def _is_billed(name: str, known: list[str]) -> bool:
    """Tell whether a name is one of those known, cut off or run on, or several of them together: "A with the B"."""
    together = [part.removeprefix("the ") for part in _JOINED.split(fold(name))]
    alone = {fold(one).removeprefix("the ") for one in known}
    return any(_is_piece(name, one) for one in known) or (len(together) > 1 and alone.issuperset(together))


_JOINED = re.compile(r",? (?:and|with|featuring|feat\.) (?:the )?|,? & (?:the )?|, ")


def _fill_fields(album: AlbumRecord, fields: Iterable[AlbumField]) -> None:
    lists: dict[str, list[Said[str]]] = {
        "title": album.title,
        "album_type": album.album_type,
        "artist": album.artist,
        "genre": album.genre,
        "label": album.label,
    }
    for field in fields:
        if field.name == "artist" and _is_billed(field.said.value, [said.value for said in album.artist]):
            continue
        if field.name in lists:
            gather(lists[field.name], field.said, _same_label if field.name == "label" else _same_words)


def _fill_lists(album: AlbumRecord, records: Iterable[Record], issues: Iterable[IssueRecord]) -> None:
    records = list(records)
    album.sessions += _of(SessionRecord, records)
    album.editions += _of(EditionRecord, records)
    album.release_events += _of(ReleaseEventRecord, records)
    album.credits += _of(CreditRecord, records)
    album.tracks += _of(TrackRecord, records)
    album.neighbours += _neighbours(list(_of(NeighbourRecord, records)))
    album.charts += merge_charts(list(_of(ChartRecord, records)))
    album.certifications += merge_certifications(list(_of(CertificationRecord, records)))
    album.awards += merge_awards(_of(AwardRecord, records))
    album.reviews += merge_reviews(_of(ReviewRecord, records))
    album.films += _of(FilmRecord, records)
    album.engagements += _of(EngagementRecord, records)
    album.opinions += _of(OpinionRecord, records)
    album.contents += _of(ContentsRecord, records)
    album.agents += _of(AgentRecord, records)
    album.mentions += _of(AlbumMention, records)
    album.issues += [issue for issue in issues if issue.about]

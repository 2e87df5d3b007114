"""Editions and the release events that put them on sale."""

from __future__ import annotations

import re
from dataclasses import replace

from discograph.records import AlbumRecord, EditionRecord, Manner, ReleaseEventRecord, Said, gather, merged
from discograph.values import edtf
from discograph.values.carriers import carrier
from discograph.values.names import label_key
from discograph.values.patterns import fold

_FIRST_CD = 1982
_CD = re.compile(r"\b(?:cd|sacd)\Z")


def settle_editions(album: AlbumRecord) -> None:
    """Merge editions of one carrier, and give each release event the edition that it put on sale, in place.

    Method: an event that names a carrier is of the edition with it; the first release is of the edition
    that is called the original one. An event of a carrier that nothing else names makes an edition.
    """
    album.release_events = _merge_events(album.release_events)
    named = [
        EditionRecord(event.edition, event.edition)
        for event in album.release_events
        if event.edition and event.edition.manner.is_asserted and event.host is None
    ]
    album.editions = _merge_editions([*album.editions, *named])
    originals = [e for e in album.editions if e.kind and e.kind.value == "original-issue"]
    if len(originals) == 1:
        album.release_events = [_of_original(event, originals[0]) for event in album.release_events]


def carrier_of(edition: EditionRecord) -> str:
    """Return the slug of an edition's carrier, "" if it has none."""
    return carrier(edition.format.value) if edition.format else ""


def _merge_editions(editions: list[EditionRecord]) -> list[EditionRecord]:
    found: list[EditionRecord] = []
    for edition in editions:
        match = next((i for i, other in enumerate(found) if carrier_of(other) == carrier_of(edition)), None)
        if match is None:
            found.append(edition)
            continue
        other = found[match]
        format_ = merged(other.format, edition.format) if other.format and edition.format else other.format
        found[match] = replace(
            other,
            name=merged(other.name, edition.name),
            format=format_,
            kind=other.kind or edition.kind,
            duration=other.duration or edition.duration,
        )
    return found


def _of_original(event: ReleaseEventRecord, original: EditionRecord) -> ReleaseEventRecord:
    is_first = event.kind is not None and event.kind.value == "first-release"
    if not is_first or event.edition or event.host or original.format is None:
        return event
    return replace(event, edition=event.said.of(original.format.value, Manner.IMPLIED))


def _merge_events(events: list[ReleaseEventRecord]) -> list[ReleaseEventRecord]:
    """Return the events, each once: what infobox and prose say of one date and label is one event."""
    found: list[ReleaseEventRecord] = []
    for event in events:
        same = (i for i, other in enumerate(found) if _same_event(other, event))
        match = next((i for i in same if not _is_stray(event, found[i], is_first=i == 0)), None)
        if match is None:
            found.append(event)
        else:
            found[match] = _joined(found[match], event)
    return [_of_its_country(event, events) for event in found]


def _of_its_country(event: ReleaseEventRecord, said: list[ReleaseEventRecord]) -> ReleaseEventRecord:
    """Return the event of a country without the labels that are told to be those of other countries.

    The infobox names the labels of all countries, "Oak, Elm"; a table knows which of them was where.
    """
    own = [one for one in said if one.territory and event.territory and _place(one) == _place(event)]
    others = [one for one in said if one.territory and event.territory and _place(one) != _place(event)]
    here, elsewhere = ({_key(label) for one in events for label in one.labels} for events in (own, others))
    labels = tuple(label for label in event.labels if _key(label) in here or _key(label) not in elsewhere)
    return replace(event, labels=labels) if here and labels else event


def _place(event: ReleaseEventRecord) -> str:
    return (event.territory.canonical or event.territory.name.value) if event.territory else ""


def _key(label: Said[str]) -> str:
    return fold(label_key(label.value))


def _same_event(one: ReleaseEventRecord, other: ReleaseEventRecord) -> bool:
    """Tell whether two records tell of one event: dates within each other, nothing else that differs."""
    if one.date and other.date and not _dates_agree(one.date.value, other.date.value):
        return False
    places = {_place(event) for event in (one, other) if event.territory}
    kinds = {k.value for k in (one.kind, other.kind) if k}
    editions = {_pressing(e.value) for e in (one.edition, other.edition) if e}
    labels = [{_key(said) for said in event.labels} for event in (one, other)]
    same_label = not all(labels) or bool(_of_slashes(labels[0]) & _of_slashes(labels[1]))
    if _is_other_edition(one, other):
        return False
    if max(map(len, (places, kinds, editions))) > 1 or one.host != other.host:
        return False
    if one.date and other.date:
        same_day = one.date.value == other.date.value and len(one.date.value) == len("YYYY-MM-DD")
        return same_label or same_day
    again = [event.kind is not None and event.kind.value == "reissue" for event in (one, other)]
    if any(again):  # a reissue is not the release that it repeats
        return all(again) and same_label and bool(labels[0] & labels[1])
    return same_label


def _is_other_edition(one: ReleaseEventRecord, other: ReleaseEventRecord) -> bool:
    """Tell whether number or carrier keep one event from being another: no two numbers, no CD before there were any."""
    if one.catalogue and other.catalogue and _plain(one.catalogue.value) != _plain(other.catalogue.value):
        return True
    return any(
        _is_cd(event) and date and (high := edtf.bounds(date.value)[1]) and high.year < _FIRST_CD
        for event, date in ((one, other.date), (other, one.date))
    )


def _is_cd(event: ReleaseEventRecord) -> bool:
    return event.edition is not None and bool(_CD.search(carrier(event.edition.value)))


def _is_stray(event: ReleaseEventRecord, other: ReleaseEventRecord, *, is_first: bool) -> bool:
    """Tell whether an event of a number without date shares nothing with another, and may be any edition's.

    A number of the LP is the first release's where nothing speaks against it.
    """
    if not event.catalogue or event.date:
        return False
    labels = [{_key(said) for said in each.labels} for each in (event, other)]
    shared = (event.edition and other.edition) or (labels[0] & labels[1])
    return not shared and (_is_cd(event) or not is_first)


def _plain(number: str) -> str:
    return re.sub(r"[\W_]", "", number).casefold()


def _pressing(words: str) -> str:
    """Return an edition's words for comparison: "a double CD" and "2×CD" are one."""
    plain = re.sub(r"\b(?:double|two|2\s?[x×])[- ]?", "2", fold(words))
    return re.sub(r"\A(?:an?|the) ", "", plain).replace("2-", "2")


def _of_slashes(labels: set[str]) -> set[str]:
    """Return labels with those that a slash joins each alone, too: "Elm/Oak" is of Elm and of Oak."""
    return labels | {fold(label_key(part)) for label in labels if "/" in label for part in label.split("/")}


def _dates_agree(one: str, other: str) -> bool:
    (low, high), (from_, to) = edtf.bounds(one), edtf.bounds(other)
    if not (low and high and from_ and to):
        return one == other
    return (from_ <= low and high <= to) or (low <= from_ and to <= high)


def _joined(one: ReleaseEventRecord, other: ReleaseEventRecord) -> ReleaseEventRecord:
    date = one.date or other.date
    if one.date and other.date:
        same = one.date.value == other.date.value
        finer = max(one.date, other.date, key=lambda said: len(said.value))
        date = merged(one.date, other.date) if same else finer
    labels = list(one.labels)
    known = {_key(label) for label in labels}
    for label in other.labels:  # of two wordings for the labels of one day, the first stands
        if not known or _key(label) in known:
            gather(labels, label, lambda a, b: fold(label_key(a)) == fold(label_key(b)))
    return replace(
        one,
        said=merged(one.said, other.said),
        date=date,
        territory=one.territory or other.territory,
        labels=tuple(labels),
        kind=one.kind or other.kind,
        edition=one.edition or other.edition,
        catalogue=one.catalogue or other.catalogue,
    )

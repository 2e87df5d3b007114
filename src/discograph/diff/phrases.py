"""Things and values of an album in the words in which people talk of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from discograph.diff.align import owner_of
from discograph.diff.snapshot import Snapshot
from discograph.provenance.claims import Term
from discograph.rdf import Literal, NamedNode
from discograph.vocab import DCTERMS, DG, RDFS

_TITLED = frozenset({"album", "film", "composition"})
_PARTS = {
    "release": (DG.format, DG.kind, DCTERMS.title),
    "session": (DG.place, DG.date),
    "release event": (DG.date, DG.territory, DG.label, DG.kind),
    "chart entry": (DG.chart, DG.date),
    "certification": (DG.level, DG.territory, DG.certifiedBy, DG.date),
    "review": (DG.publication,),
    "award result": (DG.award, DG.awardCategory, DG.date, DG.outcome),
    "engagement": (DG.participant, DG.place, DG.date),
}
"""What a thing is told by, in this order."""

_WORDS = {
    "release event": "release",
    "release": "edition",
    "chart entry": "chart",
    "award result": "award",
    "session": "session",
}
GENERIC = frozenset({"edition", "release", "session", "session day"})
"""Subjects that are no names: the only release event or session of an album."""
_RESULT = {"chart entry": DG.peakPosition, "review": DG.score}
"""What stands behind a colon when a thing comes or goes."""


class Phrases:
    """The words for the things of one side."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._names = snapshot.names

    def value(self, term: Term) -> str:
        """Return a value as people read it: the text of a literal, a thing by its name."""
        if isinstance(term, NamedNode) and (family := self._snapshot.families.get(term)):
            return self._name(term) if family in _TITLED else self.thing(term)
        return self._names.of(term)

    def thing(self, node: NamedNode) -> str:
        """Return a thing as a value: ``Barney Wilen``, ``track 3 “So What”``, ``edition CD``."""
        family = self._snapshot.families.get(node, "")
        if family == "track":
            return self.track(node)
        if family == "medium":
            return self._first(node, DCTERMS.title) or f"side or disc {self._first(node, DG.position)}".strip()
        if family == "credit":
            return self.credit(node)
        if family in _PARTS:
            return self._described(node, family)
        return self._name(node)

    def whole(self, node: NamedNode) -> str:
        """Return a thing that came or went, with its class where its name does not tell it."""
        family = self._snapshot.families.get(node, "")
        if family == "credit":
            return self.credit(node) + self.on_tracks(node)
        text = self.thing(node)
        if family in _RESULT and (result := self._first(node, _RESULT[family])):
            return f"{text}: {result}"
        if family in ("track", "medium") or family in _PARTS:
            return text
        return f"{family} {text}"

    def subject(self, node: NamedNode, changed: Collection[NamedNode] = ()) -> str:
        """Return a thing as the subject of a change of some of its properties, which it is not told by then."""
        family = self._snapshot.families.get(node, "")
        if family == "album" and node in (album for _, album in self._snapshot.topics()):
            return ""
        if family == "track":
            return self.track(node, with_title=DCTERMS.title not in changed)
        if family == "credit":
            return self.credit(node, without=changed)
        if family in _PARTS:
            if self._is_only(node, family):
                return _WORDS[family]
            return self._described(node, family, without=changed)
        if family == "document":
            return "page"
        return self._name(node) if family else self._names.of(node)

    def credit(self, node: NamedNode, without: Collection[NamedNode] = ()) -> str:
        """Return a credit: ``Barney Wilen, tenor saxophone``."""
        return ", ".join(self._values(node, [p for p in (DG.agent, DG.instrument, DG.role) if p not in without]))

    def on_tracks(self, node: NamedNode) -> str:
        """Return ``, on track 25`` for the tracks of a credit; "" if it tells none."""
        if self.covers_all(node):
            return ", on all tracks"
        tracks = self._snapshot.asserted(node, DG.creditedTrack)
        return f", on {self.tracks(tracks)}" if tracks else ""

    def tracks(self, tracks: Iterable[Term], *, with_titles: bool = False) -> str:
        """Return tracks by their numbers, or by number and title."""
        nodes = [track for track in tracks if isinstance(track, NamedNode)]
        if with_titles:
            return ", ".join(self.track(node) for node in sorted(nodes, key=lambda node: self.number(node) or 0))
        numbers = [self.number(node) for node in nodes]
        return track_numbers([number for number in numbers if number is not None])

    def covers_all(self, node: NamedNode) -> bool:
        """Tell whether a credit holds for every track of the editions that it lists tracks of."""
        tracks = {t for t in self._snapshot.asserted(node, DG.creditedTrack) if isinstance(t, NamedNode)}
        holders = {owner_of(self._snapshot, track) for track in tracks}
        every = {t for holder in holders if holder for t in self._snapshot.asserted(holder, DG.track)}
        scopes = [s.value for s in self._snapshot.asserted(node, DG.creditScope) if isinstance(s, NamedNode)]
        return bool(tracks) and tracks == every and not any(scope.endswith("/listed") for scope in scopes)

    def track(self, node: NamedNode, *, with_title: bool = True) -> str:
        """Return ``track 3 “So What”``."""
        number, title = self.number(node), self._first(node, DCTERMS.title) if with_title else ""
        return f"track {number if number is not None else '?'}" + (f" “{title}”" if title else "")

    def number(self, track: NamedNode) -> int | None:
        """Return the running number of a track, else its position."""
        for predicate in (DG.runningNumber, DG.position):
            text = self._first(track, predicate)
            if text.isdecimal():
                return int(text)
        return None

    def album(self, node: NamedNode) -> str:
        """Return ``Title — Artist``."""
        artists = self._values(node, [DG.artist])
        return " — ".join(filter(None, (self._name(node), ", ".join(artists))))

    def _described(self, node: NamedNode, family: str, without: Collection[NamedNode] = ()) -> str:
        told = ", ".join(self._values(node, [p for p in _PARTS[family] if p not in without]))
        word = "session day" if self._snapshot.asserted(node, DG.subEventOf) else _WORDS.get(family, family)
        return f"{word} {told}" if told else word

    def _is_only(self, node: NamedNode, family: str) -> bool:
        if family not in ("session", "release event") or self._snapshot.asserted(node, DG.subEventOf):
            return False
        return self._counts[family, owner_of(self._snapshot, node)] == 1

    @cached_property
    def _counts(self) -> Counter[tuple[str, NamedNode | None]]:
        """How many things of a family each thing owns."""
        families = self._snapshot.families.items()
        return Counter((family, owner_of(self._snapshot, node)) for node, family in families)

    def _values(self, node: NamedNode, predicates: Sequence[NamedNode]) -> list[str]:
        return [self.value(v) for predicate in predicates for v in self._snapshot.told(node, predicate)]

    def _first(self, node: NamedNode, predicate: NamedNode) -> str:
        value = self._snapshot.first(node, predicate)
        return value.value if isinstance(value, Literal) else ""

    def _name(self, node: NamedNode) -> str:
        return self._first(node, RDFS.label) or self._first(node, DCTERMS.title) or self._names.of(node)


def track_numbers(numbers: Sequence[int]) -> str:
    """Return ``track 3`` or ``tracks 1–4, 13``.

    >>> track_numbers([25]), track_numbers([4, 1, 2, 3, 13])
    ('track 25', 'tracks 1–4, 13')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    return f"track{'s' * (len(set(numbers)) != 1)} {shown}"

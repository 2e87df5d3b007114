"""What is said otherwise of a thing that both sides have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from discograph.diff.change import Change, Kind, State
from discograph.diff.families import NAMED
from discograph.diff.phrases import GENERIC
from discograph.diff.side import Side, Sides, asserting, manner_text, marked
from discograph.diff.snapshot import Manner, Values
from discograph.provenance.claims import Term
from discograph.rdf import Literal, NamedNode
from discograph.vocab import DCTERMS, DG, FOAF, RDF, RDFS, SCHEMA, SKOS

_QUOTED = frozenset({DCTERMS.title, DG.literalTitle, DG.writerCredit, SKOS.altLabel, SKOS.note})
_OF_PAGE_TITLE = frozenset({FOAF.isPrimaryTopicOf, SCHEMA.disambiguatingDescription, SKOS.closeMatch})
"""What follows from the title of the page."""
_NAMING = frozenset({RDF.type, RDFS.label, SKOS.altLabel})
"""What comes with the first words that name a thing: how it is said is told of what names it."""
_PLAIN = frozenset({DG.agent, DG.instrument, DG.role, RDF.type})
"""Properties that a change need not name: the values tell what they are."""
_NUMBERS = frozenset({DG.position, DG.runningNumber})
_IMPLIED = frozenset({"implied"})
_LABELS = {
    DG.durationSeconds: "length",
    DG.creditedTrack: "track",
    RDF.type: "class",
    DG.trackCount: "number of tracks",
}


class _Value(NamedTuple):
    """A value of one side, with the thing it is said of, and the manners."""

    side: Side
    node: NamedNode
    predicate: NamedNode
    value: Term
    manners: frozenset[Manner]


class Properties:
    """Compares the properties of two nodes that are one thing."""

    def __init__(self, sides: Sides, *, has_manners: bool) -> None:
        self._sides = sides
        self._has_manners = has_manners
        self._page_titles_differ = self._titles(sides.old) != self._titles(sides.new)

    def changes(self, old: NamedNode, new: NamedNode) -> Iterator[Change]:
        """Yield the changes of a thing's properties."""
        before, after = (s.snapshot.said.get(n, {}) for s, n in ((self._sides.old, old), (self._sides.new, new)))
        for predicate in sorted(before.keys() | after.keys(), key=str):
            if not self._follows(old, new, predicate):
                yield from self._property(old, new, predicate, before.get(predicate, {}), after.get(predicate, {}))

    def _property(
        self, old: NamedNode, new: NamedNode, predicate: NamedNode, before: Values, after: Values
    ) -> Iterator[Change]:
        by_old_name = {self._sides.alignment.as_old(value): (value, manners) for value, manners in after.items()}
        gone = [_Value(self._sides.old, old, predicate, v, m) for v, m in before.items() if v not in by_old_name]
        come = [_Value(self._sides.new, new, predicate, v, m) for k, (v, m) in by_old_name.items() if k not in before]
        for name, (value, manners) in by_old_name.items():
            if name in before and self._is_other_manner(old, value, predicate, before[name], manners):
                yield self._manner(
                    _Value(self._sides.old, old, predicate, name, before[name]),
                    _Value(self._sides.new, new, predicate, value, manners),
                )
        gone, come = self._told(gone), self._told(come)
        if predicate == DG.creditedTrack:
            yield from self._credited(gone, come)
        elif len(gone) == len(come) == 1:
            yield self._changed(gone[0], come[0])
        else:
            yield from (self._one(Kind.REMOVED, value) for value in gone)
            yield from (self._one(Kind.ADDED, value) for value in come)

    def _is_other_manner(
        self, node: NamedNode, value: Term, predicate: NamedNode, old: frozenset[Manner], new: frozenset[Manner]
    ) -> bool:
        """Tell whether something is said in another manner, and not because all of a thing is."""
        if not self._has_manners or not _differ(old, new):
            return False
        if predicate in _NAMING:
            is_alike = bool(asserting(old)) == bool(asserting(new))
            family = self._sides.old.snapshot.families.get(node)
            return predicate == RDF.type and family not in NAMED and not is_alike
        change = _kinds(old), _kinds(new)
        other = self._sides.alignment.as_old(value)
        return change not in (self._turned(node), self._turned(other) if isinstance(other, NamedNode) else None)

    def _turned(self, old: NamedNode) -> tuple[set[str], set[str]] | None:
        """Return how it is said that there is a thing, before and after, where only one side has it as a fact."""
        new = self._sides.alignment.new_of.get(old)
        if new is None or self._sides.old.snapshot.families.get(old) in NAMED:
            return None
        sides = ((self._sides.old, old), (self._sides.new, new))
        before, after = (frozenset(m for ms in s.snapshot.values(n, RDF.type).values() for m in ms) for s, n in sides)
        kinds = _kinds(before), _kinds(after)
        return kinds if bool(asserting(before)) != bool(asserting(after)) else None

    def _titles(self, side: Side) -> set[str]:
        titles = (t for node in side.topics.values() for t in side.snapshot.asserted(node, DCTERMS.title))
        return {title.value for title in titles if isinstance(title, Literal)}

    def _follows(self, old: NamedNode, new: NamedNode, predicate: NamedNode) -> bool:
        """Tell whether a property can differ only because something else does, which is told."""
        one, other = self._sides.old, self._sides.new
        if predicate in _OF_PAGE_TITLE:
            return self._page_titles_differ
        if predicate in _NUMBERS and one.snapshot.families.get(old) == "track":
            moved = one.phrases.number(old) != other.phrases.number(new)
            return moved or predicate == DG.runningNumber
        if predicate == DG.creditedTrack:
            return one.phrases.covers_all(old) and other.phrases.covers_all(new)
        if predicate == DG.trackCount:
            return all(_is_count(side, node) for side, node in ((one, old), (other, new)))
        return predicate == DG.date and self._sides.is_day_told(one, old) and self._sides.is_day_told(other, new)

    def _told(self, values: list[_Value]) -> list[_Value]:
        """Return values without the things that are told as changes of their own."""
        return [value for value in values if not self._is_told(value)]

    def _is_told(self, value: _Value) -> bool:
        node = value.value
        if not isinstance(node, NamedNode) or not self._sides.is_covered(value.side, node):
            return False
        if value.predicate == DG.creditedTrack:
            return False
        is_implied = {manner for manner, _ in value.manners} <= _IMPLIED
        is_whole = value.side.owner(node) == value.node or value.predicate == FOAF.primaryTopic
        return is_whole or is_implied or value.predicate == DG.creditOn

    def _credited(self, gone: list[_Value], come: list[_Value]) -> Iterator[Change]:
        """Yield the tracks that a credit lost and gained, as one change each; by title where numbers mean others."""
        numbers = [{value.side.phrases.number(_node(value)) for value in values} for values in (gone, come)]
        with_titles = bool(numbers[0] & numbers[1])
        for kind, values in ((Kind.REMOVED, gone), (Kind.ADDED, come)):
            if values:
                yield self._on_tracks(kind, values, with_titles=with_titles)

    def _on_tracks(self, kind: Kind, values: list[_Value], *, with_titles: bool) -> Change:
        first = values[0]
        phrases = first.side.phrases
        change, credit = self._one(kind, first), phrases.credit(first.node)
        tracks = phrases.tracks((value.value for value in values), with_titles=with_titles)
        old, new = (state and replace(state, text=tracks, node=None) for state in (change.old, change.new))
        text = f"{credit}, on {tracks}{marked(first.manners)}"
        return replace(change, thing=credit, old=old, new=new, text=text, rank=first.side.rank(first.node, text))

    def _one(self, kind: Kind, value: _Value) -> Change:
        state = self._state(value)
        text = f"{self._subject(value)}{_label(value)} {_shown(value)}{marked(value.manners)}"
        is_old = kind is Kind.REMOVED
        return self._change(kind, value, state if is_old else None, None if is_old else state, text)

    def _changed(self, old: _Value, new: _Value) -> Change:
        label = _label(new)
        before, after = (_shown(value) + marked(value.manners) for value in (old, new))
        if before == after:  # two things of one name
            before, after = (self._told_apart(value) for value in (old, new))
        text = f"{self._subject(old)}{'' if old.predicate in _PLAIN else label + ' '}{before} → {after}"
        return self._change(Kind.CHANGED, new, self._state(old), self._state(new), text)

    def _told_apart(self, value: _Value) -> str:
        """Return a value with what tells it from another of its name: the artist of an album, else its IRI."""
        side, node = value.side, value.value
        if isinstance(node, NamedNode) and side.snapshot.families.get(node) == "album":
            return side.phrases.album(node)
        return f"{_shown(value)} ({side.snapshot.names.short(node)})" if isinstance(node, NamedNode) else str(node)

    def _manner(self, old: _Value, new: _Value) -> Change:
        before, after = (self._said(value.manners) for value in (old, new))
        about = f"{self._subject(old)}{_label(new)} {_shown(new)}"
        if old.predicate == RDF.type:
            about = old.side.phrases.thing(old.node)
        text = f"{about}: {before} → {after}"
        return self._change(Kind.CHANGED, new, self._state(old), self._state(new), text)

    def _said(self, manners: frozenset[Manner]) -> str:
        """Return manners with the names of those whose opinions they are."""
        names = self._sides.new.snapshot.names
        said = (f"{m} of {names.of(NamedNode(h))}" if h else m for m, h in sorted(manners))
        return ", ".join(said)

    def _change(self, kind: Kind, value: _Value, old: State | None, new: State | None, text: str) -> Change:
        side = value.side
        evidence = (new or old or State("")).evidence
        family = side.snapshot.families.get(value.node, "thing")
        thing = side.phrases.subject(value.node) or side.phrases.thing(value.node)
        album = self._sides.album(side, value.node, evidence)
        return Change(kind, album, thing, family, _label(value), old, new, text, (), side.rank(value.node, text))

    def _state(self, value: _Value) -> State:
        node = value.value if isinstance(value.value, NamedNode) else None
        evidence = value.side.evidence(value.node, value.predicate, value.value)
        manner = manner_text(value.manners) if self._has_manners else ""
        return State(_shown(value), node, manner, evidence)

    def _subject(self, value: _Value) -> str:
        subject = value.side.phrases.subject(value.node, (value.predicate,))
        family = value.side.snapshot.families.get(value.node)
        glue = " " if family in ("track", "document") or subject in GENERIC else ": "
        return subject + glue if subject else ""


def _differ(old: frozenset[Manner], new: frozenset[Manner]) -> bool:
    """Tell whether two manners are said differently; the IRIs of holders may change with the base."""
    return sorted((m, h.rpartition("/")[2]) for m, h in old) != sorted((m, h.rpartition("/")[2]) for m, h in new)


def _kinds(manners: Iterable[Manner]) -> set[str]:
    return {manner for manner, _ in manners}


def _node(value: _Value) -> NamedNode:
    assert isinstance(value.value, NamedNode), value.value
    return value.value


def _is_count(side: Side, node: NamedNode) -> bool:
    """Tell whether the number of tracks that is said is that of the tracks there are, or none is said."""
    said = side.snapshot.first(node, DG.trackCount)
    return said is None or (isinstance(said, Literal) and said.value == str(_tracks(side.snapshot.said.get(node, {}))))


def _tracks(properties: Mapping[NamedNode, Values]) -> int:
    return len(properties.get(DG.track, {}))


def _label(value: _Value) -> str:
    return _LABELS.get(value.predicate) or value.side.snapshot.names.of(value.predicate)


def _shown(value: _Value) -> str:
    text = value.side.phrases.value(value.value)
    if value.predicate in _QUOTED:
        return f"“{text}”"
    if value.predicate == DG.durationSeconds and text.isdecimal():
        minutes, seconds = divmod(int(text), 60)
        return f"{minutes}:{seconds:02}"
    return text

"""Which thing of the one side is which of the other.

IRIs carry names and numbers, and both change: an album that is renamed moves everything below it, a release that
is told of earlier in the text renumbers the others. So things are matched by what is said of them, family by
family: what others are recognised by (albums, people, editions) before what is recognised by them (credits).
Within a family the surest signs come first; what they leave over is matched by weaker ones, and by the IRI last.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from difflib import SequenceMatcher

from discograph.diff.families import FAMILIES, NAMED, key_of
from discograph.diff.snapshot import Snapshot
from discograph.provenance.claims import Term
from discograph.rdf import Literal, NamedNode
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG, RDF, RDFS, SCHEMA, SKOS

Key = Hashable | None
_Keys = Callable[["_Side", NamedNode], Key]
_Sides = tuple["_Side", "_Side"]
_Step = Callable[["_Sides", str, "Alignment"], None]

_LIKE = 0.6
"""Least likeness of two titles or names of which one is a misprint of the other."""


class Alignment:
    """The pairs that were found, in both directions."""

    def __init__(self) -> None:
        self.new_of: dict[NamedNode, NamedNode] = {}
        self.old_of: dict[NamedNode, NamedNode] = {}

    def pair(self, old: NamedNode, new: NamedNode) -> None:
        """Take two nodes as one thing."""
        self.new_of[old] = new
        self.old_of[new] = old

    def as_old(self, value: Term) -> Term:
        """Return the old name of a value of the new side; a value without one as it is."""
        if isinstance(value, NamedNode):
            return self.old_of.get(value, value)
        return value


class _Side:
    """One snapshot as the matching sees it: in the names of the old side, with the owner of each part."""

    def __init__(self, snapshot: Snapshot, alignment: Alignment, *, is_new: bool) -> None:
        self.snapshot = snapshot
        self._alignment = alignment
        self._is_new = is_new
        self._owners: dict[NamedNode, NamedNode | None] = {}
        self._by_family: dict[str, list[NamedNode]] = {}
        for node in sorted(snapshot.families, key=lambda node: _natural(node.value)):
            self._by_family.setdefault(snapshot.families[node], []).append(node)

    @property
    def matched(self) -> dict[NamedNode, NamedNode]:
        """The nodes of this side that have their partner."""
        return self._alignment.old_of if self._is_new else self._alignment.new_of

    def left(self, family: str) -> list[NamedNode]:
        """Return the nodes of a family that have no partner yet, by IRI, numbers by value."""
        return [node for node in self._by_family.get(family, ()) if node not in self.matched]

    def owner(self, node: NamedNode) -> NamedNode | None:
        """Return the thing whose IRI the node's IRI extends, the nearest one."""
        if node not in self._owners:
            self._owners[node] = owner_of(self.snapshot, node)
        return self._owners[node]

    def place(self, node: NamedNode) -> tuple[Term, str] | None:
        """Return the owner, in its old name, and the path below it; None unless the owner has its partner."""
        owner = self.owner(node)
        if owner is None or owner not in self.matched:
            return None
        return self.named(owner), node.value.removeprefix(owner.value)

    def within(self, node: NamedNode) -> Term | None:
        """Return the owner of a part in its old name, None unless it has its partner."""
        found = self.place(node)
        return found[0] if found else None

    def named(self, value: Term) -> Term:
        """Return the old name of a value."""
        return self._alignment.as_old(value) if self._is_new else value

    def known(self, node: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
        """Return the values of a property, in old names, as far as they have their partners, however they are said."""
        found = self.snapshot.values(node, predicate)
        values = (v for v in found if not isinstance(v, NamedNode) or self._is_known(v))
        return tuple(sorted(str(self.named(value)) for value in values))

    def content(self, node: NamedNode) -> frozenset[tuple[str, tuple[str, ...]]]:
        """Return all that is said of a node and can be compared by now, but its class and name."""
        predicates = (p for p in self.snapshot.said.get(node, {}) if p not in (RDF.type, RDFS.label))
        found = ((predicate.value, self.known(node, predicate)) for predicate in predicates)
        return frozenset((predicate, values) for predicate, values in found if values)

    def name(self, node: NamedNode, predicate: NamedNode) -> str:
        """Return the text of a property, or the name of the thing that it names; "" if there is none."""
        value = self.snapshot.first(node, predicate)
        return fold(self.snapshot.names.of(value)) if value is not None else ""

    def _is_known(self, value: NamedNode) -> bool:
        return value in self.matched or self.snapshot.families.get(value) in (None, "concept")


def align(old: Snapshot, new: Snapshot) -> Alignment:
    """Return which node of the old side is which of the new; nodes that only one side has are in no pair."""
    alignment = Alignment()
    sides = _Side(old, alignment, is_new=False), _Side(new, alignment, is_new=True)
    _concepts(*sides, alignment)
    for _ in range(2):  # a band below a session is an agent, which comes before sessions
        for family in FAMILIES:
            for step in _steps(family):
                step(sides, family, alignment)
    return alignment


def owner_of(snapshot: Snapshot, node: NamedNode) -> NamedNode | None:
    """Return the nearest thing whose IRI a node's IRI extends, None for a thing of its own."""
    iri = node.value
    while "/" in (iri := iri.rpartition("/")[0]):
        if not iri.rpartition("/")[2]:
            return None
        owner = NamedNode(iri)
        if owner in snapshot.families:
            return owner
    return None


def _concepts(old: _Side, new: _Side, alignment: Alignment) -> None:
    """Pair concepts and pages of the web: their IRIs are their names."""
    by_key = {key_of(node): node for node in _referred(new) if "/concept/" in node.value}
    for node in sorted(_referred(old), key=str):
        if "/concept/" in node.value and key_of(node) in by_key:
            alignment.pair(node, by_key[key_of(node)])


def _referred(side: _Side) -> set[NamedNode]:
    found = set(side.snapshot.said)
    for properties in side.snapshot.said.values():
        found.update(v for values in properties.values() for v in values if isinstance(v, NamedNode))
    return found


def _by(keys: _Keys, *, is_unique: bool = False) -> _Step:
    """Return the step that pairs what has a key in common; of several, the first with the first, if as many.

    ``is_unique``: only where one thing of each side has the key.
    """

    def step(sides: _Sides, family: str, alignment: Alignment) -> None:
        old, new = (_by_key(side, family, keys) for side in sides)
        for key in old.keys() & new.keys():
            if len(old[key]) == len(new[key]) and (len(old[key]) == 1 or not is_unique):
                for one, other in zip(old[key], new[key], strict=True):
                    alignment.pair(one, other)

    return step


def _by_key(side: _Side, family: str, keys: _Keys) -> dict[Hashable, list[NamedNode]]:
    found: dict[Hashable, list[NamedNode]] = {}
    for node in side.left(family):
        if (key := keys(side, node)) is not None:
            found.setdefault(key, []).append(node)
    return found


def _only_one(sides: _Sides, family: str, alignment: Alignment) -> None:
    """Pair the one thing of a family that each side has: two versions of a document may have two names."""
    old, new = ([n for n, found in side.snapshot.families.items() if found == family] for side in sides)
    if len(old) == len(new) == 1 and old[0] not in alignment.new_of:
        alignment.pair(old[0], new[0])


def _topics(sides: _Sides, family: str, alignment: Alignment) -> None:
    """Pair the albums that two versions of a document are about, whatever they are called."""
    old, new = ([pair for pair in side.snapshot.topics() if pair[1] not in side.matched] for side in sides)
    for document, album in old:
        same = [a for d, a in new if alignment.old_of.get(d) == document and a not in alignment.old_of]
        if len(same) == 1 == sum(d == document for d, _ in old):
            alignment.pair(album, same[0])


def _alike(predicate: NamedNode, *others: NamedNode) -> _Step:
    """Return the step that pairs parts of one owner whose names are nearly the same: a misprint that was mended.

    Shape: ``predicate`` gives the name, or the thing that has it; all of ``others`` must be the same.
    """

    def step(sides: _Sides, family: str, alignment: Alignment) -> None:
        old, new = sides
        parts: dict[Term | None, list[NamedNode]] = {}
        for node in new.left(family):
            parts.setdefault(new.within(node), []).append(node)
        for one in old.left(family) if parts else ():
            owner = old.within(one)
            same = [n for n in parts.get(owner, ()) if owner is not None and n not in new.matched]
            same = [n for n in same if all(old.known(one, p) == new.known(n, p) for p in others)]
            best = max(same, key=lambda n: _likeness(old.name(one, predicate), new.name(n, predicate)), default=None)
            if best is not None and _likeness(old.name(one, predicate), new.name(best, predicate)) >= _LIKE:
                alignment.pair(one, best)

    return step


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _same_place(sides: _Sides, family: str, alignment: Alignment) -> None:
    """Pair what is left at one place below its owner, unless more differs than is the same."""
    old, new = sides
    by_place = {new.place(node): node for node in new.left(family)}
    for node in old.left(family):
        place = old.place(node)
        other = by_place.get(place) if place is not None else None
        if other is not None and other not in alignment.old_of and _is_near(old.content(node), new.content(other)):
            alignment.pair(node, other)


def _is_near(one: Iterable[tuple[str, tuple[str, ...]]], other: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    first, second = dict(one), dict(other)
    same = sum(second.get(predicate) == values for predicate, values in first.items())
    different = sum(second.get(predicate) != first.get(predicate) for predicate in first.keys() | second.keys())
    return different <= max(1, same)


# --- Signs by which things are recognised -----------------------------------------------------------------------


def _steps(family: str) -> Iterator[_Step]:
    """Yield the ways to match the things of a family, the surest first."""
    if family in NAMED:
        yield _by(lambda side, node: key_of(node))
        yield _by(_name, is_unique=True)
    else:
        yield _by(lambda side, node: _with(side.place(node), side.content(node)))
        yield _by(lambda side, node: _with(side.within(node), side.content(node) or None), is_unique=family != "track")
        for index, predicates in enumerate(_BY[family]):
            if (family, index) in _ALIKE:
                yield _ALIKE[family, index]
            yield _by(_properties(predicates), is_unique=family != "track")
    if family in _WHOLE:
        yield _WHOLE[family]
    yield _same_place


_WHOLE: dict[str, _Step] = {"document": _only_one, "album": _topics}
_ALIKE: dict[tuple[str, int], _Step] = {
    ("track", 2): _alike(DCTERMS.title),
    ("credit", 2): _alike(DG.agent, DG.instrument, DG.role),
}
"""Family, and before which of its sets of properties names that are nearly the same are looked for."""

_BY: dict[str, tuple[tuple[NamedNode, ...], ...]] = {
    "release": (
        (SCHEMA.catalogNumber,),
        (DG.format, DG.kind),
        (DCTERMS.title,),
        (DG.format,),
        (DG.kind,),
    ),
    "medium": ((DCTERMS.title,), (DG.position,)),
    "track": ((DCTERMS.title, DG.runningNumber), (DCTERMS.title,), (DG.runningNumber,), (DG.position,)),
    "recording": ((SKOS.note,), (DG.kind,)),
    "session": ((DG.date, DG.place), (DG.date,), (DG.place,)),
    "engagement": ((DG.participant, DG.place, DG.date), (DG.participant, DG.place), (DG.participant, DG.date)),
    "release event": (
        (DG.releases, DG.territory, DG.label, DG.kind),
        (SCHEMA.catalogNumber,),
        (DG.territory, DG.label),
        (DG.territory, DG.kind),
        (DG.label, DG.kind),
        (DG.territory, DG.date),
        (DG.label, DG.date),
    ),
    "event": ((DG.kind,),),
    "credit": (
        (DG.agent, DG.instrument),
        (DG.agent, DG.role),
        (DG.agent,),
    ),
    "chart entry": ((DG.chart, DG.date), (DG.chart,)),
    "certification": ((DG.territory, DG.level), (DG.certifiedBy, DG.level), (DG.territory,), (DG.certifiedBy,)),
    "review": ((DG.publication, DG.score), (DG.publication,)),
    "award result": (
        (DG.award, DG.awardCategory, DG.date),
        (DG.award, DG.awardCategory),
        (DG.award, DG.date),
        (DG.awardCategory,),
    ),
}
"""Properties that tell the things of a family apart below one owner, the surest set first."""


def _properties(predicates: tuple[NamedNode, ...]) -> _Keys:
    """Return the key of some properties, all of which must have values."""

    def keys(side: _Side, node: NamedNode) -> Key:
        values = tuple(side.known(node, predicate) for predicate in predicates)
        return _with(side.within(node), values) if all(values) else None

    return keys


def _name(side: _Side, node: NamedNode) -> Key:
    """Return the name or title of a thing."""
    names = side.snapshot.told(node, RDFS.label) or side.snapshot.told(node, DCTERMS.title)
    return _text(names[0]) or None if names else None


def _with(owner: object, values: object) -> Key:
    return None if owner is None or values is None else (owner, values)


def _text(term: Term) -> str:
    return fold(term.value) if isinstance(term, Literal) else str(term)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts ``track/2`` before ``track/10``."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in text.split("/"))

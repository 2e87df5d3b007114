"""What changed between two snapshots: things that came and went, and what is said otherwise of those that stayed."""

from __future__ import annotations

from collections.abc import Iterator

from discograph.diff.align import align
from discograph.diff.change import Change, Difference, Kind
from discograph.diff.moves import moved_tracks
from discograph.diff.properties import Properties
from discograph.diff.side import Side, Sides
from discograph.diff.snapshot import Snapshot
from discograph.rdf import NamedNode


def compare(old: Snapshot, new: Snapshot, *, has_manners: bool = True) -> Difference:
    """Return what changed from ``old`` to ``new``.

    Shape: by album, in the order in which people look at one: the album itself, editions, tracks, sessions,
    releases, credits and so on. Where evidence stands, and which rule read it, is no difference; how it is said
    (stated, hedged …) is, unless ``has_manners`` is off because a side does not tell.
    """
    sides = Sides(Side(old), Side(new), align(old, new))
    found = [*_things(sides, sides.old, Kind.REMOVED), *_things(sides, sides.new, Kind.ADDED)]
    properties = Properties(sides, has_manners=has_manners)
    for one, other in sides.alignment.new_of.items():
        if one in old.said or other in new.said:
            found += properties.changes(one, other)
    found += moved_tracks(sides)
    return Difference(tuple(sorted(set(found), key=lambda change: (change.album, change.rank))), has_manners)


def _things(sides: Sides, side: Side, kind: Kind) -> Iterator[Change]:
    for node in side.snapshot.said:
        if sides.is_shown(side, node):
            yield _thing(sides, side, kind, node)


def _thing(sides: Sides, side: Side, kind: Kind, node: NamedNode) -> Change:
    family = side.snapshot.families[node]
    state = side.state(node)
    text = side.phrases.whole(node)
    return Change(
        kind,
        sides.album(side, node),
        side.phrases.thing(node),
        family,
        "",
        state if kind is Kind.REMOVED else None,
        state if kind is Kind.ADDED else None,
        text,
        side.facts(node),
        side.rank(node, text),
    )

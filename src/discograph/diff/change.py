"""A change between two graphs, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discograph.provenance import Evidence
from discograph.rdf import NamedNode


class Kind(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class State:
    """One side of a change: a value as people read it, how it is said, and where.

    Shape: ``node`` is the thing that the value is, None for a literal; ``manner`` is "" where it is simply stated.
    """

    text: str
    node: NamedNode | None = None
    manner: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, in the words of albums.

    Shape: ``album`` is the album that it belongs to ("" for what belongs to none); ``thing`` is what changed and
    ``class_name`` what that is; ``property`` is "" where the thing itself came or went; ``text`` is the whole in
    one line, without a sign. ``rank`` sorts the changes of an album.
    """

    kind: Kind
    album: str
    thing: str
    class_name: str
    property: str
    old: State | None
    new: State | None
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    """Of a thing that came or went: property and value of all that was said of it."""
    rank: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed, by album; empty if nothing did."""

    changes: tuple[Change, ...]
    has_manners: bool = True
    """Whether both sides tell how things are said; files without claims do not."""

    def count(self, kind: Kind) -> int:
        """Return how many changes are of a kind."""
        return sum(change.kind is kind for change in self.changes)

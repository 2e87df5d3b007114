"""The two sides of a comparison, asked what only one has, and where and under which album a thing stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from discograph.diff.align import Alignment, owner_of
from discograph.diff.change import State
from discograph.diff.families import FAMILIES, NAMED
from discograph.diff.phrases import Phrases
from discograph.diff.snapshot import Manner, Snapshot
from discograph.provenance import Evidence
from discograph.provenance.claims import ASSERTED, Term
from discograph.rdf import Literal, NamedNode, Triple
from discograph.vocab import DG, FOAF, RDF

_ORDER = ("document", "album", "release", "medium", "track", "recording", "session", "release event", "credit")
"""What a reader looks at first; the other families follow in the order of ``FAMILIES``."""


class Side:
    """One snapshot, its words, and who owns and names what."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.phrases = Phrases(snapshot)

    @cached_property
    def topics(self) -> dict[NamedNode, NamedNode]:
        """The documents that are about each album."""
        return {album: document for document, album in self.snapshot.topics()}

    @cached_property
    def named_by(self) -> dict[NamedNode, list[NamedNode]]:
        """What names each thing as a value, other than a document as its topic."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for subject, properties in self.snapshot.said.items():
            for predicate, values in properties.items():
                for value in values if predicate != FOAF.primaryTopic else ():
                    if isinstance(value, NamedNode):
                        found.setdefault(value, []).append(subject)
        return found

    def owner(self, node: NamedNode) -> NamedNode | None:
        """Return the thing that a thing is a part of."""
        return owner_of(self.snapshot, node)

    def root(self, node: NamedNode) -> NamedNode:
        """Return the whole that a thing is a part of, itself if it is none."""
        while (owner := self.owner(node)) is not None:
            node = owner
        return node

    def is_mentioned(self, node: NamedNode) -> bool:
        """Whether anything outside of a thing names it."""
        below = node.value + "/"
        return any(s != node and not s.value.startswith(below) for s in self.named_by.get(node, ()))

    def evidence(self, subject: NamedNode, predicate: NamedNode, value: Term) -> Evidence | None:
        """Return the first words that say a triple, None where no claim tells."""
        triple = Triple(subject, predicate, value)
        claims = self.snapshot.statements.claims_of(triple)
        return next((evidence for claim in claims for evidence in claim.evidence), None)

    def state(self, node: NamedNode) -> State:
        """Return a thing as one side of a change: its name, and the words that say it is there."""
        classes = self.snapshot.asserted(node, RDF.type)
        found = (self.evidence(node, RDF.type, cls) for cls in classes)
        return State(self.phrases.thing(node), node, "", next(filter(None, found), None))

    def facts(self, node: NamedNode) -> tuple[tuple[str, str], ...]:
        """Return property and value of all that is said of a thing."""
        names = self.snapshot.names
        return tuple(
            (names.of(predicate), self.phrases.value(value) + marked(manners))
            for predicate, values in sorted(self.snapshot.said[node].items(), key=lambda item: item[0].value)
            for value, manners in sorted(values.items(), key=lambda item: str(item[0]))
        )

    def rank(self, node: NamedNode, text: str) -> tuple[object, ...]:
        """Return where a change of a thing stands among those of its album."""
        family = "" if node in self.topics else self.snapshot.families.get(node, "")
        order = [*_ORDER, *(other for other in FAMILIES if other not in _ORDER)]
        place = order.index(family) if family in order else len(order)
        return -1 if node in self.topics else place, self.phrases.number(node) or 0, text


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides and which thing is which."""

    old: Side
    new: Side
    alignment: Alignment

    def is_matched(self, side: Side, node: NamedNode) -> bool:
        """Whether the other side has a thing, too."""
        return node in (self.alignment.new_of if side is self.old else self.alignment.old_of)

    def is_shown(self, side: Side, node: NamedNode) -> bool:
        """Whether a thing that only one side has is a change of its own.

        It is not where it is part of another such change, or a name (a person, a place) that came with what names it.
        """
        family = side.snapshot.families.get(node)
        if family in (None, "concept") or self.is_matched(side, node):
            return False
        owner = side.owner(node)
        if (owner is not None and self.is_covered(side, owner)) or self.is_day_told(side, node):
            return False
        if family == "document":
            about = side.snapshot.asserted(node, FOAF.primaryTopic)
            return not any(isinstance(album, NamedNode) and self.is_shown(side, album) for album in about)
        if family in NAMED and node not in side.topics:
            return not side.is_mentioned(node)
        return True

    def is_covered(self, side: Side, node: NamedNode) -> bool:
        """Whether a thing is told as a change of its own or as part of one."""
        if self.is_matched(side, node):
            return False
        owner = side.owner(node)
        return self.is_shown(side, node) or (owner is not None and self.is_covered(side, owner))

    def differ(self, old: NamedNode, new: NamedNode, predicate: NamedNode) -> bool:
        """Whether the values of a property of one thing are others than they were."""
        after = {self.alignment.as_old(value) for value in self.new.snapshot.values(new, predicate)}
        return set(self.old.snapshot.values(old, predicate)) != after

    def is_day_told(self, side: Side, node: NamedNode) -> bool:
        """Whether a thing is a day of an event whose date holds the day and changed: that change tells it."""
        for whole in side.snapshot.asserted(node, DG.subEventOf):
            if not isinstance(whole, NamedNode) or not self.is_matched(side, whole):
                continue
            is_old = side is self.old
            old, new = (whole, self.alignment.new_of[whole]) if is_old else (self.alignment.old_of[whole], whole)
            if self.differ(old, new, DG.date):
                days = [d.value for d in side.snapshot.asserted(node, DG.date) if isinstance(d, Literal)]
                dates = [d.value for d in side.snapshot.asserted(whole, DG.date) if isinstance(d, Literal)]
                return all(any(day in date for date in dates) for day in days)
        return False

    def album(self, side: Side, node: NamedNode, evidence: Evidence | None = None) -> str:
        """Return the album under which a thing stands, "" if that cannot be told."""
        root = side.root(node)
        if root not in side.topics:
            documents = {evidence.document} if evidence else {d.value for d in side.topics.values()}
            about = [album for album, document in side.topics.items() if document.value in documents]
            if len(about) != 1:
                return ""
            (root,) = about
        if side is self.old and root in self.alignment.new_of:
            return self.new.phrases.album(self.alignment.new_of[root])
        return side.phrases.album(root)


def manner_text(manners: frozenset[Manner]) -> str:
    """Return how something is said: ``stated``, ``hedged``, ``stated, negated``."""
    return ", ".join(sorted({manner for manner, _ in manners}))


def marked(manners: frozenset[Manner]) -> str:
    """Return `` (hedged)`` for what is not asserted, "" for what is."""
    return "" if asserting(manners) else f" ({manner_text(manners)})"


def asserting(manners: frozenset[Manner]) -> list[str]:
    """Return those manners that make a triple a fact."""
    return [manner for manner, _ in manners if manner in ASSERTED]

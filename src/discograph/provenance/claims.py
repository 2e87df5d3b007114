"""A claim and the words that bear it out, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from discograph.rdf import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
"""What may stand in a graph of others; ours hold IRIs and literals."""

MANNERS = ("stated", "asserted", "implied", "opinion", "hedged", "negated")
"""Manners of statement, the surest first; ``asserted`` is stated or implied, where a file does not tell which."""

ASSERTED = ("stated", "asserted", "implied")


class Evidence(NamedTuple):
    """Words of a source: place, offsets and quote.

    Shape: ``name`` is what people call the document. Units: ``line`` and ``column`` from 1, ``start`` and ``end``
    from 0, in code points; what the graph does not tell is -1.
    """

    name: str
    start: int
    end: int
    line: int
    column: int
    quote: str
    document: str
    """IRI of the document."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A triple as a source puts it.

    Shape: ``rules`` are names of rules of extraction, ``curated`` for what a person read; ``holder`` is whose
    opinion it is; ``evidence`` in the order of the text.
    """

    node: NamedNode
    triple: Triple
    manner: str
    rules: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    holder: Term | None = None
    confidence: str | None = None
    note: str | None = None

    @property
    def is_asserted(self) -> bool:
        """Whether the triple is also a fact: stated or implied."""
        return self.manner in ASSERTED

    @property
    def is_curated(self) -> bool:
        """Whether a person made it."""
        return "curated" in self.rules


def claim_order(claim: Claim) -> tuple[object, ...]:
    """Return where a claim sorts among those of one triple: the surest manner first, then by place."""
    rank = MANNERS.index(claim.manner) if claim.manner in MANNERS else len(MANNERS)
    return rank, claim.manner, claim.evidence[:1], claim.rules, claim.node.value

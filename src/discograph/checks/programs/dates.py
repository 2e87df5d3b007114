"""Rule D6: ``dg:earliest`` and ``dg:latest`` are what the date parser computes from ``dg:date``."""

from __future__ import annotations

from collections.abc import Iterator

from discograph.checks.finding import Finding, Rule, Term
from discograph.checks.graph_index import GraphIndex
from discograph.errors import ValueParseError
from discograph.rdf import Literal, NamedNode
from discograph.values.edtf import bounds
from discograph.vocab import DG, EDTF, XSD


def bounds_differ(index: GraphIndex, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each bound that no date of its node has, and for each that is missing.

    A date that the parser cannot read is one, too: what D1 lets pass may still name a day that never was.
    """
    for node in index.having(DG.date):
        right: dict[NamedNode, set[str]] = {DG.earliest: set(), DG.latest: set()}
        readable = True
        for value in index.objects(node, DG.date):
            if not isinstance(value, Literal) or value.datatype != EDTF:
                readable = False  # rule D1 says so
                continue
            try:
                first, last = bounds(value.value)
            except ValueParseError:
                readable = False
                yield Finding(rule.id, rule.severity, node, DG.date.value, value, rule.repair)
                continue
            right[DG.earliest] |= {first.isoformat()} if first else set()
            right[DG.latest] |= {last.isoformat()} if last else set()
        if readable:
            for predicate, days in right.items():
                yield from _compare(index, rule, node, predicate, days)


def _compare(index: GraphIndex, rule: Rule, node: Term, predicate: NamedNode, right: set[str]) -> Iterator[Finding]:
    stated = {value.value for value in index.objects(node, predicate) if isinstance(value, Literal)}
    for wrong in sorted(stated - right):
        value = Literal(wrong, datatype=XSD.date)
        yield Finding(rule.id, rule.severity, node, predicate.value, value, rule.repair)
    if right and not stated:
        yield Finding(rule.id, rule.severity, node, predicate.value, None, rule.repair)

"""Rule D6: ``dg:earliest`` and ``dg:latest`` are what the date parser computes from ``dg:date``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from discograph.checks.finding import Finding, Rule, Term
from discograph.checks.graph_index import GraphIndex
from discograph.errors import ValueParseError
from discograph.rdf import Literal, NamedNode
from discograph.vocab import DG, EDTF, XSD

_MODULE = "discograph.values.dates"
Bounds = Callable[[str], tuple[date | None, date | None]]


def has_bounds_function() -> bool:
    """Return whether the reader of EDTF dates is there."""
    return find_spec(_MODULE) is not None and hasattr(import_module(_MODULE), "bounds")


def bounds_differ(index: GraphIndex, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each bound that no date of its node has, and for each that is missing."""
    compute: Bounds = import_module(_MODULE).bounds
    for node in index.having(DG.date):
        dates = [v.value for v in index.objects(node, DG.date) if isinstance(v, Literal) and v.datatype == EDTF]
        try:
            computed = [compute(edtf) for edtf in dates]
        except ValueParseError:
            continue  # rule D1 says so
        for predicate, side in ((DG.earliest, 0), (DG.latest, 1)):
            right = {bound.isoformat() for pair in computed if (bound := pair[side]) is not None}
            yield from _compare(index, rule, node, predicate, right)


def _compare(index: GraphIndex, rule: Rule, node: Term, predicate: NamedNode, right: set[str]) -> Iterator[Finding]:
    stated = {value.value for value in index.objects(node, predicate) if isinstance(value, Literal)}
    for wrong in sorted(stated - right):
        value = Literal(wrong, datatype=XSD.date)
        yield Finding(rule.id, rule.severity, node, predicate.value, value, rule.repair)
    if right and not stated:
        yield Finding(rule.id, rule.severity, node, predicate.value, None, rule.repair)

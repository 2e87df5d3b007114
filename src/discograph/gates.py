"""Number gates: ``METRIC OPERATOR NUMBER``, such as ``track.found>=0.95``, over the graphs that were checked.

Input: what was checked, as tables, quads, findings and coverage. Output: for each gate its metric's value and whether
it holds. Method: a metric is ``<subject>.<measure>``; only what some gate asks for is computed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from typing import NamedTuple

from discograph.checks import Finding, Severity
from discograph.coverage import Counts, Ratio
from discograph.errors import DiscographError
from discograph.evaluation import MEASURES, Gold, evaluate
from discograph.evaluation.scores import Count
from discograph.rdf import NamedNode, Quad
from discograph.tables import TABLES, Tables, tables_of
from discograph.vocab import DG, FOAF, RDF, SKOS

GOLD_MEASURES = ("found", "exact", "precision", "recall", "f1")
LINKABLE = {
    "album": DG.Album,
    "ensemble": DG.Ensemble,
    "film": DG.Film,
    "label": DG.Label,
    "person": DG.Person,
    "place": DG.Place,
}
PARTS = ("lines", "sentences", "entries", "rows", "fields", "references", "characters")
_PLACES = (DG.Place, DG.Studio, DG.Venue)
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "==": operator.eq,
}
_GATE = re.compile(r"\s*(?P<metric>[^\s<>=]+)\s*(?P<operator><=|>=|==|=|<|>)\s*(?P<limit>[0-9]*\.?[0-9]+)\s*")

METRICS = (
    *(f"{table}.{measure}" for table in (*MEASURES, "all") for measure in GOLD_MEASURES),
    *(f"{table}.count" for table in (*TABLES, "all")),
    *(f"findings.{severity}" for severity in (*Severity, "all")),
    *(f"coverage.{part}" for part in PARTS),
    *(f"unlinked.{kind}" for kind in LINKABLE),
)
"""Every metric there is; ``findings.<rule>``, such as ``findings.A2``, comes on top.

``<table>.found``, ``exact``: share of the gold's rows that are found, exact. ``recall`` is another name of ``found``;
``precision``: share of our rows that are found; ``f1``: harmonic mean of the two. ``<table>.count``: number of our
rows. ``findings.*``: number of findings, known ones included. ``coverage.*``: share of the parts of documents that are
read. ``unlinked.*``: share of the things of a class that have neither foaf:isPrimaryTopicOf nor skos:closeMatch.
"""


class GateError(DiscographError):
    """A gate is malformed, asks for an unknown metric, or for one that cannot be measured here."""


class Gate(NamedTuple):
    """A demand on a number: ``text`` is how it was given."""

    text: str
    metric: str
    operator: str
    limit: float


class GateResult(NamedTuple):
    """A gate and the value of its metric."""

    gate: Gate
    value: float

    @property
    def holds(self) -> bool:
        """Whether the value is as demanded."""
        return _OPERATORS[self.gate.operator](self.value, self.gate.limit)

    @property
    def shown(self) -> str:
        """The gate with the value: ``track.found>=0.95: 0.9``."""
        return f"{self.gate.text}: {self.value:.4g}"


def parse_gate(text: str) -> Gate:
    """Return the gate that a text states.

    Raises: GateError if it has no operator and number, or its metric is not known.

    >>> parse_gate("unlinked.person <= 0.2")
    Gate(text='unlinked.person<=0.2', metric='unlinked.person', operator='<=', limit=0.2)
    >>> parse_gate("track.f>=0.9")
    Traceback (most recent call last):
        ...
    discograph.gates.GateError: --gate 'track.f>=0.9': unknown metric 'track.f'; perhaps track.f1, track.found
    """
    match = _GATE.fullmatch(text)
    if match is None:
        raise GateError(f"--gate {text!r}: expected METRIC, one of {' '.join(_OPERATORS)}, and a number")
    metric, limit = match["metric"], match["limit"]
    if metric not in METRICS and not re.fullmatch(r"findings\.[A-Z]+\d+", metric):
        close = get_close_matches(metric, METRICS, 3, 0.7) or ("track.found", "findings.warning", "unlinked.person")
        raise GateError(f"--gate {text!r}: unknown metric {metric!r}; perhaps {', '.join(close)}")
    return Gate(f"{metric}{match['operator']}{limit}", metric, match["operator"], float(limit))


@dataclass(frozen=True, slots=True)
class Measured:
    """What gates measure.

    Shape: ``graphs`` are the quads of each graph; ``documents`` say by file name which quads are of a document, once
    each; ``golds`` are what a person made; ``counts`` is what of the documents is read, None where graph files alone
    were given.
    """

    graphs: Sequence[Sequence[Quad]]
    documents: Mapping[str, Sequence[Quad]]
    findings: Sequence[Finding]
    rules: frozenset[str]
    golds: Sequence[Gold] = ()
    counts: Counts | None = None


def measure(gates: Iterable[Gate], measured: Measured) -> tuple[GateResult, ...]:
    """Return each gate with its value. Raises: GateError if a metric cannot be measured here."""
    meter = _Meter(measured)
    return tuple(GateResult(gate, meter.value(gate)) for gate in gates)


class _Meter:
    """Computes values; tables are made once."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self._tables: dict[str, Tables] | None = None
        self._scores: dict[str, Count] | None = None

    def value(self, gate: Gate) -> float:
        subject, _, measure = gate.metric.partition(".")
        if subject == "findings":
            return self._findings(gate, measure)
        if subject == "coverage":
            return self._coverage(gate, measure)
        if subject == "unlinked":
            return self._unlinked(measure)
        return self._rows(subject) if measure == "count" else self._score(gate, subject, measure)

    def _findings(self, gate: Gate, measure: str) -> float:
        findings = self._measured.findings
        if measure == "all":
            return len(findings)
        if measure in set(Severity):
            return sum(finding.severity == measure for finding in findings)
        if measure not in self._measured.rules:
            raise GateError(f"--gate {gate.text!r}: no rule {measure!r} is checked here; docs/rules.md lists them")
        return sum(finding.rule == measure for finding in findings)

    def _coverage(self, gate: Gate, part: str) -> float:
        if self._measured.counts is None:
            raise GateError(f"--gate {gate.text!r}: coverage is of documents, and only graphs were given")
        ratio: Ratio = getattr(self._measured.counts, part)
        if not ratio.total:
            raise GateError(f"--gate {gate.text!r}: the documents have no {part} to measure")
        return ratio.read / ratio.total

    def _unlinked(self, kind: str) -> float:
        classes = _PLACES if kind == "place" else (LINKABLE[kind],)
        quads = [quad for graph in self._measured.graphs for quad in graph]
        things = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in classes}
        linked = {quad.subject for quad in quads if quad.predicate in (FOAF.isPrimaryTopicOf, SKOS.closeMatch)}
        return len(things - linked) / len(things) if things else 0.0

    def _rows(self, table: str) -> float:
        tables = self._all_tables().values()
        return sum(len(rows) for found in tables for name, rows in found.items() if table in (name, "all"))

    def _score(self, gate: Gate, table: str, measure: str) -> float:
        count = self._count(gate, table)
        if not count.gold:
            raise GateError(f"--gate {gate.text!r}: the gold has no rows of this table to measure by")
        if measure == "exact":
            return count.exact / count.gold
        figures = count.figures(count.found)
        return getattr(figures, "recall" if measure == "found" else measure)  # type: ignore[no-any-return]

    def _count(self, gate: Gate, table: str) -> Count:
        if not self._measured.golds:
            raise GateError(f"--gate {gate.text!r}: needs --gold DIR, what a person read in the documents")
        missing = [gold for gold in self._measured.golds if gold.source not in self._measured.documents]
        if missing:
            raise GateError(f"{missing[0].path}: its source {missing[0].source!r} is not among what is checked")
        if self._scores is None:
            self._scores, _ = evaluate(self._measured.golds, self._all_tables())
        return self._scores[table] if table != "all" else reduce(operator.add, self._scores.values(), Count())

    def _all_tables(self) -> dict[str, Tables]:
        if self._tables is None:
            self._tables = {name: tables_of(quads) for name, quads in self._measured.documents.items()}
        return self._tables


def document_quads(graphs: Iterable[Sequence[Quad]], name: NamedNode) -> dict[str, Sequence[Quad]]:
    """Return graphs by the file name of their document; of two files of one document, the first.

    Shape: ``name`` is the property that holds the file name; a graph of several documents, or of none, is left out.
    """
    found: dict[str, Sequence[Quad]] = {}
    for quads in graphs:
        names = {str(getattr(quad.object, "value", "")) for quad in quads if quad.predicate == name}
        if len(names) == 1:
            found.setdefault(names.pop(), quads)
    return found

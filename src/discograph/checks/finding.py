"""What a check found: findings with severity and place, and the report that holds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from discograph.rdf import BlankNode, Literal, NamedNode, Triple

_OWN_ID = re.compile(r"[A-Z]\d+")

Term = NamedNode | BlankNode | Literal | Triple
"""What a solution may bind; Triple only because RDF 1.2 stores can hold one."""


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


RULES_PAGE = "https://w3id.org/discograph/rules"
"""Where each rule has an anchor: ``docs/rules.md``, by its lasting address."""


class Rule(NamedTuple):
    """One data-quality rule: ``what`` is demanded, and what to do where it is not so (``repair``)."""

    id: str
    severity: Severity
    what: str
    repair: str

    @property
    def page(self) -> str | None:
        """The address of the rule in the documentation; None for a rule of the user's own."""
        return f"{RULES_PAGE}#{self.id}" if self.what and _OWN_ID.fullmatch(self.id) else None


class Place(StrEnum):
    """What stands at the place of a finding."""

    WORDS = "words"
    """The words that a claim quotes."""
    EXPECTED = "expected"
    """The line or heading where what is missing should stand."""
    GRAPH = "graph"
    """The statement in the graph file, where no claim leads to words."""


class Location(NamedTuple):
    """Where a finding is: line and column from 1, in code points, and the words that stand there."""

    document: str
    line: int
    column: int
    quote: str
    place: Place = Place.WORDS

    @property
    def end_line(self) -> int:
        """The line of the last character."""
        return self.line + self.quote.count("\n")

    @property
    def end_column(self) -> int:
        """The column behind the last character."""
        _, is_broken, rest = self.quote.rpartition("\n")
        return len(rest) + 1 if is_broken else self.column + len(self.quote)

    @property
    def start(self) -> str:
        """``file:line:column``, as editors and terminals take it."""
        return f"{self.document}:{self.line}:{self.column}"


class Constraint(NamedTuple):
    """Which shape, and which of its constraint components, a result is of; both are IRIs or blank nodes."""

    shape: str
    component: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule.

    Shape: ``path`` is a predicate's IRI or a SPARQL property path, None where the rule is about the whole
    node; ``value`` the offending value, None where something is missing; ``location`` the words from
    which the node or triple was taken, None where no claim is known, and ``also`` further ones. ``claim`` is
    the IRI of the claim that leads there, ``extracted_by`` the names of the rules of extraction that made it.
    """

    rule: str
    severity: Severity
    focus_node: Term
    path: str | None
    value: Term | None
    message: str
    location: Location | None = None
    also: tuple[Location, ...] = ()
    claim: str | None = None
    extracted_by: tuple[str, ...] = ()
    constraint: Constraint | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What two engines must agree on: rule, focus node, path, value and severity."""
        return self.rule, str(self.focus_node), self.path or "-", str(self.value or "-"), self.severity


class NotChecked(NamedTuple):
    """A rule that could not be run, and why; it says nothing about the data."""

    rule: str
    reason: str


class SwitchedOff(NamedTuple):
    """A rule that was not asked for, and who says why."""

    rule: str
    reason: str


class Fallback(NamedTuple):
    """A rule that pyshacl ran, part of it or all, since it could not be compiled, and why not."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run: findings in a fixed order and what stands behind them.

    Shape: ``rules`` are all rules asked for, by id; ``without_target`` those that found nothing in the
    graph to look at; ``not_checked`` those that could not be run; ``switched_off`` those not asked for;
    ``fallback`` those that pyshacl ran.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    without_target: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    switched_off: tuple[SwitchedOff, ...] = ()
    fallback: tuple[Fallback, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings have exactly this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, at: Severity) -> bool:
        """Return whether any finding is as bad as ``at``, or worse."""
        return any(finding.severity.rank <= at.rank for finding in self.findings)


def rule_order(rule: str) -> tuple[str, int, str]:
    """Return a sort key that puts T2 before T10."""
    match = re.fullmatch(r"([A-Za-z]+)(\d+)", rule)
    return (match[1], int(match[2]), "") if match else (rule, 0, rule)


def finding_order(finding: Finding) -> tuple[object, ...]:
    """Return a sort key: by rule, then by place in the source, then by node; total, so runs agree."""
    place = finding.location or Location("", 0, 0, "")
    return (rule_order(finding.rule), place, finding.key, finding.message)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings without repeats, in their fixed order."""
    return tuple(sorted(set(findings), key=finding_order))


def severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """Return how many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)

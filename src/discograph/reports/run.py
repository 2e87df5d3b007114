"""One run of ``check`` over all that was given to it: what every report is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from discograph.checks import Fallback, Finding, NotChecked, Report, Rule, Severity, SwitchedOff
from discograph.checks.baseline import Comparison
from discograph.checks.finding import rule_order

if TYPE_CHECKING:
    from discograph.gates import GateResult


@dataclass(frozen=True, slots=True)
class Checked:
    """One graph that was checked: the file or store it is, or that it was made from, and what was found.

    Shape: every finding of the report has a location; ``name`` is the path as it was given.
    """

    name: str
    report: Report


@dataclass(frozen=True)
class CheckRun:
    """All graphs of a run, and by what it is judged.

    Shape: ``baseline`` is None where none was given: then every finding is new. ``fail_on`` is the least severe
    finding that fails.
    """

    checked: tuple[Checked, ...]
    fail_on: Severity = Severity.VIOLATION
    profile: str = "default"
    baseline: Comparison | None = None
    gates: tuple[GateResult, ...] = ()

    @cached_property
    def findings(self) -> tuple[tuple[Checked, Finding], ...]:
        """Every finding with its graph, graph by graph."""
        return tuple((checked, finding) for checked in self.checked for finding in checked.report.findings)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that was asked for, by id."""
        found = {rule.id: rule for checked in self.checked for rule in checked.report.rules}
        return tuple(found[name] for name in sorted(found, key=rule_order))

    @cached_property
    def without_target(self) -> tuple[str, ...]:
        """The rules that found nothing to look at in any graph."""
        found = [set(checked.report.without_target) for checked in self.checked]
        return tuple(sorted(set.intersection(*found), key=rule_order)) if found else ()

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """The rules that could not be run somewhere, and why."""
        found = {item for checked in self.checked for item in checked.report.not_checked}
        return tuple(sorted(found, key=lambda item: (rule_order(item.rule), item.reason)))

    @cached_property
    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """The rules that were not asked for, and why."""
        found = {item for checked in self.checked for item in checked.report.switched_off}
        return tuple(sorted(found, key=lambda item: (rule_order(item.rule), item.reason)))

    @cached_property
    def fallback(self) -> tuple[Fallback, ...]:
        """The rules that pyshacl ran, in part or in whole, and why."""
        found = {item for checked in self.checked for item in checked.report.fallback}
        return tuple(sorted(found, key=lambda item: (rule_order(item.rule), item.reason)))

    def is_known(self, checked: Checked, finding: Finding) -> bool:
        """Return whether the baseline holds a finding."""
        return self.baseline is not None and self.baseline.is_known(checked.name, finding)

    def fails_by(self, checked: Checked, finding: Finding) -> bool:
        """Return whether a finding makes the run fail: it is bad enough, and new."""
        return finding.severity.rank <= self.fail_on.rank and not self.is_known(checked, finding)

    @property
    def failures(self) -> Iterator[tuple[Checked, Finding]]:
        """The findings that make the run fail."""
        return ((checked, finding) for checked, finding in self.findings if self.fails_by(checked, finding))

    @property
    def fails(self) -> bool:
        """Whether a finding or a gate makes the run fail."""
        return next(self.failures, None) is not None or not all(gate.holds for gate in self.gates)

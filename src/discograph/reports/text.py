"""Reports as text for people: findings by rule, each with its place and words, then notes and a summary line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from discograph.checks import Finding, Place, Rule, Severity
from discograph.checks.finding import finding_order, severities
from discograph.reports.names import shown_path, shown_term
from discograph.reports.run import CheckRun

Style = Callable[[str, str], str]
"""Of a text and what it is (a severity, ``rule``, ``place``, ``quote``, ``note``): the text as it is to be shown."""

_LONGEST_QUOTE = 160


def plain(text: str, _role: str) -> str:
    """Return a text without any style."""
    return text


def text_report(run: CheckRun, *, at_least: Severity = Severity.INFO, style: Style = plain) -> str:
    """Return what a run found as lines; the last line is the summary.

    Shape: findings less severe than ``at_least`` are counted, not shown; so are those that the baseline knows.
    Ends with a line break.
    """
    lines = (*_findings(run, at_least, style), *(style(note, "note") for note in notes(run)), summary(run))
    return "\n".join(lines) + "\n"


def summary(run: CheckRun) -> str:
    """Return one line such as ``3 violations, 2 warnings, 1 info in 2 graphs (58 rules)``."""
    found = _counts((finding for _, finding in run.findings), Severity)
    graphs = f"{len(run.checked)} graph{'s' * (len(run.checked) != 1)}"
    skipped = {item.rule for item in run.not_checked}
    more = f", {len(skipped)} not checked" if skipped else ""
    known = sum(run.is_known(checked, finding) for checked, finding in run.findings)
    before = f"; {known} known" if run.baseline is not None else ""
    return f"{', '.join(found)} in {graphs} ({len(run.rules)} rules{more}){before}"


def export_summary(run: CheckRun) -> str:
    """Return the line that an export ends with: ``checked: 58 rules, no violations, 2 warnings``."""
    found = _counts((finding for _, finding in run.findings), (Severity.VIOLATION, Severity.WARNING))
    return f"checked: {len(run.rules)} rules, {', '.join(found)}"


def notes(run: CheckRun) -> Iterator[str]:
    """Yield what else a reader must know, a line each: what was not looked at, the baseline, the gates."""
    for item in run.not_checked:
        yield f"not checked: {item.rule}: {item.reason}"
    for left in run.fallback:
        yield f"run by pyshacl: {left.rule}: {left.reason}"
    for reason, group in groupby(sorted(run.switched_off, key=lambda item: item.reason), lambda item: item.reason):
        yield f"switched off ({reason}): {_listed([item.rule for item in group])}"
    if run.without_target:
        yield f"nothing to look at for {_listed(run.without_target)}"
    if run.baseline is not None:
        for entry in run.baseline.stale:
            yield f"stale in {run.baseline.path}: {entry.rule} in {entry.file}: {entry.about} (--update-baseline)"
    for gate in run.gates:
        yield f"gate {gate.shown}{'' if gate.holds else ': fails'}"


def _listed(rules: Iterable[str]) -> str:
    names = list(rules)
    return f"{len(names)} rules: {' '.join(names)}" if len(names) > 1 else f"rule {names[0]}"


def _counts(findings: Iterable[Finding], wanted: Iterable[Severity]) -> Iterator[str]:
    counts = severities(findings)
    for severity in wanted:
        number = counts[severity]
        yield f"{number or 'no'} {severity}{'s' * (number != 1 and severity is not Severity.INFO)}"


def _findings(run: CheckRun, at_least: Severity, style: Style) -> Iterator[str]:
    rules = {rule.id: rule for rule in run.rules}
    shown = {
        finding: None
        for checked, finding in run.findings
        if finding.severity.rank <= at_least.rank and not run.is_known(checked, finding)
    }
    for rule, group in groupby(sorted(shown, key=finding_order), key=lambda finding: finding.rule):
        yield style(f"{rule}: {_what(rules.get(rule))}", "rule")
        for finding in group:
            yield from _lines(finding, style)
        yield ""


def _what(rule: Rule | None) -> str:
    if rule is None or not rule.what:
        return "a rule of your own"
    return f"{rule.what} ({rule.page})" if rule.page else rule.what


def _lines(finding: Finding, style: Style) -> Iterator[str]:
    place = finding.location
    where = f"{style(place.start, 'place')}: " if place else ""
    yield f"  {where}{style(finding.severity, finding.severity)}: {finding.message}"
    about = [shown_term(finding.focus_node)]
    if finding.path:
        about.append(shown_path(finding.path))
    if finding.value is not None and finding.value != finding.focus_node:
        about.append(shown_term(finding.value))
    yield f"    {'  '.join(about)}"
    if place and place.quote:
        quote = place.quote if len(place.quote) <= _LONGEST_QUOTE else place.quote[: _LONGEST_QUOTE - 1] + "…"
        lead = "should stand at " if place.place is Place.EXPECTED else ""
        by = f" (read by {', '.join(finding.extracted_by)})" if finding.extracted_by else ""
        yield f"    {lead}{style(f'“{quote}”', 'quote')}{by}"
    for other in finding.also:
        yield f"    also {style(other.start, 'place')}: {style(f'“{other.quote}”', 'quote')}"

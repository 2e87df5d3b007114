"""Reports as text for people: findings by rule, each with its place and words, and a summary line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from discograph.checks.finding import Finding, Report, Severity, Term, ordered, severities
from discograph.rdf import Literal, NamedNode
from discograph.vocab import CONCEPT_BASE, DG_NS

_SHORT = ((DG_NS, "dg:"), (CONCEPT_BASE, "concept/"), ("http://purl.org/dc/terms/", "dcterms:"))


def text_report(reports: Sequence[Report], *, at_least: Severity = Severity.INFO) -> str:
    """Return the findings of some reports, one per graph, as lines; the last line is the summary.

    Shape: findings less severe than ``at_least`` are counted, not shown. Ends with a line break.
    """
    lines = (*_findings(reports, at_least), *_not_checked(reports), summary(reports))
    return "\n".join(lines) + "\n"


def summary(reports: Sequence[Report]) -> str:
    """Return one line such as ``3 violations, 2 warnings, 1 info in 2 graphs (58 rules)``."""
    rules = {rule.id for report in reports for rule in report.rules}
    found = _counts(reports, Severity)
    graphs = f"{len(reports)} graph{'s' * (len(reports) != 1)}"
    skipped = {item.rule for report in reports for item in report.not_checked}
    more = f", {len(skipped)} not checked" if skipped else ""
    return f"{', '.join(found)} in {graphs} ({len(rules)} rules{more})"


def export_summary(reports: Sequence[Report]) -> str:
    """Return the line that an export ends with: ``checked: 58 rules, no violations, 2 warnings``."""
    rules = {rule.id for report in reports for rule in report.rules}
    found = _counts(reports, (Severity.VIOLATION, Severity.WARNING))
    return f"checked: {len(rules)} rules, {', '.join(found)}"


def _counts(reports: Sequence[Report], wanted: Sequence[Severity] | type[Severity]) -> Iterator[str]:
    counts = severities(finding for report in reports for finding in report.findings)
    for severity in wanted:
        number = counts[severity]
        yield f"{number or 'no'} {severity}{'s' * (number != 1 and severity is not Severity.INFO)}"


def _findings(reports: Sequence[Report], at_least: Severity) -> Iterator[str]:
    what = {rule.id: rule.what for report in reports for rule in report.rules}
    everything = (finding for report in reports for finding in report.findings)
    findings = ordered(finding for finding in everything if finding.severity.rank <= at_least.rank)
    for rule, group in groupby(findings, key=lambda finding: finding.rule):
        yield f"{rule}: {what.get(rule) or 'a rule of your own'}"
        for finding in group:
            yield from _lines(finding)
        yield ""


def _lines(finding: Finding) -> Iterator[str]:
    place = finding.location
    where = f"{place.document}:{place.line}:{place.column}: " if place else ""
    yield f"  {where}{finding.severity}: {finding.message}"
    about = [_shown(finding.focus_node)]
    if finding.path:
        about.append(_short(finding.path))
    if finding.value is not None and finding.value != finding.focus_node:
        about.append(_shown(finding.value))
    yield f"    {'  '.join(about)}"
    if place and place.quote:
        yield f"    “{place.quote}”"


def _not_checked(reports: Sequence[Report]) -> Iterator[str]:
    items = sorted({item for report in reports for item in report.not_checked})
    for item in items:
        yield f"not checked: {item.rule}: {item.reason}"
    for left in sorted({left for report in reports for left in report.fallback}):
        yield f"run by pyshacl: {left.rule}: {left.reason}"


def _short(text: str) -> str:
    for namespace, prefix in _SHORT:
        text = text.replace(namespace, prefix)
    return text


def _shown(term: Term) -> str:
    if isinstance(term, NamedNode):
        return _short(f"<{term.value}>") if not term.value.startswith(DG_NS) else _short(term.value)
    return f'"{term.value}"' if isinstance(term, Literal) else str(term)

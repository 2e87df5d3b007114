"""Reports as Markdown: the step summary of a GitHub workflow, or a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from discograph.checks import Finding, Rule
from discograph.checks.finding import finding_order
from discograph.reports.names import relative, shown_path, shown_term
from discograph.reports.run import CheckRun
from discograph.reports.text import notes, summary

_MOST_ROWS = 50
"""Rows a rule: GitHub refuses a step summary above one megabyte."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&$-])")


def markdown_report(run: CheckRun) -> bytes:
    """Return a run as GitHub Flavored Markdown: a heading, a table for each rule, notes."""
    return ("\n".join(_lines(run)) + "\n").encode()


def _lines(run: CheckRun) -> Iterator[str]:
    yield f"## discograph check: {'fails' if run.fails else 'passes'}"
    yield ""
    yield escaped(summary(run))
    rules = {rule.id: rule for rule in run.rules}
    found = {finding: None for checked, finding in run.findings if not run.is_known(checked, finding)}
    for rule, group in groupby(sorted(found, key=finding_order), key=lambda finding: finding.rule):
        yield from ("", f"### {_heading(rules.get(rule), rule)}", "")
        yield from ("| where | severity | what to do | about | words |", "|---|---|---|---|---|")
        rows = list(group)
        yield from map(_row, rows[:_MOST_ROWS])
        if len(rows) > _MOST_ROWS:
            yield from ("", f"… and {len(rows) - _MOST_ROWS} more")
    lines = list(notes(run))
    if lines:
        yield ""
        yield from (f"- {escaped(line)}" for line in lines)


def _heading(rule: Rule | None, name: str) -> str:
    if rule is None or not rule.what:
        return f"{escaped(name)}: a rule of your own"
    return f"[{rule.id}]({rule.page}): {escaped(rule.what)}" if rule.page else f"{rule.id}: {escaped(rule.what)}"


def _row(finding: Finding) -> str:
    place = finding.location
    where = f"{relative(place.document)}:{place.line}:{place.column}" if place else ""
    about = [shown_term(finding.focus_node), shown_path(finding.path) if finding.path else ""]
    cells = (where, finding.severity, finding.message, " ".join(filter(None, about)), place.quote if place else "")
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def escaped(text: str) -> str:
    r"""Return a text of one line that Markdown shows as it is.

    >>> print(escaped("a|b\n<c> *d*"))
    a\|b \<c\> \*d\*
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

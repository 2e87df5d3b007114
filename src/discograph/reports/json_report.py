"""Reports as JSON: everything that a run knows, for programs."""

from __future__ import annotations

import json
from typing import Any

from discograph import __version__
from discograph.checks import Finding, Location, Severity
from discograph.checks.baseline import fingerprint
from discograph.checks.finding import Term, severities
from discograph.rdf import Literal, NamedNode
from discograph.reports.names import relative
from discograph.reports.run import Checked, CheckRun

VERSION = 1


def json_report(run: CheckRun) -> bytes:
    """Return a run as JSON; ``version`` changes when a key changes its meaning or goes.

    Shape: nodes are IRIs, ``_:`` and a name, or literals as ``{"value", "datatype", "language"}``; lines and columns
    are from 1, in code points, and the end column is behind the last character.
    """
    counts = severities(finding for _, finding in run.findings)
    data = {
        "version": VERSION,
        "tool": {"name": "discograph", "version": __version__},
        "profile": run.profile,
        "fail_on": run.fail_on,
        "fails": run.fails,
        "counts": {severity: counts[severity] for severity in Severity},
        "checked": [relative(checked.name) for checked in run.checked],
        "findings": [_finding(run, checked, finding) for checked, finding in run.findings],
        "gates": [
            {"gate": gate.gate.text, "metric": gate.gate.metric, "value": gate.value, "holds": gate.holds}
            for gate in run.gates
        ],
        "baseline": None
        if run.baseline is None
        else {"file": str(run.baseline.path), "stale": [entry._asdict() for entry in run.baseline.stale]},
        "not_checked": [item._asdict() for item in run.not_checked],
        "without_target": list(run.without_target),
        "switched_off": [item._asdict() for item in run.switched_off],
        "fallback": [item._asdict() for item in run.fallback],
        "rules": [rule._asdict() | {"page": rule.page} for rule in run.rules],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _finding(run: CheckRun, checked: Checked, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "known": run.is_known(checked, finding),
        "fails": run.fails_by(checked, finding),
        "fingerprint": fingerprint(checked.name, finding),
        "checked": relative(checked.name),
        "location": finding.location and _location(finding.location),
        "also": [_location(place) for place in finding.also],
        "claim": finding.claim,
        "extracted_by": list(finding.extracted_by),
        "focus_node": _term(finding.focus_node),
        "path": finding.path,
        "value": finding.value and _term(finding.value),
        "shape": _shape(finding),
        "component": finding.constraint and finding.constraint.component,
    }


def _shape(finding: Finding) -> str | None:
    """Return the IRI of the shape; one without a name has none."""
    shape = finding.constraint.shape if finding.constraint else ""
    return shape[1:-1] if shape.startswith("<") else None


def _location(place: Location) -> dict[str, Any]:
    return {
        "file": relative(place.document),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "quote": place.quote,
        "place": place.place,
    }


def _term(term: Term) -> str | dict[str, str | None]:
    if isinstance(term, Literal):
        return {"value": term.value, "datatype": term.datatype.value, "language": term.language}
    return term.value if isinstance(term, NamedNode) else str(term)

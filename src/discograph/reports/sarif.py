"""Reports as SARIF 2.1.0: every result has a physical location and a region.

Source: OASIS, Static Analysis Results Interchange Format Version 2.1.0; columns are code points (``columnKind``).
"""

from __future__ import annotations

import json
from typing import Any

from discograph import __version__
from discograph.checks import Finding, Location, Rule, Severity
from discograph.checks.baseline import fingerprint
from discograph.reports.names import shown_path, shown_term, uri_reference
from discograph.reports.run import Checked, CheckRun

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_report(run: CheckRun) -> bytes:
    """Return a run as a SARIF log of one run; the baseline's findings are "unchanged", others "new"."""
    index = {rule.id: number for number, rule in enumerate(run.rules)}
    driver = {
        "name": "discograph",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": "https://w3id.org/discograph",
        "rules": [_rule(rule) for rule in run.rules],
    }
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(run)],
                "results": [_result(run, checked, finding, index) for checked, finding in run.findings],
            }
        ],
    }
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


def _rule(rule: Rule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.what or "a rule of your own"},
        "help": {"text": rule.repair},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return found | ({"helpUri": rule.page} if rule.page else {})


def _invocation(run: CheckRun) -> dict[str, Any]:
    """Return how the run went; what it did not look at is a notification."""
    told = [f"{item.rule} was not checked: {item.reason}" for item in run.not_checked]
    told += [f"{rule} found nothing to look at" for rule in run.without_target]
    told += [f"{item.rule} was run by pyshacl: {item.reason}" for item in run.fallback]
    told += [f"gate {gate.shown}{'' if gate.holds else ': fails'}" for gate in run.gates]
    off = [f"{item.rule} is switched off: {item.reason}" for item in run.switched_off]
    return {
        "executionSuccessful": True,
        "exitCode": int(run.fails),
        "toolExecutionNotifications": [{"level": "note", "message": {"text": text}} for text in told],
        "toolConfigurationNotifications": [{"level": "note", "message": {"text": text}} for text in off],
    }


def _result(run: CheckRun, checked: Checked, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    place = finding.location or Location(checked.name, 1, 1, "")
    location = _location(place) | {"logicalLocations": [{"fullyQualifiedName": shown_term(finding.focus_node)}]}
    properties = {
        "checked": checked.name,
        "place": place.place,
        "path": finding.path and shown_path(finding.path),
        "value": finding.value and shown_term(finding.value),
        "claim": finding.claim,
        "extractedBy": list(finding.extracted_by) or None,
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"discograph/v1": fingerprint(checked.name, finding)},
        "properties": {key: value for key, value in properties.items() if value is not None},
    }
    if finding.also:
        result["relatedLocations"] = [_location(other) | {"id": id_} for id_, other in enumerate(finding.also, 1)]
    if run.baseline is not None:
        result["baselineState"] = "unchanged" if run.is_known(checked, finding) else "new"
    return result


def _location(place: Location) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if place.quote:
        region["snippet"] = {"text": place.quote}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_reference(place.document)}, "region": region}}

"""Reports as JUnit XML: a suite for each graph, a case for each rule, a suite for the gates.

What fails the run is a failure; other findings, and that pyshacl ran a rule, are output of a case; what could not be
checked, or had nothing to look at, is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from discograph.checks import Finding, Rule
from discograph.reports.names import relative, shown_path, shown_term, xml_text
from discograph.reports.run import Checked, CheckRun


def junit_report(run: CheckRun) -> bytes:
    """Return a run as JUnit XML, in UTF-8."""
    suites = [_suite(run, checked) for checked in run.checked]
    if run.gates:
        suites.append(_gates(run))
    root = ET.Element("testsuites", {"name": "discograph check", **_sums(suites)})
    root.extend(suites)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _suite(run: CheckRun, checked: Checked) -> ET.Element:
    name = relative(checked.name)
    cases = [_case(run, checked, name, rule) for rule in checked.report.rules]
    return _with_counts(name, cases)


def _with_counts(name: str, cases: Iterable[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": xml_text(name)})
    suite.extend(cases)
    counts = {
        "tests": len(suite),
        "failures": sum(case.find("failure") is not None for case in suite),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in suite),
        "time": 0,
    }
    suite.attrib |= {key: str(number) for key, number in counts.items()}
    return suite


def _sums(suites: Iterable[ET.Element]) -> dict[str, str]:
    suites = list(suites)
    return {
        key: str(sum(int(suite.attrib[key]) for suite in suites)) for key in ("tests", "failures", "errors", "skipped")
    }


def _case(run: CheckRun, checked: Checked, name: str, rule: Rule) -> ET.Element:
    title = f"{rule.id} {rule.what or 'a rule of your own'}"
    case = ET.Element("testcase", {"classname": xml_text(name), "name": xml_text(title), "time": "0"})
    found = [finding for finding in checked.report.findings if finding.rule == rule.id]
    failing = [finding for finding in found if run.fails_by(checked, finding)]
    if failing:
        first = failing[0]
        if first.location:
            case.attrib |= {"file": relative(first.location.document), "line": str(first.location.line)}
        _child(case, "failure", {"type": rule.severity, "message": _first_line(failing)}, _listing(failing))
    elif reason := _why_not(checked, rule):
        _child(case, "skipped", {"message": reason})
    output = [f"run by pyshacl: {item.reason}" for item in checked.report.fallback if item.rule == rule.id]
    output += [_line(finding) for finding in found if finding not in failing]
    if output:
        _child(case, "system-out", {}, "\n".join(output))
    return case


def _why_not(checked: Checked, rule: Rule) -> str | None:
    for item in checked.report.not_checked:
        if item.rule == rule.id:
            return item.reason
    return "nothing to look at" if rule.id in checked.report.without_target else None


def _first_line(findings: list[Finding]) -> str:
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{_where(findings[0])}{findings[0].message}{more}"


def _where(finding: Finding) -> str:
    place = finding.location
    return f"{relative(place.document)}:{place.line}:{place.column}: " if place else ""


def _listing(findings: Iterable[Finding]) -> str:
    return "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    about = [shown_term(finding.focus_node), shown_path(finding.path) if finding.path else ""]
    about += [shown_term(finding.value)] if finding.value not in (None, finding.focus_node) else []
    quote = f"\n  “{finding.location.quote}”" if finding.location and finding.location.quote else ""
    return f"{_where(finding)}{finding.severity}: {finding.message}\n  {'  '.join(filter(None, about))}{quote}"


def _gates(run: CheckRun) -> ET.Element:
    cases = []
    for gate in run.gates:
        case = ET.Element("testcase", {"classname": "gates", "name": xml_text(gate.gate.text), "time": "0"})
        if not gate.holds:
            _child(case, "failure", {"type": "gate", "message": gate.shown}, gate.shown)
        cases.append(case)
    return _with_counts("gates", cases)


def _child(parent: ET.Element, tag: str, attributes: dict[str, str], text: str | None = None) -> None:
    child = ET.SubElement(parent, tag, {key: xml_text(str(value)) for key, value in attributes.items()})
    child.text = None if text is None else xml_text(text)

"""Reports as workflow commands of GitHub Actions: annotations at the lines of the documents.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; escapes as in actions/toolkit, ``command.ts``.
"""

from __future__ import annotations

from collections.abc import Iterator

from discograph.checks import Finding, Severity
from discograph.reports.names import relative, shown_term
from discograph.reports.run import CheckRun
from discograph.reports.text import notes, summary

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_report(run: CheckRun) -> bytes:
    """Return a run as lines: a command for each new finding and each gate that fails, notes, the summary."""
    return ("\n".join(_lines(run)) + "\n").encode()


def _lines(run: CheckRun) -> Iterator[str]:
    pages = {rule.id: rule.page for rule in run.rules}
    seen: set[str] = set()
    for checked, finding in run.findings:
        line = _annotation(finding, pages.get(finding.rule))
        if not run.is_known(checked, finding) and line not in seen:  # facts of a document stand in several files
            seen.add(line)
            yield line
    yield from (command("error", gate.shown, title="gate") for gate in run.gates if not gate.holds)
    yield from (_harmless(note) for note in notes(run))
    yield summary(run)


def _annotation(finding: Finding, page: str | None) -> str:
    place = finding.location
    properties: dict[str, object] = {}
    if place is not None:
        properties = {
            "file": relative(place.document),
            "line": place.line,
            "endLine": place.end_line,
            "col": place.column,
        }
        if place.end_line == place.line:
            properties["endColumn"] = place.end_column
    quote = f"\n“{place.quote}”" if place and place.quote else ""
    more = f"\n{page}" if page else ""
    message = f"{finding.message}\n{shown_term(finding.focus_node)}{quote}{more}"
    return command(_COMMANDS[finding.severity], message, **properties, title=f"{finding.rule} ({finding.severity})")


def command(name: str, message: str, **properties: object) -> str:
    r"""Return a workflow command.

    >>> command("error", "50% of it\nis wrong", file="a,b:c.txt", line=3)
    '::error file=a%2Cb%3Ac.txt,line=3::50%25 of it%0Ais wrong'
    """
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name}{' ' * bool(pairs)}{pairs}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    """Return a line that the runner takes for no command, whatever stands in it."""
    return " ".join(line.splitlines()).replace("::", ": :").replace("##[", "## [")

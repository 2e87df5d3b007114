"""Where the reports of ``check`` go: standard output, or files; and how they look at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from discograph.checks import Severity
from discograph.errors import OutputError
from discograph.reports import REPORT_FORMATS, CheckRun, ReportFormat, plain, report_format_of, summary, text_report
from discograph.serializers import write_file

STDOUT = "-"
_STYLES: dict[str, dict[str, object]] = {
    Severity.VIOLATION: {"fg": "red", "bold": True},
    Severity.WARNING: {"fg": "yellow"},
    Severity.INFO: {"fg": "cyan"},
    "rule": {"bold": True},
    "place": {"fg": "blue"},
    "quote": {"underline": True},
    "note": {"dim": True},
}


class ReportFile(NamedTuple):
    """A report to write, and where to: a path, or ``-`` for standard output."""

    format: ReportFormat
    output: str


def pair_reports(format_names: Sequence[str], outputs: Sequence[str]) -> list[ReportFile]:
    """Return each format with the output in the same place.

    Shape: a format without an output goes to standard output, an output without a format is of the format that its
    name means; with neither, the text goes to standard output.
    Raises: UsageError if two would go to standard output, or the name of a file means no format.
    """
    if not format_names and not outputs:
        return [ReportFile(REPORT_FORMATS["text"], STDOUT)]
    found = []
    for number in range(max(len(format_names), len(outputs))):
        output = outputs[number] if number < len(outputs) else STDOUT
        fmt = REPORT_FORMATS[format_names[number]] if number < len(format_names) else _meant(output)
        found.append(ReportFile(fmt, output))
    places = [report.output for report in found]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        where = "standard output" if twice == STDOUT else twice
        raise click.UsageError(f"two reports would go to {where}; give each --format an --output of its own")
    return found


def _meant(output: str) -> ReportFormat:
    if output == STDOUT:
        return REPORT_FORMATS["text"]
    if (fmt := report_format_of(output)) is None:
        raise click.UsageError(f"{output}: its name means no format; say which with --format")
    return fmt


def write_reports(run: CheckRun, reports: Sequence[ReportFile], *, quiet: bool) -> None:
    """Write the reports, files first; where none goes to standard output, tell the summary on stderr.

    Raises: OutputError if one cannot be written.
    """
    for report in reports:
        if report.output != STDOUT:
            _write(Path(report.output), report.format.write(run))
    shown = next((report.format for report in reports if report.output == STDOUT), None)
    if shown is None:
        if not quiet:
            click.echo(summary(run), err=True)
    elif shown.name == "text":
        _show(run, quiet=quiet)
    else:
        click.echo(shown.write(run), nl=False)


def _show(run: CheckRun, *, quiet: bool) -> None:
    """Show the text: with ``quiet`` only what fails, and only if anything does."""
    if quiet and not run.fails:
        return
    limit = run.fail_on if quiet else Severity.INFO
    click.echo(text_report(run, at_least=limit, style=_styled if sys.stdout.isatty() else plain), nl=False)


def _styled(text: str, role: str) -> str:
    return click.style(text, **_STYLES[role])  # type: ignore[arg-type]


def _write(path: Path, data: bytes) -> None:
    if not path.parent.is_dir():
        raise OutputError(f"{path}: cannot be written: there is no folder {path.parent}; make it first")
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or device cannot be replaced by a file
        try:
            path.write_bytes(data)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    else:
        write_file(path, data)

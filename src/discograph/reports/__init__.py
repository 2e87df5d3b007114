"""Reports on a run of ``check``: one module a format, one table of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

from discograph.reports.run import Checked, CheckRun
from discograph.reports.text import export_summary, plain, summary, text_report
from discograph.serializers import FORMATS as GRAPH_FORMATS

__all__ = [
    "REPORT_FORMATS",
    "CheckRun",
    "Checked",
    "ReportFormat",
    "export_summary",
    "plain",
    "report_format_of",
    "summary",
    "text_report",
]


class ReportFormat(NamedTuple):
    """One format: its name on the command line, the ends of file names that mean it, and its writer."""

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[CheckRun], bytes]


def _writer(module: str, function: str, **options: Any) -> Callable[[CheckRun], bytes]:
    """Return a writer whose module is imported when a report is written: a run writes one or two of all formats."""

    def write(run: CheckRun) -> bytes:
        report: bytes = getattr(importlib.import_module(f"discograph.reports.{module}"), function)(run, **options)
        return report

    return write


REPORT_FORMATS: dict[str, ReportFormat] = {
    fmt.name: fmt
    for fmt in (
        ReportFormat("text", (".txt",), lambda run: text_report(run).encode()),
        ReportFormat("json", (".json",), _writer("json_report", "json_report")),
        ReportFormat("junit", (".xml",), _writer("junit", "junit_report")),
        ReportFormat("sarif", (".sarif", ".sarif.json"), _writer("sarif", "sarif_report")),
        ReportFormat("github", (), _writer("github", "github_report")),
        ReportFormat("markdown", (".md",), _writer("markdown", "markdown_report")),
        *(
            ReportFormat(
                graph.name, (f".{graph.extension}",), _writer("shacl", "shacl_report", rdf_format=graph.rdf_format)
            )
            for graph in GRAPH_FORMATS
        ),
    )
}
"""Every format by name, in the order of the help; the RDF forms hold a ``sh:ValidationReport``."""


def report_format_of(file_name: str) -> ReportFormat | None:
    """Return the format that the end of a file name means, None if it means none.

    >>> [report_format_of(name).name for name in ("a.json", "a.sarif.json", "a.ttl")]
    ['json', 'sarif', 'turtle']
    """
    ends = {suffix: fmt for fmt in REPORT_FORMATS.values() for suffix in fmt.suffixes}
    found = [suffix for suffix in ends if file_name.endswith(suffix)]
    return ends[max(found, key=len)] if found else None

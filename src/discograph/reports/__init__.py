"""Reports on a run of ``check``: one module a format, one table of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from discograph.reports.github import github_report
from discograph.reports.json_report import json_report
from discograph.reports.junit import junit_report
from discograph.reports.markdown import markdown_report
from discograph.reports.run import Checked, CheckRun
from discograph.reports.sarif import sarif_report
from discograph.reports.shacl import shacl_report
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


REPORT_FORMATS: dict[str, ReportFormat] = {
    fmt.name: fmt
    for fmt in (
        ReportFormat("text", (".txt",), lambda run: text_report(run).encode()),
        ReportFormat("json", (".json",), json_report),
        ReportFormat("junit", (".xml",), junit_report),
        ReportFormat("sarif", (".sarif", ".sarif.json"), sarif_report),
        ReportFormat("github", (), github_report),
        ReportFormat("markdown", (".md",), markdown_report),
        *(
            ReportFormat(graph.name, (f".{graph.extension}",), partial(shacl_report, rdf_format=graph.rdf_format))
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

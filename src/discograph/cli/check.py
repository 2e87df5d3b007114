"""``discograph check``: what is wrong with documents or graphs, and where the source says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add
from pathlib import Path
from typing import cast, get_args

import click

from discograph.checks import DEFAULT_PROFILE, ENGINES, PROFILES, Engine, Severity
from discograph.checks import check as check_graph
from discograph.checks.baseline import Entry, compare, entries, merged, read_baseline, write_baseline
from discograph.cli.checked_graphs import Graph, graphs_to_check
from discograph.cli.options import base_iri_option, format_option, input_form_option, quiet_option, sources_argument
from discograph.cli.progress import track
from discograph.cli.registry import registry_of, registry_option
from discograph.cli.report_files import pair_reports, write_reports
from discograph.coverage import Counts
from discograph.evaluation import read_golds
from discograph.gates import Gate, GateError, GateResult, Measured, document_quads, measure, parse_gate
from discograph.reports import REPORT_FORMATS, Checked, CheckRun
from discograph.resources import resource
from discograph.serializers import write_file
from discograph.vocab import DCTERMS

_EPILOG = """\b
Examples:
  discograph check seeds
  discograph check output --sources seeds
  discograph check graph.ttl --fail-on warning --shapes my-shapes
  discograph check seeds --baseline known.json -f sarif -o check.sarif -f junit -o check.xml
  discograph check seeds --gold gold --gate 'track.found>=0.95' --disable 'A5=types are not our concern'

\b
Each finding says where the words are that it comes from: file:line:column.
Whether quotes stand in the text, and whether the text has changed since, can
be checked where the text is at hand: for documents always, for graph files
with --sources. docs/rules.md lists the rules, docs/check.md what else there is:
profiles, baselines, gates and their metrics, reports.
"""


def _gates(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[Gate, ...]:
    try:
        return tuple(parse_gate(value) for value in values)
    except GateError as error:
        raise click.UsageError(str(error)) from error


def _reasons(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for value in values:
        rule, _, reason = (part.strip() for part in value.partition("="))
        if not rule or not reason:
            raise click.BadParameter(f"{value!r}: expected RULE=REASON; the reason is reported")
        reasons[rule] = reason
    return reasons


@click.command(epilog=_EPILOG)
@sources_argument()
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=DEFAULT_PROFILE,
    show_default=True,
    help="structural: only how a graph is built; strict: also what a complete description has.",
)
@click.option(
    "--shapes",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with shapes of your own, to check besides ours; may be repeated.",
)
@click.option(
    "--disable",
    "reasons",
    metavar="RULE=REASON",
    multiple=True,
    callback=_reasons,
    help="Switch a rule off, and say why; may be repeated.",
)
@click.option(
    "--sources",
    "documents",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with the documents that graph files were made from; may be repeated.",
)
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default=ENGINES[0],
    show_default=True,
    help="What runs the shapes; pyshacl finds the same and is much slower.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.VIOLATION.value,
    show_default=True,
    help="Least severe finding for which the exit code is 1.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Findings that are known: only new ones fail.",
)
@click.option("--update-baseline", "updates", is_flag=True, help="Write what is found now to the baseline.")
@click.option(
    "--gate",
    "gates",
    metavar="METRIC>=NUMBER",
    multiple=True,
    callback=_gates,
    help="Fail unless a number is as demanded, such as unlinked.person<=0.2; may be repeated.",
)
@click.option(
    "--gold",
    "golds",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder with gold files, for gates such as track.found>=0.95; may be repeated.",
)
@format_option(
    tuple(REPORT_FORMATS),
    help="How to write the report; may be repeated, each with its --output [default: text, or what the name of the "
    "output says]. The RDF forms hold a sh:ValidationReport.",
    multiple=True,
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    help="File for the report of the --format in the same place; - is standard output; may be repeated.",
)
@registry_option
@base_iri_option
@input_form_option
@quiet_option
@click.pass_context
def check(
    context: click.Context,
    sources: tuple[Path, ...],
    profile: str,
    folders: tuple[Path, ...],
    reasons: dict[str, str],
    documents: tuple[Path, ...],
    engine: str,
    fail_on: str,
    baseline: Path | None,
    updates: bool,
    gates: tuple[Gate, ...],
    golds: tuple[Path, ...],
    format_names: tuple[str, ...],
    outputs: tuple[str, ...],
    registry_file: Path | None,
    base_iri: str,
    form: str,
    quiet: bool,
) -> None:
    """Find what is wrong with documents or graphs.

    A SOURCE is a document (text, wikitext, HTML), a graph file, a folder of either, or a store.
    """
    reports = pair_reports(format_names, outputs)
    if updates and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    known = _known(baseline, updates)
    with registry_of(registry_file, is_kept=False) as registry:
        graphs = graphs_to_check(sources, documents, base_iri, form, registry=registry, quiet=quiet)
    shapes = [resource("shapes"), *folders] if folders else None
    checked = tuple(
        _checked(graph, shapes, cast("Engine", engine), profile, reasons)
        for graph in track(graphs, "checking", quiet=quiet)
    )
    run = CheckRun(checked, Severity(fail_on), profile)
    now = entries((one.name, finding) for one, finding in run.findings)
    if updates:
        known = merged(known, (one.name for one in checked), now)
    if baseline is not None:
        run = replace(run, baseline=compare(baseline, known, (one.name for one in checked), now))
    run = replace(run, gates=_measured(gates, golds, graphs, run))
    if baseline is not None and updates:
        write_file(baseline, write_baseline(known))
    write_reports(run, reports, quiet=quiet)
    if run.fails:
        context.exit(1)


def _known(baseline: Path | None, updates: bool) -> list[Entry]:
    """Return the entries of a baseline; one that is to be written need not be there yet."""
    if baseline is None or (updates and not baseline.exists()):
        return []
    return read_baseline(baseline)


def _checked(
    graph: Graph, shapes: Sequence[Path] | None, engine: Engine, profile: str, reasons: Mapping[str, str]
) -> Checked:
    report = check_graph(
        graph.data,
        shapes=shapes,
        texts=graph.texts,
        engine=engine,
        profile=profile,
        without=reasons,
        outline=graph.outline,
    )
    return Checked(str(graph.path), graph.placed(report))


def _measured(
    gates: Sequence[Gate], golds: Sequence[Path], graphs: Sequence[Graph], run: CheckRun
) -> tuple[GateResult, ...]:
    if not gates:
        return ()
    counts = [graph.counts for graph in graphs] if any(gate.metric.startswith("coverage.") for gate in gates) else []
    quads = [graph.quads for graph in graphs]
    return measure(
        gates,
        Measured(
            quads,
            document_quads(quads, DCTERMS.identifier),
            [finding for _, finding in run.findings],
            frozenset(rule.id for rule in run.rules),
            read_golds(golds) if golds else (),
            reduce(add, (count for count in counts if count is not None), Counts()) if any(counts) else None,
        ),
    )

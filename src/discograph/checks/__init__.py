"""Data quality: the rules of ``shapes/`` and a few programs, run over one graph.

Input: the quads of a graph or dataset, facts, derived triples and claims together. Output: a ``Report``.
Method: two engines run the same shapes, ``compiled`` (fast, default) and ``pyshacl`` (the reference);
program checks see to what SHACL cannot; a claim leads each finding back to the words of the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from discograph.checks.compile import CompiledShapes, compile_shapes
from discograph.checks.engine import merged_store, run_compiled
from discograph.checks.finding import (
    Constraint,
    Finding,
    Location,
    NotChecked,
    Place,
    Report,
    Rule,
    Severity,
    SwitchedOff,
    ordered,
    rule_order,
)
from discograph.checks.graph_index import GraphIndex
from discograph.checks.profiles import DEFAULT_PROFILE, PROFILES, deactivated, profile_files, switch_off
from discograph.checks.programs import PROGRAMS, run_programs
from discograph.checks.shape import Shape
from discograph.checks.shapes_graph import ShapesGraph, load_shapes, ontology_subclasses, shapes_files
from discograph.checks.trace import Outline, Tracer
from discograph.document import Source
from discograph.rdf import Quad, Store
from discograph.resources import resource

__all__ = [
    "DEFAULT_PROFILE",
    "ENGINES",
    "PROFILES",
    "Constraint",
    "Engine",
    "Finding",
    "Location",
    "NotChecked",
    "Outline",
    "Place",
    "Report",
    "Rule",
    "Severity",
    "SwitchedOff",
    "check",
    "rules",
]

Engine = Literal["compiled", "pyshacl"]
ENGINES: tuple[Engine, ...] = ("compiled", "pyshacl")


class _Loaded(NamedTuple):
    graph: ShapesGraph
    compiled: CompiledShapes
    rules: tuple[Rule, ...]
    switched_off: tuple[SwitchedOff, ...]


def check(
    data: Iterable[Quad] | Store,
    *,
    shapes: Sequence[Path] | None = None,
    texts: Mapping[str, str] | None = None,
    engine: Engine = "compiled",
    profile: str = DEFAULT_PROFILE,
    without: Mapping[str, str] | None = None,
    outline: Outline = lambda _: None,
) -> Report:
    """Return what the rules find in a graph.

    Shape: the graphs of ``data`` are merged. ``shapes`` are folders or files, discograph's own if None.
    ``texts`` are source texts by document IRI or ``dcterms:identifier``; quotes of documents that are
    not among them are reported as not checked. ``without`` are rules to switch off, each with the reason.
    ``outline`` gives the document behind a text, by the same names: it is asked where something is missing.
    Raises: ShapesError if a shape is malformed or cannot be compiled, a profile or a rule not known.
    """
    loaded = _load(shapes, profile, without)
    quads = list(data)
    store = merged_store(quads)
    if engine == "compiled":
        outcome = run_compiled(store, loaded.compiled)
    else:
        from discograph.checks.reference import run_reference

        outcome = run_reference(store, loaded.graph, loaded.compiled, ontology_subclasses())
    index = GraphIndex(quads)
    sources = {name: Source(name, text) for name, text in (texts or {}).items()}
    programs = run_programs(index, sources, {off.rule for off in loaded.switched_off})
    tracer = Tracer(index, sources, outline)
    untargeted = sorted([*outcome.without_target, *programs.without_target], key=rule_order)
    return Report(
        findings=ordered(map(tracer.traced, [*outcome.findings, *programs.findings])),
        rules=loaded.rules,
        without_target=tuple(untargeted),
        not_checked=tuple(sorted(programs.not_checked, key=lambda item: (rule_order(item.rule), item))),
        switched_off=loaded.switched_off,
    )


def rules(shapes: Sequence[Path] | None = None, profile: str = DEFAULT_PROFILE) -> tuple[Rule, ...]:
    """Return every rule that ``check`` runs, by id. Raises: ShapesError."""
    return _load(shapes, profile).rules


def _load(shapes: Sequence[Path] | None, profile: str, without: Mapping[str, str] | None = None) -> _Loaded:
    files = shapes_files([*(shapes if shapes is not None else [resource("shapes")]), *profile_files(profile)])
    reasons = tuple((without or {}).items())
    return _load_files(tuple((path, path.stat().st_mtime_ns) for path in files), profile, reasons)


@lru_cache(maxsize=8)
def _load_files(files: tuple[tuple[Path, int], ...], profile: str, reasons: tuple[tuple[str, str], ...]) -> _Loaded:
    graph = load_shapes([path for path, _ in files])
    compiled = compile_shapes(graph, ontology_subclasses())
    off = list(deactivated(graph, profile))
    asked = _rules(graph, compiled, {item.rule for item in off})
    if reasons:
        switch_off(graph, dict(reasons), asked)
        compiled = compile_shapes(graph, ontology_subclasses())
        off += [SwitchedOff(rule, reason) for rule, reason in reasons]
        asked = tuple(rule for rule in asked if rule.id not in dict(reasons))
    return _Loaded(graph, compiled, asked, tuple(sorted(off, key=lambda item: rule_order(item.rule))))


def _rules(graph: ShapesGraph, compiled: CompiledShapes, off: Collection[str]) -> tuple[Rule, ...]:
    found = {program.rule.id: program.rule for program in PROGRAMS if program.rule.id not in off}
    for shape in (*compiled.shapes, *(query.shape for query in compiled.queries)):
        known = found.setdefault(shape.rule, _rule(shape))
        if known.severity is not shape.severity:
            problem = f"rule {shape.rule} has two severities; write sh:severity alike on all its shapes"
            raise graph.error(shape.node, problem)
        if not known.what and shape.label:
            found[shape.rule] = _rule(shape)
    return tuple(sorted(found.values(), key=lambda rule: rule_order(rule.id)))


def _rule(shape: Shape) -> Rule:
    return Rule(shape.rule, shape.severity, shape.label, shape.message)

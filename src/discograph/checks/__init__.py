"""Data quality: the rules of ``shapes/`` and a few programs, run over one graph.

Input: the quads of a graph or dataset, facts, derived triples and claims together. Output: a ``Report``.
Method: two engines run the same shapes, ``compiled`` (fast, default) and ``pyshacl`` (the reference);
program checks see to what SHACL cannot; a claim leads each finding back to the words of the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from discograph.checks.compile import CompiledShapes, compile_shapes
from discograph.checks.engine import merged_store, run_compiled, run_small
from discograph.checks.finding import (
    Constraint,
    Fallback,
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
from discograph.checks.graph_index import GraphIndex, StoreIndex
from discograph.checks.profiles import DEFAULT_PROFILE, PROFILES, deactivated, profile_files, switch_off
from discograph.checks.programs import PROGRAMS, run_programs
from discograph.checks.shape import Shape, is_deactivated, with_properties
from discograph.checks.shapes_graph import SUBCLASS, ShapesGraph, load_shapes, ontology_subclasses, shapes_files
from discograph.checks.trace import Outline, Tracer
from discograph.document import Source
from discograph.rdf import NamedNode, Quad, Store, load_merged
from discograph.resources import resource
from discograph.statements import Statements

__all__ = [
    "DEFAULT_PROFILE",
    "ENGINES",
    "PROFILES",
    "Constraint",
    "Engine",
    "Fallback",
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

Subclasses = tuple[tuple[NamedNode, NamedNode], ...]
_Stamped = tuple[tuple[Path, int], ...]
"""Shapes files, and when each was last changed."""

Engine = Literal["compiled", "pyshacl"]
ENGINES: tuple[Engine, ...] = ("compiled", "pyshacl")


MOST_IN_MEMORY = 50_000
"""Graphs of up to so many quads are checked in memory, larger ones in a store."""


class _Loaded(NamedTuple):
    graph: ShapesGraph
    compiled: CompiledShapes
    rules: tuple[Rule, ...]
    switched_off: tuple[SwitchedOff, ...]


def check(
    data: Iterable[Quad] | Statements | Store | Path,
    *,
    shapes: Sequence[Path] | None = None,
    texts: Mapping[str, str] | None = None,
    engine: Engine = "compiled",
    profile: str = DEFAULT_PROFILE,
    without: Mapping[str, str] | None = None,
    outline: Outline = lambda _: None,
) -> Report:
    """Return what the rules find in a graph.

    Shape: ``data`` are quads or statements, a store, or a graph file, which may be large: Python never holds it.
    The graphs of ``data`` are merged. ``shapes`` are folders or files, discograph's own if None.
    ``texts`` are source texts by document IRI or ``dcterms:identifier``; quotes of documents that are
    not among them are reported as not checked. ``without`` are rules to switch off, each with the reason.
    ``outline`` gives the document behind a text, by the same names: it is asked where something is missing.
    Raises: ShapesError if a shape is malformed or cannot be run, a profile or a rule not known; GraphError if
    a file cannot be read.
    """
    index, store = _indexed(data)
    subclasses = _subclasses(index)
    loaded = _load(shapes, subclasses, profile, without)
    if engine == "pyshacl":
        from discograph.checks.reference import run_reference

        outcome = run_reference(store or index.store(), loaded.graph, loaded.compiled, subclasses)
    else:
        outcome = run_small(index, loaded.compiled) if store is None else run_compiled(store, loaded.compiled)
        if loaded.compiled.fallback:
            from discograph.checks.reference import run_fallback

            left = run_fallback(store or index.store(), loaded.graph, loaded.compiled, subclasses)
            outcome = outcome._replace(findings=[*outcome.findings, *left])
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
        fallback=tuple(Fallback(shape.rule, reason) for shape, reason in loaded.compiled.fallback),
    )


def _subclasses(index: GraphIndex) -> Subclasses:
    """Return the ontology's pairs of class and superclass, and those that the graph states besides."""
    known = ontology_subclasses()
    stated = {
        (triple.subject, triple.object)
        for triple in index.triples_of(SUBCLASS)
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
    }
    return (*known, *sorted(stated.difference(known), key=str))


def _indexed(data: Iterable[Quad] | Statements | Store | Path) -> tuple[GraphIndex, Store | None]:
    """Return the index of a graph, and the store that holds it unless it is small enough for memory."""
    if isinstance(data, Path):
        store = load_merged(data)
        return StoreIndex(store), store
    if isinstance(data, Store):
        small = len(data) <= MOST_IN_MEMORY
    else:
        data = data if isinstance(data, list | tuple | Statements) else list(data)
        small = len(data) <= MOST_IN_MEMORY
    if small:
        return GraphIndex(data), None
    if not isinstance(data, Store) or next(data.named_graphs(), None) is not None:
        data = merged_store(data)
    return StoreIndex(data), data


def rules(shapes: Sequence[Path] | None = None, profile: str = DEFAULT_PROFILE) -> tuple[Rule, ...]:
    """Return every rule that ``check`` runs, by id. Raises: ShapesError."""
    return _load(shapes, ontology_subclasses(), profile).rules


def _load(
    shapes: Sequence[Path] | None, subclasses: Subclasses, profile: str, without: Mapping[str, str] | None = None
) -> _Loaded:
    stamped = _stamped(shapes, profile) if shapes is not None else _own_shapes(profile)
    return _load_files(stamped, subclasses, profile, tuple((without or {}).items()))


def _stamped(shapes: Sequence[Path], profile: str) -> _Stamped:
    files = shapes_files([*shapes, *profile_files(profile)])
    return tuple((path, path.stat().st_mtime_ns) for path in files)


@cache
def _own_shapes(profile: str) -> _Stamped:
    return _stamped([resource("shapes")], profile)


@lru_cache(maxsize=8)
def _load_files(files: _Stamped, subclasses: Subclasses, profile: str, reasons: tuple[tuple[str, str], ...]) -> _Loaded:
    graph = load_shapes([path for path, _ in files])
    off = list(deactivated(graph, profile))
    if reasons:
        switch_off(graph, dict(reasons), _load_files(files, subclasses, profile, ()).rules)
        off += [SwitchedOff(rule, reason) for rule, reason in reasons]
    compiled = compile_shapes(graph, subclasses)
    asked = _rules(graph, compiled, {item.rule for item in off})
    return _Loaded(graph, compiled, asked, tuple(sorted(off, key=lambda item: rule_order(item.rule))))


def _rules(graph: ShapesGraph, compiled: CompiledShapes, off: Collection[str]) -> tuple[Rule, ...]:
    found = {program.rule.id: program.rule for program in PROGRAMS if program.rule.id not in off}
    named = [*compiled.shapes, *(query.shape for query in compiled.queries)]
    named += [part for shape, _ in compiled.fallback for part in with_properties(graph, shape)]
    for shape in named:
        if is_deactivated(graph, shape.node):
            continue
        known = found.setdefault(shape.rule, _rule(shape))
        if known.severity is not shape.severity:
            problem = f"rule {shape.rule} has two severities; write sh:severity alike on all its shapes"
            raise graph.error(shape.node, problem)
        if not known.what and shape.label:
            found[shape.rule] = _rule(shape)
    return tuple(sorted(found.values(), key=lambda rule: rule_order(rule.id)))


def _rule(shape: Shape) -> Rule:
    return Rule(shape.rule, shape.severity, shape.label, shape.message)

"""The engine for the graph of one document: the same shapes, run over the graph in memory.

To fill a store and to put some two hundred queries to it takes the store tens of milliseconds even where there is
little to find. Here the shapes are Python functions over numbers. What these do not know they leave to the
store: a query that could not be compiled, and one that met a value of which they are not sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from discograph.checks.finding import Constraint, Finding
from discograph.checks.graph_index import GraphIndex
from discograph.checks.memory.focus_tests import Breach
from discograph.checks.memory.query import MemoryQuery
from discograph.checks.memory.run import ABSENT, Constants, Run
from discograph.checks.memory.shapes import CompiledConstraint, ShapeCompiler
from discograph.checks.memory.values import UnsureError
from discograph.checks.paths import shown_path
from discograph.checks.query import CompiledQuery
from discograph.checks.shape import Shape
from discograph.checks.shapes_graph import ShapesGraph, Value, local
from discograph.checks.sparql.tree import NotReadError
from discograph.rdf import NamedNode

Foci = Callable[[Run], list[int]]
_Nodes = Callable[[Run], Iterable[int]]


class _Part(NamedTuple):
    """Constraints with one target; ``queries`` say the same to the store."""

    constraints: tuple[tuple[CompiledConstraint, str, bool], ...]
    queries: tuple[CompiledQuery, ...]


class _Target(NamedTuple):
    shape: Shape
    foci: Foci
    parts: tuple[_Part, ...]


class MemoryRules(NamedTuple):
    """All shapes, compiled for memory."""

    targets: tuple[_Target, ...]
    constants: Constants


class MemoryOutcome(NamedTuple):
    """Findings, queries left to the store, and rules that had nothing to look at."""

    findings: list[Finding]
    left: list[CompiledQuery]
    without_target: list[str]


class MemoryCompiler:
    """Collects the shapes of one shapes graph; ``class_tree`` gives a class and its subclasses."""

    def __init__(self, graph: ShapesGraph, class_tree: Callable[[Value], list[NamedNode]]) -> None:
        self._constants = Constants()
        self._shapes = ShapeCompiler(graph, class_tree, self._constants)
        self._targets: list[_Target] = []
        self._known_foci: dict[tuple[tuple[NamedNode, Value], ...], Foci] = {}

    def rules(self) -> MemoryRules:
        """Return everything that was added."""
        return MemoryRules(tuple(self._targets), self._constants)

    def add(self, shape: Shape, queries: list[CompiledQuery]) -> None:
        """Add a shape that has a target, and the queries that the store would run for it."""
        core = tuple(query for query in queries if not query.is_sparql)
        constraints = self._shapes.constraints(shape) if core else []
        parts = [_Part(tuple((c, c.shape.message, False) for c in constraints), core)]
        parts += [self._sparql(query) for query in queries if query.is_sparql]
        self._targets.append(_Target(shape, self._foci(shape), tuple(part for part in parts if part.queries)))

    def _sparql(self, query: CompiledQuery) -> _Part:
        if query.select is None:
            return _Part((), (query,))
        try:
            compiled = MemoryQuery(query.select, self._constants)
        except NotReadError:
            return _Part((), (query,))

        def breaches(run: Run, nodes: Iterable[int]) -> Iterable[Breach]:
            return (Breach(focus, value, path) for focus, path, value in compiled.rows(run, nodes))

        constraint = CompiledConstraint(query.shape, breaches, query.component)
        return _Part(((constraint, query.message, query.value_is_focus),), (query,))

    def _foci(self, shape: Shape) -> Foci:
        if shape.targets not in self._known_foci:
            targets = [self._target(kind, value) for kind, value in shape.targets]
            cache = self._constants.cache()

            def foci(run: Run) -> list[int]:
                if not run.caches[cache]:
                    run.caches[cache]["foci"] = list(dict.fromkeys(node for t in targets for node in t(run)))
                return run.caches[cache]["foci"]  # type: ignore[no-any-return]

            self._known_foci[shape.targets] = foci
        return self._known_foci[shape.targets]

    def _target(self, kind: NamedNode, value: Value) -> _Nodes:
        place = self._constants.place(value)
        match local(kind):
            case "targetClass":
                places, type_place = self._shapes.classes(value), self._shapes.type
                return lambda run: (
                    node for cls in places for node in run.inverse(type_place).get(run.numbers[cls], ())
                )
            case "targetSubjectsOf":
                return lambda run: run.columns[place]
            case "targetObjectsOf":
                return lambda run: run.inverse(place)
            case _:
                return lambda run: (run.numbers[place],)


def run_in_memory(index: GraphIndex, rules: MemoryRules) -> MemoryOutcome:
    """Return what the rules find in a graph, and what they leave to the store."""
    run = Run(index, rules.constants)
    outcome = MemoryOutcome([], [], [])
    live: set[str] = set()
    for target in rules.targets:
        foci = target.foci(run)
        if not foci:
            continue
        live.add(target.shape.rule)
        for part in target.parts:
            found = None if ABSENT in foci or not part.constraints else _findings(run, part, foci)
            if found is None:
                outcome.left.extend(part.queries)
            else:
                outcome.findings.extend(found)
    outcome.without_target.extend(sorted({target.shape.rule for target in rules.targets} - live))
    return outcome


def _findings(run: Run, part: _Part, foci: list[int]) -> list[Finding] | None:
    """Return the findings of a part of a rule, None if that is not sure."""
    found: list[Finding] = []
    term_of = run.index.term
    try:
        for compiled, message, value_is_focus in part.constraints:
            shape = compiled.shape
            path = shown_path(shape.path)
            for focus, value, own_path in compiled.breaches(run, foci):
                held = focus if value is None and value_is_focus else value
                own = term_of(own_path) if own_path is not None else None
                shown = own.value if isinstance(own, NamedNode) else path
                term = term_of(held) if held is not None else None
                constraint = Constraint(str(shape.node), compiled.component)
                found.append(
                    Finding(shape.rule, shape.severity, term_of(focus), shown, term, message, constraint=constraint)
                )
    except UnsureError:
        return None
    return found

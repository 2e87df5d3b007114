"""Core components over a graph in memory, each for all focus nodes of a target at once.

What each component means is in ``value_tests`` and ``focus_tests``; here are the values that they are asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from discograph.checks.memory.focus_tests import FOCUS_TESTS, AllValues, Breach, Breaches
from discograph.checks.memory.run import Constants, Run, Walk
from discograph.checks.memory.value_tests import VALUE_TESTS, IsBad
from discograph.checks.shape import Shape, is_deactivated, read_shape
from discograph.checks.shape_tests import component_of
from discograph.checks.shapes_graph import ShapesGraph, Value, local, sh
from discograph.checks.sparql.read import read_path
from discograph.rdf import NamedNode
from discograph.vocab import RDF


class CompiledConstraint(NamedTuple):
    """One constraint of a shape as a function from focus nodes to breaches; ``component`` is an IRI."""

    shape: Shape
    breaches: Breaches
    component: str


_NONE: list[int] = []


class ShapeCompiler:
    """Compiles shapes for memory; ``class_tree`` gives a class and its subclasses."""

    def __init__(
        self, graph: ShapesGraph, class_tree: Callable[[Value], list[NamedNode]], constants: Constants
    ) -> None:
        self.graph = graph
        self.constants = constants
        self._class_tree = class_tree
        self.type = constants.place(RDF.type)

    def constraints(self, shape: Shape) -> list[CompiledConstraint]:
        """Return the constraints of a shape, SPARQL-based ones apart."""
        if is_deactivated(self.graph, shape.node):
            return []
        found: list[CompiledConstraint] = []
        for predicate in self.graph.predicates(shape.node):
            for parameter in self.graph.objects(shape.node, predicate):
                found += self._constraint(shape, local(predicate), predicate, parameter)
        return found

    def _constraint(self, shape: Shape, name: str, predicate: NamedNode, parameter: Value) -> list[CompiledConstraint]:
        if predicate != sh(name):
            return []
        component = component_of(predicate)
        if name in VALUE_TESTS:
            return [CompiledConstraint(shape, self._each(shape, VALUE_TESTS[name](self, shape, parameter)), component)]
        if name in FOCUS_TESTS:
            tests = FOCUS_TESTS[name](self, shape, parameter)
            return [CompiledConstraint(shape, breaches, component) for breaches in tests]
        if name == "property":
            return self._property(shape, parameter)
        return []

    def values(self, shape: Shape) -> Callable[[Run, int], list[int]]:
        """Return the function from a focus node to its value nodes."""
        if shape.path is None:
            return lambda run, focus: [focus]
        walk = Walk(read_path(shape.path), self.constants)
        return walk.nodes if walk.is_simple else walk.distinct

    def all_values(self, shape: Shape) -> AllValues:
        """Return the function from focus nodes to each of them with its value nodes."""
        if shape.path is None:
            return lambda run, nodes: ((focus, [focus]) for focus in nodes)
        path = read_path(shape.path)
        if isinstance(path, NamedNode):  # most paths are: one look-up, without a call
            place = self.constants.place(path)

            def of_property(run: Run, nodes: Iterable[int]) -> Iterable[tuple[int, list[int]]]:
                column = run.columns[place]
                return [(focus, column.get(focus, _NONE)) for focus in nodes]

            return of_property
        walk = Walk(path, self.constants)
        return lambda run, nodes: ((focus, walk.distinct(run, focus)) for focus in nodes)

    def _each(self, shape: Shape, is_bad: IsBad) -> Callable[[Run, Iterable[int]], list[Breach]]:
        values, cache = self.all_values(shape), self.constants.cache()

        def breaches(run: Run, nodes: Iterable[int]) -> list[Breach]:
            known = run.caches[cache]
            found = []
            for focus, held in values(run, nodes):
                for value in held:
                    bad = known.get(value)
                    if bad is None:
                        bad = known[value] = is_bad(run, value)
                    if bad:
                        found.append(Breach(focus, value))
            return found

        return breaches

    def _property(self, shape: Shape, parameter: Value) -> list[CompiledConstraint]:
        nested = read_shape(self.graph, parameter, shape)
        if shape.path is None:
            return self.constraints(nested)
        values = self.values(shape)

        def within(breaches: Breaches) -> Any:
            return lambda run, nodes: breaches(run, dict.fromkeys(v for node in nodes for v in values(run, node)))

        return [CompiledConstraint(c.shape, within(c.breaches), c.component) for c in self.constraints(nested)]

    def conforms(self, node: Value, holder: Shape) -> Callable[[Run, int], bool]:
        """Return the function that tells whether a node conforms to a shape."""
        tests = [constraint.breaches for constraint in self.constraints(read_shape(self.graph, node, holder))]
        return lambda run, value: not any(True for test in tests for _ in test(run, (value,)))

    def members(self, parameter: Value, shape: Shape) -> list[Callable[[Run, int], bool]]:
        """Return the same for each shape of a list."""
        return [self.conforms(member, shape) for member in self.graph.rdf_list(parameter, shape.node)]

    def classes(self, parameter: Value) -> list[int]:
        """Return the places of a class and its subclasses."""
        return [self.constants.place(cls) for cls in self._class_tree(parameter)]

"""Core components that look at a focus node and all of its values, as functions of a graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from discograph.checks.memory.run import Run
from discograph.checks.memory.values import COMPARISONS, ValueFaultError
from discograph.checks.shape import Shape, closed_properties
from discograph.checks.shapes_graph import Value, sh
from discograph.checks.value_tests import whole_number
from discograph.rdf import Literal, NamedNode

if TYPE_CHECKING:
    from discograph.checks.memory.shapes import ShapeCompiler


class Breach(NamedTuple):
    """A focus node, and value and path where the result has any, by number."""

    focus: int
    value: int | None = None
    path: int | None = None


Breaches = Callable[[Run, Iterable[int]], Iterable[Breach]]
"""From focus nodes to where they break a constraint."""

AllValues = Callable[[Run, Iterable[int]], Iterable[tuple[int, list[int]]]]
"""From focus nodes to each with its value nodes."""


def _counted(values: AllValues, is_bad: Callable[[int], bool]) -> Breaches:
    return lambda run, nodes: [Breach(node) for node, held in values(run, nodes) if is_bad(len(held))]


def _min_count(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    least = whole_number(compiler.graph, shape.node, parameter)
    yield _counted(compiler.all_values(shape), lambda number: number < least)


def _max_count(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    most = whole_number(compiler.graph, shape.node, parameter)
    yield _counted(compiler.all_values(shape), lambda number: number > most)


def _qualified(is_bad: Callable[[int, int], bool]) -> Callable[[ShapeCompiler, Shape, Value], Iterator[Breaches]]:
    """Return the test of how many values conform to a shape; its parameter is the number."""

    def test(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
        values, limit = compiler.all_values(shape), whole_number(compiler.graph, shape.node, parameter)
        for qualified in compiler.graph.objects(shape.node, sh("qualifiedValueShape")):
            conforms = compiler.conforms(qualified, shape)

            def fitting(
                run: Run, nodes: Iterable[int], conforms: Callable[[Run, int], bool] = conforms
            ) -> Iterator[tuple[int, list[int]]]:
                for focus, held in values(run, nodes):
                    yield focus, [value for value in held if conforms(run, value)]

            yield _counted(fitting, lambda number: is_bad(number, limit))

    return test


def _has_value(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    values, place = compiler.values(shape), compiler.constants.place(parameter)
    yield lambda run, nodes: [Breach(node) for node in nodes if run.numbers[place] not in values(run, node)]


def _unique_language(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    if not (isinstance(parameter, Literal) and parameter.value == "true"):
        return
    values = compiler.values(shape)

    def repeats(run: Run, node: int) -> bool:
        terms = (run.index.term(value) for value in values(run, node))
        tags = [term.language.lower() for term in terms if isinstance(term, Literal) and term.language]
        return len(tags) > len(set(tags))

    yield lambda run, nodes: [Breach(node) for node in nodes if repeats(run, node)]


def _pair(compiler: ShapeCompiler, parameter: Value) -> int:
    assert isinstance(parameter, NamedNode)
    return compiler.constants.place(parameter)


def _equals(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    values, place = compiler.values(shape), _pair(compiler, parameter)

    def breaches(run: Run, nodes: Iterable[int]) -> Iterator[Breach]:
        for node in nodes:
            mine, others = values(run, node), run.columns[place].get(node, [])
            yield from (Breach(node, value) for value in mine if value not in others)
            yield from (Breach(node, value) for value in others if value not in mine)

    yield breaches


def _disjoint(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    values, place = compiler.values(shape), _pair(compiler, parameter)

    def breaches(run: Run, nodes: Iterable[int]) -> Iterator[Breach]:
        for node in nodes:
            others = run.columns[place].get(node, ())
            yield from (Breach(node, value) for value in values(run, node) if value in others)

    yield breaches


def _less(sign: str) -> Callable[[ShapeCompiler, Shape, Value], Iterator[Breaches]]:
    compare = COMPARISONS[sign]

    def is_less(run: Run, value: int, other: int) -> bool:
        try:
            return compare(run.native(value), run.native(other))
        except ValueFaultError:
            return False

    def test(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
        values, place = compiler.values(shape), _pair(compiler, parameter)

        def breaches(run: Run, nodes: Iterable[int]) -> Iterator[Breach]:
            for node in nodes:
                for other in run.columns[place].get(node, ()):
                    yield from (Breach(node, v) for v in values(run, node) if not is_less(run, v, other))

        yield breaches

    return test


def _closed(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> Iterator[Breaches]:
    if not (isinstance(parameter, Literal) and parameter.value in {"true", "1"}):
        return
    known = closed_properties(compiler.graph, shape)
    places, values = [compiler.constants.place(term) for term in known], compiler.values(shape)

    def breaches(run: Run, nodes: Iterable[int]) -> Iterator[Breach]:
        allowed = {run.numbers[place] for place in places}
        for node in nodes:
            for value in values(run, node):
                triples = run.index.by_subject.get(value, ())
                others = (pair for pair in triples if pair[0] not in allowed)
                yield from (Breach(node, found, path) for path, objects in others for found in objects)

    yield breaches


FOCUS_TESTS: dict[str, Callable[[ShapeCompiler, Shape, Value], Iterator[Breaches]]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "qualifiedMinCount": _qualified(lambda number, least: number < least),
    "qualifiedMaxCount": _qualified(lambda number, most: number > most),
    "hasValue": _has_value,
    "uniqueLang": _unique_language,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less("<"),
    "lessThanOrEquals": _less("<="),
    "closed": _closed,
}
"""By the local name of a parameter, the function that yields the tests of a shape with it."""

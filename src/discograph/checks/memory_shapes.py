"""Core components over a graph in memory, each for all focus nodes of a target at once.

The meaning of each is its definition in SHACL section 4; ``value_tests`` and ``shape_tests`` say the same in
SPARQL, and refuse, before this is asked, what is malformed or cannot be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from discograph.checks.memory_run import Constants, Run, Walk
from discograph.checks.memory_values import (
    COMPARISONS,
    XSD_NS,
    UnsureError,
    ValueFaultError,
    lexical_fits,
    native,
    pattern,
)
from discograph.checks.shape import Shape, is_deactivated, read_shape
from discograph.checks.shape_tests import component_of
from discograph.checks.shapes_graph import ShapesGraph, Value, local, sh
from discograph.checks.sparql_syntax import read_path
from discograph.checks.value_tests import CASTS, whole_number
from discograph.rdf import BlankNode, Literal, NamedNode
from discograph.vocab import RDF


class Breach(NamedTuple):
    """A focus node, and value and path where the result has any, by number."""

    focus: int
    value: int | None = None
    path: int | None = None


class CompiledConstraint(NamedTuple):
    """One constraint of a shape as a function from focus nodes to breaches; ``component`` is an IRI."""

    shape: Shape
    breaches: Callable[[Run, Iterable[int]], Iterable[Breach]]
    component: str


IsBad = Callable[[Run, int], bool]
"""Of a value node, whether it is bad."""

AllValues = Callable[[Run, Iterable[int]], Iterable[tuple[int, list[int]]]]
"""From focus nodes to each with its value nodes."""

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
        if name in _VALUE_TESTS:
            return [CompiledConstraint(shape, self._each(shape, _VALUE_TESTS[name](self, shape, parameter)), component)]
        if name in _FOCUS_TESTS:
            tests = _FOCUS_TESTS[name](self, shape, parameter)
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

        def within(breaches: Callable[[Run, Iterable[int]], Iterable[Breach]]) -> Any:
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


# Value nodes by themselves.


def _datatype(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    assert isinstance(parameter, NamedNode)
    name = parameter.value.removeprefix(XSD_NS)
    is_tested = parameter.value in CASTS

    def is_bad(run: Run, value: int) -> bool:
        term = run.index.term(value)
        if not isinstance(term, Literal) or term.datatype != parameter:
            return True
        return is_tested and not lexical_fits(term, name)

    return is_bad


def _node_kind(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    name = local(parameter)
    kinds = [cls for cls, word in ((NamedNode, "IRI"), (BlankNode, "BlankNode"), (Literal, "Literal")) if word in name]
    return lambda run, value: not isinstance(run.index.term(value), tuple(kinds))


def _comparison(sign: str) -> Callable[[ShapeCompiler, Shape, Value], IsBad]:
    compare = COMPARISONS[sign]

    def test(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
        limit = native(parameter)

        def is_bad(run: Run, value: int) -> bool:
            try:
                return not compare(run.native(value), limit)
            except ValueFaultError:
                return True

        return is_bad

    return test


def _text(run: Run, value: int) -> str | None:
    term = run.index.term(value)
    return term.value if isinstance(term, NamedNode | Literal) else None


def _length(is_enough: Callable[[int, int], bool]) -> Callable[[ShapeCompiler, Shape, Value], IsBad]:
    def test(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
        limit = whole_number(compiler.graph, shape.node, parameter)

        def is_bad(run: Run, value: int) -> bool:
            text = _text(run, value)
            return text is None or not is_enough(len(text), limit)

        return is_bad

    return test


def _pattern(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    flags = compiler.graph.one(shape.node, sh("flags"))
    assert isinstance(parameter, Literal)
    marks = flags.value if isinstance(flags, Literal) else ""

    def is_bad(run: Run, value: int) -> bool:
        text = _text(run, value)
        return text is None or pattern(parameter.value, marks).search(text) is None

    return is_bad


def _language_in(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    ranges = [tag.value.lower() for tag in compiler.graph.rdf_list(parameter, shape.node) if isinstance(tag, Literal)]

    def is_bad(run: Run, value: int) -> bool:
        term = run.index.term(value)
        tag = (term.language or "").lower() if isinstance(term, Literal) else ""
        return not any(tag and (r == "*" or tag == r or tag.startswith(f"{r}-")) for r in ranges)

    return is_bad


def _in(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    members = frozenset(compiler.graph.rdf_list(parameter, shape.node))
    return lambda run, value: run.index.term(value) not in members


# Value nodes and what they hang on.


def _class(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    classes, place = compiler.classes(parameter), compiler.type

    def is_bad(run: Run, value: int) -> bool:
        types = run.columns[place].get(value, ())
        return not any(run.numbers[cls] in types for cls in classes)

    return is_bad


def _node(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    conforms = compiler.conforms(parameter, shape)
    return lambda run, value: not conforms(run, value)


def _not(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
    return compiler.conforms(parameter, shape)


def _combined(is_good: Callable[[Iterable[bool]], bool]) -> Callable[[ShapeCompiler, Shape, Value], IsBad]:
    def test(compiler: ShapeCompiler, shape: Shape, parameter: Value) -> IsBad:
        members = compiler.members(parameter, shape)
        return lambda run, value: not is_good(member(run, value) for member in members)

    return test


_VALUE_TESTS: dict[str, Callable[[ShapeCompiler, Shape, Value], IsBad]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minExclusive": _comparison(">"),
    "minInclusive": _comparison(">="),
    "maxExclusive": _comparison("<"),
    "maxInclusive": _comparison("<="),
    "minLength": _length(lambda length, limit: length >= limit),
    "maxLength": _length(lambda length, limit: length <= limit),
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
    "class": _class,
    "node": _node,
    "not": _not,
    "and": _combined(all),
    "or": _combined(any),
    "xone": _combined(lambda results: sum(results) == 1),
}

# Focus nodes and all of their values.

Breaches = Callable[[Run, Iterable[int]], Iterable[Breach]]


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
    graph = compiler.graph
    ignored = graph.one(shape.node, sh("ignoredProperties"))
    known = list(graph.rdf_list(ignored, shape.node)) if ignored is not None else []
    for nested in graph.objects(shape.node, sh("property")):
        known += [path for path in graph.objects(nested, sh("path")) if isinstance(path, NamedNode)]
    places, values = [compiler.constants.place(term) for term in known], compiler.values(shape)

    def breaches(run: Run, nodes: Iterable[int]) -> Iterator[Breach]:
        allowed = {run.numbers[place] for place in places}
        for node in nodes:
            for value in values(run, node):
                triples = run.index.by_subject.get(value, ())
                others = (pair for pair in triples if pair[0] not in allowed)
                yield from (Breach(node, found, path) for path, objects in others for found in objects)

    yield breaches


_FOCUS_TESTS: dict[str, Callable[[ShapeCompiler, Shape, Value], Iterator[Breaches]]] = {
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
__all__ = ["Breach", "CompiledConstraint", "ShapeCompiler", "UnsureError"]

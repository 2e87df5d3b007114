"""Constraint components that look at the graph around a focus node, or at other shapes.

``FOCUS_TESTS`` give failures: patterns that match what is wrong. ``NESTED_TESTS`` give expressions that
are true of a bad value node, like ``value_tests``, but refer to other shapes or to classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from discograph.checks.shape import Shape, closed_properties
from discograph.checks.shapes_graph import Value, local, sh
from discograph.checks.value_tests import whole_number
from discograph.rdf import Literal, NamedNode

if TYPE_CHECKING:
    from discograph.checks.compile import Compiler

_MAX_COUNT = 8
"""Counts up to this are compiled; each needs so many variables, pairwise unlike."""


class Failure(NamedTuple):
    """A pattern that matches one kind of breach; variables of the result, None where it has no such."""

    shape: Shape
    body: str
    focus: str
    value: str | None = None
    path: str | None = None
    component: str | None = None


def component_of(parameter: NamedNode) -> str:
    """Return the IRI of the constraint component that a parameter is of.

    >>> component_of(sh("minCount"))
    'http://www.w3.org/ns/shacl#MinCountConstraintComponent'
    """
    name = "SPARQL" if parameter == sh("sparql") else local(parameter)[0].upper() + local(parameter)[1:]
    return sh(f"{name}ConstraintComponent").value


FocusTest = Callable[["Compiler", Shape, Value, str], Iterator[Failure]]
NestedTest = Callable[["Compiler", Shape, Value, str], str]


def _several(compiler: Compiler, shape: Shape, focus: str, number: int, qualified: Value | None) -> str:
    """Return the pattern that matches where a focus node has at least so many unlike value nodes."""
    if number > _MAX_COUNT:
        raise compiler.graph.not_compiled(shape.node, f"a count above {_MAX_COUNT}")
    if shape.path is None:
        raise compiler.graph.error(shape.node, "a count needs a sh:path")
    values = [compiler.variable() for _ in range(number)]
    tests = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
    if qualified is not None:
        tests += [compiler.conforms(qualified, value, shape) for value in values]
    patterns = " ".join(f"{focus} {shape.path} {value} ." for value in values)
    return patterns + (f" FILTER({' && '.join(tests)})" if tests else "")


def _min_count(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    number = whole_number(compiler.graph, shape.node, parameter)
    if number > 0:
        enough = _several(compiler, shape, focus, number, None)
        yield Failure(shape, f"FILTER NOT EXISTS {{ {enough} }}", focus)


def _max_count(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    number = whole_number(compiler.graph, shape.node, parameter)
    too_many = _several(compiler, shape, focus, number + 1, None)
    yield Failure(shape, f"FILTER EXISTS {{ {too_many} }}", focus)


def _qualified(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    graph, node = compiler.graph, shape.node
    disjoint = graph.one(node, sh("qualifiedValueShapesDisjoint"))
    if isinstance(disjoint, Literal) and disjoint.value in {"true", "1"}:
        raise graph.not_compiled(node, "sh:qualifiedValueShapesDisjoint")
    least, most = graph.one(node, sh("qualifiedMinCount")), graph.one(node, sh("qualifiedMaxCount"))
    if least is not None and (number := whole_number(graph, node, least)) > 0:
        enough = _several(compiler, shape, focus, number, parameter)
        component = component_of(sh("qualifiedMinCount"))
        yield Failure(shape, f"FILTER NOT EXISTS {{ {enough} }}", focus, component=component)
    if most is not None:
        too_many = _several(compiler, shape, focus, whole_number(graph, node, most) + 1, parameter)
        component = component_of(sh("qualifiedMaxCount"))
        yield Failure(shape, f"FILTER EXISTS {{ {too_many} }}", focus, component=component)


def _has_value(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    if shape.path is None:
        yield Failure(shape, f"FILTER(!sameTerm({focus}, {parameter}))", focus)
    else:
        yield Failure(shape, f"FILTER NOT EXISTS {{ {focus} {shape.path} {parameter} }}", focus)


def _unique_language(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    if not (isinstance(parameter, Literal) and parameter.value == "true"):
        return
    a, b = compiler.variable(), compiler.variable()
    same = f'!sameTerm({a}, {b}) && LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b}))'
    pattern = f"{focus} {shape.path} {a} . {focus} {shape.path} {b} . FILTER({same})"
    yield Failure(shape, f"FILTER EXISTS {{ {pattern} }}", focus)


def _equals(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    value, binding = compiler.value_nodes(shape, focus)
    yield Failure(shape, f"{binding} FILTER NOT EXISTS {{ {focus} {parameter} {value} }}", focus, value)
    other = compiler.variable()
    missing = (
        f"FILTER NOT EXISTS {{ {focus} {shape.path} {other} }}"
        if shape.path
        else f"FILTER(!sameTerm({other}, {focus}))"
    )
    yield Failure(shape, f"{focus} {parameter} {other} . {missing}", focus, other)


def _disjoint(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    value, binding = compiler.value_nodes(shape, focus)
    yield Failure(shape, f"{binding} FILTER EXISTS {{ {focus} {parameter} {value} }}", focus, value)


def _less(operator: str) -> FocusTest:
    def test(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
        value, binding = compiler.value_nodes(shape, focus)
        other = compiler.variable()
        bad = f"!COALESCE({value} {operator} {other}, false)"
        yield Failure(shape, f"{binding} {focus} {parameter} {other} . FILTER({bad})", focus, value)

    return test


def _closed(compiler: Compiler, shape: Shape, parameter: Value, focus: str) -> Iterator[Failure]:
    if not (isinstance(parameter, Literal) and parameter.value in {"true", "1"}):
        return
    known = closed_properties(compiler.graph, shape)
    value, binding = compiler.value_nodes(shape, focus)
    path, other = compiler.variable(), compiler.variable()
    # an empty NOT IN () is valid SPARQL but never true in Oxigraph 0.5
    test = " && ".join(f"{path} != {term}" for term in known) or "true"
    yield Failure(shape, f"{binding} {value} {path} {other} . FILTER({test})", focus, other, path)


FOCUS_TESTS: dict[NamedNode, FocusTest] = {
    sh("minCount"): _min_count,
    sh("maxCount"): _max_count,
    sh("qualifiedValueShape"): _qualified,
    sh("hasValue"): _has_value,
    sh("uniqueLang"): _unique_language,
    sh("equals"): _equals,
    sh("disjoint"): _disjoint,
    sh("lessThan"): _less("<"),
    sh("lessThanOrEquals"): _less("<="),
    sh("closed"): _closed,
}


def _class(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    tests = [f"EXISTS {{ {value} a {cls} }}" for cls in compiler.class_tree(parameter)]
    return f"!({' || '.join(tests)})"


def _node(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    return f"!{compiler.conforms(parameter, value, shape)}"


def _not(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    return compiler.conforms(parameter, value, shape)


def _members(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> list[str]:
    members = compiler.graph.rdf_list(parameter, shape.node)
    return [compiler.conforms(member, value, shape) for member in members]


def _and(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    return "!(" + (" && ".join(_members(compiler, shape, parameter, value)) or "true") + ")"


def _or(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    return "!(" + (" || ".join(_members(compiler, shape, parameter, value)) or "false") + ")"


def _xone(compiler: Compiler, shape: Shape, parameter: Value, value: str) -> str:
    members = _members(compiler, shape, parameter, value)
    return "((" + (" + ".join(f"IF({test}, 1, 0)" for test in members) or "0") + ") != 1)"


NESTED_TESTS: dict[NamedNode, NestedTest] = {
    sh("class"): _class,
    sh("node"): _node,
    sh("not"): _not,
    sh("and"): _and,
    sh("or"): _or,
    sh("xone"): _xone,
}

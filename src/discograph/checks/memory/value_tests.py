"""Core components that look at one value node, as functions of a graph in memory.

The meaning of each is its definition in SHACL section 4; ``checks.value_tests`` and ``checks.shape_tests`` say the
same in SPARQL, and refuse, before this is asked, what is malformed or cannot be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from discograph.checks.memory.run import Run
from discograph.checks.memory.values import COMPARISONS, XSD_NS, ValueFaultError, lexical_fits, native, pattern
from discograph.checks.shape import Shape
from discograph.checks.shapes_graph import Value, local, sh
from discograph.checks.value_tests import CASTS, whole_number
from discograph.rdf import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from discograph.checks.memory.shapes import ShapeCompiler

IsBad = Callable[[Run, int], bool]
"""Of a value node, whether it is bad."""

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


VALUE_TESTS: dict[str, Callable[[ShapeCompiler, Shape, Value], IsBad]] = {
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
"""By the local name of a parameter, the function that makes the test of a shape with it."""

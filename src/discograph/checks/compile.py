"""Shapes compiled to SPARQL: one query over the whole graph for each constraint, not one per node.

Input: a shapes graph. Output: ``CompiledQuery`` objects whose solutions are the validation results.
Method: the definition in SPARQL that the SHACL specification gives each component, with the focus node
left as a variable that the target binds. Every constraint becomes a *failure*: a graph pattern that
matches what is wrong; a nested shape conforms where none of its failures exists. So no sub-select and no
aggregate is needed, and nesting is plain EXISTS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from discograph.checks.memory import MemoryCompiler, MemoryRules
from discograph.checks.query import CompiledQuery
from discograph.checks.shape import Shape, is_deactivated, read_shape, targeted_shapes
from discograph.checks.shape_tests import FOCUS_TESTS, NESTED_TESTS, Failure, component_of
from discograph.checks.shapes_graph import SH, NotCompiledError, ShapesGraph, Value, local, sh
from discograph.checks.sparql_constraint import sparql_constraints
from discograph.checks.value_tests import VALUE_TESTS
from discograph.rdf import NamedNode

_NOT_CONSTRAINTS = {
    sh(name)
    for name in (
        *("path", "severity", "message", "deactivated", "name", "description", "order", "group"),
        *(
            "prefixes",
            "select",
            "defaultValue",
            "flags",
            "ignoredProperties",
            "qualifiedMinCount",
            "qualifiedMaxCount",
        ),
        *("qualifiedValueShapesDisjoint", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"),
    )
}


@dataclass(frozen=True, slots=True)
class CompiledShapes:
    """All that a run needs: the queries, and for each target pattern the rules that rely on it.

    Shape: ``in_memory`` are the same shapes for the in-memory engine. ``fallback`` are the shapes left to
    pyshacl, and why; they have no queries.
    """

    shapes: tuple[Shape, ...]
    queries: tuple[CompiledQuery, ...]
    targets: dict[str, frozenset[str]]
    in_memory: MemoryRules
    fallback: tuple[tuple[Shape, str], ...] = ()


class Compiler:
    """Compiles the shapes of one graph; ``subclasses`` are pairs of class and direct superclass."""

    def __init__(self, graph: ShapesGraph, subclasses: Iterable[tuple[NamedNode, NamedNode]]) -> None:
        self.graph = graph
        self._children: dict[NamedNode, list[NamedNode]] = {}
        for child, parent in subclasses:
            self._children.setdefault(parent, []).append(child)
        self._numbers = count(1)
        self._stack: list[Value] = []

    def variable(self) -> str:
        """Return a variable that no query has used."""
        return f"?v{next(self._numbers)}"

    def class_tree(self, top: Value) -> list[NamedNode]:
        """Return a class and all its subclasses. Raises: ShapesError."""
        if not isinstance(top, NamedNode):
            raise self.graph.error(top, "a class must be an IRI")
        found = [top]
        for cls in found:
            found += [child for child in self._children.get(cls, ()) if child not in found]
        return found

    def conforms(self, node: Value, focus: str, holder: Shape) -> str:
        """Return the expression that is true where what ``focus`` holds conforms to a shape."""
        shape = read_shape(self.graph, node, holder)
        failures = [f"!EXISTS {{ {failure.body} }}" for failure in self.failures(shape, focus)]
        return "(" + (" && ".join(failures) or "true") + ")"

    def failures(self, shape: Shape, focus: str) -> Iterator[Failure]:
        """Yield every way in which a focus node can fail a shape, SPARQL-based constraints apart."""
        if shape.node in self._stack:
            raise self.graph.error(shape.node, "the shape refers to itself; recursion cannot be compiled")
        if is_deactivated(self.graph, shape.node):
            return
        self._stack.append(shape.node)
        try:
            for predicate in self.graph.predicates(shape.node):
                for parameter in self.graph.objects(shape.node, predicate):
                    for failure in self._constraint(shape, focus, predicate, parameter):
                        yield failure if failure.component else failure._replace(component=component_of(predicate))
        finally:
            self._stack.pop()

    def _constraint(self, shape: Shape, focus: str, predicate: NamedNode, parameter: Value) -> Iterator[Failure]:
        if not predicate.value.startswith(SH) or predicate in _NOT_CONSTRAINTS:
            return
        value, binding = self.value_nodes(shape, focus)
        if predicate in VALUE_TESTS:
            bad = VALUE_TESTS[predicate](self.graph, shape.node, parameter, value)
            yield Failure(shape, f"{binding} FILTER({bad})", focus, value)
        elif predicate in NESTED_TESTS:
            bad = NESTED_TESTS[predicate](self, shape, parameter, value)
            yield Failure(shape, f"{binding} FILTER({bad})", focus, value)
        elif predicate in FOCUS_TESTS:
            yield from FOCUS_TESTS[predicate](self, shape, parameter, focus)
        elif predicate == sh("property"):
            nested = read_shape(self.graph, parameter, shape)
            if nested.path is None:
                raise self.graph.error(shape.node, "what sh:property names has no sh:path")
            for failure in self.failures(nested, value):
                yield Failure(failure.shape, f"{binding} {failure.body}", *failure[2:])
        elif predicate == sh("sparql") and len(self._stack) > 1:
            raise self.graph.not_compiled(shape.node, "sh:sparql in a shape that another refers to")
        elif predicate != sh("sparql"):
            problem = f"sh:{local(predicate)} cannot be compiled here; rewrite it with what docs/rules.md names"
            raise self.graph.error(shape.node, problem)

    def value_nodes(self, shape: Shape, focus: str) -> tuple[str, str]:
        """Return the variable that holds a shape's value nodes and the pattern that binds it."""
        if shape.path is None:
            return focus, ""
        value = self.variable()
        return value, f"{focus} {shape.path} {value} ."

    def target(self, shape: Shape) -> str:
        """Return the pattern that binds ``?this`` to each focus node of a shape."""
        patterns = [self._target(shape, kind, value) for kind, value in shape.targets]
        return patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {p} }}" for p in patterns)

    def _target(self, shape: Shape, kind: NamedNode, value: Value) -> str:
        if not isinstance(value, NamedNode) and kind != sh("targetNode"):
            raise self.graph.error(shape.node, f"sh:{local(kind)} must name an IRI")
        match local(kind):
            case "targetClass":
                classes = self.class_tree(value)
                if len(classes) == 1:
                    return f"?this a {classes[0]} ."
                return f"VALUES ?targetClass {{ {' '.join(map(str, classes))} }} ?this a ?targetClass ."
            case "targetSubjectsOf":
                return f"?this {value} ?targetValue ."
            case "targetObjectsOf":
                return f"?targetValue {value} ?this ."
            case _:
                return f"VALUES ?this {{ {value} }}"


def compile_shapes(graph: ShapesGraph, subclasses: Iterable[tuple[NamedNode, NamedNode]]) -> CompiledShapes:
    """Return the queries for every shape with a target.

    Raises: ShapesError that names the shape, if it is malformed or uses what neither engine runs.
    """
    compiler = Compiler(graph, subclasses)
    memory = MemoryCompiler(graph, compiler.class_tree)
    shapes = targeted_shapes(graph)
    queries: list[CompiledQuery] = []
    fallback: list[tuple[Shape, str]] = []
    rules: dict[str, set[str]] = {}
    for shape in shapes:
        target = compiler.target(shape)
        rules.setdefault(target, set()).add(shape.rule)
        found: list[CompiledQuery] = []
        try:
            found += [*_core_queries(compiler, shape, target), *_sparql_queries(graph, shape, target)]
        except NotCompiledError as error:
            fallback.append((shape, str(error)))
        memory.add(shape, found)
        queries += found
    targets = {target: frozenset(ids) for target, ids in rules.items()}
    return CompiledShapes(tuple(shapes), tuple(queries), targets, memory.rules(), tuple(fallback))


def _core_queries(compiler: Compiler, shape: Shape, target: str) -> Iterator[CompiledQuery]:
    for failure in compiler.failures(shape, "?this"):
        names = (failure.focus, failure.path or "?none", failure.value or "?none")
        columns = " ".join(f"({name} AS ?c{number})" for number, name in enumerate(names))
        text = f"SELECT DISTINCT {columns} WHERE {{ {target} {failure.body} }}"
        yield CompiledQuery(failure.shape, text, failure.shape.message, target, shape, failure.component or "")


def _sparql_queries(graph: ShapesGraph, shape: Shape, target: str) -> Iterator[CompiledQuery]:
    component = component_of(sh("sparql"))
    for text, message, select in sparql_constraints(graph, shape, target):
        is_focus = shape.path is None
        yield CompiledQuery(shape, text, message, target, shape, component, is_focus, is_sparql=True, select=select)

"""One shape as both engines report it: which rule it states, how severe it is and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.checks.finding import Severity
from discograph.checks.paths import sparql_path
from discograph.checks.shapes_graph import SUBCLASS, ShapesGraph, Value, local, sh
from discograph.rdf import Literal, NamedNode
from discograph.vocab import RDFS

_SEVERITIES = {
    sh("Violation"): Severity.VIOLATION,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.INFO,
}
TARGETS = [sh(f"target{name}") for name in ("Class", "Node", "SubjectsOf", "ObjectsOf")]
CLASSES = {
    NamedNode("http://www.w3.org/2000/01/rdf-schema#Class"),
    NamedNode("http://www.w3.org/2002/07/owl#Class"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape or property shape.

    Shape: ``rule`` is the local name of the shape up to a hyphen: shape ``A4-genre`` states rule ``A4``;
    an unnamed shape states the rule of the shape that holds it. ``path`` is in SPARQL, None for a node
    shape. ``targets`` are pairs of target property and its value.
    """

    node: Value
    rule: str
    severity: Severity
    label: str
    message: str
    path: str | None
    targets: tuple[tuple[NamedNode, Value], ...]


def rule_of(node: Value) -> str:
    """Return the rule that a named shape states."""
    return re.sub(r"^([A-Z]+[0-9]+)-.*$", r"\1", local(node))


def read_shape(graph: ShapesGraph, node: Value, holder: Shape | None = None) -> Shape:
    """Return the shape at a node; ``holder`` is the shape that refers to it, if any.

    Raises: ShapesError if severity, path or message is malformed.
    """
    path = graph.one(node, sh("path"))
    severity = graph.one(node, sh("severity")) or sh("Violation")
    if not isinstance(severity, NamedNode) or severity not in _SEVERITIES:
        raise graph.error(node, f"severity {severity} is not known; use sh:Violation, sh:Warning or sh:Info")
    named = isinstance(node, NamedNode)
    rule = rule_of(node) if named or holder is None else holder.rule
    inherited = holder.message if holder is not None else f"Breaks {rule}; see its shape."
    return Shape(
        node=node,
        rule=rule,
        severity=_SEVERITIES[severity],
        label=text(graph, node, RDFS.label) or "",
        message=text(graph, node, sh("message")) or inherited,
        path=sparql_path(graph, path, node) if path is not None else None,
        targets=_targets(graph, node),
    )


def with_properties(graph: ShapesGraph, shape: Shape) -> Iterator[Shape]:
    """Yield a shape and all that results may name in its place: what it names by sh:property, and so on."""
    yield shape
    for nested in graph.objects(shape.node, sh("property")):
        yield from with_properties(graph, read_shape(graph, nested, shape))


def text(graph: ShapesGraph, node: Value, predicate: NamedNode) -> str | None:
    """Return the text of a property of which a node has at most one. Raises: ShapesError."""
    value = graph.one(node, predicate)
    if value is not None and not isinstance(value, Literal):
        raise graph.error(node, f"{local(predicate)} must be a text in quotes")
    return value.value if value is not None else None


def _targets(graph: ShapesGraph, node: Value) -> tuple[tuple[NamedNode, Value], ...]:
    found = [(target, value) for target in TARGETS for value in graph.objects(node, target)]
    if CLASSES.intersection(graph.types(node)):  # a shape that is also a class targets its instances
        found.append((TARGETS[0], node))
    return tuple(found)


def targeted_shapes(graph: ShapesGraph) -> list[Shape]:
    """Return the active shapes that have a target, in the order of the files. Raises: ShapesError."""
    components = [node for node in graph.subjects() if sh("parameter") in graph.predicates(node)]
    if components:
        raise graph.error(components[0], "constraint components of one's own are not run; use sh:sparql")
    shapes = (node for node in graph.subjects() if _is_candidate(graph, node))
    return [shape for node in shapes if (shape := read_shape(graph, node)).targets]


def _is_candidate(graph: ShapesGraph, node: Value) -> bool:
    predicates = graph.predicates(node)
    if SUBCLASS in predicates and not any(p.value.startswith(sh("").value) for p in predicates):
        return False
    has_target = any(target in predicates for target in TARGETS) or CLASSES.intersection(graph.types(node))
    return bool(has_target) and not is_deactivated(graph, node)


def is_deactivated(graph: ShapesGraph, node: Value) -> bool:
    """Return whether a shape is switched off."""
    value = graph.one(node, sh("deactivated"))
    return isinstance(value, Literal) and value.value in {"true", "1"}


def closed_properties(graph: ShapesGraph, shape: Shape) -> list[Value]:
    """Return the properties that a closed shape allows: those it ignores and the paths of its property shapes.

    Source: SHACL section 4.8.1.
    """
    ignored = graph.one(shape.node, sh("ignoredProperties"))
    known = list(graph.rdf_list(ignored, shape.node)) if ignored is not None else []
    for nested in graph.objects(shape.node, sh("property")):
        known += [path for path in graph.objects(nested, sh("path")) if isinstance(path, NamedNode)]
    return known

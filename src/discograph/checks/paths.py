"""SHACL property paths as SPARQL 1.1 property paths (SHACL section 2.3.1)."""

from __future__ import annotations

from discograph.checks.shapes_graph import ShapesGraph, Value, local, sh
from discograph.rdf import NamedNode

_SUFFIXES = {sh("zeroOrMorePath"): "*", sh("oneOrMorePath"): "+", sh("zeroOrOnePath"): "?"}


def sparql_path(graph: ShapesGraph, path: Value, owner: Value) -> str:
    """Return a SHACL path in SPARQL, such as ``<a>/^<b>``; ``owner`` is named in errors.

    Raises: ShapesError if the path is malformed.
    """
    if isinstance(path, NamedNode):
        return str(path)
    if graph.is_list(path):
        steps = [sparql_path(graph, step, owner) for step in graph.rdf_list(path, owner)]
        if len(steps) < 2:
            raise graph.error(owner, "a sequence path needs at least two steps")
        return "(" + "/".join(steps) + ")"
    predicates = graph.predicates(path)
    if len(predicates) != 1:
        raise graph.error(owner, "sh:path is neither a property nor a SHACL property path")
    predicate = predicates[0]
    target = graph.one(path, predicate)
    assert target is not None
    if predicate == sh("inversePath"):
        return "^" + sparql_path(graph, target, owner)
    if predicate == sh("alternativePath"):
        return "(" + "|".join(sparql_path(graph, p, owner) for p in graph.rdf_list(target, owner)) + ")"
    if predicate in _SUFFIXES:
        return f"({sparql_path(graph, target, owner)}){_SUFFIXES[predicate]}"
    raise graph.error(owner, f"the path component {local(predicate)} is not known")


def shown_path(path: str | None) -> str | None:
    """Return how a finding shows a SPARQL path: a single property as its bare IRI."""
    if path is not None and path.startswith("<") and path.count("<") == 1 and path.endswith(">"):
        return path[1:-1]
    return path

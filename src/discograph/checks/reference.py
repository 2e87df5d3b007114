"""The reference engine: pyshacl, which is slow but the field's own. The only module that knows rdflib.

Both are imported when the engine runs, so that the default engine never pays for them. pyshacl changes
globals of rdflib, and leaves them changed after an error; they are saved and put back whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from discograph.checks.compile import CompiledShapes
from discograph.checks.engine import Outcome, rules_without_target
from discograph.checks.finding import Constraint, Finding, Term
from discograph.checks.paths import shown_path
from discograph.checks.shape import CLASSES, TARGETS, Shape, with_properties
from discograph.checks.shapes_graph import SUBCLASS, ShapesGraph, Value, sh
from discograph.errors import ShapesError
from discograph.rdf import BlankNode, Literal, NamedNode, Store, Triple
from discograph.vocab import RDF, XSD

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def run_fallback(
    store: Store,
    graph: ShapesGraph,
    shapes: CompiledShapes,
    subclasses: Iterable[tuple[NamedNode, NamedNode]],
) -> list[Finding]:
    """Return what pyshacl finds by the shapes that could not be compiled, and by these alone."""
    left = {shape.node for shape, _ in shapes.fallback}
    others = {shape.node for shape in shapes.shapes} - left
    alone = ShapesGraph()
    for triple in graph.triples:
        is_target = triple.predicate in TARGETS or (triple.predicate == RDF.type and triple.object in CLASSES)
        if not (triple.subject in others and is_target):
            alone.add(triple)
    return run_reference(store, alone, shapes, subclasses).findings


def run_reference(
    store: Store,
    graph: ShapesGraph,
    shapes: CompiledShapes,
    subclasses: Iterable[tuple[NamedNode, NamedNode]],
) -> Outcome:
    """Return what pyshacl finds in the default graph of a store, in the terms of the default engine.

    Shape: ``subclasses`` stand in for the ontology; results about its classes themselves are dropped.
    Raises: ShapesError if pyshacl refuses the shapes.
    """
    tree = [Triple(child, SUBCLASS, parent) for child, parent in subclasses]
    classes = {triple.subject for triple in tree}
    with rdflib_globals():
        data = _rdflib_graph([*(quad.triple for quad in store.quads_for_pattern(None, None, None)), *tree])
        report = _validate(data, _rdflib_graph(graph.triples))
        findings = [f for f in _findings(report, graph, shapes) if f.focus_node not in classes]
    return Outcome(findings, rules_without_target(store, shapes))


@contextmanager
def rdflib_globals() -> Iterator[None]:
    """Keep literals as they are written, and put rdflib's globals back at the end."""
    import rdflib
    from rdflib import term

    normalize, table = rdflib.NORMALIZE_LITERALS, dict(term._toPythonMapping)
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        term._toPythonMapping.clear()
        term._toPythonMapping.update(table)


def _validate(data: Graph, shapes: Graph) -> Graph:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph

    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True, do_owl_imports=False)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapesError(f"pyshacl refuses the shapes: {error}") from error
    if not isinstance(report, Graph):
        raise ShapesError(f"pyshacl could not run the shapes: {text}")
    return report


def _findings(report: Graph, graph: ShapesGraph, shapes: CompiledShapes) -> Iterator[Finding]:
    by_node = {shape.node: shape for owner in shapes.shapes for shape in with_properties(graph, owner)}
    for result in report.subjects(_node(RDF.type), _node(sh("ValidationResult"))):
        # what sh:detail holds is part of another result, not one of its own
        if next(report.subjects(_node(sh("detail")), result), None) is None:
            yield _finding(report, result, by_node)


def _finding(report: Graph, result: Node, by_node: dict[Value, Shape]) -> Finding:
    shape = by_node[_value(report, result, "sourceShape")]
    path = _term(report, result, "resultPath")
    by_sparql = _term(report, result, "sourceConstraint") is not None
    message = _term(report, result, "resultMessage")
    component = _term(report, result, "sourceConstraintComponent")
    return Finding(
        rule=shape.rule,
        severity=shape.severity,
        focus_node=_value(report, result, "focusNode"),
        path=path.value if isinstance(path, NamedNode) else shown_path(shape.path),
        value=_term(report, result, "value"),
        message=message.value if by_sparql and isinstance(message, Literal) else shape.message,
        constraint=Constraint(str(shape.node), component.value if isinstance(component, NamedNode) else ""),
    )


def _term(report: Graph, subject: Node, name: str) -> Term | None:
    node = next(iter(report.objects(subject, _node(sh(name)))), None)
    return _from_rdflib(node) if node is not None else None


def _value(report: Graph, subject: Node, name: str) -> Term:
    term = _term(report, subject, name)
    assert term is not None, f"pyshacl reported a result without sh:{name}"
    return term


@cache
def _graph_class() -> type[Graph]:
    """Return an rdflib graph that parses each query once: pyshacl asks one and the same for every focus node.

    Why: of the time that pyshacl takes over our rules, parsing was two thirds.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    prepared = lru_cache(maxsize=None)(prepareQuery)

    class ParsesOnce(Graph):
        def query(self, query_object: Any, *arguments: Any, **options: Any) -> Any:
            parsed = prepared(query_object) if isinstance(query_object, str) else query_object
            return super().query(parsed, *arguments, **options)

    return ParsesOnce


def _rdflib_graph(triples: Iterable[Triple]) -> Graph:
    graph = _graph_class()()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _node(term: Term) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        raise ShapesError("pyshacl cannot read RDF 1.2; use the compiled engine")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:  # rdflib takes "a" and "a"^^xsd:string for two terms
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _from_rdflib(node: Node) -> Term:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else XSD.string)
    return BlankNode(str(node))

"""The engine for large graphs: compiled queries, each run once over a whole graph in an embedded store.

The store lets go of Python's lock while it searches, so that queries run side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from discograph.checks.compile import CompiledShapes
from discograph.checks.finding import Constraint, Finding
from discograph.checks.graph_index import GraphIndex
from discograph.checks.memory import run_in_memory
from discograph.checks.paths import shown_path
from discograph.checks.query import CompiledQuery
from discograph.checks.sparql.plan import planned_text
from discograph.errors import ShapesError
from discograph.rdf import NamedNode, Quad, QueryBoolean, QuerySolutions, Store

_MOST_THREADS = 8


class Outcome(NamedTuple):
    """What an engine found, and the rules for which the graph had nothing to look at."""

    findings: list[Finding]
    without_target: list[str]


def merged_store(quads: Iterable[Quad]) -> Store:
    """Return a store whose default graph holds the triples of every graph: shapes see one data graph."""
    store = Store()
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def run_compiled(store: Store, shapes: CompiledShapes) -> Outcome:
    """Return the findings of every query. Raises: ShapesError if a query is not valid SPARQL."""
    from concurrent.futures import ThreadPoolExecutor  # it brings logging and more, of no use to small graphs

    live = _live_targets(store, shapes)
    queries = [query for query in shapes.queries if query.target in live]
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        found = pool.map(lambda query: run_query(store, query), queries)
        return Outcome([finding for findings in found for finding in findings], _without(shapes, live))


def run_small(index: GraphIndex, shapes: CompiledShapes) -> Outcome:
    """Return the findings in a graph in memory; a store is filled only for what must be left to it."""
    outcome = run_in_memory(index, shapes.in_memory)
    if outcome.left:
        store = index.store()
        left = (finding for query in outcome.left for finding in run_query(store, query))
        return Outcome([*outcome.findings, *left], outcome.without_target)
    return Outcome(outcome.findings, outcome.without_target)


def rules_without_target(store: Store, shapes: CompiledShapes) -> list[str]:
    """Return the rules none of whose shapes has a focus node."""
    return _without(shapes, _live_targets(store, shapes))


def _live_targets(store: Store, shapes: CompiledShapes) -> set[str]:
    return {target for target in shapes.targets if bool(_boolean(store, f"ASK {{ {target} }}"))}


def _without(shapes: CompiledShapes, live: set[str]) -> list[str]:
    found = {rule for target in live for rule in shapes.targets[target]}
    return sorted({shape.rule for shape in shapes.shapes} - found)


def _boolean(store: Store, query: str) -> QueryBoolean:
    answer = store.query(query)
    assert isinstance(answer, QueryBoolean)
    return answer


def run_query(store: Store, query: CompiledQuery) -> list[Finding]:
    """Return the findings of one query. Raises: ShapesError if it is not valid SPARQL."""
    shape = query.shape
    try:
        solutions = store.query(query.text if query.is_sparql else planned_text(query.text))
    except SyntaxError as error:
        raise ShapesError(f"shape {shape.node}: sh:select is not valid SPARQL: {error}") from error
    assert isinstance(solutions, QuerySolutions)
    path = shown_path(shape.path)
    constraint = Constraint(str(shape.node), query.component)
    found: list[Finding] = []
    for row in solutions:
        focus, own_path, value = row[0], row[1], row[2]
        assert focus is not None
        if value is None and query.value_is_focus:
            value = focus
        shown = own_path.value if isinstance(own_path, NamedNode) else path
        found.append(Finding(shape.rule, shape.severity, focus, shown, value, query.message, constraint=constraint))
    return found

"""A store as an rdflib graph, for what rdflib can do and SPARQL cannot: a view, without a copy, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query.sources import has_merged
from discograph.rdf import Store

try:
    import rdflib
    from oxrdflib import OxigraphStore
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
except ModuleNotFoundError as error:  # it comes with discograph[notebook]
    raise QueryError(f"an rdflib view needs {error.name}; install it: pip install 'discograph[notebook]'") from error


class _ReadOnlyUnion(OxigraphStore):
    """The union of all graphs of a store; a triple that several graphs hold is there once."""

    def __init__(self, store: Store) -> None:
        super().__init__(store=store)
        self._is_merged = has_merged(store, is_needed=True)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """Yield the triples that match a pattern, each with no context: the graphs are not told apart."""
        if self._is_merged:
            context = rdflib.Graph(identifier=DATASET_DEFAULT_GRAPH_ID)
            for triple, _ in super().triples(triple_pattern, context):
                yield triple, iter(())
            return
        seen = set()
        for triple, _ in super().triples(triple_pattern, None):
            if triple not in seen:
                seen.add(triple)
                yield triple, iter(())

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **options: Any) -> Any:  # noqa: N803
        """Return what SPARQL gives; Oxigraph answers, over the union."""
        whole = DATASET_DEFAULT_GRAPH_ID if self._is_merged else "__UNION__"
        return super().query(query, initNs, initBindings, whole, **options)

    def __len__(self, context: Any = None) -> int:
        return sum(1 for _ in self.triples((None, None, None)))

    def add(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise QueryError("this rdflib graph is a view and cannot be changed; copy it: rdflib.Graph() + view")

    addN = remove = update = add


def rdflib_view(store: Store, base_iri: str = DEFAULT_BASE) -> rdflib.Graph:
    """Return an rdflib graph that reads from a store: the union of its graphs, with our prefixes bound.

    Raises: QueryError when somebody writes to it, or if rdflib or oxrdflib is not installed.
    """
    graph = rdflib.Graph(store=_ReadOnlyUnion(store), bind_namespaces="none")
    for prefix, iri in prefix_table(base_iri).items():
        graph.bind(prefix, iri)
    return graph

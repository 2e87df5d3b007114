"""The stores that we know: where they answer, what they can do, and how to fill them without HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of store.

    Shape: ``query``, ``update`` and ``graph_store`` are paths below the base address, ``""`` the base itself.
    """

    name: str
    """As on the command line."""
    label: str
    query: str
    update: str
    graph_store: str | None
    is_atomic: bool
    """Whether all operations of one update request happen or none."""
    by_graphs: bool
    """Whether graphs are put with the Graph Store Protocol and not by updates."""
    chunk: int
    """Quads that one request may hold."""
    takes_gzip: bool | None
    """Whether requests may be gzipped; None where we do not know."""
    bulk: str = ""
    """How to load what is too much for HTTP."""


KINDS: tuple[Kind, ...] = (
    Kind("oxigraph", "Oxigraph", "query", "update", "store", True, False, 50_000, True,
         "stop the server and run: oxigraph load --location DIR --file FILE.nq"),
    # No direct query POST (it hangs), no INSERT DATA of 5,000 triples (it runs out of memory): hence graphs.
    Kind("virtuoso", "Virtuoso", "sparql", "sparql-auth", "sparql-graph-crud-auth", False, True, 10_000, False,
         "in isql run: ld_dir('/dir','*.nq',NULL); rdf_loader_run(); checkpoint;"),
    Kind("fuseki", "Apache Jena Fuseki", "query", "update", "data", True, False, 50_000, None,
         "stop the server and run: tdb2.tdbloader --loader=parallel --loc DIR FILE.nq"),
    Kind("graphdb", "GraphDB", "", "statements", "rdf-graphs/service", True, False, 50_000, None,
         "stop the server and run: importrdf preload -f -i REPOSITORY FILE.nq"),
    Kind("rdf4j", "RDF4J", "", "statements", "rdf-graphs/service", True, False, 50_000, None,
         "use the console's load command: load FILE.nq"),
    Kind("qlever", "QLever", "", "", "", False, False, 50_000, None,
         "build the index from the files: qlever index"),
    # rdflib takes 4 ms a triple for 200 of them in a request, and 20 ms for 2,000.
    Kind("sparql", "SPARQL 1.1", "", "", None, False, False, 200, None),
)  # fmt: skip
"""Every kind, in the order of the help text; the last is for any other store, and asks of it the standard alone."""


def kind_by_name(name: str) -> Kind:
    """Return the kind of a name. Raises: KeyError, which the command line's choice forbids."""
    return {kind.name: kind for kind in KINDS}[name]

"""Run one SPARQL query over a store; the default graph is the union of facts, derived graphs and claims."""

from __future__ import annotations

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query import scan
from discograph.query.solutions import Result, collect
from discograph.query.sources import has_merged
from discograph.rdf import Store


def run(store: Store, sparql: str, *, name: str = "query", base_iri: str = DEFAULT_BASE) -> Result:
    """Return what a query gives.

    Shape: ``name`` says in messages where the query came from. Prefixes of ``namespaces.prefix_table``
    need no declaration; relative IRIs resolve against ``base_iri``; ``GRAPH`` sees the named graphs;
    ``FROM`` overrides the union. A triple that several graphs hold counts once if the store was opened
    by ``sources``, else once per graph (``sources.merge_graphs`` says why).
    Raises: QueryError, with ``name:line:column`` for a syntax error, an update and SERVICE.
    """
    found = scan.tokens(sparql)
    call = scan.service_call(found)
    if call is not None:
        from discograph.query.diagnosis import error_at

        text = "SERVICE asks another server; queries here see only the sources that you name"
        raise error_at(sparql, name, call.offset, text)
    prefixes = prefix_table(base_iri)
    union = needs_union(store, found)
    try:
        answer = store.query(sparql, base_iri=base_iri, prefixes=prefixes, use_default_graph_as_union=union)
        return collect(answer, is_ordered=scan.is_ordered(found), appearance=scan.star_variables(found))
    except SyntaxError as error:
        from discograph.query.diagnosis import syntax_error  # where all goes well, nobody needs it

        raise syntax_error(sparql, name, found, prefixes, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"{name}: cannot be answered: {error}") from error


def needs_union(store: Store, found: list[scan.Token]) -> bool:
    """Whether the engine has to make the union of the graphs for a query, given as its tokens.

    The graphs of a store that was opened for questions are merged here, when the first comes that counts.
    """
    return not (scan.chooses_dataset(found) or has_merged(store, is_needed=scan.counts_triples(found)))

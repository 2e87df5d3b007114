"""The one order in which triples and graphs are written, so that the same graph is always the same bytes.

Strings compare by code points: no locale, no hash seed, no order of input has a say.
"""

from __future__ import annotations

from collections.abc import Iterable

from discograph.errors import GraphError
from discograph.rdf import Literal, NamedNode, Object, Quad, Triple
from discograph.vocab import RDF

TermKey = tuple[int, str, str, str]
TripleKey = tuple[str, str, int, str, str, str]

_RANKS = {"facts": 0, "derived": 1, "claims": 2}
_TYPE = RDF.type.value


def graph_kind(quad: Quad) -> str:
    """Return which of a document's graphs a quad is in: ``facts``, ``derived`` or ``claims``.

    Raises: GraphError if its graph is none of these.
    Source: docs/model.md, "Three graphs a document".
    """
    return kind_of_graph(str(quad.graph_name))


def kind_of_graph(name: str) -> str:
    """Return the same for the name of a graph, an IRI in angle brackets. Raises: GraphError."""
    kind = name.rpartition("/")[2].removesuffix(">")
    if kind not in _RANKS:
        raise GraphError(f"graph {name}: not named as ours are, …/facts, …/derived or …/claims")
    return kind


def term_key(term: Object) -> TermKey:
    """Return where an object sorts: IRIs first, then literals by value, datatype, language."""
    if isinstance(term, NamedNode):
        return 0, term.value, "", ""
    return 1, term.value, term.datatype.value, term.language or ""


def ends(triple: Triple | Quad) -> tuple[NamedNode, Object]:
    """Return the subject and object of a triple.

    Raises: GraphError on a blank node or quoted triple: what has no name has no place in an order.
    """
    subject, object_ = triple.subject, triple.object
    if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
        return subject, object_
    raise GraphError(f"{triple}: cannot be written, since graphs of ours hold only IRIs and literals")


def triple_key(triple: Triple | Quad) -> TripleKey:
    """Return where a triple sorts in its graph: by subject, its type first, then by predicate and object."""
    subject, object_ = ends(triple)
    predicate = triple.predicate.value
    return subject.value, "" if predicate == _TYPE else predicate, *term_key(object_)


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return quads by document; in each its facts, derived, claims, then spans; in each graph by triple."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = quad.graph_name
        graphs.setdefault(name.value if isinstance(name, NamedNode) else "", []).append(quad)
    return [quad for name in sorted(graphs, key=_graph_key) for quad in sorted(graphs[name], key=triple_key)]


def _graph_key(name: str) -> tuple[str, int, str]:
    document, _, kind = name.rpartition("/")
    if kind in _RANKS:
        return document, _RANKS[kind], name
    return name.partition("#")[0], len(_RANKS), name

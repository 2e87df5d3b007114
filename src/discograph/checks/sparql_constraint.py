"""SPARQL-based constraints (SHACL section 5) as queries over the whole graph.

``$this`` stays a variable: the pattern of the target binds it, in every group of the query that mentions it
(an EXISTS has it from outside). That is what binding it beforehand means, since each group is joined with the
focus nodes; and it costs little, since most queries have one group. What SHACL forbids because it cannot be
bound beforehand is refused here as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discograph.checks.shape import Shape, is_deactivated, text
from discograph.checks.shapes_graph import ShapesGraph, Value, sh
from discograph.checks.sparql.plan import planned
from discograph.checks.sparql.read import read_select
from discograph.checks.sparql.text import select_text
from discograph.checks.sparql.tree import NotReadError, Select
from discograph.rdf import BlankNode, NamedNode

_REFUSED = re.compile(
    r"\b(VALUES|MINUS|SERVICE|LIMIT|OFFSET)\b|[$?](shapesGraph|currentShape)\b|\bAS\s+[$?]this\b",
    re.IGNORECASE,
)
_SKIPPED = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\]|\\.)*"|<[^<>\s]*>|#[^\n]*')
_HEADS = re.compile(r"\bSELECT\b(.*?)\{", re.IGNORECASE | re.DOTALL)
_THIS = re.compile(r"[$?]this\b")


class SparqlConstraint(NamedTuple):
    """The whole-graph query of a constraint, its message, and its own query as a tree, if it can be read."""

    text: str
    message: str
    select: Select | None


def sparql_constraints(graph: ShapesGraph, shape: Shape, target: str) -> Iterator[SparqlConstraint]:
    """Yield each SPARQL-based constraint of a shape.

    Raises: ShapesError if a constraint is malformed or cannot have ``$this`` bound beforehand.
    """
    # DISTINCT: a focus node that two triples make a target must not be counted twice by an aggregate
    binding = f" {{ SELECT DISTINCT ?this WHERE {{ {target} }} }} "
    for node in graph.objects(shape.node, sh("sparql")):
        if not isinstance(node, NamedNode | BlankNode):
            raise graph.error(shape.node, "sh:sparql must hold a description in square brackets")
        if is_deactivated(graph, node):
            continue
        select = text(graph, node, sh("select"))
        if select is None:
            raise graph.error(shape.node, "sh:sparql has no sh:select")
        if shape.path is not None:
            select = re.sub(r"[$?]PATH\b", lambda _: shape.path or "", select)
        _refuse_what_cannot_be_bound(graph, shape, _bare(select))
        prefixes = _prefixes(graph, node)
        tree = _read(select, prefixes)
        select = select_text(planned(tree)) if tree is not None else select
        for index in sorted(_groups_to_bind(_bare(select)), reverse=True):
            select = select[:index] + binding + select[index:]
        prologue = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(prefixes.items()))
        query = f"{prologue}SELECT DISTINCT ?this ?path ?value WHERE {{ {{ {select} }} }}"
        yield SparqlConstraint(query, text(graph, node, sh("message")) or shape.message, tree)


def _bare(select: str) -> str:
    """Return a query with blanks for its texts, IRIs and comments."""
    return _SKIPPED.sub(lambda match: " " * len(match[0]), select)


def _read(select: str, prefixes: dict[str, str]) -> Select | None:
    try:
        return read_select(select, prefixes)
    except NotReadError:
        return None  # it runs as it stands


def _refuse_what_cannot_be_bound(graph: ShapesGraph, shape: Shape, bare: str) -> None:
    if found := _REFUSED.search(bare):
        raise graph.error(shape.node, f"{found[0]} in sh:select depends on one focus node; rewrite without it")
    heads = list(_HEADS.finditer(bare))
    if not heads or bare[: heads[0].start()].strip():
        raise graph.error(shape.node, "sh:select must begin with SELECT")
    if not all(_THIS.search(head[1]) for head in heads):
        raise graph.error(shape.node, "every SELECT in sh:select must name $this before its WHERE")


def _groups_to_bind(bare: str) -> Iterator[int]:
    """Yield where the outermost group begins, and each nested one that mentions ``$this``.

    Groups of an EXISTS, and what is in them, are left out.
    """
    opened: list[tuple[int, bool]] = []  # where a group begins, and whether it is in an EXISTS
    for match in re.finditer(r"[{}]", bare):
        if match[0] == "{":
            in_exists = bool(opened and opened[-1][1]) or bool(
                re.search(r"\bEXISTS\s*$", bare[: match.start()], re.IGNORECASE)
            )
            opened.append((match.end(), in_exists))
        elif opened:
            start, in_exists = opened.pop()
            inside = bare[start : match.start()]
            is_select = re.match(r"\s*SELECT\b", inside, re.IGNORECASE)
            if not in_exists and not is_select and (not opened or _THIS.search(inside)):
                yield start


def _prefixes(graph: ShapesGraph, node: Value) -> dict[str, str]:
    found: dict[str, str] = {}
    for ontology in graph.objects(node, sh("prefixes")):
        for declaration in graph.objects(ontology, sh("declare")):
            prefix = text(graph, declaration, sh("prefix"))
            namespace = text(graph, declaration, sh("namespace"))
            if prefix is None or namespace is None:
                raise graph.error(ontology, "a sh:declare needs sh:prefix and sh:namespace")
            found[prefix] = namespace
    return found

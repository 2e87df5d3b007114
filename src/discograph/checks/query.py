"""One constraint as a query over a whole graph, as both engines know it."""

from __future__ import annotations

from dataclasses import dataclass

from discograph.checks.shape import Shape
from discograph.checks.sparql.tree import Select


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """One constraint as a SELECT whose three columns are focus node, path and value (any unbound).

    Shape: ``shape`` is the one that results name; a path that is unbound is that of ``shape``; a value
    that is unbound is the focus node where ``value_is_focus``, and otherwise there is none. ``target`` is
    a key of ``CompiledShapes.targets``; where it matches nothing, neither does the query. ``owner`` is the
    shape with the target, ``component`` the IRI of the constraint component. A SPARQL-based constraint has
    ``select``, its own query, if that could be read.
    """

    shape: Shape
    text: str
    message: str
    target: str
    owner: Shape
    component: str
    value_is_focus: bool = False
    is_sparql: bool = False
    select: Select | None = None

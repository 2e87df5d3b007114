"""In what order the in-memory engine matches the elements of a group.

Shape: patterns that stand together may be matched in any order, and are: the one most bound first. A sequence is a
pattern for each of its steps; a pattern with a variable for its property comes in two halves, so that a filter
on the property can stand between; patterns that meet in one open variable are one ``Star``.
"""

from __future__ import annotations

from typing import NamedTuple

from discograph.checks.memory.expressions import Scope
from discograph.checks.sparql.tree import Element, Filter, Group, Node, Pattern, Sequence, Var, next_pattern, used
from discograph.rdf import NamedNode


class Property(NamedTuple):
    """The first half of a pattern with a variable for its property: up to the property."""

    subject: Node
    path: Var
    held: str


class Held(NamedTuple):
    """The second half: its values."""

    object: Node
    held: str


class Star(NamedTuple):
    """Patterns with one open variable for subject, a single property each, and objects that are known."""

    centre: Var
    rays: tuple[tuple[NamedNode, Node], ...]


Part = Element | Property | Held | Star


def variables(part: Part) -> frozenset[str]:
    """Return the names of the variables that a part mentions; see ``tree.used``."""
    ends: tuple[Node, ...]
    match part:
        case Property():
            ends = (part.subject, part.path)
        case Held():
            ends = (part.object,)
        case Star():
            ends = (part.centre, *(end for _, end in part.rays))
        case _:
            return used(part)
    return frozenset(end.name for end in ends if isinstance(end, Var))


def in_order(group: Group, scope: Scope, known: frozenset[str]) -> list[Part]:
    """Return the elements of a group but its filters, patterns that follow each other in the best order."""
    found: list[Part] = []
    patterns: list[Pattern] = []
    for element in (*group.elements, None):
        if isinstance(element, Pattern):
            patterns += _steps(element, scope)
        elif not isinstance(element, Filter):
            bound = known.union(*map(variables, found))
            while patterns:
                best = next_pattern(patterns, bound)
                together = _around_one(best, patterns, bound)
                for pattern in together:
                    patterns.remove(pattern)
                found += [_star(together)] if len(together) > 1 else _halves(best, scope)
                bound |= used(best)
            if element is not None:
                found.append(element)
    return found


def _halves(pattern: Pattern, scope: Scope) -> list[Part]:
    if not isinstance(pattern.path, Var):
        return [pattern]
    held = scope.fresh()
    return [Property(pattern.subject, pattern.path, held), Held(pattern.object, held)]


def _around_one(best: Pattern, patterns: list[Pattern], bound: frozenset[str]) -> list[Pattern]:
    """Return a pattern and those that a star can be made of together with it."""

    def is_ray(pattern: Pattern) -> bool:
        end = pattern.object
        is_open = isinstance(pattern.subject, Var) and pattern.subject.name not in bound
        return is_open and isinstance(pattern.path, NamedNode) and not (isinstance(end, Var) and end.name not in bound)

    if not is_ray(best):
        return [best]
    return [pattern for pattern in patterns if pattern.subject == best.subject and is_ray(pattern)]


def _star(patterns: list[Pattern]) -> Star:
    centre = patterns[0].subject
    assert isinstance(centre, Var)
    return Star(centre, tuple((p.path, p.object) for p in patterns if isinstance(p.path, NamedNode)))


def _steps(pattern: Pattern, scope: Scope) -> list[Pattern]:
    """Return a pattern for each step of a sequence, as SPARQL defines it."""
    if not isinstance(pattern.path, Sequence):
        return [pattern]
    found: list[Pattern] = []
    here = pattern.subject
    for number, step in enumerate(pattern.path.steps, 1):
        there = pattern.object if number == len(pattern.path.steps) else Var(scope.fresh())
        found += _steps(Pattern(here, step, there), scope)
        here = there
    return found

"""A query put so that the store runs it in time that grows with the graph, not with its square.

Method: the store plans the joins of a query well but for two cases, which are written out here.

1. Within an EXISTS it joins every match of one pattern with every match of the next. One pattern in each
   EXISTS leaves nothing to plan: ``EXISTS { a . b FILTER(c) }`` means ``EXISTS { a FILTER EXISTS { b FILTER(c) } }``,
   since an EXISTS sees what is bound outside it and only asks whether there is a match.
2. ``FILTER(LCASE(STR(?a)) = LCASE(STR(?b)))`` compares every ``?a`` with every ``?b``. As a variable that both
   sides bind, the text becomes the key of a join; the filter stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import count

from discograph.checks.sparql.read import read_select
from discograph.checks.sparql.text import select_text
from discograph.checks.sparql.tree import (
    Bind,
    Call,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    NotReadError,
    Optional,
    Pattern,
    Select,
    Sequence,
    Union,
    Var,
    conjuncts,
    next_pattern,
    used,
)
from discograph.rdf import Literal, NamedNode

_TEXT_FUNCTIONS = frozenset({"STR", "LCASE", "UCASE", "SUBSTR", "CONCAT"})


def with_constant_properties(group: Group) -> Group:
    """Return a group in which a property that a filter fixes stands in the patterns themselves.

    ``?s ?path ?o FILTER(?path = <p>)`` means ``?s <p> ?o BIND(<p> AS ?path)``, and need not look at every property.
    """
    patterns = [element for element in group.elements if isinstance(element, Pattern)]
    conditions = [part for e in group.elements if isinstance(e, Filter) for part in conjuncts(e.condition)]
    if len(patterns) + sum(isinstance(e, Filter) for e in group.elements) < len(group.elements):
        return group
    for condition in conditions:
        fixed = _fixed_property(condition, patterns)
        if fixed is None:
            continue
        name, iri = fixed
        kept = [replace(p, path=iri) if p.path == Var(name) else p for p in patterns]
        rest = [Filter(other) for other in conditions if other is not condition]
        return Group((*kept, Bind(iri, Var(name)), *rest))
    return group


def _fixed_property(condition: Expression, patterns: list[Pattern]) -> tuple[str, NamedNode] | None:
    if not (isinstance(condition, Call) and condition.name == "="):
        return None
    left, right = condition.arguments
    if not (isinstance(left, Var) and isinstance(right, NamedNode)):
        return None
    ends = {end for pattern in patterns for end in (pattern.subject, pattern.object)}
    return (left.name, right) if left not in ends and left in {p.path for p in patterns} else None


def planned(select: Select) -> Select:
    """Return a query with the same solutions that the store runs faster, or just as fast."""
    planner = _Planner()
    return replace(select, where=planner.group(with_constant_properties(select.where), frozenset()))


@lru_cache(maxsize=4096)  # only what is run on a store is planned, and that at every run
def planned_text(text: str) -> str:
    """Return a query that is written with full IRIs as ``planned`` puts it; as it stands if it cannot be read."""
    try:
        return select_text(planned(read_select(text, {})))
    except NotReadError:
        return text


class _Planner:
    def __init__(self) -> None:
        self._numbers = count(1)

    def _fresh(self) -> Var:
        return Var(f"plan{next(self._numbers)}")

    def group(self, group: Group, outside: frozenset[str]) -> Group:
        bound = outside | _binds(group)
        elements = tuple(self._element(element, bound) for element in group.elements)
        return Group(tuple(self._keyed(elements)))

    def _element(self, element: Element, bound: frozenset[str]) -> Element:
        match element:
            case Filter():
                return Filter(self._expression(element.condition, bound))
            case Bind():
                return replace(element, expression=self._expression(element.expression, bound))
            case Optional():
                return Optional(self.group(element.group, bound))
            case Union():
                return Union(tuple(self.group(group, bound) for group in element.groups))
            case Select():
                return replace(element, where=self.group(element.where, frozenset()))
            case _:
                return element

    def _expression(self, expression: Expression, bound: frozenset[str]) -> Expression:
        if isinstance(expression, Call):
            arguments = tuple(self._expression(argument, bound) for argument in expression.arguments)
            return replace(expression, arguments=arguments)
        if isinstance(expression, Exists):
            return replace(expression, group=self._nested(expression.group, bound))
        return expression

    # One pattern in each EXISTS.

    def _nested(self, group: Group, outside: frozenset[str]) -> Group:
        patterns = [part for e in group.elements if isinstance(e, Pattern) for part in self._steps(e)]
        rest = [element for element in group.elements if not isinstance(element, Pattern)]
        if not patterns or not all(isinstance(element, Filter) for element in rest):
            return self.group(group, outside)
        bound = outside | _binds(group)
        filters = tuple(self._element(element, bound) for element in rest)
        return self._chain(patterns, filters, outside)

    def _chain(self, patterns: list[Pattern], filters: tuple[Element, ...], bound: frozenset[str]) -> Group:
        first = next_pattern(patterns, bound)
        rest = [pattern for pattern in patterns if pattern is not first]
        if not rest:
            return Group((first, *filters))
        inner = self._chain(rest, filters, bound | used(first))
        return Group((first, Filter(Exists(inner, negated=False))))

    def _steps(self, pattern: Pattern) -> Iterator[Pattern]:
        """Yield a pattern for each step of a sequence: the store, too, would make them so."""
        if not isinstance(pattern.path, Sequence):
            yield pattern
            return
        here = pattern.subject
        for number, step in enumerate(pattern.path.steps, 1):
            there = pattern.object if number == len(pattern.path.steps) else self._fresh()
            yield from self._steps(Pattern(here, step, there))
            here = there

    # Equal texts as the key of a join.

    def _keyed(self, elements: tuple[Element, ...]) -> Iterator[Element]:
        """Yield the elements of a group with the second text of an equality bound in a SELECT of its own."""
        patterns = [element for element in elements if isinstance(element, Pattern)]
        plain = all(isinstance(element, Pattern | Filter) for element in elements)
        conditions = [part for e in elements if isinstance(e, Filter) for part in conjuncts(e.condition)]
        for condition in conditions if plain else ():
            found = self._key_of(condition, patterns)
            if found is not None:
                yield from self._with_key(*found, patterns, conditions)
                return
        yield from elements

    def _key_of(self, condition: Expression, patterns: list[Pattern]) -> tuple[Call, Call, Pattern] | None:
        if not (isinstance(condition, Call) and condition.name == "="):
            return None
        left, right = condition.arguments
        if not (_is_text(left) and _is_text(right) and len(used(left)) == len(used(right)) == 1):
            return None
        assert isinstance(left, Call)
        assert isinstance(right, Call)
        holders = [pattern for pattern in patterns if used(right) <= used(pattern)]
        if used(left) == used(right) or len(holders) != 1 or used(left) <= used(holders[0]):
            return None
        return left, right, holders[0]

    def _with_key(
        self, left: Call, right: Call, holder: Pattern, patterns: list[Pattern], conditions: list[Expression]
    ) -> Iterator[Element]:
        # COALESCE tells the store that the key is always bound; without it, it joins by comparing all
        key = self._fresh()
        left, right = (Call("COALESCE", (side, Literal(""))) for side in (left, right))
        columns = [(Var(name), None) for name in sorted(used(holder))]
        yield from (pattern for pattern in patterns if pattern is not holder and used(left) & used(pattern))
        yield Bind(left, key)
        yield Select(False, (*columns, (key, right)), Group((holder,)), ())
        yield from (pattern for pattern in patterns if pattern is not holder and not used(left) & used(pattern))
        yield from (Filter(condition) for condition in conditions)


def _binds(group: Group) -> frozenset[str]:
    """Return the variables that the patterns of a group may bind."""
    return frozenset().union(*(used(element) for element in group.elements if not isinstance(element, Filter)))


def _is_text(expression: Expression) -> bool:
    return isinstance(expression, Call) and expression.name in _TEXT_FUNCTIONS

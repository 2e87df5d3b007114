"""SPARQL queries over a graph in memory, compiled to chains of Python functions.

Method: each pattern, filter and OPTIONAL of a group is a step that calls the next for each match, with one row
that they share; the last step takes the row, and says whether that was enough. Filters stand as early as what
they mention is settled; one on a single variable remembers its answers. What does not fit raises ``NotReadError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from discograph.checks.memory_expressions import Computed, Evaluate, Row, Scope
from discograph.checks.memory_run import Constants, Run, Walk, inverted
from discograph.checks.memory_values import UnsureError, ValueFaultError, is_number, truth
from discograph.checks.sparql_plan import with_constant_properties
from discograph.checks.sparql_syntax import (
    Aggregate,
    Bind,
    Call,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    Node,
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
from discograph.rdf import NamedNode

Step = Callable[[Run, Row], bool]
"""Goes on from a row; returns whether no more rows are asked for."""

THIS = "this"


class MemoryQuery:
    """A query with ``$this`` given; ``rows`` gives this, path and value of each solution, once."""

    def __init__(self, select: Select, constants: Constants) -> None:
        if any(expression is not None for _, expression in select.columns):
            raise NotReadError("a computed column")
        self._scope = Scope(constants, _exists)
        this = self._scope.place(THIS)
        assert this == 0
        self._found: list[tuple[Any, ...]] = []
        names = [variable.name for variable, _ in select.columns]
        places = [self._scope.place(name) if name in names else None for name in ("path", "value")]
        if select.group_by:
            raise NotReadError("GROUP BY in the outermost SELECT")

        def take(run: Run, row: Row) -> bool:
            self._found.append((row[0], *(None if place is None else row[place] for place in places)))
            return False

        self._step = _group(with_constant_properties(select.where), self._scope, frozenset({THIS}), take)

    def rows(self, run: Run, nodes: Iterable[int]) -> Iterable[tuple[int, int | None, int | None]]:
        """Return focus node, path and value, None where unbound. Raises: UnsureError."""
        self._found = []
        row: Row = [None] * len(self._scope.places)
        for node in nodes:
            row[0] = node
            self._step(run, row)
        if any(type(part) is Computed for found in self._found for part in found):
            raise UnsureError
        return dict.fromkeys(self._found)


def _exists(exists: Exists, scope: Scope) -> Evaluate:
    known, negated = scope.known, exists.negated
    step = _group(exists.group, scope, known, lambda run, row: True)
    scope.known = known
    return lambda run, row: step(run, row) is not negated


# Groups.


def _group(group: Group, scope: Scope, known: frozenset[str], last: Step) -> Step:
    """Return the first step of a group; the last one follows where all of it matches."""
    makers: list[Callable[[Step], Step]] = []
    waiting = [part for e in group.elements if isinstance(e, Filter) for part in conjuncts(e.condition)]
    elements = _in_order(group, scope, known)
    settled = known

    def filters(later: frozenset[str]) -> None:
        ready = [condition for condition in waiting if not (used(condition) & later) - settled]
        by_names: dict[frozenset[str], list[Expression]] = {}
        for condition in ready:
            waiting.remove(condition)
            by_names.setdefault(used(condition) & settled, []).append(condition)
        for names, conditions in sorted(by_names.items(), key=lambda item: len(item[0])):
            whole = conditions[0] if len(conditions) == 1 else Call("&&", tuple(conditions))
            makers.append(_filter(whole, sorted(names), scope, settled))

    later = frozenset().union(*map(_used, elements))
    filters(later)
    for number, element in enumerate(elements):
        makers.append(_maker(element, scope, settled))
        settled |= _used(element)
        later = frozenset().union(*map(_used, elements[number + 1 :])) - settled
        filters(later)
    step = last
    for maker in reversed(makers):
        step = maker(step)
    return step


def _in_order(group: Group, scope: Scope, known: frozenset[str]) -> list[Part]:
    """Return the elements of a group but its filters, patterns that follow each other in the best order."""
    found: list[Part] = []
    patterns: list[Pattern] = []
    for element in (*group.elements, None):
        if isinstance(element, Pattern):
            patterns += _steps(element, scope)
        elif not isinstance(element, Filter):
            bound = known.union(*map(_used, found))
            while patterns:
                patterns.remove(best := next_pattern(patterns, bound))
                found += _halves(best, scope)
                bound |= used(best)
            if element is not None:
                found.append(element)
    return found


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


class Property(NamedTuple):
    """The first half of a pattern with a variable for its property: up to the property."""

    subject: Node
    path: Var
    held: str


class Held(NamedTuple):
    """The second half: its values."""

    object: Node
    held: str


Part = Element | Property | Held


def _used(part: Part) -> frozenset[str]:
    if isinstance(part, Property | Held):
        ends = part[:2] if isinstance(part, Property) else part[:1]
        return frozenset(end.name for end in ends if isinstance(end, Var))
    return used(part)


def _halves(pattern: Pattern, scope: Scope) -> list[Part]:
    if not isinstance(pattern.path, Var):
        return [pattern]
    held = scope.fresh()
    return [Property(pattern.subject, pattern.path, held), Held(pattern.object, held)]


def _maker(element: Part, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    scope.known = known
    match element:
        case Property():
            return _property_of(element, scope, known)
        case Held():
            return _value_of(element, scope, known)
        case Pattern():
            return _pattern(element, scope, known)
        case Optional():
            return _optional(element, scope, known)
        case Bind():
            return _bind(element, scope, known)
        case Union():
            return _union(element, scope, known)
        case Select():
            return _select(element, scope, known)
        case _:
            raise NotReadError("VALUES")


def _filter(condition: Expression, names: list[str], scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    """Return the step of a filter; ``names`` are those of its variables that are known."""
    scope.known = known
    evaluate = scope.expression(condition)

    def test(run: Run, row: Row) -> bool:
        try:
            return truth(evaluate(run, row))
        except ValueFaultError:
            return False

    if len(names) < 2 and names != [THIS]:
        return _remembered(test, scope.place(names[0]) if names else 0, bool(names), scope.constants.cache())

    def maker(step: Step) -> Step:
        return lambda run, row: test(run, row) and step(run, row)

    return maker


def _remembered(test: Step, place: int, has_name: bool, cache: int) -> Callable[[Step], Step]:
    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            key = row[place] if has_name else None
            answer = run.caches[cache].get(key)
            if answer is None:
                answer = run.caches[cache][key] = test(run, row)
            return answer and step(run, row)

        return go

    return maker


# Patterns.


def _pattern(pattern: Pattern, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    if _used(pattern) & scope.unsure:
        raise NotReadError("a pattern on a variable that may be unbound")
    subject, value = _end(pattern.subject, scope, known), _end(pattern.object, scope, known)
    assert not isinstance(pattern.path, Var)
    if subject.is_known:
        return _along(Walk(pattern.path, scope.constants), subject, value)
    if value.is_known:
        return _along(Walk(inverted(pattern.path), scope.constants), value, subject)
    if isinstance(pattern.path, NamedNode) and subject.place != value.place:
        return _whole_column(scope.constants.place(pattern.path), subject, value)
    raise NotReadError("a path with both ends open")


class _End:
    """Subject or object of a pattern: a place in the row, or, for a constant, a place in the run's numbers."""

    def __init__(self, place: int, is_constant: bool, is_known: bool) -> None:
        self.place = place
        self.is_constant = is_constant
        self.is_known = is_known

    def get(self) -> Callable[[Run, Row], int]:
        place = self.place
        if self.is_constant:
            return lambda run, row: run.numbers[place]
        return lambda run, row: row[place]


def _end(node: Any, scope: Scope, known: frozenset[str]) -> _End:
    if isinstance(node, Var):
        return _End(scope.place(node.name), False, node.name in known)
    return _End(scope.constants.place(node), True, True)


def _along(walk: Walk, start: _End, end: _End) -> Callable[[Step], Step]:
    nodes, start_of = walk.nodes, start.get()

    def check(step: Step) -> Step:
        end_of = end.get()
        return lambda run, row: end_of(run, row) in nodes(run, start_of(run, row)) and step(run, row)

    def loop(step: Step) -> Step:
        place = end.place

        def go(run: Run, row: Row) -> bool:
            for node in nodes(run, start_of(run, row)):
                row[place] = node
                if step(run, row):
                    return True
            return False

        return go

    return check if end.is_known else loop


def _whole_column(place: int, subject: _End, value: _End) -> Callable[[Step], Step]:
    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            for node, values in run.columns[place].items():
                for found in values:
                    row[subject.place], row[value.place] = node, found
                    if step(run, row):
                        return True
            return False

        return go

    return maker


def _property_of(pattern: Property, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    """Return the step that goes through the properties of a subject, and keeps the values of each for the next."""
    if _used(pattern) & scope.unsure:
        raise NotReadError("a pattern on a variable that may be unbound")
    subject = _end(pattern.subject, scope, known)
    if not subject.is_known:
        raise NotReadError("a pattern that asks for all properties of all things")
    place, is_known, held = scope.place(pattern.path.name), pattern.path.name in known, scope.place(pattern.held)
    subject_of = subject.get()

    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            asked = row[place] if is_known else None
            for predicate, values in run.index.by_subject.get(subject_of(run, row), ()):
                if asked is None or predicate == asked:
                    row[place], row[held] = predicate, values
                    if step(run, row):
                        return True
            return False

        return go

    return maker


def _value_of(pattern: Held, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    if _used(pattern) & scope.unsure:
        raise NotReadError("a pattern on a variable that may be unbound")
    held, value = scope.place(pattern.held), _end(pattern.object, scope, known)
    value_of, place = value.get(), value.place

    def check(step: Step) -> Step:
        return lambda run, row: value_of(run, row) in row[held] and step(run, row)

    def loop(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            for found in row[held]:
                row[place] = found
                if step(run, row):
                    return True
            return False

        return go

    return check if value.is_known else loop


# Other elements.


def _optional(element: Optional, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    names = sorted(used(element.group) - known)
    new, matched = [scope.place(name) for name in names], scope.place(scope.fresh())
    after: list[Step] = []

    def inner_end(run: Run, row: Row) -> bool:
        row[matched] = True
        return after[0](run, row)

    inner = _group(element.group, scope, known, inner_end)
    scope.unsure.update(names)

    def maker(step: Step) -> Step:
        after.append(step)

        def go(run: Run, row: Row) -> bool:
            row[matched] = False
            if inner(run, row):
                return True
            if row[matched]:
                return False
            for place in new:
                row[place] = None
            return step(run, row)

        return go

    return maker


def _bind(element: Bind, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    if element.variable.name in known:
        raise NotReadError("BIND of a variable that is bound")
    place = scope.place(element.variable.name)
    if isinstance(element.expression, NamedNode):
        return _bind_constant(scope.constants.place(element.expression), place)
    evaluate = scope.expression(element.expression)

    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            try:
                row[place] = Computed(evaluate(run, row))
            except ValueFaultError:
                row[place] = None
            return step(run, row)

        return go

    return maker


def _bind_constant(constant: int, place: int) -> Callable[[Step], Step]:
    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            row[place] = run.numbers[constant]
            return step(run, row)

        return go

    return maker


def _union(element: Union, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    after: list[Step] = []
    members = []
    for group in element.groups:
        names = sorted(used(element) - used(group) - known)
        member = _group(group, scope, known, lambda run, row: after[0](run, row))
        members.append((member, [scope.place(name) for name in names]))
        scope.unsure.update(names)

    def maker(step: Step) -> Step:
        after.append(step)

        def go(run: Run, row: Row) -> bool:
            for member, open_places in members:
                for place in open_places:
                    row[place] = None
                if member(run, row):
                    return True
            return False

        return go

    return maker


# Inner SELECT.


def _select(select: Select, scope: Scope, known: frozenset[str]) -> Callable[[Step], Step]:
    """Return the step of an inner SELECT: run for each focus node, its variables its own but for its columns."""
    names = [variable.name for variable, _ in select.columns]
    if THIS not in names or THIS not in known or (set(names) - {THIS}) & known:
        raise NotReadError("an inner SELECT that is joined by more than $this")
    inside = Scope(scope.constants, _exists)
    inside.place(THIS)
    this = scope.place(THIS)
    outer = [scope.place(name) for name in names]
    columns = [_column(variable, expression, select, inside) for variable, expression in select.columns]
    keys = [inside.place(variable.name) for variable in select.group_by]
    distinct = select.distinct
    rows_place = scope.constants.cache()

    def take(run: Run, row: Row) -> bool:
        run.caches[rows_place].setdefault("rows", []).append(tuple(row))
        return False

    first = _group(select.where, inside, frozenset({THIS}), take)

    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            run.caches[rows_place]["rows"] = []
            inner: Row = [None] * len(inside.places)
            inner[0] = row[this]
            first(run, inner)
            rows = run.caches[rows_place]["rows"]
            groups = _grouped(rows, keys) if keys else [[found] for found in rows]
            results = [tuple(column(run, group) for column in columns) for group in groups]
            for result in dict.fromkeys(results) if distinct else results:
                for place, part in zip(outer, result, strict=True):
                    row[place] = part
                if step(run, row):
                    return True
            return False

        return go

    return maker


def _grouped(rows: list[tuple[Any, ...]], keys: list[int]) -> list[list[tuple[Any, ...]]]:
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(groups.values())


Column = Callable[[Run, list[tuple[Any, ...]]], Any]


def _column(variable: Var, expression: Expression | None, select: Select, scope: Scope) -> Column:
    if expression is None:
        place = scope.place(variable.name)
        return lambda run, rows: rows[0][place]
    if not isinstance(expression, Aggregate) or not select.group_by or not isinstance(expression.argument, Var):
        raise NotReadError("a computed column")
    place = scope.place(expression.argument.name)
    match expression.name:
        case "COUNT" if expression.distinct:
            return lambda run, rows: Computed(len({row[place] for row in rows} - {None}))
        case "COUNT":
            return lambda run, rows: Computed(sum(row[place] is not None for row in rows))
        case "SUM" | "MIN" if not expression.distinct:
            total = sum if expression.name == "SUM" else min
            return lambda run, rows: _numeric(run, [row[place] for row in rows], total)
        case _:
            raise NotReadError(f"{expression.name} is not computed in memory")


def _numeric(run: Run, held: list[Any], total: Callable[[list[Any]], Any]) -> Computed:
    if None in held:
        raise UnsureError
    values = [part.value if type(part) is Computed else run.native(part) for part in held]
    if not all(map(is_number, values)):
        raise UnsureError
    return Computed(total(values))

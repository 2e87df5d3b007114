"""SPARQL queries over a graph in memory, compiled to chains of Python functions.

Method: each pattern, filter and OPTIONAL of a group is a step that calls the next for each match, with one row
that they share; the last step takes the row, and says whether that was enough. Filters stand as early as what
they mention is settled; one on a single variable remembers its answers. What does not fit raises ``NotReadError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from discograph.checks.memory.expressions import Computed, Evaluate, Row, Scope
from discograph.checks.memory.patterns import Maker, Step, pattern_maker
from discograph.checks.memory.plan import Held, Part, Property, Star, in_order, variables
from discograph.checks.memory.run import Constants, Run
from discograph.checks.memory.values import UnsureError, ValueFaultError, is_number, truth
from discograph.checks.sparql.plan import with_constant_properties
from discograph.checks.sparql.tree import (
    Aggregate,
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
    Union,
    Var,
    conjuncts,
    used,
)
from discograph.rdf import NamedNode
from discograph.vocab import RDF

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
        self._types = Types(constants) if asks_for_types_alone(select.where) else None

    def rows(self, run: Run, nodes: Iterable[int]) -> Iterable[tuple[int, int | None, int | None]]:
        """Return focus node, path and value, None where unbound. Raises: UnsureError."""
        self._found = []
        row: Row = [None] * len(self._scope.places)
        clean: set[tuple[int, ...]] = set()
        for node in nodes:
            row[0] = node
            if self._types is None:
                self._step(run, row)
            elif (types := self._types(run, row)) not in clean:
                before = len(self._found)
                self._step(run, row)
                if len(self._found) == before:
                    clean.add(types)
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
    makers: list[Maker] = []
    waiting = [part for e in group.elements if isinstance(e, Filter) for part in conjuncts(e.condition)]
    elements = in_order(group, scope, known)
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

    later = frozenset().union(*map(variables, elements))
    filters(later)
    for number, element in enumerate(elements):
        makers.append(_maker(element, scope, settled))
        settled |= variables(element)
        later = frozenset().union(*map(variables, elements[number + 1 :])) - settled
        filters(later)
    step = last
    for maker in reversed(makers):
        step = maker(step)
    return step


def _maker(element: Part, scope: Scope, known: frozenset[str]) -> Maker:
    scope.known = known
    match element:
        case Pattern() | Property() | Held() | Star():
            return pattern_maker(element, scope, known)
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


def _filter(condition: Expression, names: list[str], scope: Scope, known: frozenset[str]) -> Maker:
    """Return the step of a filter; ``names`` are those of its variables that are known."""
    scope.known = known
    evaluate = scope.expression(condition)

    def test(run: Run, row: Row) -> bool:
        try:
            return truth(evaluate(run, row))
        except ValueFaultError:
            return False

    if (key := _key(condition, names, scope)) is not None:
        return _remembered(test, key, scope.constants.cache())

    def maker(step: Step) -> Step:
        return lambda run, row: test(run, row) and step(run, row)

    return maker


Key = Callable[[Run, Row], Any]
"""What the answer of a filter hangs on."""


def _key(condition: Expression, names: list[str], scope: Scope) -> Key | None:
    """Return by what to remember the answers of a filter, None if there would be an answer for each row.

    Shape: no variable, one that has few values, or ``$this`` of which only the types are asked: few nodes of a graph
    have types that no other has.
    """
    if not names:
        return lambda run, row: None
    if names == [THIS]:
        return Types(scope.constants) if asks_for_types_alone(condition) else None
    if len(names) == 1:
        place = scope.place(names[0])
        return lambda run, row: row[place]
    return None


class Types:
    """The types of ``$this``, in the order of the graph; all equal where the graph gives them in one order."""

    def __init__(self, constants: Constants) -> None:
        self._place = constants.place(RDF.type)

    def __call__(self, run: Run, row: Row) -> tuple[int, ...]:
        """Return the numbers of the types of the node that a row is about."""
        return tuple(run.columns[self._place].get(row[0], ()))


def asks_for_types_alone(part: Element | Expression | Group) -> bool:
    """Return whether a part of a query asks nothing of ``$this`` but its types."""
    match part:
        case Pattern():
            if THIS not in used(part):
                return True
            return part.path == RDF.type and part.subject == Var(THIS) and part.object != Var(THIS)
        case Filter():
            return asks_for_types_alone(part.condition)
        case Exists() | Optional():
            return asks_for_types_alone(part.group)
        case Group():
            return all(map(asks_for_types_alone, part.elements))
        case Call():
            return all(map(asks_for_types_alone, part.arguments))
        case _:
            return THIS not in used(part)


def _remembered(test: Step, key: Key, cache: int) -> Maker:
    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            known, asked = run.caches[cache], key(run, row)
            answer = known.get(asked)
            if answer is None:
                answer = known[asked] = test(run, row)
            return answer and step(run, row)

        return go

    return maker


# Other elements.


def _optional(element: Optional, scope: Scope, known: frozenset[str]) -> Maker:
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


def _bind(element: Bind, scope: Scope, known: frozenset[str]) -> Maker:
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


def _bind_constant(constant: int, place: int) -> Maker:
    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            row[place] = run.numbers[constant]
            return step(run, row)

        return go

    return maker


def _union(element: Union, scope: Scope, known: frozenset[str]) -> Maker:
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


def _select(select: Select, scope: Scope, known: frozenset[str]) -> Maker:
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

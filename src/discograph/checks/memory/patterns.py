"""Triple patterns over a graph in memory, each a step that goes on with every match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discograph.checks.memory.expressions import Row, Scope
from discograph.checks.memory.plan import Held, Property, Star, variables
from discograph.checks.memory.run import Run, Walk, inverted
from discograph.checks.sparql.tree import NotReadError, Pattern, Var
from discograph.rdf import NamedNode

Step = Callable[[Run, Row], bool]
"""Goes on from a row; returns whether no more rows are asked for."""

Maker = Callable[[Step], Step]
"""Gives the step of a part, given the step that follows it."""


def pattern_maker(part: Pattern | Property | Held | Star, scope: Scope, known: frozenset[str]) -> Maker:
    """Return the maker of a pattern's step; ``known`` are the variables bound before. Raises: NotReadError."""
    if variables(part) & scope.unsure:
        raise NotReadError("a pattern on a variable that may be unbound")
    match part:
        case Property():
            return _property(part, scope, known)
        case Held():
            return _held(part, scope, known)
        case Star():
            return _star(part, scope, known)
        case _:
            return _pattern(part, scope, known)


def _pattern(pattern: Pattern, scope: Scope, known: frozenset[str]) -> Maker:
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


def _along(walk: Walk, start: _End, end: _End) -> Maker:
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


def _star(star: Star, scope: Scope, known: frozenset[str]) -> Maker:
    """Return the step that starts from the pattern with the fewest matches, and looks whether all of them match."""
    ways = [(scope.constants.place(path), _end(end, scope, known).get()) for path, end in star.rays]
    centre = scope.place(star.centre.name)

    def maker(step: Step) -> Step:
        def go(run: Run, row: Row) -> bool:
            fewest: list[int] | None = None
            sides = []
            for place, end_of in ways:
                end = end_of(run, row)
                nodes = run.inverse(place).get(end)
                if nodes is None:
                    return False
                if fewest is None or len(nodes) < len(fewest):
                    fewest = nodes
                sides.append((run.columns[place], end))
            for node in fewest or ():
                for column, end in sides:
                    if end not in column.get(node, ()):
                        break
                else:
                    row[centre] = node
                    if step(run, row):
                        return True
            return False

        return go

    return maker


def _whole_column(place: int, subject: _End, value: _End) -> Maker:
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


def _property(pattern: Property, scope: Scope, known: frozenset[str]) -> Maker:
    """Return the step that goes through the properties of a subject, and keeps the values of each for the next."""
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


def _held(pattern: Held, scope: Scope, known: frozenset[str]) -> Maker:
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

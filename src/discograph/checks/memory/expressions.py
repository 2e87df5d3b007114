"""SPARQL expressions, compiled to Python functions of a run and a row.

Shape: a row is a list with a place for each variable of the query: the number of a term, a ``Computed`` value, or
None where the variable is unbound.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from discograph.checks.memory.run import Constants, Run
from discograph.checks.memory.values import COMPARISONS, FUNCTIONS, UnsureError, ValueFaultError, equal, native, truth
from discograph.checks.sparql.tree import Aggregate, Call, Exists, Expression, NotReadError, Var, used
from discograph.rdf import Literal, NamedNode

Row = list[Any]
Evaluate = Callable[[Run, Row], Any]


class Computed(NamedTuple):
    """A value that BIND or an aggregate made; it need not be a term of the graph."""

    value: Any


class Scope:
    """Where the variables of a query stand in a row; ``exists`` compiles the group of an EXISTS."""

    def __init__(self, constants: Constants, exists: Callable[[Exists, Scope], Evaluate]) -> None:
        self.constants = constants
        self.places: dict[str, int] = {}
        self.known: frozenset[str] = frozenset()
        self.unsure: set[str] = set()
        """Variables that OPTIONAL or UNION may have left unbound."""
        self._exists = exists
        self._numbers = count(1)

    def place(self, name: str) -> int:
        """Return the place of a variable in a row."""
        return self.places.setdefault(name, len(self.places))

    def fresh(self) -> str:
        """Return a name that no variable can have."""
        return f" {len(self.places)}.{next(self._numbers)}"

    def expression(self, expression: Expression) -> Evaluate:
        """Return a function that evaluates an expression. Raises: NotReadError."""
        match expression:
            case Var():
                return self._variable(expression)
            case NamedNode() | Literal():
                value = native(expression)
                return lambda run, row: value
            case Exists():
                return self._exists(expression, self)
            case Call():
                return self._call(expression)
            case Aggregate():
                raise NotReadError("an aggregate outside of SELECT")

    def _variable(self, variable: Var) -> Evaluate:
        place = self.place(variable.name)

        def evaluate(run: Run, row: Row) -> Any:
            held = row[place]
            if held is None:
                raise ValueFaultError
            return held.value if type(held) is Computed else run.native(held)

        return evaluate

    def _call(self, call: Call) -> Evaluate:
        if call.name == "BOUND":
            (variable,) = call.arguments
            assert isinstance(variable, Var)
            place = self.place(variable.name)
            return lambda run, row: row[place] is not None
        if (among := self._among(call)) is not None:
            return among
        arguments = [self.expression(argument) for argument in call.arguments]
        if call.name in _LAZY:
            return _LAZY[call.name](arguments)
        function = COMPARISONS.get(call.name) or FUNCTIONS.get(call.name)
        if function is None:
            raise NotReadError(f"{call.name} is not evaluated in memory")
        evaluate = _applied(function, arguments)
        names = used(call)
        if len(names) == 1 and not any(isinstance(argument, Var) for argument in call.arguments):
            return _remembered(evaluate, self.place(*names), self.constants.cache())
        return evaluate

    def _among(self, call: Call) -> Evaluate | None:
        """Return the test of a variable against IRIs, which compares numbers; None if the call is no such test."""
        if call.name not in _MEMBERSHIP:
            return None
        variable, *members = call.arguments
        if not isinstance(variable, Var):
            return None
        iris = [member for member in members if isinstance(member, NamedNode)]
        if len(iris) < len(members):
            return None
        place, places, wanted = self.place(variable.name), list(map(self.constants.place, iris)), _MEMBERSHIP[call.name]

        def evaluate(run: Run, row: Row) -> bool:
            held = row[place]
            if held is None:
                raise ValueFaultError
            if type(held) is Computed:
                return any(equal(held.value, iri) for iri in iris) is wanted
            return any(run.numbers[place] == held for place in places) is wanted

        return evaluate


_MEMBERSHIP = {"=": True, "!=": False, "IN": True, "NOT IN": False}
"""Operators that test whether the first argument is one of the others, and whether they want it to be."""


def _applied(function: Callable[..., Any], arguments: list[Evaluate]) -> Evaluate:
    if len(arguments) == 1:
        (only,) = arguments
        return lambda run, row: function(only(run, row))
    if len(arguments) == 2:
        left, right = arguments
        return lambda run, row: function(left(run, row), right(run, row))
    return lambda run, row: function(*[argument(run, row) for argument in arguments])


def _remembered(evaluate: Evaluate, place: int, cache: int) -> Evaluate:
    """Return a function of one variable that computes each value once."""

    def again(run: Run, row: Row) -> Any:
        known, key = run.caches[cache], row[place]
        if key not in known:
            known[key] = evaluate(run, row)
        return known[key]

    return again


def _any(arguments: list[Evaluate], decisive: bool) -> Evaluate:
    """Return ``||`` (decided by true) or ``&&`` (by false); an error counts only where nothing decides."""

    def evaluate(run: Run, row: Row) -> bool:
        fault = False
        for argument in arguments:
            try:
                if truth(argument(run, row)) is decisive:
                    return decisive
            except ValueFaultError:
                fault = True
        if fault:
            raise ValueFaultError
        return not decisive

    return evaluate


def _in(arguments: list[Evaluate], wanted: bool) -> Evaluate:
    first, *rest = arguments

    def evaluate(run: Run, row: Row) -> bool:
        value = first(run, row)
        return any(equal(value, member(run, row)) for member in rest) is wanted

    return evaluate


def _coalesce(arguments: list[Evaluate]) -> Evaluate:
    def evaluate(run: Run, row: Row) -> Any:
        for argument in arguments:
            try:
                return argument(run, row)
            except ValueFaultError:
                continue
        raise ValueFaultError

    return evaluate


def _if(arguments: list[Evaluate]) -> Evaluate:
    test, yes, no = arguments
    return lambda run, row: (yes if truth(test(run, row)) else no)(run, row)


_LAZY: dict[str, Callable[[list[Evaluate]], Evaluate]] = {
    "||": lambda arguments: _any(arguments, True),
    "&&": lambda arguments: _any(arguments, False),
    "!": lambda arguments: lambda run, row: not truth(arguments[0](run, row)),
    "IN": lambda arguments: _in(arguments, True),
    "NOT IN": lambda arguments: _in(arguments, False),
    "COALESCE": _coalesce,
    "IF": _if,
}

__all__ = ["Computed", "Evaluate", "Row", "Scope", "UnsureError", "ValueFaultError"]

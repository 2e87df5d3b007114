"""The tree of a query: what rules and their queries need of SPARQL, and no more.

Source: SPARQL 1.1 Query Language, section 19.8.
"""

from __future__ import annotations

from dataclasses import dataclass

from discograph.rdf import Literal, NamedNode

PATH_SIGNS = ("?", "*", "+")


class NotReadError(ValueError):
    """The query uses a form that is not read, or not compiled."""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable, without its mark: ``$this`` and ``?this`` are one."""

    name: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """``^path``."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """``a/b``."""

    steps: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """``a|b``."""

    choices: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``path?``, ``path*`` or ``path+``; ``sign`` is one of ``PATH_SIGNS``."""

    path: Path
    sign: str


Path = NamedNode | Inverse | Sequence | Alternative | Repeat
Node = Var | NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern or a path pattern."""

    subject: Node
    path: Path | Var
    object: Node


@dataclass(frozen=True, slots=True)
class Call:
    """An operator, a function in capitals, or a cast by its IRI in angle brackets."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """``EXISTS`` or, if negated, ``NOT EXISTS``."""

    group: Group
    negated: bool


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``COUNT(DISTINCT ?x)`` and the like; the argument is None for ``*``."""

    name: str
    distinct: bool
    argument: Expression | None


Expression = Var | NamedNode | Literal | Call | Exists | Aggregate


@dataclass(frozen=True, slots=True)
class Filter:
    """``FILTER(condition)``."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Optional:
    """``OPTIONAL { … }``."""

    group: Group


@dataclass(frozen=True, slots=True)
class Bind:
    """``BIND(expression AS ?variable)``."""

    expression: Expression
    variable: Var


@dataclass(frozen=True, slots=True)
class Values:
    """``VALUES ?variable { … }``."""

    variable: Var
    terms: tuple[NamedNode | Literal, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """``{ … } UNION { … }``; a lone group in braces has one member."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT; each column is a variable and the expression it comes from, None where it is just itself."""

    distinct: bool
    columns: tuple[tuple[Var, Expression | None], ...]
    where: Group
    group_by: tuple[Var, ...]


Element = Pattern | Filter | Optional | Bind | Values | Union | Select


def used(part: Element | Expression | Group) -> frozenset[str]:
    """Return the names of all variables in a part of a query; of an inner SELECT, of its columns."""
    match part:
        case Var():
            return frozenset({part.name})
        case Pattern():
            ends = (part.subject, part.path, part.object)
            return frozenset(end.name for end in ends if isinstance(end, Var))
        case Filter():
            return used(part.condition)
        case Call():
            return frozenset().union(*map(used, part.arguments))
        case Exists() | Optional():
            return used(part.group)
        case Group():
            return frozenset().union(*map(used, part.elements))
        case _:
            return _used_by_others(part)


def _used_by_others(part: Element | Expression | Group) -> frozenset[str]:
    match part:
        case Bind():
            return used(part.expression) | {part.variable.name}
        case Values():
            return frozenset({part.variable.name})
        case Union():
            return frozenset().union(*map(used, part.groups))
        case Select():
            return frozenset(variable.name for variable, _ in part.columns)
        case Aggregate():
            return used(part.argument) if part.argument is not None else frozenset()
        case _:
            return frozenset()


def conjuncts(condition: Expression) -> tuple[Expression, ...]:
    """Return the conditions that a filter joins by ``&&``; each may as well be a filter of its own."""
    if isinstance(condition, Call) and condition.name == "&&":
        return tuple(part for argument in condition.arguments for part in conjuncts(argument))
    return (condition,)


def next_pattern(patterns: list[Pattern], bound: frozenset[str]) -> Pattern:
    """Return which pattern to match next: the one most bound, the first of several."""

    def score(pattern: Pattern) -> tuple[int, int]:
        ends = (pattern.subject, pattern.object)
        known = sum(isinstance(end, Var) and end.name in bound for end in ends)
        return known, sum(not isinstance(end, Var) for end in (*ends, pattern.path))

    return max(patterns, key=score)

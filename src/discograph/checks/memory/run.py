"""What one run of the in-memory engine holds: the graph, and the terms of the rules as numbers of that graph.

Rules are compiled once, before any graph is known, so they name their terms by a place in ``Constants``; each
run finds the numbers that those terms have in its graph.
"""

from __future__ import annotations

from typing import Any

from discograph.checks.finding import Term
from discograph.checks.graph_index import GraphIndex
from discograph.checks.memory.values import native
from discograph.checks.sparql.tree import Alternative, Inverse, Path, Repeat, Sequence
from discograph.rdf import NamedNode

ABSENT = -1
"""The number of a term that is not in the graph."""


class Constants:
    """The terms that rules name, each at a place of its own, and how many caches they ask for."""

    def __init__(self) -> None:
        self.places: dict[Term, int] = {}
        self.caches = 0
        self._texts: tuple[str, ...] = ()

    def place(self, term: Term) -> int:
        """Return the place of a term."""
        return self.places.setdefault(term, len(self.places))

    def texts(self) -> tuple[str, ...]:
        """Return the terms in the order of their places, each as N-Quads writes it."""
        if len(self._texts) != len(self.places):
            self._texts = tuple(map(str, self.places))
        return self._texts

    def cache(self) -> int:
        """Return the place of a new cache."""
        self.caches += 1
        return self.caches - 1


class Run:
    """One graph as the compiled rules see it; ``numbers``, ``columns`` and ``caches`` are by place."""

    def __init__(self, index: GraphIndex, constants: Constants) -> None:
        self.index = index
        self.numbers = [index.numbers.get(text, ABSENT) for text in constants.texts()]
        self.columns = [index.column(number) for number in self.numbers]
        self.caches: list[dict[Any, Any]] = [{} for _ in range(constants.caches)]
        self._natives: dict[int, Any] = {}
        self._inverse: dict[int, dict[int, list[int]]] = {}

    def inverse(self, place: int) -> dict[int, list[int]]:
        """Return the subjects of each object of a property."""
        found = self._inverse.get(place)
        if found is None:
            found = self._inverse[place] = self.index.inverse_column(self.numbers[place])
        return found

    def native(self, number: int) -> Any:
        """Return the value of a term as Python has it; see ``values``."""
        found = self._natives.get(number)
        if found is None:
            found = self._natives[number] = native(self.index.term(number))
        return found


class Walk:
    """A property path, compiled; ``nodes`` are the ends of all ways along it, one for each way."""

    def __init__(self, path: Path, constants: Constants) -> None:
        self.nodes = _walk(path, constants)
        self.is_simple = isinstance(path, NamedNode)

    def distinct(self, run: Run, start: int) -> list[int]:
        """Return each end once: SHACL's value nodes."""
        found = self.nodes(run, start)
        return list(dict.fromkeys(found)) if len(found) > 1 else found


def inverted(path: Path) -> Path:
    """Return the path that leads the other way."""
    match path:
        case Inverse():
            return path.path
        case Sequence():
            return Sequence(tuple(inverted(step) for step in reversed(path.steps)))
        case Alternative():
            return Alternative(tuple(inverted(choice) for choice in path.choices))
        case Repeat():
            return Repeat(inverted(path.path), path.sign)
        case _:
            return Inverse(path)


def _walk(path: Path, constants: Constants) -> Any:
    match path:
        case Inverse() if isinstance(path.path, NamedNode):
            place = constants.place(path.path)
            return lambda run, start: run.inverse(place).get(start, [])
        case Inverse():
            return _walk(inverted(path.path), constants)
        case Sequence():
            return _sequence([_walk(step, constants) for step in path.steps])
        case Alternative():
            choices = [_walk(choice, constants) for choice in path.choices]
            return lambda run, start: [end for choice in choices for end in choice(run, start)]
        case Repeat():
            return _repeat(_walk(path.path, constants), path.sign)
        case _:
            place = constants.place(path)
            return lambda run, start: run.columns[place].get(start, [])


def _sequence(steps: list[Any]) -> Any:
    def walk(run: Run, start: int) -> list[int]:
        here = [start]
        for step in steps:
            here = [end for node in here for end in step(run, node)]
        return here

    return walk


def _repeat(step: Any, sign: str) -> Any:
    def walk(run: Run, start: int) -> list[int]:
        found = dict.fromkeys(step(run, start))
        if sign != "?":
            todo = list(found)
            while todo:
                new = [end for end in step(run, todo.pop()) if end not in found]
                found.update(dict.fromkeys(new))
                todo += new
        if sign != "+":
            found.setdefault(start, None)
        return list(found)

    return walk

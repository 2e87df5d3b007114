"""Bring a store to where it holds exactly what it is given: new and changed units are put, the rest is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from discograph.errors import StoreError
from discograph.rdf import Quad, RdfFormat, parse
from discograph.stores import record
from discograph.stores.canonical import as_text, canonical_quad, digest, line_of
from discograph.stores.units import Unit

Action = Literal["new", "changed", "same", "gone"]


class Target(Protocol):
    """A store that can be loaded; ``EmbeddedStore`` says what each does."""

    name: str
    batch: int
    batch_units: int

    def digests(self, units: Iterable[str]) -> dict[str, str]: ...  # noqa: D102
    def counts(self, graphs: Iterable[str]) -> dict[str, int]: ...  # noqa: D102
    def units(self) -> Iterator[str]: ...  # noqa: D102
    def graphs_of(self, unit: str) -> set[str]: ...  # noqa: D102
    def put(self, units: Sequence[Unit], stale: dict[str, set[str]]) -> None: ...  # noqa: D102
    def remove(self, unit: str) -> None: ...  # noqa: D102
    def quads(self, graph: str) -> list[Quad] | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Work:
    """What to do: only look (``is_dry``), remove what is gone, read everything back and compare."""

    is_dry: bool = False
    prunes: bool = False
    verifies: bool = False


@dataclass(slots=True)
class Loaded:
    """What came of it: units by action, quads put, and graphs that were read back and found equal."""

    units: dict[Action, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "same": 0, "gone": 0})
    quads: int = 0
    compared: int = 0
    counted: int = 0
    """Graphs of which only the number of triples could be compared, as the store cannot give them back."""


def load_units(target: Target, units: Iterable[Unit], work: Work, tell: Callable[[Action, str], None]) -> Loaded:
    """Return what was done to make a store hold units.

    Shape: ``tell`` is called for each unit, after it is done. A unit that the store holds already, by its
    record and by the number of triples in each graph, is left alone, so that a load that was cut off goes on
    where it ended. After each batch, record and numbers are read back.
    Raises: StoreError if the store does not do it, if two sources disagree on a unit, or if what is read back
    is not what was put.
    """
    loaded = Loaded()
    seen: dict[str, tuple[str, str]] = {}
    for batch in _batches(_distinct(units, seen), target.batch, target.batch_units):
        actions = _compare(target, batch)
        wanted = [unit for unit in batch if actions[unit.iri] != "same"]
        if wanted and not work.is_dry:
            _put(target, wanted, {unit.iri for unit in wanted if actions[unit.iri] == "changed"})
        loaded.quads += sum(unit.size for unit in wanted)
        if work.verifies and not work.is_dry:
            _verify(target, batch, loaded)
        for unit in batch:
            _count(loaded, actions[unit.iri], unit.iri, tell)
    if work.prunes:
        if not seen:
            raise StoreError("nothing to load: --prune would empty the store; name the sources that it should hold")
        for gone in [iri for iri in target.units() if iri not in seen]:
            if not work.is_dry:
                target.remove(gone)
            _count(loaded, "gone", gone, tell)
    return loaded


def _count(loaded: Loaded, action: Action, unit: str, tell: Callable[[Action, str], None]) -> None:
    loaded.units[action] += 1
    tell(action, unit)


def _distinct(units: Iterable[Unit], seen: dict[str, tuple[str, str]]) -> Iterator[Unit]:
    """Yield units, each once; ``seen`` takes the digest and the origin of each."""
    for unit in units:
        known = seen.get(unit.iri)
        if known is None:
            seen[unit.iri] = unit.digest, unit.origin
            yield unit
        elif known[0] != unit.digest:
            raise StoreError(f"{known[1]} and {unit.origin} say different things of <{unit.iri}>; load one of them")


def _batches(units: Iterable[Unit], size: int, most: int) -> Iterator[list[Unit]]:
    """Yield units in batches of at most ``most`` units and ``size`` quads, a larger unit alone."""
    batch: list[Unit] = []
    held = 0
    for unit in units:
        if batch and (held + unit.size > size or len(batch) == most):
            yield batch
            batch, held = [], 0
        batch.append(unit)
        held += unit.size
    if batch:
        yield batch


def _compare(target: Target, batch: Sequence[Unit]) -> dict[str, Action]:
    digests = target.digests(unit.iri for unit in batch)
    same = [unit for unit in batch if digests.get(unit.iri) == unit.digest]
    counts = target.counts(graph for unit in same for graph in unit.counts)
    held = {unit.iri for unit in same if not _short(unit, counts)}
    return {unit.iri: "same" if unit.iri in held else "changed" if unit.iri in digests else "new" for unit in batch}


def _short(unit: Unit, counts: dict[str, int]) -> list[str]:
    """Return the graphs of a unit that hold another number of triples than they should."""
    return [graph for graph, count in unit.counts.items() if counts.get(graph, 0) != count]


def _put(target: Target, units: Sequence[Unit], known: set[str]) -> None:
    target.put(
        units, {unit.iri: target.graphs_of(unit.iri) - unit.graphs.keys() for unit in units if unit.iri in known}
    )
    digests = target.digests(unit.iri for unit in units)
    counts = target.counts(graph for unit in units for graph in unit.counts)
    for unit in units:
        for graph in _short(unit, counts):
            found, wanted = counts.get(graph, 0), unit.counts[graph]
            raise StoreError(f"{target.name}: took graph <{graph}> but holds {found:,} of its {wanted:,} triples")
        if digests.get(unit.iri) != unit.digest:
            state = digests.get(unit.iri, "nothing")[: len(record.PENDING) + 1]
            raise StoreError(f"{target.name}: took <{unit.iri}> but has {state} on record; is somebody else loading?")


def _verify(target: Target, units: Sequence[Unit], loaded: Loaded) -> None:
    counts = target.counts(graph for unit in units for graph in unit.counts)
    for unit in units:
        for graph in _short(unit, counts):
            found, wanted = counts.get(graph, 0), unit.counts[graph]
            raise StoreError(f"{target.name}: graph <{graph}> holds {found:,} triples instead of {wanted:,}")
        for graph in unit.counts:
            quads = target.quads(graph)
            if quads is None:
                loaded.counted += 1
                continue
            if difference := _difference(unit, graph, quads):
                raise StoreError(f"{target.name}: graph <{graph}> is not what was loaded: {difference}")
            loaded.compared += 1


def _difference(unit: Unit, graph: str, quads: Iterable[Quad]) -> str:
    """Return what a graph that was read back has otherwise; nothing if it has the digest that it should."""
    lines = sorted({line_of(canonical_quad(quad)) for quad in quads})
    if digest(lines) == unit.digests[graph]:
        return ""
    # The lines may be those of a file, in forms of its own.
    text = as_text(unit.graphs[graph], b" .\n")
    wanted = {line_of(canonical_quad(quad)) for quad in parse(text, RdfFormat.N_TRIPLES, name=unit.origin)}
    lost, more = sorted(wanted.difference(lines)), sorted(set(lines) - wanted)
    sides = [f"{len(lost)} triples lost, such as {lost[0].decode()}"] if lost else []
    sides += [f"{len(more)} triples more, such as {more[0].decode()}"] if more else []
    return "; ".join(sides)

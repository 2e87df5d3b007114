"""The embedded store: an Oxigraph folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from discograph.errors import DiscographError, GraphError, StoreError
from discograph.namespaces import LOAD_RECORD
from discograph.rdf import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse_file
from discograph.stores import record
from discograph.stores.canonical import as_text
from discograph.stores.units import Unit

_RECORD = NamedNode(LOAD_RECORD)
_DIGEST = NamedNode(record.DIGEST)
_GRAPH = NamedNode(record.GRAPH)
_PIECE = 100_000
"""Quads below which a bulk load is not worth a thread of its own."""


class EmbeddedStore:
    """What ``load`` does with a store folder; the same methods as ``RemoteStore``."""

    batch = 1_000_000
    """Quads that are bulk loaded at once: each time costs files and sorting, and all are held in memory."""
    batch_units = 1_000
    """Units of a batch, whatever their size, since an update names each."""

    def __init__(self, path: Path, store: Store) -> None:
        self.name = str(path)
        self._store = store

    def close(self) -> None:
        """Write what is still in memory to the disk."""
        self._store.flush()

    def digests(self, units: Iterable[str]) -> dict[str, str]:
        """Return what the record says of units; one that is not on record is missing."""
        found: dict[str, str] = {}
        for unit in units:
            for quad in self._store.quads_for_pattern(NamedNode(unit), _DIGEST, None, _RECORD):
                assert isinstance(quad.object, Literal)
                found[unit] = quad.object.value if unit not in found else record.PENDING
        return found

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """Return how many triples graphs hold."""
        rows = self._store.query(record.counts_query(graphs))
        assert isinstance(rows, QuerySolutions)
        return {row["graph"].value: int(row["count"].value) for row in rows if row["graph"] is not None}

    def units(self) -> Iterator[str]:
        """Yield the units on record."""
        found = [quad.subject for quad in self._store.quads_for_pattern(None, _DIGEST, None, _RECORD)]
        return iter(sorted({subject.value for subject in found if isinstance(subject, NamedNode)}))

    def graphs_of(self, unit: str) -> set[str]:
        """Return the graphs that the record has of a unit."""
        found = [quad.object for quad in self._store.quads_for_pattern(NamedNode(unit), _GRAPH, None, _RECORD)]
        return {name.value for name in found if isinstance(name, NamedNode)}

    def put(self, units: Sequence[Unit], stale: dict[str, set[str]]) -> None:
        """Replace what the store has of units; ``stale`` are graphs of theirs that it holds and they lost.

        A unit of which something is there is replaced in one transaction. What is all new is bulk loaded,
        which is faster and no transaction: the record says ``pending`` until it is all there.
        """
        new = []
        for unit in units:
            graphs = {*unit.graphs, *stale.get(unit.iri, ())}
            if any(self._store.contains_named_graph(NamedNode(graph)) for graph in graphs):
                self._update(
                    record.drop(sorted(graphs)),
                    record.insert(unit.graphs.items()),
                    record.finish([(unit.iri, unit.digest, unit.graphs)]),
                )
            else:
                new.append(unit)
        if new:
            self._begin(new)
            self._bulk_load_pieces(new)
            self._update(record.finish((unit.iri, unit.digest, unit.graphs) for unit in new))

    def remove(self, unit: str) -> None:
        """Remove a unit's graphs and its record, in one transaction."""
        self._update(record.drop(sorted(self.graphs_of(unit))), record.forget(unit))

    def quads(self, graph: str) -> list[Quad]:
        """Return what a graph holds."""
        return list(self._store.quads_for_pattern(None, None, None, NamedNode(graph)))

    def _begin(self, units: Sequence[Unit]) -> None:
        """Note units as under way.

        An update would lie above what is bulk loaded next, and make the engine read both side by side: that takes
        twice as long.
        """
        noted = [(unit.iri, unit.graphs) for unit in units]
        if self.digests(unit for unit, _ in noted):
            self._update(record.begin(noted))
        else:
            self._bulk_load(record.begun(noted), units)

    def _bulk_load_pieces(self, units: Sequence[Unit]) -> None:
        """Bulk load units on all processors: the engine itself parses and sorts on one, and needs no GIL for it.

        Raises: the first error, when all that runs has ended; the record still says ``pending`` then.
        """
        most = min(os.cpu_count() or 1, sum(unit.size for unit in units) // _PIECE)
        if most < 2:
            self._bulk_load_piece(units)
            return
        from concurrent.futures import ThreadPoolExecutor  # it brings logging and more, of no use to small loads

        with ThreadPoolExecutor(most) as pool:
            loads = [pool.submit(self._bulk_load_piece, piece) for piece in _pieces(units, most)]
        for load in loads:
            load.result()

    def _bulk_load_piece(self, units: Sequence[Unit]) -> None:
        self._bulk_load(b"".join(_lines(units)), units)

    def _bulk_load(self, text: bytes, units: Sequence[Unit]) -> None:
        try:
            self._store.bulk_load(input=text, format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise _broken(units) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{self.name}: cannot be written: {error}") from error

    def _update(self, *operations: str) -> None:
        try:
            self._store.update(" ;\n".join(filter(None, operations)))
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise StoreError(f"{self.name}: cannot be written: {error}") from error


def _pieces(units: Sequence[Unit], count: int) -> list[Sequence[Unit]]:
    """Return units in at most so many pieces of about as many quads, in their order."""
    total, held = sum(unit.size for unit in units), 0
    pieces: list[list[Unit]] = [[] for _ in range(count)]
    for unit in units:
        pieces[min(count - 1, held * count // total)].append(unit)
        held += unit.size
    return [piece for piece in pieces if piece]


def _lines(units: Iterable[Unit]) -> Iterator[bytes]:
    """Yield the quads of units as N-Quads, piece by piece."""
    for unit in units:
        for graph, lines in unit.graphs.items():
            yield as_text(lines, f" <{graph}> .\n".encode())


def open_embedded(path: Path, *, is_dry: bool = False) -> EmbeddedStore:
    """Return the store of a folder, made if it is not there; with ``is_dry``, one that is only read.

    Raises: StoreError if the folder holds other things, is in use, or is damaged.
    """
    try:
        if path.exists() and not path.is_dir():
            raise StoreError(f"{path}: is no folder; a store is one")
        is_there = (path / "CURRENT").is_file()
        if not is_there and path.exists() and any(path.iterdir()):
            raise StoreError(f"{path}: holds other things than a store; name a new or empty folder")
        if is_dry:
            return EmbeddedStore(path, Store.read_only(str(path)) if is_there else Store())
        path.parent.mkdir(parents=True, exist_ok=True)
        return EmbeddedStore(path, Store(str(path)))
    except (OSError, RuntimeError) as error:
        text = str(error)
        if "lock" in text.lower():
            raise StoreError(f"{path}: another process has this store open; end that one first") from error
        raise StoreError(f"{path}: cannot be opened as a store: {text}") from error


def _broken(units: Sequence[Unit]) -> DiscographError:
    """Return the error that says where the text of units is broken; it was taken as it stood in their files."""
    for path in dict.fromkeys(Path(unit.origin) for unit in units):
        try:
            parse_file(path)
        except GraphError as error:
            return error
    return StoreError(f"{units[0].origin}: cannot be read as N-Quads")

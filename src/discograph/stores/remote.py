"""A store that is reached by SPARQL 1.1 Protocol, Update and Graph Store HTTP Protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlencode, urlsplit

from discograph.errors import StoreError
from discograph.rdf import Quad, RdfFormat, parse
from discograph.stores import record
from discograph.stores.addresses import Addresses, check_address, find_kind, for_addresses, resolve
from discograph.stores.canonical import as_text
from discograph.stores.credentials import find_credentials
from discograph.stores.kinds import Kind
from discograph.stores.transport import Answer, Http
from discograph.stores.units import Unit

_JSON = "application/sparql-results+json"
_JSON_TYPES = (_JSON, "application/json")
_TRIPLES = "application/n-triples"
_GRAPH_TYPES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_NAMES_PER_QUERY = 200
_MISSING = (404,)

Row = dict[str, str]


class RemoteStore:
    """What can be done with a store over HTTP; every method raises StoreError if the store does not do it."""

    batch_units = 100
    """Units of a batch, whatever their size, since an update names each."""

    def __init__(self, http: Http, kind: Kind, addresses: Addresses, *, chunk: int | None, is_gzipped: bool) -> None:
        self.kind = kind
        self.addresses = addresses
        self.name = f"{addresses.update} ({kind.label})"
        self.chunk = chunk or kind.chunk
        self.batch = self.chunk
        self._http = http
        self._is_gzipped = is_gzipped

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # --- the record ---------------------------------------------------------------------------------------

    def digests(self, units: Iterable[str]) -> dict[str, str]:
        """Return what the record says of units; one that is not on record is missing."""
        rows = (row for names in _portions(units) for row in self._select(record.digests_query(names)))
        return _last(rows, "unit", "digest")

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """Return how many triples graphs hold; one without any may be missing."""
        rows = (row for names in _portions(graphs) for row in self._select(record.counts_query(names)))
        return {row["graph"]: int(row["count"]) for row in rows if "graph" in row}

    def units(self) -> Iterator[str]:
        """Yield the units on record."""
        return self._pages(record.units_query)

    def graphs_of(self, unit: str) -> set[str]:
        """Return the graphs that the record has of a unit."""
        return set(self._pages(lambda after: record.graphs_query(unit, after)))

    def _pages(self, query: Callable[[str], str]) -> Iterator[str]:
        after = ""
        while True:
            values = [row["value"] for row in self._select(query(after))]
            yield from values
            if len(values) < record.PAGE:
                return
            if values[-1] <= after:
                raise StoreError(f"{self.name}: its answers are not in the order asked for; cannot read its record")
            after = values[-1]

    # --- writing ------------------------------------------------------------------------------------------

    def put(self, units: Sequence[Unit], stale: dict[str, set[str]]) -> None:
        """Replace what the store has of units; ``stale`` are graphs of theirs that it holds and they lost.

        A store with transactions takes all in one, unless that is more than a request may hold.
        """
        size = sum(unit.size for unit in units)
        done = record.finish((unit.iri, unit.digest, unit.graphs) for unit in units)
        emptied = [graph for unit in units for graph in (*unit.graphs, *sorted(stale.get(unit.iri, ())))]
        if self.kind.is_atomic and not self.kind.by_graphs and size <= self.chunk:
            filled = record.insert(item for unit in units for item in unit.graphs.items())
            self._update(record.drop(emptied), filled, done)
            return
        begun = ((unit.iri, {*unit.graphs, *stale.get(unit.iri, ())}) for unit in units)
        self._update(record.begin(begun))
        if self.kind.by_graphs:
            for unit in units:
                self._put_graphs(unit, stale.get(unit.iri, set()))
        else:
            self._update(record.drop(emptied))
            for portion in _chunks(units, self.chunk):
                self._update(record.insert(portion))
        self._update(done)

    def remove(self, unit: str) -> None:
        """Remove a unit's graphs, and then its record."""
        graphs = sorted(self.graphs_of(unit))
        if self.kind.is_atomic:
            self._update(record.drop(graphs), record.forget(unit))
            return
        for names in _portions(graphs):
            self._update(record.drop(names))
        self._update(record.forget(unit))

    def _put_graphs(self, unit: Unit, stale: set[str]) -> None:
        for graph in sorted(stale):
            self._graph("DELETE", graph, accepts=_MISSING)
        for graph, lines in unit.graphs.items():
            for start in range(0, len(lines), self.chunk):
                content = as_text(lines[start : start + self.chunk], b" .\n")
                self._graph("POST" if start else "PUT", graph, content)

    def _graph(self, method: str, graph: str, content: bytes | None = None, accepts: tuple[int, ...] = ()) -> Answer:
        if self.addresses.graph_store is None:
            raise StoreError(f"{self.name}: has no address for graphs; give --graph-store-url")
        headers = {"Content-Type": f"{_TRIPLES}; charset=utf-8"} if content is not None else {"Accept": _GRAPH_TYPES}
        return self._http.send(
            method,
            self.addresses.graph_store,
            params={"graph": graph},
            headers=headers,
            content=content,
            is_gzipped=self._is_gzipped,
            accepts=accepts,
        )

    def _update(self, *operations: str) -> None:
        text = " ;\n".join(filter(None, operations))
        assert self.addresses.update is not None
        if text:
            self._http.send(
                "POST",
                self.addresses.update,
                headers={"Content-Type": "application/sparql-update", "Accept": "*/*"},
                content=text.encode(),
                is_gzipped=self._is_gzipped,
            )

    # --- reading ------------------------------------------------------------------------------------------

    def quads(self, graph: str) -> list[Quad] | None:
        """Return what a graph holds; None if the store cannot give a graph back."""
        answer = self._graph_back(graph)
        if answer is None:
            return None
        rdf_format = RdfFormat.from_media_type(answer.media_type)
        if rdf_format is None:
            return None
        return list(parse(answer.body, rdf_format, name=f"{self.name}, graph {graph}"))

    def _graph_back(self, graph: str) -> Answer | None:
        if self.addresses.graph_store is not None:
            answer = self._graph("GET", graph, accepts=(404, 405, 406, 501))
            return answer if answer.status < 400 else None
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        answer = self._ask(query, _GRAPH_TYPES, accepts=(400, 406, 501))
        return answer if answer.status < 400 else None

    def _select(self, query: str) -> list[Row]:
        """Return the rows of a SELECT, each with the text of its terms."""
        answer = self._ask(query, _JSON)
        where = self.addresses.query
        if answer.media_type not in _JSON_TYPES:
            kind = answer.media_type or "something without a type"
            raise StoreError(f"{where}: answered with {kind} instead of SPARQL results; is the address right?")
        try:
            bindings = json.loads(answer.body)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StoreError(f"{where}: its answer is no SPARQL result, or is cut off ({error})") from error

    def _ask(self, query: str, accept: str, accepts: tuple[int, ...] = ()) -> Answer:
        assert self.addresses.query is not None
        # A form, since Virtuoso hangs on a query that is sent as it is.
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode({"query": query}).encode()
        return self._http.send("POST", self.addresses.query, headers=headers, content=content, accepts=accepts)


def open_remote(
    base: str | None,
    given: Addresses,
    *,
    kind_name: str | None = None,
    chunk: int | None = None,
    is_gzipped: bool = False,
    retries: int = 5,
    timeout: float = 300.0,
) -> RemoteStore:
    """Return the store at a base address, or at the addresses given one by one.

    Shape: ``chunk`` is how many quads a request may hold, None for what suits the kind of store; ``timeout``
    is in seconds.
    Raises: StoreError if it cannot be reached or is not known well enough.
    """
    urls = [check_address(url) for url in (base, given.query, given.update, given.graph_store) if url is not None]
    hosts = {urlsplit(url).hostname or "" for url in urls}
    if len(hosts) > 1:
        raise StoreError(f"the addresses are of several servers ({', '.join(sorted(hosts))}); load into one at a time")
    http = Http(find_credentials(hosts.pop() if hosts else ""), retries=retries, timeout=timeout)
    kind = find_kind(http, base, kind_name) if base else find_kind(http, "", kind_name or "sparql")
    if is_gzipped and kind.takes_gzip is False:
        raise StoreError(f"{kind.label} takes no gzipped requests; leave --gzip out")
    addresses = resolve(base, kind, given)
    return RemoteStore(http, for_addresses(kind, addresses), addresses, chunk=chunk, is_gzipped=is_gzipped)


def _portions(names: Iterable[str]) -> Iterator[list[str]]:
    portion: list[str] = []
    for name in names:
        portion.append(name)
        if len(portion) == _NAMES_PER_QUERY:
            yield portion
            portion = []
    if portion:
        yield portion


def _last(rows: Iterable[Row], key: str, value: str) -> dict[str, str]:
    """Return rows as a mapping; where a key has two values, neither is to be believed."""
    found: dict[str, str] = {}
    for row in rows:
        found[row[key]] = row[value] if found.get(row[key], row[value]) == row[value] else record.PENDING
    return found


def _chunks(units: Sequence[Unit], size: int) -> Iterator[list[tuple[str, list[bytes]]]]:
    """Yield portions of at most ``size`` triples, each with its graphs."""
    portion: list[tuple[str, list[bytes]]] = []
    room = size
    for unit in units:
        for graph, lines in unit.graphs.items():
            start = 0
            while start < len(lines):
                part = lines[start : start + room]
                portion.append((graph, part))
                start += len(part)
                room -= len(part)
                if room == 0:
                    yield portion
                    portion, room = [], size
    if portion:
        yield portion

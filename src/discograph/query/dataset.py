"""What questions are put to: a store here or an endpoint elsewhere, alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from discograph.namespaces import DEFAULT_BASE
from discograph.query.run import run
from discograph.query.solutions import Result
from discograph.rdf import Store


class Dataset(Protocol):
    """Anything that answers SPARQL queries with a ``Result``."""

    def run(self, sparql: str, *, name: str = "query", base_iri: str = DEFAULT_BASE) -> Result:
        """Return what a query gives; ``name`` says in messages where it came from. Raises: QueryError."""
        ...


@dataclass(frozen=True, slots=True)
class LocalDataset:
    """An embedded store."""

    store: Store

    def run(self, sparql: str, *, name: str = "query", base_iri: str = DEFAULT_BASE) -> Result:
        """Return what a query gives; see ``discograph.query.run``."""
        return run(self.store, sparql, name=name, base_iri=base_iri)

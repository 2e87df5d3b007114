"""discograph from Python: ``discograph.open(path).query("…")`` gives rows, and a DataFrame where pandas is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, overload

from discograph.errors import QueryError
from discograph.forms import AUTO
from discograph.namespaces import DEFAULT_BASE
from discograph.pipeline import open_store
from discograph.query import (
    Answer,
    Dataset,
    LocalDataset,
    Question,
    Rows,
    Term,
    answer,
    find,
    is_graph_source,
    open_graphs,
    question_of,
    within,
)
from discograph.query.remote import Endpoint
from discograph.query.sources import is_endpoint
from discograph.query.table import table
from discograph.rdf import Literal, NamedNode, Triple
from discograph.vocab import XSD

if TYPE_CHECKING:
    import pandas
    import rdflib

Value = str | int | float | bool | Decimal | date | None
"""What a cell holds: numbers, truth values and days as Python has them, everything else as text."""

_PARSERS: dict[str, Callable[[str], Value]] = {
    XSD.integer.value: int,
    XSD.decimal.value: Decimal,
    XSD.date.value: date.fromisoformat,
    f"{XSD.integer.value.removesuffix('integer')}double": float,
    f"{XSD.integer.value.removesuffix('integer')}boolean": lambda text: text in ("true", "1"),
}
_SHOWN = 60


class Table(Sequence[dict[str, Value]]):
    """The rows of a SELECT, each a dictionary from column to value; a notebook shows them as a table."""

    def __init__(self, rows: Rows) -> None:
        self.terms = rows
        """The rows as RDF terms, with datatypes and languages."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the SELECT."""
        return self.terms.variables

    def __len__(self) -> int:
        return len(self.terms.rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Value]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        if isinstance(index, slice):
            return [self._row(number) for number in range(*index.indices(len(self)))]
        return self._row(index)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (self._row(number) for number in range(len(self)))

    def _row(self, number: int) -> dict[str, Value]:
        return dict(zip(self.columns, map(python_value, self.terms.rows[number]), strict=True))

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a DataFrame. Raises: QueryError if pandas is not installed."""
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise QueryError("a DataFrame needs pandas; install it: pip install 'discograph[notebook]'") from error
        return pandas.DataFrame.from_records(list(self), columns=list(self.columns)).convert_dtypes()

    def __repr__(self) -> str:
        shown = table(Rows(self.columns, self.terms.rows[:_SHOWN]))
        return shown + (f"… {len(self) - _SHOWN} more rows\n" if len(self) > _SHOWN else "")

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in self[:_SHOWN])
        more = f"<p>… {len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Value) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def python_value(term: Term | None) -> Value:
    """Return a term as Python has it; what is not well formed for its datatype stays text.

    >>> python_value(Literal("12", datatype=XSD.integer)), python_value(Literal("1957-12", datatype=XSD.date))
    (12, '1957-12')
    """
    if term is None:
        return None
    if isinstance(term, Literal):
        try:
            return _PARSERS.get(term.datatype.value, str)(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    return term.value if isinstance(term, NamedNode) else str(term)


@dataclass(frozen=True, slots=True)
class OpenGraphs:
    """What was opened: documents, graph files, a store or an endpoint, ready for questions."""

    dataset: Dataset
    base_iri: str = DEFAULT_BASE

    def query(
        self,
        question: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout_seconds: float | None = None,
        **more: object,
    ) -> Table | bool | tuple[Triple, ...]:
        """Return what a question gives: a ``Table`` for a SELECT, a truth value for an ASK, else triples.

        Shape: ``question`` is SPARQL, or the name of a query that ``discograph query --list`` shows, whose
        parameters are given by name (``album="kind of blue"``, ``track=5``); those whose names are no
        Python names (``more-than``) go into ``parameters`` or take an underscore. A list means any of its values.
        Raises: QueryError; QueryTimeoutError after ``timeout_seconds``.
        """
        given = {**(parameters or {}), **more}
        asked = Question("query", question) if _is_sparql(question) else question_of(find(question))
        values = {name.replace("_", "-"): _typed(value) for name, value in given.items() if value is not None}
        result = within(timeout_seconds, lambda: answer(self.dataset, asked, values, base_iri=self.base_iri))
        if isinstance(result, Rows):
            return Table(result)
        return result.value if isinstance(result, Answer) else result.triples

    def rdflib(self) -> rdflib.Graph:
        """Return a read-only rdflib graph over the store, the union of its graphs, without copying it.

        Raises: QueryError for an endpoint, and if oxrdflib is not installed.
        """
        if not isinstance(self.dataset, LocalDataset):
            raise QueryError("an endpoint has no rdflib view; rdflib's own SPARQLStore reads endpoints")
        from discograph.query.rdflib_view import rdflib_view

        return rdflib_view(self.dataset.store, self.base_iri)


def _is_sparql(question: str) -> bool:
    return any(character in question for character in "{ \n")


def _typed(value: object) -> list[str]:
    """Return values as a person would type them."""
    several = value if isinstance(value, list | tuple | set) else [value]
    return [f"<{item.value}>" if isinstance(item, NamedNode) else str(item) for item in several]


def open_sources(*sources: str | os.PathLike[str], base_iri: str = DEFAULT_BASE, form: str = AUTO) -> OpenGraphs:
    """Return documents, graph files, folders, a store folder or an endpoint, opened for questions.

    Shape: as the sources of ``discograph query``; an endpoint (``http://…``) stands alone. Graph files and
    documents are read into memory, a store folder is opened where it lies, for reading only.
    Raises: SourceError, GraphError; QueryError for an endpoint beside others.
    """
    names = [os.fspath(source) for source in sources]
    if any(map(is_endpoint, names)):
        if len(names) > 1:
            raise QueryError("an endpoint is asked alone; open the other sources by themselves")
        return OpenGraphs(Endpoint(names[0]), base_iri)
    paths = [Path(name) for name in names]
    store = (
        open_graphs(paths)
        if paths and all(map(is_graph_source, paths))
        else open_store(paths, base_iri=base_iri, form=form)
    )
    return OpenGraphs(LocalDataset(store), base_iri)

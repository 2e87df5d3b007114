"""Answer a question: bind its parameters, run it, or walk it step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE
from discograph.query.dataset import Dataset
from discograph.query.named import NamedQuery
from discograph.query.parameters import Parameter, bind
from discograph.query.solutions import Result, Term
from discograph.query.walk import walk


@dataclass(frozen=True, slots=True)
class Question:
    """A query to run: where it came from, as messages say it, its text and its parameters."""

    name: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    walk: tuple[str, str] | None = None


def question_of(named: NamedQuery) -> Question:
    """Return a named query as a question; messages point at its file."""
    return Question(str(named.path), named.sparql, named.parameters, named.walk)


def bound_terms(
    dataset: Dataset, question: Question, given: Mapping[str, Sequence[str]], base_iri: str = DEFAULT_BASE
) -> dict[str, tuple[Term, ...]]:
    """Return the terms of the parameters given, by variable.

    Shape: ``given`` has the values that a person typed by name of parameter; several mean any of them.
    Raises: QueryError for a parameter that the question lacks; as ``names.term_of``.
    """
    if not given:
        return {}
    from discograph.query.names import term_of

    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            takes = f"it takes {', '.join(f'--{other}' for other in known)}" if known else "it takes none"
            raise QueryError(f"{question.name}: no parameter --{name}; {takes}")
    return {
        known[name].variable: tuple(dict.fromkeys(term_of(dataset, known[name], text, base_iri) for text in typed))
        for name, typed in given.items()
    }


def answer(
    dataset: Dataset,
    question: Question,
    given: Mapping[str, Sequence[str]] | None = None,
    *,
    base_iri: str = DEFAULT_BASE,
) -> Result:
    """Return what a question gives, its parameters bound as terms.

    Raises: QueryError, with ``name:line:column`` for a syntax error; as ``bound_terms``.
    """
    terms = bound_terms(dataset, question, given or {}, base_iri)
    if question.walk is not None:
        return walk(dataset, question.sparql, question.walk, terms, name=question.name, base_iri=base_iri)
    return dataset.run(bind(question.sparql, terms), name=question.name, base_iri=base_iri)

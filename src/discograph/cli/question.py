"""What the arguments of ``discograph query`` ask: a question, values of its parameters, and sources."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from discograph.errors import QueryError
from discograph.query import Parameter, Question, find, question_of, read_parameters
from discograph.query.near import near
from discograph.query.sources import is_endpoint

SOURCE_VARIABLE = "DISCOGRAPH_SOURCE"
"""Environment variable with the source to ask where the command line names none."""

HOW = "for example: discograph query who-plays-what seeds"
_QUERY_SUFFIXES = (".rq", ".sparql")

Given = dict[str, list[str]]
"""Values as they were typed, by name of parameter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the values of its parameters, and the sources to ask: paths, or one address."""

    question: Question
    given: Given
    sources: tuple[str, ...]


def read_arguments(arguments: Sequence[str], expression: str | None) -> Asked:
    """Return what the arguments that are no options of the command ask.

    Shape: ``--name value`` and ``--name=value`` are values of parameters, wherever they stand; of the rest,
    the first is a name or a file, unless there is an ``expression``.
    Raises: click.UsageError for what is missing or unknown; QueryError for a file or a name that is not there.
    """
    given, rest = _values(arguments)
    if expression is not None:
        question = Question("query", expression, read_parameters(expression, Path("query")))
    else:
        question, rest = _question(rest)
    _check(question, given)
    return Asked(question, given, _sources(rest))


def _values(arguments: Sequence[str]) -> tuple[Given, list[str]]:
    given: Given = {}
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if not argument.startswith("--") or len(argument) == 2:
            rest.append(argument)
            continue
        name, equals, value = argument[2:].partition("=")
        if not equals:
            value = next(left, "")
            if not value:
                raise click.UsageError(f"--{name}: no value")
        given.setdefault(name, []).append(value)
    return given, rest


def _question(arguments: Sequence[str]) -> tuple[Question, list[str]]:
    """Return the question and what follows it. A named one is looked up before anything is opened."""
    if not arguments:
        raise click.UsageError(f"no query: give a name, a file or -e SPARQL; {HOW}")
    first, rest = arguments[0], list(arguments[1:])
    path = Path(first)
    if path.suffix in _QUERY_SUFFIXES:
        sparql = _read(path)
        return Question(first, sparql, read_parameters(sparql, path)), rest
    if is_endpoint(first) or (path.exists() and not rest):
        raise click.UsageError(f"no query: {first} is a source; {HOW}")
    return question_of(find(first)), rest


def _check(question: Question, given: Given) -> None:
    """Refuse options that neither the command nor the question has."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name in known:
            continue
        of_command = [p.opts[-1] for p in click.get_current_context().command.params if p.opts[-1].startswith("--")]
        others = near(f"--{name}", [*of_command, *(f"--{other}" for other in known)], most=2)
        hint = f"; did you mean {' or '.join(others)}?" if others else ""
        takes = described(question.parameters) or "no parameters"
        raise click.UsageError(f"no such option: --{name}{hint} This question takes {takes}.")


def described(parameters: Sequence[Parameter]) -> str:
    """Return parameters as a line: names, and the default of each that has one."""
    shown = [f"--{p.name}{f' ({p.default})' if p.default else ''}" for p in parameters]
    return ", ".join(shown)


def _sources(arguments: Sequence[str]) -> tuple[str, ...]:
    if not arguments and (source := os.environ.get(SOURCE_VARIABLE)):
        return (source,)
    if not arguments:
        raise click.UsageError(f"no SOURCE: say which documents, graph files, store or endpoint to ask; {HOW}")
    if len(arguments) > 1 and any(map(is_endpoint, arguments)):
        raise click.UsageError("an endpoint is asked alone; name no other SOURCE beside it")
    return tuple(arguments)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error

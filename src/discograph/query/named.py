"""Queries by name: ``.rq`` files that travel with discograph, each with a header that says what it asks.

#+ summary: Who plays which instrument
#+ question: Who plays on each track, and on what?
#+ number: 12
#+ parameter: album album The album
SELECT … { VALUES ?album { UNDEF } … }
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from discograph.errors import QueryError
from discograph.query import scan
from discograph.query.near import near
from discograph.query.parameters import Parameter, read_parameter
from discograph.resources import resource

_FOLDERS = ("queries/questions", "queries/corpus", "queries/lookups", "queries/tables")
_KEYS = ("summary", "question", "number", "walk", "parameter")
_NAME = re.compile(r"[\w-]+")
_HEADER = re.compile(r"([^:]*?)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One ready-made query; its name is the stem of its file.

    ``sparql`` is the whole text of the file, so that line numbers in messages are those of the file.
    ``question`` is the competency question that it answers and ``number`` that question's, where it has one.
    ``walk`` names two parameters: the query is one step of a chain from the first to the second
    (``discograph.query.walk``).
    """

    name: str
    path: Path
    summary: str
    sparql: str
    question: str | None = None
    number: int | None = None
    parameters: tuple[Parameter, ...] = ()
    walk: tuple[str, str] | None = None


def all_named(folders: Sequence[Path] | None = None) -> tuple[NamedQuery, ...]:
    """Return the named queries of the folders (None: discograph's own).

    Shape: by number; those without one come last, by name.
    Raises: QueryError if a file breaks the rules of the header or two files have one name.
    """
    found: dict[str, NamedQuery] = {}
    for folder in _folders(folders):
        for path in sorted(folder.glob("*.rq")):
            query = read_named(path)
            if query.name in found:
                raise QueryError(f"{path}: {found[query.name].path} has the same name; rename one")
            found[query.name] = query
    return tuple(sorted(found.values(), key=lambda query: (query.number is None, query.number or 0, query.name)))


def find(name: str, folders: Sequence[Path] | None = None) -> NamedQuery:
    """Return the query of a name.

    Raises: QueryError with near names if there is none; as ``all_named``.
    """
    for folder in _folders(folders) if _NAME.fullmatch(name) else ():
        if (path := folder / f"{name}.rq").is_file():
            return read_named(path)
    known = {query.name: query for query in all_named(folders)}
    others = near(name, known, cutoff=0.5)
    hint = f"did you mean {', '.join(others)}?" if others else "`discograph query --list` shows the names"
    raise QueryError(f"no query is named {name!r}; {hint}")


def _folders(folders: Sequence[Path] | None) -> Sequence[Path]:
    return [resource(name) for name in _FOLDERS] if folders is None else folders


def read_named(path: Path) -> NamedQuery:
    """Return the named query of a file.

    Shape: header lines ``#+ key: value`` stand first, one for each key but ``parameter``; ``summary`` is
    required, ``question`` and ``number`` (1 or more) are not; a query follows.
    Raises: QueryError with ``file:line`` for a key that is unknown, repeated, empty, missing or late.
    """
    text = path.read_text(encoding="utf-8")
    values, declared = _read_header(text, path)
    if "summary" not in values:
        raise QueryError(f"{path}:1: no summary; begin with a line '#+ summary: …'")
    parameters = _parameters(declared, text, path)
    return NamedQuery(
        path.stem,
        path,
        values["summary"],
        text,
        values.get("question"),
        int(values["number"]) if "number" in values else None,
        parameters,
        _walk(values["walk"], parameters, path) if "walk" in values else None,
    )


def read_parameters(text: str, path: Path) -> tuple[Parameter, ...]:
    """Return the parameters that a query of the user's declares; other headers are nobody's business here.

    Raises: QueryError with ``file:line`` for a parameter that is malformed, or has no slot.
    """
    lines = enumerate(text.splitlines(), start=1)
    matches = ((number, _HEADER.fullmatch(line[2:].strip())) for number, line in lines if line.startswith("#+"))
    return _parameters([(number, m[2]) for number, m in matches if m and m[1] == "parameter"], text, path)


def _read_header(text: str, path: Path) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return the header's values by key, and its parameters with their lines."""
    values: dict[str, str] = {}
    declared: list[tuple[int, str]] = []
    has_begun = False
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{path}:{number}"
        if line.startswith("#+"):
            if has_begun:
                raise QueryError(f"{where}: header lines stand before the query; move this one up")
            key, value = _header(line, where)
            if key == "parameter":
                declared.append((number, value))
            elif key in values:
                raise QueryError(f"{where}: {key!r} is given twice; keep one")
            else:
                values[key] = value
        elif line.strip() and not line.startswith("#"):
            has_begun = True
    if not has_begun and "summary" in values:
        raise QueryError(f"{path}:1: no query after the header")
    return values, declared


def _parameters(declared: Sequence[tuple[int, str]], text: str, path: Path) -> tuple[Parameter, ...]:
    found = scan.slots(scan.tokens(text)) if declared else []
    result: dict[str, Parameter] = {}
    for number, value in declared:
        parameter = read_parameter(value, f"{path}:{number}", text, found)
        if parameter.name in result:
            raise QueryError(f"{path}:{number}: the parameter {parameter.name!r} is there twice; keep one")
        result[parameter.name] = parameter
    return tuple(result.values())


def _walk(value: str, parameters: Sequence[Parameter], path: Path) -> tuple[str, str]:
    names = value.split()
    if len(names) != 2 or not {*names} <= {parameter.name for parameter in parameters}:
        raise QueryError(f"{path}:1: expected '#+ walk: start goal' with two parameters of the query, got {value!r}")
    return names[0], names[1]


def _header(line: str, where: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(line[2:].strip())
    if match is None or match[1] not in _KEYS or not match[2]:
        raise QueryError(f"{where}: expected '#+ key: value' with a key of {', '.join(_KEYS)}, got {line!r}")
    if match[1] == "number" and not re.fullmatch("[1-9][0-9]*", match[2]):
        raise QueryError(f"{where}: a number is a whole number from 1, got {match[2]!r}")
    return match[1], match[2]

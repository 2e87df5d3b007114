"""Queries by name: ``.rq`` files that travel with discograph, each with a header that says what it asks.

#+ summary: Who plays which instrument
#+ question: Who plays on each track, and on what?
#+ number: 12
SELECT …
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from discograph.errors import QueryError
from discograph.resources import resource

_FOLDERS = ("queries/questions", "queries/tables")
_KEYS = ("summary", "question", "number")
_HEADER = re.compile(r"#\+\s*([^:]*?)\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One ready-made query; its name is the stem of its file.

    ``sparql`` is the whole text of the file, so that line numbers in messages are those of the file.
    ``question`` is the competency question that it answers and ``number`` that question's, where it has one.
    """

    name: str
    path: Path
    summary: str
    sparql: str
    question: str | None = None
    number: int | None = None


def all_named(folders: Sequence[Path] | None = None) -> tuple[NamedQuery, ...]:
    """Return the named queries of the folders (None: discograph's own).

    Shape: by number; those without one come last, by name.
    Raises: QueryError if a file breaks the rules of the header or two files have one name.
    """
    found: dict[str, NamedQuery] = {}
    for folder in [resource(name) for name in _FOLDERS] if folders is None else folders:
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
    known = {query.name: query for query in all_named(folders)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`discograph query --list` shows the names"
    raise QueryError(f"no query is named {name!r}; {hint}")


def read_named(path: Path) -> NamedQuery:
    """Return the named query of a file.

    Shape: header lines ``#+ key: value`` stand first, one for each key; ``summary`` is required,
    ``question`` and ``number`` (1 or more) are not; a query follows.
    Raises: QueryError with ``file:line`` for a key that is unknown, repeated, empty, missing or late.
    """
    text = path.read_text(encoding="utf-8")
    values: dict[str, str] = {}
    has_begun = False
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{path}:{number}"
        if line.startswith("#+"):
            if has_begun:
                raise QueryError(f"{where}: header lines stand before the query; move this one up")
            key, value = _header(line, where)
            if key in values:
                raise QueryError(f"{where}: {key!r} is given twice; keep one")
            values[key] = value
        elif line.strip() and not line.startswith("#"):
            has_begun = True
    if "summary" not in values:
        raise QueryError(f"{path}:1: no summary; begin with a line '#+ summary: …'")
    if not has_begun:
        raise QueryError(f"{path}:1: no query after the header")
    asked = values.get("number")
    return NamedQuery(
        path.stem,
        path,
        values["summary"],
        text,
        values.get("question"),
        None if asked is None else int(asked),
    )


def _header(line: str, where: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(line)
    if match is None or match[1] not in _KEYS or not match[2]:
        raise QueryError(f"{where}: expected '#+ key: value' with a key of {', '.join(_KEYS)}, got {line!r}")
    if match[1] == "number" and not re.fullmatch("[1-9][0-9]*", match[2]):
        raise QueryError(f"{where}: a number is a whole number from 1, got {match[2]!r}")
    return match[1], match[2]

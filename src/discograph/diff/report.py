"""Differences as text for people, Markdown for comments, and JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from discograph.diff.change import Change, Difference, Kind, State
from discograph.provenance import Evidence

_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~"}
_COLOURS = {Kind.ADDED: "\x1b[32m", Kind.REMOVED: "\x1b[31m", Kind.CHANGED: "\x1b[33m"}
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_ELSEWHERE = "of no one album"
# What would be read as markup; GitHub's own marks (@name, #12, ~~) among them.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~@!&])")


def as_text(difference: Difference, *, is_styled: bool = False, with_places: bool = False) -> str:
    """Return the changes as lines: the album, below it ``+``, ``-`` or ``~`` and what changed; "" if nothing did."""
    lines = []
    for album, changes in _by_album(difference):
        lines.append(f"{_BOLD}{album}{_END}" if is_styled else album)
        lines += [_line(change, is_styled, with_places) for change in changes]
        lines.append("")
    return "\n".join([*lines, summary(difference), ""]) if lines else ""


def as_markdown(difference: Difference, *, with_places: bool = False) -> str:
    """Return the changes as Markdown: a heading for each album and a list."""
    if not difference.changes:
        return "No difference.\n"
    lines = []
    for album, changes in _by_album(difference):
        lines += [f"### {_escaped(album)}", ""]
        for change in changes:
            where = f" (`{_place(change)}`)" if with_places and _place(change) else ""
            lines.append(f"- **{change.kind}:** {_escaped(change.text)}{where}")
        lines.append("")
    return "\n".join([*lines, f"{summary(difference)}.", ""])


def as_json(difference: Difference, *, old: str, new: str) -> str:
    """Return the changes as JSON; ``old`` and ``new`` are what was compared, as it was named."""
    value = {
        "old": old,
        "new": new,
        "summary": {str(kind): difference.count(kind) for kind in Kind},
        "manners_compared": difference.has_manners,
        "albums": [
            {"album": None if album == _ELSEWHERE else album, "changes": [_change(change) for change in changes]}
            for album, changes in _by_album(difference)
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def summary(difference: Difference) -> str:
    """Return one line such as ``3 changes: 1 added, 2 changed``."""
    total = len(difference.changes)
    parts = (f"{number} {kind}" for kind in Kind if (number := difference.count(kind)))
    return f"{total} change{'s' * (total != 1)}: {', '.join(parts)}" if total else "no difference"


def _by_album(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    key: Callable[[Change], tuple[bool, str]] = lambda change: (not change.album, change.album)  # noqa: E731
    for (_, album), changes in groupby(sorted(difference.changes, key=key), key=key):
        yield album or _ELSEWHERE, list(changes)


def _line(change: Change, is_styled: bool, with_places: bool) -> str:
    text = f"{_SIGNS[change.kind]} {change.text}"
    place = f"  ({_place(change)})" if with_places and _place(change) else ""
    if not is_styled:
        return f"  {text}{place}"
    return f"  {_COLOURS[change.kind]}{text}{_END}" + (f"{_DIM}{place}{_END}" if place else "")


def _place(change: Change) -> str:
    """Return where the new side says it, else the old."""
    found = (state.evidence for state in (change.new, change.old) if state and state.evidence)
    evidence = next(found, None)
    return f"{evidence.name}:{evidence.line}:{evidence.column}" if evidence else ""


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _change(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": str(change.kind),
        "class": change.class_name,
        "thing": change.thing,
        "property": change.property or None,
        "old": _state(change.old),
        "new": _state(change.new),
        "text": change.text,
    }
    if change.facts:
        found["facts"] = [{"property": name, "value": value} for name, value in change.facts]
    return found


def _state(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "value": state.text,
        "iri": state.node.value if state.node else None,
        "manner": state.manner or None,
        "evidence": _evidence(state.evidence),
    }


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {"file": evidence.name, "line": evidence.line, "column": evidence.column, "quote": evidence.quote}

"""Tables of players: "Musician | Instrument | Tracks" in the personnel section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from discograph.document import Table, Text
from discograph.errors import ValueParseError
from discograph.extractors.credit_parts import Function, functions, named, singular
from discograph.lexicon import concept
from discograph.records import CreditRecord, Rule, Said, TrackScope, quoted, say
from discograph.values.track_scopes import parse_track_scope

TABLE = Rule("personnel-table", "a row of a table with a column of names and one of instruments or roles")
RULES = (TABLE,)

_HEADS = {
    "name": r"(?:musician|name|performer|artist|player|member|contributor|credit|personnel|person)(?:s|\(s\))?",
    "job": r"(?:instrument|role|function|credit|contribution|part|position|instrumentation)(?:s|\(s\))?"
    r"|instruments? ?(?:/|and|&) ?roles?|roles? ?(?:/|and|&) ?instruments?",
    "tracks": r"tracks?|track(?:\(s\)| numbers?| nos?\.?)|songs?|on tracks?",
}
_ROLE = {role: re.compile(rf"(?:{pattern})\Z", re.IGNORECASE) for role, pattern in _HEADS.items()}
_NOBODY = re.compile(r"\W*\Z|(?:unknown|uncredited|various|unidentified|n/?a)\b", re.IGNORECASE)


def rows_of(table: Table) -> Iterator[CreditRecord]:
    """Yield the credits of a table; one without both columns has none."""
    if not table.rows:
        return
    columns = _columns(table.rows[0])
    if not {"name", "job"} <= columns.keys():
        return
    for row in table.rows[1:]:
        cells = {role: row[at] for role, at in columns.items() if at < len(row) and row[at]}
        if {"name", "job"} <= cells.keys() and any(map(_is_known, functions(cells["job"]))):
            yield from _credits(cells)


def _is_known(function: Function) -> bool:
    """Tell whether a function is an instrument or role of the lists, and not a total or a remark."""
    name = function.words or function.text.value
    return any(concept(scheme, form) for scheme in ("instrument", "role") for form in (name, name.removesuffix("s")))


def _columns(head: tuple[Text, ...]) -> dict[str, int]:
    """Return the column of each sort; "Credit" beside "Name" is a job, beside "Role" a name."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        role = next((role for role, p in _ROLE.items() if role not in found and p.match(cell.value)), None)
        if role:
            found[role] = at
    return found


def _credits(cells: Mapping[str, Text]) -> Iterator[CreditRecord]:
    people = [name for name in named(cells["name"]) if not _NOBODY.match(name.text.value)]
    of_row = _scope(cells["tracks"]) if "tracks" in cells else None
    for name in people:
        for part in functions(cells["job"]):
            words = part.words or part.text.value
            yield CreditRecord(
                Said(None, (*quoted(name.text, TABLE).evidence, *quoted(part.text, TABLE).evidence)),
                quoted(name.text, TABLE),
                quoted(part.text, TABLE).of(singular(words) if len(people) > 1 else words),
                (_scope(part.qualifier) if part.qualifier else None) or of_row,
            )


def _scope(text: Text) -> Said[TrackScope] | None:
    try:
        scope = parse_track_scope(text.value)
    except ValueParseError:
        return None
    return say(scope, text, TABLE) if scope else None

"""Parameters of a query: declared in its header, bound as terms in the query's own VALUES.

#+ parameter: album album The album
SELECT … { VALUES ?album { UNDEF } … }

The slot ``VALUES ?album { … }`` holds the default; ``UNDEF`` lets the variable be anything. So the file is
a whole query that any engine runs, and binding a parameter changes nothing but what stands in its slots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discograph.errors import QueryError
from discograph.namespaces import SCHEMES
from discograph.query import scan
from discograph.query.solutions import Term
from discograph.query.terms import written
from discograph.vocab import DG

CLASSES = {
    "agent": (DG.Person, DG.Ensemble, DG.Agent),
    "album": (DG.Album,),
    "ensemble": (DG.Ensemble,),
    "film": (DG.Film,),
    "label": (DG.Label,),
    "person": (DG.Person,),
    "place": (DG.Place, DG.Studio, DG.Venue),
    "studio": (DG.Studio,),
}
"""Kinds of parameters that name a thing, with the classes of that thing."""

KINDS = (*CLASSES, *(scheme for scheme in SCHEMES if scheme not in CLASSES), "integer", "text")
"""What a parameter may be: a thing, a concept of a scheme, or a literal."""

_HEADER = re.compile(r"([a-z][a-z0-9-]*)\s+([a-z-]+)\s+(\S.*)")
HEADER_FORM = "'#+ parameter: name kind what it is'"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name (``--name`` at the prompt), one of ``KINDS``, and what it is, in words.

    ``default`` is what its slot holds as SPARQL text, None where it may be anything.
    """

    name: str
    kind: str
    text: str
    default: str | None = None

    @property
    def variable(self) -> str:
        """The variable that it binds, without its question mark."""
        return self.name.replace("-", "_")


def read_parameter(value: str, where: str, sparql: str, found: Sequence[scan.Slot]) -> Parameter:
    """Return the parameter of a header line ``#+ parameter: VALUE``.

    Raises: QueryError that begins with ``where`` if the line has another form or the query no slot for it.
    """
    match = _HEADER.fullmatch(value)
    if match is None or match[2] not in KINDS:
        raise QueryError(f"{where}: expected {HEADER_FORM} with a kind of {', '.join(KINDS)}, got {value!r}")
    parameter = Parameter(match[1], match[2], match[3])
    slot = next((slot for slot in found if slot.name == parameter.variable), None)
    if slot is None:
        raise QueryError(f"{where}: the query has no 'VALUES ?{parameter.variable} {{ UNDEF }}' to bind it in")
    default = None if slot.is_open else sparql[slot.start : slot.end].strip()
    return Parameter(match[1], match[2], match[3], default)


def bind(sparql: str, values: Mapping[str, Sequence[Term]]) -> str:
    """Return a query in which the slots of variables hold the terms given, and nothing else has changed.

    Shape: variables without their question marks; several terms mean any of them. No slot is no error.
    Raises: QueryError as ``terms.written``, and for a variable with no term.
    """
    parts, end = [], 0
    for slot in scan.slots(scan.tokens(sparql)):
        if slot.name not in values:
            continue
        if not values[slot.name]:
            raise QueryError(f"no value for ?{slot.name}")
        parts += [sparql[end : slot.start], f" {' '.join(map(written, values[slot.name]))} "]
        end = slot.end
    return "".join([*parts, sparql[end:]])

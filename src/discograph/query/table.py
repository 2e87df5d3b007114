"""Rows as aligned plain text for people; the other formats are for programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query.solutions import Rows, Term
from discograph.rdf import Literal, NamedNode, Triple
from discograph.vocab import XSD

_GAP = "  "
_NARROWEST = 8
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LOCAL = re.compile(r"[\w.-]+")
_NUMBERS = frozenset({XSD.integer, XSD.decimal})


def table(result: Rows, *, base_iri: str = DEFAULT_BASE, width: int | None = None) -> str:
    """Return rows as a header, a rule and one line for each solution.

    Shape: columns of numbers stand right. IRIs are written with a prefix or as their path below
    ``base_iri``, literals without quotes, datatype and language, control characters as escapes.
    Units: ``width`` in terminal columns, where wide characters take two; with it, the widest columns are
    cut with ``…`` until a line fits or no column may get narrower.
    """
    prefixes = prefix_table(base_iri)
    cells = [[_cell(term, prefixes, base_iri) for term in row] for row in result.rows]
    columns = list(zip(*cells, strict=True)) if cells else [() for _ in result.variables]
    widths = [max(map(display_width, (name, *column))) for name, column in zip(result.variables, columns, strict=True)]
    if width is not None:
        _shrink(widths, width)
    right = [_is_numeric([row[index] for row in result.rows]) for index in range(len(widths))]
    lines = [result.variables, ["-" * size for size in widths], *cells]
    return "".join(f"{_line(line, widths, right)}\n" for line in lines)


def display_width(text: str) -> int:
    """Return the columns that a terminal takes for a text: 2 for a wide character, 0 for a combining one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def short_iri(iri: NamedNode, base_iri: str = DEFAULT_BASE) -> str:
    """Return an IRI with a prefix that queries know without declaring it, else in angle brackets.

    >>> short_iri(NamedNode("https://w3id.org/discograph/id/person/miles-davis"))
    'person:miles-davis'
    """
    return _curie(iri.value, prefix_table(base_iri)) or f"<{iri.value}>"


def _curie(iri: str, prefixes: dict[str, str]) -> str | None:
    """Return an IRI as SPARQL reads it with a prefix; None where none fits."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _cell(term: Term | None, prefixes: dict[str, str], base_iri: str) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return _short(term.value, prefixes, base_iri)
    if isinstance(term, Triple):
        return f"<<( {' '.join(_cell(part, prefixes, base_iri) for part in term)} )>>"
    text = term.value if isinstance(term, Literal) else str(term)
    return _CONTROL.sub(lambda match: ascii(match.group())[1:-1], text)


def _short(iri: str, prefixes: dict[str, str], base_iri: str) -> str:
    """Return ``dg:Album``, or the path below the base (``album/…/track/1``), or the IRI itself."""
    if curie := _curie(iri, prefixes):
        return curie
    path = iri.removeprefix(base_iri)
    return iri if path in ("", iri) else path.removeprefix("id/")


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(isinstance(term, Literal) and term.datatype in _NUMBERS for term in bound)


def _shrink(widths: list[int], limit: int) -> None:
    """Narrow the widest column by one until all fit beside each other."""
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - limit
    while excess > 0 and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
        excess -= 1


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, size, is_right in zip(cells, widths, right, strict=True):
        text = _cut(cell, size)
        space = " " * (size - display_width(text))
        padded.append(space + text if is_right else text + space)
    return _GAP.join(padded).rstrip()


def _cut(text: str, size: int) -> str:
    if display_width(text) <= size:
        return text
    kept, used = [], 0
    for character in text:
        used += _columns(character)
        if used > size - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"

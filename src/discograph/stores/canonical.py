"""One spelling for each value, and the digest of a graph in which it is spelt so.

Stores change lexical forms: Oxigraph writes ``1.10`` as ``1.1``, Virtuoso ``01`` as ``1``, Jena ``1.0E2`` as
``100.0e0``. So graphs are written in canonical forms and compared in them, which is comparing by value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from discograph.rdf import Literal, NamedNode, Quad

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_FLOATS = frozenset((_XSD + "double", _XSD + "float"))
_BOOLEANS = {"1": "true", "0": "false"}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_FLOAT = re.compile(_DECIMAL.pattern + r"(?:[eE][+-]?[0-9]+)?")
# Text of a line that may hold a literal in another than its canonical form; whole numbers, which are most, are
# looked at here, the rest by ``canonical``.
_SUSPECT = re.compile(
    rb"\^\^<http://www\.w3\.org/2001/XMLSchema#(?!string>|date>|integer>|gYear>|gYearMonth>|anyURI>)"
    rb'|"(?!(?:0|-?[1-9][0-9]*)")[^"]*"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>'
)


def may_differ(text: bytes) -> bool:
    """Whether N-Triples text may hold a literal whose canonical form is another; never False if it does."""
    return _SUSPECT.search(text) is not None


def canonical(term: object) -> object:
    """Return a literal in the canonical form of its value, and any other term as it is.

    Shape: whole numbers lose signs and zeros that say nothing, and become ``xsd:integer`` as Oxigraph makes
    them; decimals, doubles and booleans have one form. What is not of its datatype stays as it is.
    Source: XML Schema 1.1 part 2, Datatypes, E.

    >>> canonical(Literal("+007", datatype=NamedNode(_XSD + "integer")))
    <Literal value=7 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    >>> canonical(Literal("+007"))
    <Literal value=+007 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>
    """
    if not isinstance(term, Literal) or term.language:
        return term
    datatype, value = term.datatype.value, term.value.strip()
    form: str | None = None
    if datatype in _INTEGERS and _INTEGER.fullmatch(value):
        datatype, form = _XSD + "integer", _whole(value)
    elif datatype == _XSD + "decimal":
        form = _decimal(value)
    elif datatype in _FLOATS:
        form = _float(value)
    elif datatype == _XSD + "boolean":
        form = _BOOLEANS.get(value, value)
    return term if form is None else Literal(form, datatype=NamedNode(datatype))


def _whole(value: str) -> str:
    # Not int(): it refuses very long ones.
    digits = value.lstrip("+-").lstrip("0") or "0"
    return f"-{digits}" if value.startswith("-") and digits != "0" else digits


def _decimal(value: str) -> str | None:
    if not _DECIMAL.fullmatch(value):
        return None
    whole, _, part = value.lstrip("+-").partition(".")
    form = (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if part.rstrip("0") else "")
    return f"-{form}" if value.startswith("-") and form != "0" else form


def _float(value: str) -> str | None:
    if value in ("INF", "+INF", "-INF", "NaN"):
        return value.removeprefix("+")
    return repr(float(value)) if _FLOAT.fullmatch(value) else None


def canonical_quad(quad: Quad) -> Quad:
    """Return a quad whose object is in canonical form."""
    return Quad(quad.subject, quad.predicate, canonical(quad.object), quad.graph_name)  # type: ignore[arg-type]


def digest(lines: Iterable[bytes]) -> str:
    """Return the SHA-256, as 64 hex digits, of a graph given as sorted N-Triples lines without their dots.

    It is that of the graph's canonical N-Triples file: one triple a line, sorted by code points.
    """
    return hashlib.sha256(as_text(lines, b" .\n")).hexdigest()


def as_text(lines: Iterable[bytes], end: bytes) -> bytes:
    """Return lines as one text, each with an end; a million of them in a tenth of a second."""
    return end.join((*lines, b""))


def line_of(quad: Quad) -> bytes:
    """Return the triple of a quad as a line of N-Triples in UTF-8, without its dot."""
    return str(quad.triple).encode()

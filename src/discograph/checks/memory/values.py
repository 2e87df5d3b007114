"""RDF terms as Python values, and the operators and functions of SPARQL on them.

Shape: a simple literal is a ``str``, xsd:integer an ``int``, xsd:decimal a ``Decimal``, xsd:boolean a ``bool``,
xsd:date without time zone a ``date``; other terms stay terms. ``ValueFaultError`` is SPARQL's type error.
``UnsureError`` says that this module does not know: then the store runs the query, and both engines agree.
Source: SPARQL 1.1 Query Language, section 17.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from discograph.checks.finding import Term
from discograph.rdf import BlankNode, Literal, NamedNode
from discograph.vocab import XSD

XSD_NS = XSD.string.value.removesuffix("string")
_LEXICAL = {
    "boolean": re.compile(r"(?:true|false|0|1)\Z"),
    "integer": re.compile(r"[+-]?[0-9]+\Z"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
}
_LARGEST = 10**18
"""Beyond this the store's arithmetic overflows; ours would not."""


class ValueFaultError(Exception):
    """An expression has no value; a filter with it lets nothing pass."""


class UnsureError(Exception):
    """What the store would make of this is not known here."""


def native(term: Term) -> Any:
    """Return the value of a term; an ill-typed literal stays a literal."""
    if not isinstance(term, Literal):
        return term
    datatype, text = term.datatype.value, term.value
    if datatype == XSD.string.value:
        return text
    name = datatype.removeprefix(XSD_NS)
    lexical = _LEXICAL.get(name)
    if lexical is None or not lexical.match(text):
        return term
    if name == "boolean":
        return text in {"true", "1"}
    if name == "date":
        return _date(text, term)
    number: int | Decimal = int(text) if name == "integer" else Decimal(text)
    return number if -_LARGEST < number < _LARGEST else term


def _date(text: str, term: Term) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return term


def lexical_fits(term: Literal, name: str) -> bool:
    """Return whether a literal is well-formed for an XSD datatype, given by its local name. Raises: UnsureError."""
    if name in {"float", "double", "dateTime"}:
        raise UnsureError
    lexical = _LEXICAL[name]
    if not lexical.match(term.value):
        if name == "date":
            raise UnsureError  # it may have a time zone or a long year
        return False
    return name != "date" or isinstance(native(term), date)


def is_number(value: Any) -> bool:
    """Return whether a value is a number that this module counts with."""
    return type(value) is int or type(value) is Decimal


def truth(value: Any) -> bool:
    """Return the effective boolean value."""
    if type(value) is bool or type(value) is str or is_number(value):
        return bool(value)
    if isinstance(value, Literal):
        raise UnsureError
    raise ValueFaultError


def equal(left: Any, right: Any) -> bool:
    """Return whether two values are equal, as ``=`` asks."""
    if type(left) is str and type(right) is str:
        return left == right
    if is_number(left) and is_number(right):
        return bool(left == right)
    if isinstance(left, Literal) or isinstance(right, Literal):
        if isinstance(left, NamedNode | BlankNode) or isinstance(right, NamedNode | BlankNode):
            return False
        if isinstance(left, Literal) and isinstance(right, Literal) and left == right:
            return True
        raise UnsureError
    if type(left) is type(right):
        return bool(left == right)
    if isinstance(left, NamedNode | BlankNode) or isinstance(right, NamedNode | BlankNode):
        return False
    raise UnsureError


def less(left: Any, right: Any) -> bool:
    """Return whether the first value comes before the second, as ``<`` asks."""
    if type(left) is str and type(right) is str:
        return left < right
    if is_number(left) and is_number(right):
        return bool(left < right)
    if isinstance(left, NamedNode | BlankNode) or isinstance(right, NamedNode | BlankNode):
        raise ValueFaultError
    if isinstance(left, Literal) or isinstance(right, Literal):
        raise UnsureError
    if type(left) is not type(right):
        raise ValueFaultError
    return bool(left < right)


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": less,
    ">": lambda left, right: less(right, left),
    "<=": lambda left, right: not less(right, left),
    ">=": lambda left, right: not less(left, right),
}


def text_of(value: Any) -> str:
    """Return what STR gives."""
    if type(value) is str:
        return value
    if isinstance(value, NamedNode | Literal):
        return value.value
    if isinstance(value, BlankNode):
        raise ValueFaultError
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int or type(value) is date:
        return str(value)
    raise UnsureError


def plain(value: Any) -> str:
    """Return a simple literal, which string functions ask for."""
    if type(value) is str:
        return value
    if isinstance(value, Literal):
        raise UnsureError
    raise ValueFaultError


def number(value: Any) -> Any:
    """Return a number, which arithmetic asks for."""
    if is_number(value):
        return value
    if isinstance(value, Literal):
        raise UnsureError
    raise ValueFaultError


def _whole(value: Any) -> int:
    if type(value) is int:
        return value
    if type(value) is str and _LEXICAL["integer"].match(value) and abs(int(value)) < _LARGEST:
        return int(value)
    if type(value) is str and not value.strip(" \t\r\n").lstrip("+-").isdigit():
        raise ValueFaultError
    raise UnsureError


def _substring(text: Any, start: Any, length: Any = None) -> str:
    source, first = plain(text), _whole(start)
    if first < 1:
        raise UnsureError
    return source[first - 1 :] if length is None else source[first - 1 : first - 1 + max(0, _whole(length))]


@cache
def pattern(text: str, flags: str) -> re.Pattern[str]:
    """Return a pattern that means in Python what it means in the store. Raises: UnsureError if that is not sure."""
    if set(flags) - {"i", "s"} or re.search(r"&&|--|~~|\[\[|\\[^\[\]{}()*+?.|^$/\\sdwrnt-]|\(\?", text):
        raise UnsureError
    marks = (re.IGNORECASE if "i" in flags else 0) | (re.DOTALL if "s" in flags else 0)
    # a $ outside of a set is the very end, not also before a last line break
    ends = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", lambda m: r"\Z" if m[0] == "$" else m[0], text, flags=re.DOTALL)
    try:
        return re.compile(ends, marks)
    except re.error as error:
        raise UnsureError from error


def _regex(text: Any, expression: Any, flags: Any = "") -> bool:
    return pattern(plain(expression), plain(flags)).search(plain(text)) is not None


def _year(value: Any) -> int:
    if isinstance(value, date):
        return value.year
    raise UnsureError


def _now() -> Any:
    return datetime.now(UTC)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "STR": lambda v: v.isoformat() if isinstance(v, datetime) else text_of(v),
    "LCASE": lambda v: plain(v).lower(),
    "UCASE": lambda v: plain(v).upper(),
    "STRLEN": lambda v: len(plain(v)),
    "SUBSTR": _substring,
    "CONTAINS": lambda a, b: plain(b) in plain(a),
    "STRSTARTS": lambda a, b: plain(a).startswith(plain(b)),
    "STRENDS": lambda a, b: plain(a).endswith(plain(b)),
    "CONCAT": lambda *parts: "".join(map(plain, parts)),
    "REGEX": _regex,
    "ABS": lambda v: abs(number(v)),
    "ISIRI": lambda v: isinstance(v, NamedNode),
    "ISBLANK": lambda v: isinstance(v, BlankNode),
    "ISLITERAL": lambda v: not isinstance(v, NamedNode | BlankNode),
    "NOW": _now,
    "YEAR": _year,
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    f"<{XSD_NS}integer>": _whole,
}
"""Functions and operators whose arguments are all evaluated first."""


def is_numeric(value: Any) -> bool:
    """Return what isNUMERIC gives."""
    if isinstance(value, Literal) and value.datatype.value.startswith(XSD_NS):
        raise UnsureError
    return is_number(value)


FUNCTIONS["ISNUMERIC"] = is_numeric

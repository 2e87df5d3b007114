"""Constraint components that look at one value node, as SPARQL expressions that are true of a bad one.

The meaning of each is its definition in SHACL section 4. None may end in an error, since an error in a
FILTER passes silently.
"""

from __future__ import annotations

from collections.abc import Callable

from discograph.checks.shapes_graph import ShapesGraph, Value, local, sh
from discograph.rdf import Literal, NamedNode
from discograph.vocab import XSD

_XSD_NS = XSD.string.value.removesuffix("string")
_RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
CASTS = {_XSD_NS + name for name in ("boolean", "date", "dateTime", "decimal", "double", "float", "integer")}
_ANY_LEXICAL_FORM = {_XSD_NS + "string", _RDF_LANG_STRING}

ValueTest = Callable[[ShapesGraph, Value, Value, str], str]
"""Of a graph, the shape, the parameter's value and a variable: the expression true of a bad value."""


def _datatype(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
    iri = parameter.value if isinstance(parameter, NamedNode) else ""
    good = f"isLiteral({value}) && DATATYPE({value}) = <{iri}>"
    if iri in CASTS:  # an ill-typed literal does not conform; a cast that fails leaves COALESCE its default
        good += f" && COALESCE(isLiteral(<{iri}>(STR({value}))), false)"
    elif not iri or (iri.startswith(_XSD_NS) and iri not in _ANY_LEXICAL_FORM):
        raise graph.not_compiled(shape, f"no cast in SPARQL tests sh:datatype {parameter}")
    return f"!({good})"


_NODE_KINDS = {
    "IRI": ("isIRI",),
    "BlankNode": ("isBlank",),
    "Literal": ("isLiteral",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}


def _node_kind(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
    kinds = _NODE_KINDS.get(local(parameter))
    if kinds is None:
        raise graph.error(shape, f"sh:nodeKind {parameter} is not known; use one of {', '.join(_NODE_KINDS)}")
    return "!(" + " || ".join(f"{kind}({value})" for kind in kinds) + ")"


def _comparison(operator: str) -> ValueTest:
    def test(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
        return f"!COALESCE({value} {operator} {parameter}, false)"

    return test


def whole_number(graph: ShapesGraph, shape: Value, parameter: Value) -> int:
    """Return a parameter as a number from 0. Raises: ShapesError if it is not one."""
    if isinstance(parameter, Literal) and parameter.datatype == XSD.integer and parameter.value.isdecimal():
        return int(parameter.value)
    raise graph.error(shape, f"expected a whole number from 0, got {parameter}")


def _length(operator: str) -> ValueTest:
    def test(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
        limit = whole_number(graph, shape, parameter)
        return f"(isBlank({value}) || !(STRLEN(STR({value})) {operator} {limit}))"

    return test


def _pattern(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
    flags = graph.one(shape, sh("flags"))
    more = f", {flags}" if flags is not None else ""
    return f"(isBlank({value}) || !REGEX(STR({value}), {parameter}{more}))"


def _language_in(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
    ranges = graph.rdf_list(parameter, shape)
    matches = " || ".join(f"LANGMATCHES(LANG({value}), {tag})" for tag in ranges)
    return f"!(isLiteral({value}) && ({matches or 'false'}))"


def _in(graph: ShapesGraph, shape: Value, parameter: Value, value: str) -> str:
    members = graph.rdf_list(parameter, shape)
    return "!(" + (" || ".join(f"sameTerm({value}, {term})" for term in members) or "false") + ")"


VALUE_TESTS: dict[NamedNode, ValueTest] = {
    sh("datatype"): _datatype,
    sh("nodeKind"): _node_kind,
    sh("minExclusive"): _comparison(">"),
    sh("minInclusive"): _comparison(">="),
    sh("maxExclusive"): _comparison("<"),
    sh("maxInclusive"): _comparison("<="),
    sh("minLength"): _length(">="),
    sh("maxLength"): _length("<="),
    sh("pattern"): _pattern,
    sh("languageIn"): _language_in,
    sh("in"): _in,
}
"""Parameter to test, for every component that needs neither the graph nor another shape."""

"""Write what a query gives: one record per format, the same bytes on every run.

Sources: SPARQL 1.1 Query Results CSV and TSV Formats, SPARQL 1.1 Query Results JSON Format, SPARQL Query
Results XML Format. They are written here and not by the engine, because the engine abbreviates numbers
that it has changed, puts control characters into XML, and does not settle blank nodes. The modules that one
format alone needs are imported where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query.solutions import Answer, Result, Rows, Term, Triples
from discograph.query.table import table
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from discograph.vocab import XSD


@dataclass(frozen=True, slots=True)
class Format:
    """How one format is written: rows (and answers) or triples; None is what it cannot hold."""

    name: str
    rows: Callable[[Rows], str] | None = None
    answer: Callable[[bool], str] | None = None
    triples: RdfFormat | None = None


def write(result: Result, name: str | None = None, *, base_iri: str = DEFAULT_BASE, width: int | None = None) -> bytes:
    """Return a result in a format, as UTF-8.

    Shape: ``name`` is one of ``FORMATS``; None chooses ``turtle`` for triples and ``table`` for the rest.
    ``base_iri`` decides how IRIs are shortened; ``width`` (columns of a terminal; None: no limit)
    concerns the table only.
    Raises: QueryError if the format cannot hold the result, or XML a control character.
    """
    chosen = _BY_NAME[name or ("turtle" if isinstance(result, Triples) else "table")]
    if isinstance(result, Triples):
        if chosen.triples is None:
            raise _mismatch(chosen, "triples", [known.name for known in _FORMATS if known.triples])
        return serialize(result.triples, chosen.triples, _used_prefixes(result, base_iri))
    if isinstance(result, Rows) and chosen.name == "table":
        return table(result, base_iri=base_iri, width=width).encode()
    if chosen.rows is None or chosen.answer is None:
        kind = "rows" if isinstance(result, Rows) else "an answer"
        raise _mismatch(chosen, kind, [known.name for known in _FORMATS if known.rows])
    return (chosen.answer(result.value) if isinstance(result, Answer) else chosen.rows(result)).encode()


def _used_prefixes(result: Triples, base_iri: str) -> dict[str, str]:
    terms = {term for triple in result.triples for term in triple}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for term in terms if isinstance(term, Literal) and _literal_attributes(term)}
    table = prefix_table(base_iri)
    return {name: namespace for name, namespace in table.items() if any(iri.startswith(namespace) for iri in iris)}


def _mismatch(chosen: Format, kind: str, able: list[str]) -> QueryError:
    return QueryError(f"{chosen.name} cannot hold {kind}, which this query gives; use {', '.join(able)}")


def _plain_answer(value: bool) -> str:
    return "true\n" if value else "false\n"


def _csv(result: Rows) -> str:
    lines = [result.variables, *(tuple(_csv_value(term) for term in row) for row in result.rows)]
    return "".join(",".join(map(_csv_field, line)) + "\r\n" for line in lines)


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Triple):
        return " ".join(map(_csv_value, term))  # as Oxigraph does; the format has no word for it
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _csv_field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def _tsv(result: Rows) -> str:
    head = "\t".join(f"?{name}" for name in result.variables)
    lines = ("\t".join("" if term is None else _tsv_term(term) for term in row) for row in result.rows)
    return "".join(f"{line}\n" for line in (head, *lines))


# The lexical forms that Turtle reads as a literal of the datatype without quotes.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _tsv_term(term: Term) -> str:
    if isinstance(term, Triple):
        return f"<<( {' '.join(map(_tsv_term, term))} )>>"
    if not isinstance(term, Literal):
        return str(term)
    bare = _BARE.get(term.datatype)
    if bare is not None and bare.fullmatch(term.value):
        return term.value
    quoted = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD.string else f"{quoted}^^{term.datatype}"


def _json(result: Rows) -> str:
    def binding(row: tuple[Term | None, ...]) -> str:
        bound = zip(result.variables, row, strict=True)
        return _dump({name: _json_term(term) for name, term in bound if term is not None})

    head = _dump({"vars": result.variables})
    rows = ",".join(f"\n{binding(row)}" for row in result.rows)
    return f'{{"head":{head},"results":{{"bindings":[{rows}\n]}}}}\n'


def _json_answer(value: bool) -> str:
    return _dump({"head": {}, "boolean": value}) + "\n"


def _dump(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        return {"type": "literal", "value": term.value, **_literal_attributes(term)}
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts}}


def _literal_attributes(term: Literal) -> dict[str, str]:
    if term.language:
        return {"xml:lang": term.language}
    return {} if term.datatype == XSD.string else {"datatype": term.datatype.value}


_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _xml(result: Rows) -> str:
    head = "".join(f"<variable name={_attribute(name)}/>" for name in result.variables)
    rows = "".join(f"<result>{''.join(_xml_bindings(result.variables, row))}</result>\n" for row in result.rows)
    text = f"{_XML_HEAD}<head>{head}</head>\n<results>\n{rows}</results>\n</sparql>\n"
    control = _NOT_XML.search(text)
    if control is not None:
        raise QueryError(f"XML cannot hold the character U+{ord(control.group()):04X} of a literal; use json or tsv")
    return text


def _text(value: str) -> str:
    """Return text of an element; a carriage return would be read as a line feed."""
    from html import escape

    return escape(value, quote=False).replace("\r", "&#13;")


def _attribute(value: str) -> str:
    """Return an attribute's value in its quotation marks; xml.sax's own would cost a tenth of a start."""
    from html import escape

    return f'"{escape(value)}"'


def _xml_answer(value: bool) -> str:
    return f"{_XML_HEAD}<head/>\n<boolean>{str(value).lower()}</boolean>\n</sparql>\n"


def _xml_bindings(variables: tuple[str, ...], row: tuple[Term | None, ...]) -> Iterator[str]:
    for name, term in zip(variables, row, strict=True):
        if term is not None:
            yield f"<binding name={_attribute(name)}>{_xml_term(term)}</binding>"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode | BlankNode):
        tag = "uri" if isinstance(term, NamedNode) else "bnode"
        return f"<{tag}>{_text(term.value)}</{tag}>"
    if isinstance(term, Literal):
        attributes = "".join(f" {name}={_attribute(value)}" for name, value in _literal_attributes(term).items())
        return f"<literal{attributes}>{_text(term.value)}</literal>"
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"


_FORMATS = (
    Format("table", rows=table, answer=_plain_answer),
    Format("csv", rows=_csv, answer=_plain_answer),
    Format("tsv", rows=_tsv, answer=_plain_answer),
    Format("json", rows=_json, answer=_json_answer),
    Format("xml", rows=_xml, answer=_xml_answer),
    Format("turtle", triples=RdfFormat.TURTLE),
    Format("ntriples", triples=RdfFormat.N_TRIPLES),
)
_BY_NAME = {known.name: known for known in _FORMATS}
FORMATS = tuple(_BY_NAME)
"""Names of the formats, in the order in which help texts list them."""

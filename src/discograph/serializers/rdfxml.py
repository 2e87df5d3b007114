"""What RDF/XML cannot hold, found before anything is written: no broken file leaves here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from discograph.errors import OutputError
from discograph.rdf import Literal, NamedNode, RdfFormat, Triple, serialize
from discograph.serializers.prefixes import used_prefixes
from discograph.vocab import RDF

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2
_ENDS_IN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_RDF_NS = RDF.type.value.removesuffix("type")
_SYNTAX = "RDF|ID|about|parseType|resource|nodeID|datatype|li|Description|aboutEach|aboutEachPrefix|bagID"
_RESERVED = {_RDF_NS + name for name in _SYNTAX.split("|")}
_ROOT = re.compile(rb"<rdf:RDF([^>]*)>")
_NAMESPACE = re.compile(rb' xmlns:[^=]+="[^"]*"')
_ELSEWHERE = "choose turtle, ntriples or jsonld"


def serialize_rdfxml(triples: list[Triple], prefixes: dict[str, str]) -> bytes:
    """Return triples as RDF/XML, in the order given.

    Shape: ``prefixes`` is the whole table; those of predicates and classes are declared, sorted.
    Raises: OutputError if a literal holds a character that XML 1.0 has not (most controls), or a predicate or
    class is no XML name.
    Source: RDF 1.1 XML Syntax, 5.1 and 6.1; Extensible Markup Language 1.0, 2.2 and 2.11.
    """
    elements = {triple.predicate.value for triple in triples}
    elements |= {t.object.value for t in triples if t.predicate == RDF.type and isinstance(t.object, NamedNode)}
    _check_names(elements)
    _check_characters(triples)
    used = used_prefixes(prefixes, sorted(elements))
    used.pop("rdf", None)  # the writer declares it in any case
    data = serialize(triples, RdfFormat.RDF_XML, used)
    # A reader turns a bare carriage return into a line feed (XML 1.0, 2.11). Only literals can hold one.
    data = data.replace(b"\r", b"&#13;")
    return _ROOT.sub(_sorted_root, data, count=1) + b"\n"


def _check_names(elements: Iterable[str]) -> None:
    for iri in sorted(elements):
        if iri in _RESERVED or not _ENDS_IN_NAME.search(iri):
            raise OutputError(f"RDF/XML has no element for the property or class <{iri}>; {_ELSEWHERE}")


def _check_characters(triples: Iterable[Triple]) -> None:
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and (bad := _NOT_XML.search(value.value)):
            raise OutputError(
                f"RDF/XML cannot hold the character U+{ord(bad[0]):04X} in {triple.predicate} of "
                f"{triple.subject}; remove it from the source, or {_ELSEWHERE}"
            )


def _sorted_root(root: re.Match[bytes]) -> bytes:
    # The writer always declares ``its``, for literals with a base direction; we write none.
    namespaces = [name for name in _NAMESPACE.findall(root[1]) if not name.startswith(b" xmlns:its=")]
    return b"<rdf:RDF" + b"".join(sorted(namespaces)) + b">"

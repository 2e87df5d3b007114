"""Graphs to bytes: the same quads give the same bytes, in any order, process and locale.

Input: the quads of one or more documents. Output: the bytes of one file.
Method: select the graphs that the format can hold, remove duplicates, sort, hand to the format's writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.rdf import Literal, NamedNode, Quad, RdfFormat, Triple
from discograph.rdf import serialize as write_rdf
from discograph.serializers.evidence import EvidenceMode, select_evidence
from discograph.serializers.formats import Format
from discograph.serializers.order import sort_quads, triple_key
from discograph.serializers.prefixes import used_prefixes
from discograph.statements import Statements
from discograph.vocab import RDF, XSD

_LINES = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
# Turtle and TriG write these bare, without their datatype.
_BARE = {XSD.string, XSD.integer, XSD.decimal}


def serialize(
    quads: Statements | Iterable[Quad], fmt: Format, *, base_iri: str = DEFAULT_BASE, evidence: EvidenceMode = "claims"
) -> bytes:
    """Return a graph file as UTF-8 bytes.

    Shape: quads in any order, repeats allowed, each in a graph whose name ends in ``/facts``, ``/derived`` or
    ``/claims``; as ``Statements`` they are lines of N-Quads already, which that format only puts in order. A
    format without datasets holds facts and derived merged, whatever ``evidence`` says; for the others see
    ``select_evidence``. ``base_iri`` gives the prefixes; it ends in a slash.
    Raises: GraphError on a quad of another graph or with a blank node; OutputError if the format cannot hold
    a value (RDF/XML and control characters).
    """
    if isinstance(quads, Statements) and fmt.rdf_format is RdfFormat.N_QUADS and evidence == "claims":
        return quads.nquads()
    selected = select_evidence(quads, evidence if fmt.supports_datasets else "none")
    if fmt.rdf_format in _LINES:
        statements = selected if fmt.supports_datasets else [quad.triple for quad in selected]
        return b"".join(sorted(set(write_rdf(statements, fmt.rdf_format, {}).splitlines(keepends=True))))
    if fmt.supports_datasets:
        return _write(sort_quads(selected), fmt, base_iri)
    triples = sorted({quad.triple for quad in selected}, key=triple_key)
    match fmt.rdf_format:
        case RdfFormat.JSON_LD:
            from discograph.serializers.jsonld import serialize_jsonld

            return serialize_jsonld(triples, base_iri)
        case RdfFormat.RDF_XML:
            from discograph.serializers.rdfxml import serialize_rdfxml

            return serialize_rdfxml(triples, prefix_table(base_iri))
        case _:
            return _write(triples, fmt, base_iri)


def _write(statements: Sequence[Quad] | Sequence[Triple], fmt: Format, base_iri: str) -> bytes:
    prefixes = used_prefixes(prefix_table(base_iri), _iris(statements))
    data = write_rdf(statements, fmt.rdf_format, prefixes)
    # The writer declares prefixes in an order of its own, one a line, before anything else.
    body = data.split(b"\n", len(prefixes))[-1]
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    return header.encode() + body


def _iris(statements: Iterable[Quad | Triple]) -> Iterator[str]:
    """Yield every IRI that Turtle or TriG would write as a name."""
    for statement in statements:
        for term in statement:
            if isinstance(term, NamedNode):
                if term != RDF.type:  # written "a"
                    yield term.value
            elif isinstance(term, Literal) and term.language is None and term.datatype not in _BARE:
                yield term.datatype.value

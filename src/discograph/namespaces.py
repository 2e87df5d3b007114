"""Prefixes and base IRIs: one table, for writing graphs and for reading queries.

Layer: just above ``vocab``; serializers and queries both look here, so that a name copied from a Turtle
file means the same in a query.
"""

from __future__ import annotations

from discograph.vocab import CONCEPT_BASE, DG_NS

SCHEMES: tuple[str, ...] = (
    "album-type",
    "award",
    "award-category",
    "certification-level",
    "chart",
    "credit-scope",
    "format",
    "genre",
    "instrument",
    "kind",
    "manner",
    "occupation",
    "outcome",
    "performance-mode",
    "publication",
    "role",
    "rule",
    "source-issue",
    "version",
)
"""Names of the concept schemes, in alphabetical order; each is also the prefix of its concepts."""

_VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "dg": DG_NS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES: dict[str, str] = dict(
    sorted({**_VOCABULARIES, **{scheme: f"{CONCEPT_BASE}{scheme}/" for scheme in SCHEMES}}.items())
)
"""Prefix to namespace IRI, in alphabetical order: vocabularies and the fixed concepts of every scheme."""

DEFAULT_BASE = "https://w3id.org/discograph/"
"""Base of every IRI that we mint, unless ``--base-iri`` names another."""

UNION_MARK = "urn:x-discograph:union"
"""Name of an empty graph: a store that has it holds the union of its graphs in its default graph."""

PRIVATE_MARK = "urn:x-discograph:private"
"""Name of an empty graph: a store that has it was made for questions; its graphs are merged when one counts."""

LOAD_RECORD = "urn:x-discograph:loads"
"""Name of the graph in which ``discograph load`` keeps what it has loaded into a store, and whether wholly."""

_THINGS = ("album", "ensemble", "film", "label", "person", "place")


def prefix_table(base_iri: str = DEFAULT_BASE) -> dict[str, str]:
    """Return ``PREFIXES`` and the prefixes of what lies below a base IRI, in alphabetical order.

    Shape: ``person:`` and its like for things, ``doc:`` and ``claim:``. A scheme's prefix always means the
    ontology's own concepts; under another base the article's own are ``concept:chart/…``.
    """
    table = PREFIXES | {name: f"{base_iri}id/{name}/" for name in _THINGS}
    table |= {"claim": f"{base_iri}claim/", "doc": f"{base_iri}doc/"}
    if base_iri != DEFAULT_BASE:
        table["concept"] = f"{base_iri}concept/"
    return dict(sorted(table.items()))


def short_iri(iri: str, prefixes: dict[str, str]) -> str:
    """Return an IRI as ``prefix:rest``, with the longest namespace that fits, else as it is.

    Shape: the rest may hold slashes and signs that Turtle would escape; ``long_iri`` reads it back.
    """
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def long_iri(name: str, prefixes: dict[str, str]) -> str | None:
    """Return the IRI that ``prefix:rest``, ``<iri>`` or an absolute IRI stands for; None if it is none of them."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, rest = name.partition(":")
    if colon and prefix in prefixes and rest:
        return prefixes[prefix] + rest
    return name if colon and rest.startswith("//") else None

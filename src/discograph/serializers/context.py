"""Our JSON-LD context, read backwards: from an IRI to the short name that stands for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from discograph.rdf import Literal
from discograph.resources import resource
from discograph.serializers.nesting import WHOLE_TO_PART
from discograph.vocab import CONCEPT_BASE, RDF, XSD

Json = str | int | list["Json"] | dict[str, "Json"]

# What compacting needs and a published context cannot know, or does not need to.
_EXTRAS: dict[str, Json] = {"concept": CONCEPT_BASE, "included": "@included"}
_BASE = re.compile(r"https?://[^?#]+/\Z")
_RELATIVE = re.compile(r"[A-Za-z0-9_-]+/(?!.*(?:^|/)\.{1,2}(?:[/?#]|\Z))")
# JSON numbers beyond this are doubles to some readers.
_SMALL_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """A key of our JSON."""

    name: str
    coercion: str | None = None
    """Datatype IRI that its strings stand for, or ``@id``."""
    is_list: bool = False
    """Whether even one value is in a list."""


@dataclass(frozen=True, slots=True)
class Context:
    """The context to write into a document, and its inverse."""

    definition: dict[str, Json]
    base_iri: str
    """Empty if IRIs cannot be written relative to it."""
    prefixes: dict[str, str]
    properties: dict[str, Term]
    """By the IRI of the property."""
    reverses: dict[str, Term]
    """By the IRI of the property that is read from object to subject."""

    def term(self, iri: str) -> Term:
        """Return the key for a property or class; without a name of its own, ``prefix:name`` or its IRI."""
        if iri in self.properties:
            return self.properties[iri]
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return Term(f"{prefix}:{iri.removeprefix(namespace)}")
        return Term(iri)

    def reference(self, iri: str) -> str:
        """Return the ``id`` of a node: ``concept:…`` if shared, relative if under the base, else the IRI."""
        concept = iri.removeprefix(CONCEPT_BASE)
        if concept != iri and not concept.startswith("//"):
            return f"concept:{concept}"
        rest = iri.removeprefix(self.base_iri)
        return rest if rest != iri and _RELATIVE.match(rest) else iri

    def literal(self, literal: Literal, coercion: str | None) -> Json:
        """Return a literal: bare where the coercion says what it is, else with its type or language."""
        value, datatype = literal.value, literal.datatype.value
        if literal.language:
            return {"@language": literal.language, "@value": value}
        if datatype == (coercion or XSD.string.value):
            is_number = datatype == XSD.integer.value and _SMALL_INTEGER.match(value)
            return int(value) if is_number else value
        if datatype == XSD.string.value:
            return {"@value": value}
        return {"@type": self.term(datatype).name, "@value": value}


@cache
def load_context(base_iri: str) -> Context:
    """Return the context of ``ontology/context.jsonld``, with ``base_iri`` as the base of its ids.

    Shape: terms are strings or objects of ``@id`` or ``@reverse``, ``@type`` and ``@container: @set``; the
    file is ours, so another keyword is an error in it (KeyError, ValueError), not in the data.
    Source: JSON-LD 1.1, 4.1, 4.2.3, 4.8.
    """
    own: dict[str, Any] = json.loads(resource("ontology/context.jsonld").read_bytes())["@context"]
    base_iri = base_iri if _BASE.match(base_iri) else ""
    base: dict[str, Json] = {"@base": base_iri} if base_iri else {}
    prefixes = {name: iri for name, iri in own.items() if isinstance(iri, str) and iri.endswith(("/", "#"))}
    properties: dict[str, Term] = {}
    reverses: dict[str, Term] = {}
    for name, value in own.items():
        if name.startswith("@") or name in prefixes or value in ("@id", "@type"):
            continue
        body: dict[str, str] = {"@id": value} if isinstance(value, str) else value
        if unknown := body.keys() - {"@id", "@reverse", "@type", "@container"}:
            raise ValueError(f"ontology/context.jsonld: {name}: cannot use {sorted(unknown)}")
        table, key = (reverses, "@reverse") if "@reverse" in body else (properties, "@id")
        iri, coercion = _expand(body[key], prefixes), body.get("@type")
        if iri in WHOLE_TO_PART:  # as with the reverse terms, one part looks like many
            own[name] = body = {**body, "@container": "@set"}
        table[iri] = Term(name, _expand(coercion, prefixes) if coercion else None, body.get("@container") == "@set")
    properties[RDF.type.value] = Term("type", "@id")
    return Context({**base, **own, **_EXTRAS}, base_iri, prefixes, properties, reverses)


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else name

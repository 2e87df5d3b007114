"""Compact JSON-LD for people who read JSON: an album is one object with its parts inside it.

Input: the sorted triples of one or more documents. Output: ``{"@context": …, "@graph": […]}``.
Method: ``nesting`` says what stands in what, ``context`` what it is called; nothing here knows a class.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from discograph.rdf import Literal, NamedNode, Triple
from discograph.serializers.context import Context, Json, Term, load_context
from discograph.serializers.nesting import NaturalKey, Nodes, Place, natural_key, place_parts
from discograph.serializers.order import ends, term_key
from discograph.vocab import DG, FOAF, RDF

_FIRST_KEYS = {"id": 0, "type": 1, "name": 2, "title": 3}
# What a list of nodes is sorted by, before their IRIs.
_NUMBERS = (DG.runningNumber.value, DG.position.value)


def serialize_jsonld(triples: Iterable[Triple], base_iri: str) -> bytes:
    """Return triples, sorted by ``triple_key``, as JSON-LD 1.1 with our context in it.

    Shape: ``@graph`` holds each source document followed by the albums that it is about, then all else that
    stands on its own. A node stands in full in one place and is elsewhere its ``id``; a part to which no
    triple leads is in the ``included`` of what its IRI belongs to. Keys: id, type, name, title, then
    alphabetical.
    Source: JSON-LD 1.1, 4.8 (reverse properties), 4.9 (included).
    """
    nodes: Nodes = {}
    for triple in triples:
        subject, value = ends(triple)
        nodes.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(value)
    context = load_context(base_iri)
    places = place_parts(nodes, base_iri, context.reverses.keys())
    parts: dict[str, list[str]] = {}
    for part, place in places.items():
        parts.setdefault(place.whole, []).append(part)
    tree = _Tree(nodes, places, parts, context)
    graph: list[Json] = [tree.node(iri) for iri in _top_level(nodes, places)]
    return _render(context.definition, graph).encode()


def _render(definition: dict[str, Json], graph: list[Json]) -> str:
    """Return the document, indented by 2; the context, which few will read, takes one line a term."""
    terms = ",\n".join(f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in definition.items())
    # Strings hold no bare line feed, so this moves lines only.
    body = json.dumps(graph, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    return f'{{\n  "@context": {{\n{terms}\n  }},\n  "@graph": {body}\n}}\n'


def _top_level(nodes: Nodes, places: dict[str, Place]) -> list[str]:
    """Return the nodes that stand on their own: documents, each with its topics, then the rest by IRI."""
    alone = sorted((iri for iri in nodes if iri not in places), key=natural_key)
    first: dict[str, None] = {}
    for iri in alone:
        if DG.SourceDocument in nodes[iri].get(RDF.type.value, []):
            first[iri] = None
            for topic in nodes[iri].get(FOAF.primaryTopic.value, []):
                if topic.value in nodes and topic.value not in places:
                    first[topic.value] = None
    return list(first | dict.fromkeys(alone))


@dataclass(frozen=True, slots=True)
class _Tree:
    nodes: Nodes
    places: dict[str, Place]
    parts: dict[str, list[str]]
    context: Context

    def node(self, iri: str) -> Json:
        """Return one node with all that stands in it."""
        found: dict[str, Json] = {"id": self.context.reference(iri)}
        for predicate in self.nodes[iri]:
            term = self.context.term(predicate)
            if values := self._values(iri, predicate, term):
                found[term.name] = values if term.is_list or len(values) > 1 else values[0]
        for part in sorted(self.parts.get(iri, ()), key=self._node_key):
            place = self.places[part]
            if place.predicate is None or place.is_reverse:
                name = self.context.reverses[place.predicate].name if place.predicate else "included"
                inside = found.setdefault(name, [])
                if isinstance(inside, list):  # reverse terms and ``included`` are nobody's plain property
                    inside.append(self.node(part))
        return dict(sorted(found.items(), key=lambda item: (_FIRST_KEYS.get(item[0], len(_FIRST_KEYS)), item[0])))

    def _values(self, iri: str, predicate: str, term: Term) -> list[Json]:
        """Return the values of one property: nodes in order of number and IRI, then literals in theirs."""
        values = self.nodes[iri][predicate]
        place = self.places.get(iri)
        # The triple to the whole is said by standing in it.
        said = place.whole if place and place.is_reverse and place.predicate == predicate else None
        names = sorted(
            (value.value for value in values if isinstance(value, NamedNode) and value.value != said),
            key=self._node_key,
        )
        literals = sorted((value for value in values if isinstance(value, Literal)), key=term_key)
        return [self._object(iri, predicate, name, term) for name in names] + [
            self.context.literal(literal, term.coercion) for literal in literals
        ]

    def _object(self, iri: str, predicate: str, name: str, term: Term) -> Json:
        if predicate == RDF.type.value:
            return self.context.term(name).name
        if self.places.get(name) == Place(iri, predicate):
            return self.node(name)
        reference = self.context.reference(name)
        return reference if term.coercion == "@id" else {"id": reference}

    def _node_key(self, iri: str) -> tuple[list[NaturalKey], NaturalKey]:
        properties = self.nodes.get(iri, {})
        numbers = [min((v.value for v in properties.get(number, ())), default="") for number in _NUMBERS]
        return [natural_key(number) for number in numbers], natural_key(iri)

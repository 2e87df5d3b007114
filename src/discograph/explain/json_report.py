"""Explanations as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from discograph.explain.facts import Explanation, Fact
from discograph.explain.find import Hit
from discograph.explain.texts import Texts
from discograph.provenance import Claim, Names
from discograph.provenance.claims import Term
from discograph.rdf import Literal, NamedNode

Json = dict[str, Any]


def thing_as_json(explanation: Explanation, names: Names, texts: Texts, rules: Mapping[str, str]) -> Json:
    """Return ``{"thing", "facts", "references"}``."""
    return {
        "thing": _node(explanation.node, names) | {"classes": names.classes(explanation.node)},
        "facts": [_fact(fact, names, texts, rules) for fact in explanation.facts],
        "references": [_fact(fact, names, texts, rules) for fact in explanation.references],
    }


def why_as_json(facts: Sequence[Fact], names: Names, texts: Texts, rules: Mapping[str, str]) -> Json:
    """Return ``{"triples": […]}``."""
    return {"triples": [_fact(fact, names, texts, rules) for fact in facts]}


def hits_as_json(hits: Sequence[Hit], names: Names) -> Json:
    """Return ``{"hits": […]}``: what to choose from."""
    return {"hits": [_node(hit.node, names) | {"classes": list(hit.classes)} for hit in hits]}


def write_json(value: Json | list[Json]) -> str:
    """Return JSON as text that ends with a line break."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _fact(fact: Fact, names: Names, texts: Texts, rules: Mapping[str, str]) -> Json:
    triple = fact.triple
    found: Json = {
        "subject": _node(triple.subject, names),
        "predicate": _node(triple.predicate, names),
        "object": _node(triple.object, names),
        "standing": str(fact.standing),
        "manner": list(fact.manners),
        "claims": [_claim(claim, names, texts, rules) for claim in fact.claims],
    }
    if fact.derived:
        sources = [_fact(source, names, texts, rules) for source in fact.sources]
        found["derived"] = {"how": fact.derived.how, "from": sources}
    return found


def _claim(claim: Claim, names: Names, texts: Texts, rules: Mapping[str, str]) -> Json:
    more = {
        "holder": None if claim.holder is None else _node(claim.holder, names),
        "confidence": claim.confidence,
        "note": claim.note,
    }
    return {
        "iri": claim.node.value,
        "manner": claim.manner,
        "rules": [{"name": rule, "description": rules.get(rule)} for rule in claim.rules],
        "evidence": [
            {
                "document": evidence.document,
                "file": texts.path(evidence),
                "line": evidence.line,
                "column": evidence.column,
                "start": evidence.start,
                "end": evidence.end,
                "quote": evidence.quote,
            }
            for evidence in claim.evidence
        ],
    } | {key: value for key, value in more.items() if value is not None}


def _node(term: Term, names: Names) -> Json:
    if isinstance(term, Literal):
        found: Json = {"value": term.value, "datatype": term.datatype.value}
        return found | ({"language": term.language} if term.language else {})
    return {"iri": term.value if isinstance(term, NamedNode) else str(term), "label": names.of(term)}

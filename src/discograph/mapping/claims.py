"""Claims: each triple with the words that say it, the rule that read them and the manner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from typing import Any

from discograph.document import Source, Span
from discograph.lexicon import by_slug
from discograph.mapping.iris import Minter
from discograph.rdf import Literal, NamedNode, Object, Quad, Triple
from discograph.records import Manner, Said
from discograph.vocab import CONCEPT_BASE, DG, OA, PROV, RDF, SKOS, XSD

_Triple = tuple[NamedNode, NamedNode, Object]
_Key = tuple[NamedNode, NamedNode, Object, Manner, NamedNode | None]


def integer(value: int) -> Literal:
    """Return an ``xsd:integer`` in its canonical form."""
    return Literal(str(value), datatype=XSD.integer)


@dataclass(slots=True)
class _Claim:
    """What is known of one claim: evidence spans, rules, and what a person added."""

    spans: dict[Span, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    confidence: str | None = None
    note: str | None = None


class Claims:
    """The claims of one document, in the order in which they were first made; each triple and manner once."""

    def __init__(self, source: Source, minter: Minter, document: NamedNode) -> None:
        self.source = source
        self.minter = minter
        self.document = document
        self._claims: dict[_Key, _Claim] = {}
        self._prefix = f"{minter.base}claim/{self.document.value.rsplit('/', 1)[-1]}/"
        self._span_prefix = f"{self.document.value}#char="
        self._rule_iri = cache(partial(rule_iri, minter))

    def add(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        value: Object,
        said: Said[Any],
        *,
        manner: Manner | None = None,
        holder: NamedNode | None = None,
        confidence: str | None = None,
        note: str | None = None,
    ) -> None:
        """Add a triple with its evidence; a claim that is there already gets the evidence."""
        key = (subject, predicate, value, manner or said.manner, holder)
        claim = self._claims.setdefault(key, _Claim())
        for evidence in said.evidence:
            claim.spans[evidence.span] = None
            claim.rules[evidence.rule] = None
        claim.confidence = confidence or claim.confidence
        claim.note = note or claim.note

    def facts(self) -> Iterator[Triple]:
        """Yield the triples that are asserted: stated or implied."""
        for subject, predicate, value, manner, _ in self._claims:
            if manner.is_asserted:
                yield Triple(subject, predicate, value)

    def quads(self) -> Iterator[Quad]:
        """Yield facts and claims in their graphs."""
        facts, claims = graph_name(self.document, "facts"), graph_name(self.document, "claims")
        spans: dict[Span, None] = {}
        for triple in dict.fromkeys(key[:3] for key in self._claims if key[3].is_asserted):
            yield Quad(*triple, facts)
        for key, claim in self._claims.items():
            spans.update(claim.spans)
            for triple in self._described(key, claim):
                yield Quad(*triple, claims)
        for span in spans:
            for triple in self._evidence(span):
                yield Quad(*triple, claims)

    def rules(self) -> list[str]:
        """Return the names of all rules that made a claim, in alphabetical order."""
        return sorted({rule for claim in self._claims.values() for rule in claim.rules})

    def _described(self, key: _Key, claim: _Claim) -> Iterator[_Triple]:
        subject, predicate, value, manner, holder = key
        node = NamedNode(self._prefix + _digest(key))
        yield node, RDF.type, DG.Claim
        yield node, RDF.subject, subject
        yield node, RDF.predicate, predicate
        yield node, RDF.object, value
        for span in claim.spans:
            yield node, DG.evidence, self._span_iri(span)
        for rule in claim.rules:
            yield node, DG.rule, self._rule_iri(rule)
        if manner is not Manner.STATED:
            yield node, DG.manner, NamedNode(f"{CONCEPT_BASE}manner/{manner}")
        if holder is not None:
            yield node, PROV.wasAttributedTo, holder
        if claim.confidence is not None:
            yield node, DG.confidence, Literal(claim.confidence, datatype=XSD.decimal)
        if claim.note is not None:
            yield node, SKOS.note, Literal(claim.note)

    def _evidence(self, span: Span) -> Iterator[_Triple]:
        node = self._span_iri(span)
        line, column = self.source.location(span.start)
        yield node, RDF.type, DG.Evidence
        yield node, PROV.wasQuotedFrom, self.document
        yield node, OA.start, integer(span.start)
        yield node, OA.end, integer(span.end)
        yield node, OA.exact, Literal(self.source.quote(span))
        yield node, DG.line, integer(line)
        yield node, DG.column, integer(column)

    def _span_iri(self, span: Span) -> NamedNode:
        # RFC 5147 form, as NIF has it: the same span has one node.
        return NamedNode(f"{self._span_prefix}{span.start},{span.end}")


def graph_name(document: NamedNode, part: str) -> NamedNode:
    """Return the name of one of a document's graphs: ``facts``, ``derived`` or ``claims``."""
    return NamedNode(f"{document.value}/{part}")


def rule_iri(minter: Minter, rule: str) -> NamedNode:
    """Return the concept of a rule of extraction; ``curated`` is the ontology's own."""
    return NamedNode(f"{CONCEPT_BASE}rule/{rule}") if by_slug("rule", rule) else minter.concept("rule", rule)


def _digest(key: _Key) -> str:
    subject, predicate, value, manner, holder = key
    text = "\n".join((str(subject), str(predicate), str(value), manner, str(holder or "")))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

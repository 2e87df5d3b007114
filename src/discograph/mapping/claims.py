"""Claims: each triple with the words that say it, the rule that read them and the manner.

They are nine in ten of all quads, so they are made as lines of N-Quads, see ``discograph.statements``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from typing import Any

from discograph.document import Citation, Source, Span
from discograph.lexicon import by_slug
from discograph.mapping.citations import Citations
from discograph.mapping.iris import Minter
from discograph.rdf import Literal, NamedNode, Object
from discograph.records import Manner, Said
from discograph.statements import Statements, Tail, tail
from discograph.vocab import CONCEPT_BASE, DG, OA, PROV, RDF, SKOS, XSD

Triple = tuple[NamedNode, NamedNode, Object]
_Key = tuple[NamedNode, NamedNode, Object, Manner, NamedNode | None]

# Terms as N-Quads writes them, for what is written tens of thousands of times.
_SUBJECT, _PREDICATE, _OBJECT = str(RDF.subject), str(RDF.predicate), str(RDF.object)
_START, _END, _EXACT = str(OA.start), str(OA.end), str(OA.exact)
_EVIDENCE, _LINE, _COLUMN, _INTEGER = str(DG.evidence), str(DG.line), str(DG.column), str(XSD.integer)


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

    def __init__(self, source: Source, minter: Minter, document: NamedNode, citations: Iterable[Citation] = ()) -> None:
        self.source = source
        self._citations = Citations(source, citations)
        self.minter = minter
        self.document = document
        self._claims: dict[_Key, _Claim] = {}
        self._prefix = f"{minter.base}claim/{self.document.value.rsplit('/', 1)[-1]}/"
        self._graph = graph = str(graph_name(document, "claims"))
        self._is_claim = tail(RDF.type, DG.Claim, graph)
        self._is_evidence = tail(RDF.type, DG.Evidence, graph)
        self._was_quoted = tail(PROV.wasQuotedFrom, document, graph)
        # What recurs from claim to claim is written once.
        self._subject, self._predicate, self._object = (
            cache(partial(tail, name, graph=graph)) for name in (_SUBJECT, _PREDICATE, _OBJECT)
        )
        self._evidence = cache(lambda span: tail(_EVIDENCE, _span_iri(document.value, span), graph))
        self._manner = cache(lambda manner: tail(DG.manner, NamedNode(f"{CONCEPT_BASE}manner/{manner}"), graph))
        self._rule = cache(lambda rule: tail(DG.rule, rule_iri(minter, rule), graph))

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
                yield subject, predicate, value

    def describe(self, statements: Statements) -> None:
        """Add facts, claims and their evidence, in their graphs."""
        facts = str(graph_name(self.document, "facts"))
        spans: dict[Span, None] = {}
        for key, claim in self._claims.items():
            manner, holder = key[3:]
            subject, predicate, value = map(str, key[:3])
            if manner.is_asserted:
                statements.add(subject, (tail(predicate, value, facts),))
            node = f"<{self._prefix}{_digest(subject, predicate, value, manner, str(holder or ''))}>"
            # Nearly in the order of their code points, so that there is little to sort.
            said = [self._object(value), self._predicate(predicate), self._subject(subject), self._is_claim]
            said += map(self._evidence, claim.spans)
            if manner is not Manner.STATED:
                said.append(self._manner(manner))
            if holder or claim.confidence or claim.note:
                said += self._qualified(holder, claim)
            said += map(self._rule, claim.rules)
            statements.add(node, said)
            spans |= claim.spans
        cited: dict[Span, None] = {}
        for span in spans:
            node = _span_iri(self.document.value, span)
            statements.add(node, self._quoted(span))
            for citation in self._citations.of(span):
                cited[citation] = None
                statements.add(node, (tail(DG.citation, _span_iri(self.document.value, citation), self._graph),))
        for citation in cited.keys() - spans.keys():
            statements.add(_span_iri(self.document.value, citation), self._quoted(citation))

    def rules(self) -> list[str]:
        """Return the names of all rules that made a claim, in alphabetical order."""
        return sorted({rule for claim in self._claims.values() for rule in claim.rules})

    def _qualified(self, holder: NamedNode | None, claim: _Claim) -> Iterator[Tail]:
        """Yield whose opinion it is, and what a person added."""
        if holder is not None:
            yield tail(PROV.wasAttributedTo, holder, self._graph)
        if claim.confidence is not None:
            yield tail(DG.confidence, Literal(claim.confidence, datatype=XSD.decimal), self._graph)
        if claim.note is not None:
            yield tail(SKOS.note, Literal(claim.note), self._graph)

    def _quoted(self, span: Span) -> tuple[Tail, ...]:
        """Return what a span says, and where it stands."""
        line, column = self.source.location(span.start)
        start, end = span
        return (
            self._is_evidence,
            tail(_END, f'"{end}"^^{_INTEGER}', self._graph),
            tail(_EXACT, Literal(self.source.quote(span)), self._graph),
            tail(_START, f'"{start}"^^{_INTEGER}', self._graph),
            self._was_quoted,
            tail(_COLUMN, f'"{column}"^^{_INTEGER}', self._graph),
            tail(_LINE, f'"{line}"^^{_INTEGER}', self._graph),
        )


def graph_name(document: NamedNode, part: str) -> NamedNode:
    """Return the name of one of a document's graphs: ``facts``, ``derived`` or ``claims``."""
    return NamedNode(f"{document.value}/{part}")


def rule_iri(minter: Minter, rule: str) -> NamedNode:
    """Return the concept of a rule of extraction; ``curated`` is the ontology's own."""
    return NamedNode(f"{CONCEPT_BASE}rule/{rule}") if by_slug("rule", rule) else minter.concept("rule", rule)


def _span_iri(document: str, span: Span) -> str:
    # RFC 5147 form, as NIF has it: the same span has one node.
    return f"<{document}#char={span.start},{span.end}>"


def _digest(*terms: str) -> str:
    """Return what tells a claim from all others of its document: twelve hex digits of its terms and manner."""
    return sha256("\n".join(terms).encode("utf-8", "surrogatepass")).hexdigest()[:12]

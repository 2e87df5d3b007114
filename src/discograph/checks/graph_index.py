"""The triples of a graph by subject, and the way from a triple to the words that say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from discograph.checks.finding import Finding, Location, Term
from discograph.rdf import Literal, NamedNode, Quad, Triple
from discograph.vocab import DCTERMS, DG, OA, PROV, RDF


class GraphIndex:
    """The merged triples of a data graph; asked by the program checks and for places."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.triples = list(dict.fromkeys(quad.triple for quad in quads))
        self._by_subject: dict[Term, dict[NamedNode, list[Term]]] = {}
        for triple in self.triples:
            properties = self._by_subject.setdefault(triple.subject, {})
            properties.setdefault(triple.predicate, []).append(triple.object)
        self._claims: dict[Term, list[Term]] | None = None
        self._identifiers: Counter[str | None] | None = None

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property; empty if it has none."""
        return self._by_subject.get(subject, {}).get(predicate, [])

    def having(self, predicate: NamedNode) -> Iterator[Term]:
        """Yield every subject of a property, once."""
        return (subject for subject, properties in self._by_subject.items() if predicate in properties)

    def of_class(self, cls: NamedNode) -> Iterator[Term]:
        """Yield every subject that has exactly this class."""
        return (subject for subject in self.having(RDF.type) if cls in self.objects(subject, RDF.type))

    def literal(self, subject: Term, predicate: NamedNode) -> str | None:
        """Return the text of a property's first literal value, or None."""
        values = (v for v in self.objects(subject, predicate) if isinstance(v, Literal))
        return next((value.value for value in values), None)

    def number(self, subject: Term, predicate: NamedNode) -> int | None:
        """Return a property's first literal value as a number, or None if it is missing or not one."""
        text = self.literal(subject, predicate)
        return int(text) if text is not None and text.isdecimal() else None

    def document_name(self, document: Term) -> str:
        """Return by what name people know a document: its identifier; its IRI if it has none, or not alone."""
        if self._identifiers is None:
            self._identifiers = Counter(
                self.literal(node, DCTERMS.identifier) for node in self.having(DCTERMS.identifier)
            )
        name = self.literal(document, DCTERMS.identifier)
        if name and self._identifiers[name] == 1:
            return name
        return document.value if isinstance(document, NamedNode) else str(document)

    def located(self, finding: Finding) -> Finding:
        """Return a finding with the place of the words behind it, if a claim tells."""
        return replace(finding, location=self.location(finding))

    def location(self, finding: Finding) -> Location | None:
        """Return the first words that say what a finding is about, None if no claim does.

        Shape: a claim of the very triple is preferred, then one of focus node and path, then of focus
        node and value, then any claim about the focus node, then any that names it as object.
        """
        focus, value = finding.focus_node, finding.value
        if DG.Evidence in self.objects(focus, RDF.type):
            return self._place(focus)
        claims = [focus] if self.objects(focus, DG.evidence) else self._claims_of(focus)
        best = min((self._distance(claim, finding) for claim in claims), default=None)
        found = [claim for claim in claims if self._distance(claim, finding) == best]
        if not found and value is not None:
            found = self._claims_of(value)
        places = (self._place(evidence) for claim in found for evidence in self.objects(claim, DG.evidence))
        return min((place for place in places if place is not None), default=None)

    def _distance(self, claim: Term, finding: Finding) -> tuple[bool, bool, bool]:
        predicates = [p.value for p in self.objects(claim, RDF.predicate) if isinstance(p, NamedNode)]
        is_subject = finding.focus_node in self.objects(claim, RDF.subject)
        same_value = finding.value is not None and finding.value in self.objects(claim, RDF.object)
        return (not is_subject, finding.path not in predicates, not same_value)

    def _claims_of(self, node: Term) -> list[Term]:
        if self._claims is None:
            self._claims = {}
            for claim in self.having(DG.evidence):
                for predicate in (RDF.subject, RDF.object):
                    for about in self.objects(claim, predicate):
                        self._claims.setdefault(about, []).append(claim)
        return self._claims.get(node, [])

    def _place(self, evidence: Term) -> Location | None:
        documents = self.objects(evidence, PROV.wasQuotedFrom)
        line = self.number(evidence, DG.line)
        if not documents or line is None:
            return None
        column = self.number(evidence, DG.column) or 1
        quote = self.literal(evidence, OA.exact) or ""
        return Location(self.document_name(documents[0]), line, column, quote)


def by_term(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in an order that does not hang on the order of the file."""
    return sorted(triples, key=str)

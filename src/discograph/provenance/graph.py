"""A store, asked for triples, for what they rest on, and for the claims that make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from discograph.provenance.claims import Claim, Evidence, Term, claim_order
from discograph.rdf import Literal, NamedNode, Store, Triple
from discograph.vocab import DCTERMS, DG, OA, PROV, RDF, SKOS

_SPAN = "#char="
_OF_CLAIMS = frozenset(
    {RDF.subject, RDF.predicate, RDF.object, DG.evidence, DG.rule, DG.manner, PROV.wasAttributedTo, PROV.wasQuotedFrom}
)
"""Predicates that hold a claim together: what they say is about the graph, not about music."""


class Standing(StrEnum):
    """What a triple rests on."""

    FACT = "fact"
    """Stated or implied: it has a claim, or stands in a graph of facts."""
    DERIVED = "derived"
    CLAIMED = "claimed"
    """Hedged, an opinion or denied: it has a claim and is no fact."""
    PLAIN = "plain"
    """In a graph that tells facts and derived triples not apart, such as Turtle."""


class Provenance:
    """The statements of a store.

    Shape: lists hold each triple once, in an order that does not hang on the order of files. Nothing is kept
    but names of documents, so that a store of any size can be asked.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._names: dict[Term, str] = {}

    @cached_property
    def has_claims(self) -> bool:
        """Whether the store holds claims at all; Turtle, N-Triples, RDF/XML and JSON-LD do not."""
        found = self.store.quads_for_pattern(None, RDF.type, DG.Claim, None)
        return next(iter(found), None) is not None or any(True for _ in self._span_graphs())

    def holds(self, node: NamedNode) -> bool:
        """Whether a node stands in any triple, as subject, predicate or object."""
        found = (
            self.store.quads_for_pattern(node, None, None, None),
            self.store.quads_for_pattern(None, None, node, None),
            self.store.quads_for_pattern(None, node, None, None),
        )
        return any(next(iter(quads), None) is not None for quads in found)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, whatever they rest on but claims."""
        found = self.store.quads_for_pattern(subject, predicate, None, None)  # type: ignore[arg-type]
        return sorted({quad.object for quad in found}, key=str)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return the things that have a value."""
        return sorted({q.subject for q in self.store.quads_for_pattern(None, predicate, value, None)}, key=str)

    def having(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield subject and value of every triple with a predicate; one that several graphs hold, several times."""
        return ((q.subject, q.object) for q in self.store.quads_for_pattern(None, predicate, None, None))

    def text(self, subject: Term, predicate: NamedNode) -> str | None:
        """Return the text of a property's first literal value, or None."""
        return next((value.value for value in self.objects(subject, predicate) if isinstance(value, Literal)), None)

    def about(self, subject: NamedNode) -> list[Triple]:
        """Return every triple of a thing: those in graphs, and those that only claims say."""
        found = {quad.triple for quad in self.store.quads_for_pattern(subject, None, None, None)}
        return _sorted({*found, *(claim.triple for claim in self._claims_by(RDF.subject, subject))})

    def naming(self, value: NamedNode) -> list[Triple]:
        """Return every triple that has a thing as its object, but not what holds claims together."""
        found = {quad.triple for quad in self.store.quads_for_pattern(None, None, value, None)}
        plain = {triple for triple in found if triple.predicate not in _OF_CLAIMS}
        return _sorted({*plain, *(claim.triple for claim in self._claims_by(RDF.object, value))})

    def standing(self, triple: Triple) -> Standing | None:
        """Return what a triple rests on; None if nothing says it at all."""
        names = [_kind(graph) for graph in self._graphs(triple)]
        if "facts" in names or "span" in names:
            return Standing.FACT
        claims = self.claims_of(triple)
        if any(claim.is_asserted for claim in claims):
            return Standing.FACT
        if "derived" in names:
            return Standing.DERIVED
        if names:
            return Standing.PLAIN
        return Standing.CLAIMED if claims else None

    def claims_of(self, triple: Triple) -> list[Claim]:
        """Return the claims of one triple, the surest first."""
        claims = self._claims_by(RDF.subject, triple.subject)
        return sorted({claim for claim in claims if claim.triple == triple} | self._spans_of(triple), key=claim_order)

    def said(self) -> Iterator[tuple[Triple, str, str]]:
        """Yield triple, manner and holder's IRI ("" without one) of every claim, in no particular order.

        This reads the store once, predicate by predicate; evidence is for ``claims_of`` to tell.
        """
        subjects, predicates, values = (dict(self.having(part)) for part in (RDF.subject, RDF.predicate, RDF.object))
        manners, holders = dict(self.having(DG.manner)), dict(self.having(PROV.wasAttributedTo))
        for node, subject in subjects.items():
            predicate = predicates.get(node)
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and node in values:
                holder = holders.get(node)
                manner = _last(manners[node]) if node in manners else "stated"
                triple = Triple(subject, predicate, values[node])
                yield triple, manner, holder.value if isinstance(holder, NamedNode) else ""

    def document_name(self, document: Term) -> str:
        """Return by what name people know a document: its file name, else its IRI."""
        if document not in self._names:
            iri = document.value if isinstance(document, NamedNode) else str(document)
            self._names[document] = self.text(document, DCTERMS.identifier) or iri
        return self._names[document]

    def _claims_by(self, part: NamedNode, value: Term) -> Iterator[Claim]:
        for node in self.subjects(part, value):
            yield from self._claim(node)

    def _claim(self, node: Term) -> Iterator[Claim]:
        """Yield the claim of a node; none if it is broken, which ``check`` reports."""
        parts = [self.objects(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
        if not isinstance(node, NamedNode) or any(len(values) != 1 for values in parts):
            return
        (subject,), (predicate,), (value,) = parts
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            return
        manners = [_last(manner) for manner in self.objects(node, DG.manner)]
        yield Claim(
            node,
            Triple(subject, predicate, value),
            manners[0] if manners else "stated",
            tuple(sorted(map(_last, self.objects(node, DG.rule)))),
            self._evidence_of(self.objects(node, DG.evidence)),
            next(iter(self.objects(node, PROV.wasAttributedTo)), None),
            self.text(node, DG.confidence),
            self.text(node, SKOS.note),
        )

    def _spans_of(self, triple: Triple) -> set[Claim]:
        """Return what ``export --evidence spans`` keeps of claims: the spans in whose graphs a triple stands."""
        spans = [graph for graph in self._graphs(triple) if isinstance(graph, NamedNode) and _kind(graph) == "span"]
        return {Claim(span, triple, "asserted", (), self._evidence_of([span])) for span in spans}

    def _graphs(self, triple: Triple) -> set[object]:
        """Return the names of the graphs that hold a triple."""
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return {quad.graph_name for quad in found}

    def _span_graphs(self) -> Iterator[NamedNode]:
        return (name for name in self.store.named_graphs() if isinstance(name, NamedNode) and _kind(name) == "span")

    def _evidence_of(self, nodes: Iterable[Term]) -> tuple[Evidence, ...]:
        return tuple(sorted(self._evidence(node) for node in nodes))

    def _evidence(self, node: Term) -> Evidence:
        document = next(iter(self.objects(node, PROV.wasQuotedFrom)), node)
        start, end, line, column = (self._number(node, part) for part in (OA.start, OA.end, DG.line, DG.column))
        quote = self.text(node, OA.exact) or ""
        iri = document.value if isinstance(document, NamedNode) else str(document)
        return Evidence(self.document_name(document), start, end, line, column, quote, iri)

    def _number(self, node: Term, predicate: NamedNode) -> int:
        text = self.text(node, predicate)
        return int(text) if text is not None and text.isdecimal() else -1


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=str)


def _kind(graph: object) -> str:
    """Return which kind of graph a name names: ``facts``, ``derived``, ``claims``, ``span``, else ``other``."""
    name = graph.value if isinstance(graph, NamedNode) else ""
    if _SPAN in name:
        return "span"
    last = name.rpartition("/")[2]
    return last if last in ("facts", "derived", "claims") else "other"


def _last(term: Term) -> str:
    """Return the local name of a concept."""
    return term.value.rpartition("/")[2] if isinstance(term, NamedNode) else str(term)

"""The way from a finding to the words behind it, and to where a fact that is missing should stand.

A finding about what is there is led back by the claims of the graph. One about an album that lacks something
is placed by the document, if it is at hand: at the field, heading or sentence that should say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from discograph.checks.expected import expected_place
from discograph.checks.finding import Finding, Location, Place, Term
from discograph.checks.graph_index import GraphIndex
from discograph.document import Document, Source
from discograph.rdf import Literal, NamedNode
from discograph.vocab import DCTERMS, DG, FOAF, OA, PROV, RDF, RDFS, SKOS

Outline = Callable[[str], Document | None]
"""The document of a name or IRI, as a reader made it; None where it is not at hand."""

_SAID_BY = {DG.earliest: (DG.date,), DG.latest: (DG.date,), RDFS.label: (DCTERMS.title, SKOS.prefLabel)}
"""Derived properties have no claim; the words are those of what they are computed from."""

_READS = {
    **dict.fromkeys(("F4", "N4", "R4"), DG.date),
    "C5": DG.creditedTrack,
    "C9": DG.participantCount,
    "H6": DG.peakPosition,
    "T6": DG.durationSeconds,
}
"""What a rule compares that has no path of its own: the words of that are those to look at."""

_NAMES = (RDFS.label, DCTERMS.title, SKOS.prefLabel, SKOS.altLabel, DG.printedAs)
_MOST_PLACES = 6


def _distance_of_words(quote: str, names: Iterable[set[str]]) -> int:
    """Return how far a quote is from naming what a finding is about: a heading bears out much, and names nothing."""
    for distance, same in enumerate(names):
        if any(name and name in quote for name in same):
            return distance
    return 2


class Tracer:
    """Leads the findings on one graph back to words."""

    def __init__(self, index: GraphIndex, sources: Mapping[str, Source], outline: Outline = lambda _: None) -> None:
        self._index = index
        self._sources = sources
        self._outline = outline

    def _claims(self, about: Term) -> list[Term]:
        """Return the claims that have evidence and say something of a node, or of something that it is."""
        index = self._index
        claims = (claim for predicate in (RDF.subject, RDF.object) for claim in index.subjects(predicate, about))
        return [claim for claim in dict.fromkeys(claims) if index.objects(claim, DG.evidence)]

    def traced(self, finding: Finding) -> Finding:
        """Return a finding with the place of its words, if anything tells, the claim and who made it.

        Shape: a claim of the very triple is preferred, then one of focus node and path, then of focus node and
        value, then any claim about the focus node, then any that names it or the value as object.
        """
        if (place := self._expected(finding)) is not None:
            return replace(finding, location=place)
        found = self._found(self._of_statement(finding))
        if not found:  # nothing says it: then what says something of whatever refers to it
            users = self._index.users(finding.focus_node)
            about = (replace(finding, focus_node=user, path=predicate.value) for user, predicate in users)
            found = next(filter(None, map(self._found, about)), [])
        if not found:
            return finding
        _, first, _, claim = found[0]
        others = dict.fromkeys(place for _, place, *_ in found if place != first)
        return replace(
            finding,
            location=first,
            also=tuple(others)[: _MOST_PLACES - 1],
            claim=claim.value if isinstance(claim, NamedNode) else None,
            extracted_by=tuple(sorted(self._rules(claim))),
        )

    def _found(self, finding: Finding) -> list[tuple[int, Location, str, Term]]:
        """Return the places of what a finding is about, the best first, each with its claim."""
        focus = finding.focus_node
        if DG.Evidence in self._index.objects(focus, RDF.type):
            place = self._place(focus)
            claims = self._index.subjects(DG.evidence, focus) or [focus]
            return [(0, place, str(claim), claim) for claim in sorted(claims, key=str)] if place else []
        names = list(self._names(finding))
        found = [
            (_distance_of_words(place.quote, names), place, str(claim), claim)
            for claim in self._about(finding)
            for place in self._places(claim)
        ]
        return sorted(found, key=lambda item: item[:3])

    def _of_statement(self, finding: Finding) -> Finding:
        """Return a finding as one about the statement that it is really about.

        Shape: of a claim without evidence, what it claims; of a value that a neighbour of the focus node has (the
        position of a track of a release, the date of a session of an album), that of the neighbour.
        """
        index, focus, value = self._index, finding.focus_node, finding.value
        if DG.Claim in index.objects(focus, RDF.type) and not index.objects(focus, DG.evidence):
            subject, path, claimed = (self._part(focus, part) for part in (RDF.subject, RDF.predicate, RDF.object))
            if subject is not None:
                path_iri = path.value if isinstance(path, NamedNode) else None
                return replace(finding, focus_node=subject, path=path_iri, value=claimed)
        if finding.path is not None or value is None:
            return finding
        reads = _READS.get(finding.rule)
        if reads is not None and not index.objects(focus, reads) and index.objects(value, reads):
            return replace(finding, focus_node=value, path=reads.value)
        if isinstance(value, Literal) and reads is None:
            for neighbour, predicate in index.neighbours_with(focus, value):
                return replace(finding, focus_node=neighbour, path=predicate.value)
        return finding

    def _part(self, claim: Term, predicate: NamedNode) -> Term | None:
        return next(iter(self._index.objects(claim, predicate)), None)

    def _about(self, finding: Finding) -> list[Term]:
        """Return the claims that say most of what a finding is about."""
        focus, value = finding.focus_node, finding.value
        claims = [focus] if self._index.objects(focus, DG.evidence) else self._claims(focus)
        distances = [(self._distance(claim, finding), claim) for claim in claims]
        best = min((distance for distance, _ in distances), default=None)
        found = [claim for distance, claim in distances if distance == best]
        return found or (self._claims(value) if value is not None else [])

    def _names(self, finding: Finding) -> Iterator[set[str]]:
        """Yield what the value is called, then what the focus node is called."""
        for term in (finding.value, finding.focus_node):
            if isinstance(term, Literal):
                yield {term.value}
            elif term is not None:
                values = (v for p in _NAMES for v in self._index.objects(term, p))
                yield {value.value for value in values if isinstance(value, Literal)}

    def _distance(self, claim: Term, finding: Finding) -> tuple[bool, bool, bool]:
        predicates = self._index.objects(claim, RDF.predicate)
        path = NamedNode(finding.path) if finding.path and finding.path[0] not in "(^<" else _READS.get(finding.rule)
        paths: tuple[NamedNode | None, ...] = (path, *(_SAID_BY.get(path, ()) if path else ()))
        is_subject = finding.focus_node in self._index.objects(claim, RDF.subject)
        same_value = finding.value is not None and finding.value in self._index.objects(claim, RDF.object)
        return not is_subject, not any(predicate in paths for predicate in predicates), not same_value

    def _places(self, claim: Term) -> Iterator[Location]:
        for evidence in self._index.objects(claim, DG.evidence):
            if (place := self._place(evidence)) is not None:
                yield place

    def _place(self, evidence: Term) -> Location | None:
        documents = self._index.objects(evidence, PROV.wasQuotedFrom)
        line = self._index.number(evidence, DG.line)
        if not documents or not line:
            return None
        name = self._index.document_name(documents[0])
        column = self._index.number(evidence, DG.column) or 1
        quote = self._index.literal(evidence, OA.exact) or ""
        start = self._index.number(evidence, OA.start)
        source = self._sources.get(name)
        if source is not None and start is not None and start < len(source.text):
            line, column = source.location(start)  # what the graph says of line and column may itself be the fault
        return Location(name, line, column, quote)

    def _rules(self, claim: Term) -> Iterator[str]:
        for rule in self._index.objects(claim, DG.rule):
            if isinstance(rule, NamedNode):
                yield rule.value.rpartition("/rule/")[2]

    def _expected(self, finding: Finding) -> Location | None:
        """Return where what an album lacks should stand; None if nothing is missing, or no document is at hand."""
        if finding.value not in (None, finding.focus_node):
            return None
        about = self._of_statement(finding)
        if about is finding and finding.value is None and finding.path and self._has(finding.focus_node, finding.path):
            return None  # too much, not too little
        for topic in self._documents_about(about.focus_node):
            name = self._index.document_name(topic)
            document = self._outline(topic.value if isinstance(topic, NamedNode) else name) or self._outline(name)
            if document is not None and (span := expected_place(document, about.rule, about.path)) is not None:
                line, column = document.source.location(span.start)
                return Location(name, line, column, document.source.quote(span), Place.EXPECTED)
        return None

    def _has(self, node: Term, path: str) -> bool:
        return path[0] not in "(^<" and bool(self._index.objects(node, NamedNode(path)))

    def _documents_about(self, node: Term) -> Iterable[Term]:
        return self._index.subjects(FOAF.primaryTopic, node)

"""Names for people: of things, classes, properties and values."""

from __future__ import annotations

from functools import cache

from discograph.namespaces import DEFAULT_BASE, prefix_table, short_iri
from discograph.provenance.claims import Term
from discograph.provenance.graph import Provenance
from discograph.rdf import Literal, NamedNode, parse_file
from discograph.resources import resource
from discograph.vocab import DCTERMS, DG_NS, FOAF, RDF, RDFS, SCHEMA, SKOS

_NAMES = (RDFS.label, DCTERMS.title, SKOS.prefLabel)
_OUTER = {
    DCTERMS.identifier: "file name",
    DCTERMS.publisher: "publisher",
    DCTERMS.title: "title",
    FOAF.isPrimaryTopicOf: "page about it",
    FOAF.primaryTopic: "is about",
    FOAF.topic_interest: "interested in",
    RDF.type: "type",
    RDFS.label: "name",
    SCHEMA.catalogNumber: "catalogue number",
    SCHEMA.composer: "composer",
    SCHEMA.director: "director",
    SCHEMA.disambiguatingDescription: "told apart as",
    SCHEMA.hasOccupation: "occupation",
    SCHEMA.musicBy: "music by",
    SKOS.Concept: "concept",
    SKOS.altLabel: "other name",
    SKOS.broader: "broader",
    SKOS.closeMatch: "same as",
    SKOS.hiddenLabel: "other spelling",
    SKOS.inScheme: "in scheme",
    SKOS.note: "note",
    SKOS.prefLabel: "name",
}
"""Terms of other vocabularies; those of ours have their labels in the ontology."""


class Names:
    """The names in one store; what a file leaves out (labels of the ontology's concepts) is made from the IRI."""

    def __init__(self, statements: Provenance, base_iri: str = DEFAULT_BASE) -> None:
        self._statements = statements
        self._prefixes = prefix_table(base_iri)
        self._labels: dict[Term, str] = {}

    def short(self, term: Term) -> str:
        """Return an IRI as ``prefix:rest`` where a prefix fits, another term as SPARQL writes it."""
        return short_iri(term.value, self._prefixes) if isinstance(term, NamedNode) else str(term)

    def of(self, term: Term) -> str:
        """Return what people call a thing, or the text of a literal, its language in brackets behind it."""
        if isinstance(term, Literal):
            return f"{term.value} ({term.language})" if term.language else term.value
        if term not in self._labels:
            self._labels[term] = self._label(term)
        return self._labels[term]

    def classes(self, node: Term) -> list[str]:
        """Return the names of a thing's classes, in alphabetical order."""
        return sorted(self.of(cls) for cls in self._statements.objects(node, RDF.type))

    def _label(self, term: Term) -> str:
        if isinstance(term, NamedNode) and (known := term_labels().get(term)):
            return known
        for predicate in _NAMES:
            if (text := self._statements.text(term, predicate)) and text.strip():
                return text
        if isinstance(term, NamedNode) and (claimed := self._claimed(term)):
            return claimed
        if isinstance(term, NamedNode) and "/concept/" in term.value:
            return term.value.rpartition("/")[2].replace("-", " ")
        return self.short(term)

    def _claimed(self, node: NamedNode) -> str | None:
        """Return a name that is only claimed: that of a thing in a hedged clause."""
        names = (t.object for t in self._statements.about(node) if t.predicate in _NAMES)
        return next((name.value for name in names if isinstance(name, Literal)), None)


@cache
def term_labels() -> dict[NamedNode, str]:
    """Return what people call each class and property that our graphs use: the ontology's label of it."""
    found = dict(_OUTER)
    for quad in parse_file(resource("ontology/discograph.ttl")):
        is_own = isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(DG_NS)
        if is_own and quad.predicate == RDFS.label and isinstance(quad.object, Literal):
            assert isinstance(quad.subject, NamedNode)
            found[quad.subject] = quad.object.value
    return found

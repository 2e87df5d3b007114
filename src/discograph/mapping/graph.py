"""Common ground of the mapping: names, agents, places, dates and concepts as nodes with claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from discograph.document import Citation, Source
from discograph.lexicon import concept
from discograph.mapping.claims import Claims, integer
from discograph.mapping.iris import Minter, dbpedia, slug, wikipedia
from discograph.mapping.pages import Pages, agent_kind, label_page
from discograph.rdf import Literal, NamedNode, Object
from discograph.records import AlbumMention, Manner, PlaceRecord, Said
from discograph.values.names import label_key
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG, EDTF, FOAF, RDF, RDFS, SKOS

_AGENTS = {"person": DG.Person, "ensemble": DG.Ensemble}
_MARKUP = re.compile(r"[<>\[\]{}|&\n]|''")
_PLACES = {"Place": DG.Place, "Studio": DG.Studio, "Venue": DG.Venue}


class Graph:
    """The graph of one document while it is being mapped."""

    def __init__(
        self,
        source: Source,
        minter: Minter,
        document: NamedNode,
        pages: Pages | None = None,
        citations: Iterable[Citation] = (),
    ) -> None:
        self.minter = minter
        self.pages = pages or Pages()
        self.claims = Claims(source, minter, document, citations)
        self._names: dict[NamedNode, str] = {}
        self.labels: dict[NamedNode, str] = {}
        """Labels of composite things, which no words of the source say; they go to the derived graph."""
        self.concepts: dict[NamedNode, tuple[str, str]] = {}
        """Scheme and name of each concept used."""

    def add(self, subject: NamedNode, predicate: NamedNode, value: Object, said: Said[Any], **more: Any) -> None:
        """Add a claim; see ``Claims.add``."""
        self.claims.add(subject, predicate, value, said, **more)

    def node(self, iri: NamedNode, type_: NamedNode, said: Said[Any], label: str = "") -> NamedNode:
        """Add a thing with its class, and a label of our own making where the text has none."""
        self.add(iri, RDF.type, type_, said)
        if label:
            self.labels.setdefault(iri, label)
        return iri

    def named(self, iri: NamedNode, type_: NamedNode, name: Said[str]) -> NamedNode:
        """Add a thing with its class and the name that the text gives it; another name of it is a second one."""
        self.add(iri, RDF.type, type_, name)
        is_first = self._names.setdefault(iri, name.value) == name.value
        self.add(iri, RDFS.label if is_first else SKOS.altLabel, Literal(name.value), name)
        return iri

    def concept(self, scheme: str, name: str) -> NamedNode:
        """Return a concept by name, and remember it for the derived graph."""
        iri = self.minter.concept(scheme, name)
        self.concepts.setdefault(iri, (scheme, name))
        return iri

    def printed(self, subject: NamedNode, scheme: str, said: Said[str]) -> None:
        """Add the words that the source prints for a concept, where they are not its preferred name."""
        known = concept(scheme, said.value)
        if known and fold(known.label) != fold(said.value):
            self.add(subject, DG.printedAs, Literal(said.value), said)

    def date(self, subject: NamedNode, said: Said[str] | None) -> None:
        """Add a date in EDTF, if there is one; its bounds are derived later."""
        if said:
            self.add(subject, DG.date, Literal(said.value, datatype=EDTF), said)

    def number(self, subject: NamedNode, predicate: NamedNode, said: Said[int]) -> None:
        """Add a whole number."""
        self.add(subject, predicate, integer(said.value), said)

    def agent_iri(self, name: Said[str]) -> NamedNode:
        """Return the IRI of a person or an ensemble."""
        page = self.pages.of_agent(name)
        return self.minter.thing(agent_kind(name.value, page), name.value, page)

    def agent_key(self, name: Said[str]) -> str:
        """Return what tells an agent from others of its name, for the IRIs of its works."""
        page = self.pages.of_agent(name)
        return self.minter.key(agent_kind(name.value, page), name.value, page)

    def agent(self, name: Said[str]) -> NamedNode:
        """Add a person or an ensemble with its name."""
        page = self.pages.of_agent(name)
        kind = agent_kind(name.value, page)
        iri = self.named(self.minter.thing(kind, name.value, page), _AGENTS[kind], name)
        self.about(iri, page, name)
        return iri

    def about(self, iri: NamedNode, page: str | None, said: Said[Any]) -> None:
        """Add the page that is about a thing, and what DBpedia has of it, where a link tells the page."""
        if page:
            self.add(iri, FOAF.isPrimaryTopicOf, wikipedia(page), said, manner=Manner.IMPLIED)
            self.add(iri, SKOS.closeMatch, dbpedia(page), said, manner=Manner.IMPLIED)

    def record_label(self, name: Said[str]) -> NamedNode:
        """Add a record label; its name is told without "Records", the longer form is another name."""
        key = label_key(name.value)
        page = self.pages.of(name, name.value)
        iri = self.minter.thing("label", key, label_page(page))
        self.named(iri, DG.Label, name.of(key))
        self.about(iri, page, name)
        if name.value != key:
            self.add(iri, SKOS.altLabel, Literal(name.value), name)
        return iri

    def place(self, place: PlaceRecord) -> NamedNode:
        """Add a place, its other names, and the place that it lies in."""
        page = None if place.canonical else self.pages.of(place.name, place.name.value)
        iri = self.minter.thing("place", place.canonical or place.name.value, page)
        self.named(iri, _PLACES[place.kind], place.name)
        self.about(iri, page, place.name)
        for other in place.other_names:
            self.add(iri, SKOS.altLabel, Literal(other.value), other)
            if place.kind.casefold() in fold(other.value):  # "… Studio" says the class, too
                self.add(iri, RDF.type, _PLACES[place.kind], other)
        if place.within and place.within_said:
            self.add(iri, DG.locatedIn, self.place(place.within), place.within_said)
        return iri

    def album(self, mention: AlbumMention) -> NamedNode:
        """Add an album that is named in passing: its title and, where they are said, artist and date."""
        iri = self.minter.album(mention.title.value, self.agent_key(mention.artist) if mention.artist else None)
        self.node(iri, DG.Album, mention.title)
        self.add(iri, DCTERMS.title, Literal(mention.title.value), mention.title)
        if mention.artist:
            self.add(iri, DG.artist, self.agent_iri(mention.artist), mention.artist)
        self.date(iri, mention.date)
        return iri

    def words(self, said: Said[Any]) -> str:
        """Return the first words that say a value, for labels that people read; the value, if markup is in them."""
        quote = self.claims.source.quote(said.evidence[0].span)
        return str(said.value) if said.value is not None and _MARKUP.search(quote) else quote

    def each(self, subject: NamedNode, predicate: NamedNode, scheme: str, names: list[Said[str]]) -> None:
        """Add a concept of a scheme for each name."""
        for said in names:
            self.add(subject, predicate, self.concept(scheme, said.value), said)


def unique(names: Iterator[str]) -> Iterator[str]:
    """Yield names, a second one with the same slug with ``-2`` and so on, in order."""
    taken: set[str] = set()
    for name in names:
        result, number = name, 1
        while slug(result) in taken:
            number += 1
            result = f"{name}-{number}"
        taken.add(slug(result))
        yield result

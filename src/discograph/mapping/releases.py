"""Editions of an album, and the events that put them on sale."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from discograph.assembly.editions import carrier_of
from discograph.document import Source
from discograph.lexicon import by_slug
from discograph.mapping.graph import Graph, unique
from discograph.rdf import Literal, NamedNode
from discograph.records import AlbumRecord, EditionRecord, Manner, ReleaseEventRecord, Said
from discograph.values.carriers import carrier
from discograph.values.names import label_key
from discograph.values.patterns import fold
from discograph.vocab import DG, SCHEMA


class Releases:
    """The releases of one album while it is being mapped."""

    def __init__(self, graph: Graph, album: NamedNode, record: AlbumRecord) -> None:
        self._graph = graph
        self._album = album
        self._record = record
        self._iris = self._mint()

    def _mint(self) -> dict[str, NamedNode]:
        """Return the IRI of each edition by its carrier: ``{album}/release/{label}-{carrier}``."""
        names = []
        for edition in self._record.editions:
            labels = [
                label for event in self._record.release_events if _puts_out(event, edition) for label in event.labels
            ]
            label = label_key(labels[0].value) + " " if labels else ""
            names.append(label + (carrier_of(edition) or "listed"))
        iris = [self._graph.minter.part(self._album, "release", name) for name in unique(iter(names))]
        return {carrier_of(edition): iri for edition, iri in zip(self._record.editions, iris, strict=True)}

    def map(self) -> None:
        """Add the editions, what the source lost of them, and the release events."""
        for edition in self._record.editions:
            self._edition(edition)
        for number, event in enumerate(self._record.release_events, 1):
            self._event(number, event)
        self.contents()

    def numbered(self) -> NamedNode:
        """Return the edition whose tracks are listed, or cited by number where the listing is lost.

        It is the edition whose track listing is lost, where the section names one; else an edition of its
        own, of which no more is known.
        """
        lost = [i.about for i in self._record.issues if i.kind.value == "track-list-missing"]
        for name in lost:
            if (slug := carrier(name)) in self._iris:
                return self._iris[slug]
        if "" not in self._iris:
            self._iris[""] = self._graph.minter.part(self._album, "release", "listed")
            self._graph.node(self._iris[""], DG.Release, self._record.said, self._label("listed edition"))
            said = self._record.said.of(None, Manner.IMPLIED)
            self._graph.add(self._iris[""], DG.releaseOf, self._album, said)
        return self._iris[""]

    def _label(self, name: str) -> str:
        return f"{self._record.title[0].value} ({name})"

    def _edition(self, edition: EditionRecord) -> None:
        graph, iri = self._graph, self._iris[carrier_of(edition)]
        graph.node(iri, DG.Release, edition.name, self._label(edition.name.value or "edition"))
        graph.add(iri, DG.releaseOf, self._album, edition.name)
        if edition.format:
            known = by_slug("format", carrier(edition.format.value))
            name = known.label if known else edition.format.value
            graph.add(iri, DG.format, graph.concept("format", name), edition.format)
            if fold(name) != fold(edition.format.value):
                graph.add(iri, DG.printedAs, Literal(edition.format.value), edition.format)
        if edition.kind:
            graph.add(iri, DG.kind, graph.concept("kind", edition.kind.value), edition.kind)
        if edition.duration:
            graph.number(iri, DG.durationSeconds, edition.duration)
        for issue in self._record.issues:
            if issue.about and carrier(issue.about) == carrier_of(edition):
                graph.add(iri, DG.sourceIssue, graph.concept("source-issue", issue.kind.value), issue.kind)

    def _event(self, number: int, event: ReleaseEventRecord) -> None:
        graph = self._graph
        iri = graph.minter.part(self._album, "release-event", number)
        graph.node(iri, DG.ReleaseEvent, event.said, f"release {number} of {self._record.title[0].value}")
        graph.date(iri, event.date)
        if event.territory:
            graph.add(iri, DG.territory, graph.place(event.territory), event.territory.name)
        self._labels(iri, event)
        if event.kind:
            graph.add(iri, DG.kind, graph.concept("kind", event.kind.value), event.kind)
        self._released(iri, event)

    def _labels(self, iri: NamedNode, event: ReleaseEventRecord) -> None:
        """Add the labels, and how they are printed where that is not their names: "Elektra/Nonesuch"."""
        graph = self._graph
        for label in event.labels:
            graph.add(iri, DG.label, graph.record_label(label), label)
        printed = _printed(list(event.labels), graph.claims.source)
        if event.labels and printed != label_key(event.labels[0].value):
            evidence = tuple(e for label in event.labels for e in label.evidence)
            graph.add(iri, DG.printedAs, Literal(printed), replace(event.labels[0], evidence=evidence))

    def contents(self) -> None:
        """Add what editions hold besides the album."""
        graph = self._graph
        for record in self._record.contents:
            release = self._iris.get(carrier(record.edition.value))
            if release is None:
                continue
            iri = graph.minter.part(self._album, "recording", record.head.value)
            graph.node(iri, DG.Recording, record.said, record.words.value)
            graph.add(release, DG.includes, iri, record.said)
            graph.add(iri, DG.version, graph.concept("version", record.head.value), record.head)
            if record.unreleased:
                graph.add(iri, DG.version, graph.concept("version", "previously unreleased"), record.words)
            if record.vague:
                graph.add(iri, DG.sourceIssue, graph.concept("source-issue", "vague quantity"), record.vague)

    def _released(self, iri: NamedNode, event: ReleaseEventRecord) -> None:
        """Add what was put on sale: another album's edition, an edition of this one, or the album itself."""
        if event.host:
            self._host(iri, event)
            return
        found = self._iris.get(carrier(event.edition.value)) if event.edition else None
        if event.edition and found:
            self._graph.add(iri, DG.releases, found, event.edition)
        else:
            self._graph.add(iri, DG.releases, self._album, event.said)
        if event.catalogue:
            self._graph.add(iri, SCHEMA.catalogNumber, Literal(event.catalogue.value), event.catalogue)

    def _host(self, iri: NamedNode, event: ReleaseEventRecord) -> None:
        graph = self._graph
        assert event.host
        host = graph.album(event.host)
        label = label_key(event.labels[0].value) if event.labels else "edition"
        release = graph.minter.part(host, "release", label)
        said = event.host.title
        graph.node(release, DG.Release, said, f"{event.host.title.value} ({label})")
        graph.add(release, DG.releaseOf, host, said)
        graph.add(iri, DG.releases, release, said)
        if event.catalogue:
            graph.add(release, SCHEMA.catalogNumber, Literal(event.catalogue.value), event.catalogue)
        if event.host_side is None:
            graph.add(release, DG.reissueOf, self._album, said)
            return
        side = graph.minter.part(host, "release", label, "side", event.host_side.value)
        graph.node(side, DG.Medium, event.host_side, f"{event.host.title.value}, side {event.host_side.value}")
        graph.add(release, DG.medium, side, event.host_side)
        graph.number(side, DG.position, event.host_side)
        graph.add(side, DG.reissueOf, self._album, event.host_side)


def _printed(labels: list[Said[str]], source: Source) -> str:
    """Return labels as printed: with the slash that stands between them, else joined by semicolons."""
    spans = [label.evidence[0].span for label in labels]
    words = [label.value for label in labels]
    text = words[0] if words else ""
    for (before, after), word in zip(pairwise(spans), words[1:], strict=True):
        text += ("/" if source.text[before.end : after.start] == "/" else "; ") + word
    return text


def _puts_out(event: ReleaseEventRecord, edition: EditionRecord) -> bool:
    return bool(event.edition and event.host is None and carrier(event.edition.value) == carrier_of(edition))

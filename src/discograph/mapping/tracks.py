"""Tracks of an album: those that its listing names, or stubs for those that only credits cite by number."""

from __future__ import annotations

import re

from discograph.mapping.claims import integer
from discograph.mapping.graph import Graph
from discograph.mapping.releases import Releases
from discograph.rdf import Literal, NamedNode
from discograph.records import AlbumRecord, Manner, Said, TrackRecord
from discograph.vocab import DCTERMS, DG, SCHEMA, SKOS

_MEDIUM = re.compile(
    r"\b(?:side|sides|dis[ck]|LP|CD|record|cassette|tape)\s+\w+\s*\Z|\A(?:side|dis[ck])\b", re.IGNORECASE
)


class Tracks:
    """The tracks of one album while it is being mapped, by running number from 1."""

    def __init__(self, graph: Graph, album: NamedNode, record: AlbumRecord, releases: Releases) -> None:
        self._graph = graph
        self._album = album
        self._record = record
        self._releases = releases
        self._holders: dict[str, NamedNode] = {}
        self._releases_of: dict[NamedNode, NamedNode] = {}
        self.by_number: dict[int, NamedNode] = {}
        self.release_of: dict[int, NamedNode] = {}

    def map(self) -> None:
        """Add the tracks of the listing; where it is lost, stubs up to the highest number that a line cites."""
        for track in self._record.tracks:
            self._track(track)
        cited = [said.of(max(said.value)) for said in self._scopes() if said.value]
        if cited and not self._record.tracks:
            self._stubs(max(cited, key=lambda said: said.value))

    @property
    def release(self) -> NamedNode:
        """The edition whose tracks they are."""
        return self._releases.numbered()

    def _scopes(self) -> list[Said[tuple[int, ...]]]:
        found = [credit.tracks for credit in self._record.credits]
        found += [session.tracks for session in self._record.sessions]
        return [said for said in found if said]

    def _track(self, track: TrackRecord) -> None:
        graph = self._graph
        holder = self._holder(track)
        iri = graph.minter.part(holder, "track", track.running)
        graph.node(iri, DG.Track, track.said)
        graph.add(holder, DG.track, iri, track.said)
        graph.add(iri, DCTERMS.title, Literal(track.title.value), track.title)
        graph.add(iri, DG.position, integer(track.position), track.said, manner=Manner.IMPLIED)
        graph.add(iri, DG.runningNumber, integer(track.running), track.said, manner=Manner.IMPLIED)
        if track.seconds:
            graph.number(iri, DG.durationSeconds, track.seconds)
        if track.note:
            graph.add(iri, SKOS.note, Literal(track.note.value), track.note)
        self._writers(iri, track)
        self.by_number[track.running] = iri
        self.release_of[track.running] = self._releases_of.get(holder, holder)

    def _writers(self, iri: NamedNode, track: TrackRecord) -> None:
        """Add the writers as printed, and as persons where the article gives their full names."""
        if not track.writers:
            return
        printed = "; ".join(said.value for said in track.writers)
        evidence = tuple(dict.fromkeys(e for said in track.writers for e in said.evidence))
        said = Said(printed, evidence, track.writers[0].manner)
        self._graph.add(iri, DG.writerCredit, Literal(printed), said)
        for writer in track.writers:
            if " " in writer.value:
                self._graph.add(iri, SCHEMA.composer, self._graph.agent(writer), writer)

    def _holder(self, track: TrackRecord) -> NamedNode:
        """Return what holds a track: the listed edition, a side or disc of it, or the edition of its heading."""
        if track.part is None:
            return self.release
        name = track.part.value
        if name not in self._holders:
            self._holders[name] = self._part(track.part)
        return self._holders[name]

    def _part(self, part: Said[str]) -> NamedNode:
        graph = self._graph
        if _MEDIUM.search(part.value):
            iri = graph.minter.part(self.release, part.value)
            graph.node(iri, DG.Medium, part)
            graph.add(self.release, DG.medium, iri, part)
            self._releases_of[iri] = self.release
            number = sum(_MEDIUM.search(other) is not None for other in self._holders) + 1
            graph.add(iri, DG.position, integer(number), part, manner=Manner.IMPLIED)
        else:
            iri = graph.minter.part(self._album, "release", part.value)
            graph.node(iri, DG.Release, part)
            graph.add(iri, DG.releaseOf, self._album, part, manner=Manner.IMPLIED)
        graph.add(iri, DCTERMS.title, Literal(part.value), part)
        return iri

    def _stubs(self, cited: Said[int]) -> None:
        """Add the tracks 1 to a number; their titles are not known."""
        said = cited.of(None, Manner.IMPLIED)
        for number in range(1, cited.value + 1):
            track = self._graph.minter.part(self.release, "track", number)
            self._graph.node(track, DG.Track, said, f"track {number}")
            self._graph.add(track, DG.position, integer(number), said)
            self._graph.add(track, DG.runningNumber, integer(number), said)
            self._graph.add(self.release, DG.track, track, said)
            self.by_number[number] = track
            self.release_of[number] = self.release
        self._graph.add(self.release, DG.trackCount, integer(cited.value), said)

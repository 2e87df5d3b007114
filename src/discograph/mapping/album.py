"""An album and everything that hangs on it, as claims."""

from __future__ import annotations

from discograph.mapping.awards import map_awards
from discograph.mapping.certifications import map_certifications
from discograph.mapping.charts import map_charts
from discograph.mapping.credits import map_credits
from discograph.mapping.graph import Graph
from discograph.mapping.releases import Releases
from discograph.mapping.reviews import map_reviews
from discograph.mapping.tracks import Tracks
from discograph.rdf import Literal, NamedNode
from discograph.records import (
    AlbumRecord,
    FilmRecord,
    Manner,
    PageRecord,
    Said,
    SessionRecord,
)
from discograph.values.patterns import fold
from discograph.vocab import DCTERMS, DG, SCHEMA, SKOS

__all__ = ["album_iri", "map_album"]


def album_iri(graph: Graph, album: AlbumRecord) -> NamedNode:
    """Return the IRI of an album: its first title and artist."""
    artist = graph.agent_key(album.artist[0]) if album.artist else None
    return graph.minter.album(album.title[0].value, artist)


def map_album(graph: Graph, album: AlbumRecord, page: PageRecord | None) -> NamedNode:
    """Add an album with all its parts; return its IRI."""
    iri = graph.node(album_iri(graph, album), DG.Album, album.said)
    _titles(graph, iri, album)
    if page and page.disambiguation:
        note = page.disambiguation
        graph.add(iri, SCHEMA.disambiguatingDescription, Literal(note.value), note, manner=Manner.IMPLIED)
    for artist in album.artist:
        graph.add(iri, DG.artist, graph.agent(artist), artist)
    for label in album.label:
        graph.add(iri, DG.label, graph.record_label(label), label)
    graph.each(iri, DG.albumType, "album-type", album.album_type)
    graph.each(iri, DG.genre, "genre", album.genre)
    releases = Releases(graph, iri, album)
    releases.map()
    tracks = Tracks(graph, iri, album, releases)
    tracks.map()
    sessions = [_session(graph, iri, number, record, tracks) for number, record in enumerate(album.sessions, 1)]
    map_credits(graph, iri, album, tracks, sessions)
    _neighbours(graph, iri, album)
    map_charts(graph, iri, album.charts)
    map_certifications(graph, iri, album.certifications)
    map_awards(graph, iri, album, tracks)
    map_reviews(graph, iri, album.reviews)
    for film in album.films:
        _film(graph, iri, film)
    _engagements(graph, iri, album)
    _people(graph, iri, album)
    for mention in album.mentions:
        graph.album(mention)
    return iri


def _titles(graph: Graph, iri: NamedNode, album: AlbumRecord) -> None:
    """Add the title; a second one that differs is another name, so that the album has one main title."""
    first, *others = album.title
    graph.add(iri, DCTERMS.title, Literal(first.value), first)
    for other in others:
        graph.add(iri, SKOS.altLabel, Literal(other.value), other)


def _session(graph: Graph, album: NamedNode, number: int, record: SessionRecord, tracks: Tracks) -> NamedNode:
    iri = graph.minter.part(album, "session", number)
    when = f", {graph.words(record.date)}" if record.date else ""
    graph.node(iri, DG.RecordingSession, record.said, f"recording session {number}{when}")
    graph.add(album, DG.recordedDuring, iri, record.said)
    graph.date(iri, record.date)
    if record.place:
        graph.add(iri, DG.place, graph.place(record.place), _all_evidence(record))
    for track in record.tracks.value if record.tracks else ():
        if record.tracks and track in tracks.by_number:
            graph.add(tracks.by_number[track], DG.recordedDuring, iri, record.tracks)
    order = list(dict.fromkeys(day.value for day in record.days))  # a day may be told twice
    for day in record.days:
        day_number = order.index(day.value) + 1
        day_iri = graph.minter.part(album, "session", number, "day", day_number)  # or month, where days are not told
        if day.manner is Manner.STATED:
            graph.node(day_iri, DG.RecordingSession, day, f"recording session {number}, {graph.words(day)}")
            graph.add(day_iri, DG.subEventOf, iri, day)
        graph.date(day_iri, day)
    return iri


def _all_evidence(record: SessionRecord) -> Said[str]:
    """Return the place's name with the words of all its forms: each of them says where the session was."""
    assert record.place
    evidence = record.place.name.evidence + tuple(e for other in record.place.other_names for e in other.evidence)
    return Said(record.place.name.value, evidence, record.place.name.manner)


def _neighbours(graph: Graph, album: NamedNode, record: AlbumRecord) -> None:
    for neighbour in record.neighbours:
        predicate = DG.previousAlbum if neighbour.direction == "previous" else DG.nextAlbum
        graph.add(album, predicate, graph.album(neighbour.album), neighbour.album.title)


def _film(graph: Graph, album: NamedNode, record: FilmRecord) -> None:
    key = graph.agent_key(record.director) if record.director else record.year.value if record.year else None
    iri = graph.minter.film(record.title.value, key)
    graph.about(iri, graph.pages.of(record.title, record.title.value), record.title)
    graph.node(iri, DG.Film, record.title)
    graph.add(iri, DCTERMS.title, Literal(record.title.value), record.title)
    if record.relation:
        graph.add(album, DG.soundtrackOf, iri, record.relation)
    graph.date(iri, record.year)
    if record.director:
        graph.add(iri, SCHEMA.director, graph.agent(record.director), record.director)


def _engagements(graph: Graph, album: NamedNode, record: AlbumRecord) -> None:
    for number, engagement in enumerate(record.engagements, 1):
        iri = graph.minter.part(album, "engagement", number)
        label = f"{engagement.agent.value} at {engagement.venue.name.value}"
        graph.node(iri, DG.Engagement, engagement.said, label)
        graph.add(iri, DG.participant, _known_agent(graph, record, engagement.agent), engagement.said)
        graph.add(iri, DG.place, graph.place(engagement.venue), engagement.venue.name)
        graph.date(iri, engagement.date)


def _known_agent(graph: Graph, album: AlbumRecord, name: Said[str]) -> NamedNode:
    """Return an agent that prose names; one known from elsewhere needs no second label from a surname."""
    known = [said.value for said in album.artist] + [credit.agent.value for credit in album.credits]
    if any(fold(name.value) == fold(other) for other in known):
        return graph.agent_iri(name)
    return graph.agent(name)


def _people(graph: Graph, album: NamedNode, record: AlbumRecord) -> None:
    for agent in record.agents:
        iri = graph.agent(agent.name)
        if agent.occupation:
            occupation = graph.concept("occupation", agent.occupation.value)
            graph.add(iri, SCHEMA.hasOccupation, occupation, agent.occupation)
    for opinion in record.opinions:
        holder = graph.agent(opinion.holder)
        graph.add(album, SKOS.note, Literal(opinion.statement.value), opinion.statement, holder=holder)

"""Graphs of invented albums with seeded faults, of any size, the same on every machine.

Input: a number of triples, a seed, whether facts have claims. Output: N-Triples lines in the model of
docs/model.md. Method: each album has a document, editions, tracks, sessions, credits, charts, awards, reviews;
people, places and labels are shared, the ones that are first in their list by most albums; every fourth album
has one fault of ``FAULTS``, in turn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from discograph.namespaces import PREFIXES

ROOT = "https://example.org/"
FAULTY = 4
"""One album in so many has a fault."""

_KINDS = ("Horn", "Moss", "Reed", "Vale", "Wren", "Lark", "Flint", "Dale", "Brook", "Finch", "Thorn", "Marsh")
_FIRST = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Max", "Nan", "Otto")


class Fact(NamedTuple):
    """One triple; each part as it stands in N-Triples."""

    subject: str
    predicate: str
    object: str


def iri(name: str) -> str:
    """Return a prefixed name, or a path below ``ROOT``, as an IRI in N-Triples."""
    prefix, colon, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if colon and prefix in PREFIXES else f"<{ROOT}{name}>"


def literal(value: object, datatype: str = "") -> str:
    """Return a literal in N-Triples; whole numbers are xsd:integer."""
    if isinstance(value, int):
        datatype = "xsd:integer"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"' + (f"^^{iri(datatype)}" if datatype else "")


TYPE = iri("rdf:type")


class Album:
    """The facts of one album and what they hang on; faults change ``facts`` before claims are made."""

    def __init__(self, number: int, size: int, rng: random.Random) -> None:
        self.number = number
        self.size = size
        self.rng = rng
        self.node = f"album/{number}"
        self.facts: list[Fact] = []
        self.derived: list[Fact] = []
        self.more: list[Fact] = []
        """Triples that get no claim and are no facts: faults in claims."""
        self.broken_claims: list[Callable[[list[Fact]], list[Fact]]] = []
        self._things()

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """State facts; subject and predicate by name, objects in N-Triples."""
        self.facts += [Fact(iri(subject), iri(predicate), value) for value in objects]

    def derive(self, subject: str, predicate: str, *objects: str) -> None:
        """State triples that need no claim."""
        self.derived += [Fact(iri(subject), iri(predicate), value) for value in objects]

    def thing(self, name: str, cls: str, label: str | None = None) -> str:
        """State the class of a thing, and by derivation its label; return its name."""
        self.add(name, "rdf:type", iri(f"dg:{cls}"))
        if label is not None:
            named = cls in {"Person", "Place", "Studio", "Venue", "Label", "Ensemble", "Agent"}
            (self.add if named else self.derive)(name, "rdfs:label", literal(label))
        return name

    def concept(self, scheme: str, name: str) -> str:
        """Return a concept as an object, described."""
        concept = f"{scheme}:{name}"
        self.derive(concept, "rdf:type", iri("skos:Concept"))
        self.derive(concept, "skos:prefLabel", literal(name.replace("-", " ")))
        self.derive(concept, "skos:inScheme", f"<{PREFIXES['dg'].replace('ns#', 'concept/')}{scheme}>")
        return iri(concept)

    def dated(self, name: str, first: str, last: str | None = None, *, text: str | None = None) -> None:
        """Give a thing a date and its bounds; days as YYYY-MM-DD."""
        self.add(name, "dg:date", literal(text or first, "edtf:EDTF"))
        self.derive(name, "dg:earliest", literal(first, "xsd:date"))
        self.derive(name, "dg:latest", literal(last or first, "xsd:date"))

    def year(self, name: str, year: int) -> None:
        """Give a thing a whole year as its date."""
        self.dated(name, f"{year}-01-01", f"{year}-12-31", text=str(year))

    def shared(self, pool: int) -> int:
        """Return a number below ``pool``, small ones often."""
        return int(pool * self.rng.random() ** 3)

    def person(self) -> str:
        """Return someone who is known by one number and one name."""
        number = self.shared(10 + 3 * self.size)
        first, last = _FIRST[number % 15], _KINDS[number // 15 % 12]
        return self.thing(f"person/{number}", "Person", f"{first} {last} {_roman(number // 180)}".rstrip())

    def town(self) -> str:
        """Return a town, which lies in a country."""
        number = self.shared(5 + self.size // 10)
        town = self.thing(f"place/{number}", "Place", f"{_KINDS[number % 12]}town {number}")
        country = self.thing(f"country/{number % 20}", "Place", f"{_KINDS[number % 12]}land {number % 20}")
        self.add(town, "dg:locatedIn", iri(country))
        return town

    def _things(self) -> None:
        rng, node = self.rng, self.node
        self.first_year = 1950 + self.number % 8 * 2 + 12 * (self.number // 8 % 3)
        title = f"{_KINDS[self.number % 12]} and {_KINDS[rng.randrange(12)]} {self.number}"
        self.thing(node, "Album", title)
        self.add(node, "dcterms:title", literal(title))
        self.leader = self._leader()
        self.add(node, "dg:artist", iri(self.leader))
        self.add(node, "dg:albumType", self.concept("album-type", rng.choice(("studio", "live"))))
        self.add(node, "dg:genre", self.concept("genre", rng.choice(("modal-jazz", "hard-bop"))))
        number = self.shared(5 + self.size // 20)
        self.label = self.thing(f"label/{number}", "Label", f"{_KINDS[number % 12]} Records {number}")
        self.add(node, "dg:label", iri(self.label))
        self._document(title)
        self._chronology()
        self._sessions()
        self._releases()
        self._credits()
        self._reception()

    def _leader(self) -> str:
        number = 1_000_000 + self.number // 8
        return self.thing(f"person/{number}", "Person", f"{_FIRST[number % 15]} Leader {number}")

    def _document(self, title: str) -> None:
        self.document = f"doc/{self.number}"
        self.derive(self.document, "rdf:type", iri("dg:SourceDocument"))
        self.derive(self.document, "dcterms:title", literal(f"{title} (album)"))
        self.derive(self.document, "dcterms:identifier", literal(f"{self.number}.txt"))
        self.derive(self.document, "dg:sha256", literal(f"{self.rng.getrandbits(256):064x}"))
        self.derive(self.document, "foaf:primaryTopic", iri(self.node))

    def _chronology(self) -> None:
        """Link eight albums of one leader in a row."""
        if self.number % 8:
            self.add(self.node, "dg:previousAlbum", iri(f"album/{self.number - 1}"))
        if self.number % 8 < 7 and self.number + 1 < self.size:
            self.add(self.node, "dg:nextAlbum", iri(f"album/{self.number + 1}"))
        self.year(self.node, self.first_year + 1)

    def _sessions(self) -> None:
        number = self.shared(4 + self.size // 15)
        self.studio = self.thing(f"studio/{number}", "Studio", f"{_KINDS[number % 12]} Studio {number}")
        self.add(self.studio, "dg:locatedIn", iri(self.town()))
        self.sessions = [f"{self.node}/session/{n}" for n in (1, 2)]
        for number, session in enumerate(self.sessions, 1):
            self.thing(session, "RecordingSession", f"Session {number}")
            self.add(self.node, "dg:recordedDuring", iri(session))
            self.add(session, "dg:place", iri(self.studio))
            self.dated(session, f"{self.first_year}-0{number}-1{number}")
        self.day = self.thing(f"{self.sessions[0]}/day/1", "RecordingSession", "Day 1")
        self.add(self.day, "dg:subEventOf", iri(self.sessions[0]))
        self.dated(self.day, f"{self.first_year}-01-11")

    def _releases(self) -> None:
        self.releases: list[str] = []
        self.tracks: list[str] = []
        for number, form in enumerate(("lp", "cd")):
            release = self.thing(f"{self.node}/release/{form}", "Release", form.upper())
            self.releases.append(release)
            self.add(release, "dg:releaseOf", iri(self.node))
            self.add(release, "dg:format", self.concept("format", form))
            self.add(release, "schema:catalogNumber", literal(f"{form.upper()} {self.number:04}"))
            event = self.thing(f"{self.node}/release-event/{number + 1}", "ReleaseEvent", f"Release {number + 1}")
            kind = ("first-release", "reissue")[number]
            self.add(event, "dg:releases", iri(release))
            self.event = event
            self.add(event, "dg:kind", self.concept("kind", kind))
            self.add(event, "dg:label", iri(self.label))
            self.add(event, "dg:territory", iri(f"country/{self.number % 5}"))
            self.thing(f"country/{self.number % 5}", "Place", f"{_KINDS[self.number % 5]}land {self.number % 5}")
            self.year(event, self.first_year + 1 if number == 0 else 1990)
        self.sides = [f"{self.releases[0]}/side/{n}" for n in (1, 2)]
        count = self.rng.randrange(6, 12)
        for number, side in enumerate(self.sides, 1):
            self.thing(side, "Medium", f"Side {number}")
            self.add(self.releases[0], "dg:medium", iri(side))
            self.add(side, "dg:position", literal(number))
        seconds = 0
        for number in range(1, count + 1):
            side, position = (self.sides[0], number) if number <= 4 else (self.sides[1], number - 4)
            track = self.thing(f"{self.releases[0]}/track/{number}", "Track", f"Track {number}")
            self.tracks.append(track)
            length = self.rng.randrange(120, 400)
            seconds += length
            self.add(side, "dg:track", iri(track))
            self.add(track, "dg:position", literal(position))
            self.add(track, "dg:runningNumber", literal(number))
            self.add(track, "dcterms:title", literal(f"{_KINDS[(number + self.number) % 12]} Blues"))
            self.add(track, "dg:durationSeconds", literal(length))
        self.add(self.releases[0], "dg:durationSeconds", literal(seconds))
        self.add(self.releases[0], "dg:trackCount", literal(count))

    def _credits(self) -> None:
        self.credits: list[str] = []
        jobs = ("trumpet", "piano", "double-bass", "drums", "tenor-saxophone", "guitar")
        for number, job in enumerate(jobs[: self.rng.randrange(4, 7)]):
            agent = self.leader if number == 0 else self.person()
            credit = self.thing(f"{self.node}/credit/{number}", "Credit", f"{agent}, {job}")
            self.credits.append(credit)
            self.add(credit, "dg:agent", iri(agent))
            self.add(credit, "dg:instrument", self.concept("instrument", job))
            self.add(credit, "dg:creditOn", *(iri(name) for name in (self.node, self.releases[0], self.sessions[0])))
            if number == 1:
                self.add(credit, "dg:creditScope", self.concept("credit-scope", "listed"))
                self.add(credit, "dg:creditedTrack", *(iri(track) for track in self.tracks[:3]))
        producer = self.thing(f"{self.node}/credit/producer", "Credit", "Producer")
        self.add(producer, "dg:agent", iri(self.person()))
        self.add(producer, "dg:role", self.concept("role", "producer"))
        self.add(producer, "dg:creditOn", iri(self.node))

    def _reception(self) -> None:
        self.entry = self.thing(f"{self.node}/chart/1", "ChartEntry", "Chart entry")
        self.add(self.entry, "dg:chartEntryFor", iri(self.node))
        self.add(self.entry, "dg:chart", self.concept("chart", "top-jazz"))
        self.add(self.entry, "dg:peakPosition", literal(self.rng.randrange(1, 200)))
        self.year(self.entry, self.first_year + 2)
        self.review = self.thing(f"{self.node}/review/1", "Review", "Review")
        self.add(self.review, "dg:reviewOf", iri(self.node))
        self.add(self.review, "dg:publication", self.concept("publication", "the-gazette"))
        self.add(self.review, "dg:score", literal(f"{self.rng.randrange(1, 6)}/5"))
        self.award = self.thing(f"{self.node}/award/1", "AwardResult", "Award")
        self.add(self.award, "dg:nominee", iri(self.node))
        self.add(self.award, "dg:award", self.concept("award", "golden-reed"))
        self.add(self.award, "dg:outcome", self.concept("outcome", "won"))
        self.year(self.award, self.first_year + 2)
        self.certification = self.thing(f"{self.node}/certification/1", "Certification", "Certification")
        self.add(self.certification, "dg:certificationOf", iri(self.node))
        self.add(self.certification, "dg:level", self.concept("certification-level", "gold"))
        self.add(self.certification, "dg:territory", iri(f"country/{self.number % 5}"))
        if self.number % 10 == 0:
            self.film = self.thing(f"film/{self.number}", "Film", f"Film {self.number}")
            self.add(self.film, "dcterms:title", literal(f"Film {self.number}"))
            self.year(self.film, self.first_year)
            self.add(self.node, "dg:soundtrackOf", iri(self.film))

    # Faults.

    def drop(self, subject: str, predicate: str) -> None:
        """Remove all values of a property of a thing."""
        for facts in (self.facts, self.derived):
            facts[:] = [fact for fact in facts if fact[:2] != (iri(subject), iri(predicate))]

    def set(self, subject: str, predicate: str, *objects: str) -> None:
        """Give a property of a thing other values."""
        derived = any(fact[:2] == (iri(subject), iri(predicate)) for fact in self.derived)
        self.drop(subject, predicate)
        (self.derive if derived else self.add)(subject, predicate, *objects)


def _roman(number: int) -> str:
    return "I" * (number % 5) + "V" * (number // 5 % 2) + "X" * (number // 10) if number else ""


Fault = Callable[[Album], None]


def _set(thing: str, predicate: str, *objects: str) -> Fault:
    return lambda album: album.set(_name(album, thing), predicate, *objects)


def _add(thing: str, predicate: str, *objects: str) -> Fault:
    return lambda album: album.add(_name(album, thing), predicate, *objects)


def _name(album: Album, thing: str) -> str:
    found = getattr(album, thing, thing)
    return found[0] if isinstance(found, list) else str(found)


def _date(thing: str, first: str, last: str | None = None) -> Fault:
    def change(album: Album) -> None:
        for predicate in ("dg:date", "dg:earliest", "dg:latest"):
            album.drop(_name(album, thing), predicate)
        text = first if last is None else f"{first}/{last}"
        album.dated(_name(album, thing), first, last, text=text)

    return change


def _drop(thing: str, *predicates: str) -> Fault:
    def change(album: Album) -> None:
        for predicate in predicates:
            album.drop(_name(album, thing), predicate)

    return change


def _claims(change: Callable[[list[Fact]], list[Fact]]) -> Fault:
    return lambda album: album.broken_claims.append(change)


def _without(predicate: str) -> Fault:
    def change(triples: list[Fact]) -> list[Fact]:
        first = next(index for index, triple in enumerate(triples) if triple.predicate == iri(predicate))
        return triples[:first] + triples[first + 1 :]

    return _claims(change)


def _claimed(predicate: str, *objects: str, of: str = "Claim") -> Fault:
    def change(triples: list[Fact]) -> list[Fact]:
        node = next(triple.subject for triple in triples if triple.object == iri(f"dg:{of}"))
        kept = [triple for triple in triples if triple[:2] != (node, iri(predicate))]
        return [*kept, *(Fact(node, iri(predicate), value) for value in objects)]

    return _claims(change)


def _circle(thing: str, predicate: str, other: str) -> Fault:
    def change(album: Album) -> None:
        album.add(_name(album, thing), predicate, iri(_name(album, other)))
        album.add(_name(album, other), predicate, iri(_name(album, thing)))

    return change


def _twin_credit(album: Album) -> None:
    first = iri(album.credits[0])
    twin = album.thing(f"{album.node}/credit/twin", "Credit", "Twin")
    album.facts += [Fact(iri(twin), p, o) for s, p, o in album.facts if s == first and p != TYPE]


def _namesake(album: Album) -> None:
    album.thing(f"person/namesake-{album.number}", "Person", f"{_FIRST[0]} Horn")


def _odd_studio(album: Album) -> None:
    album.thing(f"studio/odd-{album.number}", "Studio", "Odd")


def _own_translation(album: Album) -> None:
    title = next(fact.object for fact in album.facts if fact[:2] == (iri(album.node), iri("dcterms:title")))
    album.add(album.node, "dg:literalTitle", title)


def _blank(album: Album) -> None:
    album.derived.append(Fact(f"_:b{album.number}", TYPE, iri("dg:Recording")))


def _stranger(album: Album) -> None:
    album.set(album.credits[1], "dg:creditedTrack", iri(f"album/{(album.number + 1) % album.size}/release/lp/track/1"))


def _no_claim(album: Album) -> None:
    album.derive(album.node, "dg:trackCount", literal(9))


def _hedged(album: Album) -> None:
    manner = iri("manner:hedged")
    album.broken_claims.append(lambda triples: [*triples, Fact(triples[0].subject, iri("dg:manner"), manner)])


def _untyped(album: Album) -> None:
    album.facts = [fact for fact in album.facts if fact != (iri(album.entry), TYPE, iri("dg:ChartEntry"))]


FAULTS: dict[str, Fault] = {
    "A1 no title": _set("node", "dcterms:title"),
    "A1 two titles": _add("node", "dcterms:title", literal("Another Title")),
    "A2 no artist": _set("node", "dg:artist"),
    "A3 two next albums of one artist": _add("node", "dg:nextAlbum", iri("album/0"), iri("album/1")),
    "A4 a place as artist": _set("node", "dg:artist", iri("place/0")),
    "A4 a genre of another scheme": _set("node", "dg:genre", iri("format:lp")),
    "A5 no type": _set("node", "dg:albumType"),
    "A7 markup in a title": _set("tracks", "dcterms:title", literal("[[Blues]]")),
    "A8 the title as its own translation": _own_translation,
    "C1 no agent": _set("credits", "dg:agent"),
    "C2 a credit on nothing": _set("credits", "dg:creditOn"),
    "C3 no instrument": _set("credits", "dg:instrument"),
    "C4 a track of another album": _stranger,
    "C5 a credit twice": _twin_credit,
    "C6 an instrument of another scheme": _set("credits", "dg:instrument", iri("genre:hard-bop")),
    "C7 listed, but no tracks": lambda album: album.drop(album.credits[1], "dg:creditedTrack"),
    "C9 more players than credits": _add("sessions", "dg:participantCount", literal(40)),
    "C12 a credit on a person": _set("credits", "dg:creditOn", iri("person/0")),
    "D1 a date in words": _set("sessions", "dg:date", literal("spring of 1958", "edtf:EDTF")),
    "D2 no bounds": _drop("day", "dg:earliest", "dg:latest"),
    "D3 earliest after latest": _set("sessions", "dg:earliest", literal("1999-01-01", "xsd:date")),
    "D4 a session to come": _date("day", "2190-01-01"),
    "D5 released before it was recorded": _date("sessions", "1989-01-01"),
    "D7 a day outside its session": _date("day", "1949-01-01"),
    "D8 a session of years": _date("day", "1950-01-01", "1955-01-01"),
    "D9 after itself": lambda album: album.add(album.day, "dg:after", iri(album.day)),
    "D12 a bound that is no date": _set("day", "dg:latest", literal("1958")),
    "F1 a soundtrack without film": _set("node", "dg:albumType", iri("album-type:soundtrack")),
    "F5 the music of a place": _add("node", "dg:soundtrackOf", iri("place/0")),
    "G1 a certification of a person": _set("certification", "dg:certificationOf", iri("person/0")),
    "G2 no level": _set("certification", "dg:level"),
    "G3 nobody certifies": _set("certification", "dg:territory"),
    "H1 two charts": _add("entry", "dg:chart", iri("chart:top-vocal")),
    "H3 a peak of 0": _set("entry", "dg:peakPosition", literal(0)),
    "H3 a peak in words": _set("entry", "dg:peakPosition", literal("ten")),
    "H4 a chart before the release": _date("entry", "1930-01-01"),
    "I1 an album that is a track": _add("node", "rdf:type", iri("dg:Track")),
    "I2 namesakes": _namesake,
    "I6 a person that is a label": lambda album: album.add(album.leader, "rdf:type", iri("dg:Label")),
    "I8 no label": _set("award", "rdfs:label"),
    "I8 no class": _untyped,
    "I10 a trio that is a person": lambda album: album.set(album.leader, "rdfs:label", literal("The Moss Trio")),
    "I11 a pointer to nothing": _add("node", "dg:label", iri("label/nowhere")),
    "I12 a space after a name": lambda album: album.set(album.label, "rdfs:label", literal("Marsh Records ")),
    "I13 a blank node": _blank,
    "K1 a concept without scheme": lambda album: album.drop("instrument:drums", "skos:inScheme"),
    "L1 a studio nowhere": _odd_studio,
    "L2 a place within itself": _circle("place/0", "dg:locatedIn", "country/0"),
    "L3 a studio as a territory": lambda album: album.add(album.certification, "dg:territory", iri(album.studio)),
    "L4 a session in a town": _set("sessions", "dg:place", iri("place/0")),
    "N2 a circle of albums": lambda album: album.add(album.node, "dg:nextAlbum", iri(f"album/{album.number // 8 * 8}")),
    "N4 years that fall": _date("node", "1999-01-01"),
    "N5 its own next album": lambda album: album.add(album.node, "dg:nextAlbum", iri(album.node)),
    "P1 a claim without subject": _without("rdf:subject"),
    "P2 a claim without evidence": _without("dg:evidence"),
    "P4 a fact without claim": _no_claim,
    "P5 a hedged fact": _hedged,
    "P6 an opinion of nobody": _claimed("dg:manner", iri("manner:opinion")),
    "P9 a quote that is too long": _claimed("oa:exact", literal("many more words"), of="Evidence"),
    "P12 a confidence of 2": _claimed("dg:confidence", literal("2.0", "xsd:decimal")),
    "P13 evidence without start": _without("oa:start"),
    "P15 no rule": _claimed("dg:rule"),
    "P16 two manners": _claimed("dg:manner", iri("manner:implied"), iri("manner:hedged")),
    "R2 a release of nothing": lambda album: album.drop(album.releases[1], "dg:releaseOf"),
    "R3 no date of release": _drop("event", "dg:date", "dg:earliest", "dg:latest"),
    "R5 a CD before there were any": _date("event", "1970-01-01"),
    "R9 a catalogue number with a space": _set("releases", "schema:catalogNumber", literal(" 12")),
    "R11 a side of no release": _set("releases", "dg:medium"),
    "R13 a release of a second": _set("releases", "dg:durationSeconds", literal(1)),
    "S1 recorded during an album": _add("node", "dg:recordedDuring", iri("album/0")),
    "S3 a session without date and place": _drop("day", "dg:date", "dg:earliest", "dg:latest", "dg:place"),
    "S4 half a player": _add("sessions", "dg:participantCount", literal("2.5", "xsd:decimal")),
    "T1 no position": _set("tracks", "dg:position"),
    "T2 a track of two releases": lambda album: album.add(album.releases[1], "dg:track", iri(album.tracks[0])),
    "T3 a gap": lambda album: album.set(album.tracks[2], "dg:position", literal(33)),
    "T4 a position twice": lambda album: album.set(album.tracks[1], "dg:position", literal(1)),
    "T5 too many tracks": _set("releases", "dg:trackCount", literal(3)),
    "T7 a track of two hours": _set("tracks", "dg:durationSeconds", literal(7200)),
    "T8 no title": _set("tracks", "dcterms:title"),
    "T10 no whole number": _set("tracks", "dg:runningNumber", literal("one")),
    "T11 a running number twice": lambda album: album.set(album.tracks[1], "dg:runningNumber", literal(1)),
    "V2 no publication": _set("review", "dg:publication"),
    "V4 markup in a score": _set("review", "dg:score", literal("{{4}}")),
    "W2 no award": _set("award", "dg:award"),
    "W4 an award before the release": _date("award", "1940-01-01"),
    "W6 a rank in words": _add("award", "dg:rank", literal("first")),
    "X3 two dates": _add("sessions", "dg:date", literal("1957", "edtf:EDTF")),
}
"""A rule and what is wrong, to what makes it so in one album."""


def claims(album: Album) -> Iterator[Fact]:
    """Yield a claim for each fact of an album, with evidence; two facts share a quote."""
    seen = dict.fromkeys(album.facts)
    broken = list(album.broken_claims)
    for number, fact in enumerate(seen):
        triples = _claim(album, number, fact)
        while broken and number % 2 == 0 and fact.subject == iri(album.node):
            triples = broken.pop()(triples)
        yield from triples


def _claim(album: Album, number: int, fact: Fact) -> list[Fact]:
    claim, line = iri(f"claim/{album.number}/{number}"), number // 2 + 1
    evidence = iri(f"{album.document}#char={line * 40},{line * 40 + 5}")
    triples = [
        Fact(claim, TYPE, iri("dg:Claim")),
        Fact(claim, iri("rdf:subject"), fact.subject),
        Fact(claim, iri("rdf:predicate"), fact.predicate),
        Fact(claim, iri("rdf:object"), fact.object),
        Fact(claim, iri("dg:rule"), iri(f"rule:part-{number % 9}")),
        Fact(claim, iri("dg:evidence"), evidence),
    ]
    if number % 2 == 0:
        values = {"start": line * 40, "end": line * 40 + 5}
        triples += [
            Fact(evidence, TYPE, iri("dg:Evidence")),
            Fact(evidence, iri("prov:wasQuotedFrom"), iri(album.document)),
            *(Fact(evidence, iri(f"oa:{name}"), literal(value)) for name, value in values.items()),
            Fact(evidence, iri("oa:exact"), literal("words")),
            Fact(evidence, iri("dg:line"), literal(line)),
            Fact(evidence, iri("dg:column"), literal(1)),
        ]
    return triples


def album_graph(
    triples: int, *, seed: int = 1, with_claims: bool = True, faults: str = "", every: int = FAULTY
) -> list[str]:
    """Return the lines of an N-Triples file, each once, of at least so many triples, and not many more.

    Shape: one album of so many as ``every`` says has a fault, of those whose rule begins with ``faults``.
    """
    chosen = [fault for name, fault in FAULTS.items() if name.startswith(faults)]
    each = 2100 if with_claims else 320
    size = triples // each + 2  # an estimate, for how many things albums share
    lines: dict[str, None] = {}
    for number in range(size + size // 2):
        album = Album(number, size, random.Random(f"{seed} {number}"))
        if number % every == every - 1:
            chosen[number // every % len(chosen)](album)
        more = claims(album) if with_claims else ()
        for fact in (*album.facts, *album.derived, *more):
            lines[f"{fact.subject} {fact.predicate} {fact.object} .\n"] = None
        if len(lines) >= triples:
            break
    return list(lines)

"""The terms of the graph as closed Python names: attribute = local name, exactly.

A name that is not here fails in mypy and at run time, so no typo can be minted. ``ontology/discograph.ttl``
defines the same terms; ``tests/test_vocab.py`` compares code, ontology, context, shapes and queries.
Concepts (instruments, roles, formats …) are data, not names: see ``lexicon``.
"""

from __future__ import annotations

from discograph.rdf import NamedNode

DG_NS = "https://w3id.org/discograph/ns#"
CONCEPT_BASE = "https://w3id.org/discograph/concept/"
"""Where the concepts of the ontology live; it does not move with ``--base-iri``."""


def _dg(name: str) -> NamedNode:
    return NamedNode(DG_NS + name)


class DG:
    """Terms that discograph mints."""

    # Works and their editions
    Album = _dg("Album")
    Composition = _dg("Composition")
    Film = _dg("Film")
    Medium = _dg("Medium")
    Recording = _dg("Recording")
    Release = _dg("Release")
    Track = _dg("Track")
    # Agents and places
    Agent = _dg("Agent")
    Ensemble = _dg("Ensemble")
    Label = _dg("Label")
    Person = _dg("Person")
    Place = _dg("Place")
    Studio = _dg("Studio")
    Venue = _dg("Venue")
    # Events and statements
    AwardResult = _dg("AwardResult")
    Certification = _dg("Certification")
    ChartEntry = _dg("ChartEntry")
    Credit = _dg("Credit")
    Engagement = _dg("Engagement")
    Event = _dg("Event")
    RecordingSession = _dg("RecordingSession")
    ReleaseEvent = _dg("ReleaseEvent")
    Review = _dg("Review")
    # Where it is said
    Claim = _dg("Claim")
    Evidence = _dg("Evidence")
    SourceDocument = _dg("SourceDocument")

    after = _dg("after")
    agent = _dg("agent")
    albumType = _dg("albumType")
    artist = _dg("artist")
    assistantOf = _dg("assistantOf")
    award = _dg("award")
    awardCategory = _dg("awardCategory")
    carries = _dg("carries")
    certificationOf = _dg("certificationOf")
    certifiedBy = _dg("certifiedBy")
    chart = _dg("chart")
    chartEntryFor = _dg("chartEntryFor")
    citation = _dg("citation")
    column = _dg("column")
    confidence = _dg("confidence")
    creditOn = _dg("creditOn")
    creditScope = _dg("creditScope")
    creditedTrack = _dg("creditedTrack")
    date = _dg("date")
    derivedFrom = _dg("derivedFrom")
    durationSeconds = _dg("durationSeconds")
    during = _dg("during")
    earliest = _dg("earliest")
    evidence = _dg("evidence")
    format = _dg("format")
    genre = _dg("genre")
    includes = _dg("includes")
    influencedBy = _dg("influencedBy")
    instrument = _dg("instrument")
    involves = _dg("involves")
    kind = _dg("kind")
    label = _dg("label")
    latest = _dg("latest")
    leader = _dg("leader")
    level = _dg("level")
    line = _dg("line")
    literalTitle = _dg("literalTitle")
    locatedIn = _dg("locatedIn")
    manner = _dg("manner")
    medium = _dg("medium")
    memberOf = _dg("memberOf")
    nextAlbum = _dg("nextAlbum")
    nominee = _dg("nominee")
    outcome = _dg("outcome")
    participant = _dg("participant")
    participantCount = _dg("participantCount")
    peakPosition = _dg("peakPosition")
    performanceMode = _dg("performanceMode")
    place = _dg("place")
    position = _dg("position")
    previousAlbum = _dg("previousAlbum")
    printedAs = _dg("printedAs")
    publication = _dg("publication")
    rank = _dg("rank")
    recordedDuring = _dg("recordedDuring")
    recordingOf = _dg("recordingOf")
    reissueOf = _dg("reissueOf")
    releaseOf = _dg("releaseOf")
    releases = _dg("releases")
    reviewOf = _dg("reviewOf")
    role = _dg("role")
    rule = _dg("rule")
    runningNumber = _dg("runningNumber")
    score = _dg("score")
    sha256 = _dg("sha256")
    soundtrackOf = _dg("soundtrackOf")
    sourceIssue = _dg("sourceIssue")
    subEventOf = _dg("subEventOf")
    territory = _dg("territory")
    track = _dg("track")
    trackCount = _dg("trackCount")
    usedIn = _dg("usedIn")
    version = _dg("version")
    writerCredit = _dg("writerCredit")


class DCTERMS:
    """Terms of Dublin Core that we use as they are."""

    identifier = NamedNode("http://purl.org/dc/terms/identifier")
    publisher = NamedNode("http://purl.org/dc/terms/publisher")
    title = NamedNode("http://purl.org/dc/terms/title")


class FOAF:
    """Terms of FOAF that we use as they are."""

    isPrimaryTopicOf = NamedNode("http://xmlns.com/foaf/0.1/isPrimaryTopicOf")
    primaryTopic = NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
    topic_interest = NamedNode("http://xmlns.com/foaf/0.1/topic_interest")


class OA:
    """Terms of the Web Annotation vocabulary that sit on an Evidence node."""

    end = NamedNode("http://www.w3.org/ns/oa#end")
    exact = NamedNode("http://www.w3.org/ns/oa#exact")
    start = NamedNode("http://www.w3.org/ns/oa#start")


class PROV:
    """Terms of PROV-O that we use as they are."""

    wasAttributedTo = NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
    wasQuotedFrom = NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom")


class RDF:
    """Terms of RDF."""

    object = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
    predicate = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate")
    subject = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
    type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class RDFS:
    """Terms of RDF Schema."""

    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


class SCHEMA:
    """Terms of schema.org that we use as they are, with https."""

    catalogNumber = NamedNode("https://schema.org/catalogNumber")
    composer = NamedNode("https://schema.org/composer")
    director = NamedNode("https://schema.org/director")
    disambiguatingDescription = NamedNode("https://schema.org/disambiguatingDescription")
    hasOccupation = NamedNode("https://schema.org/hasOccupation")
    musicBy = NamedNode("https://schema.org/musicBy")


class SKOS:
    """Terms of SKOS for names, notes and concept schemes."""

    Concept = NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
    altLabel = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    broader = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    closeMatch = NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch")
    hiddenLabel = NamedNode("http://www.w3.org/2004/02/skos/core#hiddenLabel")
    inScheme = NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")
    note = NamedNode("http://www.w3.org/2004/02/skos/core#note")
    prefLabel = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    related = NamedNode("http://www.w3.org/2004/02/skos/core#related")


class XSD:
    """Datatypes of our literals."""

    date = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    string = NamedNode("http://www.w3.org/2001/XMLSchema#string")


EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
"""Datatype of every date that the text states: Extended Date/Time Format, level 2."""

VOCABULARIES = (DG, DCTERMS, FOAF, OA, PROV, RDF, RDFS, SCHEMA, SKOS)
"""Every class of properties and classes that a graph of ours may use."""


def terms(vocabulary: type) -> dict[str, NamedNode]:
    """Return the terms of one vocabulary class, by local name, in alphabetical order."""
    return {name: term for name, term in sorted(vars(vocabulary).items()) if isinstance(term, NamedNode)}

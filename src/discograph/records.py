"""Records: what extractors say of a document and assembly brings together. Pure data, no RDF.

Each value is ``Said``: the value, the words that say it, the rule that read them, and the manner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from discograph.document import Span, Text
from discograph.document.sentences import without_stop

T = TypeVar("T")
U = TypeVar("U")


class Manner(StrEnum):
    """How the source says a thing; a concept of the scheme ``manner``."""

    STATED = "stated"
    IMPLIED = "implied"
    HEDGED = "hedged"
    OPINION = "opinion"
    NEGATED = "negated"

    @property
    def is_asserted(self) -> bool:
        """Whether a statement in this manner stands in the facts; the others exist as claims only."""
        return self is Manner.STATED or self is Manner.IMPLIED

    __hash__ = str.__hash__  # Enum's own is a Python function, and every claim is looked up by its manner


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of extraction: its name, kebab-case and unique, and what convention it reads."""

    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that bear a value out, and the rule that read them."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value with its evidence (never empty) and manner. ``holder`` is whose opinion it is."""

    value: T
    evidence: tuple[Evidence, ...]
    manner: Manner = Manner.STATED
    holder: str | None = None

    def of(self, value: U, manner: Manner | None = None) -> Said[U]:
        """Return another value that the same words say."""
        return Said(value, self.evidence, manner or self.manner, self.holder)


def say(value: T, text: Text, rule: Rule, manner: Manner = Manner.STATED) -> Said[T]:
    """Return a value said by the words of a text, without the full stop of a sentence unless that is in the value."""
    words = text if value == text.value else without_stop(text)
    return Said(value, (Evidence(words.span(), rule.name),), manner)


def quoted(text: Text, rule: Rule, manner: Manner = Manner.STATED) -> Said[str]:
    """Return the words of a text as their own value."""
    return say(text.value, text, rule, manner)


def merged(said: Said[T], more: Said[Any]) -> Said[T]:
    """Return a value with the evidence of another that says the same; stated beats implied."""
    extra = tuple(e for e in more.evidence if e not in said.evidence)
    manner = Manner.STATED if Manner.STATED in (said.manner, more.manner) else said.manner
    return replace(said, evidence=said.evidence + extra, manner=manner)


def gather(values: list[Said[T]], more: Said[T], same: Callable[[T, T], bool] = lambda a, b: a == b) -> None:
    """Add a value to a list in place, or its evidence to the value there that is the same."""
    for index, said in enumerate(values):
        if same(said.value, more.value) and said.manner.is_asserted == more.manner.is_asserted:
            values[index] = merged(said, more)
            return
    values.append(more)


@dataclass(frozen=True, slots=True)
class ConceptName:
    """A concept by its scheme and the name that the article gives it."""

    scheme: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place. ``kind`` is Place, Studio or Venue; ``canonical`` the name that identifies it."""

    name: Said[str]
    kind: str = "Place"
    canonical: str = ""
    within: PlaceRecord | None = None
    within_said: Said[None] | None = None
    other_names: tuple[Said[str], ...] = ()


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """A person or group that the text names, with what it says of them."""

    name: Said[str]
    occupation: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class AlbumMention:
    """Another album that the text names."""

    title: Said[str]
    artist: Said[str] | None = None
    date: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """The page title, and what it holds in brackets to tell the page from others."""

    title: Said[str]
    disambiguation: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class AlbumField:
    """One plain statement about the album of the page; ``name`` is a field of ``AlbumRecord``."""

    name: str
    said: Said[str]


@dataclass(frozen=True, slots=True)
class TrackScope:
    """Which tracks a line is about, in the words of the line.

    Shape: ``numbers`` as printed, ``titles`` without quotes, ``places`` as ``(part, number)`` where a side
    or disc is named (``("A", 1)``; 0 for all of it); ``is_excluded``: all but these. ``text`` is what was read.
    """

    numbers: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    is_excluded: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A recording session: its date in EDTF, its place, the tracks made at it; what is not said is None."""

    said: Said[None]
    date: Said[str] | None = None
    days: tuple[Said[str], ...] = ()
    place: PlaceRecord | None = None
    scope: Said[TrackScope] | None = None
    tracks: Said[tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition of the album that the text tells apart: by carrier, by being the original issue."""

    name: Said[str]
    format: Said[str] | None = None
    kind: Said[str] | None = None
    duration: Said[int] | None = None
    issue: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class ReleaseEventRecord:
    """A putting on sale. ``edition`` is named by its carrier; ``host`` the other album that it was part of."""

    said: Said[None]
    date: Said[str] | None = None
    territory: PlaceRecord | None = None
    labels: tuple[Said[str], ...] = ()
    kind: Said[str] | None = None
    edition: Said[str] | None = None
    host: AlbumMention | None = None
    host_side: Said[int] | None = None
    catalogue: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """One agent in one function. ``scope`` None: the line makes no restriction.

    ``tracks`` are running numbers over the whole listing, found by assembly; None where they are not known.
    """

    said: Said[None]
    agent: Said[str]
    function: Said[str]
    scope: Said[TrackScope] | None = None
    tracks: Said[tuple[int, ...]] | None = None
    note: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """One entry of a track listing.

    Shape: ``part`` is the heading of its side, disc or edition; ``position`` counts in the part as printed,
    ``running`` over the whole listing, both from 1. ``writers`` in the order given.
    """

    said: Said[None]
    title: Said[str]
    position: int
    running: int
    part: Said[str] | None = None
    seconds: Said[int] | None = None
    writers: tuple[Said[str], ...] = ()
    note: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class NeighbourRecord:
    """One end of the chronology: ``direction`` is previous or next."""

    direction: str
    album: AlbumMention


@dataclass(frozen=True, slots=True)
class ChartRecord:
    """A placing on a chart."""

    said: Said[None]
    chart: Said[str]
    peak: Said[int]
    period: Said[str] | None = None
    publisher: Said[str] | None = None
    territory: PlaceRecord | None = None


@dataclass(frozen=True, slots=True)
class CertificationRecord:
    """A certificate of sales: its level as printed, and what is said of where, by whom and when."""

    said: Said[None]
    level: Said[str]
    region: PlaceRecord | None = None
    body: Said[str] | None = None
    date: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class AwardRecord:
    """An award, nomination or place in a list.

    Shape: without ``work`` and ``song`` it is about the album of the page; ``rank`` is the place in a list,
    None where the list has no order. ``outcome`` is a concept of the scheme ``outcome``.
    """

    said: Said[None]
    award: Said[str]
    outcome: Said[str]
    category: Said[str] | None = None
    year: Said[str] | None = None
    work: AlbumMention | None = None
    song: Said[str] | None = None
    rank: Said[int] | None = None


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A rating of the album by a publication; the score as printed."""

    said: Said[None]
    publication: Said[str]
    score: Said[str]


@dataclass(frozen=True, slots=True)
class FilmRecord:
    """A film that music was made for. ``relation`` says that it is the album's music; None: it is not said."""

    title: Said[str]
    relation: Said[None] | None = None
    year: Said[str] | None = None
    director: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class EngagementRecord:
    """A booking or run of performances of an agent at a venue."""

    said: Said[None]
    agent: Said[str]
    venue: PlaceRecord
    date: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day without its year, ``MM-DD``: assembly finds which session day it is, or drops it."""

    day: Said[str]


@dataclass(frozen=True, slots=True)
class ContentsRecord:
    """What an edition holds besides the album.

    Shape: ``edition`` names it by its carrier; ``said`` are all the words, ``words`` without the number,
    ``head`` the noun ("alternate takes"); ``vague`` a number that is none ("several").
    """

    edition: Said[str]
    said: Said[str]
    words: Said[str]
    head: Said[str]
    unreleased: Said[str] | None = None
    vague: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class OpinionRecord:
    """What somebody holds of the album, in the words of the text; never asserted."""

    holder: Said[str]
    statement: Said[str]


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A defect of the source: ``kind`` is a concept of ``source-issue``; ``about`` an edition, "" the page."""

    kind: Said[str]
    about: str = ""


Record = (
    PageRecord
    | AlbumField
    | SessionRecord
    | EditionRecord
    | ReleaseEventRecord
    | CreditRecord
    | TrackRecord
    | NeighbourRecord
    | ChartRecord
    | CertificationRecord
    | AwardRecord
    | ReviewRecord
    | FilmRecord
    | EngagementRecord
    | ContentsRecord
    | DayMention
    | OpinionRecord
    | IssueRecord
    | AgentRecord
    | AlbumMention
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What an extractor could not read: where, what, and what to do."""

    span: Span
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What one extractor made of a document, in the order of the text."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class AlbumRecord:
    """One album with all that the document says of it, each statement once with all its evidence."""

    said: Said[None]
    title: list[Said[str]] = field(default_factory=list)
    disambiguation: Said[str] | None = None
    album_type: list[Said[str]] = field(default_factory=list)
    artist: list[Said[str]] = field(default_factory=list)
    genre: list[Said[str]] = field(default_factory=list)
    label: list[Said[str]] = field(default_factory=list)
    sessions: list[SessionRecord] = field(default_factory=list)
    editions: list[EditionRecord] = field(default_factory=list)
    release_events: list[ReleaseEventRecord] = field(default_factory=list)
    credits: list[CreditRecord] = field(default_factory=list)
    tracks: list[TrackRecord] = field(default_factory=list)
    neighbours: list[NeighbourRecord] = field(default_factory=list)
    charts: list[ChartRecord] = field(default_factory=list)
    certifications: list[CertificationRecord] = field(default_factory=list)
    awards: list[AwardRecord] = field(default_factory=list)
    reviews: list[ReviewRecord] = field(default_factory=list)
    films: list[FilmRecord] = field(default_factory=list)
    engagements: list[EngagementRecord] = field(default_factory=list)
    opinions: list[OpinionRecord] = field(default_factory=list)
    contents: list[ContentsRecord] = field(default_factory=list)
    agents: list[AgentRecord] = field(default_factory=list)
    mentions: list[AlbumMention] = field(default_factory=list)
    issues: list[IssueRecord] = field(default_factory=list)


@dataclass(slots=True)
class PageAlbums:
    """A document's page record and the albums that it is about; no album is an empty list."""

    page: PageRecord | None
    albums: list[AlbumRecord] = field(default_factory=list)
    issues: list[IssueRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

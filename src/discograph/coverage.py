"""What of a document was understood and what nobody reads.

Input: a document, its albums and its quads. Output: how many of its parts hold a word that bears out a claim,
the names that no word list knows, the losses and problems. Method: evidence spans of the claims, laid over the
lines, sentences, list entries, table rows and infobox fields.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import groupby
from typing import NamedTuple

from discograph.document import Block, Document, ListItem, Paragraph, Section, Span, Table, Text
from discograph.document.sentences import sentences
from discograph.lexicon import concept
from discograph.rdf import Literal, Quad
from discograph.records import PageAlbums
from discograph.vocab import OA
from discograph.wordlists import infobox_parameter, section_kind

OPENING_WORDS = 3
"""How many words of an unread sentence are counted as its opening."""

# A paragraph that ends without one of these is an entry of a list whose mark the form has lost.
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\Z")
_QUOTED = re.compile(r"'.*'|\".*\"")


class Ratio(NamedTuple):
    """How many parts are read, of how many."""

    read: int = 0
    total: int = 0


NOTHING = Ratio()


class Unit(NamedTuple):
    """A part of a document that can be read: ``kind`` is a field of ``Counts``."""

    kind: str
    span: Span
    words: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Parts of a text that are read, of all that there are.

    Shape: a part is read if a word of it is evidence of a claim. ``lines`` are those that are not blank.
    ``sentences``, ``entries`` (of lists), ``rows`` (of tables, heads left out) and ``fields`` (of infoboxes)
    do not count what stands under References, See also and the like: that is ``references``.
    Units: ``characters`` in code points, white space left out.
    """

    lines: Ratio = NOTHING
    sentences: Ratio = NOTHING
    entries: Ratio = NOTHING
    rows: Ratio = NOTHING
    fields: Ratio = NOTHING
    references: Ratio = NOTHING
    characters: Ratio = NOTHING

    def __add__(self, other: Counts) -> Counts:
        def both(name: str) -> Ratio:
            one, two = getattr(self, name), getattr(other, name)
            return Ratio(one.read + two.read, one.total + two.total)

        return Counts(*(both(field.name) for field in fields(Counts)))


class Mention(NamedTuple):
    """A name or message and the place that it is about: ``name:line:column``."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of one document was understood; one without an album has no counts and no lists.

    Shape: lists are in the order of the text. ``keys`` of infoboxes, ``headings`` (of the second level),
    ``functions`` (instruments and roles), ``templates`` and ``parameters`` ("track listing: sample1") of wikitext
    are those that nobody knows.
    """

    name: str
    form: str
    albums: int
    counts: Counts = Counts()
    keys: tuple[Mention, ...] = ()
    headings: tuple[Mention, ...] = ()
    functions: tuple[Mention, ...] = ()
    templates: tuple[Mention, ...] = ()
    parameters: tuple[Mention, ...] = ()
    losses: tuple[Mention, ...] = ()
    problems: tuple[Mention, ...] = ()
    openings: tuple[Mention, ...] = ()
    unread: tuple[tuple[Unit, str], ...] = field(default=())
    """Each part that nobody reads, references left out, and its place."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A name, how often it occurs, and where, in order; upper and lower case are one name."""

    name: str
    count: int
    places: tuple[str, ...]


def tally(mentions: Iterable[Mention]) -> list[Tally]:
    """Return names by frequency, the most frequent first, then in alphabetical order."""
    places: dict[str, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.name.casefold(), []).append(mention)
    tallies = [Tally(found[0].name, len(found), tuple(m.place for m in found)) for found in places.values()]
    return sorted(tallies, key=lambda t: (-t.count, t.name.casefold()))


def coverage_of(name: str, document: Document, page: PageAlbums, quads: Iterable[Quad]) -> Coverage:
    """Return what of a document was understood; places begin with ``name``, its path as people give it."""
    if not page.albums:
        return Coverage(name, document.form, 0)

    def mention(text: str, span: Span) -> Mention:
        line, column = document.source.location(span.start)
        return Mention(text, f"{name}:{line}:{column}")

    evidence = _Evidence(quads)
    units = list(_units(document, evidence))
    unread = [unit for unit in units if not unit.is_read and unit.kind != "references"]
    openings = [unit for unit in unread if unit.kind == "sentences"]
    return Coverage(
        name,
        document.form,
        len(page.albums),
        _counts(document, units, evidence),
        tuple(mention(key.value, key.span()) for key in _unknown_keys(document)),
        tuple(mention(heading.value, heading.span()) for heading in _unknown_headings(document)),
        tuple(mention(*function) for function in _unknown_functions(page)),
        tuple(mention(unread.name, unread.span) for unread in document.unread if unread.kind == "template"),
        tuple(mention(unread.name, unread.span) for unread in document.unread if unread.kind == "parameter"),
        tuple(mention(loss.kind, loss.span) for loss in document.losses),
        tuple(mention(_QUOTED.sub("…", problem.what), problem.span) for problem in page.problems),
        tuple(mention(" ".join(unit.words.split()[:OPENING_WORDS]), unit.span) for unit in openings),
        tuple((unit, mention("", unit.span).place) for unit in unread),
    )


# --- What is read -------------------------------------------------------------------------------------------


class _Evidence:
    """The spans of all evidence, overlapping ones made one, in order."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        starts: dict[object, int] = {}
        ends: dict[object, int] = {}
        for quad in quads:
            if quad.predicate in (OA.start, OA.end) and isinstance(quad.object, Literal):
                (starts if quad.predicate == OA.start else ends)[quad.subject] = int(quad.object.value)
        self.spans: list[Span] = []
        for start, end in sorted((starts[node], ends[node]) for node in starts):
            if self.spans and start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(end, self.spans[-1].end))
            else:
                self.spans.append(Span(start, end))

    def touches(self, span: Span) -> bool:
        """Tell whether some evidence has a character in common with a span."""
        last = bisect_right(self.spans, span.end - 1, key=lambda other: other.start) - 1
        return last >= 0 and self.spans[last].end > span.start


def _counts(document: Document, units: Iterable[Unit], evidence: _Evidence) -> Counts:
    text = document.source.text
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"\S[^\n]*", text)]
    by_kind = {
        kind: [unit.is_read for unit in found]
        for kind, found in groupby(sorted(units, key=lambda unit: unit.kind), key=lambda unit: unit.kind)
    }
    ratios = {kind: Ratio(sum(found), len(found)) for kind, found in by_kind.items()}
    ratios["lines"] = Ratio(sum(map(evidence.touches, lines)), len(lines))
    covered = (len("".join(text[span.start : span.end].split())) for span in evidence.spans)
    ratios["characters"] = Ratio(sum(covered), len("".join(text.split())))
    return Counts(**ratios)


def _units(document: Document, evidence: _Evidence) -> Iterator[Unit]:
    """Yield the parts of a document in the order of the text; titles and headings are none."""
    for box in document.infoboxes:
        for entry in box.fields:
            span = Span(entry.key.span().start, entry.value.span().end)
            yield Unit("fields", span, document.source.quote(span), evidence.touches(span))
    for kind, texts in _texts(document.lead, None):
        span = Span(texts[0].span().start, texts[-1].span().end)
        words = " | ".join(text.value for text in texts)
        if any(map(str.isalnum, words)):  # else the full stop that a lost template left behind
            yield Unit(kind, span, words, evidence.touches(span))


def _texts(section: Section, parent: str | None) -> Iterator[tuple[str, list[Text]]]:
    """Yield kind and texts of the parts of a section and those below it; the cells of a row are one part."""
    kind = (section_kind(section.heading.value) if section.heading else None) or parent
    for block in section.blocks:
        for name, texts in _parts(block):
            yield "references" if kind == "references" else name, texts
    for child in section.sections:
        yield from _texts(child, kind)


def _parts(block: Block) -> Iterator[tuple[str, list[Text]]]:
    match block:
        case Table():
            for row in block.rows[len(block.rows) > 1 :]:  # the head of a table is not for itself
                if cells := [cell for cell in row if cell]:
                    yield "rows", cells
        case ListItem():
            yield "entries", [block.text]
        case Paragraph() if _SENTENCE_END.search(block.text.value):
            for sentence in sentences(block.text):
                yield "sentences", [sentence]
        case Paragraph():
            yield "entries", [block.text]


# --- What no word list knows --------------------------------------------------------------------------------


def _unknown_keys(document: Document) -> Iterator[Text]:
    for box in document.infoboxes:
        for entry in box.fields:
            if infobox_parameter(entry.key.value) is None:
                yield entry.key


def _unknown_headings(document: Document) -> Iterator[Text]:
    for section in document.lead.walk():
        if section.heading and section.level == 2 and section_kind(section.heading.value) is None:
            yield section.heading


def _unknown_functions(page: PageAlbums) -> Iterator[tuple[str, Span]]:
    """Yield each function of a credit that is neither a known instrument nor a known role, and its place."""
    for album in page.albums:
        for credit in album.credits:
            name = credit.function.value
            if not concept("instrument", name) and not concept("role", name):
                yield name, credit.function.evidence[0].span

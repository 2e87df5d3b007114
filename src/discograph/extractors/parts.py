"""A page in parts: the page itself, and its sections that are about an album of their own.

A section is about an album if its heading is the album's title and its first sentence says so ("== Title ==",
"Title is the second album by NAME"). On a page that is about no album, so is a section "Soundtrack" with a
list of tracks: on a film's, game's or show's page, of the album with its music (MOS:FILM, "Soundtrack").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from discograph.document import Document, Infobox, Paragraph, Section, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import LEAD_SUBJECT, lead_sentence
from discograph.extractors.infobox import is_of_an_album
from discograph.extractors.track_listing import extract as tracks_of
from discograph.values.patterns import fold, unquote, without_brackets

_SOUNDTRACK = re.compile(
    r"(?:original )?(?:motion picture |film |game )?(?:soundtrack|score)(?: albums?| release)?\Z", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?P<title>[^.;:]{1,80}?)(?: \([^()]*\))?,? (?:is|was) (?:an?|the) ")
_FILM = re.compile(r"(?:[\w'’,/–-]+ ){0,8}?(?:film|movie|motion picture)\b")
_FEWEST_TRACKS = 3


def album_parts(document: Document) -> tuple[Document, ...]:
    """Return the page without the sections that are about albums of their own, then these, in order.

    Shape: a part is a document of the same source; ``work`` of a soundtrack's part is the title of the page's
    work. A page without such sections is its only part.
    """
    parts: list[Document] = []
    is_album = _is_album(document)
    end = len(document.source.text)
    sections = tuple(_without(document, document.lead.sections, parts, end, is_album=is_album))
    own = _own_boxes(document, parts)
    if not parts and own == document.infoboxes:
        return (document,)
    return (replace(document, infoboxes=own, lead=replace(document.lead, sections=sections)), *parts)


def _is_album(document: Document) -> bool:
    return any(map(is_of_an_album, document.infoboxes)) or lead_sentence(document) is not None


def _own_boxes(document: Document, parts: Sequence[Document]) -> tuple[Infobox, ...]:
    """Return the infoboxes of the page without those of its parts, and without those of other albums.

    A box that stands in the text of an album's page and bears another title is about another record.
    """
    own = [box for box in document.infoboxes if not any(_is_box_of(box, part) for part in parts)]
    albums = [box for box in own if is_of_an_album(box) and box.offset is not None]
    if albums:
        title = _folded_title(albums[0], document)
        own = [box for box in own if box not in albums[1:] or _folded_title(box, document) == title]
    return tuple(own)


def _folded_title(box: Infobox, document: Document) -> str:
    return fold(box.title.value if box.title else without_brackets(document.page_title))


def _without(
    document: Document, sections: tuple[Section, ...], parts: list[Document], end: int, *, is_album: bool
) -> Iterator[Section]:
    """Yield the sections that stay with the page; append the others to the parts. ``end`` is where they end."""
    starts = [section.heading.span().start if section.heading else end for section in sections]
    for section, behind in zip(sections, [*starts[1:], end], strict=False):
        part = _titled(document, section) or _boxed(document, section, behind)
        if part is None and not is_album:
            part = _soundtrack(document, section)
        if part:
            parts.append(part)
        else:
            inner = tuple(_without(document, section.sections, parts, behind, is_album=is_album))
            yield replace(section, sections=inner)


def _titled(document: Document, section: Section) -> Document | None:
    """Return the part of a section whose heading is the title of an album."""
    first = next(iter(section.blocks), None)
    if not section.heading or not isinstance(first, Paragraph):
        return None
    match = LEAD_SUBJECT.match(first.text.value[:500])
    title = unquote(without_brackets(section.heading.value))
    if not match or fold(unquote(match["title"])) != fold(title):
        return None
    boxes = tuple(box for box in document.infoboxes if box.title and fold(box.title.value) == fold(title))
    return replace(_part(document, section), infoboxes=boxes, page_title=title, has_exact_title=True)


def _boxed(document: Document, section: Section, end: int) -> Document | None:
    """Return the part of a section that has an album infobox of its own, where the page is about something else.

    A form in which infoboxes have no place has none such.
    """
    if not section.heading or not document.infoboxes or document.infoboxes[0].offset is None:
        return None
    start = section.heading.span().start
    boxes = tuple(b for b in document.infoboxes if b.offset is not None and start <= b.offset < end)
    albums = tuple(box for box in boxes if is_of_an_album(box))
    before = any(b.offset is not None and b.offset < start and is_of_an_album(b) for b in document.infoboxes)
    if len(albums) != 1 or (before and not _heads(section, albums[0])):
        return None
    title = albums[0].title.value if albums[0].title else unquote(without_brackets(section.heading.value))
    part = replace(_part(document, section), infoboxes=albums, page_title=title, has_exact_title=True)
    if not _SOUNDTRACK.match(section.heading.value) or not (film := _film(document)):
        return part
    return replace(part, work=_work(document), heading=section.heading, film=film)


def _heads(section: Section, box: Infobox) -> bool:
    """Tell whether the heading of a section is the title of a box: the section is about that album."""
    assert section.heading
    return box.title is not None and fold(box.title.value) == fold(unquote(without_brackets(section.heading.value)))


def _is_box_of(box: Infobox, part: Document) -> bool:
    return any(box is other for other in part.infoboxes)


def _soundtrack(document: Document, section: Section) -> Document | None:
    """Return the part of a section "Soundtrack" that lists tracks."""
    work = _work(document)
    if not section.heading or not _SOUNDTRACK.match(section.heading.value) or not work:
        return None
    part = replace(_part(document, section), work=work, heading=section.heading, film=_film(document))
    return part if len(tracks_of(part).records) >= _FEWEST_TRACKS else None


def _film(document: Document) -> Text | None:
    """Return the first sentence of the page if it says that its subject is a film; None if it does not."""
    first = _first_sentence(document)
    is_film = first and _FILM.match(first[1].string, first[1].end())
    return next(sentences(first[0]), None) if first and is_film else None


def _work(document: Document) -> Text | None:
    """Return the title of what the page is about, as its title line or its first sentence has it."""
    if document.title:
        return document.title.cut(0, len(without_brackets(document.title.value)))
    first = _first_sentence(document)
    return first[0].group(first[1], "title") if first else None


def _first_sentence(document: Document) -> tuple[Text, re.Match[str]] | None:
    """Return the first paragraph, and the match of what it says its subject is; None if it does not say."""
    first = next(iter(document.lead.blocks), None)
    match = _SUBJECT.match(first.text.value) if isinstance(first, Paragraph) else None
    return (first.text, match) if isinstance(first, Paragraph) and match else None


def _part(document: Document, section: Section) -> Document:
    """Return a section as a document: its first block is the lead, the rest stays under its heading."""
    rest = replace(section, level=2, blocks=section.blocks[1:], sections=())
    lead = Section(None, 1, section.blocks[:1], (rest, *section.sections))
    return replace(document, title=None, infoboxes=(), lead=lead, losses=(), page_title="", has_exact_title=False)

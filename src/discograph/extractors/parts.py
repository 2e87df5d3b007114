"""A page in parts: the page itself, and its sections that are about an album of their own.

A section is about an album if its heading is the album's title and its first sentence says so ("== Title ==",
"Title is the second album by NAME"). On a page that is about no album, so is a section "Soundtrack" with a
list of tracks: on a film's, game's or show's page, of the album with its music (MOS:FILM, "Soundtrack").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from discograph.document import Document, Infobox, Paragraph, Section, Text
from discograph.extractors.base import LEAD_SUBJECT, lead_sentence
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
    sections = tuple(_without(document, document.lead.sections, parts, is_album=is_album))
    if not parts:
        return (document,)
    own = tuple(box for box in document.infoboxes if not any(_is_box_of(box, part) for part in parts))
    return (replace(document, infoboxes=own, lead=replace(document.lead, sections=sections)), *parts)


def _is_album(document: Document) -> bool:
    return bool(document.infoboxes) or lead_sentence(document) is not None


def _without(
    document: Document, sections: tuple[Section, ...], parts: list[Document], *, is_album: bool
) -> Iterator[Section]:
    """Yield the sections that stay with the page; append the others to the parts."""
    for section in sections:
        part = _titled(document, section) or (None if is_album else _soundtrack(document, section))
        if part:
            parts.append(part)
        else:
            yield replace(section, sections=tuple(_without(document, section.sections, parts, is_album=is_album)))


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


def _is_box_of(box: Infobox, part: Document) -> bool:
    return any(box is other for other in part.infoboxes)


def _soundtrack(document: Document, section: Section) -> Document | None:
    """Return the part of a section "Soundtrack" that lists tracks."""
    work = _work(document)
    if not section.heading or not _SOUNDTRACK.match(section.heading.value) or not work:
        return None
    part = replace(_part(document, section), work=work, heading=section.heading, is_film=_is_film(document))
    return part if len(tracks_of(part).records) >= _FEWEST_TRACKS else None


def _is_film(document: Document) -> bool:
    """Tell whether the first sentence of the page says that its subject is a film."""
    first = _first_sentence(document)
    return bool(first and _FILM.match(first[1].string, first[1].end()))


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

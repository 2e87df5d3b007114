"""Where in a document a fact about its album should stand: a field of the infobox, a section, the first sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from discograph.document import Document, Paragraph, Section, Span
from discograph.document.sentences import sentences
from discograph.vocab import DCTERMS, DG, FOAF, RDFS
from discograph.wordlists import infobox_parameter, section_kind


class _Home(NamedTuple):
    """Parameters of an infobox and kinds of sections that hold a fact, the likeliest first."""

    parameters: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    is_title: bool = False


_TITLE = _Home(is_title=True)
_BY_PATH = {
    DG.artist.value: _Home(("artist",)),
    DG.albumType.value: _Home(("type",)),
    DG.genre.value: _Home(("genre",)),
    DG.label.value: _Home(("label",), ("release",)),
    DG.recordedDuring.value: _Home(("recorded", "studio"), ("background",)),
    DG.soundtrackOf.value: _Home(),
    DG.durationSeconds.value: _Home(("length",), ("track-listing",)),
    DG.track.value: _Home((), ("track-listing",)),
    DCTERMS.title.value: _TITLE,
    RDFS.label.value: _TITLE,
    FOAF.isPrimaryTopicOf.value: _TITLE,
}
_BY_RULE = {
    "A6": _Home(("recorded", "released"), ("personnel", "background", "release")),
    "C8": _Home((), ("personnel",)),
    "F1": _Home(),
    "R7": _Home(("label",), ("release",)),
}


def expected_place(document: Document, rule: str, path: str | None) -> Span | None:
    """Return the words where a fact should stand that a document does not say of its album.

    Shape: for a title, the title line; else the field of the infobox that should hold it, though nobody could read
    it; else the heading of the section; else the title of the infobox; else the first sentence; else the title
    line. None if the rule and the path (an IRI) say nothing about the place.
    """
    home = _BY_PATH.get(path or "") or _BY_RULE.get(rule)
    return next(_candidates(document, home), None) if home is not None else None


def _candidates(document: Document, home: _Home) -> Iterator[Span]:
    if home.is_title and document.title is not None:
        yield document.title.span()
    for box in document.infoboxes:
        for field in box.fields:
            if infobox_parameter(field.key.value) in home.parameters:
                yield Span(field.key.span().start, field.value.span().end)
    for kind in home.sections:
        yield from (section.heading.span() for section in _sections(document.lead, kind) if section.heading)
    if home.parameters:
        yield from (box.title.span() for box in document.infoboxes if box.title)
        yield from (box.fields[0].key.span() for box in document.infoboxes if box.fields)
    for block in document.lead.blocks:
        if isinstance(block, Paragraph):
            yield next(sentences(block.text)).span()
    if document.title is not None:
        yield document.title.span()


def _sections(lead: Section, kind: str) -> Iterator[Section]:
    return (section for section in lead.walk() if section.heading and section_kind(section.heading.value) == kind)

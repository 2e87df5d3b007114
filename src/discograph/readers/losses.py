"""Find what a rendering visibly lost or broke; it is reported, never filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from discograph.document import Infobox, ListItem, Loss, Paragraph, Section, Span, Table
from discograph.values.carriers import carrier
from discograph.wordlists import section_kind

# A length, label … of which only the bracketed edition is left: "(original LP); (CD)".
_LOST_VALUE = re.compile(r"(?:\A|;|,)\s*(?P<edition>\([^()]+\))\s*(?=;|,|\Z)")
_ONLY_LOST = re.compile(r"(?:\s*\([^()]+\)\s*(?:[;,]|\Z))+\Z")
_EDITION = re.compile(
    r"\b(?:edition|version|(?:re-?)?(?:issue|release)|original|bonus|remaster(?:ed)?|expanded|dis[ck]|side)s?\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"\b[Tt]he (?:track ?list(?:ing)?|list(?:ing)?|table)s? above\b[^.;]*")


def find_losses(infoboxes: Iterable[Infobox], lead: Section, *, is_markup: bool = False) -> tuple[Loss, ...]:
    """Return the losses of a document in the order of the text.

    Shape: ``is_markup`` for a form whose captions are marked as such, and not by what a rendering left of them.
    """
    losses = [*_lost_values(infoboxes)]
    for section in lead.sections:
        losses += _in_section(section, None)
    if is_markup:
        losses = [loss for loss in losses if loss.kind != "stray-markup"]
    return tuple(sorted(losses, key=lambda loss: loss.span))


def _lost_values(infoboxes: Iterable[Infobox]) -> Iterator[Loss]:
    """Yield a loss for each edition whose value a template took with it."""
    for box in infoboxes:
        for field in box.fields:
            if _ONLY_LOST.match(field.value.value):
                for match in _LOST_VALUE.finditer(field.value.value):
                    edition = field.value.group(match, "edition")
                    if not (carrier(edition.value) or _EDITION.search(edition.value)):
                        continue  # "(Untitled)" is a title, "(various)" a remark
                    yield Loss("value-lost", edition.span(), edition.value.strip("()"))


def _in_section(section: Section, parent: str | None) -> Iterator[Loss]:
    kind = section_kind(section.heading.value) if section.heading else None
    yield from _misplaced(section, kind, parent)
    yield from _stray_markup(section)
    if "track-listing" in (kind, parent):
        yield from _missing_list(section)
    for child in section.sections:
        yield from _in_section(child, kind or parent)


def _misplaced(section: Section, kind: str | None, parent: str | None) -> Iterator[Loss]:
    """Yield a loss if a section that has a place of its own stands under an unrelated one."""
    if section.heading and kind and parent and {kind, parent} in _UNRELATED:
        yield Loss("heading-level", section.heading.span())


_UNRELATED = [{"charts", "personnel"}, {"charts", "track-listing"}, {"personnel", "track-listing"}]


def _stray_markup(section: Section) -> Iterator[Loss]:
    for block in section.blocks:
        if isinstance(block, Table) and block.caption:
            end = block.caption.span().end
            yield Loss("stray-markup", Span(end, end + 2))


def _missing_list(section: Section) -> Iterator[Loss]:
    """Yield losses of a track section without any entry: the list, and what refers to it."""
    if any(isinstance(block, ListItem | Table) for block in section.blocks) or section.sections:
        return
    paragraphs = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    dangling = [(text, match) for text in paragraphs if (match := _ABOVE.search(text.value))]
    if paragraphs and not dangling:
        return
    if section.heading:
        yield Loss("track-list-missing", section.heading.span(), section.heading.value)
    for text, match in dangling:
        yield Loss("dangling-reference", text.span(*match.span()))

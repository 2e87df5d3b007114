"""The parts of a document: infoboxes, a tree of sections, and the blocks in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document.source import Source, Span
from discograph.document.text import Text


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of an infobox: its key as printed, and its value (never empty)."""

    key: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Infobox:
    """An infobox: its title line and its fields in order. A key may occur twice.

    Shape: ``offset`` is where it begins in the source; None in a form that has all infoboxes before the text,
    so that their place says nothing.
    """

    title: Text | None
    fields: tuple[Field, ...]
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of prose; in forms that lose list marks, perhaps a list entry."""

    text: Text


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list. ``depth`` is from 1; ``number`` is the printed number of a numbered entry."""

    text: Text
    depth: int = 1
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells in order, the header row first where it has one; cells may be empty."""

    caption: Text | None
    rows: tuple[tuple[Text, ...], ...]


Block = Paragraph | ListItem | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. The lead is a section without heading, at level 1."""

    heading: Text | None
    level: int
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in the order of the text."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the rendering visibly lost or broke.

    Shape: ``kind`` is a concept of the scheme ``source-issue``; ``span`` the words that show it;
    ``about`` the edition (as printed) that lost a value or a list, "" for the whole document.
    """

    kind: str
    span: Span
    about: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the wiki: the span of its words, the words, and the title of the page, normalised.

    Shape: ``target`` has no fragment, no underscores, and an upper-case first letter; links to files,
    categories, other wikis and other sites are none.
    """

    span: Span
    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference of the text: ``at`` the offset behind the words that it bears out, ``span`` its own words."""

    at: int
    span: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """Markup that the reader does not know: ``kind`` is "template" or "parameter" ("Track listing: extra1")."""

    kind: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one source.

    Shape: ``title`` is the line of the text that gives the page title, None where it has none. ``lead`` is the
    root of the tree of sections. ``losses`` are in the order of the text. ``page_title`` is that line's title,
    or one from beside the text, which has no words here to bear it out and must not become a claim; "" if
    nobody knows it. ``has_exact_title`` False: it was made of a file name and has lost punctuation.
    ``form`` is one of ``readers.FORMS``. ``work`` and ``heading`` are set on the part of a page that is about the
    album with the music of a film, game or show: the title of that work, and the heading of the part; ``film`` is
    the first sentence of a page that says that it is about a film. ``links``, ``citations`` and ``unread`` are in
    the order of the text; a form that cannot carry them has none. ``redirect`` is the title that a page redirects
    to, "" for any other.
    """

    source: Source
    title: Text | None
    infoboxes: tuple[Infobox, ...]
    lead: Section
    losses: tuple[Loss, ...] = ()
    page_title: str = ""
    has_exact_title: bool = False
    form: str = "rendered"
    work: Text | None = None
    heading: Text | None = None
    film: Text | None = None
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    unread: tuple[Unread, ...] = ()
    redirect: str = ""

    def paragraphs(self) -> Iterator[Text]:
        """Yield the text of every paragraph of prose, in order."""
        for section in self.lead.walk():
            yield from (block.text for block in section.blocks if isinstance(block, Paragraph))

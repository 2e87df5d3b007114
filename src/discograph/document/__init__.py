"""The Document model: what a reader makes of a source, whatever its form. Pure data, no markup, no RDF."""

from discograph.document.model import (
    Block,
    Citation,
    Document,
    Field,
    Infobox,
    Link,
    ListItem,
    Loss,
    Paragraph,
    Section,
    Table,
    Unread,
)
from discograph.document.source import Location, Source, Span
from discograph.document.text import Text

__all__ = [
    "Block",
    "Citation",
    "Document",
    "Field",
    "Infobox",
    "Link",
    "ListItem",
    "Location",
    "Loss",
    "Paragraph",
    "Section",
    "Source",
    "Span",
    "Table",
    "Text",
    "Unread",
]

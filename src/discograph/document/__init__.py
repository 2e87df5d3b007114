"""The Document model: what a reader makes of a source, whatever its form. Pure data, no markup, no RDF."""

from discograph.document.model import (
    Block,
    Document,
    Field,
    Infobox,
    ListItem,
    Loss,
    Paragraph,
    Section,
    Table,
)
from discograph.document.source import Location, Source, Span
from discograph.document.text import Text

__all__ = [
    "Block",
    "Document",
    "Field",
    "Infobox",
    "ListItem",
    "Location",
    "Loss",
    "Paragraph",
    "Section",
    "Source",
    "Span",
    "Table",
    "Text",
]

"""Mapping: records to RDF. The only place that knows both."""

from discograph.mapping.document import MappedDocument, map_document
from discograph.mapping.iris import DEFAULT_BASE, Minter

__all__ = ["DEFAULT_BASE", "MappedDocument", "Minter", "map_document"]

"""Mapping: records to RDF. The only place that knows both."""

from discograph.mapping.document import MappedDocument, map_document
from discograph.mapping.iris import Minter

__all__ = ["MappedDocument", "Minter", "map_document"]

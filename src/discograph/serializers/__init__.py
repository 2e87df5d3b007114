"""Serializers: the quads of documents to the bytes of a file, and bytes to a file that is whole or absent."""

from __future__ import annotations

from discograph.namespaces import DEFAULT_BASE
from discograph.serializers.evidence import EvidenceMode
from discograph.serializers.files import write_file, write_files
from discograph.serializers.formats import (
    FORMATS,
    Format,
    format_by_extension,
    format_by_media_type,
    format_by_name,
)
from discograph.serializers.write import serialize

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "EvidenceMode",
    "Format",
    "format_by_extension",
    "format_by_media_type",
    "format_by_name",
    "serialize",
    "write_file",
    "write_files",
]

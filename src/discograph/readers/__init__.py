"""Readers: source bytes to Document, one module a form."""

from discograph.readers.rendered import read_rendered
from discograph.readers.source import read_source

__all__ = ["read_rendered", "read_source"]

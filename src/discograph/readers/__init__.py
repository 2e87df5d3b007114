"""Readers: source bytes to Document, one module a form."""

from discograph.readers.rendered import AUTO, FORMS, read_rendered
from discograph.readers.source import read_source
from discograph.readers.titles import titled

__all__ = ["AUTO", "FORMS", "read_rendered", "read_source", "titled"]

"""Readers: source bytes to Document, one module a form."""

from __future__ import annotations

from pathlib import PurePath

from discograph.document import Document, Source
from discograph.forms import AUTO, FORMS, HTML, WIKITEXT
from discograph.readers.rendered import read_rendered
from discograph.readers.source import STANDARD_INPUT, read_source
from discograph.readers.titles import titled

__all__ = ["AUTO", "FORMS", "STANDARD_INPUT", "SUFFIXES", "read", "read_rendered", "read_source", "titled"]

_FORM_OF = {".wiki": WIKITEXT, ".wikitext": WIKITEXT, ".mediawiki": WIKITEXT, ".html": HTML, ".htm": HTML}

SUFFIXES = (".txt", *_FORM_OF)
"""Extensions of source documents; ``.txt`` is text of either form."""


def read(source: Source, form: str = AUTO) -> Document:
    """Return the document that a source holds; ``form`` is one of ``FORMS`` or ``AUTO``."""
    if form == AUTO:
        form = _FORM_OF.get(PurePath(source.name).suffix.lower(), AUTO)
    if form == WIKITEXT:  # what reads markup is imported where there is some
        from discograph.readers.wikitext import read_wikitext

        return read_wikitext(source)
    if form == HTML:
        from discograph.readers.html import read_html

        return read_html(source)
    return read_rendered(source, form=form)

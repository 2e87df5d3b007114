"""Readers: source bytes to Document, one module a form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from discograph.document import Document, Source
from discograph.readers.rendered import AUTO, EXTRACT, RENDERED, read_rendered
from discograph.readers.source import read_source
from discograph.readers.titles import titled
from discograph.readers.wikitext import WIKITEXT, read_wikitext

__all__ = ["AUTO", "FORMS", "SUFFIXES", "read", "read_rendered", "read_source", "read_wikitext", "titled"]

_READERS: dict[str, Callable[[Source], Document]] = {
    RENDERED: lambda source: read_rendered(source, form=RENDERED),
    EXTRACT: lambda source: read_rendered(source, form=EXTRACT),
    WIKITEXT: read_wikitext,
}

FORMS = tuple(_READERS)
"""The forms of sources; ``AUTO`` leaves it to the name of the file and, for text, to the text."""

_FORM_OF = {".wiki": WIKITEXT, ".wikitext": WIKITEXT, ".mediawiki": WIKITEXT}

SUFFIXES = (".txt", *_FORM_OF)
"""Extensions of source documents; ``.txt`` is text of either form."""


def read(source: Source, form: str = AUTO) -> Document:
    """Return the document that a source holds; ``form`` is one of ``FORMS`` or ``AUTO``."""
    if form == AUTO:
        form = _FORM_OF.get(PurePath(source.name).suffix.lower(), AUTO)
    reader = _READERS.get(form)
    return reader(source) if reader else read_rendered(source, form=form)

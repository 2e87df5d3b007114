"""The forms of source documents, by the names that the command line has for them; readers import much more."""

from __future__ import annotations

AUTO, RENDERED, EXTRACT, WIKITEXT, HTML = "auto", "rendered", "extract", "wikitext", "html"
"""``AUTO`` leaves it to the name of the file and, for text, to the text."""

FORMS = (RENDERED, EXTRACT, WIKITEXT, HTML)
"""The forms that a source may have."""

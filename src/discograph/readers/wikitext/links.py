"""The titles of pages that links lead to."""

from __future__ import annotations

from html import unescape
from urllib.parse import unquote

from discograph.readers.article_titles import article_title


def page_title(target: str) -> str | None:
    """Return the title of the page that a link leads to; None if it is no article of the wiki.

    >>> page_title("miles_Davis#Early life"), page_title("Caf%C3%A9"), page_title("#Personnel")
    ('Miles Davis', 'Café', None)
    """
    title = target.partition("#")[0]
    if "%" in title:
        title = unquote(title)
    if "&" in title:
        title = unescape(title)
    return article_title(title)

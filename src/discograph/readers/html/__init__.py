"""Read article pages as HTML: what ``action=render`` gives, saved pages, the output of Parsoid and of the old parser.

Input: the HTML of a page, whole or the article alone.
Output: a Document whose texts stand in the HTML source, without what is no part of the article (navigation, notices,
hidden words), and with its links and references.
Method: one regular expression finds the tags (``tokens``), one walk over them makes blocks (``blocks``).
"""

from __future__ import annotations

from discograph.document import Document, Section, Source
from discograph.readers.html.blocks import Blocks
from discograph.readers.html.page import content_of, redirect_of, title_of
from discograph.readers.html.tokens import Tags
from discograph.readers.html.words import Words
from discograph.readers.losses import find_losses

__all__ = ["HTML", "read_html"]

HTML = "html"


def read_html(source: Source) -> Document:
    """Return the document that a page of HTML holds.

    Shape: any text is a page; what has no words of an article is an empty document, and a redirect has a target and no
    words. Takes time in proportion to the length of the source, whatever is in it.
    """
    tags = Tags(source.text)
    if redirect := redirect_of(tags):
        return Document(source, None, (), Section(None, 1, ()), form=HTML, redirect=redirect)
    words = Words(tags)
    title = title_of(tags, Words(tags))
    content = content_of(tags)
    blocks = Blocks(words)
    lead = blocks.read(content, tags.closes[content] or len(tags.names) - 1)
    infoboxes = tuple(blocks.infoboxes)
    return Document(
        source,
        title.text,
        infoboxes,
        lead,
        find_losses(infoboxes, lead, is_markup=True),
        title.value,
        bool(title.value),
        HTML,
        links=tuple(sorted(words.links, key=lambda link: link.span)),
        citations=tuple(sorted(words.citations, key=lambda citation: citation.at)),
    )

"""Read wikitext: the page as its authors wrote it, every word with its place in the source.

Input: the wikitext of a page. Output: the same Document as the rendered page gives, and what only wikitext
holds: links, references, and the templates and parameters that nobody reads.
Method: ``marks`` finds what opens and closes, ``blocks`` reads the page line by line, ``inline`` the words of a
line, ``template`` the parameters of a template; what a template means is told by ``wordlists/templates.tsv``,
``block_templates``, ``inline_templates`` and ``row_templates``. Measured against mwparserfromhell in
``benchmarks/wikitext.py``; that library keeps no offsets and takes long over hostile pages.
"""

from __future__ import annotations

import re

from discograph.document import Document, Section, Source
from discograph.readers.wikitext.blocks import Blocks
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.links import page_title

_REDIRECT = re.compile(r"\ufeff?\s*#redirect\s*:?\s*\[\[(?P<target>[^\[\]|]+)", re.IGNORECASE)


def read_wikitext(source: Source) -> Document:
    """Return the document that a page of wikitext holds; any text is one. A redirect has a target and no words.

    Shape: it has no losses, for it is no rendering.
    """
    if match := _REDIRECT.match(source.text):
        target = page_title(match["target"]) or ""
        return Document(source, None, (), Section(None, 1, ()), form="wikitext", redirect=target)
    page = Wikitext(source.text)
    blocks = Blocks(page)
    lead = blocks.read()
    boxes = tuple(blocks.infoboxes)
    return Document(
        source,
        None,
        boxes,
        lead,
        form="wikitext",
        links=tuple(sorted(page.links.values(), key=lambda link: link.span)),
        citations=tuple(sorted(page.citations.values(), key=lambda citation: citation.at)),
        unread=tuple(sorted(page.unread.values(), key=lambda unread: unread.span)),
    )

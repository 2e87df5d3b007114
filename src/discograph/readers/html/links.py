"""The pages that links of an article lead to, whichever way MediaWiki printed their addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from discograph.readers.article_titles import article_title

_HREF = re.compile(r"(?<![\w-])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
# "/wiki/Title" of the wiki itself, with or without its host, and "./Title" of Parsoid.
_PAGE = re.compile(
    r"(?:(?:(?:https?:)?//en(?:\.m)?\.wikipedia\.org)?/wiki/|\./)(?P<title>[^?#]+)(?P<query>\?[^#]*)?(?:#.*)?\Z",
    re.DOTALL,
)


def target_of(attributes: str) -> str:
    """Return the title of the page that a link leads to, "" if it leads to no page of the wiki.

    Shape: normalised as a page title is: without fragment and underscores, with an upper-case first letter. Links
    to files, categories and other pages beside the articles, to other wikis, to places of the page itself, and to
    pages that nobody has written (``redlink=1``) lead to none.

    >>> target_of('href="/wiki/Blue_Harbour_(album)#Reception" title="Blue Harbour (album)"')
    'Blue Harbour (album)'
    >>> target_of('href="/w/index.php?title=No_Page&amp;action=edit&amp;redlink=1" class="new"')
    ''
    """
    href = href_of(attributes)
    return _target(href) if href and href[0] in "/.h" else ""


def href_of(attributes: str) -> str:
    """Return the address of a link as it stands in the source, "" without one."""
    match = _HREF.search(attributes)
    return match[1] or match[2] or match[3] or "" if match else ""


@lru_cache(maxsize=4096)
def _target(href: str) -> str:
    match = _PAGE.match(unescape(href) if "&" in href else href)
    return "" if not match or match["query"] else article_title(unquote(match["title"])) or ""

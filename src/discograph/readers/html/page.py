"""Where on a page the article is, what its title is, and where it redirects to."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from discograph.document import Text
from discograph.readers.article_titles import article_title
from discograph.readers.html.elements import Kind
from discograph.readers.html.links import target_of
from discograph.readers.html.tokens import Tags
from discograph.readers.html.words import Words

_CONTENT = re.compile(r"\bid\s*=\s*[\"']?mw-content-text\b")
_OUTPUT = re.compile(r"\bclass\s*=\s*(?:\"[^\"]*?|'[^']*?)(?<![\w-])mw-parser-output(?![\w-])")
_FIRST_HEADING = re.compile(r"\bid\s*=\s*[\"']?firstHeading\b")
_SITE = re.compile(r"\s+[-–—]\s+Wikipedia\b.*\Z", re.DOTALL)
# The links "[edit]" of a page's sections hold its title.
_EDIT = re.compile(r"[?;&]title=(?P<title>[^\"'&#<>\s]+)&(?:amp;)?(?:veaction|action)=edit&(?:amp;)?section=T?-?\d")
_REDIRECT = re.compile(r"<link\b[^<>]{0,200}?\brel=[\"']mw:PageProp/redirect[\"'][^<>]*>")


class Title(NamedTuple):
    """A page's title: its words on the page, None if they stand in an address or nowhere; and the title, "" if none."""

    text: Text | None
    value: str


def content_of(tags: Tags) -> int:
    """Return the tag of the element that holds the article; 0, the empty tag before the page, if it is the page."""
    found: dict[str, int] = {}
    for tag, name in enumerate(tags.names):
        if name in ("div", "body", "main", "article"):
            attributes = tags.attributes(tag)
            if _CONTENT.search(attributes):
                return tag
            if _OUTPUT.search(attributes):
                found.setdefault("output", tag)
            if name == "body":
                found.setdefault("body", tag)
    return found.get("output") or found.get("body") or 0


def title_of(tags: Tags, words: Words) -> Title:
    """Return the title of a page: its first heading's, that of the document, or that in the links to edit it."""
    heading = document = 0
    for tag, name in enumerate(tags.names):
        if name == "h1" and not heading and _FIRST_HEADING.search(tags.attributes(tag)):
            heading = tag
        elif name == "title" and not document:
            document = tag
    if heading and (text := words.text(heading, tags.closes[heading])):
        return Title(text, text.value)
    if document and (text := _document_title(words, document)):
        return Title(text, text.value)
    match = _EDIT.search(tags.text)
    return Title(None, (article_title(unquote(unescape(match["title"]))) or "") if match else "")


def _document_title(words: Words, tag: int) -> Text | None:
    text = words.text(tag, words.tags.closes[tag])
    return text.cut(0, len(_SITE.sub("", text.value))) if text else None


def redirect_of(tags: Tags) -> str:
    """Return the title of the page that a page redirects to, "" if it is no redirect."""
    source = tags.text
    if match := _REDIRECT.search(source) if "mw:PageProp/redirect" in source else None:
        return target_of(match[0])
    if "redirectText" not in source:
        return ""
    for tag, name in enumerate(tags.names):
        if name in ("ul", "div") and "redirectText" in tags.attributes(tag):
            for inner in range(tag, tags.closes[tag]):
                if tags.kinds[inner] == Kind.LINK and (target := target_of(tags.attributes(inner))):
                    return target
    return ""

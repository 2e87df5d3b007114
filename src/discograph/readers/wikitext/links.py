"""The titles of pages that links lead to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

# Namespaces whose links show no words, and whose pages are about nothing (Help:Namespace).
_SILENT = frozenset(
    ("file", "image", "category", "media")
)  # fmt: skip
_OTHER = frozenset(
    ("talk", "user", "wikipedia", "wp", "project", "template", "help", "portal", "draft", "module", "mediawiki",
     "special", "book", "timedtext", "wikt", "wiktionary", "wikisource", "wikiquote", "wikibooks", "wikinews",
     "wikiversity", "wikidata", "commons", "c", "s", "w", "d", "v", "n", "b", "q", "m", "meta", "mw", "species",
     "voy", "wikivoyage", "doi", "hdl", "isbn", "iarchive", "imdbname", "imdbtitle", "musicbrainz", "discogs")
)  # fmt: skip
# Codes of the larger Wikipedias: a link that begins with one stands beside the page, not in its text.
_LANGUAGES = frozenset(
    ("af", "als", "ar", "arz", "ast", "az", "be", "bg", "bn", "br", "bs", "ca", "ceb", "cs", "cy", "da", "de",
     "el", "en", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is",
     "it", "ja", "jv", "ka", "kk", "ko", "la", "lb", "lt", "lv", "mg", "mk", "ml", "mr", "ms", "my", "nl", "nn",
     "no", "oc", "pl", "pms", "pt", "ro", "ru", "scn", "sh", "simple", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
     "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "vo", "war", "yi", "zh", "zh-yue")
)  # fmt: skip
_SPACES = re.compile(r"[\s_\u200e\u200f\u00a0]+")


def page_title(target: str) -> str | None:
    """Return the title of the page that a link leads to; None if it is no article of the wiki.

    Shape: no fragment, no underscores, single spaces, the first letter upper-case (Help:Link).

    >>> page_title("miles_Davis#Early life"), page_title("File:X.jpg"), page_title("#Personnel")
    ('Miles Davis', None, None)
    """
    title = target.partition("#")[0]
    if "%" in title:
        title = unquote(title)
    if "&" in title:
        title = unescape(title)
    title = _SPACES.sub(" ", title).strip()
    prefix, colon, _ = title.lstrip(":").partition(":")
    namespace = prefix.strip().casefold().removesuffix(" talk")
    if colon and (namespace in _SILENT | _OTHER | _LANGUAGES):
        return None
    title = title.lstrip(": ")
    return title[:1].upper() + title[1:] if title and not any(c in title for c in "<>[]{}|\n") else None


def is_silent(target: str) -> bool:
    """Tell whether a link shows no words where it stands: a file, a category, a page in another language."""
    prefix, colon, _ = target.partition(":")
    namespace = prefix.strip(" _").casefold()
    return bool(colon) and namespace in _SILENT | _LANGUAGES

"""Titles of articles as the wiki writes them, and what is no title of an article: other namespaces, other wikis."""

from __future__ import annotations

import re

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
_NO_TITLE = re.compile(r"[\x00-\x1f<>\[\]{}|\ufffd\ud800-\udfff]")


def article_title(text: str) -> str | None:
    """Return a title as the wiki writes it; None if it is not that of an article.

    Shape: ``text`` has no fragment and no escapes. No underscores, single spaces, the first letter upper-case
    (Help:Link); a colon before it, which keeps a link from doing more than that, is dropped.

    >>> article_title("miles_Davis"), article_title("File:X.jpg"), article_title("Wikt:jazz"), article_title("")
    ('Miles Davis', None, None, None)
    """
    title = _SPACES.sub(" ", text).strip()
    prefix, colon, _ = title.lstrip(":").partition(":")
    if colon and prefix.strip().casefold().removesuffix(" talk") in _SILENT | _OTHER | _LANGUAGES:
        return None
    title = title.lstrip(": ")
    return title[:1].upper() + title[1:] if title and not _NO_TITLE.search(title) else None


def is_silent(target: str) -> bool:
    """Tell whether a link of wikitext shows no words where it stands: a file, a category, another language."""
    prefix, colon, _ = target.partition(":")
    return bool(colon) and prefix.strip(" _").casefold() in _SILENT | _LANGUAGES

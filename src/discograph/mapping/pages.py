"""Which page of the wiki a name stands for: that of its link, or of a link elsewhere in the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from discograph.document import Link, Span
from discograph.records import Said
from discograph.values.names import is_ensemble, label_key
from discograph.values.patterns import fold, without_brackets

_GROUP = re.compile(r"\((?:[\w-]+ )*(?:band|group|duo|trio|quartet|quintet|sextet|orchestra|ensemble|choir)\)\Z")
_LATIN = re.compile(r"[A-Za-z]")
_FARTHEST = 8
"""How many redirects are followed; MediaWiki follows one, dumps hold chains."""


class Pages:
    """The pages that the links of one document lead to, redirects followed.

    Shape: ``redirects`` is target by title. A name without a link of its own means the page that the same
    words link to elsewhere in the document (MOS:LINKONCE), if that is one page.
    """

    def __init__(self, links: Iterable[Link] = (), redirects: Mapping[str, str] | None = None) -> None:
        self._redirects = redirects or {}
        self._links = sorted(links, key=lambda link: link.span)
        self._starts = [link.span.start for link in self._links]
        self._by_name: dict[str, set[str]] = {}
        for link in self._links:
            target = self._final(link.target)
            for name in {fold(link.words), fold(without_brackets(target))}:
                self._by_name.setdefault(name, set()).add(target)

    def of(self, said: Said[Any], name: str) -> str | None:
        """Return the title of the page that a name stands for where it is said; None without a link that tells."""
        if not self._links:
            return None
        wanted = fold(name)
        for evidence in said.evidence:
            if target := self._at(evidence.span, wanted):
                return target
        pages = self._by_name.get(wanted, set())
        return next(iter(pages)) if len(pages) == 1 else None

    def of_agent(self, name: Said[str]) -> str | None:
        """Return the title of the page of a person or group.

        A name that shares no word with the title is that of somebody whom the page tells of among others, a
        member of the band: it is no name of what the page is about. A name in another script may well be.
        """
        page = self.of(name, name.value)
        if page and (_LATIN.search(name.value) is None or set(fold(name.value).split()) & set(fold(page).split())):
            return page
        return None

    def _at(self, span: Span, wanted: str) -> str | None:
        """Return the page of the link with just these words, or of one inside them that shows the name."""
        for link in self._links[bisect_left(self._starts, span.start) :]:
            if link.span.end > span.end:
                return None
            words = fold(link.words)
            if words == wanted or (link.span == span and _is_form(words, wanted)):
                return self._final(link.target)
        return None

    def _final(self, title: str) -> str:
        for _ in range(_FARTHEST):
            if title not in self._redirects:
                break
            title = self._redirects[title]
        return title


def _is_form(words: str, wanted: str) -> bool:
    """Tell whether words are a shorter form of a name: the surname."""
    return bool(words) and f" {words} " in f" {wanted} "


def agent_kind(name: str, page: str | None) -> str:
    """Return "ensemble" or "person": by the nouns in a name, or the note in the title of its page ("(band)")."""
    return "ensemble" if is_ensemble(name) or (page and _GROUP.search(page)) else "person"


def label_page(page: str | None) -> str | None:
    """Return the page title of a record label as its key has names: without "Records", before a note."""
    if page is None:
        return None
    name = without_brackets(page)
    return label_key(name) + page[len(name) :]

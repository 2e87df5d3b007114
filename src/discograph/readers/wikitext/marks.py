"""Find the marks of wikitext, and which of them belong together, in one pass.

Input: a source text. Output: ``Marks``, the marks in order, each opening one with its partner.
Method: one regular expression, one stack; what is opened and never closed, or closed and never opened, is text,
as MediaWiki has it. Time grows with the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum

from discograph.document import Span

NONE = -1


class Kind(IntEnum):
    """What a mark is."""

    NEWLINE = 0
    PIPE = 1
    TEMPLATE = 2  # {{ and }}
    LINK = 3  # [[ and ]]
    TABLE = 4  # {| and |}
    REFERENCE = 5  # <ref> and </ref>
    EXTERNAL = 6  # [http:
    QUOTES = 7  # '' and more
    ENTITY = 8
    BREAK = 9  # <br>
    TAG = 10  # any other tag: no words of the article
    HIDDEN = 11  # a comment, or a tag with what is in it
    LITERAL = 12  # <nowiki> with what is in it


# The character that a mark begins with comes first, so that what lies between marks is passed over quickly; which
# it was, the alternatives look back to see.
_MARK = re.compile(
    r"[\n|{}\[\]'<&_](?:"
    r"(?<=\n)(?P<newline>(?:[ \t:]*(?P<open>\{\|)|[ \t]*(?P<close>\|\})(?!\}))?)"
    r"|(?<=\|)(?P<pipe>)|(?<=\{)\{(?P<template>)|(?<=\})\}(?P<template_end>)"
    r"|(?<=\[)(?:\[(?P<link>)|(?P<external>)(?=(?:https?:|ftp:|mailto:)?//|mailto:))|(?<=\])\](?P<link_end>)"
    r"|(?<=')'(?P<quotes>'*)"
    r"|(?<=<)(?:(?P<comment>!--)|(?P<end>/)?(?P<tag>[A-Za-z][A-Za-z0-9]*)(?P<rest>\b[^<>]{0,400})>)"
    r"|(?<=&)(?P<entity>(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?<=_)_(?P<magic>[A-Z]{3,20}__))"
)
# Tags whose content is no text of the article (MediaWiki's extensions, and what pages include).
_DROPPED = frozenset(
    ("math", "chem", "score", "gallery", "timeline", "syntaxhighlight", "source", "templatedata",
     "templatestyles", "imagemap", "graph", "mapframe", "maplink", "includeonly", "categorytree", "inputbox",
     "hiero", "ce", "style", "script", "del", "strike", "s")
)  # fmt: skip
_SIMPLE = {
    "pipe": Kind.PIPE,
    "quotes": Kind.QUOTES,
    "entity": Kind.ENTITY,
    "external": Kind.EXTERNAL,
    "magic": Kind.TAG,
}
_OPENS = {"template": Kind.TEMPLATE, "link": Kind.LINK}
_CLOSES = {"template_end": Kind.TEMPLATE, "link_end": Kind.LINK}
_TABLE_FIRST = re.compile(r"[ \t:]*(\{\|)")


class Marks:
    """The marks of a text in order, as columns.

    Shape: ``partner[i]`` of an opening mark is the index of its closing one, of a closing mark ``NONE``;
    unpaired marks are left out. Marks inside references and hidden or literal text are left out. ``references``
    are the indices of the opening marks of references.
    """

    __slots__ = ("ends", "kinds", "partners", "references", "starts")

    def __init__(self, source: str) -> None:
        found = _Finder(source)
        keep = [i for i, partner in enumerate(found.partners) if partner != _UNPAIRED]
        if len(keep) == len(found.partners):
            self.starts, self.ends, self.kinds, self.partners = found.starts, found.ends, found.kinds, found.partners
            self.references = found.references
            return
        new = dict(zip(keep, range(len(keep)), strict=True))
        self.starts = [found.starts[i] for i in keep]
        self.ends = [found.ends[i] for i in keep]
        self.kinds = [found.kinds[i] for i in keep]
        self.partners = [new.get(found.partners[i], NONE) for i in keep]
        self.references = [new[i] for i in found.references]

    def first(self, offset: int) -> int:
        """Return the index of the first mark that begins at or behind an offset."""
        return bisect_left(self.starts, offset)

    def lines(self, span: Span) -> Iterator[Span]:
        """Yield the lines of a span; a line break inside a template, link, table or reference ends none."""
        at, start = self.first(span.start), span.start
        count = len(self.starts)
        while at < count and self.starts[at] < span.end:
            if self.starts[at] < start:
                at += 1
                continue
            if self.kinds[at] == Kind.NEWLINE:
                yield Span(start, self.starts[at])
                start = self.ends[at]
                at += 1
                continue
            at = self.after(at)
        if start < span.end:
            yield Span(start, span.end)

    def end_of(self, index: int) -> int:
        """Return where what a mark opens ends: behind its partner; of any other mark, behind itself."""
        partner = self.partners[index]
        return self.ends[index if partner == NONE else partner]

    def after(self, index: int) -> int:
        """Return the index of the next mark behind what a mark opens."""
        partner = self.partners[index]
        return (index if partner == NONE else partner) + 1


_UNPAIRED = -2


class _Finder:
    """One pass over a text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[int] = []
        self.partners: list[int] = []
        self._stack: list[int] = []
        self._open = [0] * len(Kind)
        self.references: list[int] = []
        self._missing: set[str] = set()
        self._skip = 0
        first = _TABLE_FIRST.match(source)
        if first:
            self._opened(Kind.TABLE, first.start(1), first.end(1))
            self._skip = first.end(1)
        self._scan()
        for index in self._stack:
            self.partners[index] = _UNPAIRED

    def _scan(self) -> None:
        for match in _MARK.finditer(self.source):
            if match.start() < self._skip:
                continue
            what = match.lastgroup
            kind = _SIMPLE.get(what or "")
            if kind is not None:
                self._add(kind, *match.span())
            elif what == "newline":
                self._newline(match)
            elif what in _OPENS:
                self._opened(_OPENS[what], *match.span())
            elif what in _CLOSES:
                self._closed(_CLOSES[what], *match.span())
            elif what == "comment":
                self._add(Kind.HIDDEN, match.start(), self._until("-->", match.end()))
            else:
                self._tag(match)

    def _add(self, kind: Kind, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.partners.append(NONE)

    def _opened(self, kind: Kind, start: int, end: int) -> None:
        self._stack.append(len(self.starts))
        self._open[kind] += 1
        self._add(kind, start, end)

    def _closed(self, kind: Kind, start: int, end: int) -> None:
        """Pair a closing mark with the last open one of its kind; what was opened since is text."""
        if not self._open[kind]:
            return
        stack, kinds = self._stack, self.kinds
        while kinds[stack[-1]] != kind:
            lost = stack.pop()
            self._open[kinds[lost]] -= 1
            self.partners[lost] = _UNPAIRED
        self._open[kind] -= 1
        self.partners[stack.pop()] = len(self.starts)
        self._add(kind, start, end)

    def _newline(self, match: re.Match[str]) -> None:
        start = match.start()
        self._add(Kind.NEWLINE, start, start + 1)
        if match["open"]:
            self._opened(Kind.TABLE, *match.span("open"))
        elif match["close"]:
            if self._open[Kind.TABLE]:
                self._closed(Kind.TABLE, *match.span("close"))
            else:
                self._add(Kind.PIPE, match.start("close"), match.start("close") + 1)

    def _until(self, end: str, start: int) -> int:
        """Return where a hidden run ends, behind its end mark; at the end of the text without one."""
        at = -1 if end in self._missing else self.source.find(end, start)
        if at < 0:
            self._missing.add(end)
            self._skip = len(self.source)
        else:
            self._skip = at + len(end)
        return self._skip

    def _tag(self, match: re.Match[str]) -> None:
        start, end = match.span()
        name = match["tag"].lower()
        closes = bool(match["end"])
        is_empty = match["rest"].endswith("/")
        if name == "br":
            self._add(Kind.BREAK, start, end)
        elif name == "ref" and not closes:
            self._reference(start, end, end if is_empty else self._end_of_reference(end))
        elif name in ("nowiki", "pre") and not closes and not is_empty:
            self._content(Kind.LITERAL, match["tag"], start, end)
        elif name in _DROPPED and not closes and not is_empty:
            self._content(Kind.HIDDEN, match["tag"], start, end)
        else:
            self._add(Kind.TAG, start, end)

    def _end_of_reference(self, start: int) -> int:
        """Return where the words of a reference end; -1 if another begins before. There are none inside others."""
        following = self.source.find("<ref", start)
        return self.source.find("</ref>", start, following if following >= 0 else len(self.source))

    def _reference(self, start: int, end: int, stop: int) -> None:
        """Add a reference with its words, whose own marks are none of the text's; one that never ends is a tag."""
        if stop < 0:
            self._add(Kind.TAG, start, end)
            return
        self._add(Kind.REFERENCE, start, end)
        self.partners[-1] = len(self.starts)
        self.references.append(len(self.starts) - 1)
        self._skip = stop + len("</ref>") if stop > end or self.source.startswith("</ref>", stop) else stop
        self._add(Kind.REFERENCE, stop, self._skip)

    def _content(self, kind: Kind, name: str, start: int, end: int) -> None:
        """Add a tag with what is in it; one that is never closed is a mark of its own."""
        close = f"</{name}>"
        at = -1 if close in self._missing else self.source.find(close, end)
        if at < 0:
            self._missing.add(close)
            self._add(Kind.TAG, start, end)
        else:
            self._skip = at + len(close)
            self._add(kind, start, self._skip)

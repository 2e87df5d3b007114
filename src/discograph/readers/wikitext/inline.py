"""Words of wikitext as readers see them: links, templates, quotes and tags taken away, each character in its place."""

from __future__ import annotations

import re
from html import unescape

from discograph.document import Citation, Link, Span, Text, Unread
from discograph.document.builder import TextBuilder
from discograph.readers.article_titles import is_silent
from discograph.readers.wikitext import inline_templates
from discograph.readers.wikitext.links import page_title
from discograph.readers.wikitext.marks import Kind, Marks
from discograph.readers.wikitext.template import Parameter, Template, parse_template

DEEPEST = 20
"""How deep markup is read inside markup; MediaWiki's own limit is 40, articles need about six."""

_TRAIL = re.compile(r"[a-zà-öø-ÿ]+")
_NAME = re.compile(r"""name\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s/>]+))""", re.IGNORECASE)
_OPEN_BRACKET = re.compile(r"\s*(?:<[^<>]{0,200}>\s*|\{\{\s*(?:small|nowrap|nobr)\s*\|\s*|'{2,})*\(")
_LONGEST_EXTERNAL = 2000  # characters between [http: and ]


class Wikitext:
    """A page of wikitext: its source, its marks, and what its words lead to, found as they are read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.marks = Marks(source)
        self.links: dict[Span, Link] = {}
        self.citations: dict[int, Citation] = {}
        self.unread: dict[Span, Unread] = {}
        self.depth = 0
        self._templates: dict[int, Template] = {}
        self._references = _named_references(source, self.marks)

    def template(self, index: int) -> Template:
        """Return the template that the mark at an index opens."""
        if index not in self._templates:
            self._templates[index] = parse_template(self.source, self.marks, index)
        return self._templates[index]

    def text(self, span: Span, line_break: str = " ") -> Text:
        """Return the words of a span without markup; ``line_break`` stands for ``<br>``, and parts lists."""
        out = TextBuilder(self.source)
        self.render(out, span.start, span.end, line_break)
        return out.text().cut(0)

    def value(self, parameter: Parameter, line_break: str = " ") -> Text:
        """Return the words of a parameter's value."""
        return self.text(parameter.value, line_break)

    def render(self, out: TextBuilder, start: int, end: int, line_break: str = " ") -> None:
        """Add the words of a span to a text; what is nested too deep is left out."""
        if self.depth >= DEEPEST:
            return
        self.depth += 1
        marks = self.marks
        starts, kinds = marks.starts, marks.kinds
        at, place = marks.first(start), start
        count = len(starts)
        while at < count and (begin := starts[at]) < end:
            if begin < place:
                at += 1
                continue
            kind = kinds[at]
            if kind in _PLAIN:
                at += 1
                continue
            if begin > place:
                out.run(place, begin)
            place = self._mark(out, at, kind, end, line_break)
            at = marks.after(at)
        if place < end:
            out.run(place, end)
        self.depth -= 1

    def _mark(self, out: TextBuilder, at: int, kind: int, end: int, line_break: str) -> int:
        """Add what a mark stands for; return the offset at which the text goes on."""
        begin, behind = self.marks.starts[at], self.marks.end_of(at)
        if kind == Kind.LINK and behind > begin + 2:
            return self._link(out, at, line_break)
        if kind == Kind.TEMPLATE:
            self._template(out, at, line_break)
        elif kind == Kind.QUOTES:
            self._quotes(out, begin, behind)
        elif kind == Kind.ENTITY:
            value = unescape(self.source[begin:behind])
            out.character(" " if value.isspace() else value[0], begin, behind)
        elif kind == Kind.BREAK:
            for letter in " " if _OPEN_BRACKET.match(self.source, behind) else line_break:
                out.character(letter, begin, behind)
        elif kind == Kind.REFERENCE:
            self._reference(at)
        elif kind == Kind.EXTERNAL:
            return self._external(out, begin, min(end, begin + _LONGEST_EXTERNAL), line_break)
        elif kind == Kind.LITERAL:
            inner = self.source.find(">", begin) + 1
            out.run(inner, self.source.rfind("<", inner, behind))
        return behind

    def _link(self, out: TextBuilder, at: int, line_break: str) -> int:
        marks, source = self.marks, self.source
        begin, stop, behind = marks.ends[at], marks.starts[marks.partners[at]], marks.end_of(at)
        inner = at + 1
        while marks.starts[inner] < stop and marks.kinds[inner] != Kind.PIPE:
            inner = marks.after(inner)
        pipe = marks.starts[inner] if marks.starts[inner] < stop else stop
        target = source[begin:pipe]
        if is_silent(target.strip()):
            return behind
        title = page_title(target)
        mark = out.mark()
        if pipe + 1 < stop:
            self.render(out, pipe + 1, stop, line_break)
        else:
            out.run(begin + (source[begin] == ":"), pipe)
        if trail := _TRAIL.match(source, behind):
            out.run(*trail.span())
            behind = trail.end()
        if title and (link := out.link(mark, title)):
            self.links[link.span] = link
        return behind

    def _template(self, out: TextBuilder, at: int, line_break: str) -> None:
        template = self.template(at)
        if not inline_templates.write(self, out, template, line_break):
            self.unread.setdefault(template.span, Unread("template", template.name[:80], template.span))

    def _quotes(self, out: TextBuilder, begin: int, behind: int) -> None:
        """Add the apostrophes that a run of them holds besides its marks of bold and italic (Help:Wikitext)."""
        length = behind - begin
        spare = 1 if length == 4 else max(0, length - 5)
        after = self.source[behind : behind + 2]
        if length == 3 and not out.ends_in_space and after[:1] == "s" and not after[1:].isalnum():
            spare = 1  # ''Title'''s: the end of italics and an apostrophe
            begin += 2
        if spare:
            out.run(begin, begin + spare)

    def _reference(self, at: int) -> None:
        """Remember what a reference cites; one that only names another cites that one's words."""
        marks = self.marks
        span = Span(marks.ends[at], marks.starts[marks.partners[at]])
        if span.end <= span.start:
            name = _reference_name(self.source[marks.starts[at] : marks.ends[at]])
            span = self._references.get(name, span)
        self.cite(marks.starts[at], span)

    def cite(self, at: int, span: Span) -> None:
        """Remember that a reference with words of its own stands at an offset."""
        if span.end > span.start:
            self.citations.setdefault(at, Citation(at, span))

    def _external(self, out: TextBuilder, begin: int, end: int, line_break: str) -> int:
        """Add the words of a link to another site; a bare address in brackets shows none."""
        line_end = self.source.find("\n", begin, end)
        close = self.source.find("]", begin, end if line_end < 0 else line_end)
        if close < 0:
            out.run(begin, begin + 1)
            return begin + 1
        space = self.source.find(" ", begin, close)
        if space > 0:
            self.render(out, space + 1, close, line_break)
        return close + 1


_PLAIN = frozenset({Kind.NEWLINE, Kind.PIPE})


def _named_references(source: str, marks: Marks) -> dict[str, Span]:
    """Return the words of the references that have a name."""
    named: dict[str, Span] = {}
    for index in marks.references:
        partner = marks.partners[index]
        if marks.starts[partner] > marks.ends[index]:
            name = _reference_name(source[marks.starts[index] : marks.ends[index]])
            if name:
                named.setdefault(name, Span(marks.ends[index], marks.starts[partner]))
    return named


def _reference_name(tag: str) -> str:
    match = _NAME.search(tag)
    return (match["double"] or match["single"] or match["bare"] or "").strip() if match else ""

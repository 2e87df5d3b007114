"""The blocks of a wikitext page: headings, paragraphs, lists, tables, and templates that stand for them.

Method: line by line, where a line is not ended by a break inside a template, table, link or reference.
"""

from __future__ import annotations

import re

from discograph.document import Block, Infobox, ListItem, Paragraph, Section, Span, Table, Text
from discograph.readers.pieces import pieces
from discograph.readers.sections import SectionTree
from discograph.readers.wikitext import block_templates
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.inline_templates import kind_of, list_lines
from discograph.readers.wikitext.marks import Kind
from discograph.readers.wikitext.row_templates import row_of
from discograph.readers.wikitext.tables import read_table
from discograph.readers.wikitext.template import Template

_HEADING = re.compile(r"(?P<marks>={1,6})(?P<text>.+?)(?P=marks)[ \t]*\Z", re.DOTALL)
_ITEM = re.compile(r"(?P<marks>[*#:;]+)[ \t]*")
_TAGGED_ITEM = re.compile(
    r"(?:<(?P<list>ol|ul)\b(?:[^<>]*?start\s*=\s*[\"']?(?P<start>\d{1,3}))?[^<>]*>\s*\Z|<li\b[^<>]*>\s*)", re.IGNORECASE
)
_BLOCKS = frozenset(
    ("infobox", "track-listing", "ratings", "certification-top", "certification-entry", "certification-bottom", "quote",
     "chronology", "singles", "list-block")
)  # fmt: skip
_NUMBERED = frozenset(("ordered list", "numbered list", "enum"))  # redirects to Template:Ordered list


class Blocks:
    """Reads the blocks of a page into a tree of sections, and its infoboxes."""

    def __init__(self, page: Wikitext) -> None:
        self.page = page
        self.infoboxes: list[Infobox] = []
        self._tree = SectionTree()
        self._paragraph: list[Text] = []
        self._numbers: dict[int, int] = {}  # of the entries of numbered lists, by depth
        self._certifications: list[tuple[Text, ...]] | None = None

    def read(self) -> Section:
        """Return the tree of sections."""
        for line in self.page.marks.lines(Span(0, len(self.page.source))):
            self._line(line)
        self._end_paragraph()
        self._end_certifications()
        return self._tree.close()

    def _line(self, line: Span) -> None:
        words = self.page.source[line.start : line.end]
        stripped = words.strip("\ufeff \t\r\n")
        first = stripped[:1]
        if first not in ("*", "#", ":", ";") and not stripped.startswith(("<li", "<ol", "<ul")):
            self._numbers.clear()
        if not stripped:
            self._end_paragraph()
        elif first == "=" and (match := _HEADING.match(self._without_comments(line))):
            self._heading(line, match)
        elif first in ("*", "#", ":", ";"):
            self._item(line, words)
        elif first == "<" and (match := _TAGGED_ITEM.match(stripped)):
            self._tagged_item(line, words, match)
        elif first == "{" or (first == "<" and "{" in words) or (first == "[" and "{" in words):
            self._markup(line)
        else:
            self._words(line)

    def _without_comments(self, line: Span) -> str:
        """Return a line with blanks in place of comments, so that offsets stay."""
        words = self.page.source[line.start : line.end].replace("\ufeff", " ")
        hidden = re.sub(r"<!--.*?(?:-->|\Z)", lambda m: " " * len(m[0]), words, flags=re.DOTALL)
        return hidden.rstrip()

    def _heading(self, line: Span, match: re.Match[str]) -> None:
        self._end_paragraph()
        self._end_certifications()
        text = self.page.text(Span(line.start + match.start("text"), line.start + match.end("text")))
        self._tree.open(text, len(match["marks"]))

    def _add(self, block: Block) -> None:
        self._end_paragraph()
        self._tree.blocks.append(block)

    def _words(self, line: Span) -> None:
        """Add a line to the paragraph: until a blank line or another block, lines are one paragraph."""
        text = self.page.text(line)
        if text:
            self._paragraph.append(text)

    def _end_paragraph(self) -> None:
        lines, self._paragraph = self._paragraph, []
        if lines:
            self._tree.blocks.extend(map(Paragraph, pieces(Text.join(lines, " "))))

    def _item(self, line: Span, words: str) -> None:
        """Add an entry of a list; a term of a definition list is a line of its own ("; Side one")."""
        start = line.start + len(words) - len(words.lstrip("\ufeff \t\r"))
        match = _ITEM.match(self.page.source, start, line.end)
        assert match
        marks = match["marks"]
        inside = Span(match.end(), line.end)
        if self._block_template(inside):
            return
        text = self.page.text(inside)
        number = None
        depth = len(marks)
        for deeper in [d for d in self._numbers if d > depth]:
            del self._numbers[deeper]
        if marks[-1] in ";:" and depth == 1:
            self._numbers.clear()
        if marks[-1] == "#":
            number = self._numbers[depth] = self._numbers.get(depth, 0) + 1
        if not text:
            return
        if marks[-1] in ";:" and not set(marks) & {"*", "#"}:
            self._end_paragraph()
            self._tree.blocks.extend(map(Paragraph, pieces(text)))
        else:
            self._add(ListItem(text, depth, number))

    def _tagged_item(self, line: Span, words: str, match: re.Match[str]) -> None:
        """Add an entry that is written as HTML; ``<ol start="5">`` says where its numbers begin."""
        if match["list"]:
            self._numbers[0] = int(match["start"] or 1) - 1 if match["list"] == "ol" else -1
            return
        number = None
        if self._numbers.get(0, -1) >= 0:
            number = self._numbers[0] = self._numbers[0] + 1
        start = line.start + words.index("<") + match.end()
        if text := self.page.text(Span(start, line.end)):
            self._add(ListItem(text, 1, number))

    def _block_template(self, span: Span) -> bool:
        """Read an indented line that is nothing but a table or template; tell whether it is one."""
        at = self.page.marks.first(span.start)
        marks = self.page.marks
        is_alone = at < len(marks.starts) and marks.starts[at] == span.start and marks.end_of(at) >= span.end
        if is_alone and marks.kinds[at] == Kind.TABLE:
            self._add(read_table(self.page, at))
            return True
        return False

    def _markup(self, line: Span) -> None:
        """Read a line that begins with markup: templates and tables by themselves, what is left as words."""
        marks = self.page.marks
        at, start = marks.first(line.start), line.start
        while at < len(marks.starts) and marks.starts[at] < line.end:
            begin, behind = marks.starts[at], marks.end_of(at)
            if begin >= start and self._is_block(at, line):
                self._words(Span(start, begin))
                self._block(at)
                start = behind
            at = marks.after(at)
        self._words(Span(start, line.end))

    def _is_block(self, at: int, line: Span) -> bool:
        """Tell whether a mark opens a table or a template that stands for blocks: a list does where it is the line."""
        marks = self.page.marks
        if marks.kinds[at] != Kind.TEMPLATE:
            return marks.kinds[at] == Kind.TABLE
        kind = kind_of(self.page.template(at).name)
        around = self.page.source[line.start : marks.starts[at]] + self.page.source[marks.end_of(at) : line.end]
        return kind in _BLOCKS or (kind == "list" and not around.strip())

    def _block(self, at: int) -> None:
        page = self.page
        if page.marks.kinds[at] == Kind.TABLE:
            self._add(read_table(page, at))
            return
        template = page.template(at)
        kind = kind_of(template.name)
        if kind == "infobox":
            self._end_paragraph()
            self.infoboxes += block_templates.infobox(page, template)
        elif kind == "track-listing":
            for block in block_templates.track_listing(page, template):
                self._add(block)
        elif kind == "ratings":
            if table := block_templates.ratings(page, template):
                self._add(table)
        elif kind == "quote":
            if found := template.value("1", "text", "quote"):
                self._add(Paragraph(page.value(found)))
        elif kind in ("list-block", "list"):
            self._list_block(template)
        else:
            self._certification(kind, template)

    def _list_block(self, template: Template) -> None:
        """Add the entries of a list that stands in a template ("{{div col|…}}", "{{plainlist|…}}").

        Those of Template:Ordered list have numbers, from ``start`` on.
        """
        first = template.value("start")
        words = self.page.source[first.value.start : first.value.end].strip() if first else ""
        number = (int(words) if re.fullmatch(r"\d{1,3}", words) else 1) if template.name in _NUMBERED else None
        for parameter in template.positional():
            for line in list_lines(self.page, parameter.value):
                if text := self.page.text(line):
                    self._add(ListItem(text, 1, number))
                    number = number + 1 if number is not None else None

    def _certification(self, kind: str, template: Template) -> None:
        """Read the parts of a table of certifications: its top opens it, each entry is a row, its bottom ends it."""
        if kind == "certification-top":
            self._end_certifications()
            head = block_templates.words_of_name(self.page, template, ("Region", "Certification", "Certified units"))
            self._certifications = [head]
        elif kind == "certification-entry":
            if self._certifications is None:
                head = block_templates.words_of_name(self.page, template, ("Region", "Certification"))
                self._certifications = [head]
            if row := row_of(self.page, template):
                self._certifications.append(tuple(row))
        else:
            self._end_certifications()

    def _end_certifications(self) -> None:
        rows, self._certifications = self._certifications, None
        if rows and len(rows) > 1:
            self._add(Table(None, tuple(rows)))

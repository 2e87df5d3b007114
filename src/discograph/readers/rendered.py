"""Read rendered text: the page title, an infobox as ``- Key: value`` lines, headings, lists, pipe tables.

Input: the text that a converter made of an article (``seeds/``), or MediaWiki's plain-text extract
(TextExtracts), which has neither title line nor infobox.
Output: a Document whose texts are unbroken runs of the source.
Method: one pass over the lines; what a line is follows from its own marks and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from discograph.document import (
    Block,
    Document,
    Field,
    Infobox,
    ListItem,
    Paragraph,
    Section,
    Source,
    Table,
    Text,
)
from discograph.forms import AUTO, EXTRACT, RENDERED
from discograph.readers.bare_headings import Heading, bare_headings
from discograph.readers.losses import find_losses
from discograph.readers.pieces import pieces
from discograph.readers.sections import SectionTree

_HEADING = re.compile(r"(={1,6})\s*([^=\s](?:.*?[^=\s])?)\s*\1\s*\Z")
_FIELD = re.compile(r"- (?P<key>[^\W\d_][^:\n]{0,40}):[ \t]*(?P<value>.*)\Z")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*•][ \t]+|(?P<number>\d{1,3})\.[ \t]+)(?P<text>\S.*)\Z")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_CELL = re.compile(r"(?<=\|)[^|]*(?=\|)")
_CAPTION_END = re.compile(r"\*\*\Z")
# A line before "- Key: value" lines that introduces a list of the text and is no title of an infobox.
_INTRODUCES = re.compile(r".*:\s*\Z|(?:\S+\s+){3,}\S*[^\W\d_]{2}\.\s*\Z")


def read_rendered(source: Source, *, form: str = AUTO) -> Document:
    """Return the document that a rendered text holds.

    Shape: any text is a document; what is not recognised as list, table or heading is a paragraph. ``form``
    is ``RENDERED``, ``EXTRACT`` or ``AUTO``: a text with a title line or an infobox is rendered, any other an
    extract. In an extract, ``- Key: value`` lines are entries of a list wherever they stand.
    """
    every = list(_lines(source))
    lines = [line for line in every if line.value.strip()]
    title = None
    if lines and (match := _HEADING.match(lines[0].value)) and len(match[1]) == 1:
        title = lines.pop(0).group(match, 2)
    infoboxes, rest = ((), lines) if form == EXTRACT else _infoboxes(lines, title.value if title else "")
    if form == AUTO:
        form = RENDERED if title or infoboxes else EXTRACT
    bare = {} if any(map(_is_marked, lines)) else bare_headings(every)
    lead = _sections(rest, bare)
    losses = find_losses(infoboxes, lead)
    return Document(source, title, infoboxes, lead, losses, title.value if title else "", title is not None, form)


def _lines(source: Source) -> Iterator[Text]:
    start = 0
    for line in source.text.split("\n"):
        mark = start == 0 and line.startswith("\ufeff")
        yield Text.at(line[mark:].rstrip("\r"), start + mark)
        start += len(line) + 1


def _infoboxes(lines: Sequence[Text], page_title: str) -> tuple[tuple[Infobox, ...], Sequence[Text]]:
    """Return the infoboxes before the lead, and the lines after them.

    An infobox is entries of a list of which at least two are ``- Key: value``, after a line of its own that is
    its title; behind a sentence, a heading or a colon such lines are a list.
    """
    boxes: list[Infobox] = []
    at = 0
    while at < len(lines) and (first := _first_entry(lines[at : at + 5])) is not None:
        title = lines[at].cut(0) if first else None
        if (
            title
            and title.value != page_title
            and any(other.match(title.value) for other in (_HEADING, _ROW, _INTRODUCES))
        ):
            break
        at += first
        fields: list[Field] = []
        while at < len(lines) and lines[at].value.startswith("- "):
            match = _FIELD.match(lines[at].value)
            if match and match["value"].strip():
                fields.append(Field(lines[at].group(match, "key"), lines[at].group(match, "value")))
            at += 1
        boxes.append(Infobox(title, tuple(fields)))
    return tuple(boxes), lines[at:]


def _first_entry(lines: Sequence[Text]) -> int | None:
    """Return where the entries of an infobox begin in lines that may begin with its title; None without one."""
    for first in (0, 1):
        entries = [line.value for line in lines[first:] if line.value.startswith("- ")]
        together = all(line.value.startswith("- ") for line in lines[first : first + 2])
        if together and sum(_FIELD.match(entry) is not None for entry in entries) >= 2:
            return first
    return None


def _is_marked(line: Text) -> bool:
    return _HEADING.match(line.value) is not None


def _sections(lines: Sequence[Text], bare: Mapping[int, Heading]) -> Section:
    """Return the tree of sections; ``bare`` are headings without marks, by the offset of their lines."""
    tree = SectionTree()
    at = 0
    while at < len(lines):
        line = lines[at]
        if match := _HEADING.match(line.value):
            tree.open(line.group(match, 2), len(match[1]))
            at += 1
        elif heading := bare.get(line.span().start):
            tree.open(heading.text, heading.level)
            at += 1
        elif _ROW.match(line.value):
            at = _table(lines, at, tree.blocks)
        else:
            tree.blocks.extend(map(_block, pieces(line)))
            at += 1
    return tree.close()


def _table(lines: Sequence[Text], at: int, blocks: list[Block]) -> int:
    """Append the table that begins at a line to the blocks; return the index of the line after it."""
    rows = []
    while at < len(lines) and _ROW.match(lines[at].value):
        row = lines[at]
        rows.append(tuple(row.cut(*cell.span()) for cell in _CELL.finditer(row.value)))
        at += 1
    caption = None
    if blocks and isinstance(blocks[-1], ListItem) and _CAPTION_END.search(blocks[-1].text.value):
        item = blocks.pop()
        assert isinstance(item, ListItem)
        caption = item.text.cut(0, len(item.text) - 2)
    blocks.append(Table(caption, tuple(rows)))
    return at


def _block(line: Text) -> Block:
    match = _ITEM.match(line.value)
    if not match:
        return Paragraph(line.cut(0))
    number = int(match["number"]) if match["number"] else None
    return ListItem(line.group(match, "text"), 1 + len(match["indent"].expandtabs(2)) // 2, number)

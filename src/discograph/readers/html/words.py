"""The words between tags, and what else stands there: links, marks of references, stars."""

from __future__ import annotations

from collections.abc import Iterator

from discograph.document import Citation, Link, Span, Text
from discograph.readers.html.elements import Kind, score_in
from discograph.readers.html.links import href_of, target_of
from discograph.readers.html.tokens import Tags
from discograph.readers.html.writer import Writer, is_odd

# Code points. Patterns may take time that grows with the square of a paragraph's length; no paragraph of the articles
# seen has half as many.
_LONGEST = 10_000
_LONGEST_NOTE = 1_000  # tags; before a reference's words stand links back to each of its marks


class Words:
    """What reads texts of a page, and remembers the links and the marks of references in them."""

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.links: list[Link] = []
        self.citations: list[Citation] = []
        self._notes: dict[int, Span | None] = {}

    def text(self, first: int, last: int, lines: str = " ") -> Text | None:
        """Return the words between two tags, None if there are none; of endless words the first."""
        if last - first == 1:
            return self._stretch(self.tags.ends[first], self.tags.starts[last])
        return next(self.texts(first, last, lines), None)

    def _stretch(self, begin: int, end: int) -> Text | None:
        """Return the words of a stretch without tags."""
        words = self.tags.text[begin:end]
        stripped = words.strip()
        if not stripped:
            return None
        if is_odd(stripped) or len(stripped) > _LONGEST:
            writer = Writer(self.tags.text, " ", [])
            writer.add(*next(_stretches(self.tags.text, begin, end)))
            return writer.text()
        return Text(stripped, ((0, begin + len(words) - len(words.lstrip())),))

    def texts(self, first: int, last: int, lines: str = " ") -> Iterator[Text]:
        """Yield the words between two tags: one text, but where it would be too long for a paragraph.

        Shape: ``lines`` stands between lines (of ``<br>``, and the borders of paragraphs, list entries and cells), as
        wide as the markup there. A comma does so only between entries of a list: where no punctuation parts them,
        and the second goes on neither with a bracket nor with a word such as "and".
        """
        tags = self.tags
        kinds, starts, ends = tags.kinds, tags.starts, tags.ends
        writer = Writer(tags.text, lines, [])
        at = first
        while at < last:
            begin, end = ends[at], starts[at + 1]
            if end - begin > _LONGEST or writer.length > _LONGEST:
                for stretch in _stretches(tags.text, begin, end):
                    if writer.length > _LONGEST:
                        yield from self._finished(writer)
                        again = [(close, 0, page) for close, _, page in writer.open_links]
                        writer = Writer(tags.text, lines, again)
                    writer.add(*stretch)
            elif begin < end:
                writer.add(begin, end)
            at += 1
            while writer.open_links and at >= writer.open_links[-1][0]:
                writer.end_link()
            if kinds[at] and at < last:
                at = self._tag(at, kinds[at], writer)
        yield from self._finished(writer)

    def _tag(self, tag: int, kind: Kind, writer: Writer) -> int:
        """Do what a tag asks for; return the tag behind which the words go on."""
        tags = self.tags
        if kind == Kind.LINK:
            if writer.open_links:
                writer.end_link()  # there are no links inside links
            if target := target_of(tags.attributes(tag)):
                writer.open_links.append((tags.closes[tag], writer.length, target))
            return tag
        if kind >= Kind.BREAK:
            writer.end_line(tags.starts[tag])
            return tags.closes[tag] if kind == Kind.SKIP_BLOCK else tag
        if kind == Kind.MARK:
            self._cite(tag, writer.end)
        elif kind == Kind.SCORE and (match := score_in(tags.attributes(tag))):
            start = tags.starts[tag] + 1 + len(tags.names[tag]) + match.start("score")
            writer.add(start, start + len(match["score"]))
        return tags.closes[tag]

    def _finished(self, writer: Writer) -> Iterator[Text]:
        if text := writer.text():
            self.links += writer.links()
            yield text

    def _cite(self, tag: int, at: int) -> None:
        """Remember the mark of a reference behind words that end at an offset, if what it refers to is there."""
        tags = self.tags
        for inner in range(tag + 1, tags.closes[tag]):
            if tags.kinds[inner] == Kind.LINK:
                note = tags.notes.get(href_of(tags.attributes(inner)).rpartition("#")[2])
                if note is not None and note not in self._notes:
                    self._notes[note] = self._note(note)
                if note is not None and (span := self._notes[note]):
                    self.citations.append(Citation(at or tags.starts[tag], span))
                return

    def _note(self, note: int) -> Span | None:
        """Return the span of a reference's own words."""
        tags = self.tags
        end = tags.closes[note]
        for inner in range(note + 1, min(note + _LONGEST_NOTE, end)):
            if tags.names[inner] and "reference-text" in tags.attributes(inner):
                note, end = inner, tags.closes[inner]
                break
        words = tags.text[tags.ends[note] : tags.starts[end]]
        start = tags.ends[note] + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip())) if words.strip() else None


def _stretches(source: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch of the source, cut between words where it is long."""
    while end - begin > _LONGEST:
        middle, last = begin + _LONGEST // 2, begin + _LONGEST
        cut = (source.rfind(". ", middle, last) + 1) or source.rfind(" ", middle, last)
        yield begin, cut if cut > begin else last
        begin = cut if cut > begin else last
    if begin < end:
        yield begin, end

"""The words of a run of tags as Text: entities decoded, white space single, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from discograph.document import Citation, Link, Span, Text
from discograph.readers.html.elements import Kind, score_in
from discograph.readers.html.links import href_of, target_of
from discograph.readers.html.tokens import Tags

_SPACE = r"[ \t\n\r\f\u00a0]|&(?:nbsp|#160|#[xX][aA]0);?"
_ODD = re.compile(
    rf"(?P<space>(?:{_SPACE})+)"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[\u200b\u200e\u200f\u2060\ufeff\x00]+"
)
_IS_ODD = re.compile(r"[&\t\n\r\f\u00a0\u200b\u200e\u200f\u2060\ufeff\x00]|  ")
# Code points. Patterns may take time that grows with the square of a paragraph's length; no paragraph of the articles
# seen has half as many.
_LONGEST = 10_000
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\x00\u00ad"


class _Writer:
    """A text that is being put together."""

    def __init__(self) -> None:
        self.value: list[str] = []
        self.pieces: list[tuple[int, int]] = []
        self.wide: list[tuple[int, int]] = []
        self.length = 0
        self.end = 0  # the offset in the source behind the last character
        self.is_spaced = True  # white space here would be the second

    def add(self, words: str, offset: int, width: int = 0) -> None:
        """Append words that stand at an offset; one character that stands for ``width`` others."""
        self.pieces.append((self.length, offset))
        if width:
            self.wide.append((self.length, width))
        self.value.append(words)
        self.length += len(words)
        self.end = offset + (width or len(words))
        self.is_spaced = words[-1] in " \n"

    def add_markup(self, words: str, offset: int) -> None:
        """Append what stands between two tags."""
        at = 0
        for match in _ODD.finditer(words):
            start, end = match.span()
            if match["space"]:
                if end - start == 1 and match[0] == " " and not self.is_spaced:
                    continue
                new = "" if self.is_spaced and start == at else " "
            else:
                new = _decoded(match[0])
                if new == match[0]:
                    continue
            if start > at:
                self.add(words[at:start], offset + at)
                if new == " " and self.is_spaced:
                    new = ""
            if new:
                self.add(new, offset + start, 0 if end - start == 1 else end - start)
            at = end
        if at < len(words):
            self.add(words[at:], offset + at)

    def trim(self) -> None:
        """Take away white space at the end."""
        while self.value and not (kept := self.value[-1].rstrip(" ")):
            self.length = self.pieces.pop()[0]
            self.value.pop()
        if self.value:
            self.length += len(kept) - len(self.value[-1])
            self.value[-1] = kept
        while self.wide and self.wide[-1][0] >= self.length:
            self.wide.pop()

    def text(self) -> Text | None:
        """Return the text, None if there are no words in it."""
        value = "".join(self.value)
        stripped = value.rstrip()
        if not stripped:
            return None
        if len(stripped) < len(value):
            end = len(stripped)
            self.pieces = [piece for piece in self.pieces if piece[0] < end]
            self.wide = [wide for wide in self.wide if wide[0] < end]
        text = Text(stripped, tuple(self.pieces), tuple(self.wide))
        return text if not stripped[0].isspace() else text.cut(0)


_SEPARATORS = re.compile(r"[,;/&\n]| and ")
_GOES_ON = re.compile(
    rf"(?:{_SPACE})*(?:[(\[,;:/)&–—-]|&amp;|(?:and|with|feat|featuring|in|at|by|from|of|for|the|via)\b)"
)
_IS_OPEN = re.compile(r"[,;:/(\[&–—-]\s*\Z|\b(?:and|with|by|in|at|the|of|from)\s+\Z")


class _Run:
    """Words that follow each other, the ends of lines between them, and the links in them."""

    def __init__(self, source: str, lines: str, open_links: list[tuple[int, int, str]] | None = None) -> None:
        self.source = source
        self.lines = lines
        self.writer = _Writer()
        self.open_links = [(close, 0, target) for close, _, target in open_links or ()]
        self._line_end = -1  # the offset of the first tag since the last words that ends a line
        self._ended: list[tuple[int, int, str]] = []

    def add(self, begin: int, end: int) -> None:
        """Append what stands between two tags."""
        words, writer = self.source[begin:end], self.writer
        if self._line_end >= 0:
            if words.isspace():
                return
            self._join(words, begin)
        if (writer.is_spaced and words[0] == " ") or _IS_ODD.search(words):
            writer.add_markup(words, begin)
        else:
            writer.add(words, begin)

    def _join(self, words: str, begin: int) -> None:
        """Append what stands between two lines."""
        start, self._line_end = self._line_end, -1
        before = self.writer.length
        if self.lines != " ":
            self.writer.trim()
            end = self.writer.length
            if end < before:
                self._ended = [(first, min(last, end), target) for first, last, target in self._ended]
        is_list = self.lines == ", " and not _GOES_ON.match(words) and not _IS_OPEN.search(self.writer.value[-1])
        if is_list:
            self.writer.add(",", start, begin - start - 1)
            self.writer.add(" ", begin - 1)
        elif self.lines == "\n" or not self.writer.is_spaced:
            self.writer.add(self.lines.lstrip(","), start, begin - start)
        here = self.writer.length
        self.open_links = [(close, here if at == before else at, target) for close, at, target in self.open_links]

    def end_line(self, offset: int) -> None:
        """Let the words that come stand on another line."""
        if self._line_end < 0 and self.writer.length:
            self._line_end = offset

    def end_link(self) -> None:
        """End the link that began last."""
        _, start, target = self.open_links.pop()
        self._ended.append((start, self.writer.length, target))

    def text(self) -> Text | None:
        """Return the words of the run, None if there are none; those of a link are one name."""
        text = self.writer.text()
        if not text or not self._ended:
            return text
        # "Earth, Wind & Fire" is one name, and so is its page's; two names may be one link to what they have in common.
        whole = tuple(
            (start, end)
            for start, end, target in sorted(self._ended)
            if _SEPARATORS.search(text.value, start, end) and _SEPARATORS.search(target)
        )
        return replace(text, whole=whole) if whole else text

    def links(self) -> Iterator[Link]:
        """Yield the links of the run, each with the span of its words."""
        value = "".join(self.writer.value)
        text = Text(value, tuple(self.writer.pieces))
        widths = dict(self.writer.wide)
        for start, end, target in sorted(self._ended):
            words = value[start:end]
            first, last = end - len(words.lstrip()), start + len(words.rstrip()) - 1
            if first <= last:
                yield Link(Span(text.offset(first), text.offset(last) + widths.get(last, 1)), target)


def _stretches(source: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch of the source, cut between words where it is long."""
    while end - begin > _LONGEST:
        middle = begin + _LONGEST // 2
        cut = max(source.rfind(". ", middle, begin + _LONGEST) + 1, 0) or source.rfind(" ", middle, begin + _LONGEST)
        yield begin, cut if cut > begin else begin + _LONGEST
        begin = cut if cut > begin else begin + _LONGEST
    if begin < end:
        yield begin, end


def _decoded(entity: str) -> str:
    """Return the character that an entity stands for, "" for one that nobody sees, the entity itself if for none."""
    if entity[0] != "&":
        return ""
    character = unescape(entity)
    if character in _INVISIBLE:
        return ""
    is_one = len(character) == 1 and not "\ud800" <= character <= "\udfff"
    return (" " if character.isspace() else character) if is_one else entity


class Words:
    """What reads texts of a page, and remembers the links and the marks of references in them."""

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.links: list[Link] = []
        self.citations: list[Citation] = []

    def text(self, first: int, last: int, lines: str = " ") -> Text | None:
        """Return the words between two tags, None if there are none; of endless words the first."""
        return next(self.texts(first, last, lines), None)

    def texts(self, first: int, last: int, lines: str = " ") -> Iterator[Text]:
        """Yield the words between two tags: one text, but where it would be too long for a paragraph.

        Shape: ``lines`` stands between lines (of ``<br>``, and the borders of paragraphs, list entries and cells), as
        wide as the markup there. A comma does so only between entries of a list: where no punctuation parts them,
        and the second goes on neither with a bracket nor with a word such as "and".
        """
        tags = self.tags
        kinds, starts, ends = tags.kinds, tags.starts, tags.ends
        run = _Run(tags.text, lines)
        at = first
        while at < last:
            for begin, end in _stretches(tags.text, ends[at], starts[at + 1]):
                if run.writer.length > _LONGEST:
                    yield from self._finished(run)
                    run = _Run(tags.text, lines, run.open_links)
                run.add(begin, end)
            at += 1
            while run.open_links and at >= run.open_links[-1][0]:
                run.end_link()
            kind = kinds[at]
            if kind == Kind.INLINE or at >= last:
                continue
            if kind == Kind.LINK:
                if target := target_of(tags.attributes(at)):
                    run.open_links.append((tags.closes[at], run.writer.length, target))
                continue
            if kind >= Kind.BREAK:
                run.end_line(starts[at])
            elif kind == Kind.MARK:
                self._cite(at, run.writer.end)
            elif kind == Kind.SCORE:
                self._score(at, run)
            if kind < Kind.BREAK or kind == Kind.SKIP_BLOCK:
                at = tags.closes[at]
        yield from self._finished(run)

    def _finished(self, run: _Run) -> Iterator[Text]:
        if text := run.text():
            self.links += run.links()
            yield text

    def _score(self, tag: int, run: _Run) -> None:
        """Append how many stars a picture shows, of how many: "4.5/5"."""
        if match := score_in(self.tags.attributes(tag)):
            start = self.tags.starts[tag] + 1 + len(self.tags.names[tag]) + match.start("score")
            run.add(start, start + len(match["score"]))

    def _cite(self, tag: int, at: int) -> None:
        """Remember the mark of a reference behind words that end at an offset, if what it refers to is there."""
        tags = self.tags
        for inner in range(tag + 1, tags.closes[tag]):
            if tags.kinds[inner] == Kind.LINK:
                note = tags.notes.get(href_of(tags.attributes(inner)).rpartition("#")[2])
                if note is not None and (span := self._note(note)):
                    self.citations.append(Citation(at or tags.starts[tag], span))
                return

    def _note(self, note: int) -> Span | None:
        """Return the span of a reference's own words."""
        tags = self.tags
        end = tags.closes[note]
        for inner in range(note + 1, end):
            if "reference-text" in tags.attributes(inner) and tags.names[inner]:
                note, end = inner, tags.closes[inner]
                break
        return trimmed(tags.text, tags.ends[note], tags.starts[end])


def trimmed(source: str, start: int, end: int) -> Span | None:
    """Return the span of a stretch of the source without white space around it; None if there is nothing else."""
    words = source[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def lines_of(text: Text) -> Iterator[Text]:
    """Yield the lines of a text."""
    return text.split(_LINE) if "\n" in text.value else iter((text,))


_LINE = re.compile("\n")

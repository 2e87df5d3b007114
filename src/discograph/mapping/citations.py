"""Which references of the source bear its words out: those that stand behind them, before the next sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from discograph.document import Citation, Source, Span

_FARTHEST = 400  # code points between words and the reference at the end of their sentence
# A blank line, a new line of a list or table, or a new sentence: what stands behind it is about other words.
_ENDS = re.compile(r"\n[\s*#:;|!=-]|[.!?][\"”’')\]]*\s+[\"“(\[']*[A-ZÀ-Þ0-9]")


class Citations:
    """The references of one document, by where they stand."""

    def __init__(self, source: Source, citations: Iterable[Citation]) -> None:
        self._text = source.text
        self._citations = sorted(citations, key=lambda citation: citation.at)
        self._places = [citation.at for citation in self._citations]

    def of(self, span: Span) -> Iterator[Span]:
        """Yield the words of each reference that stands behind a span in its sentence, in order."""
        for index in range(bisect_left(self._places, span.end), len(self._places)):
            at = self._places[index]
            between = self._text[span.end : min(at, span.end + _FARTHEST + 1)]
            if len(between) > _FARTHEST or _ENDS.search(_without_references(between)):
                return
            yield self._citations[index].span


def _without_references(between: str) -> str:
    """Return words without the references among them, whose own full stops end no sentence of the text."""
    return re.sub(
        r"<ref\b[^<>]*?(?:/>|>.*?(?:</ref>|\Z))|<sup\b.*?(?:</sup>|\Z)|\{\{.*?(?:\}\}|\Z)", "", between, flags=re.DOTALL
    )

"""Cut text that is too long for a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from discograph.document import Text

# Code points. No paragraph of the articles seen has half as many; patterns may take time that grows with the
# square of a paragraph's length, so that data in one endless line would keep them busy for hours.
_LONGEST = 10_000


def pieces(text: Text) -> Iterator[Text]:
    """Yield a text whole; one too long for a paragraph in pieces, cut behind sentences, else words, if it can be."""
    start = 0
    while len(text) - start > _LONGEST:
        half, end = start + _LONGEST // 2, start + _LONGEST
        stop = max(text.value.rfind(". ", half, end) + 1, 0) or max(text.value.rfind(" ", half, end), 0) or end
        if piece := text.cut(start, stop):
            yield piece
        start = stop
    if piece := text.cut(start) if start else text:
        yield piece

"""The tree of sections of a page, put together in the order of its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from discograph.document import Block, Section, Text

_HIGHEST = 2  # a heading of level 1 is that of a section, too: the lead alone has level 1


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    heading: Text | None
    level: int
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def close(self) -> Section:
        return Section(self.heading, self.level, tuple(self.blocks), tuple(self.sections))


class SectionTree:
    """The sections read so far; a deeper heading belongs to the last shallower one before it."""

    __slots__ = ("_stack",)

    def __init__(self) -> None:
        self._stack = [_Open(None, 1)]

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the section that is being read, to be added to."""
        return self._stack[-1].blocks

    def open(self, heading: Text | None, level: int) -> None:
        """Begin a section; it ends those of its level and deeper ones."""
        level = max(level, _HIGHEST)
        self._close_to(level)
        self._stack.append(_Open(heading, level))

    def close(self) -> Section:
        """Return the lead, with all sections below it."""
        self._close_to(_HIGHEST)
        return self._stack[0].close()

    def _close_to(self, level: int) -> None:
        while self._stack[-1].level >= level:
            closed = self._stack.pop().close()
            self._stack[-1].sections.append(closed)

"""Texts for property tests: any text, and texts that look like what articles hold."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from discograph.document import Source, Text

PROPERTY = settings(max_examples=150, deadline=None, database=None, derandomize=True)
"""How every property is tested: the same examples on every run, nothing written to disk."""

_DATE_WORDS = [
    "January",
    "Feb.",
    "march",
    "Sept",
    "December",
    "1957",
    "1958",
    "1799",
    "2024",
    "4",
    "5",
    "31",
    "32",
    "4th",
    "1st",
    "1957-12-04",
    "1957-13-99",
    "and",
    "&",
    ",",
    "or",
    "–",
    "-",
    "to",
    "until",
    "by",
    "circa",
    "c.",
    "about",
    "around",
    "prob.",
    "probably",
    "between",
    "early",
    "late",
    "mid-",
    "the",
    "of",
    "in",
    "'80s",
    "1950s",
    "’00s",
    "spring",
    "fall",
    "winter",
    "/",
    "(",
    ")",
    ":",
    "3:45",
    "Paris",
]
_TRACK_WORDS = [
    "tracks",
    "track",
    "#",
    "1",
    "2",
    "12",
    "0",
    "007",
    "999",
    "1955",
    "–",
    "-",
    "to",
    ",",
    "&",
    "and",
    ";",
    "on",
    "except",
    "A1",
    "(",
    ")",
]
_NAMES = [
    "Ada",
    "Moss",
    "Leo",
    "Dune",
    "Jr.",
    "III",
    "Quartet",
    "the",
    "The",
    "and",
    "Brothers",
    "Ørsted",
    "Łukasz",
    "李",
    "O'Hara",
    "O’Hara",
    "J.J.",
    '"Harbour"',
    "R&B",
]
_MARKS = [
    "- ",
    "* ",
    "1. ",
    "  - ",
    "= ",
    "== ",
    "=== ",
    " ==",
    " =",
    "| ",
    " | ",
    " |",
    "**",
    ": ",
    "\t",
    "\u00a0",
    "\r",
    "(",
]
_LINES = [
    "",
    "= Blue Harbour (album) =",
    "Blue Harbour",
    "- Type: studio",
    "- Artist: Ada Moss",
    "- Length: (original LP); (CD)",
    "- Recorded: December 4 and 5, 1957",
    "Blue Harbour is an album by Ada Moss. It was recorded in 1957.",
    "== Track listing ==",
    "===CD===",
    "1. Tide",
    "== Personnel ==",
    "- Ada Moss – trumpet (1–4, 7), voice",
    "===Charts===",
    "  - Chart performance for Blue Harbour**",
    "| Chart (2024–2025) | Peak position |",
    "| Greek Albums (IFPI) | 70 |",
    "Note: The track listing above refers to the CD.",
]


def _joined(words: list[str], size: int = 12) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), max_size=size).flatmap(
        lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
    )


def any_text() -> st.SearchStrategy[str]:
    """Return texts of every kind: any characters, and words of dates, track lists and names in any order."""
    return st.one_of(st.text(), _joined(_DATE_WORDS), _joined(_TRACK_WORDS), _joined(_NAMES), _joined(_MARKS))


def date_texts() -> st.SearchStrategy[str]:
    """Return words of dates in any order."""
    return _joined(_DATE_WORDS)


def names() -> st.SearchStrategy[str]:
    """Return non-empty names, in the letters of many scripts."""
    return st.one_of(st.text(min_size=1, max_size=100), _joined(_NAMES, 5).filter(bool))


def documents() -> st.SearchStrategy[str]:
    """Return texts of lines that documents hold, in any order, with stray marks between them."""
    line = st.one_of(st.sampled_from(_LINES), _joined([*_MARKS, *_NAMES, *_DATE_WORDS[:8]], 8))
    return st.lists(line, max_size=25).flatmap(lambda lines: st.sampled_from(["\n".join(lines), "\r\n".join(lines)]))


@st.composite
def pieced(draw: st.DrawFn) -> tuple[Source, Text]:
    """Return a source and a text of it that leaves stretches out, as markup does."""
    source = Source("x.txt", draw(st.text(min_size=1, max_size=60)))
    cuts = draw(st.lists(st.integers(0, len(source.text)), min_size=2, max_size=8, unique=True).map(sorted))
    value, pieces = "", []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        pieces.append((len(value), start))
        value += source.text[start:end]
    return source, Text(value, tuple(pieces))

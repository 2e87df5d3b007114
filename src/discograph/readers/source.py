"""Read a file's bytes as text, or say clearly why that cannot be done."""

from __future__ import annotations

import sys
from pathlib import Path

from discograph.document import Source
from discograph.errors import SourceError

STANDARD_INPUT = "-"
"""The path that stands for what is piped in."""

MAX_LINE = 1_000_000
"""Longest line of a text, in code points, that is taken for an article; no page of Wikipedia comes near it.

Markup may stand in one line however long: what shows as a line is told by its marks.
"""


def read_source(path: Path) -> Source:
    """Return the text of a document.

    Shape: a file, or ``-`` for standard input, whose document is called "standard-input"; UTF-8, with or without
    a byte order mark; line breaks are kept as they are.
    Raises: SourceError if the file cannot be read, is empty, binary, not UTF-8, or one endless line.
    """
    if str(path) == STANDARD_INPUT:
        return decode_source(sys.stdin.buffer.read(), Path("standard-input"))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # reading a pipe would wait for ever
            raise SourceError(f"{path}: not a file; write what it holds to a file first")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    return decode_source(data, path)


def decode_source(data: bytes, path: Path) -> Source:
    """Return the text in the bytes of a document; ``path`` names it in messages. Raises: SourceError."""
    if not data.strip():
        raise SourceError(f"{path}: the file is empty; give a document with text")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SourceError(f"{path}:{line}: a NUL byte: this is a binary file, not a text document")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        raise SourceError(
            f"{path}:{line}:{column}: byte 0x{data[error.start]:02x} is not UTF-8; convert the file, for "
            f"example with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error
    longest = max(map(len, text.split("\n"))) if path.suffix in (".txt", "") else 0
    if longest > MAX_LINE:
        raise SourceError(f"{path}: a line of {longest:,} characters: this is data, not an article")
    return Source(path.name, text)

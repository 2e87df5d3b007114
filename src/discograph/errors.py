"""The exceptions of discograph: one base, one class per thing that can go wrong.

Bad *text* is not an exception: extractors report it as a ``Problem``. These classes are for what stops
a command. Each message says what is wrong, where, and what to do.
"""

from __future__ import annotations


class DiscographError(Exception):
    """Base of every error that discograph raises on purpose; the command line exits 3 on it."""


class SourceError(DiscographError):
    """A source document, folder or sidecar cannot be read."""


class GraphError(DiscographError):
    """A graph file cannot be parsed or is in a format that nobody here reads."""


class ShapesError(DiscographError):
    """A shapes file is malformed, or uses what no engine here can run."""


class QueryError(DiscographError):
    """A query is malformed, unknown, or cannot be answered."""


class QueryTimeoutError(QueryError):
    """A query took longer than it was given; its engine may still be at it."""


class OutputError(DiscographError):
    """A result cannot be written where it was asked for."""


class StoreError(DiscographError):
    """A store cannot be opened or reached, refuses a request, or does not hold what it was given."""


class ValueParseError(DiscographError):
    """A piece of text is not a value of the kind asked for; extractors turn it into a ``Problem``."""

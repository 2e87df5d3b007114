"""The statements of a document as lines of N-Quads: what mapping makes, and quads for who wants objects.

Why lines: two kilobytes of text make 1,800 quads, nine in ten of them claims and evidence. As objects of
pyoxigraph each takes about 5 µs to make, sort and write, as a line a tenth of that; and nearly all are only
ever written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discograph.rdf import NamedNode, Object, Quad, RdfFormat, parse

Tail = str
"""A line of N-Quads without its subject: `` predicate object graph .`` and the line break."""


def tail(predicate: NamedNode | str, value: Object | str, graph: NamedNode | str) -> Tail:
    """Return a line of N-Quads without its subject; a string is a term as ``str`` of the term gives it.

    Why ``str``: pyoxigraph prints a term as it writes it to N-Quads, so that there is one rule of escaping.
    """
    return f" {predicate} {value} {graph} .\n"


def ends(line: Tail) -> tuple[str, str, str]:
    r"""Return predicate, object and graph of a line, as ``str`` of each term gives it.

    >>> ends(' <https://example.org/p> "a b" <https://example.org/g> .\n')
    ('<https://example.org/p>', '"a b"', '<https://example.org/g>')
    """
    _, predicate, rest = line.split(" ", 2)  # an IRI holds no space, and an object may
    value, graph, _ = rest.rsplit(" ", 2)
    return predicate, value, graph


class Statements:
    """Quads as lines of N-Quads, by subject, in the order in which they were added; repeats are allowed."""

    def __init__(self) -> None:
        self._tails: dict[str, list[Tail]] = {}
        self._quads: tuple[Quad, ...] | None = None

    def add(self, subject: str, tails: Iterable[Tail]) -> None:
        """Add what is said of a subject, an IRI in angle brackets."""
        self._tails.setdefault(subject, []).extend(tails)
        self._quads = None

    def nquads(self) -> bytes:
        """Return the distinct statements as N-Quads, the lines in the order of their code points."""
        # An IRI cannot hold the bracket that ends it, so the order of subjects is the order of their lines.
        # One subject at a time is encoded faster: most have no character beyond ASCII.
        tails = self._tails
        return b"".join([_lines(subject, sorted(set(tails[subject]))).encode() for subject in sorted(tails)])

    def __len__(self) -> int:
        """Return how many statements were added, repeats counted."""
        return sum(map(len, self._tails.values()))

    @property
    def quads(self) -> tuple[Quad, ...]:
        """The distinct statements, subject by subject; parsed when they are first asked for."""
        if self._quads is None:
            data = "".join(_lines(subject, dict.fromkeys(tails)) for subject, tails in self._tails.items())
            self._quads = tuple(parse(data.encode(), RdfFormat.N_QUADS, name="statements"))
        return self._quads

    def by_subject(self) -> Iterator[tuple[str, list[Tail]]]:
        """Yield each subject with the rest of its lines, repeats included, in the order in which they were added."""
        return iter(self._tails.items())

    def __iter__(self) -> Iterator[Quad]:
        return iter(self.quads)


def _lines(subject: str, tails: Iterable[Tail]) -> str:
    return subject + subject.join(tails)

"""Where in a graph file a statement stands, for findings that no claim leads to words.

Turtle, TriG, N-Triples and N-Quads: the first mention of the subject with the predicate and the object, else with
the predicate, else the subject's own. JSON-LD and RDF/XML: the first line that has the subject's IRI, or the end of
it. A parser of RDF gives no places, so this reads the tokens alone; what is no RDF has been refused before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discograph.checks.finding import Finding, Location, Place, Term
from discograph.document import Source
from discograph.rdf import Literal, NamedNode
from discograph.vocab import RDF

TOKEN_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".n3")
MOST_CHARACTERS = 1_000_000
"""Of a longer file only the lines that begin with a subject are read: its tokens would take longer than its check."""

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r'|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<tag>\^\^|@[A-Za-z][A-Za-z0-9-]*)"
    r"|(?P<iri><[^<>\"{}|^`\s]*>)"
    r"|(?P<word>(?:\\.|[^\s;,\[\](){}\"'<>\\])+)"
    r"|(?P<mark>[;,\[\](){}])",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?:u(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})|(?P<one>.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class _Token(NamedTuple):
    kind: str
    value: str
    start: int
    end: int


class _Mention(NamedTuple):
    """A subject, predicate and object as the file writes them, and where the last of these begins and ends."""

    subject: str
    predicate: str
    value: str
    start: int
    end: int


class GraphPlaces:
    """The statements of one graph file by their places; ``name`` is the file as people give it."""

    def __init__(self, name: str, text: str) -> None:
        self._source = Source(name, text)
        self._has_tokens = name.endswith(TOKEN_SUFFIXES)
        self._mentions: dict[str, list[_Mention]] | None = None

    def location(self, finding: Finding) -> Location:
        """Return where the statement of a finding stands, the beginning of the file if it is not found."""
        span = self._statement(finding) if self._has_tokens else self._line_of(finding.focus_node)
        start, end = span or (0, 0)
        line, column = self._source.location(start)
        return Location(self._source.name, line, column, self._source.text[start:end], Place.GRAPH)

    def _statement(self, finding: Finding) -> tuple[int, int] | None:
        if self._mentions is None:
            self._mentions = {}
            text = self._source.text
            for mention in _mentions(text) if len(text) <= MOST_CHARACTERS else _line_beginnings(text):
                self._mentions.setdefault(mention.subject, []).append(mention)
        found = self._mentions.get(_key(finding.focus_node), [])
        value = _key(finding.value) if finding.value is not None else ""
        ranked = sorted(found, key=lambda mention: _rank(mention, finding.path or "", value))
        return ranked[0][3:] if ranked else None

    def _line_of(self, node: Term) -> tuple[int, int] | None:
        if not isinstance(node, NamedNode):
            return None
        local = re.split(r"[#/]", node.value)[-1]
        for words in (node.value, local):
            if words and (start := self._source.text.find(words)) >= 0:
                return start, start + len(words)
        return None


def _rank(mention: _Mention, path: str, value: str) -> tuple[bool, bool, bool]:
    same_path = mention.predicate == path
    return not (same_path and mention.value == value), not same_path, bool(mention.predicate)


def _key(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield each subject (without predicate), predicate (without object) and object of a file, in its order.

    Method: a stack of open brackets; each level knows its subject and predicate, and what comes next.
    """
    prefixes: dict[str, str] = {}
    levels = [["", ""]]  # subject and predicate of the statement under way, at each depth
    blank = 0
    tokens = list(_tokens(text))
    index = 0
    while index < len(tokens):
        token = tokens[index]
        word = token.value.lower()
        if token.kind in ("word", "tag") and word.lstrip("@") in ("prefix", "base"):
            index += _declare(tokens, index, prefixes)
            continue
        index += 1
        if token.kind == "tag":
            if token.value == "^^":
                index += 1  # the datatype belongs to the text before
            continue
        if token.kind == "mark":
            blank += 1
            _mark(token.value, levels, f"_:{blank}")
            continue
        if token.value == "." and token.kind == "word":
            levels[-1] = ["", ""]
        elif not (token.kind == "word" and word == "graph"):
            yield _place(token, levels[-1], prefixes)


def _line_beginnings(text: str) -> Iterator[_Mention]:
    """Yield the first word of each line that begins with one: in files that a program wrote, the subjects."""
    prefixes = {match[1]: match[2] for match in re.finditer(r"^@?prefix\s+(\S*:)\s*<([^>]*)>", text, re.M | re.I)}
    last = ""
    for match in re.finditer(r"^(?:<[^<>\s]*>|[^\s<>@#{}()\[\];,.\"'][^\s<>\"';,]*)", text, re.MULTILINE):
        if match[0] != last:
            last = match[0]
            kind = "iri" if last.startswith("<") else "word"
            token = _Token(kind, last, match.start(), match.end())
            yield _Mention(_named(token, prefixes), "", "", token.start, token.end)


def _mark(mark: str, levels: list[list[str]], blank: str) -> None:
    """Take one bracket, comma or semicolon."""
    if mark == ";":
        levels[-1][1] = ""
    elif mark == "{":
        levels[-1] = ["", ""]
    elif mark == "[":
        levels.append([blank, ""])
    elif mark == "(":
        levels.append([blank, "list"])
    elif mark in "])" and len(levels) > 1:
        levels.pop()
        if not levels[-1][0]:
            levels[-1][0] = blank
    elif mark == "}":
        levels[:] = [["", ""]]


def _place(token: _Token, level: list[str], prefixes: dict[str, str]) -> _Mention:
    """Return a term as the part of the statement under way that it is, and take it as that part."""
    name = _named(token, prefixes)
    if not level[0]:
        level[0] = name
        return _Mention(name, "", "", token.start, token.end)
    if not level[1]:
        level[1] = name
        return _Mention(level[0], name, "", token.start, token.end)
    return _Mention(level[0], level[1], name, token.start, token.end)


def _declare(tokens: list[_Token], index: int, prefixes: dict[str, str]) -> int:
    """Take a declaration of a prefix or base; return how many tokens it has."""
    is_prefix = tokens[index].value.lower().endswith("prefix")
    length = 3 if is_prefix else 2
    if is_prefix and index + 2 < len(tokens):
        prefixes[tokens[index + 1].value] = tokens[index + 2].value[1:-1]
    dotted = index + length < len(tokens) and tokens[index + length].value == "."
    return length + dotted


def _named(token: _Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return _unescaped(token.value[1:-1])
    if token.kind == "text":
        width = 3 if token.value[:3] in ('"""', "'''") else 1
        return _unescaped(token.value[width:-width])
    if token.value == "a":
        return RDF.type.value
    prefix, colon, local = token.value.partition(":")
    if colon and prefix + colon in prefixes:
        return prefixes[prefix + colon] + _unescaped(local)
    return token.value


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match["four"] or match["eight"]
        return chr(int(code, 16)) if code else _LETTERS.get(match["one"], match["one"])

    return _ESCAPED.sub(plain, text) if "\\" in text else text


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tokens without comments; the full stop behind a word is one of its own."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        value, start, end = match[0], match.start(), match.end()
        if kind == "comment":
            continue
        if kind == "word" and len(value) > 1 and value.endswith(".") and not value.endswith("\\."):
            yield _Token(kind, value[:-1], start, end - 1)
            value, start = ".", end - 1
        yield _Token(kind, value, start, end)

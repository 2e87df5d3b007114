"""Say in words why a query does not parse; the engine's own list of what it expected runs to a screen.

Input: the text, its tokens and the engine's message. Output: a QueryError that shows the line and a caret.
Method: the mistakes that people make are looked for first, because the engine often reports a place far
behind them; what is left is told from the engine's message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from discograph.errors import QueryError
from discograph.query.near import near
from discograph.query.scan import Token, after_prologue

_Found = tuple[Token, str] | None

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_CLOSING = {"}": "{", ")": "(", "]": "["}

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_STATEMENT = re.compile(r"(?<![\w'])[A-Za-z]+(?: [\w']+){2,}")


def syntax_error(sparql: str, name: str, found: list[Token], prefixes: Iterable[str], message: str) -> QueryError:
    """Return the error to raise for a text that the engine refused with ``message``."""
    if not found:
        return QueryError(f"{name}: the query is empty")
    mistake = _form(found) or _string(found) or _iri(found) or _bracket(found) or _prefix(found, prefixes)
    if mistake is not None:
        return error_at(sparql, name, mistake[0].offset, mistake[1])
    match = _POSITION.match(message)
    if match is None:
        return QueryError(f"{name}: not valid SPARQL: {message}")
    offset = _offset(sparql, int(match[1]), int(match[2]))
    return error_at(sparql, name, offset, _expectation(found, offset, match[3]))


def error_at(sparql: str, name: str, offset: int, message: str) -> QueryError:
    """Return an error that shows the line of a code-point offset and a caret below the place."""
    start = sparql.rfind("\n", 0, offset) + 1
    text = sparql[start:].partition("\n")[0].rstrip("\r")
    line, column = sparql.count("\n", 0, offset) + 1, offset - start + 1
    # Tabs are kept before the caret, so that it stands right whatever width a terminal gives them.
    indent = "".join("\t" if character == "\t" else " " for character in text[: column - 1])
    return QueryError(f"{name}:{line}:{column}: {message}\n  {text}\n  {indent}^")


def _form(found: list[Token]) -> _Found:
    """Find a word that should be a query form and is none."""
    word = next((token for token in after_prologue(found) if token.kind == "word"), None)
    if word is None or word.text.upper() in _FORMS:
        return None
    if word.text.upper() in _UPDATES:
        return word, f"{word.text} changes data; a query here only reads: SELECT, ASK, CONSTRUCT or DESCRIBE"
    return word, f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, got {word.text!r}"


def _string(found: list[Token]) -> _Found:
    """Find a quotation mark that begins no string."""
    for token in found:
        if token.kind == "mark" and token.text in "\"'":
            return (
                token,
                "this string does not end on its line; close it, or write it between three quotation marks",
            )
    return None


def _iri(found: list[Token]) -> _Found:
    """Find ``<http://a b>``, which the scanner takes for a comparison with a prefixed name."""
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        if first.text == "<" and second.text.endswith(":") and third.text == "/":
            return first, "an IRI ends with > and holds no space, quotation mark, brace or backslash"
    return None


def _bracket(found: list[Token]) -> _Found:
    """Find a bracket without its partner."""
    pending: list[Token] = []
    for token in found:
        if token.kind != "mark":
            continue
        if token.text in _CLOSING.values():
            pending.append(token)
        elif token.text in _CLOSING:
            if not pending or pending[-1].text != _CLOSING[token.text]:
                return (
                    token,
                    f"{token.text!r} closes nothing; remove it or open a {_CLOSING[token.text]!r} before",
                )
            pending.pop()
    return (pending[-1], f"{pending[-1].text!r} is never closed") if pending else None


def _prefix(found: list[Token], prefixes: Iterable[str]) -> _Found:
    """Find a prefixed name whose prefix nobody declares."""
    known = set(prefixes)
    for before, token in zip([None, *found], found, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.is_word("PREFIX"):
            known.add(prefix)
        elif prefix not in known and (before is None or before.text != "_"):  # "_" begins a blank node
            others = near(prefix, sorted(known))
            hint = f"did you mean {', '.join(f'{name}:' for name in others)}?" if others else "declare it with PREFIX"
            return token, f"unknown prefix {prefix + ':'!r}; {hint}"
    return None


def _expectation(found: list[Token], offset: int, expected: str) -> str:
    """Return what stands at an offset, or the one sentence among what the engine expected."""
    statement = _STATEMENT.search(expected)
    if statement is not None:
        return statement.group()
    token = next((token for token in found if token.offset <= offset < token.offset + len(token.text)), None)
    return f"unexpected {token.text!r}" if token else "not valid SPARQL; the mistake stands before this place"


def _offset(sparql: str, line: int, column: int) -> int:
    """Return the code-point offset of a line and column, both from 1, or the end of the text before it."""
    start = 0
    for _ in range(line - 1):
        start = sparql.find("\n", start) + 1
    return min(start + column - 1, len(sparql.rstrip()))

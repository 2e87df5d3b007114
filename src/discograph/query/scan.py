"""The tokens of a SPARQL text, as far as we must know them before an engine reads it.

Some questions need more than the engine's answer: does the query call out with SERVICE, does it choose
its own dataset or order, and (in ``diagnosis``) which word is wrong. This is a scanner, not a parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>  \#[^\n\r]* )
    | (?P<string>   \"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
                  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri>      <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*> )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>     (?:[^\W\d_][\w.-]*)?:(?:(?:[\w:%]|\\.)(?:[\w:%-]|\\.|\.+(?=[\w:%\\-]))*)? )
    | (?P<word>     [^\W\d]\w* )
    | (?P<number>   \d+(?:\.\d+)? )
    | (?P<mark>     \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNTING = frozenset({"AVG", "COUNT", "GROUP_CONCAT", "SUM"})
_CUTTING = frozenset({"LIMIT", "OFFSET"})
_NEW_EACH_TIME = frozenset({"BNODE", "RAND", "STRUUID", "UUID"})
_MODIFIERS = ("DISTINCT", "REDUCED")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the pattern), its text and its code-point offset, from 0."""

    kind: str
    text: str
    offset: int

    def is_word(self, word: str) -> bool:
        """Whether this is the keyword ``word``, in any case."""
        return self.kind == "word" and self.text.upper() == word


def tokens(sparql: str) -> list[Token]:
    """Return the tokens of a query without comments, in order; white space separates and is left out."""
    return [
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(sparql)
        if match.lastgroup != "comment"
    ]


def service_call(found: list[Token]) -> Token | None:
    """Return the first token that may call another server, or None.

    The engine reads ``trueSERVICE`` and ``SERVICEex:a`` as a keyword beside something else, and an IRI
    of ours may be ``<`` and more to it; so anything that may hold the keyword counts, not only the word.
    """
    for token in found:
        text = token.text.lower()
        if token.kind == "name":
            text = text.partition(":")[0]
        elif token.kind == "iri":
            text = text if ")" in text else ""
        elif token.kind not in ("word", "language"):
            continue
        if "service" in text:
            return token
    return None


def chooses_dataset(found: list[Token]) -> bool:
    """Whether the query says FROM, and so wants exactly the graphs that it names."""
    return any(token.is_word("FROM") for token in found)


def counts_triples(found: list[Token]) -> bool:
    """Whether the answer may depend on how often a triple is there, which the engine's union says wrongly.

    Shape: False only for ASK and SELECT DISTINCT in which nothing is counted, added up or cut off but what is
    distinct; then a row comes out once however often it is found.
    """
    head = [token.text.upper() for token in after_prologue(found)[:2]]
    if head[:1] != ["ASK"] and head != ["SELECT", "DISTINCT"]:
        return True
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper() if token.kind == "word" else ""
        is_distinct = [later.text.upper() for later in found[index + 1 : index + 3]] == ["(", "DISTINCT"]
        if word in _NEW_EACH_TIME or (word in _COUNTING and not is_distinct) or (word in _CUTTING and depth):
            return True
    return False


def is_ordered(found: list[Token]) -> bool:
    """Whether the outermost SELECT has an ORDER BY."""
    depth = 0
    for token in found:
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        elif depth == 0 and token.is_word("ORDER"):
            return True
    return False


def star_variables(found: list[Token]) -> tuple[str, ...] | None:
    """Return the variables of a ``SELECT *`` as they appear in the text, for SPARQL gives them no order.

    None if the outermost SELECT names its columns itself.
    """
    head = [token.text.upper() for token in after_prologue(found)[:3] if token.text.upper() not in _MODIFIERS]
    if head[:2] != ["SELECT", "*"]:
        return None
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where values of one variable stand: what is between the braces of ``VALUES ?name { … }``."""

    name: str
    start: int
    """Code-point offset behind the opening brace; ``end`` is that of the closing one."""
    end: int
    values: tuple[Token, ...]

    @property
    def is_open(self) -> bool:
        """Whether the slot holds UNDEF alone, so that the variable may be anything."""
        return len(self.values) == 1 and self.values[0].is_word("UNDEF")


def slots(found: list[Token]) -> list[Slot]:
    """Return the slots of a query in order; VALUES over several variables are none."""
    result = []
    for index, token in enumerate(found[:-3]):
        name, brace = found[index + 1], found[index + 2]
        if token.is_word("VALUES") and name.kind == "variable" and brace.text == "{":
            close = next((i for i in range(index + 3, len(found)) if found[i].text == "}"), None)
            if close is not None:
                values = tuple(found[index + 3 : close])
                result.append(Slot(name.text[1:], brace.offset + 1, found[close].offset, values))
    return result


def prefixes_of(found: list[Token]) -> set[str]:
    """Return the prefixes that prefixed names of a query use, without their colons."""
    return {token.text.partition(":")[0] for token in found if token.kind == "name"}


def after_prologue(found: list[Token]) -> list[Token]:
    """Return the tokens that follow PREFIX and BASE lines."""
    index = 0
    while index < len(found) and found[index].text.upper() in ("PREFIX", "BASE"):
        index += 3 if found[index].is_word("PREFIX") else 2
    return found[index:]

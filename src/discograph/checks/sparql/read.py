"""Reads the SPARQL that rules are written in.

Input: the text of a SELECT query. Output: a ``Select``. What is not read here (MINUS, property sets,
blank nodes, HAVING, ORDER BY …) raises ``NotReadError``; such a query still runs in the store, as it stands.
Source: SPARQL 1.1 Query Language, section 19.8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from discograph.checks.sparql.tree import (
    PATH_SIGNS,
    Aggregate,
    Alternative,
    Bind,
    Call,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    Inverse,
    Node,
    NotReadError,
    Optional,
    Path,
    Pattern,
    Repeat,
    Select,
    Sequence,
    Union,
    Values,
    Var,
)
from discograph.rdf import Literal, NamedNode
from discograph.vocab import RDF, XSD

_UNREAD = frozenset({"MINUS", "SERVICE", "GRAPH", "HAVING", "ORDER", "LIMIT", "OFFSET"})
_BOOLEAN = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_Part = Callable[[], Expression]
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG"})
_COMPARISONS = frozenset({"=", "!=", "<", ">", "<=", ">="})


_TOKEN = re.compile(
    r"""(?P<space>(?:\s+|\#[^\n]*)+)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>\s{}|^`"\\]*>)
    |(?P<var>[?$]\w+)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z][\w-]*(?:\.[\w-]+)*:[\w-]*|:[\w-]*)
    |(?P<word>[A-Za-z_]+)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;=<>!+\-*/|^?])""",
    re.VERBOSE,
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def read_select(text: str, prefixes: Mapping[str, str]) -> Select:
    """Return a SELECT query as a tree. Raises: NotReadError."""
    reader = _Reader(text, prefixes)
    select = reader.select()
    reader.end()
    return select


def read_path(text: str) -> Path:
    """Return a property path that is written with full IRIs. Raises: NotReadError."""
    reader = _Reader(text, {})
    path = reader.path()
    reader.end()
    return path


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotReadError(f"cannot read {text[position : position + 20]!r}")
        position = match.end()
        assert match.lastgroup is not None
        if match.lastgroup != "space":
            yield match.lastgroup, match[0]
    yield "end", ""


class _Reader:
    """Reads one query by recursive descent; methods are named as what they read."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self._tokens = list(_tokens(text))
        self._index = 0
        self._prefixes = prefixes

    @property
    def _kind(self) -> str:
        return self._tokens[self._index][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._index][1]

    @property
    def _word(self) -> str:
        return self._text.upper() if self._kind == "word" else ""

    def _next(self) -> str:
        text = self._text
        self._index += 1
        return text

    def _take(self, *texts: str) -> bool:
        """Go past a sign or keyword if it stands here."""
        here = self._word or (self._text if self._kind == "sign" else "")
        if here and here in texts:
            self._index += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise NotReadError(f"expected {text!r}, found {self._text!r}")

    def end(self) -> None:
        """Raise NotReadError unless everything was read."""
        if self._kind != "end":
            raise NotReadError(f"{self._text!r} is not read here")

    # Queries and groups.

    def select(self) -> Select:
        self._expect("SELECT")
        distinct = self._take("DISTINCT") or self._take("REDUCED")
        columns: list[tuple[Var, Expression | None]] = []
        while self._kind == "var" or self._text == "(":
            columns.append(self._column())
        if not columns:
            raise NotReadError("SELECT * is not read here")
        self._take("WHERE")
        where = self.group()
        group_by: list[Var] = []
        if self._take("GROUP"):
            self._expect("BY")
            while self._kind == "var":
                group_by.append(self.variable())
        return Select(distinct, tuple(columns), where, tuple(group_by))

    def _column(self) -> tuple[Var, Expression | None]:
        if self._kind == "var":
            return self.variable(), None
        self._expect("(")
        expression = self.expression()
        self._expect("AS")
        variable = self.variable()
        self._expect(")")
        return variable, expression

    def group(self) -> Group:
        self._expect("{")
        if self._word == "SELECT":
            select = self.select()
            self._expect("}")
            return Group((select,))
        elements: list[Element] = []
        while not self._take("}"):
            elements += self._elements()
            self._take(".")
        return Group(tuple(elements))

    def _elements(self) -> list[Element]:
        if self._word in _UNREAD:
            raise NotReadError(f"{self._word} is not read here")
        if self._take("FILTER"):
            return [Filter(self._constraint())]
        if self._take("OPTIONAL"):
            return [Optional(self.group())]
        if self._take("BIND"):
            variable, expression = self._column()
            assert expression is not None
            return [Bind(expression, variable)]
        if self._take("VALUES"):
            return [self._values()]
        if self._text == "{":
            return [self._union()]
        return list(self._triples())

    def _values(self) -> Values:
        variable = self.variable()
        self._expect("{")
        terms: list[NamedNode | Literal] = []
        while not self._take("}"):
            node = self.node()
            if isinstance(node, Var):
                raise NotReadError("a variable in VALUES")
            terms.append(node)
        return Values(variable, tuple(terms))

    def _union(self) -> Union | Select:
        groups = [self.group()]
        while self._take("UNION"):
            groups.append(self.group())
        first = groups[0].elements
        if len(groups) == 1 and len(first) == 1 and isinstance(first[0], Select):
            return first[0]
        return Union(tuple(groups))

    def _triples(self) -> Iterator[Pattern]:
        subject = self.node()
        while True:
            path = self.variable() if self._kind == "var" else self.path()
            yield Pattern(subject, path, self.node())
            while self._take(","):
                yield Pattern(subject, path, self.node())
            if not self._take(";"):
                return
            if self._text in {".", "}"}:
                return

    # Terms and paths.

    def variable(self) -> Var:
        if self._kind != "var":
            raise NotReadError(f"expected a variable, found {self._text!r}")
        return Var(self._next()[1:])

    def node(self) -> Node:
        if self._kind == "var":
            return self.variable()
        if self._kind in {"iri", "name"}:
            return self._iri()
        return self._literal()

    def _iri(self) -> NamedNode:
        kind, text = self._tokens[self._index]
        self._index += 1
        if kind == "iri":
            return NamedNode(text[1:-1])
        prefix, _, local = text.partition(":")
        if prefix not in self._prefixes:
            raise NotReadError(f"the prefix {prefix}: is not declared")
        return NamedNode(self._prefixes[prefix] + local)

    def _literal(self) -> Literal:
        if self._kind == "number":
            text = self._next()
            return Literal(text, datatype=XSD.decimal if "." in text else XSD.integer)
        if self._word in {"TRUE", "FALSE"}:
            return Literal(self._next().lower(), datatype=_BOOLEAN)
        if self._kind != "string":
            raise NotReadError(f"{self._text!r} is not read here")
        text = _unescaped(self._next())
        if self._kind == "tag":
            return Literal(text, language=self._next()[1:])
        return Literal(text, datatype=self._iri()) if self._take("^^") else Literal(text)

    def path(self) -> Path:
        choices = [self._sequence()]
        while self._take("|"):
            choices.append(self._sequence())
        return choices[0] if len(choices) == 1 else Alternative(tuple(choices))

    def _sequence(self) -> Path:
        steps = [self._step()]
        while self._take("/"):
            steps.append(self._step())
        return steps[0] if len(steps) == 1 else Sequence(tuple(steps))

    def _step(self) -> Path:
        if self._take("^"):
            return Inverse(self._step())
        if self._take("("):
            path = self.path()
            self._expect(")")
        elif self._text == "a":
            self._index += 1
            path = RDF.type
        elif self._kind in {"iri", "name"}:
            path = self._iri()
        else:
            raise NotReadError(f"{self._text!r} is not read in a path")
        while self._kind == "sign" and self._text in PATH_SIGNS:
            path = Repeat(path, self._next())
        return path

    # Expressions.

    def _constraint(self) -> Expression:
        if self._text == "(" or self._kind in {"word", "iri", "name"}:
            return self._primary()
        raise NotReadError(f"{self._text!r} is not read after FILTER")

    def expression(self) -> Expression:
        return self._joined("||", self._conjunction)

    def _conjunction(self) -> Expression:
        return self._joined("&&", self._relation)

    def _joined(self, sign: str, part: _Part) -> Expression:
        parts = [part()]
        while self._take(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Call(sign, tuple(parts))

    def _relation(self) -> Expression:
        left = self._sum()
        if self._kind == "sign" and self._text in _COMPARISONS:
            return Call(self._next(), (left, self._sum()))
        if self._take("IN"):
            return Call("IN", (left, *self._arguments()))
        if self._take("NOT"):
            self._expect("IN")
            return Call("NOT IN", (left, *self._arguments()))
        return left

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._chain(("*", "/"), self._unary)

    def _chain(self, signs: tuple[str, ...], part: _Part) -> Expression:
        left = part()
        while self._kind == "sign" and self._text in signs:
            left = Call(self._next(), (left, part()))
        return left

    def _unary(self) -> Expression:
        if self._take("!"):
            return Call("!", (self._unary(),))
        if self._text in {"-", "+"}:
            raise NotReadError("signs before numbers are not read here")
        return self._primary()

    def _primary(self) -> Expression:
        if self._take("("):
            inner = self.expression()
            self._expect(")")
            return inner
        if self._kind == "var":
            return self.variable()
        if self._word and self._word not in {"TRUE", "FALSE"}:
            return self._call()
        if self._kind in {"iri", "name"}:
            iri = self._iri()
            return Call(str(iri), self._arguments()) if self._text == "(" else iri
        return self._literal()

    def _call(self) -> Expression:
        if self._take("EXISTS"):
            return Exists(self.group(), negated=False)
        if self._take("NOT"):
            self._expect("EXISTS")
            return Exists(self.group(), negated=True)
        name = self._next().upper()
        return self._aggregate(name) if name in _AGGREGATES else Call(name, self._arguments())

    def _aggregate(self, name: str) -> Aggregate:
        self._expect("(")
        distinct = self._take("DISTINCT")
        argument = None if self._take("*") else self.expression()
        self._expect(")")
        return Aggregate(name, distinct, argument)

    def _arguments(self) -> tuple[Expression, ...]:
        self._expect("(")
        if self._take(")"):
            return ()
        found = [self.expression()]
        while self._take(","):
            found.append(self.expression())
        self._expect(")")
        return tuple(found)


def _unescaped(text: str) -> str:
    marks = 3 if text.startswith('"""') else 1

    def one(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise NotReadError(f"the escape {match[0]} is not read here")
        return _ESCAPES[match[1]]

    return re.sub(r"\\(.)", one, text[marks:-marks], flags=re.DOTALL)

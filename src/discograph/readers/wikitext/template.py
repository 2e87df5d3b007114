"""One template of wikitext: its name and its parameters, each with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from discograph.document import Span
from discograph.readers.wikitext.marks import Kind, Marks

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPACES = re.compile(r"[\s_]+")
_NAMESPACE = re.compile(r"(?:template|msg):\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: the span of its name (of its value, if it has only a number), and of its trimmed value."""

    name: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A template in its place.

    Shape: ``name`` in lower case, single spaces, without namespace; ``parameters`` by name as written, trimmed
    (unnamed ones "1", "2" …) in the order of the text; of a repeated name the last that has a value.
    """

    name: str
    span: Span
    parameters: dict[str, Parameter]

    def value(self, *names: str) -> Parameter | None:
        """Return the first of the named parameters that has a value."""
        for name in names:
            found = self.parameters.get(name)
            if found and found.value.end > found.value.start:
                return found
        return None

    def positional(self) -> list[Parameter]:
        """Return the unnamed parameters that have a value, in order."""
        return [p for name, p in self.parameters.items() if name.isdigit() and p.value.end > p.value.start]


def template_name(text: str) -> str:
    """Return the name of a template as MediaWiki compares them, but for letter case.

    >>> template_name(" Template:Track_listing <!-- a note -->")
    'track listing'
    """
    name = _SPACES.sub(" ", _COMMENT.sub("", text)).strip()
    return _NAMESPACE.sub("", name, count=1).casefold()


def parse_template(source: str, marks: Marks, index: int) -> Template:
    """Return the template that the mark at an index opens. Time grows with its length, without what is nested."""
    start, end = marks.starts[index], marks.end_of(index)
    stop = marks.starts[marks.partners[index]]
    cuts: list[int] = []
    nested: list[Span] = []
    at, last = index + 1, marks.partners[index]
    while at < last:
        if marks.kinds[at] == Kind.PIPE:
            cuts.append(marks.starts[at])
        elif marks.partners[at] >= 0 or marks.kinds[at] in (Kind.HIDDEN, Kind.LITERAL, Kind.TAG):
            nested.append(Span(marks.starts[at], marks.end_of(at)))
        at = marks.after(at)
    edges = [*cuts, stop]
    name = template_name(source[marks.ends[index] : edges[0]])
    parameters: dict[str, Parameter] = {}
    number = 0
    inner = iter(nested)
    hidden = next(inner, None)
    for left, right in pairwise(edges):
        left += 1
        equals = source.find("=", left, right)
        while equals >= 0 and hidden and hidden.start < equals:
            if hidden.end > equals:
                equals = source.find("=", hidden.end, right)
            hidden = next(inner, None)
        if equals < 0:
            number += 1
            span = _trimmed(source, left, right)
            _put(parameters, str(number), Parameter(span, span))
        else:
            key = _trimmed(source, left, equals)
            words = source[key.start : key.end]
            if "<!--" in words:
                words = _COMMENT.sub("", words).strip()
            _put(parameters, words, Parameter(key, _trimmed(source, equals + 1, right)))
    return Template(name, Span(start, end), parameters)


def _put(parameters: dict[str, Parameter], name: str, parameter: Parameter) -> None:
    if parameter.value.end > parameter.value.start or name not in parameters:
        parameters[name] = parameter


def _trimmed(source: str, start: int, end: int) -> Span:
    words = source[start:end]
    first = start + len(words) - len(words.lstrip())
    return Span(first, max(first, start + len(words.rstrip())))

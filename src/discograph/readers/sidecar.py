"""Read a sidecar: the claims that a person made about a document, each with its quote.

A sidecar stands beside its document as ``<document>.claims.yaml``::

    document: 000_aed51fa68c58645c.txt
    claims:
      - quote: Malle's assistant        # must stand in the document, word for word
        line: 19                        # where it stands, if it stands in several places
        manner: stated                  # stated (default), implied, hedged, opinion, negated
        says:
          - [person/jean-paul-rappeneau, assistantOf, person/louis-malle]
    labels:                             # names of things that no words of the document name
      ~/event/proposal: the proposal to ask Davis

A thing is the path of its IRI: ``~`` is the album of the page, ``~/…`` a part of it, ``doc`` the document,
``concept/…`` a concept, and ``person/…`` and the like stand under ``id/``. A predicate without prefix is
ours. ``{en: "…"}`` is a text in a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from discograph.document import Source, Span
from discograph.errors import SourceError
from discograph.records import Evidence, Manner, Rule, Said

CURATED = Rule("curated", "a claim made by a person in a sidecar")

_ENTRY_KEYS = {"quote", "line", "manner", "holder", "confidence", "note", "says"}
_TOP_KEYS = {"document", "claims", "labels"}
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)\Z")  # "007" is a catalogue number
_DEEPEST = 20
_CONFIDENCE = re.compile(r"(?:0(?:\.[0-9]+)?|1(?:\.0+)?)\Z")


@dataclass(frozen=True, slots=True)
class LanguageText:
    """A text with its language tag."""

    text: str
    language: str


CuratedObject = str | int | LanguageText


@dataclass(frozen=True, slots=True)
class CuratedClaim:
    """One claim of a sidecar: paths of subject, predicate and object, and where the entry stands."""

    subject: str
    predicate: str
    object: CuratedObject
    said: Said[None]
    where: str
    holder: str | None = None
    confidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CuratedLabel:
    """The label that a sidecar gives to the thing of a path, and where it stands."""

    path: str
    label: str
    where: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The claims and labels of a sidecar in file order."""

    path: Path
    claims: tuple[CuratedClaim, ...]
    labels: tuple[CuratedLabel, ...]


def sidecar_path(document: Path) -> Path:
    """Return where the sidecar of a document would stand."""
    return document.with_name(document.stem + ".claims.yaml")


def read_sidecar(path: Path, source: Source) -> Sidecar:
    """Return the claims of a sidecar, their quotes found in the document.

    Raises: SourceError with ``file:line:column`` if the file is not a sidecar, is of another document, or
    quotes what does not stand there.
    """
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_deep(path, text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8; convert the file") from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        where = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        raise SourceError(f"{where}: a control character; YAML allows none") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise SourceError(f"{where}: not YAML: {getattr(error, 'problem', error)}") from error
    return _Reader(path, source).sidecar(root)


def _refuse_deep(path: Path, text: str) -> None:
    """Refuse nesting that no sidecar needs, and that the composer of libyaml does not survive."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark = event.start_mark
            where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
            raise SourceError(f"{where}: nested too deep; a sidecar needs 5 levels")


class _Reader:
    """Turns the YAML nodes of one sidecar into claims; nodes know their place, so messages can say it."""

    def __init__(self, path: Path, source: Source) -> None:
        self._path = path
        self._source = source

    def sidecar(self, root: yaml.Node | None) -> Sidecar:
        top = self._mapping(root, _TOP_KEYS)
        document = top.get("document")
        if document is None or self._value(document) != self._source.name:
            raise self._error(
                document or root, f"expected 'document: {self._source.name}', the file beside the sidecar"
            )
        claims = [claim for entry in self._sequence(top.get("claims")) for claim in self._entry(entry)]
        return Sidecar(self._path, tuple(claims), self._labels(top.get("labels")))

    def _labels(self, node: yaml.Node | None) -> tuple[CuratedLabel, ...]:
        texts = self._mapping(node, None)
        keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        return tuple(
            CuratedLabel(path, str(self._value(text)), self._where(key))
            for key, (path, text) in zip(keys, texts.items(), strict=True)
        )

    def _entry(self, node: yaml.Node) -> list[CuratedClaim]:
        entry = self._mapping(node, _ENTRY_KEYS)
        if "quote" not in entry or "says" not in entry:
            raise self._error(node, "an entry needs 'quote' and 'says'")
        said = self._said(entry)
        texts = {key: str(self._value(entry[key])) for key in ("holder", "confidence", "note") if key in entry}
        if not _CONFIDENCE.match(texts.get("confidence", "1")):
            raise self._error(entry["confidence"], "expected a confidence from 0 to 1")
        claims = []
        for triple in self._sequence(entry["says"]):
            parts = self._sequence(triple)
            if len(parts) != 3:
                raise self._error(triple, "expected [subject, predicate, object]")
            subject, predicate = (str(self._value(part)) for part in parts[:2])
            claims.append(CuratedClaim(subject, predicate, self._object(parts[2]), said, self._where(triple), **texts))
        return claims

    def _said(self, entry: dict[str, yaml.Node]) -> Said[None]:
        try:
            manner = Manner(str(self._value(entry["manner"]))) if "manner" in entry else Manner.STATED
        except ValueError:
            raise self._error(entry["manner"], f"expected a manner: {', '.join(Manner)}") from None
        if manner is Manner.OPINION and "holder" not in entry:
            raise self._error(entry["manner"], "an opinion needs a 'holder'")
        return Said(None, (Evidence(self._find(entry), CURATED.name),), manner)

    def _find(self, entry: dict[str, yaml.Node]) -> Span:
        quote = str(self._value(entry["quote"]))
        area = Span(0, len(self._source.text))
        if "line" in entry:
            line = self._value(entry["line"])
            if not isinstance(line, int) or line < 1:
                raise self._error(entry["line"], "expected a line number from 1")
            area = self._source.line_span(line)
        start = self._source.text.find(quote, area.start, area.end) if quote else -1
        if start < 0:
            raise self._error(
                entry["quote"], f"{quote!r} does not stand in {self._source.name}; quote it word for word"
            )
        if self._source.text.find(quote, start + 1, area.end) >= 0:
            raise self._error(entry["quote"], f"{quote!r} stands there more than once; quote more words or give 'line'")
        return Span(start, start + len(quote))

    def _object(self, node: yaml.Node) -> CuratedObject:
        if isinstance(node, yaml.MappingNode):
            pairs = self._mapping(node, None)
            if len(pairs) != 1:
                raise self._error(node, 'expected one language and its text: {en: "…"}')
            return next(LanguageText(str(self._value(text)), language) for language, text in pairs.items())
        value = self._value(node)
        return value if isinstance(value, int) else str(value)

    def _mapping(self, node: yaml.Node | None, allowed: set[str] | None) -> dict[str, yaml.Node]:
        if node is None and allowed is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "expected keys and values")
        result: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(self._value(key_node))
            if allowed is not None and key not in allowed:
                raise self._error(key_node, f"unknown key {key!r}; known: {', '.join(sorted(allowed))}")
            if key in result:
                raise self._error(key_node, f"the key {key!r} stands here twice")
            result[key] = value
        return result

    def _sequence(self, node: yaml.Node | None) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "expected a list")
        return list(node.value)

    def _value(self, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, "expected a single value")
        is_number = node.tag.endswith(":int") and _NUMBER.match(node.value)
        return int(node.value) if is_number else node.value

    def _where(self, node: yaml.Node | None) -> str:
        return f"{self._path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node else str(self._path)

    def _error(self, node: yaml.Node | None, message: str) -> SourceError:
        return SourceError(f"{self._where(node)}: {message}")

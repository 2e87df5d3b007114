"""A shapes graph in memory: the triples of ``*.ttl`` files, looked up by subject, with their files.

Parsed with the same fast parser as data; rdflib never sees a file of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from discograph.errors import GraphError, ShapesError
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from discograph.resources import resource
from discograph.vocab import RDF

SH = "http://www.w3.org/ns/shacl#"
_RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = (NamedNode(_RDF_NS + name) for name in ("first", "rest", "nil"))
SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class NotCompiledError(ShapesError):
    """A well-formed shape that only pyshacl can run."""


Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal | Triple


def sh(name: str) -> NamedNode:
    """Return the SHACL term with this local name."""
    return NamedNode(SH + name)


@dataclass(slots=True)
class ShapesGraph:
    """The triples of one or more shapes files."""

    triples: list[Triple] = field(default_factory=list)
    _by_subject: dict[Value, dict[NamedNode, list[Value]]] = field(default_factory=dict)
    _file: dict[Value, Path] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Add a Turtle file. Raises: ShapesError with ``file:line:column`` if it is not Turtle."""
        try:
            quads = list(parse(path.read_bytes(), RdfFormat.TURTLE, name=str(path), base_iri=path.as_uri()))
        except GraphError as error:
            raise ShapesError(f"{error}; correct the shapes file") from error
        except OSError as error:
            raise ShapesError(f"{path}: cannot be read: {error.strerror}") from error
        for quad in quads:
            self.add(quad.triple, path)

    def add(self, triple: Triple, path: Path | None = None) -> None:
        """Add one triple; ``path`` is the file that messages will name."""
        self.triples.append(triple)
        properties = self._by_subject.setdefault(triple.subject, {})
        properties.setdefault(triple.predicate, []).append(triple.object)
        if path is not None:
            self._file.setdefault(triple.subject, path)

    def subjects(self) -> Iterator[Value]:
        """Yield every subject once, in the order of the files."""
        yield from self._by_subject

    def predicates(self, node: Value) -> list[NamedNode]:
        """Return the predicates that a node has, in the order of the file."""
        return list(self._by_subject.get(node, {}))

    def objects(self, node: Value, predicate: NamedNode) -> list[Value]:
        """Return the values of a property; empty if it has none."""
        return self._by_subject.get(node, {}).get(predicate, [])

    def one(self, node: Value, predicate: NamedNode) -> Value | None:
        """Return the only value of a property, or None. Raises: ShapesError if there are several."""
        values = self.objects(node, predicate)
        if len(values) > 1:
            raise self.error(node, f"{local(predicate)} has {len(values)} values; keep one")
        return values[0] if values else None

    def rdf_list(self, node: Value, owner: Value) -> list[Value]:
        """Return the members of an RDF list. Raises: ShapesError if it is not a well-formed list."""
        members: list[Value] = []
        seen: set[Value] = set()
        while node != _NIL:
            first, rest = self.objects(node, _FIRST), self.objects(node, _REST)
            if len(first) != 1 or len(rest) != 1 or node in seen:
                raise self.error(owner, "expected a well-formed list in round brackets")
            seen.add(node)
            members.append(first[0])
            node = rest[0]
        return members

    def is_list(self, node: Value) -> bool:
        """Return whether a node begins an RDF list."""
        return node == _NIL or bool(self.objects(node, _FIRST))

    def types(self, node: Value) -> list[Value]:
        """Return the classes of a node."""
        return self.objects(node, RDF.type)

    def error(self, node: Value, problem: str) -> ShapesError:
        """Return the error for a faulty shape: ``file:line:column: name: problem``."""
        return ShapesError(f"{self.where(node)}: {problem}")

    def not_compiled(self, node: Value, problem: str) -> NotCompiledError:
        """Return the error for a shape that is left to pyshacl."""
        return NotCompiledError(f"{self.where(node)}: {problem}")

    def where(self, node: Value) -> str:
        """Return where a node's description begins, as well as a parser without positions can tell."""
        path = self._file.get(node)
        if path is None or not isinstance(node, NamedNode):
            owner = self._owner(node)
            if owner is not None:
                return f"{self.where(owner)} (within it)"
            return f"{path}:1:1: a shape without a name" if path else str(node)
        text = path.read_text(encoding="utf-8")
        match = re.search(rf"^\S*{re.escape(local(node))}(?=[>\s])", text, re.MULTILINE)
        line = text.count("\n", 0, match.start()) + 1 if match else 1
        return f"{path}:{line}:1: {local(node)}"

    def _owner(self, node: Value) -> Value | None:
        if not isinstance(node, BlankNode):
            return None
        return next((triple.subject for triple in self.triples if triple.object == node), None)


def local(term: Value) -> str:
    """Return the part of an IRI after its last ``#`` or ``/``; of other terms their text."""
    return re.split(r"[#/]", term.value)[-1] if isinstance(term, NamedNode) else str(term)


def shapes_files(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the shapes files of folders, sorted. Raises: ShapesError if a folder has none."""
    files: list[Path] = []
    for folder in folders:
        found = [folder] if folder.is_file() else sorted(folder.glob("*.ttl"))
        if not found:
            raise ShapesError(f"{folder}: no shapes here; give a folder that holds *.ttl files")
        files += found
    return tuple(path.resolve() for path in files)


def load_shapes(folders: Sequence[Path]) -> ShapesGraph:
    """Return all shapes of some folders as one graph. Raises: ShapesError."""
    graph = ShapesGraph()
    for path in shapes_files(folders):
        graph.read(path)
    return graph


@cache
def ontology_subclasses() -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return the subclass pairs (class, superclass) that discograph's ontology states, both by IRI."""
    path = resource("ontology/discograph.ttl")
    quads = parse(path.read_bytes(), RdfFormat.TURTLE, name=str(path))
    return tuple(
        (quad.subject, quad.object)
        for quad in quads
        if quad.predicate == SUBCLASS and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    )

"""What is loaded, replaced and removed together: the graphs of one document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from discograph.errors import StoreError
from discograph.rdf import BlankNode, DefaultGraph, NamedNode, Quad, canonical_blank_nodes
from discograph.stores.canonical import canonical_quad, digest, line_of, may_differ

_OURS = re.compile(r"(?P<document>.+?)(?:/(?:facts|derived|claims)|#char=.*)", re.DOTALL)


@dataclass(frozen=True)
class Unit:
    """The graphs of one document, or one graph that is no document's.

    Shape: ``graphs`` has for each graph's IRI its triples as N-Triples lines in UTF-8 without their dots,
    canonical, sorted, each once. ``origin`` is the file or document that it came from, for messages.
    """

    iri: str
    origin: str
    graphs: dict[str, list[bytes]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Triples by graph; a graph without any is left out, since most stores do not know such graphs."""
        return {graph: len(lines) for graph, lines in self.graphs.items() if lines}

    @cached_property
    def digests(self) -> dict[str, str]:
        """Digest of each graph, see ``canonical.digest``."""
        return {graph: digest(lines) for graph, lines in self.graphs.items()}

    @cached_property
    def digest(self) -> str:
        """SHA-256, as hex, of the names and digests of the graphs: the same if and only if the content is."""
        text = "".join(f"{graph} {self.digests[graph]}\n" for graph in sorted(self.graphs))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def size(self) -> int:
        """How many quads it holds."""
        return sum(map(len, self.graphs.values()))


def unit_of_graph(graph: str) -> str:
    """Return the IRI of the document that a graph belongs to; a graph that is not named as ours is its own.

    >>> unit_of_graph("https://w3id.org/discograph/doc/x/facts")
    'https://w3id.org/discograph/doc/x'
    >>> unit_of_graph("https://w3id.org/discograph/doc/x#char=1,2")
    'https://w3id.org/discograph/doc/x'
    >>> unit_of_graph("http://example.org/g")
    'http://example.org/g'
    """
    match = _OURS.fullmatch(graph)
    return match["document"] if match else graph


def units_of(quads: Iterable[Quad], origin: str) -> list[Unit]:
    """Return the units of quads, all in named graphs, in the order in which they first appear.

    Shape: a literal is brought to its canonical form; a blank node becomes an IRI (RDF 1.1 Concepts, 3.5),
    the same whenever the same graph is read again, since no store can be told twice of the same blank node.
    Raises: StoreError for a quad in the default graph.
    """
    units: dict[str, dict[str, list[Quad]]] = {}
    graphs: dict[object, list[Quad]] = {}
    for quad in quads:
        name = quad.graph_name
        found = graphs.get(name)
        if found is None:
            found = graphs[name] = units.setdefault(unit_of_graph(_iri(name, origin)), {}).setdefault(
                _iri(name, origin), []
            )
        found.append(quad)
    return [Unit(iri, origin, _lines(iri, found)) for iri, found in units.items()]


def _iri(name: object, origin: str) -> str:
    if isinstance(name, NamedNode):
        return name.value
    what = "the default graph" if isinstance(name, DefaultGraph) else "a graph without an IRI"
    raise StoreError(f"{origin}: holds triples in {what}; name a graph for them with --graph")


def _lines(unit: str, graphs: dict[str, list[Quad]]) -> dict[str, list[bytes]]:
    lines = {graph: _sorted(graph, quads) for graph, quads in graphs.items()}
    if any(b"_:" in line for found in lines.values() for line in found):
        renamed: dict[str, list[Quad]] = {graph: [] for graph in graphs}
        for quad in canonical_blank_nodes(quad for quads in graphs.values() for quad in quads):
            renamed[quad.graph_name.value].append(_named(quad, unit))  # type: ignore[union-attr]
        lines = {graph: _sorted(graph, quads) for graph, quads in renamed.items()}
    return lines


def _sorted(graph: str, quads: list[Quad]) -> list[bytes]:
    cut = -len(graph) - 3  # the line ends in " <graph>"
    lines = sorted({str(quad)[:cut].encode() for quad in quads})
    if may_differ(b"\n".join(lines)):
        lines = sorted({line_of(canonical_quad(quad)) for quad in quads})
    return lines


def _named(quad: Quad, unit: str) -> Quad:
    prefix = f"urn:x-discograph:genid:{hashlib.sha256(unit.encode()).hexdigest()[:16]}:"
    parts = [NamedNode(prefix + part.value) if isinstance(part, BlankNode) else part for part in quad]
    return Quad(*parts)

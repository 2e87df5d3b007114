"""SPARQL over graphs of ours: opening them, named queries, running, and writing what comes back."""

from __future__ import annotations

from discograph.query.named import NamedQuery, all_named, find
from discograph.query.results import FORMATS, write
from discograph.query.run import run
from discograph.query.solutions import Answer, Result, Rows, Term, Triples
from discograph.query.sources import GRAPH_SUFFIXES, is_graph_source, merge_graphs, open_graphs

__all__ = [
    "FORMATS",
    "GRAPH_SUFFIXES",
    "Answer",
    "NamedQuery",
    "Result",
    "Rows",
    "Term",
    "Triples",
    "all_named",
    "find",
    "is_graph_source",
    "merge_graphs",
    "open_graphs",
    "run",
    "write",
]

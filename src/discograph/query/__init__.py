"""SPARQL over graphs of ours: opening them, named queries, running, and writing what comes back."""

from __future__ import annotations

from discograph.query.answer import Question, answer, bound_terms, question_of
from discograph.query.dataset import Dataset, LocalDataset
from discograph.query.deadline import within
from discograph.query.named import NamedQuery, all_named, find, read_parameters
from discograph.query.parameters import Parameter, bind
from discograph.query.results import FORMATS, write
from discograph.query.run import run
from discograph.query.solutions import Answer, Result, Rows, Term, Triples
from discograph.query.sources import (
    GRAPH_SUFFIXES,
    is_graph_file,
    is_graph_source,
    is_store,
    merge_graphs,
    open_graphs,
)

__all__ = [
    "FORMATS",
    "GRAPH_SUFFIXES",
    "Answer",
    "Dataset",
    "LocalDataset",
    "NamedQuery",
    "Parameter",
    "Question",
    "Result",
    "Rows",
    "Term",
    "Triples",
    "all_named",
    "answer",
    "bind",
    "bound_terms",
    "find",
    "is_graph_file",
    "is_graph_source",
    "is_store",
    "merge_graphs",
    "open_graphs",
    "question_of",
    "read_parameters",
    "run",
    "within",
    "write",
]

"""Precision and recall of tables against tables that a person made (the gold)."""

from discograph.evaluation.gold import Gold, read_golds
from discograph.evaluation.measures import MEASURES, Measure
from discograph.evaluation.scores import KINDS, Count, Figures, Miss, differing, evaluate

__all__ = [
    "KINDS",
    "MEASURES",
    "Count",
    "Figures",
    "Gold",
    "Measure",
    "Miss",
    "differing",
    "evaluate",
    "read_golds",
]

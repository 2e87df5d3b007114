"""Explain: all that a graph knows of a thing, or of one triple, each fact with the words that say it.

Input: ``Statements`` and the texts of their documents. Output: things found by name, ``Explanation``, and both as
text or JSON. Method: every triple about the thing or naming it, with its claims; a derived one with what it is
derived from.
"""

from __future__ import annotations

from discograph.explain.derivation import Derivation, derivation
from discograph.explain.facts import Explanation, Fact, explain, explain_triple
from discograph.explain.find import Finder, Hit
from discograph.explain.json_report import hits_as_json, why_as_json, write_json
from discograph.explain.json_report import thing_as_json as explanation_as_json
from discograph.explain.text_report import Page, hits_as_text, thing_as_text, why_as_text
from discograph.explain.texts import Texts

__all__ = [
    "Derivation",
    "Explanation",
    "Fact",
    "Finder",
    "Hit",
    "Page",
    "Texts",
    "derivation",
    "explain",
    "explain_triple",
    "explanation_as_json",
    "hits_as_json",
    "hits_as_text",
    "thing_as_text",
    "why_as_json",
    "why_as_text",
    "write_json",
]

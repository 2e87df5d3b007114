"""What a graph says, statement by statement: each triple with its claims, their words, and names that people read.

Input: a store with facts, derived triples and claims of any number of documents, or any part of them.
Output: triples, ``Claim`` and ``Evidence``, labels. ``explain`` and ``diff`` are made of these.
"""

from __future__ import annotations

from discograph.statements.claims import Claim, Evidence, claim_order
from discograph.statements.graph import Standing, Statements
from discograph.statements.names import Names

__all__ = ["Claim", "Evidence", "Names", "Standing", "Statements", "claim_order"]

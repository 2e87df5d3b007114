"""What a graph says, statement by statement: each triple with its claims, their words, and names that people read.

Input: a store with facts, derived triples and claims of any number of documents, or any part of them.
Output: triples, ``Claim`` and ``Evidence``, labels. ``explain`` and ``diff`` are made of these.
"""

from __future__ import annotations

from discograph.provenance.claims import Claim, Evidence, claim_order
from discograph.provenance.graph import Provenance, Standing
from discograph.provenance.names import Names

__all__ = ["Claim", "Evidence", "Names", "Provenance", "Standing", "claim_order"]

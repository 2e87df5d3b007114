"""The engine for the graph of one document: shapes and their queries as Python functions over a graph in memory.

Input: a ``GraphIndex`` and compiled rules. Output: findings, and the queries that are left to the store.
Method: terms become numbers (``run``); queries are planned (``plan``) and become chains of steps (``query``,
``patterns``, ``expressions``); core components become functions of focus nodes (``shapes`` and its tests).
"""

from __future__ import annotations

from discograph.checks.memory.engine import MemoryCompiler, MemoryRules, run_in_memory

__all__ = ["MemoryCompiler", "MemoryRules", "run_in_memory"]

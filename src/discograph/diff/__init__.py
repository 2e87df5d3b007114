"""Diff: what changed between two graphs, in the words of albums.

Input: two ``Provenance``. Output: ``Difference``, as text, Markdown or JSON. Method: take what is said on each
side without what follows from it; find which thing is which, as IRIs move with names and numbers; compare.
"""

from __future__ import annotations

from discograph.diff.change import Change, Difference, Kind
from discograph.diff.compare import compare
from discograph.diff.report import as_json, as_markdown, as_text, summary
from discograph.diff.revisions import Revision, check_out, parse_revision
from discograph.diff.snapshot import snapshot
from discograph.provenance import Names, Provenance

__all__ = [
    "Change",
    "Difference",
    "Kind",
    "Revision",
    "as_json",
    "as_markdown",
    "as_text",
    "check_out",
    "diff",
    "parse_revision",
    "summary",
]


def diff(old: Provenance, new: Provenance) -> Difference:
    """Return what changed from one graph to another.

    Shape: where one side has claims and the other none, only facts are compared, and what is hedged, denied or an
    opinion is left out.
    """
    is_plain = not (old.has_claims and new.has_claims)
    sides = (snapshot(statements, Names(statements), is_plain=is_plain) for statements in (old, new))
    return compare(*sides, has_manners=not is_plain)

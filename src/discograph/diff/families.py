"""What kind of thing a node is, as a comparison needs it: which nodes of the other side it may be."""

from __future__ import annotations

from collections.abc import Iterable

from discograph.provenance.claims import Term
from discograph.rdf import NamedNode
from discograph.vocab import DG

_CLASSES = {
    DG.SourceDocument: "document",
    DG.Album: "album",
    DG.Film: "film",
    DG.Label: "label",
    DG.Person: "agent",
    DG.Ensemble: "agent",
    DG.Agent: "agent",
    DG.Studio: "place",
    DG.Venue: "place",
    DG.Place: "place",
    DG.Composition: "composition",
    DG.Release: "release",
    DG.Medium: "medium",
    DG.Track: "track",
    DG.Recording: "recording",
    DG.RecordingSession: "session",
    DG.Engagement: "engagement",
    DG.ReleaseEvent: "release event",
    DG.Event: "event",
    DG.Credit: "credit",
    DG.ChartEntry: "chart entry",
    DG.Certification: "certification",
    DG.Review: "review",
    DG.AwardResult: "award result",
}
"""Class to family; one that is a person here and an ensemble there is the same thing."""

FAMILIES = tuple(dict.fromkeys(_CLASSES.values()))
"""In the order in which things are matched: what others are recognised by comes first."""

NAMED = ("document", "album", "film", "label", "agent", "place", "composition")
"""Families of things with names of their own; the things of all others are parts of these."""

_FOLDERS = {
    "album": "album",
    "film": "film",
    "label": "label",
    "person": "agent",
    "ensemble": "agent",
    "agent": "agent",
    "place": "place",
    "composition": "composition",
}


def family_of(node: NamedNode, classes: Iterable[Term]) -> str | None:
    """Return what a node is: by its classes, else by its IRI (an agent may be named and have no class)."""
    known = [_CLASSES[cls] for cls in classes if isinstance(cls, NamedNode) and cls in _CLASSES]
    if known:
        return min(known, key=FAMILIES.index)
    if "/concept/" in node.value:
        return "concept"
    if "/doc/" in node.value and "#" not in node.value:
        return "document"
    folder, _, rest = key_of(node).partition("/")
    return _FOLDERS.get(folder) if rest and "/" not in rest else None


def key_of(node: NamedNode) -> str:
    """Return an IRI without the base that it was minted under: ``person/x``, ``concept/genre/y``."""
    for folder in ("/id/", "/concept/", "/doc/"):
        if folder in node.value:
            rest = node.value.split(folder, 1)[1]
            return rest if folder == "/id/" else folder[1:] + rest
    return node.value

"""Which node of a graph is part of which other, for formats that can write a part inside its whole.

Method: a part's IRI begins with that of the thing it belongs to (docs/model.md, "IRIs"); among the nodes of
one such tree, the triples say inside which a part stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from discograph.rdf import NamedNode, Object
from discograph.vocab import DG

Nodes = dict[str, dict[str, list[Object]]]
"""Subject IRI to property IRI to values."""

# Properties that lead from a whole to its part, and whether the nearest whole takes it (a track stands in its
# side, not in the release) or only one whose IRI it extends (a session belongs to the album, not to a track).
_NEAREST = {DG.track: True, DG.includes: True, DG.medium: False, DG.recordedDuring: False}
WHOLE_TO_PART = {term.value: is_nearest for term, is_nearest in _NEAREST.items()}

NaturalKey = tuple[list[tuple[int, str]], str]
_Rank = tuple[int, int, str, str]
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands."""

    whole: str
    predicate: str | None
    """None if no triple links the two."""
    is_reverse: bool = False
    """Whether the part is that triple's subject."""


def natural_key(text: str) -> NaturalKey:
    """Return a sort key in which ``track/2`` comes before ``track/10``."""
    # Text and digits alternate. Of two numbers the longer is the larger; int() would refuse very long ones.
    parts = [part.lstrip("0") if n % 2 else part for n, part in enumerate(_DIGITS.split(text))]
    return [(len(part) if n % 2 else 0, part) for n, part in enumerate(parts)], text


def place_parts(nodes: Nodes, base_iri: str, reverses: Collection[str]) -> dict[str, Place]:
    """Return where each part stands; a node that is missing in the answer stands on its own.

    Shape: ``reverses`` are the IRIs of properties that lead from part to whole. The answer has no cycles.
    """
    wholes = {iri: found for iri in nodes if (found := list(_wholes(iri, nodes, f"{base_iri}id/")))}
    best: dict[str, tuple[_Rank, Place]] = {}
    for part, place in _links(nodes, reverses):
        if part == place.whole or part not in wholes or not _same_tree(part, place.whole, wholes):
            continue
        rank = _rank(place, wholes[part])
        if rank is not None and (part not in best or rank < best[part][0]):
            best[part] = rank, place
    places = {part: best[part][1] if part in best else Place(found[0], None) for part, found in wholes.items()}
    return _without_cycles(places)


def _wholes(iri: str, nodes: Nodes, root: str) -> Iterator[str]:
    """Yield the nodes whose IRI this one extends, nearest first."""
    cut = iri.rfind("/")
    while iri.startswith(root) and cut > len(root):
        if iri[:cut] in nodes:
            yield iri[:cut]
        cut = iri.rfind("/", 0, cut)


def _same_tree(part: str, whole: str, wholes: Mapping[str, list[str]]) -> bool:
    return wholes[part][-1] == (wholes[whole][-1] if whole in wholes else whole)


def _links(nodes: Nodes, reverses: Collection[str]) -> Iterator[tuple[str, Place]]:
    for subject, properties in nodes.items():
        for predicate, values in properties.items():
            is_reverse = predicate in reverses
            if not is_reverse and predicate not in WHOLE_TO_PART:
                continue
            for value in values:
                if isinstance(value, NamedNode) and value.value in nodes:
                    part, whole = (subject, value.value) if is_reverse else (value.value, subject)
                    yield part, Place(whole, predicate, is_reverse)


def _rank(place: Place, wholes: list[str]) -> _Rank | None:
    """Return how good a place is, lowest best; None if the part may not stand there."""
    nearest_first = (-len(place.whole), place.whole, place.predicate or "")
    if not place.is_reverse and WHOLE_TO_PART[place.predicate or ""]:
        return 0, *nearest_first
    if place.whole in wholes:
        return 1, *nearest_first
    return (2, 0, *nearest_first[1:]) if place.is_reverse else None


def _without_cycles(places: dict[str, Place]) -> dict[str, Place]:
    """Let one node of each cycle stand on its own; sound data has none."""
    sound: set[str] = set()
    for start in sorted(places):
        path: dict[str, None] = {}
        iri = start
        while iri in places and iri not in sound:
            if iri in path:
                del places[iri]
                break
            path[iri] = None
            iri = places[iri].whole
        sound.update(path)
    return places

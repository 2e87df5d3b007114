"""The concepts of the ontology as word lists: labels, spellings and abbreviations, by scheme.

``ontology/concepts.ttl`` is their one place; everything here is read from it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from discograph.needles import any_of
from discograph.rdf import Literal, NamedNode, parse_file
from discograph.resources import resource
from discograph.vocab import CONCEPT_BASE, SKOS

_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


class Concept(NamedTuple):
    """A concept: its scheme, the last part of its IRI, and its preferred label."""

    scheme: str
    slug: str
    label: str


class _Concepts(NamedTuple):
    names: dict[str, dict[str, Concept]]
    """By scheme, each label (case-folded) with its concept."""
    related: list[tuple[str, str, str]]
    """The slug of a concept, and the scheme and slug of one that it is related to."""
    broader: dict[tuple[str, str], str]
    """By scheme and slug, the slug of the concept above."""


@cache
def _load() -> _Concepts:
    labels: dict[NamedNode, list[str]] = {}
    preferred: dict[NamedNode, str] = {}
    loaded = _Concepts({}, [], {})
    for node, predicate, value, _ in parse_file(resource("ontology/concepts.ttl")):
        if not isinstance(node, NamedNode) or not node.value.startswith(CONCEPT_BASE):
            continue
        if isinstance(value, Literal) and predicate in _LABELS:
            labels.setdefault(node, []).append(value.value)
            if predicate == SKOS.prefLabel:
                preferred[node] = value.value
        elif isinstance(value, NamedNode) and predicate == SKOS.related:
            loaded.related.append((_place(node)[1], *_place(value)))
        elif isinstance(value, NamedNode) and predicate == SKOS.broader:
            loaded.broader[_place(node)] = _place(value)[1]
    for node, names in labels.items():
        scheme, slug = _place(node)
        if slug:  # else it is the scheme itself
            concept = Concept(scheme, slug, preferred[node])
            loaded.names.setdefault(scheme, {}).update((name.casefold(), concept) for name in names)
    return loaded


def _place(node: NamedNode) -> tuple[str, str]:
    """Return the scheme and the slug of a concept."""
    scheme, _, slug = node.value.removeprefix(CONCEPT_BASE).partition("/")
    return scheme, slug


@lru_cache(maxsize=4096)  # instruments and genres recur from line to line
def concept(scheme: str, name: str) -> Concept | None:
    """Return the concept that a name stands for, by any of its labels without regard to case; else None."""
    return _load().names.get(scheme, {}).get(" ".join(name.split()).casefold())


@cache
def _instruments() -> dict[str, str]:
    """Return the instrument (by its label) that each kind of player plays, by the player's slug."""
    played = ((player, by_slug(scheme, slug)) for player, scheme, slug in _load().related if scheme == "instrument")
    return {player: found.label for player, found in played if found}


def instrument_of(occupation: str) -> str | None:
    """Return the instrument that a kind of player plays ("pianist": "piano"), None for anybody else."""
    known = concept("occupation", occupation)
    return _instruments().get(known.slug) if known else None


def by_slug(scheme: str, slug: str) -> Concept | None:
    """Return the concept with the IRI ``…/concept/{scheme}/{slug}``, None if there is none."""
    return _by_slug().get((scheme, slug))


@cache
def _by_slug() -> dict[tuple[str, str], Concept]:
    return {(c.scheme, c.slug): c for labels in _load().names.values() for c in labels.values()}


@cache
def is_kind_of(concept_: Concept, *slugs: str) -> bool:
    """Tell whether a concept lies below one of others of its scheme; nothing lies below itself.

    >>> is_kind_of(by_slug("instrument", "alto-saxophone"), "brass", "woodwind")
    True
    """
    above = concept_.slug
    while above := _load().broader.get((concept_.scheme, above), ""):
        if above in slugs:
            return True
    return False


@cache
def _openings(*schemes: str) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the first words of labels of the schemes, and how long they are."""
    found = frozenset(label.split()[0] for scheme in schemes for label in _load().names.get(scheme, {}))
    return found, tuple({len(word) for word in found})


def opens(text: str, *schemes: str) -> bool:
    """Tell whether a case-folded text begins as labels of the schemes do; else it begins with none of them."""
    words, lengths = _openings(*schemes)
    return any(text[:length] in words for length in lengths)


@cache
def alternatives(*schemes: str) -> str:
    """Return a regular expression for any label of the schemes, the longest that fits; no groups, no anchors."""
    return any_of(label for scheme in schemes for label in _load().names.get(scheme, {}))

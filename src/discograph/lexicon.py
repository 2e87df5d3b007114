"""The concepts of the ontology as word lists: labels, spellings and abbreviations, by scheme.

``ontology/concepts.ttl`` is their one place; everything here is read from it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from discograph.needles import any_of
from discograph.rdf import Literal, NamedNode, parse_file
from discograph.resources import resource
from discograph.vocab import CONCEPT_BASE, SKOS


class Concept(NamedTuple):
    """A concept: its scheme, the last part of its IRI, and its preferred label."""

    scheme: str
    slug: str
    label: str


@cache
def _load() -> tuple[dict[str, dict[str, Concept]], dict[Concept, str]]:
    """Return label (case-folded) to concept by scheme, and the broader slug of each concept."""
    names: dict[NamedNode, list[str]] = {}
    preferred: dict[NamedNode, str] = {}
    broader: dict[NamedNode, str] = {}
    for quad in parse_file(resource("ontology/concepts.ttl")):
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(CONCEPT_BASE):
            continue
        if isinstance(quad.object, Literal) and quad.predicate in (
            SKOS.prefLabel,
            SKOS.altLabel,
            SKOS.hiddenLabel,
        ):
            names.setdefault(quad.subject, []).append(quad.object.value)
            if quad.predicate == SKOS.prefLabel:
                preferred[quad.subject] = quad.object.value
        elif quad.predicate == SKOS.broader and isinstance(quad.object, NamedNode):
            broader[quad.subject] = quad.object.value.rsplit("/", 1)[-1]
    table: dict[str, dict[str, Concept]] = {}
    parents: dict[Concept, str] = {}
    for node, labels in names.items():
        scheme, _, slug = node.value.removeprefix(CONCEPT_BASE).partition("/")
        if not slug:
            continue  # the scheme itself
        concept = Concept(scheme, slug, preferred[node])
        for label in labels:
            table.setdefault(scheme, {})[label.casefold()] = concept
        if node in broader:
            parents[concept] = broader[node]
    return table, parents


@lru_cache(maxsize=4096)  # instruments and genres recur from line to line
def concept(scheme: str, name: str) -> Concept | None:
    """Return the concept that a name stands for, by any of its labels without regard to case; else None."""
    return _load()[0].get(scheme, {}).get(" ".join(name.split()).casefold())


@cache
def _instruments() -> dict[str, str]:
    """Return the instrument (by its label) that each kind of player plays, by the player's slug."""
    found: dict[str, str] = {}
    for quad in parse_file(resource("ontology/concepts.ttl")):
        if (
            quad.predicate == SKOS.related
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ):
            scheme, _, slug = quad.object.value.removeprefix(CONCEPT_BASE).partition("/")
            played = by_slug(scheme, slug)
            if played and scheme == "instrument":
                found[quad.subject.value.rsplit("/", 1)[-1]] = played.label
    return found


def instrument_of(occupation: str) -> str | None:
    """Return the instrument that a kind of player plays ("pianist": "piano"), None for anybody else."""
    known = concept("occupation", occupation)
    return _instruments().get(known.slug) if known else None


def by_slug(scheme: str, slug: str) -> Concept | None:
    """Return the concept with the IRI ``…/concept/{scheme}/{slug}``, None if there is none."""
    return _by_slug().get((scheme, slug))


@cache
def _by_slug() -> dict[tuple[str, str], Concept]:
    return {(c.scheme, c.slug): c for labels in _load()[0].values() for c in labels.values()}


@cache
def is_kind_of(concept_: Concept, *slugs: str) -> bool:
    """Tell whether a concept lies below one of others of its scheme; nothing lies below itself.

    >>> is_kind_of(by_slug("instrument", "alto-saxophone"), "brass", "woodwind")
    True
    """
    parents = _load()[1]
    above: Concept | None = concept_
    while above and (slug := parents.get(above)):
        if slug in slugs:
            return True
        above = by_slug(concept_.scheme, slug)
    return False


@cache
def opening(*schemes: str) -> re.Pattern[str]:
    """Return a pattern for how labels of the schemes begin: case-folded text that it does not match names none."""
    return re.compile(any_of(label.split()[0] for scheme in schemes for label in _load()[0].get(scheme, {})))


@cache
def alternatives(*schemes: str) -> str:
    """Return a regular expression for any label of the schemes, the longest that fits; no groups, no anchors."""
    return any_of(label for scheme in schemes for label in _load()[0].get(scheme, {}))

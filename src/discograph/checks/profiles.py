"""Profiles: shape files that add rules to the default ones, or switch some of them off.

A profile is a file of ``shapes/profiles``, read with the others: what it switches off has ``sh:deactivated``, so
that any SHACL engine that is given the same files runs the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from discograph.checks.finding import Rule, SwitchedOff, rule_order
from discograph.checks.shape import is_deactivated, rule_of
from discograph.checks.shapes_graph import ShapesGraph, Value, sh
from discograph.errors import ShapesError
from discograph.rdf import Literal, NamedNode, Triple
from discograph.resources import resource
from discograph.vocab import XSD

DEFAULT_PROFILE = "default"
PROFILES = ("structural", DEFAULT_PROFILE, "strict")
"""The profiles, the most lenient first; the default one is ``shapes/`` as it is."""

_TRUE = Literal("true", datatype=NamedNode(XSD.string.value.removesuffix("string") + "boolean"))


def profile_files(profile: str) -> tuple[Path, ...]:
    """Return the shape files that a profile adds. Raises: ShapesError if there is no such profile."""
    if profile not in PROFILES:
        raise ShapesError(f"unknown profile {profile!r}; known: {', '.join(PROFILES)}")
    return () if profile == DEFAULT_PROFILE else (resource(f"shapes/profiles/{profile}.ttl"),)


def deactivated(graph: ShapesGraph, profile: str) -> Iterator[SwitchedOff]:
    """Yield each rule of which the shapes graph switches off every shape, and that it does so."""
    states: dict[str, set[bool]] = {}
    for node in graph.subjects():
        if isinstance(node, NamedNode) and _is_part_of_rule(graph, node):
            states.setdefault(rule_of(node), set()).add(is_deactivated(graph, node))
    for rule, found in states.items():
        if found == {True}:
            yield SwitchedOff(rule, f"not in profile {profile}" if profile != DEFAULT_PROFILE else "by its shape")


def _is_part_of_rule(graph: ShapesGraph, node: Value) -> bool:
    predicates = graph.predicates(node)
    return sh("deactivated") in predicates or any(
        predicate.value.startswith(sh("target").value) for predicate in predicates
    )


def switch_off(graph: ShapesGraph, reasons: Mapping[str, str], known: Iterable[Rule]) -> None:
    """Deactivate every shape of some rules. Raises: ShapesError if a rule is not known."""
    ids = sorted({rule.id for rule in known}, key=rule_order)
    for rule in reasons:
        if rule not in ids:
            close = get_close_matches(rule.upper(), ids, 3) or ids[:3]
            raise ShapesError(f"no rule {rule!r} to switch off; perhaps {', '.join(close)}; docs/rules.md lists them")
    for node in list(graph.subjects()):
        if isinstance(node, NamedNode) and rule_of(node) in reasons and not is_deactivated(graph, node):
            graph.add(Triple(node, sh("deactivated"), _TRUE))

"""The prefixes that a written file declares: the fixed ones and those of one base IRI, if used."""

from __future__ import annotations

from collections.abc import Iterable

from discograph.namespaces import PREFIXES
from discograph.vocab import CONCEPT_BASE

DEFAULT_BASE = CONCEPT_BASE.removesuffix("concept/")
"""Where things live unless ``--base-iri`` says otherwise."""

_ENTITIES = ("album", "ensemble", "film", "label", "person", "place")


def prefix_table(base_iri: str = DEFAULT_BASE) -> dict[str, str]:
    """Return every prefix that a file of this base IRI may declare, in alphabetical order.

    Shape: a scheme's prefix always means the ontology's own concepts. Under another base the article's
    own concepts are ``concept:chart/…``: one prefix for all, since they belong to no shared list.
    """
    table = PREFIXES | {name: f"{base_iri}id/{name}/" for name in _ENTITIES}
    table |= {"claim": f"{base_iri}claim/", "doc": f"{base_iri}doc/"}
    if base_iri != DEFAULT_BASE:
        table["concept"] = f"{base_iri}concept/"
    return dict(sorted(table.items()))


def used_prefixes(table: dict[str, str], iris: Iterable[str]) -> dict[str, str]:
    """Return the part of a prefix table whose namespaces begin one of the IRIs, in the table's order."""
    unseen = {namespace: prefix for prefix, namespace in table.items()}
    used: set[str] = set()
    namespaces = tuple(unseen)
    for iri in iris:
        if iri.startswith(namespaces):  # one test for all keeps this linear; each namespace hits at most once
            found = next(namespace for namespace in namespaces if iri.startswith(namespace))
            used.add(unseen.pop(found))
            namespaces = tuple(unseen)
    return {prefix: namespace for prefix, namespace in table.items() if prefix in used}

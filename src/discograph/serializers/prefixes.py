"""The prefixes that a written file declares: those of the table that it uses."""

from __future__ import annotations

from collections.abc import Iterable


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

"""The prefixes and the base that a query of ours takes for granted, written out for engines that lack them."""

from __future__ import annotations

from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query import scan


def with_prologue(sparql: str, base_iri: str = DEFAULT_BASE) -> str:
    """Return a query that declares our prefixes as far as it uses them, and the base.

    Shape: all in front of the first line, so that lines keep their numbers.

    >>> with_prologue("ASK { ?x a dg:Film }")
    'BASE <https://w3id.org/discograph/> PREFIX dg: <https://w3id.org/discograph/ns#> ASK { ?x a dg:Film }'
    """
    used = scan.prefixes_of(scan.tokens(sparql))
    declared = [f"PREFIX {name}: <{iri}>" for name, iri in prefix_table(base_iri).items() if name in used]
    return " ".join([f"BASE <{base_iri}>", *declared, sparql])

"""Where the data files that travel with discograph are: ontology, shapes, queries, word lists.

A wheel carries ``ontology/`` and ``shapes/`` under ``_resources``; an editable install and a checkout
have them at the repository's root, beside ``src``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resource(name: str) -> Path:
    """Return the folder or file of a resource.

    Shape: ``name`` is a path relative to the resources' root: ``ontology/concepts.ttl``, ``shapes``,
    ``queries/tables``, ``wordlists/countries.tsv``.
    Raises: FileNotFoundError if the installation lacks it, which means that it is broken.
    """
    candidates = (_PACKAGE / "_resources" / name, _PACKAGE / name, _PACKAGE.parents[1] / name)
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"discograph's own file {name!r} is missing; reinstall the package")

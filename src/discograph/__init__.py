"""Turn articles about albums into a music knowledge graph with evidence for every triple."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from discograph.api import OpenGraphs

__version__ = "0.1.0"


def open(*sources: str | os.PathLike[str], **options: str) -> OpenGraphs:  # noqa: A001 - what people look for
    """Return documents, graph files, a store folder or an endpoint, opened for questions.

    Shape: ``options`` are ``base_iri`` and ``form``; see ``discograph.api.open_sources``, which this calls. It
    is imported here and not above, because every start of the command line would pay for it.

    >>> open("https://example.org/sparql").dataset.url
    'https://example.org/sparql'
    """
    from discograph.api import open_sources

    return open_sources(*sources, **options)

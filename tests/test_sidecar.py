"""Sidecars: every message with its place, and every kind of claim as the graph holds it.

Cases: ``cases/sidecar/refused/<case>.yaml`` (``message``) and ``cases/sidecar/claims/<case>.yaml``
(``facts``, ``absent``, ``claims``), each beside its sidecar ``<case>.claims``; all are about one document,
``cases/sidecar/harbour.txt``, or the one that ``document`` names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from discograph.errors import SourceError
from discograph.pipeline import map_documents, read_document
from discograph.readers.sidecar import sidecar_path
from tests.case_files import CASES, Case, parameters, yaml_cases
from tests.graph_notation import GraphNotation

FOLDER = CASES / "sidecar"
KNOWN_WRONG: dict[str, str] = {}
REFUSED = yaml_cases(FOLDER / "refused", required={"message"}, optional={"document"}, partner=".claims")
CLAIMS = yaml_cases(
    FOLDER / "claims", required={"facts"}, optional={"absent", "claims", "document"}, partner=".claims"
)

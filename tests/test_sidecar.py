"""Sidecars: every message with its place, and every kind of claim as the graph holds it.

Cases: ``cases/sidecar/refused/<case>.yaml`` (``message``) and ``cases/sidecar/claims/<case>.yaml``
(``facts``, ``absent``, ``claims``), each beside its sidecar ``<case>.claims``. All are about
``cases/sidecar/harbour.txt``, or the document that ``document`` names. ``{path}`` is the sidecar's.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from discograph.errors import SourceError
from discograph.mapping import MappedDocument
from discograph.pipeline import map_documents, read_document
from discograph.readers.sidecar import sidecar_path
from tests.case_files import CASES, Case, Notation, assert_graph, parameters, yaml_cases

FOLDER = CASES / "sidecar"
KNOWN_WRONG: dict[str, str] = {}
REFUSED = yaml_cases(FOLDER / "refused", required={"message"}, optional={"document"}, partner=".claims")
CLAIMS = yaml_cases(FOLDER / "claims", required={"facts"}, optional={"absent", "claims", "document"}, partner=".claims")


def test_the_folder_holds_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"refused", "claims", "harbour.txt", "place.txt"}


def place(case: Case, folder: Path) -> Path:
    """Copy the document of a case and its sidecar to a folder; return the document."""
    document = Path(shutil.copy(FOLDER / (case.get("document") or "harbour.txt"), folder))
    shutil.copy(case.path.with_suffix(".claims"), sidecar_path(document))
    return document


def mapped(document: Path) -> MappedDocument:
    return map_documents([read_document(document)])[0]


@pytest.mark.parametrize("case", parameters(REFUSED, {k: v for k, v in KNOWN_WRONG.items() if "refused/" in k}))
def test_refused(case: Case, tmp_path: Path) -> None:
    document = place(case, tmp_path)
    with pytest.raises(SourceError) as caught:
        mapped(document)
    assert str(caught.value).startswith(case.data["message"].format(path=sidecar_path(document))), case.data["why"]


@pytest.mark.parametrize("case", parameters(CLAIMS, {k: v for k, v in KNOWN_WRONG.items() if "claims/" in k}))
def test_claims(case: Case, tmp_path: Path) -> None:
    result = mapped(place(case, tmp_path))
    album = result.albums[0].value if result.albums else ""
    assert_graph(case, result.quads, Notation(album, result.iri.value))


def test_a_sidecar_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    document = Path(shutil.copy(FOLDER / "harbour.txt", tmp_path))
    sidecar_path(document).mkdir()
    with pytest.raises(SourceError, match=r"harbour\.claims\.yaml: cannot be read: Is a directory"):
        read_document(document)


def test_a_document_needs_no_sidecar(tmp_path: Path) -> None:
    document = Path(shutil.copy(FOLDER / "harbour.txt", tmp_path))
    assert read_document(document).sidecar is None

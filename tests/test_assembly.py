"""What the extractors say of one thing becomes one record, and what differs stays side by side.

Cases: ``cases/assembly/<case>.yaml`` with ``document``, ``album`` (the fields of ``AlbumRecord`` that the case
is about, in full, in the notation of ``case_files.noted``; ``none`` for a page about no album) and ``page``
(the same of ``PageAlbums``; ``problems`` are the words that they are about).
``python -m tests.test_assembly CASE…`` prints what assembly makes of a case.
"""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from discograph.assembly import assemble
from discograph.document import Source
from discograph.extractors import extract
from discograph.readers import read_rendered
from discograph.records import AlbumRecord
from tests.case_files import CASES, Case, noted, parameters, yaml_cases

KNOWN_WRONG: dict[str, str] = {}
ASSEMBLY = yaml_cases(CASES / "assembly", required={"document", "album"}, optional={"page"})
ALBUM_FIELDS = {field.name for field in fields(AlbumRecord)}


def assembled(text: str) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the album and the page of a document as a case writes them."""
    source = Source("x.txt", text)
    page = assemble(extract(read_rendered(source)))
    assert len(page.albums) <= 1
    shown = {"page": noted(page.page, source), "issues": noted(page.issues, source)}
    shown["problems"] = [source.quote(problem.span) for problem in page.problems]
    return noted(page.albums[0], source) if page.albums else None, shown


@pytest.mark.parametrize("case", parameters(ASSEMBLY, KNOWN_WRONG))
def test_assembly(case: Case) -> None:
    album, page = assembled(case.data["document"])
    expected = case.data["album"]
    if expected == "none":
        assert album is None, case.data["why"]
    else:
        assert album is not None
        assert expected.keys() <= ALBUM_FIELDS, f"unknown fields {sorted(expected.keys() - ALBUM_FIELDS)}"
        assert {name: album.get(name, []) for name in expected} == expected, case.data["why"]
    about_page = case.get("page") or {}
    assert {name: page[name] for name in about_page} == about_page, case.data["why"]


def main(paths: list[str]) -> None:
    """Print what assembly makes of cases, as YAML."""
    for path in map(Path, paths):
        album, page = assembled(yaml.safe_load(path.read_text(encoding="utf-8"))["document"])
        shown = {"album": album, "page": page}
        sys.stdout.write(yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None))


if __name__ == "__main__":
    main(sys.argv[1:])

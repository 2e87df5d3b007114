"""Page titles from beside the text: the index, the file name, and what they may be used for.

Cases: ``cases/titles/<case>.yaml``: ``index`` (the text of INDEX.tsv, none if left out), ``file``, its ``text``
(an album's first sentence if left out), then ``title`` and ``exact``, or what the error ``says``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from discograph import cli
from discograph.errors import SourceError
from discograph.extractors.base import album_titles
from discograph.pipeline import map_documents, read_document
from discograph.readers import FORMS
from discograph.readers.titles import page_title
from tests.case_files import CASES, Case, parameters, yaml_cases

ALL = yaml_cases(CASES / "titles", required={"file"}, optional={"index", "text", "title", "exact", "says"})


def lay(folder: Path, index: str | None, file: str, text: str | None = None) -> Path:
    """Put a document and its index into a folder; return the document."""
    path = folder / file
    path.write_text(text or "Salt is an album.\n", encoding="utf-8")
    if index is not None:
        (folder / "INDEX.tsv").write_bytes(index.encode())
    return path


@pytest.mark.parametrize("case", parameters(ALL))
def test_page_title(case: Case, tmp_path: Path) -> None:
    path = lay(tmp_path, case.get("index"), case.data["file"], case.get("text"))
    if says := case.get("says"):
        with pytest.raises(SourceError) as caught:
            read_document(path)
        assert str(caught.value).endswith(says), case.data["why"]
        return
    document = read_document(path).document
    assert (document.page_title, document.has_exact_title) == (case.data["title"], case.data["exact"]), case.data["why"]
    assert (document.title is not None) == (case.get("text") is not None)


def test_an_index_that_changes_is_read_again(tmp_path: Path) -> None:
    path = lay(tmp_path, "file\ttitle\nSalt.txt\tSalt\n", "Salt.txt")
    assert page_title(path) == "Salt"
    index = path.with_name("INDEX.tsv")
    before = index.stat()
    index.write_text("file\ttitle\nSalt.txt\tSalt!\n", encoding="utf-8")
    os.utime(index, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert page_title(path) == "Salt!"


def test_an_index_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = lay(tmp_path, None, "Salt.txt")
    (tmp_path / "INDEX.tsv").write_bytes(b"file\ttitle\nSalt.txt\tS\xe4lt\n")
    with pytest.raises(SourceError, match=r"INDEX\.tsv:2: not UTF-8; save it as UTF-8"):
        page_title(path)


def test_an_index_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    path = lay(tmp_path, None, "Salt.txt")
    (tmp_path / "INDEX.tsv").mkdir()
    with pytest.raises(SourceError, match=r"INDEX\.tsv: cannot be read: Is a directory"):
        page_title(path)


def test_an_exact_title_is_the_albums_beside_the_subject_of_the_lead(tmp_path: Path) -> None:
    text = "The Salt is an album by Ada Moss.\n"
    path = lay(tmp_path, "file\ttitle\nSalt.txt\tSalt! (Ada Moss album)\n", "Salt.txt", text)
    assert album_titles(read_document(path).document) == ("salt!", "the salt")
    (tmp_path / "INDEX.tsv").unlink()
    assert album_titles(read_document(path).document) == ("the salt",), "a file name has lost its punctuation"


def test_a_title_without_words_in_the_text_becomes_no_claim(tmp_path: Path) -> None:
    path = lay(tmp_path, "file\ttitle\nSalt.txt\tThe Saltest of All\n", "Salt.txt")
    assert read_document(path).page.albums
    assert not [quad for quad in map_documents([read_document(path)])[0].quads if "Saltest" in str(quad)]


@pytest.mark.parametrize("command", ["check", "coverage", "export", "tables"])
def test_commands_tell_a_malformed_index(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(tmp_path, "title\nSalt\n", "Salt.txt")
    assert cli.run([command, str(tmp_path)]) == cli.EXIT_FAILED
    assert capsys.readouterr().err.startswith(f"error: {tmp_path / 'INDEX.tsv'}:1: the header line must name")


BOX = "Salt\n- Type: studio\n- Artist: Ada Moss\n\nSalt is an album by Ben Oak.\n"


@pytest.mark.parametrize(("form", "artists"), [("auto", 2), ("rendered", 2), ("extract", 1)])
def test_the_form_of_documents_can_be_named(
    form: str, artists: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(tmp_path, None, "Salt.txt", BOX)
    assert cli.run(["tables", str(path), "--table", "artist", "-f", "csv", "--input-form", form]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + artists


@pytest.mark.parametrize("command", ["export", "check", "query", "tables", "coverage", "evaluate"])
def test_every_command_that_reads_documents_takes_the_form(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, "--help"]) == 0
    assert f"--input-form [auto|{'|'.join(FORMS)}]" in capsys.readouterr().out

"""Bad input: a clear line, the right exit code, nothing half-written. And the same bytes on every run.

A case is a file in ``cases/robustness/<group>``: ``files`` are laid in an empty folder, ``discograph`` is run
there with ``arguments`` (``export in -o out`` if not given), ``says`` must stand on stderr. A file is a text,
or a mapping: ``copy`` of a document of ``cases/robustness/documents``, ``hex`` bytes, a text under the name of
its encoding, ``repeat`` … ``times`` (after what else there is), or ``folder``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from discograph.serializers import FORMATS
from tests.case_files import CASES, Case, parameters, yaml_cases
from tests.process import files_of, run

FOLDER = CASES / "robustness"
DOCUMENTS = FOLDER / "documents"
GROUPS = ("graphs", "output", "sidecars", "sources")
ENCODINGS = ("latin-1", "utf-16")
KNOWN_WRONG: dict[str, str] = {}
"""Case to reason."""


def cases() -> list[Case]:
    """Return the cases of all groups; a folder that is no group would never be run."""
    assert {path.name for path in FOLDER.iterdir()} == {*GROUPS, DOCUMENTS.name}
    required, optional = ("exit", "says", "files"), ("arguments",)
    return [case for group in GROUPS for case in yaml_cases(FOLDER / group, required=required, optional=optional)]


def content(spec: Any) -> bytes | None:
    """Return the bytes of a file of a case, None for a folder."""
    if isinstance(spec, str):
        return spec.encode()
    assert isinstance(spec, dict)
    unknown = spec.keys() - {"copy", "hex", "repeat", "times", "folder", *ENCODINGS}
    assert not unknown, f"unknown keys {sorted(unknown)}"
    if spec.get("folder"):
        return None
    data = (DOCUMENTS / spec["copy"]).read_bytes() if "copy" in spec else b""
    data += bytes.fromhex(spec.get("hex", ""))
    data += b"".join(spec[encoding].encode(encoding) for encoding in ENCODINGS if encoding in spec)
    repeated: bytes = spec.get("repeat", "").encode() * spec.get("times", 1)
    return data + repeated


def lay(files: dict[str, Any], folder: Path) -> None:
    """Put the files of a case into a folder."""
    for name, spec in files.items():
        path, data = folder / name, content(spec)
        (path if data is None else path.parent).mkdir(parents=True, exist_ok=True)
        if data is not None:
            path.write_bytes(data)


@pytest.mark.parametrize("case", parameters(cases(), KNOWN_WRONG))
def test_what_cannot_be_done_is_said_in_one_line_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    lay(case.data["files"], tmp_path)
    before = files_of(tmp_path)
    ended = run(*(case.get("arguments") or ["export", "in", "-o", "out"]), cwd=tmp_path)
    assert "Traceback" not in ended.err
    assert ended.code == case.data["exit"], ended.err
    for words in case.data["says"]:
        assert words in " ".join(ended.err.split())
    if ended.code == 3 and "query -e" not in " ".join(case.get("arguments") or []):
        assert ended.err.startswith("error: ")
        assert ended.err.count("\n") == 1, ended.err
    assert ended.out == ""
    assert different(files_of(tmp_path), before) == []


# The same bytes.


def exported(tmp_path: Path, name: str, *sources: str | Path, **changes: str) -> dict[str, bytes]:
    """Return the files of an export of documents in every format."""
    formats = [word for fmt in FORMATS for word in ("-f", fmt.name)]
    ended = run("export", *sources, "-o", tmp_path / name, *formats, cwd=DOCUMENTS, **changes)
    assert ended.code == 0, ended.err
    return files_of(tmp_path / name)


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """Return the names of files that differ; pytest's own comparison of the bytes takes long."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a plain export of the documents."""
    found = exported(tmp_path_factory.mktemp("plain"), "out", DOCUMENTS)
    assert len(found) == 3 * len(FORMATS) + 1  # and void.ttl
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
    ],
    ids=lambda changes: ",".join(f"{name}={value}" for name, value in changes.items()),
)
def test_export_gives_the_same_bytes_in_any_process(
    plain: dict[str, bytes], tmp_path: Path, changes: dict[str, str]
) -> None:
    assert different(exported(tmp_path, "out", DOCUMENTS, **changes), plain) == []


def test_export_over_an_older_export_gives_the_same_bytes(plain: dict[str, bytes], tmp_path: Path) -> None:
    assert different(exported(tmp_path, "out", DOCUMENTS), plain) == []
    assert different(exported(tmp_path, "out", DOCUMENTS), plain) == []


@pytest.mark.parametrize("step", [1, 2, -1])
def test_export_gives_the_same_bytes_in_any_order_of_documents(
    plain: dict[str, bytes], tmp_path: Path, step: int
) -> None:
    names = sorted(path.name for path in DOCUMENTS.iterdir())
    order = names[::-1] if step < 0 else names[step:] + names[:step]
    assert different(exported(tmp_path, "out", *order), plain) == []


# What a file may begin or break its lines with.


def facts(tmp_path: Path, name: str, data: bytes) -> str:
    """Return the Turtle of a document with these bytes, without the digest of the file."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "a.txt").write_bytes(data)
    ended = run("export", "a.txt", "-o", "out", "-f", "turtle", cwd=folder)
    assert ended.code == 0, ended.err
    lines = (folder / "out" / "a.ttl").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if "dg:sha256" not in line)


def test_windows_line_breaks_change_no_fact(tmp_path: Path) -> None:
    data = (DOCUMENTS / "low-tide.txt").read_bytes()
    assert facts(tmp_path, "crlf", data.replace(b"\n", b"\r\n")) == facts(tmp_path, "lf", data)


def test_a_byte_order_mark_changes_no_fact(tmp_path: Path) -> None:
    data = (DOCUMENTS / "low-tide.txt").read_bytes()
    assert facts(tmp_path, "bom", b"\xef\xbb\xbf" + data) == facts(tmp_path, "plain", data)

"""``output/`` is the export of ``seeds/``, and its evidence holds for somebody who knows nothing of us."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.process import ROOT, Ended, end_of, environment, files_of, run

SEEDS = ROOT / "seeds"
OUTPUT = ROOT / "output"
QUOTES = ROOT / "tests" / "independent" / "quotes.py"


def quotes(graphs: Path, sources: Path) -> Ended:
    """Run the independent script, cut off from this project's folders."""
    command = [sys.executable, "-I", str(QUOTES), str(graphs), str(sources)]
    return end_of(command, graphs.parent, environment())


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a fresh export of ``seeds/`` as N-Quads, which are easy to spoil line by line."""
    folder = tmp_path_factory.mktemp("nquads")
    ended = run("export", SEEDS, "-o", folder, "-f", "nquads", cwd=folder)
    assert ended.code == 0, ended.err
    (data,) = (data for name, data in files_of(folder).items() if name.endswith(".nq"))
    return data.decode()


def test_output_is_the_export_of_seeds_to_the_byte(tmp_path: Path) -> None:
    ended = run("export", "seeds", "-o", tmp_path / "fresh", cwd=ROOT)
    assert ended.code == 0, ended.err
    fresh, committed = files_of(tmp_path / "fresh"), files_of(OUTPUT)
    stale = sorted(name for name in fresh.keys() | committed.keys() if fresh.get(name) != committed.get(name))
    assert not stale, f"run `discograph export seeds` and commit output/: {stale}"


def test_every_quote_of_output_stands_where_it_is_said_to_stand() -> None:
    ended = quotes(OUTPUT, SEEDS)
    assert ended.code == 0, ended.out + ended.err


def test_every_quote_of_a_fresh_export_stands_where_it_is_said_to_stand(nquads: str, tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(nquads, encoding="utf-8")
    ended = quotes(tmp_path / "g.nq", SEEDS)
    assert ended.code == 0, ended.out + ended.err
    assert re.fullmatch(r"1 graphs, \d{3,} facts, \d{2,} quotes, 0 faults\n", ended.out)


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r'(#exact> )"Miles', r'\1"Myles', "does not stand at"),
        (r'(#start> )"99"', r'\1"98"', "does not stand at"),
        (r'(#end> )"110"', r'\1"111"', "does not stand at"),
        (r'(#line> )"5"', r'\1"6"', "is not in line 6"),
        (r'(#column> )"11"', r'\1"12"', "is not at column 12"),
        (r'(#sha256> )"[0-9a-f]{64}"', r'\1"' + "0" * 64 + '"', "is not the text that the graph was made from"),
        (r".*#evidence>.*\n", "", "has no quote"),
        (r".*wasQuotedFrom>.*\n", "", "of no document"),
        (r".*#start>.*\n", "", "lacks oa:start"),
        (r".*subject> .*\n", "", "has no claim"),
    ],
)
def test_a_spoilt_copy_is_found_out(nquads: str, tmp_path: Path, pattern: str, replacement: str, fault: str) -> None:
    spoilt, count = re.subn(pattern, replacement, nquads, count=1)
    assert count == 1, "nothing to spoil"
    (tmp_path / "g.nq").write_text(spoilt, encoding="utf-8")
    ended = quotes(tmp_path / "g.nq", SEEDS)
    assert ended.code == 1
    assert fault in ended.out


def test_a_changed_text_is_found_out(nquads: str, tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(nquads, encoding="utf-8")
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (text,) = (tmp_path / "seeds").glob("*.txt")
    text.write_bytes(text.read_bytes().replace(b"Paris", b"paris", 1))
    ended = quotes(tmp_path / "g.nq", tmp_path / "seeds")
    assert ended.code == 1
    assert "is not the text" in ended.out
    assert "does not stand at" in ended.out


def test_no_graph_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert quotes(tmp_path / "empty", SEEDS).code == 1


@pytest.mark.parametrize("mark", [pytest.param("", id="plain"), pytest.param("\ufeff", id="byte-order-mark")])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["unix", "windows"])
def test_quotes_stand_whatever_begins_the_file_and_ends_its_lines(tmp_path: Path, mark: str, line_break: str) -> None:
    text = (ROOT / "tests/cases/robustness/documents/low-tide.txt").read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes((mark + text.replace("\n", line_break)).encode())
    assert run("export", "in", "-o", "out", cwd=tmp_path).code == 0
    ended = quotes(tmp_path / "out", tmp_path / "in")
    assert ended.code == 0, ended.out

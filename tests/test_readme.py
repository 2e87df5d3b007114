"""README.md: what it names exists, what it shows is what comes out, and its two commands are those of the gate.

The kind of a fenced block says how it is checked: ``turtle`` and ``trig`` stand in the export of ``seeds/``
(paragraph by paragraph, whatever the indent), ``yaml`` in its sidecar, ``console`` is run, ``sh`` is one
of the two commands. Any other kind fails.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from discograph import cli
from discograph.query.sources import DESCRIPTION_FILE
from tests.process import ROOT, end_of, environment, run

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CHANGELOG.md", "seeds/README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")))
SHOWN = {"turtle": ".ttl", "trig": ".trig"}
COMMANDS = [re.compile(r"^python3 -m venv .*discograph export seeds$"), re.compile(r"^python3 -m venv .*pytest$")]


class Block(NamedTuple):
    """A fenced block: its kind, its text, and the line it begins in."""

    kind: str
    text: str
    line: int


def blocks(*kinds: str) -> list[Block]:
    """Return the fenced blocks of README.md of these kinds, of any kind if none is given."""
    matches = re.finditer(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    found = (Block(match[1], match[2], TEXT.count("\n", 0, match.start()) + 1) for match in matches)
    return [block for block in found if not kinds or block.kind in kinds]


def flat(text: str) -> str:
    """Return a text with the indent of its lines removed."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def options() -> dict[str, set[str]]:
    """Return the long options of every command."""
    found = {"": {"--version", "--help"}}
    for record in cli.COMMANDS:
        command = getattr(importlib.import_module(record.module), record.name)
        assert isinstance(command, click.Command)
        found[record.name] = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    return found


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a fresh export of ``seeds/``."""
    folder = tmp_path_factory.mktemp("readme")
    assert run("export", "seeds", "-o", folder, cwd=ROOT).code == 0
    return folder


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert {block.kind for block in blocks()} == {*SHOWN, "yaml", "console", "sh"}


@pytest.mark.parametrize("block", blocks(*SHOWN), ids=lambda block: f"{block.kind}-{block.line}")
def test_graph_that_is_shown_is_written(block: Block, export: Path) -> None:
    (path,) = (path for path in export.glob(f"*{SHOWN[block.kind]}") if path.name != DESCRIPTION_FILE)
    written = flat(path.read_text(encoding="utf-8"))
    for paragraph in block.text.split("\n\n"):
        assert flat(paragraph) in written, f"README.md:{block.line}: mend it from {path.name}"


@pytest.mark.parametrize("block", blocks("yaml"), ids=lambda block: str(block.line))
def test_sidecar_that_is_shown_is_there(block: Block) -> None:
    (path,) = (ROOT / "seeds").glob("*.claims.yaml")
    assert flat(block.text) in flat(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: str(block.line))
def test_output_that_is_shown_comes_out(block: Block) -> None:
    shown = re.findall(r"^\$ (.*(?:\n> .*)*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
    assert shown
    for command, output in shown:
        script = f'discograph() {{ "{sys.executable}" -m discograph "$@"; }}\n' + command.replace("\n> ", "\n")
        ended = end_of(["bash", "-euc", script], ROOT, environment(COLUMNS="200"))
        assert ended.code == 0, ended.err
        assert ended.out == output, f"README.md:{block.line}: the command prints something else now"


def test_the_two_commands_are_those_of_the_gate() -> None:
    lines = [block.text.rstrip("\n") for block in blocks("sh")]
    assert len(lines) == len(COMMANDS)
    assert all(pattern.match(line) for pattern, line in zip(COMMANDS, lines, strict=True))
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for ending in ("discograph export seeds", "pytest"):
        assert f"$(readme_command '{ending}')" in gate
    for pattern, line in zip(COMMANDS, lines, strict=True):
        assert [found for found in TEXT.splitlines() if pattern.match(found)] == [line]


def test_every_command_has_its_row_and_no_other() -> None:
    rows = re.findall(r"^\| `discograph (\w+) ", TEXT, re.MULTILINE)
    assert rows == [record.name for record in cli.COMMANDS]


def test_options_that_are_named_exist() -> None:
    known = options()
    spans = re.findall(r"`([^`\n]+)`", TEXT)
    for row in re.findall(r"^\| `discograph .*", TEXT, re.MULTILINE):
        name = re.findall(r"discograph (\w+)", row)[0]
        assert set(re.findall(r"--[a-z][a-z-]+", row)) <= known[name], row
    every = set().union(*known.values())
    assert {word for span in spans for word in re.findall(r"--[a-z][a-z-]+", span)} <= every


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), f"{name}: {target}"


def test_folders_that_are_named_exist() -> None:
    for folder in re.findall(r"^\| `([\w/]+/)` \|", TEXT, re.MULTILINE):
        assert (ROOT / folder).is_dir(), folder


@pytest.mark.parametrize(("code", "arguments"), [(0, ["--version"]), (2, ["export"]), (3, ["export", "nowhere"])])
def test_exit_codes_are_those_of_the_table(code: int, arguments: list[str]) -> None:
    assert re.search(rf"^\| {code} \| \w", TEXT, re.MULTILINE)
    assert run(*arguments, cwd=ROOT).code == code

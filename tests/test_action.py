"""The GitHub Action and the pre-commit hook do what their files say: their steps are run here, as a runner would.

The steps are run with bash; a runner replaces ``${{ … }}`` and reads the files ``GITHUB_OUTPUT`` and
``GITHUB_STEP_SUMMARY``. Nothing is installed from outside: the step that installs gets a package without dependencies.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.process import ROOT, environment
from tests.schemas import SARIF, problems, schema_with

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
DOCUMENTS = ROOT / "tests/cases/planted/documents"


class Runner:
    """What a runner of GitHub does with one composite action: steps in order, each with the outputs of those before."""

    def __init__(self, folder: Path, inputs: dict[str, str]) -> None:
        unknown = inputs.keys() - ACTION["inputs"].keys()
        assert not unknown, f"no inputs of the action: {unknown}"
        self.folder = folder
        self.inputs = {name: str(spec.get("default", "")) for name, spec in ACTION["inputs"].items()} | inputs
        self.outputs: dict[str, dict[str, str]] = {}
        self.files = {name: folder / f".{name}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}

    def value(self, text: str) -> str:
        """Return a text with its expressions replaced."""

        def replaced(match: re.Match[str]) -> str:
            parts = match[1].split(".")
            if parts[0] == "inputs":
                return self.inputs[parts[1]]
            if parts[0] == "steps":
                return self.outputs[parts[1]][parts[3]]
            assert match[1] == "github.action_path", match[1]
            return str(ROOT)

        return re.sub(r"\$\{\{ (\S+) \}\}", replaced, text)

    def step(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one step."""
        step = STEPS[name]
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script could run anything; it must come by env"
        for file in self.files.values():
            file.write_text("", encoding="utf-8")
        variables = {key: self.value(value) for key, value in step["env"].items()}
        variables |= {key: str(path) for key, path in self.files.items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env=environment(**variables) | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
        )
        pairs = self.files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs[name] = dict(pair.split("=", 1) for pair in pairs)
        return ended


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a clean document and a faulty one, and a command ``discograph``."""
    (tmp_path / "articles").mkdir()
    shutil.copy(DOCUMENTS / "Grey_Pier.txt", tmp_path / "articles")
    text = (DOCUMENTS / "Harbour_Lights.txt").read_text(encoding="utf-8")
    text = text.replace("Prev Title: Grey Pier", "Prev Title: Harbour Lights")
    (tmp_path / "articles/Harbour, 100%.txt").write_text(text, encoding="utf-8")
    command = tmp_path / "bin/discograph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m discograph "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def checked(folder: Path, **inputs: str) -> tuple[Runner, subprocess.CompletedProcess[str]]:
    """Run the step that checks."""
    runner = Runner(folder, {name.replace("_", "-"): value for name, value in inputs.items()})
    runner.outputs["install"] = {"command": str(folder / "bin/discograph")}
    return runner, runner.step("check")


def test_the_action_fits_the_schema() -> None:
    assert problems(schema_with("composite", "runs"), ACTION) == []


def test_the_action_annotates_and_sums_up(folder: Path) -> None:
    runner, ended = checked(
        folder, sources="articles", sarif="a.sarif", junit="b.xml", disable="N1=we know\nA5=no, really"
    )
    assert ended.returncode == 1, ended.stderr
    assert runner.outputs["check"] == {"exit-code": "1"}
    (annotation,) = re.findall(r"^::error .*$", ended.stdout, re.MULTILINE)
    assert annotation.startswith("::error file=articles/Harbour%2C 100%25.txt,line=11,endLine=11,col=15,")
    summary = runner.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert summary.startswith("## discograph check: fails\n")
    assert "switched off \\(no, really\\): rule A5" in summary
    assert problems(schema_with(SARIF, ""), json.loads((folder / "a.sarif").read_text(encoding="utf-8"))) == []
    assert b"<testsuites" in (folder / "b.xml").read_bytes()


def test_the_action_passes_what_is_clean_or_known(folder: Path) -> None:
    runner, ended = checked(folder, sources="articles/Grey_Pier.txt\n", gates="track.count=4\nfindings.all<1")
    assert (ended.returncode, runner.outputs["check"]) == (0, {"exit-code": "0"}), ended.stderr
    assert "::error" not in ended.stdout
    assert runner.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8").startswith("## discograph check: passes\n")
    run = [str(folder / "bin/discograph"), "check", "articles", "--baseline", "known.json", "--update-baseline", "-q"]
    subprocess.run(run, cwd=folder, env=environment(), check=True)
    runner, ended = checked(folder, sources="articles", baseline="known.json")
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"sources": "gone"}, 3),
        ({"sources": "articles/Grey_Pier.txt", "gates": "unlinked.person<=0.2"}, 1),
        ({"sources": "articles/Grey_Pier.txt", "gates": "no.metric<=0.2"}, 2),
        ({"sources": "articles/Grey_Pier.txt", "profile": "lax"}, 2),
        ({"sources": "$(touch owned)\n`touch owned`; touch owned"}, 3),
    ],
    ids=lambda value: str(value),
)
def test_the_action_fails_as_check_does(folder: Path, inputs: dict[str, str], code: int) -> None:
    runner, ended = checked(folder, **inputs)
    assert ended.returncode == code, ended.stderr
    assert runner.outputs["check"] == {"exit-code": str(code)}
    assert not (folder / "owned").exists()


def test_the_action_installs_the_command(tmp_path: Path) -> None:
    """The package comes from the checkout; its dependencies are those of this environment."""
    packages = sysconfig.get_path("purelib")
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": packages}
    runner = Runner(tmp_path, {"sources": "articles", "python": sys.executable})
    ended = runner.step("install", **offline)
    assert ended.returncode == 0, ended.stderr
    command = runner.outputs["install"]["command"]
    shutil.copytree(DOCUMENTS, tmp_path / "articles")
    ended = runner.step("check", PYTHONPATH=packages)
    assert ended.returncode == 0, ended.stderr
    home = Path(command).parents[1]
    code = "import discograph; print(discograph.__file__)"
    where = subprocess.run(
        [home / "bin/python", "-c", code],
        cwd=tmp_path,
        env=environment(PYTHONPATH=packages),
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(home))
    shutil.rmtree(home)


# The hook.


def entry(folder: Path, *files: str, arguments: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: its entry, the user's arguments, then the files that it is for."""
    wanted = [file for file in files if re.search(HOOK["files"], file)]
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = [*HOOK["entry"].split(), *HOOK.get("args", []), *arguments, *wanted]
    return subprocess.run(
        command, cwd=folder, env=environment(PATH=path), capture_output=True, text=True, check=False, timeout=120
    )


def test_the_hook_says_what_pre_commit_asks() -> None:
    assert {"id", "name", "entry", "language"} <= HOOK.keys()  # pre-commit, "Creating new hooks"
    assert HOOK["language"] == "python", "pre-commit installs the package of this repository"
    assert HOOK["require_serial"], "several processes would check, and update a baseline, at once"


def test_the_hook_refuses_a_faulty_file_and_says_where(folder: Path) -> None:
    ended = entry(folder, "README.md", "articles/Grey_Pier.txt", "articles/Harbour, 100%.txt")
    assert ended.returncode == 1
    assert "articles/Harbour, 100%.txt:11:15: violation" in ended.stdout
    assert "Grey_Pier" not in ended.stdout


def test_the_hook_is_silent_about_clean_files(folder: Path) -> None:
    ended = entry(folder, "articles/Grey_Pier.txt")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_hook_takes_arguments(folder: Path) -> None:
    ended = entry(folder, "articles/Harbour, 100%.txt", arguments=("--disable", "N5=known to us"))
    assert ended.returncode == 0


def test_all_inputs_are_used_and_told() -> None:
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(ACTION["runs"])))
    assert used == ACTION["inputs"].keys()
    assert all(spec["description"] for spec in ACTION["inputs"].values())
    value: Any = ACTION["outputs"]["exit-code"]["value"]
    assert value == "${{ steps.check.outputs.exit-code }}"

"""The package: what others install is all that the commands need, and nothing else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import discograph
from discograph.query import all_named, run
from discograph.rdf import Store
from discograph.resources import resource
from tests.process import ROOT

SOURCE = ROOT / "src" / "discograph"
METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DISTRIBUTIONS = {"yaml": "pyyaml"}
"""Distributions that are not called as what they hold."""

# In pieces, so that this file does not hold what it forbids.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"),
        ("crates", "io"), ("golang", "org"), ("maven", "org"), ("rubygems", "org"), ("conda", "anaconda", "org"),
    )
)  # fmt: skip
OPTIONS = ("--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    result = subprocess.run(command, capture_output=True, check=False, text=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> dict[str, bytes]:
    """Return the files of the wheel."""
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def sdist(built: Path) -> set[str]:
    """Return the paths in the sdist, below its folder."""
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def shipped() -> Iterator[tuple[str, Path]]:
    """Yield each file that must travel: its path in the wheel, and where it is here."""
    for path in SOURCE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"discograph/{path.relative_to(SOURCE).as_posix()}", path
    for folder in ("ontology", "shapes"):
        for path in filter(Path.is_file, (ROOT / folder).rglob("*")):
            yield f"discograph/_resources/{path.relative_to(ROOT).as_posix()}", path


def repository_files() -> list[Path]:
    """Return the files that are, or would be, tracked."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if result.returncode != 0:
        pytest.skip("not a git checkout")
    paths = (ROOT / name.decode() for name in result.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file()]


def test_wheel_holds_what_the_commands_need_and_nothing_else(wheel: dict[str, bytes]) -> None:
    needed = dict(shipped())
    kinds = {Path(name).suffix for name in needed}
    assert kinds >= {".py", ".rq", ".tsv", ".ttl", ".jsonld", ".typed"}
    inside = {name for name in wheel if not name.startswith(f"discograph-{discograph.__version__}.dist-info/")}
    assert inside == set(needed)
    assert [name for name, path in needed.items() if wheel[name] != path.read_bytes()] == []


def test_wheel_names_version_licence_and_console_script(wheel: dict[str, bytes]) -> None:
    info = f"discograph-{discograph.__version__}.dist-info"
    metadata = wheel[f"{info}/METADATA"].decode()
    assert f"\nVersion: {discograph.__version__}\n" in metadata
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert wheel[f"{info}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert wheel[f"{info}/entry_points.txt"].decode().split() == [
        "[console_scripts]", "discograph", "=", "discograph.cli:main",
    ]  # fmt: skip


def test_sdist_holds_what_builds_and_tests_it_and_no_caches(sdist: set[str]) -> None:
    wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt", ".ci/run"}
    assert wanted <= sdist
    for folder in ("src", "ontology", "shapes", "seeds", "tests", "docs", "benchmarks"):
        assert any(name.startswith(f"{folder}/") for name in sdist), folder
    assert not [name for name in sdist if re.search(r"__pycache__|\.pyc$|_cache|\.hypothesis|\.venv|\.git/", name)]


def test_declared_dependencies_are_those_that_are_imported() -> None:
    imported: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    imported -= {*sys.stdlib_module_names, "discograph"}
    texts = [*METADATA["dependencies"], *METADATA["optional-dependencies"]["notebook"]]
    declared = {re.split(r"[^\w.-]", text)[0].lower() for text in texts}
    assert {DISTRIBUTIONS.get(name, name) for name in imported} == declared


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    assert lines == sorted(set(lines), key=str.casefold)
    pinned = {line.partition("==")[0].lower() for line in lines}
    wanted = [*METADATA["dependencies"], *METADATA["optional-dependencies"]["dev"]]
    assert {re.split(r"[^\w.-]", text)[0].lower() for text in wanted} <= pinned


def test_no_file_names_a_package_registry() -> None:
    found = []
    for path in repository_files():
        text = path.read_bytes().decode("utf-8", "replace").casefold()
        found += [f"{path.relative_to(ROOT)}: {word}" for word in (*HOSTS, *OPTIONS) if word in text]
    assert found == []


@pytest.mark.parametrize("name", ["queries/questions", "queries/corpus", "queries/lookups", "queries/tables"])
def test_every_query_file_loads_and_runs(name: str) -> None:
    folder = resource(name)
    queries = all_named([folder])
    assert {query.path for query in queries} == set(folder.iterdir())
    for query in queries:
        run(Store(), query.sparql, name=str(query.path))

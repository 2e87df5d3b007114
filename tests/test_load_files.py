"""The files of an export go into stores by their own loaders, too: Jena's TDB2, and raptor's parser."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from discograph.query.sources import DESCRIPTION_FILE
from discograph.rdf import Quad, RdfFormat, parse, parse_file
from tests.process import ROOT, run

JARS = Path("/usr/share/java")
# Debian's jena-core names classes of xerces that it moved, and left their tables of messages where they were.
MOVED, HOME = "org/apache/jena/ext/xerces/impl/", "xerces/impl/"
CLASSPATH = (
    "jena-*", "thrift", "libthrift", "protobuf*", "dexx*", "slf4j-api", "slf4j-simple", "commons-cli", "commons-codec",
    "commons-compress", "commons-csv", "commons-io", "commons-lang3", "gson", "guava", "httpclient*", "httpcore*",
    "jackson-*", "jsonld-java*", "titanium*", "jakarta.json-api", "jcl-over-slf4j", "caffeine", "failureaccess",
)  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an export of ``seeds/`` in every format that loaders read."""
    folder = tmp_path_factory.mktemp("export")
    assert run("export", "seeds", "-o", folder, "-fnquads", "-ftrig", "-fturtle", "-fntriples", cwd=ROOT).code == 0
    return folder


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the beginning of a command that runs a class of Jena."""
    core = JARS / "jena-core.jar"
    java = shutil.which("java")
    if not core.exists() or java is None:
        pytest.skip("Jena is not installed (libapache-jena-java, default-jre-headless)")
    overlay = tmp_path_factory.mktemp("overlay")
    with zipfile.ZipFile(core) as archive:
        for name in archive.namelist():
            if name.startswith(MOVED) and not name.endswith("/"):
                target = overlay / HOME / name.removeprefix(MOVED)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    jars = [str(path) for pattern in CLASSPATH for path in sorted(JARS.glob(f"{pattern}.jar"))]
    return [java, "-Xmx1G", "-cp", ":".join([str(overlay), *jars])]


def _quads(path: Path) -> set[str]:
    return {str(quad) for quad in parse_file(path)}


def _run(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


@pytest.mark.parametrize("extension", ["nq", "trig"])
def test_jena_loads_a_file_and_dumps_the_same(exported: Path, jena: list[str], tmp_path: Path, extension: str) -> None:
    (file,) = exported.glob(f"*.{extension}")
    _run([*jena, "tdb2.tdbloader", "--loader=basic", "--loc", str(tmp_path / "db"), str(file)])
    dumped = _run([*jena, "tdb2.tdbdump", "--loc", str(tmp_path / "db")])
    found: set[Quad] = set(parse(dumped, RdfFormat.N_QUADS, name="dump"))
    assert len(found) == len(_quads(file))
    assert {str(quad) for quad in found} == _quads(file)


def test_jena_and_raptor_read_the_description(exported: Path, jena: list[str]) -> None:
    file = exported / DESCRIPTION_FILE
    _run([*jena, "riotcmd.riot", "--validate", str(file)])
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (raptor2-utils)")
    written = _run([rapper, "-q", "-i", "turtle", "-o", "ntriples", str(file)])
    assert {str(q) for q in parse(written, RdfFormat.N_TRIPLES, name="rapper")} == _quads(file)


@pytest.mark.parametrize(("extension", "name"), [("nq", "nquads"), ("ttl", "turtle"), ("nt", "ntriples")])
def test_raptor_reads_what_is_loaded(exported: Path, extension: str, name: str) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (raptor2-utils)")
    (file,) = (path for path in exported.glob(f"*.{extension}") if path.name != DESCRIPTION_FILE)
    written = _run([rapper, "-q", "-i", name, "-o", "nquads", str(file)])
    assert {str(quad) for quad in parse(written, RdfFormat.N_QUADS, name="rapper")} == _quads(file)

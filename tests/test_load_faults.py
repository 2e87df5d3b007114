"""What a SPARQL server can do to a client: each a message that says what to do, exit 3, and nothing called loaded."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from discograph import cli
from discograph.stores import transport
from discograph.stores.addresses import Addresses
from discograph.stores.remote import open_remote
from tests.case_files import CASES, Case, parameters, yaml_cases
from tests.faulty_server import Fault, FaultyServer
from tests.process import ROOT

FAULTS = yaml_cases(
    CASES / "load" / "faults",
    required=("at", "status", "error"),
    optional=("headers", "body", "times", "tries", "environment"),
)
ARTICLE = ROOT / "tests" / "cases" / "robustness" / "documents" / "low-tide.txt"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the credentials of whoever runs the tests out, and do not wait for long."""
    for name in ("DISCOGRAPH_USER", "DISCOGRAPH_PASSWORD", "DISCOGRAPH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    monkeypatch.setattr(transport, "_FIRST_WAIT_SECONDS", 0.01)


def load(url: str, *arguments: str) -> int:
    return cli.run(["load", str(ARTICLE), "--endpoint", url, "--retries", "2", *arguments])


@pytest.mark.parametrize("case", parameters(FAULTS))
def test_a_fault_is_told_and_nothing_is_said_to_be_loaded(
    case: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (case.get("environment") or {}).items():
        monkeypatch.setenv(name, value)
    data = case.data
    fault = Fault(data["at"], data["status"], case.get("headers") or {}, str(case.get("body") or ""), case.get("times"))
    with FaultyServer(fault) as server:
        code = load(f"http://127.0.0.1:{server.port}")
        heard = [path for path, _ in server.requests if path == f"/{fault.at}"]
    told = capsys.readouterr()
    assert code == 3, data["why"]
    assert told.out == ""
    assert data["error"].replace("PORT", str(server.port)) in told.err
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1
    assert "quads loaded" not in told.err
    assert "a-secret" not in told.err
    if "tries" in data:
        assert len(heard) == data["tries"], data["why"]


@pytest.mark.parametrize(
    ("options", "header"),
    [
        ({"DISCOGRAPH_TOKEN": "a-token"}, "Bearer a-token"),
        ({"DISCOGRAPH_USER": "u", "DISCOGRAPH_PASSWORD": "p"}, "Basic " + base64.b64encode(b"u:p").decode()),
    ],
)
def test_credentials_of_the_environment_are_sent(
    options: dict[str, str], header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in options.items():
        monkeypatch.setenv(name, value)
    with FaultyServer(Fault("update", 401, {"WWW-Authenticate": 'Basic realm="x"'})) as server:
        load(f"http://127.0.0.1:{server.port}")
        assert server.requests[-1] == ("/update", header)


def test_credentials_of_netrc_are_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login u password p\n", encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with FaultyServer(Fault("update", 401, {"WWW-Authenticate": 'Basic realm="x"'})) as server:
        load(f"http://127.0.0.1:{server.port}")
        assert server.requests[-1][1] == "Basic " + base64.b64encode(b"u:p").decode()
        assert server.requests[0][1] == "", "nobody asked for a password there"


def test_a_password_in_the_address_is_refused_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert load("http://u:a-secret@127.0.0.1:1") == 3
    told = capsys.readouterr().err
    assert "leave user and password out of the address" in told
    assert "a-secret" not in told


def test_half_of_the_credentials_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DISCOGRAPH_USER", "u")
    assert load("http://127.0.0.1:1") == 3
    assert "DISCOGRAPH_USER is set without DISCOGRAPH_PASSWORD; set both" in capsys.readouterr().err


def test_nobody_there(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert load(f"http://127.0.0.1:{port}") == 3
    told = capsys.readouterr().err
    assert "cannot be reached" in told
    assert "is the store running, and the address right?" in told


def test_not_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert load("ftp://127.0.0.1/") == 3
    assert "not an address; it begins with http:// or https://" in capsys.readouterr().err


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate and its key for ``other.example``, which nobody has signed but itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed (openssl)")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
               "-subj", "/CN=other.example", "-addext", "subjectAltName=DNS:other.example",
                "-keyout", str(path), "-out", str(path) + ".crt"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    with path.open("ab") as file:
        file.write(path.with_name("both.pem.crt").read_bytes())
    return path


def test_a_certificate_for_another_name_is_told(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with FaultyServer(certificate=certificate) as server:
        assert load(f"https://localhost:{server.port}") == 3
        assert server.requests == []
    told = capsys.readouterr().err
    assert "its certificate is for another name (Hostname mismatch, certificate is not valid for 'localhost')" in told
    assert "use the name that it is for" in told


def test_a_certificate_that_nobody_vouches_for_is_told(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FaultyServer(certificate=certificate) as server:
        assert load(f"https://localhost:{server.port}") == 3
    assert "its certificate cannot be trusted (self-signed certificate)" in capsys.readouterr().err


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("base", "pages", "update"),
    [
        ("/ds", {"/ds": ({"Fuseki-Request-Id": "7"}, "")}, "/ds/update"),
        ("", {"/": ({"Server": "Virtuoso/07.20"}, "")}, "/sparql-auth"),
        ("/repositories/m", {"/protocol": ({}, "12")}, "/repositories/m/statements"),
        (
            "/repositories/m",
            {"/protocol": ({}, "12"), "/rest/info/version": (JSON, '{"productVersion": "10"}')},
            "/repositories/m/statements",
        ),
        ("/q", {"/q?cmd=stats": (JSON, '{"name-index": "music"}')}, "/q"),
        ("/x", {}, "/x"),
    ],
    ids=["fuseki", "virtuoso", "rdf4j", "graphdb", "qlever", "sparql"],
)
def test_a_kind_is_known_by_what_it_answers(
    base: str, pages: dict[str, tuple[dict[str, str], str]], update: str, request: pytest.FixtureRequest
) -> None:
    with FaultyServer(pages=pages) as server:
        store = open_remote(f"http://127.0.0.1:{server.port}{base}", Addresses(), retries=0)
        assert store.kind.name == request.node.callspec.id
        assert store.addresses.update == f"http://127.0.0.1:{server.port}{update}"
        store.close()

"""Real triple stores on free ports of this machine, started by a test and ended by their process id."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from discograph.rdf import Quad, RdfFormat, parse

USER, PASSWORD, TOKEN = "dba", "dba", "a-key"
_SECONDS_TO_START = 90

_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One store: where it is, who may write, and how to ask it for a graph without any code of ours."""

    name = ""
    environment: ClassVar[dict[str, str]] = {}
    package = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def program(cls) -> str | None:
        """Return the path of the program, None if it is not installed."""
        beside = Path(sys.executable).with_name(cls.name)
        return str(beside) if beside.exists() else shutil.which(cls.name)

    def command(self) -> Sequence[str]:
        """Return the command that starts it, with the program's name first."""
        raise NotImplementedError

    def graph(self, name: str) -> list[Quad]:
        """Return the triples of a graph."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        answer = httpx.post(
            f"{self.url}{self.query_path}", data={"query": query}, headers={"Accept": "text/turtle"}, timeout=60
        )
        assert answer.status_code == 200, answer.text
        return list(parse(answer.content, RdfFormat.TURTLE, name=name))

    query_path = "/"

    def count(self) -> int:
        """Return how many triples its graphs of ours hold; Virtuoso has some of its own."""
        query = (
            "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/')) }"
        )
        accept = {"Accept": "application/sparql-results+json"}
        answer = httpx.post(f"{self.url}{self.query_path}", data={"query": query}, headers=accept, timeout=60)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program, *arguments = self.command()
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, *arguments], cwd=self.folder, stdout=log, stderr=log, env=os.environ | self.environment
            )
        end = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < end:
            assert self._process.poll() is None, (self.folder / "log").read_text(errors="replace")
            try:
                httpx.post(f"{self.url}{self.query_path}", data={"query": "ASK {}"}, timeout=5)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"{self.name} does not answer: {(self.folder / 'log').read_text(errors='replace')}")

    def kill(self) -> None:
        """End it as a loss of power would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


class Oxigraph(Server):
    """The server of Oxigraph."""

    name, package, query_path = "oxigraph", "oxigraph (dev dependency)", "/query"

    def command(self) -> Sequence[str]:
        """Return the command that starts it."""
        return [str(self.program()), "serve", "--location", "db", "--bind", f"127.0.0.1:{self.port}"]


class Virtuoso(Server):
    """Virtuoso 7, of which DBpedia is served."""

    name, package, query_path = "virtuoso-t", "virtuoso-opensource-7-bin", "/sparql"
    environment: ClassVar[dict[str, str]] = {"DISCOGRAPH_USER": USER, "DISCOGRAPH_PASSWORD": PASSWORD}

    def command(self) -> Sequence[str]:
        """Return the command that starts it."""
        text = _VIRTUOSO_INI.format(port=self.port, sql_port=free_port())
        (self.folder / "v.ini").write_text(text, encoding="utf-8")
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # what a killed one leaves
        return [str(self.program()), "+configfile", "v.ini", "+foreground"]


class RdflibEndpoint(Server):
    """rdflib-endpoint, which keeps all in memory: killed, it has lost everything."""

    name, package = "rdflib-endpoint", "rdflib-endpoint (dev dependency)"
    environment: ClassVar[dict[str, str]] = {"DISCOGRAPH_TOKEN": TOKEN, "RDFLIB_APIKEY": TOKEN}

    def command(self) -> Sequence[str]:
        """Return the command that starts it."""
        return [str(self.program()), "serve", "--host", "127.0.0.1", "--port", str(self.port), "--enable-update"]


SERVERS: tuple[type[Server], ...] = (Oxigraph, Virtuoso, RdflibEndpoint)


def needed(kind: type[Server]) -> None:
    """Skip the test if a program is not installed."""
    if kind.program() is None:
        pytest.skip(f"{kind.name} is not installed ({kind.package})")

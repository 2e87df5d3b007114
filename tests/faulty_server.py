"""A server that speaks as SPARQL servers do when something is wrong, for faults that no real one makes on demand.

It answers like an Oxigraph that holds nothing and forgets what it is told, but for one fault.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_EMPTY = b'{"head": {"vars": []}, "results": {"bindings": []}}'


@dataclass(frozen=True)
class Fault:
    """What is answered at ``/<at>``, and how often (None: always); status 0 closes the connection."""

    at: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    times: int | None = None


class FaultyServer:
    """A server with one fault; ``requests`` has the path and the Authorization header of each POST and PUT.

    Shape: ``pages`` are headers and body of what a GET finds, by path; without them, it is an Oxigraph.
    """

    def __init__(
        self,
        fault: Fault | None = None,
        certificate: Path | None = None,
        pages: Mapping[str, tuple[dict[str, str], str]] | None = None,
    ) -> None:
        self.requests: list[tuple[str, str]] = []
        self.pages = pages
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, fault))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port

    def __enter__(self) -> FaultyServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(owner: FaultyServer, fault: Fault | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Say nothing."""

        def do_GET(self) -> None:
            if owner.pages is None:
                self._reply(200, {"Server": "Oxigraph/0.0", "Content-Type": "text/html"}, b"")
                return
            found = owner.pages.get(self.path)
            headers, body = found if found else ({}, "")
            self._reply(200 if found else 404, headers, body.encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            owner.requests.append((self.path, self.headers.get("Authorization", "")))
            seen = sum(path == self.path for path, _ in owner.requests)
            if fault is not None and self.path == f"/{fault.at}" and (fault.times is None or seen <= fault.times):
                self._reply(fault.status, fault.headers, fault.body.encode())
            elif self.path == "/query":
                self._reply(200, {"Content-Type": "application/sparql-results+json"}, _EMPTY)
            else:
                self._reply(204 if self.path == "/update" else 404, {}, b"")

        do_PUT = do_POST

        def _reply(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.close_connection = True
            if status == 0:
                return
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler

"""Who we are to a store: from the environment or netrc, never from the command line, never in a message."""

from __future__ import annotations

import netrc
import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from discograph.errors import StoreError

USER, PASSWORD, TOKEN = "DISCOGRAPH_USER", "DISCOGRAPH_PASSWORD", "DISCOGRAPH_TOKEN"


@dataclass(frozen=True)
class Credentials:
    """A user with a password, or a token; ``source`` says in messages where they came from."""

    source: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def find_credentials(host: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return the credentials for a host: a token, else user and password, else the host's entry in netrc.

    Shape: None if there are none, which most stores on one's own machine do without. An entry ``default`` of
    netrc counts for no store.
    Raises: StoreError if they are half given or the netrc file is malformed.
    """
    if token := environment.get(TOKEN):
        return Credentials(TOKEN, token=token)
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user and password is not None:
        return Credentials(f"{USER} and {PASSWORD}", user, password)
    if user or password:
        raise StoreError(f"{USER if user else PASSWORD} is set without {PASSWORD if user else USER}; set both")
    return _from_netrc(host, environment)


def _from_netrc(host: str, environment: Mapping[str, str]) -> Credentials | None:
    path = Path(environment.get("NETRC") or Path.home() / ".netrc")
    try:
        entry = netrc.netrc(str(path)).hosts.get(host)
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"line {error.lineno}: {error.msg}"
        raise StoreError(f"{path}: cannot be read as netrc: {reason}; mend it, or set {USER} and {PASSWORD}") from None
    return Credentials(str(path), entry[0], entry[2] or "") if entry and entry[0] else None


class Authentication(httpx.Auth):
    """Answers a challenge in the way it asks for, Basic or Digest; a token goes along from the start.

    A password is sent only to who asked for one, and Digest is preferred, which does not send it at all.
    """

    requires_response_body = False

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._answer: httpx.DigestAuth | httpx.BasicAuth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and once more with an answer if the store challenges it."""
        known = self._credentials
        if known.token:
            request.headers["Authorization"] = f"Bearer {known.token}"
            yield request
            return
        if self._answer is None:
            response = yield request
            self._answer = self._answer_to(response)
            if self._answer is None:
                return
        yield from self._answer.auth_flow(request)

    def _answer_to(self, response: httpx.Response) -> httpx.DigestAuth | httpx.BasicAuth | None:
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return None
        schemes = {value.strip().partition(" ")[0].lower() for value in response.headers.get_list("www-authenticate")}
        if "digest" in schemes:
            return httpx.DigestAuth(self._credentials.user, self._credentials.password)
        if "basic" in schemes:
            return httpx.BasicAuth(self._credentials.user, self._credentials.password)
        return None

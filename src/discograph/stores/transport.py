"""HTTP to a store: one client, patient with what passes and clear about what does not.

What may pass (no connection, 429, 502 to 504, an answer cut off) is tried again; every request that is sent
here may be sent twice, since graphs are sets and are replaced as wholes.
"""

from __future__ import annotations

import email.utils
import gzip
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from discograph import __version__
from discograph.errors import StoreError
from discograph.stores.credentials import PASSWORD, TOKEN, USER, Authentication, Credentials

_PASSING = frozenset((429, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_KEEP_METHOD = frozenset((307, 308))
_MAX_REDIRECTS = 5
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 60.0

_ADVICE = {
    400: "it does not take the request",
    403: "it does not let us do this; ask its keeper for the right to write, or use another user",
    404: "there is nothing at this address; is it the base address of the store? --query-url, --update-url and "
    "--graph-store-url name other addresses",
    405: "it does not take this kind of request here; is the address right? --kind says which store it is",
    406: "it has no answer in a form that we read",
    409: "it is in conflict with another write; run the same command again when that is over",
    411: "it wants the length of requests, which a proxy between us may have removed",
    413: "the request is too big for it; run again with a smaller --chunk",
    415: "it does not take this form of request; with --gzip, run again without",
    429: "it asks us to slow down; wait and run the same command again: what is loaded stays loaded",
    501: "it cannot do this; --kind says which store it is, and thereby how it is filled",
    503: "it is not available at present; run the same command again later: what is loaded stays loaded",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, media type (lower case, without parameters), headers and body."""

    status: int
    media_type: str
    headers: Mapping[str, str]
    body: bytes


class Http:
    """A connection to one store."""

    def __init__(self, credentials: Credentials | None = None, *, retries: int = 5, timeout: float = 300.0) -> None:
        """Take how often to try again, and how many seconds one answer may take."""
        self._credentials = credentials
        self._retries = retries
        self._client = httpx.Client(
            auth=Authentication(credentials) if credentials else None,
            timeout=httpx.Timeout(timeout, connect=min(timeout, 20.0)),
            headers={"User-Agent": f"discograph/{__version__}"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        is_gzipped: bool = False,
        accepts: tuple[int, ...] = (),
    ) -> Answer:
        """Return the answer of a store that did what it was asked.

        Shape: any 2xx is an answer, and the statuses in ``accepts``; ``is_gzipped`` compresses ``content``.
        Raises: StoreError for everything else, after as many tries as make sense, saying what to do.
        """
        sent = dict(headers or {})
        if is_gzipped and content:
            content, sent["Content-Encoding"] = gzip.compress(content, 5), "gzip"
        tries = 0
        while True:
            failure: StoreError
            usual = _FIRST_WAIT_SECONDS * 2**tries * random.uniform(1, 1.25)
            wait: float | None = usual
            try:
                answer = self._follow(method, url, params, sent, content)
            except httpx.TransportError as error:
                if _is_final(error):
                    raise _unreachable(url, error) from None
                failure = _unreachable(url, error)
            except httpx.DecodingError as error:
                failure = StoreError(f"{_shown(url)}: its answer is broken or cut off: {error}")
            else:
                if answer.status // 100 == 2 or answer.status in accepts:
                    return answer
                failure = self._refused(method, url, answer, content)
                wait = _longer(usual, answer) if answer.status in _PASSING else None
            if wait is None or tries >= self._retries:
                raise failure
            time.sleep(min(wait, _LONGEST_WAIT_SECONDS))
            tries += 1

    def _follow(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        content: bytes | None,
    ) -> Answer:
        """Send a request, and once more where it is redirected to without changing it or leaving the server.

        A client that follows blindly turns a POST into a GET, which does nothing and is answered with 200, and
        may hand credentials to another server.
        """
        start = url
        for _ in range(_MAX_REDIRECTS):
            response = self._client.request(method, url, params=params, headers=headers, content=content)
            if response.status_code not in _REDIRECTS:
                return _answer(response)
            target = urljoin(str(response.url), response.headers.get("location", ""))
            moved = f"{_shown(start)}: it redirects ({response.status_code}) to {_shown(target)}"
            if not _same_server(str(response.url), target):
                raise StoreError(f"{moved}, another server; if you trust that one, give its address instead")
            if method != "GET" and response.status_code not in _KEEP_METHOD:
                raise StoreError(f"{moved}, where {method} would become GET; give that address instead")
            url, params = target, None
        raise StoreError(f"{_shown(start)}: it redirects for ever; last to {_shown(url)}")

    def _refused(self, method: str, url: str, answer: Answer, content: bytes | None) -> StoreError:
        status = answer.status
        if status == 401:
            return StoreError(f"{_shown(url)}: {self._unknown_to_it()}")
        advice = _ADVICE.get(status, "it failed" if status >= 500 else "it does not take the request")
        size = f", {len(content):,} bytes" if content and status == 413 else ""
        said = _said(answer)
        return StoreError(f"{_shown(url)}: {method}{size} was answered with {status}: {advice}{said}")

    def _unknown_to_it(self) -> str:
        if self._credentials:
            return f"it refuses (401) the credentials from {self._credentials.source}; correct them"
        return f"it wants (401) to know who we are; set {USER} and {PASSWORD}, or {TOKEN}, or write ~/.netrc"


def _answer(response: httpx.Response) -> Answer:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(response.status_code, media_type, dict(response.headers), response.content)


def _longer(wait: float, answer: Answer) -> float | None:
    """Return how long to wait, as the store asks; None if that is longer than we would."""
    asked = answer.headers.get("retry-after", "")
    if re.fullmatch("[0-9]{1,9}", asked):
        seconds = float(asked)
    else:
        date = email.utils.parsedate_to_datetime(asked) if re.match("[A-Z][a-z]{2}, ", asked) else None
        seconds = date.timestamp() - time.time() if date else 0.0
    return max(wait, seconds) if seconds <= _LONGEST_WAIT_SECONDS else None


def _is_final(error: httpx.TransportError) -> bool:
    """Whether a failure will be the same next time."""
    return isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError) or "CERTIFICATE" in str(error)


def _unreachable(url: str, error: httpx.TransportError) -> StoreError:
    detail = str(error) or type(error).__name__
    if "Hostname mismatch" in detail or "IP address mismatch" in detail:
        reason = re.sub(r".*: (.*?)\.? \(_ssl.*", r"\1", detail)
        return StoreError(f"{_shown(url)}: its certificate is for another name ({reason}); use the name that it is for")
    if "CERTIFICATE" in detail:
        reason = re.sub(r".*: (.*?)\.? \(_ssl.*", r"\1", detail)
        return StoreError(
            f"{_shown(url)}: its certificate cannot be trusted ({reason}); SSL_CERT_FILE names a file of authorities"
        )
    if isinstance(error, httpx.TimeoutException):
        return StoreError(f"{_shown(url)}: no answer in time; is the store busy? --timeout sets how long to wait")
    if isinstance(error, httpx.ConnectError):
        return StoreError(f"{_shown(url)}: cannot be reached ({detail}); is the store running, and the address right?")
    return StoreError(f"{_shown(url)}: the connection broke off ({detail}); is the store still running?")


def _same_server(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.hostname, first.port) == (second.scheme, second.hostname, second.port)


def _shown(url: str) -> str:
    """Return an address as messages show it: without what could be secret or long."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _said(answer: Answer) -> str:
    """Return the first line of an error page, if it is text that a person can read."""
    if "html" in answer.media_type:
        return ""
    text = answer.body[:2000].decode("utf-8", "replace").strip()
    line = re.sub(r"[^\x20-\x7e\xa0-\uffff]+", " ", text.partition("\n")[0]).strip()[:200]
    return f"; it says: {line}" if line else ""

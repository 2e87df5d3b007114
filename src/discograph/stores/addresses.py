"""Where a store answers: found from its base address and what it says, or given one by one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from discograph.errors import StoreError
from discograph.stores.kinds import KINDS, Kind, kind_by_name
from discograph.stores.transport import Answer, Http

_REPOSITORY = re.compile(r"(?P<server>.*)/repositories/[^/]+")
# What the header Server, or a header of its own, says.
_BY_HEADER = (
    ("server", "oxigraph", "oxigraph"),
    ("server", "virtuoso", "virtuoso"),
    ("server", "fuseki", "fuseki"),
    ("fuseki-request-id", "", "fuseki"),
    ("server", "graphdb", "graphdb"),
)
_ANY_STATUS = tuple(range(300, 600))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Absolute addresses of a store's services; None for one that it lacks or nobody has named."""

    query: str | None = None
    update: str | None = None
    graph_store: str | None = None


def find_kind(http: Http, base: str, name: str | None) -> Kind:
    """Return the kind of the store at a base address: the one named, else what it answers like.

    Shape: a store that nothing is known of is of the kind ``sparql``.
    Raises: StoreError if nothing answers there.
    """
    if name is not None:
        return kind_by_name(name)
    repository = _REPOSITORY.fullmatch(base)
    if repository and _get(http, f"{repository['server']}/protocol").body.strip().isdigit():
        info = _get(http, f"{repository['server']}/rest/info/version")
        is_graphdb = info.status == 200 and b"productVersion" in info.body
        return kind_by_name("graphdb" if is_graphdb else "rdf4j")
    answer = _get(http, base)
    headers = {key.lower(): value.lower() for key, value in answer.headers.items()}
    for header, word, kind in _BY_HEADER:
        if header in headers and word in headers[header]:
            return kind_by_name(kind)
    return kind_by_name("qlever" if _is_qlever(http, base) else "sparql")


def _is_qlever(http: Http, base: str) -> bool:
    answer = _get(http, f"{base}?cmd=stats")
    try:
        return answer.media_type == "application/json" and "name-index" in json.loads(answer.body)
    except ValueError:
        return False


def _get(http: Http, url: str) -> Answer:
    # Whatever it answers tells something; 429 and its like are tried again before.
    return http.send("GET", url, headers={"Accept": "text/turtle, */*;q=0.1"}, accepts=_ANY_STATUS)


def resolve(base: str | None, kind: Kind, given: Addresses) -> Addresses:
    """Return the addresses of a store: those given, and for the rest those that its kind has.

    Raises: StoreError if there is none to ask or none to write to.
    """
    found = given
    if base is not None:
        found = Addresses(
            given.query or _below(base, kind.query),
            given.update or _below(base, kind.update),
            given.graph_store or (None if kind.graph_store is None else _below(base, kind.graph_store)),
        )
    if found.query is None or found.update is None:
        raise StoreError(
            "the store needs an address for queries and one for updates: --endpoint, or --query-url and --update-url"
        )
    return found


def _below(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}" if path else base


def for_addresses(kind: Kind, addresses: Addresses) -> Kind:
    """Return how to fill a store: one of no known kind by graphs where an address for these is given."""
    if kind is KINDS[-1] and addresses.graph_store is not None:
        return replace(kind, by_graphs=True)
    return kind


def check_address(url: str) -> str:
    """Return an address without a slash at its end.

    Raises: StoreError if it is not one of HTTP, or holds a password: that would stand in the shell's history.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"{url.rpartition('@')[2]}: not an address; it begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            f"{parts.hostname}: leave user and password out of the address; "
            "set DISCOGRAPH_USER and DISCOGRAPH_PASSWORD, or write ~/.netrc"
        )
    return url

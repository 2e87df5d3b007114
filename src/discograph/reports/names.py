"""How reports write nodes, paths and files."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from urllib.parse import quote

from discograph.checks.finding import Term
from discograph.namespaces import prefix_table
from discograph.rdf import Literal, NamedNode
from discograph.vocab import CONCEPT_BASE, DG_NS

_PREFIXES = tuple((iri, prefix) for prefix, iri in prefix_table().items() if prefix and "/concept/" not in iri)
_SHORT = ((CONCEPT_BASE, "concept/"), (DG_NS, "dg:"), *((iri, f"{prefix}:") for iri, prefix in _PREFIXES))
# XML 1.0, production 2: what is no character of an XML document, however it is escaped.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IRI = re.compile(r"<([^<>]*)>")


def shown_iri(iri: str) -> str:
    """Return an IRI as a person reads it: a term with its prefix, another in angle brackets."""
    for namespace, prefix in _SHORT:
        if iri.startswith(namespace) and len(iri) > len(namespace) and "/" not in iri[len(namespace) :]:
            return prefix + iri[len(namespace) :]
    return f"<{iri}>"


def shown_term(term: Term) -> str:
    """Return a node or value as a person reads it."""
    if isinstance(term, NamedNode):
        return shown_iri(term.value)
    return f'"{term.value}"' if isinstance(term, Literal) else str(term)


def shown_path(path: str) -> str:
    """Return a predicate, or a property path in SPARQL, as a person reads it."""
    if "<" in path:
        return _IRI.sub(lambda match: shown_iri(match[1]), path)
    return shown_iri(path)


def relative(name: str) -> str:
    """Return a file's path from the current folder, with slashes; outside of it, or if it is an IRI, as it is."""
    if "://" in name:
        return name
    try:
        inside = Path(os.path.abspath(name)).relative_to(Path.cwd())  # noqa: PTH100 - a link is not to be followed
    except ValueError:
        return PurePath(name).as_posix()
    return inside.as_posix()


def uri_reference(name: str) -> str:
    """Return a file's path as a URI reference (RFC 3986): relative to the current folder where it lies in it."""
    if "://" in name:
        return name
    path = relative(name)
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path, safe="/~!$&'()*+,;=@")


def xml_text(text: str) -> str:
    """Return a text that XML can hold: each character that it cannot is U+FFFD."""
    return _NO_XML.sub("\ufffd", text)

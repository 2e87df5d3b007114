"""Terms as SPARQL text that no value can break out of: what binds a parameter, here and on other servers.

Source: SPARQL 1.1, 19.2 (codepoint escapes), 19.7 (escapes in strings), 19.8 (grammar).
"""

from __future__ import annotations

import re

from discograph.errors import QueryError
from discograph.query.solutions import Term
from discograph.rdf import Literal, NamedNode
from discograph.vocab import XSD

_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\\ud800-\udfff]+')
_SPECIAL = re.compile(r'\\[uU]|["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def written(term: Term) -> str:
    r"""Return a term as it stands in a query: one token, or one with its datatype or language.

    Why not the engine's own form: an engine may replace codepoint escapes before it reads tokens (19.2
    asks for it), which would turn the text ``\u0022`` into a quotation mark although its backslash is
    escaped. So the letter after such a backslash is itself a codepoint escape, in the long form, because
    rdflib takes hexadecimal digits that follow a short one for part of it.
    Raises: QueryError for a blank node, and for an IRI that SPARQL cannot write.

    >>> print(written(Literal('say "no" }')))
    "say \"no\" }"
    >>> print(written(Literal("\\u0022")))
    "\\\U000000750022"
    """
    if isinstance(term, NamedNode):
        if not _IRI.fullmatch(term.value):
            raise QueryError(f"{term.value!r} cannot be bound: SPARQL has no way to write such an IRI")
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        raise QueryError(f"{term} cannot be bound: a parameter is an IRI or a literal")
    quoted = f'"{_SPECIAL.sub(_escaped, term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD.string else f"{quoted}^^<{term.datatype.value}>"


def _escaped(match: re.Match[str]) -> str:
    text = match.group()
    if len(text) == 2:
        return f"\\\\\\U{ord(text[1]):08X}"
    return _ESCAPES.get(text) or f"\\U{ord(text):08X}"

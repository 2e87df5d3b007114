"""Find things and terms by what a person types: an IRI, a CURIE, or words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import NamedTuple

from discograph.errors import QueryError
from discograph.mapping.iris import unaccented
from discograph.namespaces import DEFAULT_BASE, long_iri, prefix_table
from discograph.provenance import Names, Provenance
from discograph.provenance.claims import Term
from discograph.provenance.names import term_labels
from discograph.rdf import Literal, NamedNode
from discograph.values.patterns import fold
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, RDF, RDFS, SKOS

_NAMES = (RDFS.label, DCTERMS.title, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_UNLISTED = tuple(f"{CONCEPT_BASE}{scheme}/" for scheme in ("rule", "manner"))
"""What words do not find: concepts that say how things are known, not what."""


class Hit(NamedTuple):
    """A thing that words found: its classes and its name, for the list to choose from."""

    label: str
    classes: tuple[str, ...]
    node: NamedNode


class Finder:
    """Looks things up in one store."""

    def __init__(self, statements: Provenance, names: Names, base_iri: str = DEFAULT_BASE) -> None:
        self._statements = statements
        self._names = names
        self._prefixes = prefix_table(base_iri)
        self._base = base_iri

    def things(self, words: str) -> list[Hit]:
        """Return what an IRI, a CURIE or words mean, by class and name.

        Shape: words are compared with labels, titles and other names without regard to case, accents, dashes and
        quotes; things that have exactly this name win over things whose name holds all the words, and anything
        wins over the page that has its title.
        Raises: QueryError with near names if there is nothing of the kind.
        """
        if (node := self._by_iri(words)) is not None:
            return [self._hit(node)]
        if long_iri(words, self._prefixes) is not None:
            raise QueryError(f"nothing in these sources is <{long_iri(words, self._prefixes)}>; give a name in words")
        named = self._named()
        key = search_key(words)
        found = named.get(key) or _holding(named, key)
        if not found:
            raise QueryError(f"nothing in these sources is called {words!r}{self._hint(named, key)}")
        found = [node for node in found if not self._is_document(node)] or found
        return sorted(map(self._hit, found), key=lambda hit: (hit.classes, hit.label, hit.node.value))

    def exactly(self, words: str) -> list[NamedNode]:
        """Return the things that an IRI, a CURIE or exactly these words mean; empty if there are none."""
        node = self._by_iri(words)
        return [node] if node is not None else sorted(self._named().get(search_key(words), []), key=str)

    def predicates(self, words: str) -> list[NamedNode]:
        """Return the properties that an IRI, a CURIE, a local name or a label means.

        Raises: QueryError with near names if there is none.
        """
        iri = RDF.type.value if words == "a" else long_iri(words, self._prefixes)
        if iri is not None:
            return [_iri(iri)]
        properties = {term: label for term, label in term_labels().items() if _local(term)[:1].islower()}
        key = _compact(words)
        found = [term for term, label in properties.items() if key == _compact(label)]
        found = found or [term for term in properties if key == _compact(_local(term))]
        if not found:
            near = difflib.get_close_matches(words.casefold(), sorted(properties.values()), n=3, cutoff=0.6)
            raise QueryError(f"no property is called {words!r}{_near(near)}; docs/ontology.md lists them")
        return found

    def matches(self, value: Term, words: str) -> bool:
        """Tell whether an IRI, a CURIE or words mean this object: a thing by any name, a literal by its text."""
        if isinstance(value, Literal):
            return search_key(value.value) == search_key(words) or str(value) == words
        if not isinstance(value, NamedNode):
            return False
        iri = long_iri(words, self._prefixes)
        if iri is not None:
            return value.value == iri
        names = [name.value for p in _NAMES for name in self._statements.objects(value, p) if isinstance(name, Literal)]
        return search_key(words) in map(search_key, [*names, self._names.of(value)])

    def _by_iri(self, words: str) -> NamedNode | None:
        """Return a node by its IRI, CURIE or path below the base, if the store has it."""
        candidates = [long_iri(words, self._prefixes)]
        if "/" in words and " " not in words:
            candidates += [f"{self._base}id/{words}", f"{self._base}{words}"]
        for candidate in filter(None, candidates):
            if self._statements.holds(node := _iri(candidate)):
                return node
        return None

    def _named(self) -> dict[str, list[NamedNode]]:
        """Return the things of the store by each of their names, as ``search_key`` makes it."""
        found: dict[str, dict[NamedNode, None]] = {}
        for node, name in self._labelled():
            found.setdefault(search_key(name), {})[node] = None
        return {key: list(nodes) for key, nodes in found.items()}

    def _labelled(self) -> Iterator[tuple[NamedNode, str]]:
        for predicate in _NAMES:
            for node, name in self._statements.having(predicate):
                if isinstance(node, NamedNode) and isinstance(name, Literal) and not node.value.startswith(_UNLISTED):
                    yield node, name.value

    def _is_document(self, node: NamedNode) -> bool:
        return DG.SourceDocument in self._statements.objects(node, RDF.type)

    def _hit(self, node: NamedNode) -> Hit:
        return Hit(self._names.of(node), tuple(self._names.classes(node)), node)

    def _hint(self, named: dict[str, list[NamedNode]], key: str) -> str:
        near = difflib.get_close_matches(key, named, n=3, cutoff=0.6)
        return _near(sorted({self._names.of(node) for name in near for node in named[name]}))


def search_key(text: str) -> str:
    """Return text for comparison: without case, accents and kinds of dashes and quotes.

    >>> search_key("René  URTREGER"), search_key("Ascenseur pour l’échafaud")
    ('rene urtreger', "ascenseur pour l'echafaud")
    """
    return fold(unaccented(text))


def _holding(named: dict[str, list[NamedNode]], key: str) -> list[NamedNode]:
    """Return the things one of whose names holds every word, or a word that begins so."""
    words = key.split()
    found: dict[NamedNode, None] = {}
    for name, nodes in named.items() if words else ():
        parts = name.replace("(", " ").replace('"', " ").split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            found.update(dict.fromkeys(nodes))
    return list(found)


def _near(names: list[str]) -> str:
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""


def _iri(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{text!r} is not an IRI: {error}; give it as <https://…>, prefix:name or words") from error


def _local(term: NamedNode) -> str:
    return term.value.replace("#", "/").rpartition("/")[2]


def _compact(text: str) -> str:
    return "".join(c for c in search_key(text) if c.isalnum())

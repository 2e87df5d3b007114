"""Claims of a sidecar as claims of the graph; terms and things must be known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from discograph.errors import SourceError, ValueParseError
from discograph.lexicon import by_slug
from discograph.mapping.graph import Graph
from discograph.rdf import Literal, NamedNode, Object
from discograph.readers.sidecar import CuratedClaim, LanguageText, Sidecar
from discograph.values import edtf
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, EDTF, FOAF, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, terms

_PREFIXES = {
    "dg": DG,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "prov": PROV,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
}
_TEXT = frozenset(
    {DCTERMS.title, DCTERMS.publisher, RDFS.label, SKOS.altLabel, SKOS.note, DG.literalTitle, DG.score,
     SCHEMA.catalogNumber, SCHEMA.disambiguatingDescription}
)  # fmt: skip
_INTEGER = frozenset(
    {
        DG.position,
        DG.runningNumber,
        DG.trackCount,
        DG.participantCount,
        DG.peakPosition,
        DG.rank,
        DG.durationSeconds,
    }
)


def map_curated(graph: Graph, sidecar: Sidecar, album: NamedNode | None) -> None:
    """Add the claims of a sidecar, and the labels that it gives.

    Raises: SourceError at the entry that uses an unknown term or class, an ill-typed value, or a thing
    that nothing in the document's graph gives a class, and at a label of such a thing.
    """
    for claim in sidecar.claims:
        subject = _thing(graph, claim.subject, album, claim.where)
        predicate = _predicate(claim)
        value = _object(graph, claim, predicate, album)
        holder = _thing(graph, claim.holder, album, claim.where) if claim.holder else None
        graph.add(subject, predicate, value, claim.said, holder=holder, confidence=claim.confidence, note=claim.note)
    for label in sidecar.labels:
        graph.labels[_thing(graph, label.path, album, label.where)] = label.label
    typed = {subject for subject, predicate, _ in graph.claims.facts() if predicate == RDF.type}
    _all_typed(graph, sidecar, album, typed)
    _all_borne(graph, sidecar, album, typed)


def _all_typed(graph: Graph, sidecar: Sidecar, album: NamedNode | None, typed: Collection[Any]) -> None:
    """Refuse things that nothing gives a class: a misspelt path would make a thing of its own."""
    for claim in sidecar.claims:
        paths = [claim.subject, claim.holder]
        if isinstance(claim.object, str) and _is_thing(_predicate(claim)):
            paths.append(claim.object)
        for path in filter(None, paths):
            node = _thing(graph, path, album, claim.where)
            if node not in typed and "/concept/" not in node.value and node != graph.claims.document:
                raise SourceError(f"{claim.where}: {path!r} has no class; add [{path}, a, …] or mend the path")


def _all_borne(graph: Graph, sidecar: Sidecar, album: NamedNode | None, typed: Collection[Any]) -> None:
    """Refuse labels of what the document's graph does not hold: nothing would bear them, and nobody be told."""
    for label in sidecar.labels:
        node = _thing(graph, label.path, album, label.where)
        if "/concept/" in node.value or node == graph.claims.document:
            raise SourceError(f"{label.where}: {label.path!r} has a label of its own; take this one away")
        if node not in typed:
            raise SourceError(
                f"{label.where}: {label.path!r} has no class, so nothing bears this label; add a claim "
                f"[{label.path}, a, …] or mend the path"
            )


def _is_thing(predicate: NamedNode) -> bool:
    return predicate not in _TEXT | _INTEGER | {DG.date, RDF.type}


def _thing(graph: Graph, path: str, album: NamedNode | None, where: str) -> NamedNode:
    """Return the IRI that a path of a sidecar stands for."""
    if not all(path.split("/")):
        raise SourceError(f"{where}: {path!r} is not the path of a thing, such as person/ada-moss or ~/event/tour")
    if path == "doc":
        return graph.claims.document
    head, _, rest = path.partition("/")
    if head == "~":
        if album is None:
            raise SourceError(f"{where}: '~' is the album of the page, but the page is about no album")
        iri = album.value + (f"/{rest}" if rest else "")
    elif head == "concept":
        known = by_slug(*rest.split("/", 1)) if "/" in rest else None
        iri = (CONCEPT_BASE if known else f"{graph.minter.base}concept/") + rest
    else:
        iri = f"{graph.minter.base}id/{path}"
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise SourceError(f"{where}: {path!r} is not the path of an IRI: {error}") from error


def _predicate(claim: CuratedClaim) -> NamedNode:
    if claim.predicate == "a":
        return RDF.type
    prefix, colon, name = claim.predicate.rpartition(":")
    known = terms(_PREFIXES[prefix if colon else "dg"]) if not colon or prefix in _PREFIXES else {}
    if name not in known or not name[0].islower():
        raise SourceError(f"{claim.where}: unknown predicate {claim.predicate!r}; see docs/ontology.md")
    return known[name]


def _object(graph: Graph, claim: CuratedClaim, predicate: NamedNode, album: NamedNode | None) -> Object:
    value = claim.object
    if predicate == RDF.type:
        known = terms(DG)
        if not isinstance(value, str) or value not in known or not value[0].isupper():
            raise SourceError(f"{claim.where}: unknown class {value!r}; see docs/ontology.md")
        return known[value]
    if predicate in _INTEGER:
        if not isinstance(value, int):
            raise SourceError(f"{claim.where}: expected a whole number for {claim.predicate}, got {value!r}")
        return Literal(str(value), datatype=XSD.integer)
    if predicate == DG.date:
        return _date(claim)
    if predicate in _TEXT:
        return _text(claim, value) if isinstance(value, LanguageText) else Literal(str(value))
    if not isinstance(value, str):
        raise SourceError(f"{claim.where}: expected the path of a thing for {claim.predicate}, got {value!r}")
    return _thing(graph, value, album, claim.where)


def _text(claim: CuratedClaim, value: LanguageText) -> Literal:
    try:
        return Literal(value.text, language=value.language)
    except ValueError as error:
        raise SourceError(f"{claim.where}: {value.language!r} is not a language tag: {error}") from error


def _date(claim: CuratedClaim) -> Literal:
    value = str(claim.object)
    try:
        edtf.bounds(value)
    except ValueParseError as error:
        raise SourceError(f"{claim.where}: {error}") from error
    return Literal(value, datatype=EDTF)

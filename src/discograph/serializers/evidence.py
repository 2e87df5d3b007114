"""How much of the claims a dataset file holds: all, none, or only which span of text says each triple."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal as OneOf

from discograph.errors import GraphError
from discograph.rdf import NamedNode, Object, Quad
from discograph.serializers.order import ends, graph_kind
from discograph.vocab import CONCEPT_BASE, DG, RDF

EvidenceMode = OneOf["claims", "spans", "none"]

_ASSERTED = {NamedNode(f"{CONCEPT_BASE}manner/{name}") for name in ("stated", "implied")}
_Claim = dict[NamedNode, list[Object]]


def select_evidence(quads: Iterable[Quad], mode: EvidenceMode) -> set[Quad]:
    """Return the distinct quads to write.

    Shape: ``claims`` keeps all; ``none`` drops the claims graphs; ``spans`` replaces the Claim nodes by the
    triple of each stated or implied claim in a graph named by its evidence, and keeps the Evidence nodes.
    Hedged, opinion and negated claims are then lost: a triple in a named graph would count as true.
    Raises: GraphError on a quad in no graph of ours or with a blank node, or (``spans``) on a claim without
    its triple.
    Source: ONTOLOGY.md 3.5 b, variant V4.
    """
    distinct = set(quads)
    kinds: dict[object, str] = {}  # by graph name, of which there are few
    claims: set[Quad] = set()
    for quad in distinct:
        ends(quad)
        name = quad.graph_name
        if name not in kinds:
            kinds[name] = graph_kind(quad)
        if mode != "claims" and kinds[name] == "claims":
            claims.add(quad)
    kept = distinct - claims if claims else distinct
    return kept | set(_spans(claims)) if mode == "spans" else kept


def _spans(claims: set[Quad]) -> Iterator[Quad]:
    nodes: dict[NamedNode, _Claim] = {
        ends(quad)[0]: {} for quad in claims if quad.predicate == RDF.type and quad.object == DG.Claim
    }
    for quad in claims:
        subject, value = ends(quad)
        if subject in nodes:
            nodes[subject].setdefault(quad.predicate, []).append(value)
        else:
            yield quad
    for name, claim in nodes.items():
        if all(manner in _ASSERTED for manner in claim.get(DG.manner, ())):
            yield from _claimed_triple(name, claim)


def _claimed_triple(name: NamedNode, claim: _Claim) -> Iterator[Quad]:
    """Yield the triple of a claim once for each span of text that bears it out."""
    match [claim.get(part, []) for part in (RDF.subject, RDF.predicate, RDF.object)]:
        case [[NamedNode() as subject], [NamedNode() as predicate], [value]]:
            for span in claim.get(DG.evidence, []):
                if isinstance(span, NamedNode):
                    yield Quad(subject, predicate, value, span)
        case _:
            raise GraphError(f"{name}: a claim needs one rdf:subject, one rdf:predicate and one rdf:object")

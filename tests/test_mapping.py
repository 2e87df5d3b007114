"""From a document's text to its graphs: cases, what holds of every graph, and IRIs as properties.

Cases: ``cases/mapping/<case>.yaml`` with ``document``, ``facts`` (triples that must stand in facts or derived
graph), ``absent`` (triples that must not), ``claims``, ``base``, ``no_bound`` (subject and bound that must
not be there) and ``only_document`` (nothing else has a fact).
"""

from __future__ import annotations

import gc
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discograph.document import Source
from discograph.mapping import MappedDocument, Minter
from discograph.mapping.graph import unique
from discograph.mapping.iris import slug
from discograph.namespaces import DEFAULT_BASE
from discograph.pipeline import Read, map_documents, page_of
from discograph.rdf import BlankNode, Literal, NamedNode, Quad, Triple
from discograph.readers import read_rendered
from discograph.serializers import format_by_name, serialize
from discograph.values import edtf
from discograph.vocab import CONCEPT_BASE, DCTERMS, DG, OA, RDF, RDFS, SKOS
from tests import strategies_text as texts
from tests.case_files import CASES, Case, Notation, assert_graph, parameters, yaml_cases

KNOWN_WRONG: dict[str, str] = {}
MAPPING = yaml_cases(
    CASES / "mapping",
    required={"document", "facts"},
    optional={"absent", "claims", "base", "no_bound", "only_document"},
)
ASSERTED = {"stated", "implied"}


def read(name: str, text: str) -> Read:
    document = read_rendered(Source(name, text))
    return Read(Path(name), document, page_of(document), None)


@cache
def mapped(text: str, base: str = DEFAULT_BASE) -> MappedDocument:
    return map_documents([read("harbour.txt", text)], base)[0]


def part(document: MappedDocument, name: str) -> set[Triple]:
    """Return the triples of one of the three graphs of a document."""
    return {q.triple for q in document.quads if q.graph_name == NamedNode(f"{document.iri.value}/{name}")}


@pytest.mark.parametrize("case", parameters(MAPPING, KNOWN_WRONG))
def test_mapping(case: Case) -> None:
    base = case.get("base") or DEFAULT_BASE
    result = mapped(case.data["document"], base)
    notation = Notation(result.albums[0].value if result.albums else "", result.iri.value, base)
    assert_graph(case, result.quads, notation)
    for subject, bound in case.get("no_bound") or []:
        (node,) = {triple.subject for triple in notation.triples(f"{subject} a dg:Event .")}
        assert not [q for q in result.quads if q.subject == node and q.predicate == getattr(DG, bound)]
    if case.get("only_document"):
        assert {triple.subject for triple in part(result, "facts")} == {result.iri}


# --- What holds of every graph ------------------------------------------------------------------------------


def documents() -> dict[str, str]:
    """Return the documents of all cases that hold one, by name of the case."""
    found = {case.name: case.data["document"] for case in MAPPING}
    for folder in ("assembly", *(f"extractors/{p.name}" for p in sorted((CASES / "extractors").iterdir()))):
        cases = yaml_cases(CASES / folder, required={"document"}, optional={"records", "album", "problems", "page"})
        found |= {f"{folder}/{case.name}": case.data["document"] for case in cases}
    return found


DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_graph_is_sound(name: str) -> None:
    result = mapped(DOCUMENTS[name])
    assert_no_blank_nodes(result)
    assert_facts_and_claims_agree(result)
    assert_everything_is_named(result)
    assert_dates_have_bounds(result)
    assert_evidence_is_exact(result)


def assert_no_blank_nodes(document: MappedDocument) -> None:
    for quad in document.quads:
        assert not any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))
        assert isinstance(quad.subject, NamedNode)
        assert quad.subject.value.isascii(), quad.subject


def assert_facts_and_claims_agree(document: MappedDocument) -> None:
    """Fail unless the facts are the triples of the claims that are asserted, neither more nor less."""
    manners: dict[NamedNode, str] = {}
    spoken: dict[NamedNode, dict[NamedNode, object]] = {}
    for triple in part(document, "claims"):
        assert isinstance(triple.subject, NamedNode)
        spoken.setdefault(triple.subject, {})[triple.predicate] = triple.object
    facts = set()
    for node, said in spoken.items():
        if said.get(RDF.type) == DG.Claim:
            assert {DG.evidence, DG.rule} <= said.keys(), node
            manners[node] = str(said.get(DG.manner, "stated")).rstrip(">").rsplit("/", 1)[-1]
            if manners[node] in ASSERTED:
                facts.add((said[RDF.subject], said[RDF.predicate], said[RDF.object]))
    assert facts == {(t.subject, t.predicate, t.object) for t in part(document, "facts")}


def assert_everything_is_named(document: MappedDocument) -> None:
    """Fail unless all that a fact is about or points to has a class and a label."""
    plain = part(document, "facts") | part(document, "derived")
    typed = {t.subject for t in plain if t.predicate == RDF.type}
    labelled = {t.subject for t in plain if t.predicate in (RDFS.label, SKOS.prefLabel)}
    things = {t.subject for t in part(document, "facts")}
    base = document.iri.value.rsplit("/doc/", 1)[0]
    for triple in part(document, "facts"):
        ours = isinstance(triple.object, NamedNode) and triple.object.value.startswith((f"{base}/", CONCEPT_BASE))
        if ours and triple.predicate != RDF.type:
            things.add(triple.object)  # type: ignore[arg-type]
    schemes = {thing for thing in things if str(thing).count("/concept/") and str(thing).count("/") < 6}
    assert things - typed - schemes == set(), "without class"
    assert things - labelled - schemes == set(), "without label"


def assert_dates_have_bounds(document: MappedDocument) -> None:
    plain = part(document, "facts") | part(document, "derived")
    for triple in part(document, "facts"):
        if triple.predicate == DG.date:
            assert isinstance(triple.object, Literal)
            for bound, day in zip((DG.earliest, DG.latest), edtf.bounds(triple.object.value), strict=True):
                found = {t.object.value for t in plain if t.subject == triple.subject and t.predicate == bound}  # type: ignore[union-attr]
                assert day is None or day.isoformat() in found


def assert_evidence_is_exact(document: MappedDocument) -> None:
    about: dict[object, dict[NamedNode, str]] = {}
    for triple in part(document, "claims"):
        if isinstance(triple.object, Literal):
            about.setdefault(triple.subject, {})[triple.predicate] = triple.object.value
    for node in filter(lambda node: OA.exact in node, about.values()):
        start, end = int(node[OA.start]), int(node[OA.end])
        assert node[OA.exact] == document.source.text[start:end] != ""
        assert (int(node[DG.line]), int(node[DG.column])) == document.source.location(start)


# --- Many documents -----------------------------------------------------------------------------------------


def test_the_order_of_documents_decides_nothing() -> None:
    reads = [read(f"{number}.txt", text) for number, text in enumerate(DOCUMENTS.values())]
    forward = [set(document.quads) for document in map_documents(reads)]
    backward = [set(document.quads) for document in map_documents(reads[::-1])]
    assert forward == backward[::-1]


def test_documents_leave_no_cyclic_garbage() -> None:
    """The command line looks for garbage seldom, ``discograph.cli.collect_seldom``: nothing may need it."""
    texts = list(DOCUMENTS.values())[:50]
    is_enabled = gc.isenabled()
    for _ in range(2):  # the first run fills caches
        gc.collect()
        gc.disable()
        try:
            for text in texts:
                serialize(map_documents([read("x.txt", text)])[0].statements, format_by_name("nquads"))
            garbage = gc.collect()
        finally:
            if is_enabled:
                gc.enable()
    assert garbage == 0


@pytest.mark.parametrize("names", [("Tide!", "Tide?"), ("Tide?", "Tide!")])
def test_neighbours_that_look_alike_have_the_same_iris_in_any_order_of_documents(names: tuple[str, str]) -> None:
    box = "= Blue Harbour =\n\nBlue Harbour\n- Type: studio\n- Artist: Ada Moss\n- Prev Title: {}\n"
    one, other = (read(f"{number}.txt", box.format(name)) for number, name in enumerate(names))
    forward, backward = map_documents([one, other]), map_documents([other, one])
    assert [set(document.quads) for document in forward] == [set(document.quads) for document in backward[::-1]]
    assert len({q.object for d in forward for q in d.quads if q.predicate == DG.previousAlbum}) == 2


def test_documents_with_one_stem_are_two_documents_in_any_order() -> None:
    text = "{} is an album by Ada Moss.\n"
    first, second, third = (
        replace(read(Path(path).name, text.format(path)), path=Path(path))
        for path in ("a/x.txt", "b/x.txt", "c/x-2.txt")
    )
    numbered = {first.path: "x", second.path: "x-3", third.path: "x-2"}  # a file's own name is not taken from it
    for order in permutations((first, second, third)):
        mapped_documents = map_documents(order)
        assert [d.iri.value.rsplit("/", 1)[1] for d in mapped_documents] == [numbered[one.path] for one in order]
        for document in mapped_documents:
            assert {q.graph_name.value.rsplit("/", 1)[0] for q in document.quads} == {document.iri.value}  # type: ignore[union-attr]
            assert_evidence_is_exact(document)


def test_a_second_run_gives_the_same_quads_in_the_same_order() -> None:
    for text in DOCUMENTS.values():
        one, two = (map_documents([read("x.txt", text)])[0].quads for _ in range(2))
        assert one == two


def test_two_albums_of_one_title_in_two_documents_are_two_things() -> None:
    text = "= {0} =\n\n{0}\n- Type: studio\n- Artist: {1}\n"
    reads = [
        read(f"{n}.txt", text.format(*pair))
        for n, pair in enumerate(
            [("Tide!", "Ada Moss"), ("Tide?", "Ada Moss"), ("Tide!", "Leo Dune"), ("Tide!", "Ada Moss")]
        )
    ]
    one, two, three, four = (document.albums[0] for document in map_documents(reads))
    assert one == four
    assert len({one, two, three}) == 3


# --- IRIs ---------------------------------------------------------------------------------------------------

TWINS = (("Moss's", "Moss’s"), ("Café", "Cafe\u0301"), ("So  Blue", "So Blue"), ("R&B", "R & B"), ("A–B", "A-B"))


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_names_that_differ_in_marks_have_one_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@texts.PROPERTY
@given(texts.names())
def test_a_slug_is_plain_and_stable(name: str) -> None:
    result = slug(name)
    assert result
    assert set(result) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not result.startswith("-")
    assert not result.endswith("-")
    assert "--" not in result
    assert len(result) <= 100
    assert result == slug(name) == slug(result) == slug(unicodedata.normalize("NFD", name))


@texts.PROPERTY
@given(st.lists(texts.names(), max_size=8), st.randoms(use_true_random=False))
def test_different_names_never_share_an_iri(names: list[str], random: Random) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    one, other = Minter(), Minter()
    one.reserve(("person", name, "x.txt") for name in names)
    other.reserve(("person", name, "x.txt") for name in shuffled)
    iris = {unicodedata.normalize("NFC", name): one.thing("person", name) for name in names}
    assert len(set(iris.values())) == len(iris)
    assert [other.thing("person", name) for name in names] == [one.thing("person", name) for name in names]


@texts.PROPERTY
@given(st.lists(st.tuples(texts.names(), st.none() | texts.names()), max_size=6))
def test_different_albums_never_share_an_iri(keys: list[tuple[str, str | None]]) -> None:
    minter = Minter()
    minter.reserve([("album", t, "x") for t, _ in keys] + [("album by", a, "x") for _, a in keys if a])
    normal = {
        (unicodedata.normalize("NFC", t), a and unicodedata.normalize("NFC", a)): minter.album(t, a) for t, a in keys
    }
    assert len(set(normal.values())) == len(normal)


@texts.PROPERTY
@given(st.lists(texts.names(), max_size=8))
def test_parts_of_unlike_names_are_unlike(names: list[str]) -> None:
    parts = [Minter().part(NamedNode("http://x/a"), name) for name in unique(iter(names))]
    assert len(set(parts)) == len(parts)


@texts.PROPERTY
@given(st.sets(st.text(alphabet="aAéE.-2 ", min_size=1, max_size=4).filter(lambda s: s.strip(". ")), max_size=6))
def test_documents_of_unlike_names_are_unlike(stems: set[str]) -> None:
    minter = Minter()
    minter.reserve(("doc", stem, "x.txt") for stem in stems)
    names = {unicodedata.normalize("NFC", stem) for stem in stems}
    assert len({minter.document(f"{stem}.txt") for stem in names}) == len(names)


def test_concepts_that_the_ontology_knows_do_not_move() -> None:
    minter = Minter("https://example.org/")
    assert minter.concept("instrument", "Trumpet") == NamedNode(f"{CONCEPT_BASE}instrument/trumpet")
    assert minter.concept("instrument", "fog horn x") == NamedNode("https://example.org/concept/instrument/fog-horn-x")


@pytest.mark.parametrize("base", [DEFAULT_BASE, "https://example.org/"])
@pytest.mark.parametrize(
    ("scheme", "name", "slugged"),
    [("instrument", "Tenor/Saxophone", "tenor-saxophone"), ("publication", "Source?", "source")],
)
def test_a_concept_that_only_looks_like_a_known_one_is_another(base: str, scheme: str, name: str, slugged: str) -> None:
    minter = Minter(base)
    assert minter.concept(scheme, name) == NamedNode(f"{base}concept/{scheme}/{slugged}-2")
    assert minter.concept(scheme, name) == minter.concept(scheme, name)


@pytest.mark.parametrize("name", ["first-release", "first release"])
def test_words_of_ours_mean_the_concept_with_that_slug_under_any_base(name: str) -> None:
    assert Minter("https://example.org/").concept("kind", name) == NamedNode(f"{CONCEPT_BASE}kind/first-release")


def test_the_document_describes_itself() -> None:
    result = mapped("Blue Harbour is an album by Ada Moss.\n")
    described = {(t.predicate, t.object) for t in part(result, "derived") if t.subject == result.iri}
    assert (DCTERMS.identifier, Literal("harbour.txt")) in described
    assert (DG.sha256, Literal(result.source.sha256)) in described
    assert all(isinstance(quad, Quad) for quad in result.quads)

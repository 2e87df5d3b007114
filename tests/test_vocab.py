"""One closed vocabulary: code, ontology, JSON-LD context, shapes and queries name the same terms."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib import XSD as RDFLIB_XSD

from discograph.namespaces import PREFIXES
from discograph.vocab import CONCEPT_BASE, DG, DG_NS, EDTF, VOCABULARIES, XSD, terms

ROOT = Path(__file__).resolve().parents[1]
CONTEXT_FILE = ROOT / "ontology" / "context.jsonld"
CONTEXT = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))["@context"]
CONTEXT_PREFIXES = {name for name, iri in CONTEXT.items() if isinstance(iri, str) and iri.startswith("http")}
KNOWN = {term.value for vocabulary in (*VOCABULARIES, XSD) for term in terms(vocabulary).values()} | {EDTF.value}
OUTER = tuple(
    sorted({re.sub(r"[^/#]*$", "", term.value) for v in VOCABULARIES for term in terms(v).values()} - {DG_NS})
)
# The lists themselves, shapes and queries may speak of these; our graphs hold none of them.
SCHEME_TERMS = {str(term) for term in (SKOS.ConceptScheme, SKOS.definition, SKOS.hiddenLabel, SKOS.related)}
LANGUAGE = (str(RDF), str(RDFS))
FILES = sorted([*ROOT.glob("shapes/**/*.ttl"), *ROOT.glob("src/discograph/queries/**/*.rq")])

_IRI_STRING_OR_COMMENT = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|#[^\n]*""")
_DECLARATION = re.compile(r"(?i)prefix\s+([\w-]*):\s*<([^>]*)>")
_PREFIXED_NAME = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*):((?:[\w-]|\.(?=[\w-])|\\.)+)")


def concept_iris() -> set[str]:
    graph = Graph().parse(ROOT / "ontology" / "concepts.ttl", format="turtle")
    kinds = (SKOS.Concept, SKOS.ConceptScheme)
    return {str(subject) for kind in kinds for subject in graph.subjects(RDF.type, kind)}


CONCEPTS = concept_iris()


def iris(text: str) -> set[str]:
    """Return every IRI that a Turtle or SPARQL text names, in its strings too but not in its comments."""
    text = _IRI_STRING_OR_COMMENT.sub(lambda match: "" if match[0].startswith("#") else match[0], text)
    prefixes = PREFIXES | dict(_DECLARATION.findall(text))
    text = _DECLARATION.sub("", text)
    found = set(re.findall(r"<([a-z]+:[^<>\s]*)>", text))
    for prefix, local in _PREFIXED_NAME.findall(re.sub(r"<[^<>\s]*>", " ", text)):
        if prefix in prefixes:
            found.add(prefixes[prefix] + local.replace("\\", ""))
    return found


def unknown(found: set[str]) -> list[str]:
    """Return the IRIs of vocabularies and schemes of ours that neither vocab.py nor concepts.ttl knows."""
    strange = {iri for iri in found if iri.startswith((DG_NS, *OUTER))} - KNOWN - SCHEME_TERMS
    strange = {iri for iri in strange if not iri.startswith(LANGUAGE)}
    return sorted(strange | {iri for iri in found if iri.startswith(CONCEPT_BASE) and iri not in CONCEPTS})


def test_names_are_exactly_the_local_names() -> None:
    for vocabulary in (*VOCABULARIES, XSD):
        for name, term in terms(vocabulary).items():
            assert term.value.endswith(("#" + name, "/" + name)), term


def test_code_and_ontology_define_the_same_terms() -> None:
    graph = Graph().parse(ROOT / "ontology" / "discograph.ttl", format="turtle")
    defined = {str(subject) for subject in graph.subjects() if str(subject).startswith(DG_NS)}
    assert defined == {term.value for term in terms(DG).values()}


def test_ontology_declares_every_outer_term() -> None:
    graph = Graph().parse(ROOT / "ontology" / "discograph.ttl", format="turtle")
    native = (str(RDFS), str(RDF) + "type")
    used = {term.value for v in VOCABULARIES for term in terms(v).values() if not term.value.startswith(native)}
    assert {iri for iri in used if (URIRef(iri), RDF.type, None) not in graph} == set()


def definition(term: str) -> dict[str, str]:
    value = CONTEXT[term]
    return value if isinstance(value, dict) else {"@id": str(value)}


def expanded(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return CONTEXT[prefix] + local if prefix in CONTEXT and local else curie


def test_context_names_exactly_our_terms_by_their_local_names() -> None:
    named = {name: expanded(definition(name)["@id"]) for name in CONTEXT if "@id" in definition(name)}
    ours = {name: iri for name, iri in named.items() if iri.startswith(DG_NS) and iri != DG_NS}
    assert ours == {name: term.value for name, term in terms(DG).items()}


def test_context_prefixes_are_those_of_the_tool() -> None:
    assert {name: CONTEXT[name] for name in CONTEXT_PREFIXES} == {
        name: iri for name, iri in PREFIXES.items() if name in CONTEXT_PREFIXES
    }


def test_context_knows_only_known_terms_and_no_two_names_for_one() -> None:
    seen: set[tuple[str, str]] = set()
    for name in CONTEXT.keys() - CONTEXT_PREFIXES - {"@version", "id", "type"}:
        for keyword in definition(name).keys() & {"@id", "@reverse"}:
            iri = expanded(definition(name)[keyword])
            assert iri in KNOWN, name
            assert (keyword, iri) not in seen, name
            seen.add((keyword, iri))


def test_context_names_every_outer_term_that_is_not_a_keyword() -> None:
    named = {expanded(definition(name)["@id"]) for name in CONTEXT if "@id" in definition(name)}
    used = {term.value for v in VOCABULARIES for term in terms(v).values()}
    assert used - named - SCHEME_TERMS == {str(RDF.type)}


def test_context_types_values_as_the_ontology_does() -> None:
    graph = Graph().parse(ROOT / "ontology" / "discograph.ttl", format="turtle")
    for name, term in terms(DG).items():
        ranges = [str(r) for r in graph.objects(URIRef(term.value), RDFS.range)]
        coerced = expanded(definition(name).get("@type", ""))
        if (URIRef(term.value), RDF.type, OWL.ObjectProperty) in graph:
            assert coerced == "@id", name
        elif (URIRef(term.value), RDF.type, OWL.DatatypeProperty) in graph:
            plain = coerced == "" and ranges[0] in (str(RDFLIB_XSD.string), str(RDFS.Literal))
            assert plain or [coerced] == ranges, name


def test_context_reads_alike_in_both_libraries() -> None:
    case = ROOT / "tests" / "cases" / "context"
    document = json.loads((case / "album.json").read_text(encoding="utf-8"))
    text = json.dumps({"@context": CONTEXT, **document})
    expected = Graph().parse(case / "album.ttl", format="turtle")
    by_pyoxigraph = pyoxigraph.parse(input=text.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    lines = "".join(f"{quad.triple} .\n" for quad in by_pyoxigraph)
    assert set(Graph().parse(data=lines, format="nt")) == set(expected)
    assert set(Graph().parse(data=text, format="json-ld")) == set(expected)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_shapes_and_queries_use_known_terms(path: Path) -> None:
    assert unknown(iris(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        (
            "PREFIX dg: <https://w3id.org/discograph/ns#> SELECT * { ?a dg:trakc/dg:title ?b }",
            ["ns#title", "ns#trakc"],
        ),
        ("SELECT * { ?a <https://w3id.org/discograph/ns#Albun> ?b } # dg:commentedOut", ["ns#Albun"]),
        ('[] sh:select """SELECT $this { $this !dg:artits|^dg:artist ?a }""" .', ["ns#artits"]),
        (
            "PREFIX k: <https://w3id.org/discograph/concept/kind/> ASK { ?a dg:kind k:reissue, k:reisue }",
            ["kind/reisue"],
        ),
        ("SELECT * { ?a dg:version version:alternate-take . ?b a dg:Album ; dcterms:title ?dg:x }", []),
        (
            "SELECT * { ?a schema:conductor ?b ; skos:hiddenLabel ?c ; rdfs:comment ?d }",
            ["schema.org/conductor"],
        ),
    ],
)
def test_scan_finds_what_is_strange(text: str, strange: list[str]) -> None:
    found = unknown(iris(text))
    assert len(found) == len(strange)
    assert all(iri.endswith(end) for iri, end in zip(found, strange, strict=True)), found

"""``void.ttl``: its counts are those of the files beside it, and its examples are questions that can be asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID
from rdflib.plugins.sparql import prepareQuery

from discograph import cli
from discograph.query import all_named, open_graphs
from discograph.query import run as ask
from discograph.query.sources import DESCRIPTION_FILE
from discograph.rdf import RdfFormat, Store
from tests.process import ROOT, files_of, run

BASE = "https://w3id.org/discograph/"
DATASET = rdflib.URIRef(f"{BASE}.well-known/void#dataset")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
ARTICLES = ROOT / "tests" / "cases" / "robustness" / "documents"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an export of a few articles."""
    folder = tmp_path_factory.mktemp("described")
    assert run("export", ARTICLES, "-o", folder, "-f", "nquads", "-f", "turtle", cwd=ROOT).code == 0
    return folder


@pytest.fixture(scope="module")
def description(exported: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(exported / DESCRIPTION_FILE)


def part(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{BASE}.well-known/void#{name}")


def number(description: rdflib.Graph, subject: rdflib.URIRef, term: str) -> int:
    return int(str(description.value(subject, VOID[term], any=False)))


def test_counts_are_those_of_the_files(exported: Path, description: rdflib.Graph) -> None:
    dataset = rdflib.Dataset()
    for file in exported.glob("*.nq"):
        dataset.parse(file, format="nquads")
    merged = rdflib.Graph()
    for file in exported.glob("*.ttl"):
        if file.name != DESCRIPTION_FILE:
            merged.parse(file)
    assert number(description, DATASET, "documents") == len(list(exported.glob("*.nq"))) == 3
    assert number(description, DATASET, "triples") == len(list(dataset.quads()))
    for name in ("facts", "derived", "claims"):
        graphs = (graph for graph in dataset.graphs() if str(graph.identifier).endswith(f"/{name}"))
        assert number(description, part(name), "triples") == sum(map(len, graphs))
    asserted = part("asserted")
    assert number(description, asserted, "triples") == len(merged)
    assert number(description, asserted, "distinctSubjects") == len(set(merged.subjects()))
    assert number(description, asserted, "distinctObjects") == len(set(merged.objects()))
    assert number(description, asserted, "properties") == len(set(merged.predicates()))
    assert number(description, asserted, "classes") == len(set(merged.objects(None, RDF.type)))
    for partition in description.objects(asserted, VOID.classPartition):
        assert isinstance(partition, rdflib.URIRef)
        members = set(merged.subjects(RDF.type, description.value(partition, VOID["class"])))
        assert number(description, partition, "entities") == len(members)
    for partition in description.objects(asserted, VOID.propertyPartition):
        assert isinstance(partition, rdflib.URIRef)
        found = list(merged.triples((None, description.value(partition, VOID.property), None)))
        assert number(description, partition, "triples") == len(found)


def test_it_says_licence_formats_and_where_to_begin(exported: Path, description: rdflib.Graph) -> None:
    licence = rdflib.URIRef("https://creativecommons.org/licenses/by-sa/4.0/")
    assert description.value(DATASET, DCTERMS.license) == licence
    types = {
        str(description.value(item, DCAT.mediaType)).rpartition("/media-types/")[2]
        for item in description.objects(DATASET, DCAT.distribution)
    }
    assert types == {"application/n-quads", "text/turtle"}
    example = description.value(DATASET, VOID.exampleResource)
    assert isinstance(example, rdflib.URIRef)
    assert f"<{example}>" in "".join(path.read_text(encoding="utf-8") for path in exported.glob("*.nq"))


def test_each_question_is_an_example_that_both_engines_read_without_more(description: rdflib.Graph) -> None:
    examples = set(description.subjects(RDF.type, SH.SPARQLExecutable))
    asked = {query.name for query in all_named() if query.path.parent.name == "questions"}
    assert {str(example).rpartition("/")[2] for example in examples} == asked
    for example in examples:
        text = str(description.value(example, SH.select) or description.value(example, SH.ask))
        Store().query(text)
        prepareQuery(text)
        assert (example, SH.prefixes, rdflib.URIRef(f"{BASE}.well-known/sparql-examples/prefixes")) in description


def test_an_example_answers_as_the_question_of_its_name(exported: Path, description: rdflib.Graph) -> None:
    store = open_graphs([exported])
    example = rdflib.URIRef(f"{BASE}.well-known/sparql-examples/who-plays-what")
    (named,) = (query for query in all_named() if query.name == "who-plays-what")
    answer = ask(store, named.sparql)
    assert answer.rows  # type: ignore[union-attr]
    assert ask(store, str(description.value(example, SH.select))) == answer


def test_it_is_no_part_of_what_is_checked_and_asked(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "all")
    with_it = open_graphs([tmp_path / "all"])
    (tmp_path / "all" / DESCRIPTION_FILE).unlink()
    assert with_it.dump(format=RdfFormat.N_QUADS) == open_graphs([tmp_path / "all"]).dump(format=RdfFormat.N_QUADS)


def test_it_is_the_same_bytes_each_time_and_follows_the_options(exported: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    options = ("-f", "nquads", "-f", "turtle")
    assert run("export", ARTICLES, "-o", again, *options, cwd=ROOT, PYTHONHASHSEED="7", TZ="Asia/Tokyo").code == 0
    assert files_of(again) == files_of(exported)
    own = ("--license", "https://example.org/l", "--base-iri", "https://example.org/")
    assert run("export", ARTICLES, "-o", again, *options, *own, cwd=ROOT).code == 0
    text = (again / DESCRIPTION_FILE).read_text(encoding="utf-8")
    assert "dcterms:license <https://example.org/l>" in text
    assert '"https://example.org/" ;' in text


def test_no_document_may_have_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ARTICLES / "low-tide.txt", tmp_path / "void.txt")
    assert cli.run(["export", str(tmp_path), "-o", str(tmp_path / "out")]) == 3
    assert "void.ttl describes the export; rename this document" in capsys.readouterr().err

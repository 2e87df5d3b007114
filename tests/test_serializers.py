"""Serializers: what goes in comes out in every format, always as the same bytes, whole or not at all."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from discograph import rdf
from discograph.errors import GraphError, OutputError
from discograph.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat
from discograph.serializers import (
    DEFAULT_BASE,
    FORMATS,
    EvidenceMode,
    Format,
    format_by_extension,
    format_by_media_type,
    format_by_name,
    serialize,
    write_file,
)
from discograph.statements import Statements, tail
from discograph.vocab import DCTERMS, DG, EDTF, RDF, SKOS, XSD

SAMPLE = Path(__file__).parent / "cases" / "serializers" / "sample.trig"
ALBUM = f"{DEFAULT_BASE}id/album/été--zoë"
FACTS = NamedNode(f"{DEFAULT_BASE}doc/s/facts")
HEADED = [fmt for fmt in FORMATS if fmt.name in ("turtle", "trig")]
TRIPLES = [fmt for fmt in FORMATS if not fmt.supports_datasets]
DATASETS = [fmt for fmt in FORMATS if fmt.supports_datasets]
RAPTOR_NAMES = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "ntriples",
    "nquads": "nquads",
    "rdfxml": "rdfxml",
}

each_format = pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.name)


@pytest.fixture(scope="module")
def sample() -> list[Quad]:
    return rdf.parse_file(SAMPLE)


def read(data: bytes, fmt: Format) -> set[str]:
    """Return the statements of a file, as N-Quads without the dot."""
    return {str(quad) for quad in rdf.parse(data, fmt.rdf_format, name=fmt.name)}


def expected(quads: list[Quad], fmt: Format) -> set[str]:
    """Return the statements that a format should hold."""
    if fmt.supports_datasets:
        return {str(quad) for quad in quads}
    return {str(quad.triple) for quad in quads if not str(quad.graph_name).endswith("/claims>")}


# --- formats ---------------------------------------------------------------------------------------------


@each_format
def test_a_format_is_found_by_each_of_its_names(fmt: Format) -> None:
    assert format_by_name(fmt.name) is fmt
    assert format_by_extension(f".{fmt.extension.upper()}") is fmt
    assert format_by_media_type(f"{fmt.media_type}; charset=utf-8") is fmt


@each_format
def test_the_table_agrees_with_the_writer_about_extensions(fmt: Format) -> None:
    assert RdfFormat.from_extension(fmt.extension) == fmt.rdf_format
    assert fmt.media_type == fmt.rdf_format.media_type


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(OutputError, match="'ttx'; known: turtle, trig, ntriples, nquads, jsonld, rdfxml"):
        format_by_name("ttx")
    with pytest.raises(GraphError, match=r"'\.ttx'; known: ttl, trig, nt, nq, jsonld, rdf"):
        format_by_extension(".ttx")
    with pytest.raises(GraphError, match="'text/plain'; known: text/turtle, "):
        format_by_media_type("text/plain")


# --- three readers understand every file ------------------------------------------------------------------


@each_format
def test_pyoxigraph_reads_back_what_was_written(sample: list[Quad], fmt: Format) -> None:
    assert read(serialize(sample, fmt), fmt) == expected(sample, fmt)


@each_format
def test_rdflib_reads_back_what_was_written(sample: list[Quad], fmt: Format) -> None:
    # rdflib reads the sample itself too, so that no other reader's opinion enters.
    source = rdflib_quads(SAMPLE.read_bytes(), "trig")
    if not fmt.supports_datasets:
        source = {quad[:3] for quad in source if not str(quad[3]).endswith("/claims")}
    name = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}.get(fmt.name, fmt.name)
    found = rdflib_quads(serialize(sample, fmt), name)
    assert {quad[: 4 if fmt.supports_datasets else 3] for quad in found} == source


def rdflib_quads(data: bytes, name: str) -> set[tuple[Any, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=name)
    return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads()}


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt.name in RAPTOR_NAMES], ids=lambda fmt: fmt.name)
def test_raptor_reads_back_what_was_written(sample: list[Quad], fmt: Format, tmp_path: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        if os.environ.get("CI"):
            pytest.fail("rapper is missing; install raptor2-utils")
        pytest.skip("rapper is not installed (raptor2-utils)")
    file = tmp_path / "graph"
    file.write_bytes(serialize(sample, fmt))
    command = [rapper, "-q", "-i", RAPTOR_NAMES[fmt.name], "-o", "nquads", str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert read(done.stdout, format_by_name("nquads")) == expected(sample, fmt)


# --- generated graphs -------------------------------------------------------------------------------------

# Letters, marks, digits and symbols of every script, and what an IRI allows besides.
_iri_text = st.text(
    st.characters(categories=["L", "M", "N", "S"], exclude_characters='<>"{}|\\^`')
    | st.sampled_from("-._~!$&'()*+,;=:@/")
)
_names = st.from_regex(r"[a-z][a-zA-Z0-9]{0,8}", fullmatch=True)


@st.composite
def iris(draw: st.DrawFn) -> NamedNode:
    start = draw(st.sampled_from(["https://example.org/", "urn:x:", *_STARTS]))
    end = draw(st.sampled_from(["", "#char=1,2", "?q=%C3%A9"]))
    try:
        return NamedNode(start + draw(_iri_text) + end)
    except ValueError:  # private use and the like
        return NamedNode(start + "x" + end)


_STARTS = [DEFAULT_BASE + path for path in ("id/", "id/album/a/", "concept/kind/", "concept/", "doc/", "")]
_datatypes = st.sampled_from([XSD.string, XSD.integer, XSD.date, XSD.decimal, EDTF, NamedNode("https://e.org/é#t")])
_literals = st.one_of(
    st.builds(lambda value, datatype: Literal(value, datatype=datatype), st.text(), _datatypes),
    st.builds(lambda value, tag: Literal(value, language=tag), st.text(), st.sampled_from(["en", "fr-CA", "ar"])),
    st.integers().map(lambda value: Literal(str(value), datatype=XSD.integer)),
)
_predicates = st.sampled_from([DG.track, DG.creditOn, DG.position, DG.date, DG.subEventOf, DCTERMS.title]) | _names.map(
    lambda name: NamedNode(f"https://example.org/ns#{name}")
)
_CLAIMS = NamedNode(f"{DEFAULT_BASE}doc/s/claims")
_graphs = st.sampled_from([FACTS, NamedNode(f"{DEFAULT_BASE}doc/é/derived"), _CLAIMS])
# Few subjects and many parts, so that nodes meet.
_nodes = st.sampled_from([NamedNode(f"{ALBUM}{path}") for path in ("", "/a", "/a/1", "/a/b", "/c")]) | iris()
_quads = st.lists(st.builds(Quad, _nodes, _predicates, _nodes | _literals, _graphs))


@settings(deadline=None)  # machines differ
@given(_quads)
@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt.name != "rdfxml"], ids=lambda fmt: fmt.name)
def test_any_graph_comes_back_as_it_was(fmt: Format, quads: list[Quad]) -> None:
    assert read(serialize(quads, fmt), fmt) == expected(quads, fmt)


@settings(deadline=None)  # machines differ
@given(_quads)
def test_rdfxml_comes_back_as_it_was_or_says_which_character_it_cannot_hold(quads: list[Quad]) -> None:
    fmt = format_by_name("rdfxml")
    written = [q.object.value for q in quads if isinstance(q.object, Literal) and q.graph_name != _CLAIMS]
    bad = {char for text in written for char in text if (char < " " and char not in "\t\n\r") or char in "\ufffe\uffff"}
    if not bad:
        assert read(serialize(quads, fmt), fmt) == expected(quads, fmt)
        return
    with pytest.raises(OutputError, match="cannot hold the character U\\+") as caught:
        serialize(quads, fmt)
    assert chr(int(str(caught.value).partition("U+")[2].split()[0], 16)) in bad


@settings(deadline=None)  # machines differ
@given(st.lists(st.text()))
@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_rdflib_reads_any_text_back(name: str, texts: list[str]) -> None:
    quads = [Quad(NamedNode(ALBUM), SKOS.note, Literal(text), FACTS) for text in texts]
    found = rdflib_quads(serialize(quads, format_by_name(name)), {"jsonld": "json-ld"}.get(name, name))
    assert {str(quad[2]) for quad in found} == set(texts)


@settings(deadline=None)  # machines differ
@given(_quads)
@pytest.mark.parametrize("evidence", ["claims", "none"])
@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt.name != "rdfxml"], ids=lambda fmt: fmt.name)
def test_lines_give_the_same_bytes_as_quads(fmt: Format, evidence: EvidenceMode, quads: list[Quad]) -> None:
    statements = Statements()
    for quad in quads:
        subject, predicate, value, graph = map(str, quad)
        statements.add(subject, [tail(predicate, value, graph)])
    assert serialize(statements, fmt, evidence=evidence) == serialize(quads, fmt, evidence=evidence)
    assert set(statements.quads) == set(quads)
    assert len(statements.quads) == len(set(quads))


def test_lines_that_are_added_later_are_quads_too() -> None:
    statements = Statements()
    assert list(statements) == []
    for text in ("a", "b"):
        statements.add(f"<{ALBUM}>", [tail(SKOS.note, Literal(text), FACTS)])
        *_, last = statements.quads
        assert last == Quad(NamedNode(ALBUM), SKOS.note, Literal(text), FACTS)


def test_terms_are_printed_as_they_are_written() -> None:
    """For every character: the lines of claims are made of printed terms."""
    graph = NamedNode("https://example.org/g")
    for start in range(0, 0x110000, 0x800):
        text = "".join(map(chr, range(start, start + 0x800)))
        if 0xD800 <= start < 0xE000:  # surrogates are no characters
            continue
        for value in (Literal(text), Literal(text, language="en"), Literal(text, datatype=EDTF)):
            line = f"{graph} {graph} {value} {graph} .\n".encode()
            assert rdf.serialize([Quad(graph, graph, value, graph)], RdfFormat.N_QUADS, {}) == line


@settings(deadline=None)  # machines differ
@given(_quads, st.randoms(use_true_random=False))
@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt.name != "rdfxml"], ids=lambda fmt: fmt.name)
def test_order_and_repetition_of_the_input_change_no_byte(
    fmt: Format, quads: list[Quad], chance: random.Random
) -> None:
    shuffled = quads + quads[:3]
    chance.shuffle(shuffled)
    assert serialize(shuffled, fmt) == serialize(quads, fmt)


@pytest.mark.parametrize("text", ["bell \x07", "null \x00", "\ufffe", "\uffff"])
def test_rdfxml_refuses_a_character_that_xml_has_not(text: str) -> None:
    quad = Quad(NamedNode(ALBUM), DCTERMS.title, Literal(text), FACTS)
    with pytest.raises(OutputError, match=f"U\\+{ord(text[-1]):04X} in <.*title> of <.*choose turtle"):
        serialize([quad], format_by_name("rdfxml"))


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "\x85", "\u2028", " \t\n ", "]]>", "<&>\"'", "\x7f"])
def test_rdfxml_keeps_every_character_that_xml_has(text: str) -> None:
    fmt = format_by_name("rdfxml")
    data = serialize([Quad(NamedNode(ALBUM), DCTERMS.title, Literal(text), FACTS)], fmt)
    assert [str(quad[2]) for quad in rdflib_quads(data, "xml")] == [text]
    assert [quad.object for quad in rdf.parse(data, fmt.rdf_format, name="x")] == [Literal(text)]


@pytest.mark.parametrize("iri", ["https://e.org/1", "https://e.org/a/", RDF.type.value.replace("type", "li")])
def test_rdfxml_refuses_a_property_or_class_that_is_no_element(iri: str) -> None:
    for quad in (
        Quad(NamedNode(ALBUM), NamedNode(iri), Literal("x"), FACTS),
        Quad(NamedNode(ALBUM), RDF.type, NamedNode(iri), FACTS),
    ):
        with pytest.raises(OutputError, match=f"no element for the property or class <{iri}>"):
            serialize([quad], format_by_name("rdfxml"))


# --- the same bytes, in an order that reads well ----------------------------------------------------------

_SCRIPT = """
import sys, hashlib
from pathlib import Path
from discograph import rdf
from discograph.serializers import FORMATS, serialize
quads = set(rdf.parse_file(Path(sys.argv[1])))
print([hashlib.sha256(serialize(quads, fmt)).hexdigest() for fmt in FORMATS])
"""


def test_hash_seed_and_locale_change_no_byte() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(SAMPLE)],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "LC_ALL": locale,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("fmt", HEADED, ids=lambda fmt: fmt.name)
def test_only_used_prefixes_are_declared_in_alphabetical_order(sample: list[Quad], fmt: Format) -> None:
    lines = serialize(sample, fmt).decode().splitlines()
    declared = [line.split()[1] for line in lines if line.startswith("@prefix ")]
    assert declared == sorted(declared)
    assert [line.startswith("@prefix ") for line in lines[: len(declared)]] == [True] * len(declared)
    body = "\n".join(lines[len(declared) :])
    assert [prefix for prefix in declared if prefix not in body] == []
    assert f"<{DEFAULT_BASE}id/" not in body


def test_rdfxml_declares_the_prefixes_of_its_elements_only(sample: list[Quad]) -> None:
    data = serialize(sample, format_by_name("rdfxml")).decode()
    declared = [part.partition("=")[0] for part in data.splitlines()[1].split()[1:]]
    assert declared == sorted(declared)
    assert [name for name in declared if data.count(f"<{name.removeprefix('xmlns:')}:") == 0] == []


def test_another_base_iri_has_its_own_prefixes_and_keeps_the_shared_concepts() -> None:
    base = "http://music.example/"
    subject = NamedNode(f"{base}id/album/a")
    graph = NamedNode(f"{base}doc/d/facts")
    quads = [
        Quad(subject, DG.format, NamedNode(f"{DEFAULT_BASE}concept/format/lp"), graph),
        Quad(subject, DG.chart, NamedNode(f"{base}concept/chart/own"), graph),
    ]
    assert serialize(quads, format_by_name("turtle"), base_iri=base).decode() == (
        "@prefix album: <http://music.example/id/album/> .\n"
        "@prefix concept: <http://music.example/concept/> .\n"
        "@prefix dg: <https://w3id.org/discograph/ns#> .\n"
        "@prefix format: <https://w3id.org/discograph/concept/format/> .\n"
        "album:a dg:chart concept:chart\\/own ;\n\tdg:format format:lp .\n"
    )
    data = serialize(quads, format_by_name("jsonld"), base_iri=base)
    node = {"id": "id/album/a", "chart": "concept/chart/own", "format": "concept:format/lp"}
    assert json.loads(data)["@graph"] == [node]
    assert read(data, format_by_name("jsonld")) == {str(quad.triple) for quad in quads}


def test_each_subject_is_one_block_with_its_type_first(sample: list[Quad]) -> None:
    lines = serialize(sample, format_by_name("turtle")).decode().splitlines()
    blocks = [line for line in lines if not line.startswith(("\t", "@prefix"))]
    assert len({line.split()[0] for line in blocks}) == len(blocks)
    assert [line for line in blocks if line.split()[1] != "a"] == []


def test_trig_holds_facts_then_derived_then_claims(sample: list[Quad]) -> None:
    lines = serialize(sample, format_by_name("trig")).decode().splitlines()
    assert [line for line in lines if line.endswith("{")] == [
        "doc:s\\/facts {",
        "doc:s\\/derived {",
        "doc:s\\/claims {",
    ]


@pytest.mark.parametrize("name", ["ntriples", "nquads"])
def test_line_formats_are_sorted_by_code_point(sample: list[Quad], name: str) -> None:
    lines = serialize(sample, format_by_name(name)).decode().splitlines()
    assert lines == sorted(set(lines))


@each_format
def test_no_quads_give_a_readable_empty_file(fmt: Format) -> None:
    assert read(serialize([], fmt), fmt) == set()


@each_format
def test_what_is_not_a_graph_of_ours_is_refused(fmt: Format) -> None:
    node = NamedNode(ALBUM)
    for quad, message in (
        (Quad(BlankNode(), DG.artist, node, FACTS), "only IRIs and literals"),
        (Quad(node, DG.artist, BlankNode(), FACTS), "only IRIs and literals"),
        (Quad(node, DG.artist, node), "not named as ours"),
        (Quad(node, DG.artist, node, node), "not named as ours"),
    ):
        with pytest.raises(GraphError, match=message):
            serialize([quad], fmt)


# --- how much of the claims -------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", DATASETS, ids=lambda fmt: fmt.name)
def test_without_evidence_only_facts_and_derived_are_written(sample: list[Quad], fmt: Format) -> None:
    kept = {str(quad) for quad in sample if not str(quad.graph_name).endswith("/claims>")}
    assert read(serialize(sample, fmt, evidence="none"), fmt) == kept


@pytest.mark.parametrize("fmt", DATASETS, ids=lambda fmt: fmt.name)
def test_spans_repeat_each_asserted_triple_in_a_graph_named_by_its_evidence(sample: list[Quad], fmt: Format) -> None:
    span = f"{DEFAULT_BASE}doc/s#char="
    album, zoe, ete = NamedNode(ALBUM), NamedNode(f"{DEFAULT_BASE}id/person/zoë"), Literal("Été")
    asserted = {
        str(Quad(album, DG.artist, zoe, NamedNode(span + "99,102"))),
        str(Quad(album, DCTERMS.title, ete, NamedNode(span + "2,5"))),
        str(Quad(album, DCTERMS.title, ete, NamedNode(span + "40,43"))),
    }
    kept = {str(quad) for quad in sample if "/claim/" not in str(quad.subject)}
    assert read(serialize(sample, fmt, evidence="spans"), fmt) == kept | asserted


@pytest.mark.parametrize("fmt", TRIPLES, ids=lambda fmt: fmt.name)
def test_formats_without_graphs_never_hold_claims(sample: list[Quad], fmt: Format) -> None:
    assert serialize(sample, fmt, evidence="claims") == serialize(sample, fmt, evidence="none")


def test_a_claim_without_its_triple_is_refused() -> None:
    claim = NamedNode(f"{DEFAULT_BASE}claim/s/1")
    quad = Quad(claim, RDF.type, DG.Claim, NamedNode(f"{DEFAULT_BASE}doc/s/claims"))
    with pytest.raises(GraphError, match="claim/s/1>: a claim needs one rdf:subject"):
        serialize([quad], format_by_name("trig"), evidence="spans")


# --- JSON-LD ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(sample: list[Quad]) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(serialize(sample, format_by_name("jsonld")))["@graph"]
    return graph


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node that stands in full in a piece of JSON."""
    if isinstance(value, dict):
        if "id" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from objects(item)


def test_jsonld_begins_with_the_document_and_the_album_it_is_about(graph: list[dict[str, Any]]) -> None:
    assert [node["id"] for node in graph[:2]] == ["doc/s", "id/album/été--zoë"]
    assert [node["id"] for node in graph[2:]] == [
        "concept:chart/greek-albums",
        "concept:format/lp",
        "id/album/hiver--zoë",
        "id/ensemble/trio",
        "id/film/été--malle",
        "id/label/fontana",
        "id/person/zoë",
        "id/place/france",
        "id/place/le-poste-parisien",
    ]


def test_jsonld_holds_each_node_in_full_once(graph: list[dict[str, Any]], sample: list[Quad]) -> None:
    counts = Counter(node["id"] for node in objects(graph))
    assert {id_: count for id_, count in counts.items() if count != 1} == {}
    described = {str(quad.subject) for quad in sample if not str(quad.graph_name).endswith("/claims>")}
    assert len(counts) == len(described)


def test_jsonld_nests_the_parts_of_an_album(graph: list[dict[str, Any]]) -> None:
    album = graph[1]

    def ids(node: dict[str, Any], key: str) -> list[str]:
        return [part["id"].removeprefix("id/album/été--zoë/") for part in node[key]]

    assert ids(album, "credits") == ["credit/zoë-leader", "credit/zoë-tenor-saxophone"]
    assert ids(album, "chartEntries") == ["chart/greek-2024"]
    assert ids(album, "reviews") == ["review/allmusic"]
    assert ids(album, "certifications") == ["certification/fr-gold"]
    assert ids(album, "included") == ["engagement/1"]
    assert ids(album, "recordedDuring") == ["session/1"]
    assert ids(album["recordedDuring"][0], "days") == ["session/1/day/1"]
    assert ids(album, "editions") == ["release/fontana-cd", "release/fontana-lp"]
    cd, lp = album["editions"]
    assert ids(cd, "track") == [f"release/fontana-cd/track/{number}" for number in (1, 2, 10)]
    assert ids(cd, "includes") == ["recording/film-mix"]
    assert lp["includes"] == ["id/album/été--zoë/recording/film-mix"]
    assert ids(lp, "releaseEvents") == ["release-event/1"]
    assert ids(lp["medium"][0], "track") == ["release/fontana-lp/track/1"]
    assert ids({"awards": graph[4]["awardResults"]}, "awards") == ["id/album/hiver--zoë/award/grammy-1960"]


def test_jsonld_does_not_repeat_the_link_that_nesting_states(graph: list[dict[str, Any]]) -> None:
    leader, saxophone = graph[1]["credits"]
    assert "creditOn" not in leader
    part = "id/album/été--zoë/"
    assert saxophone["creditOn"] == [f"{part}release/fontana-cd", f"{part}session/1"]
    assert saxophone["creditedTrack"] == [f"{part}release/fontana-cd/track/{number}" for number in (2, 10)]


def test_jsonld_keys_and_values_are_what_a_web_developer_expects(graph: list[dict[str, Any]]) -> None:
    for node in objects(graph):
        first = [key for key in ("id", "type", "name", "title") if key in node]
        assert list(node) == first + sorted(node.keys() - set(first))
    album = graph[1]
    assert (album["type"], album["durationSeconds"], album["genre"]) == (
        "Album",
        1570,
        "concept:genre/modal-jazz",
    )
    assert album["recordedDuring"][0]["earliest"] == "1957-12-04"
    assert album["editions"][0]["track"][2]["title"] == [
        {"@language": "en", "@value": "One Night"},
        {"@language": "fr-ca", "@value": "Une nuit"},
        "ليلة 🎷",
    ]


def test_jsonld_is_indented_utf8_without_escapes(sample: list[Quad]) -> None:
    text = serialize(sample, format_by_name("jsonld")).decode()
    assert text.startswith('{\n  "@context": {\n    "@base": "https://w3id.org/discograph/",\n')
    assert '\n  "@graph": [\n    {\n      "id": "doc/s",\n' in text
    assert text.endswith("\n  ]\n}\n")
    assert "ليلة 🎷" in text


def test_jsonld_writes_nodes_that_hold_each_other_once() -> None:
    first, second = NamedNode(f"{ALBUM}/release/a"), NamedNode(f"{ALBUM}/release/b")
    quads = [
        Quad(NamedNode(ALBUM), DCTERMS.title, Literal("Été"), FACTS),
        Quad(first, DG.includes, second, FACTS),
        Quad(second, DG.includes, first, FACTS),
    ]
    data = serialize(quads, format_by_name("jsonld"))
    assert Counter(node["id"] for node in objects(json.loads(data))).most_common(1)[0][1] == 1
    assert read(data, format_by_name("jsonld")) == {str(quad.triple) for quad in quads}


@pytest.mark.parametrize("digits", ["007", "-0", "9" * 40, "9" * 5000, "+1", "x"])
def test_jsonld_keeps_integers_that_json_numbers_would_change(digits: str) -> None:
    fmt = format_by_name("jsonld")
    quad = Quad(NamedNode(f"{ALBUM}/a/{digits}"), DG.position, Literal(digits, datatype=XSD.integer), FACTS)
    assert read(serialize([quad], fmt), fmt) == {str(quad.triple)}


# --- files ------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / ("x" * 250 + ".ttl")
    write_file(target, b"one")
    write_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device"), "No space left on device; free some space"),
        (
            PermissionError(13, "Permission denied"),
            "output folder .* is not writable .*choose another with --output",
        ),
    ],
)
def test_a_failure_keeps_the_old_file_and_leaves_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    target = tmp_path / "a.ttl"
    write_file(target, b"old")

    def fail(source: Path, destination: Path) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match=message) as caught:
        write_file(target, b"new")
    assert str(tmp_path) in str(caught.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(source: Path, destination: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.ttl", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OutputError, match="output folder /dev/full is not writable"):
        write_file(full / "a.ttl", b"x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_named_with_a_way_out(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match=f"output folder {tmp_path} is not writable"):
        write_file(tmp_path / "a.ttl", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"output folder .*taken is not writable .*--output"):
        write_file(tmp_path / "taken" / "a.ttl", b"x")
    assert (tmp_path / "taken").read_bytes() == b"mine"


def test_a_folder_where_the_file_should_be_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    with pytest.raises(OutputError, match=r"a\.ttl: cannot be written: there is a folder of that name"):
        write_file(tmp_path / "a.ttl", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]

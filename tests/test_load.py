"""``discograph load``: real stores hold what the export holds, whatever was there and whoever was killed."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from discograph.query import GRAPH_SUFFIXES
from discograph.rdf import Literal, NamedNode, Quad, RdfFormat, Store, parse_file, serialize
from discograph.stores import read_units, units_of
from discograph.stores.files import graph_files
from discograph.stores.units import Unit
from tests.process import ROOT, Ended, environment, run
from tests.servers import SERVERS, Oxigraph, RdflibEndpoint, Server, Virtuoso, needed

ARTICLES = ROOT / "tests" / "cases" / "robustness" / "documents"
DOC = "https://w3id.org/discograph/doc/"


class Held(Protocol):
    """A store under test."""

    def load(self, *arguments: str | Path) -> Ended:
        """Run ``discograph load`` into it."""

    def triples(self, graph: str) -> list[Quad]:
        """Return what one of its graphs holds."""

    def count(self) -> int:
        """Return how many triples its graphs hold, without those of the record."""


class Remote:
    """A store behind HTTP."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def load(self, *arguments: str | Path) -> Ended:
        """Run ``discograph load`` into it."""
        command = ("load", *arguments, "--endpoint", self.server.url)
        return run(*command, cwd=self.server.folder, **self.server.environment)

    def triples(self, graph: str) -> list[Quad]:
        """Return what one of its graphs holds."""
        return self.server.graph(graph)

    def count(self) -> int:
        """Return how many triples its graphs hold, without those of the record."""
        return self.server.count()


class Folder:
    """An embedded store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store"

    def load(self, *arguments: str | Path) -> Ended:
        """Run ``discograph load`` into it."""
        return run("load", *arguments, "--store", self.path, cwd=ROOT)

    def triples(self, graph: str) -> list[Quad]:
        """Return what one of its graphs holds."""
        return list(Store.read_only(str(self.path)).quads_for_pattern(None, None, None, NamedNode(graph)))

    def count(self) -> int:
        """Return how many triples its graphs hold, without those of the record."""
        quads = Store.read_only(str(self.path)).quads_for_pattern(None, None, None, None)
        return sum(str(quad.graph_name).startswith("<http") for quad in quads)


@pytest.fixture(params=["embedded", *(kind.name for kind in SERVERS)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Held]:
    """Yield each kind of store, empty."""
    if request.param == "embedded":
        yield Folder(tmp_path)
        return
    kind = next(kind for kind in SERVERS if kind.name == request.param)
    needed(kind)
    server = kind(tmp_path / "server")
    server.start()
    try:
        yield Remote(server)
    finally:
        server.kill()


def export(documents: Path, to: Path) -> dict[str, set[str]]:
    """Return the triples of each graph of the export of documents, as N-Triples."""
    shutil.rmtree(to, ignore_errors=True)
    assert run("export", documents, "-o", to, "-f", "nquads", cwd=documents).code == 0
    graphs: dict[str, set[str]] = {}
    for file in to.glob("*.nq"):
        for quad in parse_file(file):
            assert isinstance(quad.graph_name, NamedNode)
            graphs.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
    assert graphs
    return graphs


def canonical_digest(triples: set[str]) -> str:
    return hashlib.sha256("\n".join(sorted(triples)).encode()).hexdigest()


def assert_holds(store: Held, graphs: dict[str, set[str]]) -> None:
    """Fail unless a store holds exactly these graphs, by count and by digest."""
    assert store.count() == sum(map(len, graphs.values()))
    for name, wanted in graphs.items():
        found = [str(quad.triple) for quad in store.triples(name)]
        assert len(found) == len(wanted), name
        assert canonical_digest(set(found)) == canonical_digest(wanted), name


def test_a_store_holds_what_the_export_holds_and_follows_its_changes(store: Held, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    shutil.copytree(ARTICLES, articles)
    first = store.load(articles, "--verify")
    assert first.code == 0, first.err
    graphs = export(articles, tmp_path / "export")
    assert f"3 documents: 3 new, 0 changed, 0 as before; {sum(map(len, graphs.values())):,} quads loaded" in first.err
    assert f"{len(graphs)} graphs read back and found equal" in first.err
    assert_holds(store, graphs)

    tide = articles / "low-tide.txt"
    tide.write_text(
        tide.read_text(encoding="utf-8").replace("Ole Strand – bass", "Ole Strand – drums"), encoding="utf-8"
    )
    (articles / "spring-flood.txt").unlink()
    dry = store.load(articles, "--prune", "--dry-run")
    assert dry.out.splitlines() == [f"~ {DOC}low-tide", f"- {DOC}spring-flood"]
    assert_holds(store, graphs)

    second = store.load(articles, "--prune", "--verify")
    assert second.code == 0, second.err
    assert "2 documents: 0 new, 1 changed, 1 as before, 1 removed" in second.err
    assert_holds(store, export(articles, tmp_path / "export"))


HARD = {
    "quotes": 'She said "no", twice: """',
    "windows path": r"C:\users\u0041\U0001F3B7\n",
    "controls": "a\tb\nc\rd\x08e\x0cf",
    "braces": "} } ; DROP ALL ; INSERT DATA { # <x> ?y",
    "scripts": "été 日本 🎷 ﷽ ",
    "long": "word " * 6000,
    "empty": "",
}


def test_hard_texts_arrive_as_they_were(store: Held, tmp_path: Path) -> None:
    name = NamedNode(f"{DOC}hard/facts")
    note = NamedNode("http://www.w3.org/2004/02/skos/core#note")
    quads = [Quad(NamedNode(f"{DOC}hard"), note, Literal(text), name) for text in HARD.values()]
    quads += [Quad(NamedNode(f"{DOC}hard"), note, Literal(text, language="en-CA"), name) for text in ("", "x y")]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = {"date": "1957-12-04", "integer": "19", "decimal": "0.9", "gYear": "1958"}
    quads += [
        Quad(NamedNode(f"{DOC}hard"), note, Literal(v, datatype=NamedNode(xsd + t)), name) for t, v in values.items()
    ]
    (tmp_path / "hard.nq").write_bytes(serialize(quads, RdfFormat.N_QUADS, {}))
    ended = store.load(tmp_path / "hard.nq", "--verify")
    assert ended.code == 0, ended.err
    assert {str(quad.triple) for quad in store.triples(name.value)} == {str(quad.triple) for quad in quads}


def test_gzipped_requests_and_addresses_one_by_one(tmp_path: Path) -> None:
    needed(Oxigraph)
    server = Oxigraph(tmp_path / "server")
    graphs = export(ARTICLES, tmp_path / "export")
    server.start()
    try:
        store = Remote(server)
        assert store.load(ARTICLES, "--gzip").code == 0
        assert_holds(store, graphs)
        urls = ("--query-url", f"{server.url}/query", "--update-url", f"{server.url}/update")
        by_graphs = ("--graph-store-url", f"{server.url}/store")
        again = run("load", ARTICLES / "low-tide.txt", *urls, *by_graphs, "--verify", "--prune", cwd=tmp_path)
        assert again.code == 0, again.err
        assert "2 removed" in again.err
    finally:
        server.kill()


# --- a store, or the loader, is killed ------------------------------------------------------------------------

COPIES = 40


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]]]:
    """Return a folder of graph files, and the triples of each of their graphs."""
    base = tmp_path_factory.mktemp("many")
    export(ARTICLES, base / "export")
    text = (base / "export" / "low-tide.nq").read_text(encoding="utf-8")
    folder = base / "graphs"
    folder.mkdir()
    graphs: dict[str, set[str]] = {}
    for number in range(COPIES):
        path = folder / f"tide-{number:02}.nq"
        path.write_text(text.replace("/low-tide", f"/tide-{number:02}"), encoding="utf-8")
        for unit in units_of(parse_file(path), path.name):
            graphs |= {name: {line.decode() for line in lines} for name, lines in unit.graphs.items()}
    return folder, graphs


@pytest.mark.parametrize("kind", [Oxigraph, Virtuoso], ids=lambda kind: kind.name)
def test_a_store_that_is_killed_is_filled_right_by_the_next_load(
    kind: type[Server], many: tuple[Path, dict[str, set[str]]], tmp_path: Path
) -> None:
    needed(kind)
    folder, graphs = many
    server = kind(tmp_path / "server")
    server.start()
    try:
        store = Remote(server)
        # A chunk smaller than a document: also a store with transactions is killed in the middle of one.
        arguments = ["load", str(folder), "--endpoint", server.url, "--chunk", "500", "--retries", "0"]
        command = [sys.executable, "-m", "discograph", *arguments]
        loader = subprocess.Popen(
            command, env=environment(**server.environment), stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        wanted = sum(map(len, graphs.values()))
        while server.count() < wanted / 4:
            assert loader.poll() is None, loader.communicate()
        server.kill()
        _, message = loader.communicate(timeout=60)
        assert loader.returncode == 3, message
        assert b"is the store" in message
        assert b"loaded into" not in message
        server.start()
        assert 0 < server.count() < wanted
        again = store.load(folder, "--verify")
        assert again.code == 0, again.err
        assert f"{len(graphs)} graphs read back and found equal" in again.err
        assert_holds(store, graphs)
        assert f"{COPIES} as before; 0 quads" in store.load(folder).err
    finally:
        server.kill()


def test_a_store_that_forgot_everything_is_filled_again(tmp_path: Path) -> None:
    needed(RdflibEndpoint)
    server = RdflibEndpoint(tmp_path / "server")
    graphs = export(ARTICLES, tmp_path / "export")
    small = tmp_path / "export" / "kestrel-nights.nq"
    try:
        for _ in range(2):
            server.start()
            ended = Remote(server).load(small)
            assert "1 document: 1 new" in ended.err
            server.kill()
        server.start()
        assert Remote(server).load(small).code == 0
        assert_holds(Remote(server), {name: held for name, held in graphs.items() if "/kestrel-nights/" in name})
    finally:
        server.kill()


def has_some(store: Folder) -> bool:
    """Tell whether a store is there and holds anything; while it is being made, it cannot be opened."""
    try:
        return (store.path / "CURRENT").exists() and store.count() > 0
    except (OSError, RuntimeError):
        return False


def test_an_embedded_store_whose_loader_is_killed_is_filled_right_by_the_next_load(
    many: tuple[Path, dict[str, set[str]]], tmp_path: Path
) -> None:
    folder, graphs = many
    more = tmp_path / "graphs"
    shutil.copytree(folder, more)
    # More than one batch, so that there is a middle.
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(more.iterdir())[:20]}
    for letter in "abcdefgh":
        for name, text in texts.items():
            stem = name.removesuffix(".nq")
            (more / f"{letter}-{name}").write_text(text.replace(f"/{stem}", f"/{letter}-{stem}"), encoding="utf-8")
    store = Folder(tmp_path)
    command = [sys.executable, "-m", "discograph", "load", str(more), "--store", str(store.path)]
    loader = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    while not has_some(store):
        assert loader.poll() is None
        time.sleep(0.02)
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    again = store.load(more, "--verify")
    assert again.code == 0, again.err
    assert "200 documents: " in again.err
    assert not again.err.startswith("200 documents: 200 new")
    assert store.count() == sum(text.count("\n") for text in (p.read_text(encoding="utf-8") for p in more.iterdir()))
    for name, wanted in graphs.items():
        assert {str(quad.triple) for quad in store.triples(name)} == wanted


def test_what_somebody_spoilt_is_put_again(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    assert store.load(ARTICLES).code == 0
    graphs = export(ARTICLES, tmp_path / "export")
    spoilt = Store(str(store.path))
    (quad, *_) = spoilt.quads_for_pattern(None, None, None, NamedNode(f"{DOC}low-tide/facts"))
    spoilt.remove(quad)
    spoilt.flush()
    del spoilt
    assert "3 documents: 0 new, 1 changed, 2 as before" in store.load(ARTICLES).err
    assert_holds(store, graphs)


def test_verify_finds_a_triple_that_is_another(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    assert store.load(ARTICLES).code == 0
    spoilt = Store(str(store.path))
    (quad, *_) = spoilt.quads_for_pattern(None, None, None, NamedNode(f"{DOC}low-tide/facts"))
    spoilt.remove(quad)
    spoilt.add(Quad(NamedNode("urn:another"), quad.predicate, quad.object, quad.graph_name))
    spoilt.flush()
    del spoilt
    assert store.load(ARTICLES).code == 0, "numbers are equal"
    ended = store.load(ARTICLES, "--verify")
    assert ended.code == 3
    assert "low-tide/facts> is not what was loaded: 1 triples lost, such as <" in ended.err
    assert "1 triples more, such as <urn:another>" in ended.err
    assert "loaded into" not in ended.err


# --- sources ---------------------------------------------------------------------------------------------------


def units(tmp_path: Path, name: str, text: str, *arguments: str) -> Ended:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return run("load", name, "--store", "store", *arguments, cwd=tmp_path)


def test_every_format_and_a_gzipped_file_and_a_store_give_the_same(tmp_path: Path) -> None:
    article = tmp_path / "article"
    article.mkdir()
    shutil.copy(ARTICLES / "low-tide.txt", article)
    wanted = export(article, tmp_path / "export")
    facts = wanted[f"{DOC}low-tide/facts"] | wanted[f"{DOC}low-tide/derived"]
    names = ("turtle", "trig", "jsonld", "rdfxml", "ntriples")
    options = [f"-f{name}" for name in names]
    assert run("export", article, "-o", "all", *options, cwd=tmp_path).code == 0
    for extension in ("ttl", "jsonld", "rdf", "nt"):
        store = Folder(tmp_path / extension)
        assert store.load(tmp_path / "all" / f"low-tide.{extension}").code == 0
        assert {str(quad.triple) for quad in store.triples(f"{DOC}low-tide/facts")} == facts
    subprocess.run(["gzip", str(tmp_path / "all" / "low-tide.trig")], check=True)
    zipped, copied = Folder(tmp_path / "gz"), Folder(tmp_path / "copy")
    assert zipped.load(tmp_path / "all" / "low-tide.trig.gz").code == 0
    assert_holds(zipped, wanted)
    assert copied.load(zipped.path).code == 0
    assert_holds(copied, wanted)


def test_a_folder_of_an_export_is_loaded_once_with_its_claims_and_its_description(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    ended = store.load(ROOT / "output", "--verify")
    assert ended.code == 0, ended.err
    assert ended.err.startswith("2 documents: 2 new")
    names = {quad.graph_name.value.rpartition("/")[2] for quad in Store.read_only(str(store.path))}
    assert names == {"facts", "derived", "claims", "void", "urn:x-discograph:loads"}


def test_triples_without_a_graph_need_a_name_for_it(tmp_path: Path) -> None:
    text = "<urn:a> <urn:b> <urn:c> ."
    ended = units(tmp_path, "a.ttl", text)
    assert (ended.code, ended.err) == (
        3,
        "error: a.ttl: holds triples in the default graph; name a graph for them with --graph\n",
    )
    assert units(tmp_path, "a.ttl", text, "--graph", "urn:g").code == 0
    assert [str(quad.triple) for quad in Folder(tmp_path).triples("urn:g")] == ["<urn:a> <urn:b> <urn:c>"]


def test_blank_nodes_become_names_that_stay_the_same(tmp_path: Path) -> None:
    first = units(tmp_path, "a.trig", "GRAPH <urn:g> { _:x <urn:b> [ <urn:c> 1 ] }")
    again = units(tmp_path, "a.trig", "GRAPH <urn:g> { _:other <urn:b> _:name . _:name <urn:c> 1 }")
    assert "1 new" in first.err
    assert "1 as before" in again.err


def test_two_sources_that_disagree_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text("GRAPH <urn:g> { <urn:a> <urn:b> 1 }", encoding="utf-8")
    (tmp_path / "b.trig").write_text("GRAPH <urn:g> { <urn:a> <urn:b> 2 }", encoding="utf-8")
    ended = run("load", "a.trig", "b.trig", "--store", "store", cwd=tmp_path)
    assert ended.code == 3
    assert ended.err == "error: a.trig and b.trig say different things of <urn:g>; load one of them\n"


def test_lexical_forms_become_canonical(tmp_path: Path) -> None:
    forms = ["+01", "1.10", ".5", "1.0E2"]
    ended = units(tmp_path, "a.trig", f"GRAPH <urn:g> {{ <urn:a> <urn:b> {', '.join(forms)}, true }}", "--verify")
    assert ended.code == 0, ended.err
    assert "1 as before" in units(tmp_path, "a.trig", "GRAPH <urn:g> { <urn:a> <urn:b> 1, 1.1, 0.5, 100e0, true }").err


@pytest.mark.parametrize(
    "line",
    [
        "<urn:a> <urn:b> <urn:c/facts> .",
        '<urn:a> <urn:b> "x" <urn:d/facts> . # a comment',
        "<urn:a>  <urn:b> <urn:c> <urn:d/facts> .",
        '<urn:a> <urn:b> "\\u0041"@EN <urn:d/facts> .',
        '<urn:a> <urn:b> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:d/facts> .',
    ],
)
def test_quads_in_other_forms_than_ours_are_read_for_what_they_are(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.nq"
    path.write_text(f"{line}\n", encoding="utf-8")
    ended = run("load", path, "--store", "store", "--graph", "urn:d/facts", "--verify", cwd=tmp_path)
    assert ended.code == 0, ended.err
    quads = list(parse_file(path))
    assert {str(q.predicate) for q in Folder(tmp_path).triples("urn:d/facts")} == {str(q.predicate) for q in quads}


def test_lines_taken_as_they_are_give_the_same_units(tmp_path: Path) -> None:
    """Graphs by turns, a line that is there twice, and no order."""
    lines = [f'<urn:{n % 3}> <urn:p> "a . b" <urn:d{n % 2}/{part}> .' for n in range(9) for part in ("facts", "claims")]
    path = tmp_path / "a.nq"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    taken, parsed = (list(read_units([path], is_checked_later=is_checked)) for is_checked in (True, False))
    assert taken == parsed
    assert [unit.counts for unit in taken] == [
        {f"urn:d{n}/{part}": 3 for part in ("facts", "claims")} for n in range(2)
    ]


def test_broken_quads_are_said_where_they_are_and_next_time_set_right(tmp_path: Path) -> None:
    good = "".join(f"<urn:a> <urn:b> <urn:c{n}> <urn:d/facts> .\n" for n in range(5))
    broken = units(tmp_path, "a.nq", f'{good}<urn:a> <urn:b> "x <urn:d/facts> .\n')
    assert broken.code == 3
    assert "a.nq:6:" in broken.err
    assert units(tmp_path, "a.nq", good, "--verify").code == 0
    assert len(Folder(tmp_path).triples("urn:d/facts")) == 5


def test_what_is_loaded_in_pieces_side_by_side_is_all_there(tmp_path: Path) -> None:
    # Enough quads for two threads, which share subjects, predicates and objects.
    lines = [
        f'<http://example.org/s{triple % 700}> <http://example.org/p{triple % 7}> "{triple}" <{DOC}{number}/facts> .\n'
        for number in range(100)
        for triple in range(2000)
    ]
    path = tmp_path / "x.nq"
    path.write_text("".join(lines), encoding="utf-8")
    store = Folder(tmp_path)
    result = store.load(path, "--verify")
    assert result.code == 0, result.err
    assert store.count() == len(lines)
    path.write_text("".join([*lines[:-1], f'<urn:a> <urn:b> "open <{DOC}99/facts> .\n']), encoding="utf-8")
    other = Folder(tmp_path / "other")
    broken = other.load(path)
    assert broken.code == 3, broken.err
    assert f"{path}:{len(lines)}:" in broken.err
    path.write_text("".join(lines), encoding="utf-8")
    assert other.load(path).code == 0
    assert len(other.triples(f"{DOC}99/facts")) == 2000


def test_a_folder_with_other_things_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "letter.txt").write_text("Dear", encoding="utf-8")
    ended = run("load", ARTICLES, "--store", "store", cwd=tmp_path)
    assert ended.code == 3
    assert ended.err == "error: store: holds other things than a store; name a new or empty folder\n"


def test_a_store_in_use_is_said_so(tmp_path: Path) -> None:
    holder = Store(str(tmp_path / "store"))
    ended = run("load", ARTICLES, "--store", "store", cwd=tmp_path)
    assert ended.code == 3
    assert ended.err == "error: store: another process has this store open; end that one first\n"
    del holder


def test_nothing_to_load_prunes_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path).load(ARTICLES).code == 0
    (tmp_path / "a.trig").write_text("", encoding="utf-8")
    ended = run("load", "a.trig", "--store", "store", "--prune", cwd=tmp_path)
    assert ended.code == 3
    assert "would empty the store" in ended.err


@pytest.mark.parametrize(
    "arguments", [[], ["--store", "x", "--endpoint", "http://h"], ["--store", "x", "--kind", "oxigraph"]]
)
def test_where_to_is_said_once(tmp_path: Path, arguments: list[str]) -> None:
    assert run("load", ARTICLES, *arguments, cwd=tmp_path).code == 2


def test_digests_are_those_of_the_canonical_file(tmp_path: Path) -> None:
    export(ARTICLES, tmp_path / "export")
    (unit,) = units_of(parse_file(tmp_path / "export" / "low-tide.nq"), "x")
    assert isinstance(unit, Unit)
    for graph, lines in unit.graphs.items():
        text = b"".join(line + b" .\n" for line in lines)
        assert unit.digests[graph] == hashlib.sha256(text).hexdigest()


def test_every_kind_of_graph_file_in_a_folder_is_found(tmp_path: Path) -> None:
    """Each once, whatever formats others may bring, and of one name the one that holds most."""
    names = [f"{number}{suffix}" for number, suffix in enumerate(GRAPH_SUFFIXES)]
    for name in [*names, "both.n3", "both.nq"]:
        (tmp_path / name).write_bytes(b"")
    assert {path.name for path in graph_files([tmp_path])} == {*names, "both.nq"}

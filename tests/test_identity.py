"""Which thing a name is: by its link, by the links of the corpus, and by the registry.

Cases: ``cases/identity/<case>.yaml`` with ``documents`` (text by file name) and ``things``: by document, the IRIs
below ``id/`` of the albums, agents, labels and places that its facts describe, without parts of albums.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from discograph import cli
from discograph.document import Source
from discograph.errors import SourceError
from discograph.mapping.registry import Registry, read_registry
from discograph.namespaces import DEFAULT_BASE
from discograph.pipeline import Read, map_documents, page_of
from discograph.query import open_graphs
from discograph.rdf import NamedNode
from discograph.readers import read, titled
from discograph.vocab import RDF
from tests.case_files import CASES, Case, parameters, yaml_cases

IDENTITY = yaml_cases(CASES / "identity", required={"documents", "things"})
ID = DEFAULT_BASE + "id/"


def read_text(name: str, text: str) -> Read:
    document = titled(read(Source(name, text)), Path(name))
    return Read(Path(name), document, page_of(document), None)


def things(documents: list[Read], registry: Registry | None = None) -> dict[str, set[str]]:
    found = {}
    for mapped in map_documents(documents, registry=registry):
        typed = {q.subject.value for q in mapped.quads if q.predicate == RDF.type and isinstance(q.subject, NamedNode)}
        found[mapped.source.name] = {
            i.removeprefix(ID) for i in typed if i.startswith(ID) and i.count("/") == ID.count("/") + 1
        }
    return found


@pytest.mark.parametrize("case", parameters(IDENTITY, {}))
def test_things(case: Case) -> None:
    documents = [read_text(*item) for item in case.data["documents"].items()]
    expected = {name: set(iris) for name, iris in case.data["things"].items()}
    for order in permutations(documents):
        assert things(list(order)) == expected


def test_registry_keeps_what_it_gave_whatever_comes_later() -> None:
    (case,) = [case for case in IDENTITY if case.path.stem == "homonyms"]
    first, second, third = (read_text(*item) for item in case.data["documents"].items())
    registry = Registry.of()
    assert "person/bill-moss" in things([first], registry)["a.wiki"]
    bytes_of_first = registry.to_bytes()
    found = things([third, second, first], registry)
    assert {"person/bill-moss"} == found["a.wiki"] & {"person/bill-moss", "person/bill-moss-2"}
    assert {"person/bill-moss-2"} == found["b.wiki"] & {"person/bill-moss", "person/bill-moss-2"}
    assert set(bytes_of_first.splitlines()) <= set(registry.to_bytes().splitlines())


def test_registry_is_the_same_in_any_order_of_documents() -> None:
    (case,) = [case for case in IDENTITY if case.path.stem == "homonyms"]
    documents = [read_text(*item) for item in case.data["documents"].items()]
    files = set()
    for order in permutations(documents):
        registry = Registry.of()
        things(list(order), registry)
        files.add(registry.to_bytes())
    assert len(files) == 1


def test_export_writes_the_registry_and_reads_it_back(tmp_path: Path) -> None:
    (tmp_path / "a.wiki").write_text(
        "{{Infobox album|name=Tide|artist=[[Bill Moss]]|type=studio|released=1958}}\n'''Tide''' is an album.\n"
    )
    registry = tmp_path / "registry.tsv"
    arguments = ["export", str(tmp_path / "a.wiki"), "-o", str(tmp_path / "out"), "--registry", str(registry), "-q"]
    assert cli.run(arguments) == 0
    written = registry.read_bytes()
    assert read_registry(registry).to_bytes() == written
    assert cli.run(arguments) == 0
    assert registry.read_bytes() == written


def test_every_command_that_makes_graphs_keeps_to_the_registry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, registry = tmp_path / "a.wiki", tmp_path / "registry.tsv"
    article.write_text(
        "{{Infobox album|name=Tide|artist=[[Bill Moss]]|type=studio|released=1958}}\n'''Tide''' is an album.\n"
    )
    kept = ["--registry", str(registry)]
    assert cli.run(["load", str(article), "--store", str(tmp_path / "new"), "--dry-run", *kept]) == 0
    assert not registry.exists()
    assert cli.run(["load", str(article), "--store", str(tmp_path / "first"), *kept]) == 0
    registry.write_text(registry.read_text().replace("Tide\ttide", "Tide\tmy-tide"))
    mine = "/album/my-tide"
    assert cli.run(["load", str(article), "--store", str(tmp_path / "second"), *kept]) == 0
    for name, is_mine in (("first", False), ("second", True)):
        found = {quad.subject for quad in open_graphs([tmp_path / name]).quads_for_pattern(None, RDF.type, None)}
        assert any(mine in str(subject) for subject in found) is is_mine
    capsys.readouterr()
    checked = ["check", str(article), "--profile", "strict", "--format", "json"]
    for command in (["explain", "Tide", str(article), "--format", "json"], checked):
        assert cli.run([*command, *kept]) == 0
        assert mine in capsys.readouterr().out, command
    assert "my-tide" in registry.read_text()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind\tname\n", ":1: not a registry"),
        ("kind\tkey\tslug\tpage\tdocument\nperson\tA\n", ":2: expected 5 columns"),
        ("kind\tkey\tslug\tpage\tdocument\nperson\tA\ta\t\tx\nperson\tB\ta\t\tx\n", ":3: person 'B' or its slug"),
        ("kind\tkey\tslug\tpage\tdocument\nperson\tA\ta\t\tx\nperson\tA\tb\t\tx\n", ":3: person 'A' or its slug"),
    ],
)
def test_malformed_registry_is_refused_with_its_line(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "registry.tsv"
    path.write_text(text)
    with pytest.raises(SourceError, match=says):
        read_registry(path)

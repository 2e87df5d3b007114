"""Faults planted in copies of documents and of their graphs are found by the rule that names them, at their place.

Cases: ``cases/planted/edits.yaml`` (faults in the text) and ``updates.yaml`` (faults in the graph), lists of
``document``, ``rule``, ``why``, ``at`` (line and column) and ``words`` (those that stand there), with an ``edit``
(pairs of words and what replaces them) or an ``update`` in SPARQL.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from discograph.checks import Finding, check
from discograph.cli.check import check as command
from discograph.cli.checked_graphs import Graph, graphs_to_check
from discograph.namespaces import DEFAULT_BASE, prefix_table
from tests.case_files import CASES
from tests.process import ROOT

FOLDER = CASES / "planted"
SEED = next((ROOT / "seeds").glob("*.txt"))
DOCUMENTS = {path.stem: path for path in (FOLDER / "documents").glob("*.txt")} | {"seed": SEED}
KEYS = {"document", "rule", "why", "at", "words"}
GRAPHS = {"?f": "facts", "?d": "derived", "?c": "claims"}
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefix_table().items())

Fault = dict[str, Any]


def faults(kind: str) -> list[Fault]:
    """Return the faults of a file; every key must be there, and no unknown one."""
    found = yaml.safe_load((FOLDER / f"{kind}s.yaml").read_text(encoding="utf-8"))
    for fault in found:
        assert fault.keys() == KEYS | {kind}, fault
        assert fault["document"] in DOCUMENTS, fault
        assert re.fullmatch(r"\d+:\d+", fault["at"]), fault
    return list(found)


EDITS, UPDATES = faults("edit"), faults("update")


def name_of(fault: Fault) -> str:
    return f"{fault['document']}-{fault['rule']}-{fault['at']}"


def places(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    """Return rule, line and column, and words of findings."""
    found = set()
    for finding in findings:
        assert finding.location is not None
        where = f"{finding.location.line}:{finding.location.column}"
        found.add((finding.rule, where, finding.location.quote))
    return found


def findings_on(graph: Graph) -> tuple[Finding, ...]:
    return graph.placed(check(graph.quads, texts=graph.texts, outline=graph.outline)).findings


@cache
def graph_of(document: str) -> Graph:
    (graph,) = graphs_to_check([DOCUMENTS[document]], [], DEFAULT_BASE, "auto", quiet=True)
    return graph


def edited(fault: Fault, folder: Path) -> Path:
    """Return a copy of a document with a fault; each edit must find its words."""
    source = DOCUMENTS[fault["document"]]
    text = source.read_text(encoding="utf-8")
    for old, new in fault["edit"]:
        assert old in text, f"{name_of(fault)}: the document lacks {old!r}"
        text = text.replace(old, new)
    copy = folder / source.name
    copy.write_text(text, encoding="utf-8")
    return copy


def spoilt(graph: Graph, update: str) -> Graph:
    """Return a graph with a fault; the update must change it."""
    store = Store()
    store.extend(graph.quads)
    for name, part in GRAPHS.items():
        update = update.replace(f"GRAPH {name} ", f"GRAPH <{DEFAULT_BASE}doc/{graph.path.stem}/{part}> ")
    before = set(store)
    store.update(PREFIXES + update)
    assert set(store) != before, f"the update changes nothing: {update}"
    return Graph(graph.path, list(store), graph.texts, graph.paths, graph.read)


def test_there_are_sixty_faults_and_more_in_five_documents_and_more() -> None:
    different = {str(fault.get("edit") or fault.get("update")) for fault in EDITS + UPDATES}
    assert len(different) >= 60
    assert len({fault["rule"] for fault in EDITS + UPDATES}) >= 60
    assert len({fault["document"] for fault in EDITS}) >= 5
    assert len({fault["document"] for fault in UPDATES}) >= 6
    assert len({(fault["document"], fault["why"]) for fault in EDITS + UPDATES}) == len(EDITS + UPDATES)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_document_is_clean_as_it_is(document: str) -> None:
    assert findings_on(graph_of(document)) == ()


@pytest.mark.parametrize("fault", EDITS, ids=name_of)
def test_each_fault_in_a_text_is_found_at_its_words(fault: Fault, tmp_path: Path) -> None:
    copy = edited(fault, tmp_path)
    (graph,) = graphs_to_check([copy], [], DEFAULT_BASE, "auto", quiet=True)
    assert (fault["rule"], fault["at"], fault["words"]) in places(findings_on(graph)), fault["why"]


@pytest.mark.parametrize("fault", UPDATES, ids=name_of)
def test_each_fault_in_a_graph_is_found_at_its_words(fault: Fault) -> None:
    graph = spoilt(graph_of(fault["document"]), fault["update"])
    assert (fault["rule"], fault["at"], fault["words"]) in places(findings_on(graph)), fault["why"]


@pytest.mark.parametrize("fault", EDITS + UPDATES, ids=name_of)
def test_the_words_of_a_fault_stand_where_the_table_says(fault: Fault, tmp_path: Path) -> None:
    """The table itself is right, whatever the rules find: a quote that the fault broke apart."""
    path = edited(fault, tmp_path) if "edit" in fault else DOCUMENTS[fault["document"]]
    line, column = map(int, fault["at"].split(":"))
    if fault["rule"] != "P3":  # the words of the text were replaced in the graph
        rest = path.read_text(encoding="utf-8").split("\n")[line - 1 :]
        assert "\n".join(rest)[column - 1 :].startswith(fault["words"])


def test_all_faults_of_the_seed_together_are_refused_by_name(tmp_path: Path) -> None:
    planted = [fault for fault in UPDATES if fault["document"] == "seed"]
    graph = graph_of("seed")
    for fault in planted:
        graph = spoilt(graph, fault["update"])
    store = Store()
    store.extend(graph.quads)
    path = tmp_path / "seed.trig"
    store.dump(str(path), RdfFormat.TRIG)
    result = CliRunner().invoke(command, [str(path), "--sources", str(SEED.parent)])
    assert result.exit_code == 1
    assert [fault["rule"] for fault in planted if f"{fault['rule']}: " not in result.output] == []

"""Evaluation: how rows are compared and paired, the figures, the files that are refused, and the command.

Cases: ``cases/evaluation/pairs`` (``gold`` and ``rows`` of a ``table``; ``count`` is rows of the gold, rows of
ours, found, exact; ``misses`` their kinds), ``cells.tsv`` (a column and its value; what is compared), ``refused``
(the text of a ``gold`` file; what the error ``says``). ``documents`` and ``gold`` are for the command; the
figures beside them are worked out by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discograph import cli
from discograph.errors import SourceError
from discograph.evaluation import MEASURES, Count, Gold, differing, evaluate, read_golds
from discograph.evaluation.measures import cell
from discograph.query import find
from discograph.tables import TABLES, columns
from tests.case_files import CASES, Case, Row, parameters, table_rows, yaml_cases

FOLDER = CASES / "evaluation"
PAIRS = yaml_cases(FOLDER / "pairs", required={"table", "count"}, optional={"gold", "rows", "misses"})
REFUSED = yaml_cases(FOLDER / "refused", required={"gold", "says"})


def test_the_folder_holds_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"pairs", "refused", "cells.tsv", "documents", "gold"}


def test_every_table_and_only_its_columns_are_compared() -> None:
    assert tuple(MEASURES) == TABLES
    for name, measure in MEASURES.items():
        assert set(measure.columns) <= set(columns(find(name).sparql))
        assert measure.keys


@pytest.mark.parametrize("row", table_rows(FOLDER / "cells.tsv"), ids=lambda row: row.why)
def test_cell(row: Row) -> None:
    column, _, value = row.input.partition(": ")
    assert cell(column.rstrip(":"), value) == row.expected, row.why


@pytest.mark.parametrize("case", parameters(PAIRS))
def test_pairs(case: Case) -> None:
    table = case.data["table"]
    gold = Gold(Path("x.json"), "x.txt", {table: case.get("gold") or []})
    counts, misses = evaluate([gold], {"x.txt": {table: case.get("rows") or []}})
    assert counts[table] == Count(*case.data["count"]), case.data["why"]
    assert [miss.kind for miss in misses] == (case.get("misses") or []), case.data["why"]
    assert sum(counts.values(), Count()) == counts[table]


def test_a_miss_tells_the_columns_that_differ() -> None:
    gold = Gold(Path("x.json"), "x.txt", {"session": [{"date": "1961", "place": "Pier", "studio": "A", "also": ["B"]}]})
    rows = {"session": [{"date": "1961", "place": "Harbour", "studio": "b", "tracks": ""}]}
    counts, (miss,) = evaluate([gold], {"x.txt": rows})
    assert differing(miss) == ("place",)
    assert counts["session"] == Count(1, 1, 1, 0)


ROWS = st.lists(st.fixed_dictionaries({"name": st.sampled_from("abc"), "role": st.sampled_from("xy"),
                                       "tracks": st.sampled_from(["", "1", "1-2", "1,2"])}), max_size=6)  # fmt: skip


@given(ROWS, ROWS)
def test_counts_are_sound_and_do_not_depend_on_the_order_of_tables(gold: list[Any], rows: list[Any]) -> None:
    golds = [Gold(Path("x.json"), "x.txt", {"credit": gold})]
    counts, misses = evaluate(golds, {"x.txt": {"credit": rows}})
    count = counts["credit"]
    kinds = [miss.kind for miss in misses]
    assert (count.gold, count.rows) == (len(gold), len(rows))
    assert 0 <= count.exact <= count.found <= min(count.gold, count.rows)
    assert kinds.count("missed") == count.gold - count.found
    assert kinds.count("wrong") == count.rows - count.found
    assert kinds.count("differs") == count.found - count.exact
    for right in (count.found, count.exact):
        assert all(0 <= figure <= 1 for figure in count.figures(right))
    assert evaluate(golds, {"x.txt": {"credit": rows}}, ["film", "credit"])[0]["credit"] == count


@pytest.mark.parametrize(
    ("count", "figures"),
    [
        (Count(4, 5, 3, 2), (3 / 5, 3 / 4, 2 / 3)),
        (Count(0, 0, 0, 0), (1.0, 1.0, 1.0)),
        (Count(3, 0, 0, 0), (0.0, 0.0, 0.0)),
        (Count(0, 2, 0, 0), (0.0, 1.0, 0.0)),
    ],
)
def test_figures(count: Count, figures: tuple[float, float, float]) -> None:
    assert count.figures(count.found) == pytest.approx(figures)


# --- Gold files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", parameters(REFUSED))
def test_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(case.data["gold"], encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_golds([path])
    place = str(caught.value).removeprefix(str(path)).lstrip(": ")
    assert place.startswith(case.data["says"]), case.data["why"]


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(SourceError, match="nested too deeply"):
        read_golds([tmp_path])


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_bytes(b'{"source": "\xff"}')
    with pytest.raises(SourceError, match=r"gold\.json: not UTF-8 at byte 12"):
        read_golds([tmp_path])


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no gold here"):
        read_golds([tmp_path])


def test_two_golds_of_one_source_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text('{"source": "x.txt", "tables": {}}', encoding="utf-8")
    with pytest.raises(SourceError, match=r"b\.json: a second gold of x\.txt; the other is .*a\.json"):
        read_golds([tmp_path])
    assert len(read_golds([tmp_path / "a.json", tmp_path / "a.json"])) == 1, "one file named twice is one gold"


# --- The command --------------------------------------------------------------------------------------------

GOLD = ["evaluate", "--gold", str(FOLDER / "gold")]
COMMAND = [*GOLD, str(FOLDER / "documents")]
CHOSEN = ["-t", "credit", "-t", "artist", "-t", "track"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(arguments) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_the_figures_are_those_worked_out_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    # track: Low Tide and Fog are exact, Salt has another length, Gulls and Rope are not in the gold, whose
    # Fog of the first document is missed. credit: the drums of the first document have other tracks, the
    # producer is missed, the drums of the second are not in the gold; liner notes are optional.
    assert run(capsys, *COMMAND, *CHOSEN) == (
        "2 documents\n"
        "table   gold  rows  found P      R     F1  exact P      R     F1\n"
        "artist     2     2    1.000  1.000  1.000    1.000  1.000  1.000\n"
        "track      4     5    0.600  0.750  0.667    0.400  0.500  0.444\n"
        "credit     4     4    0.750  0.750  0.750    0.500  0.500  0.500\n"
        "ALL       10    11    0.727  0.800  0.762    0.545  0.600  0.571\n"
    )


def test_one_table_has_no_sum_and_errors_show_both_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *COMMAND, "--table", "track", "--errors", "1") == (
        "2 documents\n"
        "table  gold  rows  found P      R     F1  exact P      R     F1\n"
        "track     4     5    0.600  0.750  0.667    0.400  0.500  0.444\n"
        "[track] missed  Blue_Harbour.txt: title=Fog | position=3 | seconds=160\n"
        "[track] wrong   Blue_Harbour.txt: title=Gulls | position=3 | seconds=160\n"
        "[track] differs Blue_Harbour.txt: title=Salt | position=2 | seconds=186 <> 185\n"
    )


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, *COMMAND, *CHOSEN, "-f", "json", "--errors", "1"))
    assert data["documents"] == 2
    assert list(data["tables"]) == ["artist", "track", "credit", "ALL"]
    assert data["tables"]["track"]["exact"] == {"count": 2, "precision": 0.4, "recall": 0.5, "f1": 2 * 0.4 * 0.5 / 0.9}
    assert data["tables"]["ALL"]["found"] == pytest.approx(
        {"count": 8, "precision": 8 / 11, "recall": 8 / 10, "f1": 16 / 21}
    )
    assert [(error["table"], error["kind"]) for error in data["errors"]] == [
        ("track", "missed"), ("track", "wrong"), ("track", "differs"),
        ("credit", "missed"), ("credit", "wrong"), ("credit", "differs"),
    ]  # fmt: skip
    salt = data["errors"][2]
    assert (salt["gold"]["seconds"], salt["row"]["seconds"], salt["columns"]) == ("186", "185", ["seconds"])
    assert data["errors"][0]["row"] is None
    assert data["errors"][1]["gold"] is None


def test_a_gold_whose_document_is_not_given_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*GOLD, str(FOLDER / "documents" / "North_Pier.txt")]) == cli.EXIT_FAILED
    path = FOLDER / "gold" / "blue-harbour.json"
    says = f"error: {path}: its source 'Blue_Harbour.txt' is not among the documents; give it as a SOURCE\n"
    assert capsys.readouterr().err == says


def test_two_documents_of_one_name_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "North_Pier.txt").write_text("North Pier is an album.\n", encoding="utf-8")
    assert cli.run([*COMMAND, str(tmp_path)]) == cli.EXIT_FAILED
    assert "has the same name; gold files tell documents by name" in capsys.readouterr().err


def test_malformed_gold_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.json"
    path.write_text("[]", encoding="utf-8")
    assert cli.run(["evaluate", "--gold", str(path), str(FOLDER / "documents")]) == cli.EXIT_FAILED
    assert capsys.readouterr().err.startswith(f"error: {path}: not a gold file; it must hold")

"""Values: what each kind of text becomes, case by case; our EDTF against the ``edtf`` package; properties.

Cases: ``cases/values/<module>.<function>.tsv``. ``error: words`` expects a ``ValueParseError`` that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import struct_time
from typing import Any

import edtf as edtf_package
import pytest
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from discograph.document import Text
from discograph.errors import ValueParseError
from discograph.values import (
    carriers,
    certificates,
    dates,
    durations,
    edtf,
    name_lists,
    names,
    patterns,
    scores,
    track_ranges,
    track_scopes,
)
from tests import strategies_text as texts
from tests.case_files import CASES, Row, known_wrong, read_yaml, table_rows, yaml_cases

FOLDER = CASES / "values"


def shown_bounds(text: str) -> str:
    return " ".join(day.isoformat() if day else "-" for day in edtf.bounds(text))


def shown_dates(text: str) -> str:
    found = dates.find_dates(text)
    assert all(text[d.start : d.end].strip() == text[d.start : d.end] for d in found)
    return "; ".join(f"{d.edtf} «{text[d.start : d.end]}»" for d in found)


def shown_resolved(text: str) -> str:
    name, _, known = text.partition(" | ")
    return names.resolve(name, tuple(known.split(", "))) or "none"


def shown_scope(text: str) -> str:
    scope = track_scopes.parse_track_scope(text)
    if scope is None:
        return "all"
    parts = [f"{part}{number}" for part, number in scope.places] + [f'"{title}"' for title in scope.titles]
    numbers = track_ranges.format_track_ranges(scope.numbers)
    return " ".join(filter(None, ["but" if scope.is_excluded else "", numbers, *parts]))


def shown_names(text: str) -> str:
    return " | ".join(name.value for name in name_lists.split_names(Text.at(text, 0)))


FUNCTIONS: dict[str, Callable[[str], str]] = {
    "carriers.carrier": carriers.carrier,
    "certificates.is_level": lambda text: "yes" if certificates.is_level(text) else "no",
    "certificates.level_label": certificates.level_label,
    "dates.find_dates": shown_dates,
    "dates.parse_date": dates.parse_date,
    "durations.parse_duration": lambda text: str(durations.parse_duration(text)),
    "edtf.bounds": shown_bounds,
    "edtf.members": lambda text: " ".join(edtf.members(text)),
    "name_lists.split_names": shown_names,
    "names.is_ensemble": lambda text: "yes" if names.is_ensemble(text) else "no",
    "names.label_key": names.label_key,
    "names.resolve": shown_resolved,
    "names.surname": names.surname,
    "patterns.fold": patterns.fold,
    "patterns.unquote": patterns.unquote,
    "scores.score_in_cell": scores.score_in_cell,
    "track_scopes.parse_track_scope": shown_scope,
    "track_ranges.parse_track_ranges": lambda text: track_ranges.format_track_ranges(
        track_ranges.parse_track_ranges(text)
    ),
}

KNOWN_WRONG: dict[str, str] = {}

TABLES = {path.stem: table_rows(path) for path in sorted(FOLDER.iterdir())}
ROWS = {f"{stem}:{row.input}": (stem, row) for stem, rows in TABLES.items() for row in rows}
MARKS = known_wrong(ROWS, KNOWN_WRONG)


def test_each_table_has_its_function() -> None:
    assert TABLES.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize(("stem", "row"), [pytest.param(*ROWS[key], id=key, marks=MARKS.get(key, ())) for key in ROWS])
def test_value(stem: str, row: Row) -> None:
    if row.expected.startswith("error:"):
        with pytest.raises(ValueParseError) as caught:
            FUNCTIONS[stem](row.input)
        assert row.expected.removeprefix("error:").strip() in str(caught.value), row.why
    else:
        assert FUNCTIONS[stem](row.input) == row.expected, row.why


# --- Our EDTF against the package's -------------------------------------------------------------------------

DIFFERENCES = {
    "1950-24": "the package ends a winter with December; ours runs to the end of February",
    "1951-24": "the package ends a winter with December; ours runs to the end of February",
    "1957-24": "the package ends a winter with December; ours runs to the end of February",
    "1957/": "an unknown end is ten years on in the package; ours has no bound",
    "/1957": "an unknown start is ten years back in the package; ours has no bound",
    "{..1990,1998}": "the package compares an infinite float with a day and fails",
    "[1987~..1989~]": "the package refuses approximate members of a range (ONTOLOGY 3.5 d)",
}
"""EDTF that the package reads otherwise than we do, or not at all, with the reason."""

EDTF_TEXTS = sorted(
    {row.input for row in TABLES["edtf.bounds"] if not row.expected.startswith("error:")}
    | {row.expected for row in TABLES["dates.parse_date"] if not row.expected.startswith("error:")}
)


def package_day(value: object, *, is_first: bool) -> date | None:
    """Return a bound of the package as a day; None for an open end, which it gives as an infinite float."""
    if isinstance(value, struct_time):
        return date(value.tm_year, value.tm_mon, value.tm_mday)
    assert value == (float("-inf") if is_first else float("inf"))
    return None


def package_bounds(text: str) -> edtf.Bounds:
    value: Any = edtf_package.parse_edtf(text)
    return (
        package_day(value.lower_strict(), is_first=True),
        package_day(value.upper_strict(), is_first=False),
    )


@pytest.mark.parametrize("text", EDTF_TEXTS)
def test_edtf_agrees_with_the_package(text: str) -> None:
    try:
        theirs = package_bounds(text)
    except (EDTFParseException, TypeError):
        assert text in DIFFERENCES, "the package does not read it; add it to the table with the reason"
        return
    assert (theirs == edtf.bounds(text)) == (text not in DIFFERENCES)


def test_differences_from_the_package_are_tested() -> None:
    assert set(EDTF_TEXTS) >= DIFFERENCES.keys()


@settings(texts.PROPERTY, max_examples=8)  # the package takes a tenth of a second a set
@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_intervals_agree_with_the_package(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for text in (first.isoformat(), f"{first}/{last}", f"{first:%Y-%m}/{last:%Y-%m}", f"{{{first},{last}}}"):
        assert package_bounds(text) == edtf.bounds(text)


# --- Properties ---------------------------------------------------------------------------------------------

PARSERS = (
    dates.parse_date,
    edtf.bounds,
    durations.parse_duration,
    track_ranges.parse_track_ranges,
    track_scopes.parse_track_scope,
)


@pytest.mark.parametrize("parse", PARSERS)
@texts.PROPERTY
@given(text=texts.any_text())
def test_a_parser_raises_nothing_but_value_errors(parse: Callable[[str], object], text: str) -> None:
    with suppress(ValueParseError):
        parse(text)


@pytest.mark.parametrize(
    "function",
    [
        dates.find_dates,
        carriers.carrier,
        certificates.level_label,
        names.is_ensemble,
        names.label_key,
        names.surname,
        patterns.fold,
        patterns.unquote,
        scores.score_in_cell,
        shown_names,
    ],
)
@texts.PROPERTY
@given(text=texts.any_text())
def test_a_function_of_text_never_fails(function: Callable[[str], object], text: str) -> None:
    function(text)


@texts.PROPERTY
@given(texts.date_texts())
def test_every_date_that_is_read_has_bounds_in_order(text: str) -> None:
    try:
        values = [dates.parse_date(text)]
    except ValueParseError:
        values = []
    for value in (*values, *(found.edtf for found in dates.find_dates(text))):
        low, high = edtf.bounds(value)
        assert low is None or high is None or low <= high


@texts.PROPERTY
@given(texts.date_texts())
def test_dates_found_stand_apart_and_in_order(text: str) -> None:
    end = 0
    for found in dates.find_dates(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@texts.PROPERTY
@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_order(day: date) -> None:
    for form in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert dates.parse_date(form) == day.isoformat()


@texts.PROPERTY
@given(st.sets(st.integers(1, 99), min_size=1).map(sorted).map(tuple))
def test_track_numbers_survive_a_round_trip(numbers: tuple[int, ...]) -> None:
    assert track_ranges.parse_track_ranges(track_ranges.format_track_ranges(numbers)) == numbers


@texts.PROPERTY
@given(st.integers(0, 99 * 60 + 59))
def test_a_length_survives_a_round_trip(seconds: int) -> None:
    assert durations.parse_duration(f"{seconds // 60}:{seconds % 60:02}") == seconds


@texts.PROPERTY
@given(texts.any_text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert patterns.fold(patterns.fold(text)) == patterns.fold(text)


# --- The loader of cases is strict --------------------------------------------------------------------------

BAD_TABLES = {
    "two cells": "a\tb\n",
    "no reason": "a\tb\t\n",
    "no row": "# only a comment\n",
    "twice": "a\tb\tc\na\tb\td\n",
}
BAD_YAML = {
    "unknown": "why: x\nwhat: y\n",
    "missing": "{}\n",
    "empty": "why: ''\n",
    "twice": "why: x\nwhy: y\n",
    "list": "- why\n",
}


@pytest.mark.parametrize("text", BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_bad_table_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError):
        table_rows(tmp_path / "x.tsv")


@pytest.mark.parametrize("text", BAD_YAML.values(), ids=BAD_YAML)
def test_a_bad_case_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError):
        read_yaml(tmp_path / "x.yaml", required={"why"})


@pytest.mark.parametrize(
    "files", [{}, {"a.yaml": "why: x"}, {"a.txt": "x"}, {"a.yaml": "why: x", "a.txt": "x", "a.md": "x"}], ids=len
)
def test_a_bad_folder_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError):
        yaml_cases(tmp_path, required={"why"}, partner=".txt")

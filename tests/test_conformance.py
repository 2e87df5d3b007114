"""One article in three forms, wikitext, HTML and text: the same facts in all that can carry them, with the same IRIs.

Cases: ``cases/conformance/<slug>/`` with ``article.wiki``, ``article.html``, ``article.txt``, ``INDEX.tsv`` (the page
title, which wikitext and HTML do not hold) and ``expect.yaml``; the README there says what its keys mean. The forms
are those of ``pipeline.DOCUMENT_SUFFIXES``. ``python -m tests.test_conformance SLUG…`` prints what each form gives.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from discograph.evaluation.measures import MEASURES, cell
from discograph.pipeline import DOCUMENT_SUFFIXES, map_documents, read_document
from discograph.rdf import NamedNode, Quad, Triple
from discograph.tables import tables_of
from discograph.values.track_ranges import parse_track_ranges
from discograph.vocab import DG, FOAF, RDF, SCHEMA, SKOS
from tests.case_files import CASES, once, read_yaml

FOLDER = CASES / "conformance"
FORMS = ("wiki", "html", "txt")
SHIPPED = tuple(form for form in FORMS if f".{form}" in DOCUMENT_SUFFIXES)
FILES = {"INDEX.tsv", "expect.yaml", *(f"article.{form}" for form in FORMS)}
OPTIONAL = ("lost", "known_gaps", "differs", "page_gaps")
COLUMNS = {name: (*measure.columns, *(["note"] if name == "credit" else [])) for name, measure in MEASURES.items()}
FEWEST = 25

Row = dict[str, str]
Key = tuple[tuple[str, str], ...]


# --- Reading the cases --------------------------------------------------------------------------------------


def rows_of(text: str, table: str, where: str) -> list[Row]:
    """Return the rows of a table written with ``|`` between cells, its columns in the first line."""
    head, *lines = text.strip().split("\n")
    names = [name.strip() for name in head.split("|")]
    once(names, f"{where}: column of {table}")
    assert set(names) <= set(COLUMNS[table]), f"{where}: unknown columns of {table}: {head}"
    assert lines, f"{where}: {table} has no row: leave it out"
    rows = []
    for line in lines:
        cells = [each.strip() for each in line.split("|")]
        assert len(cells) == len(names), f"{where}: {table}: expected {len(names)} cells: {line!r}"
        rows.append(dict.fromkeys(COLUMNS[table], "") | dict(zip(names, cells, strict=True)))
    return rows


@dataclass(frozen=True, slots=True)
class Change:
    """What a form does to the rows of a table: they are not there, or have other values in some columns."""

    table: str
    rows: tuple[int, ...]
    columns: Row | None
    extra: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what each form of it must give."""

    folder: Path
    facts: dict[str, list[Row]]
    lost: dict[str, list[Change]]
    gaps: dict[str, list[Change]]
    differs: list[dict[str, str]]
    pages: list[str]
    page_gaps: dict[str, set[str]]

    def expected(self, form: str) -> dict[str, list[Row]]:
        """Return the rows that a form must give today: the facts without its losses and known gaps."""
        changes = self.lost[form] + self.gaps[form]
        return {table: list(self._expected(table, changes)) for table in COLUMNS}

    def _expected(self, table: str, changes: list[Change]) -> Iterator[Row]:
        for number, row in enumerate(self.facts.get(table, []), 1):
            mine = [change for change in changes if change.table == table and number in change.rows]
            if all(change.columns is not None for change in mine):
                yield row | {name: value for change in mine for name, value in (change.columns or {}).items()}
        yield from (row for change in changes if change.table == table for row in change.extra)


def read_article(folder: Path) -> Article:
    """Return the case in a folder; anything unknown, missing or without effect is a failure."""
    files = {path.name for path in folder.iterdir()}
    assert files == FILES, f"{folder}: missing or strange: {sorted(files ^ FILES)}"
    path = folder / "expect.yaml"
    data = read_yaml(path, required={"why", "facts", "pages"}, optional=OPTIONAL)
    assert data["facts"].keys() <= COLUMNS.keys(), f"{path}: unknown tables {sorted(data['facts'].keys() - COLUMNS)}"
    facts = {table: rows_of(text, table, str(path)) for table, text in data["facts"].items()}
    differs = data.get("differs", [])
    for each in differs:
        assert each.keys() == {"form", "path", "why"}, f"{path}: differs: {each}"
        assert each["form"] in FORMS, f"{path}: differs: {each}"
    once(data["pages"], f"{path}: page")
    page_gaps: dict[str, set[str]] = {}
    for each in data.get("page_gaps", []):
        assert each.keys() == {"form", "pages", "why"}, f"{path}: page_gaps: {each}"
        assert each["form"] in FORMS, f"{path}: page_gaps: {each}"
        assert set(each["pages"]) <= set(data["pages"]), f"{path}: page_gaps: {each}"
        page_gaps.setdefault(each["form"], set()).update(each["pages"])
    return Article(
        folder,
        facts,
        _changes(data.get("lost", {}), facts, f"{path}: lost", known={"rows", "columns"}),
        _changes(data.get("known_gaps", {}), facts, f"{path}: known_gaps", known={"rows", "columns", "extra"}),
        differs,
        data["pages"],
        page_gaps,
    )


def _changes(
    by_form: dict[str, list[dict[str, Any]]], facts: dict[str, list[Row]], where: str, *, known: set[str]
) -> dict[str, list[Change]]:
    assert by_form.keys() <= {"all", *FORMS}, f"{where}: unknown forms {sorted(by_form)}"
    read = {form: [_change(each, facts, f"{where}: {form}", known) for each in all_] for form, all_ in by_form.items()}
    return {form: read.get("all", []) + read.get(form, []) for form in FORMS}


def _change(data: dict[str, Any], facts: dict[str, list[Row]], where: str, known: set[str]) -> Change:
    assert data.keys() <= {"table", "why", *known}, f"{where}: unknown keys in {data}"
    assert data.get("why"), f"{where}: say why: {data}"
    table = data["table"]
    given = facts.get(table, [])
    extra: tuple[Row, ...] = ()
    if "extra" in data:
        extra = tuple(rows_of(data["extra"], table, where))
    if data.get("rows") == "all":
        numbers = tuple(range(1, len(given) + 1))
    else:
        numbers = parse_track_ranges(str(data["rows"])) if "rows" in data else ()
    assert numbers or extra, f"{where}: no row: {data}"
    assert all(1 <= number <= len(given) for number in numbers), f"{where}: {table} has {len(given)} rows: {data}"
    columns = data.get("columns")
    if columns is not None:
        assert columns.keys() <= set(COLUMNS[table]), f"{where}: unknown columns: {data}"
        columns = {name: str(value) for name, value in columns.items()}
        for number in numbers:
            row = given[number - 1]
            assert any(row[name] != value for name, value in columns.items()), f"{where}: changes nothing: {data}"
    return Change(table, numbers, columns, extra)


ARTICLES = [path for path in sorted(FOLDER.iterdir()) if path.is_dir()]
article_of = cache(read_article)


@cache
def quads_of(path: Path) -> tuple[Quad, ...]:
    """Return the graphs of one document, as an export of it alone writes them."""
    (mapped,) = map_documents([read_document(path)])
    return tuple(mapped.quads)


def forms_of(articles: Iterable[Path]) -> list[Any]:
    return [pytest.param(path, form, id=f"{path.name}.{form}") for path in articles for form in SHIPPED]


# --- Rows ---------------------------------------------------------------------------------------------------


def test_there_are_enough_articles() -> None:
    assert len(ARTICLES) >= FEWEST


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_a_case_is_well_formed(folder: Path) -> None:
    article_of(folder)


def keyed(table: str, rows: Iterable[Row], other_names: dict[str, str]) -> Counter[Key]:
    """Return what is compared of rows; only tracks may stand twice."""
    keys = [tuple((name, compared(name, row[name], other_names)) for name in COLUMNS[table]) for row in rows]
    return Counter(keys if table == "track" else list(dict.fromkeys(keys)))


def compared(column: str, value: str, other_names: dict[str, str]) -> str:
    """Return what is compared of a cell; several labels one by one, each under the first of its names."""
    if column != "label":
        return cell(column, value)
    names = (cell(column, name.split("~")[0]) for name in value.split(";"))
    return "; ".join(sorted(other_names.get(name, name) for name in names))


def other_names_of(article: Article) -> dict[str, str]:
    """Return the first name of a label by each other that is accepted for it: ``Elm Music ~ Elm``."""
    labels = [name for row in article.facts.get("release", []) for name in row["label"].split(";")]
    names = [[cell("label", each) for each in label.split("~")] for label in labels]
    return {other: first for first, *others in names for other in others}


def shown(keys: Iterable[Key]) -> list[str]:
    return sorted(" | ".join(f"{name}={value}" for name, value in key if value) for key in keys)


@pytest.mark.parametrize(("folder", "form"), forms_of(ARTICLES))
def test_a_form_gives_the_facts_but_for_what_it_lost(folder: Path, form: str) -> None:
    expected = article_of(folder).expected(form)
    found = tables_of(quads_of(folder / f"article.{form}"))
    others = other_names_of(article_of(folder))
    wrong = []
    for table in COLUMNS:
        wanted, given = (keyed(table, rows[table], others) for rows in (expected, found))
        wrong += [f"{table}: missing: {line}" for line in shown((wanted - given).elements())]
        wrong += [f"{table}: not said: {line}" for line in shown((given - wanted).elements())]
    assert not wrong, f"{folder.name}.{form}:\n" + "\n".join(wrong)


# --- IRIs ---------------------------------------------------------------------------------------------------

# What of the graph shows a row of a table: a path in the IRI of subject or object, or a predicate.
SHOWS = {
    "album": (None, {"title", "label", "altLabel", "albumType"}),
    "artist": (None, {"artist"}),
    "genre": ("/concept/genre/", {"genre"}),
    "release": ("/release-event/|/release/|/id/label/", {"label"}),
    "session": ("/session/", {"recordedDuring", "locatedIn"}),
    "track": ("/track/|/side/|/disc/|/release/", {"track"}),
    "credit": ("/credit/", set()),
    "neighbour": (None, {"previousAlbum", "nextAlbum"}),
    "length": ("/release/", {"durationSeconds"}),
    "chart": ("/chart/", set()),
    "certification": ("/certification/", set()),
    "award": ("/award/|/award-category/", set()),
    "review": ("/review/|/concept/publication/", set()),
    "film": ("/id/film/", {"soundtrackOf"}),
}
assert SHOWS.keys() == COLUMNS.keys()
# What only a form with the page's title or with links can say; `linked_pages` looks at the links.
PAGES = {FOAF.isPrimaryTopicOf, SKOS.closeMatch, SCHEMA.disambiguatingDescription}
LINKED = (DG.Person, DG.Ensemble, DG.Label, DG.Studio, DG.Venue, DG.Film)


def facts_of(path: Path) -> set[Triple]:
    """Return the facts of a document without those on the document itself."""
    facts = (quad.triple for quad in quads_of(path) if str(quad.graph_name).endswith("/facts>"))
    return {triple for triple in facts if not any("/doc/" in iri for iri in _iris(triple))}


def without_pages(facts: set[Triple]) -> set[Triple]:
    return {triple for triple in facts if triple.predicate not in PAGES}


def _iris(triple: Triple) -> list[str]:
    return [term.value for term in (triple.subject, triple.object) if isinstance(term, NamedNode)]


def unexplained(more: set[Triple], fewer: set[Triple], changes: list[Change], differs: list[str]) -> set[Triple]:
    """Return the triples of one form that the other lacks, without those that its losses explain.

    A loss explains what shows the rows of its table, and what is said of things that only such triples name.
    """
    paths = [path for change in changes if (path := SHOWS[change.table][0])] + differs
    names = {name for change in changes for name in SHOWS[change.table][1]}
    pattern = re.compile("|".join(paths)) if paths else None
    left = set()
    for triple in more - fewer:
        local = re.split(r"[/#]", triple.predicate.value)[-1]
        if local in names or (pattern and any(pattern.search(iri) for iri in _iris(triple))):
            continue
        left.add(triple)
    known = {triple.subject for triple in fewer} | {triple.object for triple in more & fewer}
    while gone := {triple for triple in left if triple.subject not in known | {other.object for other in left}}:
        left -= gone
    return left


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_all_forms_give_the_same_iris(folder: Path) -> None:
    article = article_of(folder)
    wrong = []
    for one, other in ((one, other) for one in SHIPPED for other in SHIPPED if one != other):
        more, fewer = (without_pages(facts_of(folder / f"article.{form}")) for form in (one, other))
        changes = [c for form in (one, other) for c in article.lost[form] + article.gaps[form]]
        differs = [each["path"] for each in article.differs if each["form"] in (one, other)]
        wrong += [f"{one}, not {other}: {triple}" for triple in unexplained(more, fewer, changes, differs)]
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_what_is_linked_is_the_page_it_links_to(folder: Path) -> None:
    article = article_of(folder)
    for form in SHIPPED:
        if form != "txt":  # text has no links
            expected = set(article.pages) - article.page_gaps.get(form, set())
            assert linked_pages(facts_of(folder / f"article.{form}")) == expected, form


def linked_pages(facts: set[Triple]) -> set[str]:
    """Return the titles of the pages that agents, labels, studios and films are."""
    things = {triple.subject for triple in facts if triple.predicate == RDF.type and triple.object in LINKED}
    about = (t for t in facts if t.predicate == FOAF.isPrimaryTopicOf and t.subject in things)
    pages = [t.object.value for t in about if isinstance(t.object, NamedNode)]
    return {unquote(page.rsplit("/wiki/", 1)[-1]).replace("_", " ") for page in pages}


def main(slugs: list[str]) -> None:
    """Print what each form of the cases named gives, row by row."""
    for slug in slugs:
        for form in SHIPPED:
            sys.stdout.write(f"--- {slug}.{form}\n")
            for table, rows in tables_of(quads_of(FOLDER / slug / f"article.{form}")).items():
                for row in rows:
                    sys.stdout.write(f"{table} { ({name: value for name, value in row.items() if value}) }\n")


if __name__ == "__main__":
    main(sys.argv[1:])

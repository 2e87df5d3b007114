"""The reader of HTML, case by case; places in the source, and what hostile pages do, as properties.

Cases: ``cases/readers/html/<case>.html`` with ``<case>.yaml``, as ``test_readers`` describes them, and ``page_title``,
``redirect``, ``links`` (the words, the page) and ``citations`` (the end of the words before, the
reference's own words in the source).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discograph.document import Document, ListItem, Source, Text
from discograph.pipeline import find_documents, page_of, read_document
from discograph.readers.html import read_html
from discograph.readers.html.links import target_of
from discograph.readers.html.tokens import Tags
from discograph.readers.source import read_source
from discograph.readers.titles import titled
from discograph.records import AlbumRecord
from tests import strategies_text as texts
from tests.case_files import CASES, Case, Row, parameters, table_rows, yaml_cases
from tests.test_readers import shown, texts_of

FOLDER = CASES / "readers"
KNOWN_WRONG: dict[str, str] = {}
PAGES = yaml_cases(
    FOLDER / "html",
    required={"infoboxes", "content"},
    optional={"title", "losses", "page_title", "redirect", "links", "citations"},
    partner=".html",
)
EMPTY: dict[str, Any] = {"title": None, "losses": [], "page_title": "", "redirect": "", "links": [], "citations": []}


def shown_page(document: Document) -> dict[str, Any]:
    return shown(document) | {
        "page_title": document.page_title,
        "redirect": document.redirect,
        "links": [[link.words, link.target] for link in document.links],
        "citations": [
            [document.source.text[max(one.at - 8, 0) : one.at], document.source.quote(one.span)]
            for one in document.citations
        ],
    }


def placed_texts(document: Document) -> Iterator[Text]:
    """Yield every text but the names of fields, which the place in the box may stand for."""
    keys = {id(field.key) for box in document.infoboxes for field in box.fields}
    return (text for text in texts_of(document) if id(text) not in keys)


def assert_in_place(document: Document) -> None:
    """Fail unless each character stands at its offset: itself, as an entity, or markup that ends a line."""
    source = document.source.text
    for text in placed_texts(document):
        assert text.value == text.value.strip()
        wide = dict(text.wide)
        for index, character in enumerate(text.value):
            offset = text.offset(index)
            words = source[offset : offset + wide.get(index, 1)]
            if index in wide:
                assert character in " ,\n" or unescape(words) == character, (text, index)
            else:
                assert words == character or (character == " " and words.isspace()), (text, index)
    for box in document.infoboxes:
        for field in box.fields:
            assert 0 <= field.key.span().start < field.key.span().end <= len(source)
    for link in document.links:
        assert link.words == link.words.strip() != ""
        assert 0 <= link.span.start < link.span.end <= len(source)
        assert source[link.span.start : link.span.end].strip() == source[link.span.start : link.span.end]
    for one in document.citations:
        assert 0 <= one.at <= len(source)
        assert source[one.span.start : one.span.end].strip()


@pytest.mark.parametrize("case", parameters(PAGES, KNOWN_WRONG))
def test_page(case: Case) -> None:
    document = read_html(read_source(case.path.with_suffix(".html")))
    expected = EMPTY | {key: case.data[key] for key in case.data.keys() - {"why"}}
    assert shown_page(document) == expected, case.data["why"]
    assert document.form == "html"
    assert_in_place(document)


@pytest.mark.parametrize("row", table_rows(FOLDER / "links.tsv"), ids=lambda row: row.why)
def test_where_a_link_leads(row: Row) -> None:
    assert target_of(row.input) == row.expected, row.why


# --- Places -------------------------------------------------------------------------------------------------

_BITS = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<i class=x>", "</i>", "<br>", "<br />", "<ul>", "</ul>", "<ol start=3>", "</ol>",
        "<li>", "</li>", "<dl>", "<dt>", "<dd>", "<table>", "<table class=infobox>", "</table>", "<tr>", "<td>",
        '<td rowspan="2" colspan="3">', "<th>", "</th>", "</td>", "</tr>", "<caption>", "<h2>", "</h2>", "<h3>",
        "<div>", "</div>", '<span style="display:none">', "</span>", '<span title="3/5 stars">',
        '<img alt="4.5/5 stars">',
        '<a href="/wiki/Some_Page">', "</a>", '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>',
        '<ol class="references"><li id="cite_note-1">', "Label", "Studio album by Ann", "Ann chronology", "(1961)",
        "Ann", "&amp;", "&nbsp;", "&#160;", "&#x2014;", "&lt", "&bogus;", " ", "  ", "\n", "\u00a0", "\u200e", "a, b",
        "Side & one",
        "<!-- c -->", "<!--", "<![CDATA[x]]>", "<script>", "</script>", "<", ">", "<a b='", '"', "\0", "\ud800", "é",
    ]
)  # fmt: skip


@texts.PROPERTY
@given(st.lists(_BITS, max_size=40).map("".join))
def test_each_character_stands_at_its_place(page: str) -> None:
    assert_in_place(read_html(Source("x.html", page)))


@texts.PROPERTY
@given(texts.any_text())
def test_any_text_is_a_page(text: str) -> None:
    assert_in_place(read_html(Source("x.html", text)))


@texts.PROPERTY
@given(st.lists(_BITS, max_size=40).map("".join))
def test_tags_nest(page: str) -> None:
    """An element ends where, or before, the one around it does."""
    tags = Tags(page)
    open_until = [len(tags.names) - 1]
    for tag in range(1, len(tags.names) - 1):
        assert tags.ends[tag - 1] <= tags.starts[tag] <= tags.ends[tag]
        while open_until and tag >= open_until[-1]:
            open_until.pop()
        if tags.closes[tag] > tag:
            assert not open_until or tags.closes[tag] <= open_until[-1]
            open_until.append(tags.closes[tag])


# --- Hostile pages ------------------------------------------------------------------------------------------

DEEP = 100_000
HOSTILE: dict[str, Callable[[], str]] = {
    "divisions": lambda: "<div>" * DEEP + "word" + "</div>" * DEEP,
    "divisions that nobody ends": lambda: "<div>" * DEEP + "word",
    "tables": lambda: "word" + "<table>" * DEEP,
    "tables in cells": lambda: "<table><tr><td>" * DEEP + "word",
    "infoboxes in cells": lambda: '<table class="infobox"><tr><th>Label</th><td>' * 1_000 + "word",
    "lists": lambda: "<ul><li>word" * DEEP,
    "end tags of what does not end here": lambda: "<i class=x><div>" + "<span>" * DEEP + "</i>" * DEEP + "word",
    "frames": lambda: "<table class=infobox><tr><th>A</th><td>" + "<div class=NavFrame>" * DEEP + "word",
    "links": lambda: '<a href="/wiki/A">word ' * DEEP,
    "open tags": lambda: "word<a " * DEEP,
    "quotation marks": lambda: 'word<a ="' * DEEP,
    "comments": lambda: "word<!--" * DEEP,
    "scripts": lambda: "word<script>" * DEEP,
    "entities": lambda: "word&amp;&#" * DEEP,
    "less-than signs": lambda: "word" + "<" * DEEP,
    "one line of 2 MB": lambda: "word and word. " * 140_000,
    "wide spans": lambda: "<table>" + '<tr><td rowspan="9999" colspan="9999">word' * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    document = read_html(Source("x.html", HOSTILE[name]()))
    assert any("word" in text.value for text in texts_of(document))
    assert all(len(text.value) < 40_000 for text in texts_of(document))
    items = [b for section in document.lead.walk() for b in section.blocks if isinstance(b, ListItem)]
    assert all(item.depth <= 100 for item in items)


def test_marks_that_turn_or_break_text_are_none_of_it() -> None:
    page = "\ufeff<p>Sea\u200e Wall\u200f,\r\n\u200bby\u2060 Ann</p>\r\n<p>\ud800</p>"
    assert [text.value for text in texts_of(read_html(Source("x.html", page)))] == ["Sea Wall, by Ann", "\ud800"]


# --- Files --------------------------------------------------------------------------------------------------


def test_a_page_that_knows_its_title_keeps_it(tmp_path: Path) -> None:
    link = '<p>Words. <a href="/w/index.php?title=Sea_Wall_%28album%29&amp;action=edit&amp;section=1">edit</a></p>'
    document = titled(read_html(Source("Sea_Wall.html", link)), tmp_path / "Sea_Wall.html")
    assert (document.page_title, document.has_exact_title) == ("Sea Wall (album)", True)
    without = titled(read_html(Source("Sea_Wall.html", "<p>Words.</p>")), tmp_path / "Sea_Wall.html")
    assert (without.page_title, without.has_exact_title) == ("Sea Wall", False)


def test_html_files_are_documents(tmp_path: Path) -> None:
    page = (FOLDER / "html" / "rendered_2014.html").read_text(encoding="utf-8")
    for name in ("a.html", "b.htm"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    paths = find_documents([tmp_path])
    assert [path.name for path in paths] == ["a.html", "b.htm"]
    first = read_document(paths[0])
    assert first.document.form == "html"
    assert [album.title[0].value for album in first.page.albums] == ["Slate Quay"]


def test_evidence_is_words_of_the_page() -> None:
    source = read_source(FOLDER / "html" / "saved_page.html")
    page = page_of(read_html(source))
    assert [source.quote(album.artist[0].evidence[0].span) for album in page.albums] == ["Una Drift with the Gulls"]


# --- What only markup tells ---------------------------------------------------------------------------------


def albums_of(name: str) -> AlbumRecord:
    """Return the one album of a page."""
    (album,) = page_of(read_html(read_source(FOLDER / "html" / f"{name}.html"))).albums
    return album


def test_stars_are_a_rating() -> None:
    reviews = albums_of("rendered_2014").reviews
    assert [(one.publication.value, one.score.value) for one in reviews] == [("Gauge", "4.5/5"), ("Sounding", "B+")]


def test_sides_and_notes_of_a_track_table() -> None:
    (track,) = albums_of("rendered_2014").tracks
    assert (track.title.value, track.part and track.part.value, track.note and track.note.value) == (
        "Ropes & Tar",
        "Side one",
        "take 2",
    )
    (track,) = albums_of("saved_page").tracks
    assert [writer.value for writer in track.writers] == ["Una Drift", "Jon Spar"]


def test_a_second_head_names_the_charts() -> None:
    charts = albums_of("parsoid").charts
    assert [(one.chart.value, one.peak.value) for one in charts] == [("UK Albums", 9)]


def test_another_chronology_has_other_neighbours() -> None:
    found = albums_of("boxes").neighbours
    own = [one for one in found if one.album.artist and one.album.artist.value == "Pia Fen"]
    assert [(one.direction, one.album.title.value) for one in own] == [("previous", "Mud")]


def test_the_words_of_a_link_are_one_name() -> None:
    assert [one.value for one in albums_of("rendered_2014").artist] == ["Reed, Tide & Sons"]


def test_a_second_box_is_of_another_edition() -> None:
    album = albums_of("two_editions")
    dates = [(one.date and one.date.value, one.kind and one.kind.value) for one in album.release_events]
    assert dates == [("1990", "first-release"), ("1993", None)]
    assert [one.album.title.value for one in album.neighbours] == ["Beck", "Rill"]

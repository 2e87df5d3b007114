"""The reader of wikitext: words of a line, blocks of a page, and whatever people or machines may write.

Cases: ``cases/readers/wikitext_words.tsv`` (wikitext, the words that it shows), ``wikitext_links.tsv`` (wikitext;
``WORDS > PAGE`` of each link, ``? NAME`` of each unknown template, ``ref WORDS`` of each citation), and
``wikitext/<case>.wiki`` with ``<case>.yaml``, which is written as those of tests/test_readers.py are, with
``unread`` (kind and name) and ``redirect``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discograph.document import Source, Span, Table
from discograph.errors import SourceError
from discograph.pipeline import page_of
from discograph.readers import read
from discograph.readers.source import decode_source
from discograph.readers.wikitext import read_wikitext
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.inline_templates import kind_of
from discograph.wordlists import rows
from tests.case_files import CASES, Case, Row, once, parameters, table_rows, yaml_cases
from tests.test_readers import shown, texts_of

FOLDER = CASES / "readers"
PAGES = yaml_cases(
    FOLDER / "wikitext", required={"infoboxes", "content"}, optional={"losses", "unread", "redirect"}, partner=".wiki"
)
KNOWN_WRONG: dict[str, str] = {}


@pytest.mark.parametrize("row", table_rows(FOLDER / "wikitext_words.tsv"), ids=lambda row: row.input)
def test_words(row: Row) -> None:
    assert Wikitext(row.input).text(Span(0, len(row.input))).value == row.expected


@pytest.mark.parametrize("row", table_rows(FOLDER / "wikitext_links.tsv"), ids=lambda row: row.input)
def test_links_notes_and_unknown_templates(row: Row) -> None:
    page = Wikitext(row.input)
    page.text(Span(0, len(row.input)))
    found = [f"{link.words} > {link.target}" for link in page.links.values()]
    found += [f"? {unread.name}" for unread in page.unread.values()]
    found += [f"ref {row.input[c.span.start : c.span.end]}" for c in page.citations.values()]
    assert "; ".join(found) == row.expected


@pytest.mark.parametrize("case", parameters(PAGES, KNOWN_WRONG))
def test_page(case: Case) -> None:
    document = read_wikitext(Source(case.path.name, case.path.with_suffix(".wiki").read_text(encoding="utf-8")))
    found = shown(document)
    assert found.pop("title") is None  # wikitext does not hold the title of its page
    assert found.pop("losses") == (case.get("losses") or [])
    assert found == {key: case.data[key] for key in ("infoboxes", "content")}
    assert [[unread.kind, unread.name] for unread in document.unread] == (case.get("unread") or [])
    assert document.redirect == (case.get("redirect") or "")


def test_list_of_templates_names_each_once() -> None:
    names = [name.casefold() for row in rows("templates") for name in (row[0], *row[2:3][0].split("; "))]
    assert all(map(kind_of, names))


def row(markup: str) -> list[str]:
    """Return the cells of the one row of a table that a template makes."""
    document = read_wikitext(Source("x.wiki", "{|\n! Head\n|-\n" + markup + "\n|}"))
    (table,) = document.lead.blocks
    assert isinstance(table, Table)
    return [cell.value for cell in table.rows[1]]


@pytest.mark.parametrize(
    ("of", "code", "name"), [(of, code, name) for of, name, *codes in rows("chart_codes") for code in codes]
)
def test_chart_has_its_name(of: str, code: str, name: str) -> None:
    template = {"album": "album chart", "single": "Singlechart"}[of]
    assert row(f"{{{{{template}|{code}|7|artist=Ada Moss}}}}") == [name, "7"]


@pytest.mark.parametrize(
    ("body", "region"), [(body, region) for body, *regions in rows("certification_regions") for region in regions]
)
def test_region_has_its_body(body: str, region: str) -> None:
    template = f"{{{{Certification Table Entry|region={region}|award=Gold|type=album}}}}"
    assert row(template) == [f"{region} ({body})", "Gold"]


def test_codes_and_regions_stand_once() -> None:
    once([f"{of} {code.casefold()}" for of, _, *codes in rows("chart_codes") for code in codes], "code")
    once([region for _, *regions in rows("certification_regions") for region in regions], "region")


_MARKS = (
    "{{ }} [[ ]] {| |} | || |- |+ ! !! = == * # : ; ' '' ''' ''''' \n <!-- --> <nowiki> </nowiki> <ref> </ref> <ref/> "
    "<br> <ol> <li> &amp; &#0; &#xD800; [http://x ] __TOC__ https:// Infobox\u00a0album Track\u00a0listing title1=a "
    "small| hlist| Duration| Rating| Start\u00a0date| 1958 Harbour is an album by Ada \ufeff \r \u200f"
)
MARKUP = _MARKS.split(" ")


@given(st.lists(st.sampled_from(MARKUP), max_size=60).map(" ".join) | st.lists(st.sampled_from(MARKUP)).map("".join))
def test_any_markup_is_a_document_whose_words_stand_in_the_source(source: str) -> None:
    document = read_wikitext(Source("x.wiki", source.replace("\u00a0", " ")))
    page_of(document)
    for text in texts_of(document):
        wide = dict(text.wide)
        for index, letter in enumerate(text.value):
            place = text.offset(index)
            assert index in wide or letter == " " or document.source.text[place] == letter
        span = text.span()
        assert 0 <= span.start <= span.end <= len(document.source.text)


HOSTILE = {
    "templates that never end": "{{" * 100_000,
    "templates in templates": "{{small|" * 20_000 + "x" + "}}" * 20_000,
    "links in links": "[[a|" * 20_000 + "x" + "]]" * 20_000,
    "tables in tables": "{|\n|" * 20_000 + "\n|}" * 20_000,
    "links that never end": "[[" * 100_000,
    "tables that never end": "\n{|" * 100_000,
    "references that never end": "<ref>" * 50_000,
    "quotes": "'" * 200_000,
    "headings": "=" * 200_000,
    "list marks": "*" * 200_000,
    "pipes in a table": "{|\n" + "|" * 200_000 + "\n|}",
    "one line": "Blue Harbour is an album by [[Ada Moss]]. " * 50_000,
    "comments that never end": "<!--" * 50_000,
    "tags that never end": "<" * 200_000,
    "external links that never end": "[http://" * 50_000,
    "entities": "&amp;" * 50_000,
    "huge spans": '{|\n| rowspan="999" colspan="999" | x\n|-\n| y\n|}' * 200,
    "line ends": "\r\n" * 50_000 + "Blue Harbour\r\n",
    "right to left": "\u200f\u202e" * 50_000,
    "lone surrogates": "\ud800[[\udfff]]" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_is_read(name: str) -> None:
    document = read(Source("x.wiki", HOSTILE[name]))
    page_of(document)


def test_page_in_one_line_is_no_data() -> None:
    text = HOSTILE["one line"]
    assert decode_source(text.encode(), Path("x.wiki")).text == text
    with pytest.raises(SourceError, match="this is data"):
        decode_source(text.encode(), Path("x.txt"))

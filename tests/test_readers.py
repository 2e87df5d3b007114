"""The reader of rendered text, case by case; places in the source, sentences and slices as properties.

Cases: ``cases/readers/rendered/<case>.txt`` with ``<case>.yaml``, which holds ``why``, ``title``,
``infoboxes``, ``content`` and ``losses``; ``read_as`` is the form that is asked for, ``form`` the one
that comes out. Content: ``p …`` a paragraph, ``* …`` an item (one star a level),
``1. …`` a numbered one, ``== Heading`` a section with its content, ``table`` and ``caption``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discograph.document import Block, Document, Infobox, ListItem, Paragraph, Section, Source, Text
from discograph.document.sentences import sentences
from discograph.errors import SourceError
from discograph.readers import AUTO, read_rendered, read_source
from discograph.readers.source import MAX_LINE, decode_source
from tests import strategies_text as texts
from tests.case_files import CASES, Case, Row, parameters, table_rows, yaml_cases

FOLDER = CASES / "readers"
KNOWN_WRONG: dict[str, str] = {}
RENDERED = yaml_cases(
    FOLDER / "rendered",
    required={"infoboxes", "content"},
    optional={"title", "losses", "read_as", "form"},
    partner=".txt",
)


def shown_block(block: Block) -> Any:
    if isinstance(block, Paragraph):
        return f"p {block.text}"
    if isinstance(block, ListItem):
        if block.number is None:
            return f"{'*' * block.depth} {block.text}"
        return f"{'*' * (block.depth - 1)}{block.number}. {block.text}"
    table: dict[str, Any] = {"table": [[cell.value for cell in row] for row in block.rows]}
    return table | ({"caption": block.caption.value} if block.caption else {})


def shown_section(section: Section) -> list[Any]:
    below = [{f"{'=' * part.level} {part.heading}": shown_section(part)} for part in section.sections]
    return [*map(shown_block, section.blocks), *below]


def shown_box(box: Infobox) -> dict[str, Any]:
    fields = {"fields": [[field.key.value, field.value.value] for field in box.fields]}
    return fields | ({"title": box.title.value} if box.title else {})


def shown(document: Document) -> dict[str, Any]:
    return {
        "title": document.title.value if document.title else None,
        "infoboxes": [shown_box(box) for box in document.infoboxes],
        "content": shown_section(document.lead),
        "losses": [[loss.kind, document.source.quote(loss.span), loss.about] for loss in document.losses],
    }


def texts_of(document: Document) -> Iterator[Text]:
    """Yield every text of a document."""
    if document.title:
        yield document.title
    for box in document.infoboxes:
        yield from filter(None, [box.title, *(text for f in box.fields for text in (f.key, f.value))])
    for section in document.lead.walk():
        yield from filter(None, [section.heading])
        for block in section.blocks:
            if isinstance(block, Paragraph | ListItem):
                yield block.text
            else:
                yield from filter(None, [block.caption, *(cell for row in block.rows for cell in row)])


def assert_in_place(document: Document) -> None:
    """Fail unless each text is the words at its span, and each loss lies in the source."""
    for text in texts_of(document):
        assert document.source.quote(text.span()) == text.value
        assert text.value == text.value.strip()
    for loss in document.losses:
        assert 0 <= loss.span.start < loss.span.end <= len(document.source.text)


@pytest.mark.parametrize("case", parameters(RENDERED, KNOWN_WRONG))
def test_rendered(case: Case) -> None:
    document = read_rendered(read_source(case.path.with_suffix(".txt")), form=case.get("read_as") or AUTO)
    expected = {"title": None, "losses": []} | {key: case.data[key] for key in case.data.keys() - {"why", "read_as"}}
    why = case.data["why"]
    assert document.form == expected.pop("form", document.form), why
    assert shown(document) == expected, why
    assert_in_place(document)


@texts.PROPERTY
@given(texts.documents())
def test_any_text_is_a_document(text: str) -> None:
    assert_in_place(read_rendered(Source("x.txt", text)))


@texts.PROPERTY
@given(texts.documents())
def test_line_breaks_of_windows_change_nothing_but_places(text: str) -> None:
    text = text.replace("\r", "")
    unix, windows = (read_rendered(Source("x.txt", t)) for t in (text, text.replace("\n", "\r\n")))
    assert shown(unix) == shown(windows)


# --- Files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table_rows(FOLDER / "source.tsv"), ids=lambda row: row.why)
def test_bytes_become_text(row: Row) -> None:
    data = row.input.encode("latin-1")
    if row.expected.startswith("error: "):
        with pytest.raises(SourceError) as caught:
            decode_source(data, Path("x.txt"))
        assert row.expected.removeprefix("error: ") in str(caught.value)
    else:
        assert decode_source(data, Path("x.txt")).text == row.expected


def test_an_endless_line_is_no_article() -> None:
    with pytest.raises(SourceError, match="1,000,001 characters"):
        decode_source(b"x" * (MAX_LINE + 1), Path("x.txt"))


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"x\.txt: cannot be read: No such file"):
        read_source(tmp_path / "x.txt")


# --- Places -------------------------------------------------------------------------------------------------


@texts.PROPERTY
@given(st.text(), st.data())
def test_a_location_is_what_an_editor_counts(text: str, data: st.DataObject) -> None:
    source = Source("x.txt", text)
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].split("\n")
    location = source.location(offset)
    assert location == (len(before), len(before[-1]) + 1)
    line = source.line_span(location.line)
    assert source.quote(line) == text.split("\n")[location.line - 1]
    assert line.start <= offset <= line.end


@texts.PROPERTY
@given(st.text(), st.integers(1, 5))
def test_a_line_past_the_end_is_empty(text: str, more: int) -> None:
    source = Source("x.txt", text)
    assert source.line_span(text.count("\n") + 1 + more) == (len(text), len(text))


@texts.PROPERTY
@given(st.text(), st.integers(0, 9), st.data())
def test_a_slice_of_unbroken_text_is_the_words_at_its_span(text: str, offset: int, data: st.DataObject) -> None:
    source = Source("x.txt", "x" * offset + text)
    whole = Text.at(text, offset)
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    part = whole.cut(start, end)
    assert part.value == text[start:end].strip()
    assert source.quote(part.span()) == part.value
    assert source.quote(whole.span(start, end)) == text[start:end]
    assert part.cut(0) == part


@texts.PROPERTY
@given(texts.pieced(), st.data())
def test_a_slice_of_text_in_pieces_keeps_the_place_of_each_character(
    pair: tuple[Source, Text], data: st.DataObject
) -> None:
    source, whole = pair
    end = data.draw(st.integers(0, len(whole)))
    start = data.draw(st.integers(0, end))
    part = whole.cut(start, end)
    assert part.value == whole.value[start:end].strip()
    assert [source.text[part.offset(i)] for i in range(len(part))] == list(part.value)
    if part:
        inside = whole.value.index(part.value, start)
        assert part.span() == (whole.offset(inside), whole.offset(inside + len(part) - 1) + 1)
        assert all(index < len(part) for index, _ in part.pieces)


# --- Sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table_rows(FOLDER / "sentences.tsv"), ids=lambda row: row.why)
def test_sentences(row: Row) -> None:
    assert " | ".join(s.value for s in sentences(Text.at(row.input, 0))) == row.expected, row.why


@texts.PROPERTY
@given(st.one_of(texts.any_text(), st.text(alphabet='Aa1 .!?"()\n\u00a0')), st.integers(0, 9))
def test_sentences_hold_all_words_in_order(text: str, offset: int) -> None:
    source = Source("x.txt", "x" * offset + text)
    found = list(sentences(Text.at(text, offset)))
    assert "".join("".join(s.value.split()) for s in found) == "".join(text.split())
    assert all(source.quote(s.span()) == s.value for s in found)

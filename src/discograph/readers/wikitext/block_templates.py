"""Templates that stand for parts of an article: infoboxes, track listings, ratings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Field, Infobox, Paragraph, Span, Table, Text, Unread
from discograph.document.builder import TextBuilder
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.inline_templates import kind_of, write_lines
from discograph.readers.wikitext.marks import Kind
from discograph.readers.wikitext.template import Parameter, Template
from discograph.wordlists import infobox_parameter

_NUMBERED = re.compile(r"(?P<name>[a-z_]+?)(?P<number>\d{1,3})\Z")
_SIDES = ("writer", "lyrics", "music", "extra")
_TRACK_PARAMETERS = frozenset(
    ("headline", "all_writing", "all_lyrics", "all_music", "writing_credits", "lyrics_credits", "music_credits",
     "extra_column", "total_length", "collapsed", "title_width", "writing_width", "lyrics_width", "music_width",
     "extra_width", "length_width", "caption", "category")
)  # fmt: skip
_BLANKETS = {
    "all_writing": "All tracks are written by ",
    "all_lyrics": "All lyrics are written by ",
    "all_music": "All music is composed by ",
}
_NEIGHBOURS = ("previous", "previous-year", "next", "next-year")
_DEEPEST_BOX = 3
_AGGREGATES = {"mc": "Metacritic", "adm": "AnyDecentMusic?"}
_RATING = re.compile(r"(?:rev|aggregate)\d{1,3}\Z", re.IGNORECASE)


def infobox(page: Wikitext, template: Template) -> Iterator[Infobox]:
    """Yield an infobox, and those that stand in its parameters: its title, and each parameter with a value."""
    title: Text | None = None
    fields: list[Field] = []
    inner: list[Infobox] = []
    for name, parameter in template.parameters.items():
        inner += _inside(page, parameter)
        value = _entries(page, parameter)
        if not value:
            continue
        if name.casefold() == "name":
            title = title or page.value(parameter)
        elif not name.isdigit():
            fields.append(Field(_name_text(parameter, name), value))
    for chronology in _templates_in(page, template, "chronology"):
        fields += _chronology(page, chronology)
    yield Infobox(title, tuple(fields), template.span.start)
    yield from inner


def _entries(page: Wikitext, parameter: Parameter) -> Text:
    """Return the words of a value; a line break stands between the entries of a list in it."""
    if "\n*" not in page.source[parameter.name.end : parameter.value.end]:
        return page.value(parameter, "\n")
    out = TextBuilder(page.source)
    write_lines(page, out, parameter.value, "\n", "\n")
    return out.text().cut(0)


def _name_text(parameter: Parameter, name: str) -> Text:
    return Text.at(name, parameter.name.start)


def _inside(page: Wikitext, parameter: Parameter) -> Iterator[Infobox]:
    """Yield the infoboxes in a parameter's value (``misc``, ``module``)."""
    if page.depth > _DEEPEST_BOX:
        return
    page.depth += 1
    for inner in _of_kind(page, parameter, "infobox"):
        yield from infobox(page, inner)
    page.depth -= 1


def _templates_in(page: Wikitext, template: Template, kind: str) -> Iterator[Template]:
    for parameter in template.parameters.values():
        yield from _of_kind(page, parameter, kind)


def _of_kind(page: Wikitext, parameter: Parameter, kind: str) -> Iterator[Template]:
    """Yield the templates of a kind that stand in a parameter's value."""
    marks = page.marks
    at = marks.first(parameter.value.start)
    while at < len(marks.starts) and marks.starts[at] < parameter.value.end:
        if marks.kinds[at] == Kind.TEMPLATE and kind_of((inner := page.template(at)).name) == kind:
            yield inner
        at = marks.after(at)


def _chronology(page: Wikitext, template: Template) -> Iterator[Field]:
    """Yield the fields of a second chronology in a box (Template:Extra chronology), as the box prints them."""
    if artist := template.value("artist", "Artist", "chronology"):
        yield Field(_word(page, "Chronology", artist.name), page.value(artist))
    for name, parameter in template.parameters.items():
        if infobox_parameter(name) in _NEIGHBOURS and parameter.value.end > parameter.value.start:
            yield Field(_name_text(parameter, name), page.value(parameter, "\n"))


def track_listing(page: Wikitext, template: Template) -> Iterator[Paragraph | Table]:
    """Yield a track listing: what it says of all tracks, and the table of its tracks (Template:Track listing)."""
    columns: dict[str, Text] = {}
    tracks: dict[int, dict[str, Parameter]] = {}
    for name, parameter in template.parameters.items():
        match = _NUMBERED.match(name)
        if match and match["name"] in ("title", "note", "length", *_SIDES):
            if parameter.value.end > parameter.value.start:
                tracks.setdefault(int(match["number"]), {})[match["name"]] = parameter
                columns.setdefault(match["name"], Text.at(match["name"], parameter.name.start))
        elif name not in _TRACK_PARAMETERS:
            _unknown(page, template, name, parameter)
    yield from _blankets(page, template)
    if extra := template.value("extra_column"):
        columns["extra"] = page.value(extra)
    if "title" in columns:
        heads = [name for name in ("title", *_SIDES, "length") if name in columns]
        number_head = TextBuilder(page.source)
        number_head.words("No.", *columns["title"].span())
        head = (number_head.text(), *(columns[name] for name in heads))
        rows = [_track(page, number, parts, heads) for number, parts in sorted(tracks.items()) if "title" in parts]
        headline = template.value("headline", "caption")
        yield Table(page.value(headline) if headline else None, (head, *rows))


def _track(page: Wikitext, number: int, parts: dict[str, Parameter], heads: list[str]) -> tuple[Text, ...]:
    """Return the row of a track: its number out of the parameter's name, its title with the note, and the rest."""
    name = parts["title"].name
    cells = [Text.at(str(number), name.end - len(str(number)))]
    for head in heads:
        if head == "title":
            cells.append(_title(page, parts))
        elif head in parts:
            cells.append(page.value(parts[head], ", "))
        else:
            cells.append(Text.at("", name.end))
    return tuple(cells)


def _title(page: Wikitext, parts: dict[str, Parameter]) -> Text:
    """Return the title in quotation marks, and the note in brackets behind it, as the template prints them."""
    out = TextBuilder(page.source)
    title = page.value(parts["title"])
    span = title.span() if title else parts["title"].value
    is_quoted = title.value[:1] == '"' == title.value[-1:] and len(title) > 1
    if not is_quoted:
        out.character('"', span.start, span.start)
    page.render(out, *parts["title"].value)
    if not is_quoted:
        out.character('"', span.end, span.end)
    if "note" in parts:
        note = parts["note"].value
        out.words(" (", note.start, note.start)
        page.render(out, *note)
        out.character(")", note.end, note.end)
    return out.text().cut(0)


def _blankets(page: Wikitext, template: Template) -> Iterator[Paragraph]:
    for name, words in _BLANKETS.items():
        if found := template.value(name):
            out = TextBuilder(page.source)
            out.words(words, *found.name)
            page.render(out, *found.value)
            yield Paragraph(out.text().cut(0))


def ratings(page: Wikitext, template: Template) -> Table | None:
    """Return the table of sources and ratings (Template:Album ratings); None without a rating."""
    rows: list[tuple[Text, ...]] = []
    lower = {name.casefold(): (name, parameter) for name, parameter in template.parameters.items()}
    for key, (name, parameter) in lower.items():
        match = _RATING.match(key)
        if match or key in _AGGREGATES:
            score = lower.get(f"{key}score") if match else (name, parameter)
            if not score or score[1].value.end <= score[1].value.start:
                continue
            source = page.value(parameter) if match else _word(page, _AGGREGATES[key], parameter.name)
            rows.append((source, page.value(score[1])))
        elif not _is_rating_parameter(key):
            _unknown(page, template, name, parameter)
    if not rows:
        return None
    return Table(None, (words_of_name(page, template, ("Source", "Rating")), *rows))


def words_of_name(page: Wikitext, template: Template, words: tuple[str, ...]) -> tuple[Text, ...]:
    """Return the head of a table that a template prints; in the source, its own name stands for it."""
    span = Span(template.span.start + 2, template.span.start + 2 + len(template.name))
    return tuple(_word(page, word, span) for word in words)


def _is_rating_parameter(key: str) -> bool:
    return bool(re.match(r"(?:(?:rev|aggregate)\d+score|title|subtitle|align|width|noprose|state|\d+)\Z", key))


def _word(page: Wikitext, word: str, span: Span) -> Text:
    out = TextBuilder(page.source)
    out.words(word, *span)
    return out.text()


def _unknown(page: Wikitext, template: Template, name: str, parameter: Parameter) -> None:
    """Remember a parameter that nobody reads."""
    if parameter.value.end > parameter.value.start:
        words = f"{template.name}: {name}"[:80]
        page.unread.setdefault(parameter.name, Unread("parameter", words, parameter.name))

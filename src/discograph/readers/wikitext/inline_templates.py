"""Templates that show words in a line: what each shows, from the list ``wordlists/templates.tsv``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from discograph.document import Span
from discograph.document.builder import TextBuilder
from discograph.readers.wikitext.links import page_title
from discograph.readers.wikitext.template import Parameter, Template
from discograph.wordlists import rows

if TYPE_CHECKING:
    from discograph.readers.wikitext.inline import Wikitext

_Writer = Callable[["Wikitext", TextBuilder, Template, str, str], None]

_LANGUAGE = re.compile(r"lang-[a-z-]{2,12}\Z")
_ITEM = re.compile(r"[*#:;]+[ \t]*")
_DIGITS = re.compile(r"\d{1,4}\Z")


@cache
def _templates() -> dict[str, tuple[str, str]]:
    """Return kind and argument of each template by each of its names."""
    table: dict[str, tuple[str, str]] = {}
    for name, what, *others in rows("templates"):
        kind, _, argument = what.partition(" ")
        for form in (name, *filter(None, (others[0] if others else "").split("; "))):
            table[form.casefold()] = kind, argument
    return table


@cache
def _month_numbers() -> dict[str, int]:
    return {name.casefold(): number for number, name in enumerate(rows("months")[0], 1)}


def kind_of(name: str) -> str:
    """Return what a template is by its name, redirects followed: a kind of the list; "" if unknown.

    >>> kind_of("tracklist"), kind_of("infobox album"), kind_of("no such template")
    ('track-listing', 'infobox', '')
    """
    if known := _templates().get(name):
        return known[0]
    if name.startswith("infobox ") or name.endswith(" infobox"):
        return "infobox"
    if _LANGUAGE.match(name):
        return "text"
    return "nothing" if name[:1] == "#" or name.startswith(("defaultsort:", "displaytitle:", "cite ")) else ""


def write(page: Wikitext, out: TextBuilder, template: Template, line_break: str) -> bool:
    """Add the words that a template shows in a line; tell whether it is known."""
    kind = kind_of(template.name)
    argument = _templates().get(template.name, ("", "1"))[1]
    writer = _WRITERS.get(kind)
    if writer:
        writer(page, out, template, argument, line_break)
    return bool(kind)


def _text(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add the value of the parameter that the list names."""
    found = template.value(*argument.split(","))
    if found:
        page.render(out, found.value.start, found.value.end, line_break)


def _link(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add a name that links to the page of that name: a flag's country, an article in another language."""
    found = template.value(argument)
    if not found:
        return
    mark = out.mark()
    shown = template.value("name", "lt", "2" if argument == "1" and template.name == "ill2" else "lt") or found
    page.render(out, shown.value.start, shown.value.end, line_break)
    title = page_title(page.source[found.value.start : found.value.end])
    if title and (link := out.link(mark, title)):
        page.links[link.span] = link


def _word(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add the sign or word that a template stands for; a value of its own is shown instead ("{{won|Gold}}")."""
    shown = template.value("1") if argument[:1].isalpha() else None
    if shown:
        page.render(out, shown.value.start, shown.value.end, line_break)
        return
    words = argument.replace("_", " ")
    if words.startswith(" ") and out.ends_in_space:
        words = words[1:]
    out.words(words, *template.span)


def _prefix(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add words of the template before its value: "c. 1958" (Template:Circa)."""
    out.words(argument.replace("_", " "), template.span.start, template.span.start + 2)
    if found := template.value("1"):
        page.render(out, found.value.start, found.value.end, line_break)


def _list(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add the entries of a list, parted by a line break: unnamed parameters, or lines with list marks."""
    separator = "\n" if line_break == "\n" else ","
    for number, parameter in enumerate(template.positional()):
        _entry_break(out, separator, parameter.value.start, is_first=number == 0)
        write_lines(page, out, parameter.value, separator, line_break)


def write_lines(page: Wikitext, out: TextBuilder, span: Span, separator: str, line_break: str) -> None:
    """Add the entries of a list that is one parameter ("{{flatlist|* A * B}}"), parted by a separator."""
    for number, line in enumerate(list_lines(page, span)):
        _entry_break(out, separator, line.start, is_first=number == 0)
        page.render(out, line.start, line.end, line_break)


def list_lines(page: Wikitext, span: Span) -> list[Span]:
    """Return the entries of a list in a span, without their marks; a span without marks is one entry.

    A line in bold between entries is a heading, and no part of the entry before it.
    """
    lines: list[Span] = []
    for line in page.marks.lines(span):
        mark = _ITEM.match(page.source, line.start, line.end)
        start = mark.end() if mark else line.start
        if not page.source[start : line.end].strip():
            continue
        if mark or not lines or page.source.startswith("'''", start):
            lines.append(Span(start, line.end))
        else:
            lines[-1] = Span(lines[-1].start, line.end)
    return lines


def _entry_break(out: TextBuilder, separator: str, offset: int, *, is_first: bool) -> None:
    if is_first:
        return
    out.character(separator, offset, offset)
    if separator == ",":
        out.character(" ", offset, offset)


def _date(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add a date as ISO 8601 has it, from year, month and day (Template:Start date); any other value as it is.

    Year and month are written in words, as the template shows them: they may be the start of a span ("…–May 1958").
    """
    parts = [p for p in template.positional() if not _is_flag(page, p)]
    digits = [p for p in parts[:3] if _DIGITS.match(page.source[p.value.start : p.value.end]) or _month(page, p)]
    if not digits or digits[0] is not parts[0] or digits[0].value.end - digits[0].value.start != 4:
        for parameter in parts[:1]:
            page.render(out, parameter.value.start, parameter.value.end, line_break)
        return
    if len(digits) == 2 and (number := _month(page, digits[1])):
        year = page.source[digits[0].value.start : digits[0].value.end]
        out.words(f"{rows('months')[0][number - 1]} {year}", digits[0].value.start, digits[1].value.end)
        return
    end = 0
    for number, parameter in enumerate(digits):
        start, stop = parameter.value
        if number:
            out.character("-", end, start)
            if stop - start == 1:
                out.character("0", start, start)
        if not page.source[start:stop].isdigit():
            out.words(f"{_month(page, parameter):02}", start, stop)
        else:
            out.run(start, stop)
        end = stop


def _month(page: Wikitext, parameter: Parameter) -> int | None:
    """Return the number of a month by its number or its name ("{{start date|1958|August}}"); None if it is none."""
    words = page.source[parameter.value.start : parameter.value.end].strip()
    if words.isascii() and words.isdigit():
        return int(words) if 1 <= int(words) <= 12 else None
    return _month_numbers().get(words.casefold())


def _is_flag(page: Wikitext, parameter: Parameter) -> bool:
    return page.source[parameter.value.start : parameter.value.end].startswith(("df", "mf"))


def _duration(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add a length as m:ss or h:mm:ss (Template:Duration: h, m and s, or unnamed)."""
    parts = [p for p in (template.value("h", "1"), template.value("m", "2"), template.value("s", "3")) if p]
    if not any(template.value(name) for name in ("h", "m", "s")):
        parts = template.positional()[:3]
    elif not template.value("s"):
        parts = [*parts[:2]]
    if len(parts) == 1 and ":" in page.source[parts[0].value.start : parts[0].value.end]:
        page.render(out, parts[0].value.start, parts[0].value.end, line_break)
        return
    end = template.span.start
    for number, parameter in enumerate(parts):
        start, stop = parameter.value
        if number:
            out.character(":", end, start)
            if stop - start == 1:
                out.character("0", start, start)
        out.run(start, stop)
        end = stop
    if parts and template.value("m") and not template.value("s", "3"):
        out.words(":00", end, end)


def _rating(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add a score as "4/5" (Template:Rating: stars, out of how many, 5 where it does not say)."""
    score, most = template.value("1"), template.value("2")
    if not score:
        return
    page.render(out, score.value.start, score.value.end, line_break)
    if most:
        out.character("/", score.value.end, most.value.start)
        out.run(*most.value)
    else:
        out.words("/5", score.value.end, score.value.end)


def _choice(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Add the words that a code stands for ("{{Rating-Christgau|hm2}}"); a code that is not listed shows itself."""
    found = template.value("1")
    if not found:
        return
    words = dict(choice.split("=", 1) for choice in argument.split(","))
    code = page.source[found.value.start : found.value.end].strip().casefold()
    if code in words:
        out.words(words[code].replace("_", " "), *found.value)
    else:
        page.render(out, found.value.start, found.value.end, line_break)


def _note(page: Wikitext, out: TextBuilder, template: Template, argument: str, line_break: str) -> None:
    """Remember a note or a short citation; it shows no words here."""
    page.cite(template.span.start, Span(template.span.start + 2, template.span.end - 2))


_WRITERS: dict[str, _Writer] = {
    "text": _text,
    "link": _link,
    "word": _word,
    "prefix": _prefix,
    "list": _list,
    "date": _date,
    "duration": _duration,
    "rating": _rating,
    "choice": _choice,
    "note": _note,
}

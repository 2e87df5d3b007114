"""Templates that make a row of a table: Template:Album chart, Single chart, Certification Table Entry."""

from __future__ import annotations

from functools import cache

from discograph.document import Text
from discograph.document.builder import TextBuilder
from discograph.readers.wikitext.inline import Wikitext
from discograph.readers.wikitext.inline_templates import kind_of
from discograph.readers.wikitext.template import Parameter, Template
from discograph.wordlists import rows


@cache
def _charts() -> dict[tuple[str, str], str]:
    """Return the name of a chart by what it is of ("album", "single") and its code."""
    return {(of, code.casefold()): name for of, name, *codes in rows("chart_codes") for code in codes}


@cache
def _bodies() -> dict[str, str]:
    """Return the body that certifies sales in a region, as Template:Certification Table Entry prints it."""
    return {region.casefold(): body for body, *regions in rows("certification_regions") for region in regions}


def row_of(page: Wikitext, template: Template) -> list[Text]:
    """Return the cells of the row that a template makes; none if it lacks what they would hold."""
    kind = kind_of(template.name)
    if kind == "certification-entry":
        return _certification(page, template)
    return _chart(page, template, "single" if kind == "single-chart" else "album")


def _chart(page: Wikitext, template: Template, of: str) -> list[Text]:
    """Return the name of the chart and the place on it; a code that the list does not know stands for itself."""
    code, place = template.value("1"), template.value("2")
    if not code or not place:
        return []
    name = _charts().get((of, page.source[code.value.start : code.value.end].strip().casefold()))
    return [_named(page, code, name) if name else page.value(code), page.value(place)]


def _named(page: Wikitext, parameter: Parameter, name: str) -> Text:
    out = TextBuilder(page.source)
    out.words(name, *parameter.value)
    return out.text()


def _certification(page: Wikitext, template: Template) -> list[Text]:
    """Return region with body, and level with how many times it was reached: "Canada (CRIA)", "2× Platinum"."""
    region, award = template.value("region"), template.value("award")
    if not region or not award:
        return []
    where = TextBuilder(page.source)
    page.render(where, *region.value)
    body = _bodies().get(where.text().value.strip().casefold())
    if body:
        where.words(f" ({body})", *region.value)
    level = TextBuilder(page.source)
    number = template.value("number")
    if number and page.source[number.value.start : number.value.end].strip() not in ("", "1"):
        page.render(level, *number.value)
        level.words("× ", number.value.end, number.value.end)
    page.render(level, *award.value)
    cells = [where.text().cut(0), level.text().cut(0)]
    if amount := template.value("salesamount"):
        cells.append(page.value(amount))
    return cells

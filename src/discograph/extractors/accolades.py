"""Sections and tables of awards and accolades: one result a line or row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Section, Table, Text
from discograph.extractors.award_works import PAGE, Work
from discograph.extractors.awards import record_of
from discograph.extractors.base import is_album
from discograph.records import AwardRecord, Findings, Record, Rule, Said, quoted, say
from discograph.values.patterns import DASH, fold, unquote

LINE = Rule(
    "award-line",
    'a line "AWARD – CATEGORY YEAR (#N)", "LIST (#N)" or "YEAR AWARD: CATEGORY" in a section of awards,'
    " under its outcome",
)
TABLE = Rule("award-table", "a row of a table with columns of accolade or award, year, and rank or result")
RULES = (LINE, TABLE)


def extract(document: Document) -> Findings:
    """Return the results that the lines of sections of awards and the rows of tables tell of."""
    records: list[Record] = []
    for section in document.lead.walk():
        if section.heading and _HEADING.search(section.heading.value):
            records += _lines(section)
        for block in section.blocks:
            if isinstance(block, Table):
                records += _table(block, document)
    return Findings(tuple(records))


_HEADING = re.compile(r"\b(?:[Aa]wards?|[Aa]ccolades|[Hh]onou?rs|[Nn]ominations)\b")
_OUTCOMES = (
    (re.compile(r"(?:awards? )?(?:winners?|wins?|won)\W*\Z", re.IGNORECASE), "won"),
    (re.compile(r"(?:award )?(?:nominations?|nominated|nominees?)\W*\Z", re.IGNORECASE), "nominated"),
)
_RESULT = r"(?:[Ww]on|[Nn]ominated|[Nn]omination|[Ww]inner)"
_VERB = r"\b(?:won|was|were|is|has|had|received|earned|took)\b"  # what has one is a sentence
_LINE = re.compile(
    rf"(?:(?P<first>(?:19|20)\d\d)[:,]?(?: [{DASH}])? )?"
    rf"(?P<award>(?!(?:19|20)\d\d\b)(?:The )?(?:(?!{_VERB})[^:{DASH}()]){{3,60}}?)(?: (?P<second>(?:19|20)\d\d))?"
    rf"(?:\s+[{DASH}]\s+|\s*:\s+| for (?=[A-Z])|, (?=Best |Outstanding |[A-Z][^,]* of the Year))"
    rf"(?P<category>(?!{_RESULT}\b)[^()#]{{3,90}}?(?: (?:of|from|for) (?P<of>(?:19|20)\d\d)[\"”]?)?)"
    rf"(?:,? (?P<third>(?:19|20)\d\d))?(?:\s*\((?P<outcome>[A-Za-z]+)\))?"
    rf"(?:\s+[{DASH}]\s+(?P<last>{_RESULT}))?\.?\Z"
)
_RANK = re.compile(
    rf"(?:[:,]?\s+|\s*[{DASH}]\s*)\(?(?:[Rr]anked )?(?:(?:#|[Nn]o\. ?|[Nn]umber )(?P<number>\d{{1,4}})"
    r"|(?P<ordinal>\d{1,4})(?:st|nd|rd|th) place)\)?\.?\Z"
)
_LIST = re.compile(
    rf"(?!.*\b(?:[Cc]harts?|Billboard)\b)(?P<award>(?=.*\b(?:Best|Top|Greatest|Essential|Favou?rite|Albums?|Records|Polls?|Picks)\b)"
    rf"(?=.*?\b(?P<inside>(?:19|20)\d\d)\b|)(?:(?!\s[{DASH}]\s)[^:]){{8,120}})\Z"
)
"""A ranking in a line of its own: "Fjord Weekly's 50 Best Albums of 2013"."""


_RANKING = re.compile(r"\b(?:Albums|Records|LPs|CDs|Discs|Songs|Tracks|Releases|Recordings|Best of|Top \d+)\b")


def _lines(section: Section) -> Iterator[AwardRecord]:
    """Yield the awards of lines in a section of awards; a line or heading "Nominations" says their outcome."""
    heading = section.heading.value if section.heading else ""
    outcome = next((result for pattern, result in _OUTCOMES if pattern.match(heading)), "")
    if not outcome and re.fullmatch(r"(?:[Gg]rammy )?[Aa]wards", heading):
        outcome = "won"
    for block in section.blocks:
        if isinstance(block, Table):
            continue
        changed = next((result for pattern, result in _OUTCOMES if pattern.match(block.text.value)), "")
        outcome = changed or outcome
        if not changed and len(block.text) <= 160 and (record := _line(block.text, outcome)):
            yield record


def _line(line: Text, outcome: str) -> AwardRecord | None:
    """Return the result that a line tells of; a place in a list needs no outcome, and no category."""
    told, rank = _placed(line)
    match = _LINE.match(told.value) or (_LIST.match(told.value) if rank else None)
    if match is None:
        return None
    parts = {name: told.group(match, name) for name, value in match.groupdict().items() if value}
    own = parts.get("outcome") or parts.get("last")
    outcome = "ranked" if rank else _OWN.get(own.value.lower(), "") if own else outcome
    if not outcome:
        return None
    if rank and "category" in parts and _RANKING.search(parts["category"].value):
        parts["award"] = parts.pop("category")  # the list has the place; whose list it is stands before it
    year = next((parts[group] for group in ("first", "second", "of", "third", "inside") if group in parts), None)
    award = quoted(parts["award"], LINE)
    category = quoted(parts["category"], LINE) if "category" in parts else None
    return record_of(
        say(None, line, LINE),
        award.of(unquote(award.value)),
        outcome,
        category.of(unquote(category.value)) if category else None,
        quoted(year, LINE) if year else None,
        PAGE,
        rank,
    )


def _placed(line: Text) -> tuple[Text, Said[int] | None]:
    """Return a line without the place in a list at its end, and that place."""
    place = _RANK.search(line.value)
    if place is None:
        return line, None
    number = line.group(place, "number" if place["number"] else "ordinal")
    return line.cut(0, place.start()), say(int(number.value), number, LINE) if int(number.value) else None


_OWN = {"won": "won", "winner": "won", "nominated": "nominated", "nomination": "nominated"}


_COLUMNS = {
    "award": (
        "accolade",
        "award",
        "awards",
        "list",
        "ceremony",
        "award ceremony",
        "organization",
        "organisation",
        "association",
    ),
    "giver": ("publication", "publisher", "source", "critic/publication"),
    "year": ("year", "date", "date of ceremony"),
    "category": ("category",),
    "rank": ("rank", "position", "ranking"),
    "result": ("result", "outcome"),
    "work": (
        "work",
        "nominated work",
        "nominee",
        "nominee/work",
        "nominee / work",
        "recipient",
        "recipient(s)",
        "nominee(s)",
        "nominated",
    ),
}


def _table(table: Table, document: Document) -> Iterator[AwardRecord]:
    """Yield the rows of a table of accolades or of awards."""
    if not table.rows:
        return
    heads = [fold(cell.value) for cell in table.rows[0]]
    where = {name: heads.index(head) for name, forms in _COLUMNS.items() for head in forms if head in heads}
    if "award" not in where or not ({"rank", "result"} & where.keys()):
        return
    for row in table.rows[1:]:
        cells = {name: row[index] for name, index in where.items() if index < len(row) and row[index]}
        if "award" in cells and (record := _row(cells, document)):
            yield record


_RESULTS = {
    "won": "won",
    "win": "won",
    "winner": "won",
    "nominated": "nominated",
    "nominee": "nominated",
    "shortlisted": "nominated",
    "inducted": "inducted",
}
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_SONG_BEHIND = re.compile(r"\s+\((?:for )?[\"“](?P<title>[^\"“”]+)[\"”]\)\Z")


def _row(cells: dict[str, Text], document: Document) -> AwardRecord | None:
    outcome = _RESULTS.get(fold(cells["result"].value), "") if "result" in cells else "ranked"
    spans = tuple(cells.values())
    named = {role: _and_song(_bare(cells[role])) for role in ("award", "category") if role in cells}
    work = next((song for _, song in named.values() if song), None) or _work_of_cell(cells.get("work"), document)
    if not outcome or work is None:
        return None
    name = named["award"][0]
    category = quoted(named["category"][0], TABLE) if "category" in named else None
    said = Said(None, tuple(quoted(text, TABLE).evidence[0] for text in spans))
    award = quoted(name, TABLE).of(unquote(name.value))
    return record_of(said, award, outcome, category, _year(cells, name), work, _rank(cells))


def _bare(cell: Text) -> Text:
    """Return a cell without the marks of footnotes."""
    return cell.cut(0, len(re.sub(r"(?:\s*\[\w+\])+\Z", "", cell.value)))


def _and_song(cell: Text) -> tuple[Text, Work | None]:
    """Return a cell without the song in brackets behind it, and that song: "Song of the Year ("TITLE")"."""
    match = _SONG_BEHIND.search(cell.value)
    if not match:
        return cell, None
    return cell.cut(0, match.start()), Work("song", cell.group(match, "title"), match["title"])


def _year(cells: dict[str, Text], name: Text) -> Said[str] | None:
    """Return the year of a row; where no column has years, that in the name: "The Best Albums of 2023"."""
    cell = cells.get("year") or name
    years = list(_YEARS.finditer(cell.value))
    return quoted(cell.group(years[0], 0), TABLE) if years and (len(years) == 1 or "year" in cells) else None


def _rank(cells: dict[str, Text]) -> Said[int] | None:
    value = cells["rank"].value if "rank" in cells else ""
    place = re.fullmatch(r"#?(\d{1,4})(?:st|nd|rd|th)?(?:\s*\[\d+\])*", value)
    return say(int(place[1]), cells["rank"], TABLE) if place and int(place[1]) else None


def _work_of_cell(cell: Text | None, document: Document) -> Work | None:
    """Return the work of a cell: the album, a song in quotes; None for a person."""
    if cell is None or is_album(unquote(cell.value), document):
        return PAGE
    song = re.fullmatch(r"[\"“](?P<title>[^\"“”]+)[\"”].*", cell.value)
    return Work("song", cell.group(song, "title"), song["title"]) if song else None

"""Prose about placings: "the album peaked at number 4 on the Billboard 200", "it topped the Jazz Albums chart".

A place belongs to the chart behind it, else to the last chart before it in the clause; its verb tells whether it
is a peak, the place of entry, or a fall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from discograph.document import Text
from discograph.extractors.album_clauses import Clause
from discograph.extractors.base import is_denied, manner_of
from discograph.extractors.grids import years_only
from discograph.lexicon import alternatives, concept
from discograph.needles import Sieve
from discograph.records import ChartRecord, Manner, Rule, Said, say
from discograph.values.chart_names import is_of_songs, is_summary, plain_name
from discograph.values.dates import find_dates
from discograph.values.patterns import UPPER
from discograph.values.placings import PLACING, parse_placing
from discograph.wordlists import country

PEAK = Rule("prose-chart-peak", '"(the album) peaked at / reached PLACE on CHART", "on CHART, peaking at PLACE"')
TOP = Rule("prose-chart-top", '"(the album) topped CHART" is place 1')
ENTRY = Rule(
    "prose-chart-entry", '"(the album) debuted at / entered CHART at PLACE": a peak only if no better one is told'
)
YEAR = Rule(
    "prose-chart-year", 'the one year that the sentence gives the placing, or the year meant by "that same year"'
)
RULES = (PEAK, TOP, ENTRY, YEAR)

_TOKEN = rf"(?:(?!(?:[Nn]o|vs)\.)[{UPPER}\d][\w'’.&/+-]*|&|and|of)"
_CAPITALS = rf"(?:{_TOKEN} ){{1,7}}(?:Albums?|LP['’]?s|Soundtracks?|Heatseekers|200)(?: & Tape)?(?![\w-])"
_STOP = (
    r"(?:in|on|at|for|with|by|from|to|the|a|an|its?|his|her|their|that|this|which|where|was|were|is|and|but|or|as|during"
    r"|peaking|reaching|debuting|selling|several|various|many|all|other|multiple|both|number|no\.)"
)
_WITH_NOUN = rf"(?:(?!{_STOP} )[\w'’.&/+-]+ (?:and (?=[{UPPER}]))?){{1,9}}?[Cc]harts?\b"
_BAD = r"(?P<fall>fell|fall\w*|dropp\w+|slipp\w+|declin\w+|descend\w+|slid|plummet\w*|re-?enter\w*|return\w*|remain\w*)"
_ENTRY = (
    r"(?P<entry>debut\w*|enter(?:ed|s|ing)?|bow(?:ed|ing)|open(?:ed|ing)|premier\w+|start(?:ed|ing)|appear(?:ed|ing))"
)
_REACH = (
    r"(?P<peak>peak\w*|reach\w*|hit(?:s|ting)?|climb\w*|r[io]s(?:e|es|ing|en)|soar\w*|shot|ascend\w*|attain\w*|achiev\w*"
    r"|land(?:ed|ing)|chart(?:ed|ing)|rank(?:ed|ing)|plac(?:ed|ing)|earn\w*|became|becoming|claim\w*|secur\w*|scor(?:ed|ing)"
    r"|spen[dt]\w*|held|garner\w*|notch\w*|went|going|made|making|got|getting|came|stood|was|is|giving|stay(?:ed|ing))"
)
_VERB = re.compile(rf"\b(?:{_BAD}|{_ENTRY}|{_REACH})\b", re.IGNORECASE)
_NEAR = {"was", "is", "came", "made", "making", "got", "getting", "stood", "went", "going", "giving", "became", "held"}
_LINK = re.compile(
    r"(?: (?:album|record|hit|spot|place|position|slot|debut|seller))?(?: in (?:its|the) \w+ week(?: of release)?)?"
    r"(?: in (?:the )?(?P<country>[A-Z][\w.]*(?: [A-Z]\w+)?))?,? (?:both )?(?:on|in|of|at)(?: both)? (?:the |its )?",
)
_MORE = re.compile(r",? (?:and|as well as)(?: on| in| of)?(?: the)? |, (?:the )?")
_INTO = re.compile(r"\b(?:on|in|into|onto|of|entered|entering|hit|made|reached) (?:the )?", re.IGNORECASE)
_CHART = re.compile(r"chart\b(?!['’])")
_SAME_CHART = re.compile(rf"(?:{PLACING}|\d+) on (?:the|that|this|the same) chart\b(?!['’])", re.IGNORECASE)
_TOPPED = Sieve(r"\b(?:topp(?:ed|ing)|atop|(?:at|to|reached) the top of)(?: of)? (?:both )?(?:the )?", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"\s*(?:[.,;)]|\Z|(?:position|spot|place)\b|(?:during|for|after|before|and|but|with|by|over|upon|there|several|two)\b"
    r"|in (?:its|the|\d{4}|early|late|mid|January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|on (?:(?:the|that|this|its) charts?\b|[A-Z][a-z]+ \d))"
)
_NO_PERIOD = re.compile(
    r"(?:releas|record(?:ed|ing)|issue[ds]? (?:in|on)|re-?issu|since|born|sold|sales|certif|as of|by)\W*"
    r"(?:\w+ ){0,3}\Z",
    re.IGNORECASE,
)
_NUMBER = Sieve(rf"{PLACING}|(?<=\bat )\d{{1,3}}(?![\d%:]|[.,]\d| \w+ (?:copies|units))", re.IGNORECASE)
_SAME_YEAR = re.compile(r"\b(?:that|the) (?:same )?year\b", re.IGNORECASE)


_Part = tuple[int, int]


class _Place(NamedTuple):
    """A place, where in the sentence it stands and how far its charts reach."""

    start: int
    end: int
    reach: int
    charts: list[Text]
    rule: Rule


@cache
def _chart() -> re.Pattern[str]:
    known = rf"(?i:{alternatives('chart')})(?![\w-])(?: (?:(?:daily|weekly|monthly) )?(?:[Aa]lbums? )?[Cc]harts?\b)?"
    magazine = r"(?:(?:Billboard|Cash ?[Bb]ox)(?: magazine)?['’]s |Billboard magazine )?"
    return re.compile(rf"(?:{magazine}{known}|{_WITH_NOUN}|{_CAPITALS}(?: [Cc]harts?\b)?)")


def may_tell(words: str) -> bool:
    """Tell whether a text, or any part of it, may tell of a placing; quick, to spare looking for clauses."""
    return _TOPPED.may_match(words) or _NUMBER.may_match(words)


def placings(clause: Clause) -> Iterator[ChartRecord]:
    """Yield the placings that a clause about the album tells of, in order."""
    places = sorted([*_tops(clause), *_places(clause)], key=lambda place: place.start)
    starts = [place.start for place in places]
    periods = [_year(clause.sentence, start, stop) for start, stop in pairwise([*starts, clause.end])]
    for place, period in zip(places, periods, strict=True):
        yield from _records(clause, place, period or _common(clause, periods))


def _records(clause: Clause, place: _Place, period: Said[str] | None) -> Iterator[ChartRecord]:
    sentence = clause.sentence
    manner = manner_of(sentence.value[clause.start : place.reach])
    peak_manner = Manner.IMPLIED if place.rule is ENTRY and manner.is_asserted else manner
    words = sentence.cut(place.start, place.end)
    number = 1 if place.rule is TOP else parse_placing(words.value)
    for chart in place.charts:
        yield ChartRecord(
            say(None, sentence.cut(clause.start, place.reach), place.rule, manner),
            say(plain_name(chart.value), chart, place.rule, manner),
            say(number, words, place.rule, peak_manner),
            Said(period.value, period.evidence, manner) if period else None,
        )


def _tops(clause: Clause) -> Iterator[_Place]:
    value = clause.sentence.value
    for match in _TOPPED.finditer(value, clause.start, clause.end):
        if is_denied(value[clause.start : match.start()]):
            continue
        parts = _charts(value, match.end(), clause.end)
        charts = [clause.sentence.cut(*part) for part in parts]
        end = parts[-1][1] if parts else match.end()
        if not parts and (same := _CHART.match(value, match.end())):
            charts, end = _meant(clause, match.start()), same.end()
        if charts:
            yield _Place(match.start(), parts[0][1] if parts else end, end, charts, TOP)


def _places(clause: Clause) -> Iterator[_Place]:
    value = clause.sentence.value
    last = clause.start
    for match in _NUMBER.finditer(value, clause.start, clause.end):
        rule = _rule(value[clause.start : match.start()])
        parts: list[_Part] = []
        charts: list[Text] = []
        if rule:
            link = _LINK.match(value, match.end(), clause.end)
            if link and (not link["country"] or country(link["country"])):
                parts = _charts(value, link.end(), clause.end)
                charts = [clause.sentence.cut(*part) for part in parts]
            if not parts and _AFTERWARDS.match(value[match.end() : clause.end]):
                charts = _before(clause, last, match.start())
        if rule and charts:
            yield _Place(match.start(), match.end(), max([match.end(), *(e for _, e in parts)]), charts, rule)
        last = clause.start if charts else match.end()


def _rule(before: str) -> Rule | None:
    """Return the rule of a place by the last verb before it; None where it is a fall, denied, or no placing."""
    verbs = list(_VERB.finditer(before))
    if not verbs or is_denied(before) or re.search(r"\b(?:from|top)\W*\Z", before):
        return None
    verb = verbs[-1]
    if verb["fall"]:
        return None
    is_far = len(before) - verb.end() > 30 and not re.search(PLACING, before[verb.end() :], re.IGNORECASE)
    if verb["peak"] and verb["peak"].casefold() in _NEAR and is_far:
        return None
    return ENTRY if verb["entry"] else PEAK


def _charts(value: str, start: int, end: int) -> list[_Part]:
    """Return where the charts named one after the other from an index on stand; none if one is no album chart."""
    charts: list[_Part] = []
    at = start
    while match := _chart().match(value, at, end):
        if two := re.compile(r"(?P<first>.+?) and (?P<second>.+) charts").fullmatch(value, *match.span()):
            charts += [two.span("first"), two.span("second")]  # "Pop Albums and Jazz Albums charts"
        else:
            charts.append(match.span())
        more = _MORE.match(value, match.end(), end)
        if not more:
            break
        at = more.end()
    return charts if all(_is_name(value[slice(*part)]) for part in charts) else []


def _is_name(chart: str) -> bool:
    """Tell whether words name a chart of albums, not just "the album chart" or a chart of songs or of a year."""
    first = chart.split()[0]
    is_named = not first[0].islower() or first == "iTunes" or concept("genre", first) is not None
    return is_named and not is_of_songs(chart) and not is_summary(chart)


def _before(clause: Clause, last: int, stop: int) -> list[Text]:
    """Return the last chart named before a place: "entered the Billboard 200 at 138", "on CHART, the album peaked"."""
    sentence = clause.sentence
    found = _last(sentence, last, stop) or _last(sentence, 0, clause.start)
    return found or (_meant(clause, stop) if _SAME_CHART.match(sentence.value, stop) else [])


def _meant(clause: Clause, stop: int) -> list[Text]:
    """Return the chart that "the chart" means: the last that the paragraph names before."""
    found = _last(clause.sentence, 0, stop)
    return found or (_last(clause.before, 0, len(clause.before)) if clause.before else [])


def _last(text: Text, start: int, end: int) -> list[Text]:
    """Return the last charts named in a stretch of text; none where those are not of albums."""
    for match in reversed(list(_INTO.finditer(text.value, start, end))):
        if _chart().match(text.value, match.end(), end):
            return [text.cut(*part) for part in _charts(text.value, match.end(), end)]
    return []


def _year(sentence: Text, start: int, stop: int) -> Said[str] | None:
    """Return the one year that words of a sentence tell of, but for years of release, sales and the like."""
    found = [
        say(years, sentence.cut(date.start, date.end), YEAR)
        for date in find_dates(sentence.value[:stop])
        if date.start >= start
        and (years := years_only(date.edtf))
        and not _NO_PERIOD.search(sentence.value[: date.start])
    ]
    return found[0] if len({said.value for said in found}) == 1 else None


def _common(clause: Clause, periods: list[Said[str] | None]) -> Said[str] | None:
    """Return the year that holds for every placing of a clause: told before or behind them all."""
    if any(periods[:-1]):
        return None
    if periods[-1]:
        return periods[-1]
    sentence = clause.sentence
    if year := _year(sentence, 0, len(sentence)):
        return year
    if clause.before and _SAME_YEAR.search(sentence.value):
        return _last_year(clause.before)
    return None


def _last_year(text: Text) -> Said[str] | None:
    dates = [date for date in find_dates(text.value) if years_only(date.edtf)]
    if not dates:
        return None
    return say(years_only(dates[-1].edtf) or "", text.cut(dates[-1].start, dates[-1].end), YEAR)

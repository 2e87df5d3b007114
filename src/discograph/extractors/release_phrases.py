"""What hangs on a release verb: date, territory, label, carrier, catalogue number, other title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from discograph.document import Text
from discograph.extractors.base import territory
from discograph.extractors.label_words import is_label
from discograph.records import AlbumMention, Manner, PlaceRecord, Rule, Said, quoted, say
from discograph.values.carriers import carrier_pattern, carrier_phrase
from discograph.values.dates import FoundDate, find_dates, members_of
from discograph.values.name_lists import split_names
from discograph.values.patterns import NAME, UPPER, unquote
from discograph.wordlists import country, words

DATE = Rule(
    "prose-release-date", 'the date in a clause about a release; "the following year" counts from the one before'
)
TERRITORY = Rule("prose-release-territory", '"released in COUNTRY", "released internationally"')
LABEL = Rule("prose-release-label", '"released by / on / through LABEL (Records / label)"')
KIND = Rule("prose-release-kind", '"first / originally released", "re-released", "via import"')
FORMAT = Rule("prose-release-format", '"The CD edition", "released on CD", "as a double LP" name the carrier')
CATALOGUE = Rule("prose-release-catalogue", "a catalogue number behind the label")
HOST = Rule(
    "prose-release-within", '"as side one of the album TITLE", "as TITLE": the music came out under another title'
)
RULES = (DATE, TERRITORY, LABEL, KIND, FORMAT, CATALOGUE, HOST)

_LABEL_NAME = rf"{NAME}(?: (?:&|and) {NAME}(?= Records| label))?"
_NAMED_LABEL = re.compile(
    rf"\b(?:by|through|on|via|for|with|from) [^,;()]*?(?P<label>{_LABEL_NAME}) (?:record(?:s|ing)? )?(?:labels?"
    r"|imprint|subsidiary)\b"
)
_LABEL = re.compile(
    r"\b(?:by|through|on|via|for|under(?! the (?:title|name)\b)) (?:both )?(?:the |an? |their |his |her |its )?"
    r"(?:[a-z][\w’'-]* )*"
    rf"(?P<label>{_LABEL_NAME}(?:(?:,|,? and|/) (?:the )?{_LABEL_NAME})*)"
)
_LABEL_IN = re.compile(rf"(?P<label>{_LABEL_NAME}) \((?P<place>[^()\d]{{2,30}})\)")
_LABELS_IN = re.compile(
    rf"\b(?:by|through|on|via|and) (?:the )?(?P<label>{_LABEL_NAME})(?: label)? in (?:the )?(?P<place>{NAME}|U\.[SK]\.)"
)
_AS_LABEL = re.compile(rf"\bas (?P<label>{NAME}) (?P<number>[A-Z]{{1,4}}[- ]?\d[\w-]*)")
_CATALOGUE = re.compile(r"\((?:catalog(?:ue)? (?:number|no\.?) )?(?P<number>(?=[^()]*\d)[A-Z0-9][\w .-]{2,20})\)")
_NUMBER = re.compile(r"[A-Z]{1,5}[- ]?\d")
_AS_NUMBER = re.compile(r"\bas (?P<number>[A-Z]{1,5}[- ]?\d[\w-]*)")
_IN = re.compile(rf"\bin (?:the )?(?P<place>{NAME}|U\.S\.?(?:A\.?)?|U\.K\.?)|\b(?P<world>internationally|worldwide)\b")
_FIRST = re.compile(r"\b(?:first|originally|initially)\b|\A(?:First|Originally|Initially)\b")
_AGAIN = re.compile(r"\bre-?(?:released|issued|mastered)|\breissued?\b|\bre-issue\b")
_IMPORT = re.compile(r"\b(?:via|as an?|on) import\b")
_ON = re.compile(
    r"\b(?:on|as an?|in) (?:(?:limited|special|deluxe|remastered|expanded|numbered|stereo|mono)(?:[ -]edition)?[ -])*"
    r"(?P<carrier>.+)"
)
_EDITION_SUBJECT = re.compile(
    r"(?:The|A|An) (?P<edition>[\w\"'’/+-]+(?: (?!(?:is|was|are|were) )[\w\"'’/+-]+){0,9}?)"
    r"(?: (?:edition|version|release|issue|reissue|pressing|box[- ]set|set))?(?: of .+)?\Z"
)
_HOST = re.compile(
    r"\bas (?:side (?P<side>one|two|three|four|[A-D1-4]) of|part of) (?:the |an? )?(?:\w+ )?"
    r"(?:albums?|LP|compilation|CD|set|box set|boxed set),? (?:(?:en)?titled |called )?"
    r"(?P<title>[\"“]?[^,.;:()\"”]+[\"”]?)"
)
_RETITLED = re.compile(
    rf"\b(?:as|under the title|retitled|titled) (?P<title>[\"“]?(?:{NAME})(?:[^,;]*?))(?=,|;|\Z"
    r"| (?:in|on|by|and)\b| as [A-Z]{1,5}[- ]?\d)"
)
_SIDES = {"one": 1, "a": 1, "1": 1, "two": 2, "b": 2, "2": 2, "three": 3, "c": 3, "3": 3, "four": 4, "d": 4, "4": 4}
_SPLIT = re.compile(
    r",? (?:and|then|followed by an? (?:[\w-]+ )?(?:issue|release|reissue|edition)) (?=(?:in|on|by|through|as|via) "
    r"(?!(?:the )?(?:label|album)))"
)
_RELATIVE = re.compile(
    r"\b(?:(?:in (?P<month>[A-Z][a-z]+) of )?the (?P<next>following|next) year|(?:a|one) year (?P<later>later)"
    r"|in (?P<month_of>[A-Z][a-z]+) of (?:that|the same) year"
    r"|(?:later )?(?:that|the same) (?P<same>(?:same )?year)|later that (?P<same2>year))\b"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one release verb says of one release."""

    date: Said[str] | None = None
    territory: PlaceRecord | None = None
    labels: tuple[Said[str], ...] = ()
    kind: Said[str] | None = None
    edition: Said[str] | None = None
    host: AlbumMention | None = None
    host_side: Said[int] | None = None
    catalogue: Said[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read that tells the release from any other."""
        return not (self.date or self.territory or self.labels or self.edition or self.host)

    def with_label(self, label: Text) -> Phrase:
        """Return the phrase with a label that stands before the verb."""
        return replace(self, labels=(quoted(label, LABEL),))

    def as_reissue(self, verb: Text) -> Phrase:
        """Return the phrase as that of a reissue."""
        return replace(self, kind=say("reissue", verb, KIND))

    @classmethod
    def from_noun(cls, text: Text, dates: list[FoundDate], carrier: re.Match[str] | None) -> Phrase:
        """Return the phrase of a noun phrase such as "1998 Rhino CD reissue"."""
        date = say(dates[0].edtf, text.cut(dates[0].start, dates[0].end), DATE) if dates else None
        edition = quoted(text.group(carrier, 0), FORMAT) if carrier else None
        labels: tuple[Said[str], ...] = ()
        rest = re.compile(rf"(?P<label>{NAME})(?= (?:\w+ )?(?:CD|LP|reissue|re-issue|box|remaster))")
        for match in rest.finditer(text.value):
            name = plain_label(text.group(match, "label"))
            if name and not find_dates(name.value):
                labels = (quoted(name, LABEL),)
        again = _AGAIN.search(text.value)
        kind = say("reissue", text.group(again, 0), KIND) if again else None
        return cls(date, None, labels, kind, edition)


def read_phrases(clause: Text, before: Text | None, when: Text | None) -> Iterator[Phrase]:
    """Yield what a clause says, one phrase for each release that it pairs up; at least one.

    Shape: ``before`` is what stands before the verb, ``when`` a date that opened the sentence. A later
    phrase takes over what it does not say itself but the label and the territory.
    """
    parts = list(_parts(clause))
    first: Phrase | None = None
    for part in parts:
        for phrase in _read(part, clause, before, when if first is None else None):
            if first and not phrase.date and len(carrier_pattern().findall(parts[0].value)) > 1:
                continue  # "on CD, LP and as a download": one release in several forms
            if first is not None:
                phrase = replace(
                    phrase,
                    date=phrase.date or first.date,
                    kind=phrase.kind or (first.kind if first.kind and first.kind.value == "reissue" else None),
                )
            first = first or phrase
            yield phrase


def _parts(clause: Text) -> Iterator[Text]:
    start = 0
    for match in _SPLIT.finditer(clause.value):
        if _says_something(clause.value[match.end() :]) and match.start() > start:
            yield clause.cut(start, match.start())
            start = match.end()
    yield clause.cut(start)


def _says_something(value: str) -> bool:
    """Tell whether a part names a date, country or title of its own right away."""
    head = value[:40]
    match = _IN.match(head)
    if match and country(match["place"] or "international"):
        return True
    if re.match(r"(?:in|on) ", head) and find_dates(head):
        return True
    if re.match(r"as an? ", head) and carrier_pattern().search(head):
        return True
    return re.match(rf"as [{UPPER}\"“]", head) is not None


def _read(part: Text, clause: Text, before: Text | None, when: Text | None) -> Iterator[Phrase]:
    host, side = _host(part)
    stop = part.value.find(" as ") if host else -1
    core = part if stop < 0 else part.cut(0, stop)
    dates = find_dates(re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), part.value))
    labels, both = _labels(core)
    base = Phrase(
        None, _territory(part), labels, _kind(part), _edition(part, clause, before), host, side, _catalogue(part)
    )
    members = [member for date in dates[:1] for member in members_of(part.value, date)]
    if len(members) > 1 and all(len(member.edtf) == len(members[0].edtf) for member in members):
        for member in members:
            yield replace(base, date=say(member.edtf, part.cut(member.start, member.end), DATE))
        return
    date = say(dates[0].edtf, part.cut(dates[0].start, dates[0].end), DATE) if dates else None
    base = replace(base, date=date or _opened(when) or _relative(part, before))
    if paired := list(_by_country(part)):
        for label, place in paired:
            yield replace(base, labels=(label,), territory=place)
        return
    if both and len(labels) == 2:
        for label in labels:
            yield replace(base, labels=(label,))
        return
    yield base


def _by_country(part: Text) -> Iterator[tuple[Said[str], PlaceRecord]]:
    """Yield each label with its country: "through LABEL (Japan) and LABEL (US)", "by LABEL in Japan and LABEL in …"."""
    several = list(_LABELS_IN.finditer(part.value))
    for match in several if len(several) > 1 else _LABEL_IN.finditer(part.value):
        place = territory(part.group(match, "place"), TERRITORY)
        name = plain_label(part.group(match, "label"))
        if place and name:
            yield quoted(name, LABEL), place


def _opened(when: Text | None) -> Said[str] | None:
    if when is None:
        return None
    found = find_dates(when.value)
    return say(found[0].edtf, when.cut(found[0].start, found[0].end), DATE) if found else None


def _relative(part: Text, before: Text | None) -> Said[str] | None:
    """Return the date of "the following year", counted from the last date before it."""
    match = _RELATIVE.search(part.value)
    dates = find_dates(before.value) if before and match else []
    if not match or not dates:
        return None
    year = int(re.findall(r"\d{4}", dates[-1].edtf)[-1])
    year += 1 if match["next"] or match["later"] else 0
    name = match["month"] or match["month_of"]
    month = find_dates(f"{name} {year}") if name else []
    return say(month[0].edtf if month else str(year), part.group(match, 0), DATE, Manner.IMPLIED)


def _labels(part: Text) -> tuple[tuple[Said[str], ...], bool]:
    """Return the labels of a clause, and whether "both" told them apart; a slash is between two labels."""
    named = _NAMED_LABEL.search(part.value)
    if named:
        name = plain_label(part.group(named, "label"))
        return tuple(quoted(p, LABEL) for p in _slashed(name)) if name else (), False
    if number := _AS_LABEL.search(part.value):
        return (quoted(part.group(number, "label"), LABEL),), False
    for match in _LABEL.finditer(part.value):
        if not is_label(part.value[match.start() : match.start("label")], match["label"]):
            continue
        found = [label for n in split_names(part.group(match, "label")) if (label := plain_label(n))]
        if found:
            return tuple(quoted(p, LABEL) for name in found for p in _slashed(name)), " both " in match[0]
    return (), False


_OWNER = re.compile(rf"(?:[{UPPER}][^\W_]* ){{0,3}}[^\W_]+['’]s (?!(?:Records?|Recordings|label)\b)")


def plain_label(name: Text) -> Text | None:
    """Return a name without adjectives of country; None if it is no label: a month, a country, a carrier."""
    while (head := name.value.split(" ", 1)[0]) and country(head) and " " in name.value:
        name = name.cut(len(head) + 1)
    for match in re.finditer(r" (\w+)\Z", name.value):
        if match[1].casefold() in words("months"):
            name = name.cut(0, match.start())  # "on ECM February the following year"
    while (last := name.value.rsplit(" ", 1))[1:] and carrier_pattern().fullmatch(last[1]):
        name = name.cut(0, len(last[0]))  # "the Rhino CD reissue"
    if owner := _OWNER.match(name.value):
        name = name.cut(owner.end()) or name  # "on Ra's Saturn label"
    head = name.value.split(" ", 1)[0].casefold()
    is_shop = head in words("shops") and " & " not in name.value
    if head in words("months") or is_shop or country(name.value) or name.value[0].isdigit():
        return None
    return None if carrier_pattern().fullmatch(name.value) or name.value.endswith(("'s", "’s")) else name


def _slashed(name: Text) -> list[Text]:
    return list(name.split(re.compile(r"(?<=[^\s\d])/(?=[^\s\d])")))


def _territory(part: Text) -> PlaceRecord | None:
    for match in _IN.finditer(part.value):
        if found := territory(part.group(match, "place" if match["place"] else "world"), TERRITORY):
            return found
    return None


def _kind(part: Text) -> Said[str] | None:
    for pattern, kind in ((_IMPORT, "import"), (_AGAIN, "reissue"), (_FIRST, "first-release")):
        if match := pattern.search(part.value):
            return say(kind, part.group(match, 0), KIND)
    return None


def _edition(part: Text, clause: Text, before: Text | None) -> Said[str] | None:
    """Return the carrier that the subject, or "on CD", "as a double LP" names."""
    subject = before and _EDITION_SUBJECT.match(before.value.rstrip(" ,"))
    carrier = carrier_phrase().search(before.value) if before and subject else None
    if before and carrier and not carrier[0].istitle():  # "The Quay Tape" is called so
        return quoted(before.group(carrier, 0), FORMAT)
    for on in _ON.finditer(part.value):
        if match := carrier_phrase().match(part.value, on.start("carrier")):
            return quoted(part.group(match, 0), FORMAT)
    return None


def _catalogue(part: Text) -> Said[str] | None:
    match = _CATALOGUE.search(part.value) or _AS_LABEL.search(part.value) or _AS_NUMBER.search(part.value)
    if not match or find_dates(match["number"]):
        return None
    return quoted(part.group(match, "number"), CATALOGUE)


def _host(part: Text) -> tuple[AlbumMention | None, Said[int] | None]:
    match = _HOST.search(part.value)
    if match:
        title = part.group(match, "title")
        side = say(_SIDES[match["side"].casefold()], part.group(match, 0), HOST) if match["side"] else None
        return AlbumMention(quoted(title, HOST).of(unquote(title.value))), side
    match = _RETITLED.search(part.value)
    if not match or _AS_LABEL.search(part.value) or carrier_pattern().match(match["title"]):
        return None, None
    if _NUMBER.match(match["title"]):
        return None, None
    title = part.group(match, "title")
    return AlbumMention(quoted(title, HOST).of(unquote(title.value))), None

"""Lines of a track listing that say for all entries who wrote them: "All compositions by NAME except …"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from discograph.document import Section, Table, Text
from discograph.errors import ValueParseError
from discograph.records import CreditRecord, Manner, Record, Rule, Said, TrackRecord, TrackScope, quoted, say
from discograph.values.name_lists import split_names
from discograph.values.patterns import NAME, UPPER, fold
from discograph.values.track_ranges import parse_track_ranges
from discograph.wordlists import job_verb

BLANKET = Rule("track-blanket-writer", '"All compositions by NAME" holds for the entries that name no writer')

_PIECES = r"(?:songs|tracks|compositions|selections|titles|music|lyrics|tunes|pieces|material|numbers)"
_BLANKET = re.compile(
    rf"(?P<scope>All|Except where \w+,? all)(?: of)?(?: the)? (?:\w+ )?{_PIECES}(?: and (?:lyrics|music))?"
    r"(?: on (?:the|this) (?:album|record|disc|recording))?"
    r"(?: (?:are|is|were|was))?(?P<verbs>(?: (?:written|composed|penned))?"
    r"(?:,? (?:and|&) (?:arranged|composed|produced|written|lyrics))*)"
    rf" by (?P<names>[{UPPER}][^.;:,]*?(?:, [{UPPER}][^.;:,]*?)*?)"
    rf"(?P<except>,? \(?(?:except|unless|apart|other than|save|and(?! [{UPPER}])|with)\b.*|,? (?:where|as) \w+)?"
    r"\.?(?=\Z|[.;] )"
)
_TRADITIONAL = re.compile(
    rf"All(?: of the)? {_PIECES}(?: are| were)? (?P<names>[Tt]raditional)(?: (?:songs|tunes|melodies))?"
    r"(?P<except>,? \(?(?:except|unless|apart|other than)\b.*)?\.?\Z"
)
_AS_NOTED = r"(?:,? (?:except|unless) (?:(?:where|as|when|if) )?(?:otherwise )?(?:noted|indicated|stated|specified))?"
_LYRICS = rf"[Ll]yrics(?: are| were)? (?:written )?by (?P<lyrics>[{UPPER}][^.;:]*?){_AS_NOTED}"
_MUSIC = rf"[Mm]usic(?: is| was)? (?:composed |written )?by (?P<music>[{UPPER}][^.;:]*?){_AS_NOTED}"
_EXCEPT = r"(?P<except>,? \(?(?:except|unless|apart|other than)\b.*|,? where \w+)?\.?(?=\s*\Z|[.;] )"
_BOTH = (
    re.compile(rf"All {_LYRICS}(?:[,;]| and)\s+all {_MUSIC}{_EXCEPT}"),
    re.compile(rf"All {_MUSIC}(?:[,;]| and)\s+all {_LYRICS}{_EXCEPT}"),
)
_NAMES = rf"{NAME}(?:(?:, and |, | and | & ){NAME}){{0,5}}"
_BARE = re.compile(
    r"(?:(?P<verbs>(?:Composed|Written)(?: and (?:arranged|composed|produced|written))*)|Music"
    rf"|(?:Words|Lyrics) and music|Music and (?:words|lyrics)) by (?P<names>{_NAMES})\.?\Z"
)
_NUMBERS = re.compile(r"tracks? (?P<numbers>\d[\d, &and–-]*)", re.IGNORECASE)
_TITLE = re.compile(
    rf"[\"“](?P<title>[^\"“”]+)[\"”](?:,? (?:composed |written )?by (?P<by>{_NAMES})|,? \((?P<inside>{_NAMES})\))?"
)


@dataclass(frozen=True, slots=True)
class Blanket:
    """Who wrote what names no writer, but for some numbers and titles, and the jobs done on all of it."""

    line: Text
    writers: tuple[Said[str], ...]
    numbers: frozenset[int]
    titles: dict[str, tuple[Said[str], ...]]  # folded; who is said to have written them instead
    jobs: tuple[Said[str], ...] = ()
    composers: tuple[Said[str], ...] = ()  # where it tells them from who wrote the lyrics

    def applied(self, records: Iterable[Record], lyrics_alone: Collection[int] = ()) -> Iterator[Record]:
        """Yield records with the writers of those tracks that name none, and then the credits.

        Shape: ``lyrics_alone`` are the running numbers of tracks that name who wrote their lyrics, and not their music.
        """
        held = []
        for record in records:
            if isinstance(record, TrackRecord):
                instead = self.titles.get(fold(record.title.value))
                is_held = instead is None and record.running not in self.numbers
                held += [record.running] if is_held else []
                writers = record.writers or (self.writers if is_held else instead or ())
                if record.running in lyrics_alone and is_held:
                    known = {writer.value for writer in writers}
                    writers = (*writers, *(composer for composer in self.composers if composer.value not in known))
                yield replace(record, writers=writers)
            else:
                yield record
        yield from self._credits(tuple(held))

    def _credits(self, held: tuple[int, ...]) -> Iterator[CreditRecord]:
        is_limited = bool(self.numbers or self.titles) and bool(held)
        scope = say(TrackScope(numbers=held), self.line, BLANKET, Manner.IMPLIED) if is_limited else None
        for job in self.jobs:
            for name in self.writers:
                yield CreditRecord(say(None, self.line, BLANKET), name, job, scope)


def is_blanket(line: str) -> bool:
    """Tell whether a line begins like one that says who wrote all of it, and so heads no part."""
    return bool(_BLANKET.match(line))


def blanket_of(section: Section) -> Blanket | None:
    """Return what the first blanket line of a track listing says, None if it has none.

    Shape: "Composed by NAME" alone is one where it is the first or the last line of the listing.
    """
    lines = [block.text for part in section.walk() for block in part.blocks if not isinstance(block, Table)]
    for number, line in enumerate(lines):
        if found := _blanket(line):
            return _with_music(found, lines[number + 1 : number + 2])
    for line in (*lines[:1], *lines[-1:]):
        if match := _BARE.match(line.value):
            return _of(line, match, ("names",))
    return None


def _blanket(line: Text) -> Blanket | None:
    """Return the writers that a line names for all tracks, and the tracks that it excepts."""
    for pattern, groups in zip(_BOTH, (("lyrics", "music"), ("music", "lyrics")), strict=True):
        if match := pattern.search(line.value):
            return _of(line, match, groups)
    match = _BLANKET.search(line.value) or _TRADITIONAL.match(line.value)
    return _of(line, match, ("names",)) if match else None


def _of(line: Text, match: re.Match[str], groups: tuple[str, ...]) -> Blanket:
    names = [name for group in groups for name in split_names(line.group(match, group), tight=True)]
    once = {name.value: name for name in reversed(names)}
    said = tuple(quoted(name, BLANKET, Manner.IMPLIED) for name in names if once[name.value] is name)
    named = match.groupdict()
    music = split_names(line.group(match, "music"), tight=True) if "music" in groups else ()
    composers = tuple(quoted(name, BLANKET, Manner.IMPLIED) for name in music)
    jobs = tuple(_jobs(line.group(match, "verbs"))) if named.get("verbs") else ()
    if not named.get("except"):
        return Blanket(line, said, frozenset(), {}, jobs, composers)
    excepted = line.group(match, "except")
    return Blanket(line, said, _numbers(excepted.value), _titles(excepted), jobs, composers)


def _jobs(verbs: Text) -> Iterator[Said[str]]:
    """Yield the roles of "written and arranged" but that of the writer."""
    for verb in re.finditer(r"\w+", verbs.value):
        if role := job_verb(verb[0]):
            yield say(role, verbs.group(verb, 0), BLANKET)


def _with_music(found: Blanket, following: list[Text]) -> Blanket:
    """Return the writers of "All lyrics …" with those of "All music …", where that is the line behind it."""
    is_pair = following and found.line.value.startswith("All lyrics") and following[0].value.startswith("All music")
    more = _blanket(following[0]) if is_pair else None
    if more is None:
        return found
    known = {name.value for name in found.writers}
    both = (*found.writers, *(name for name in more.writers if name.value not in known))
    return replace(found, writers=both, numbers=found.numbers & more.numbers, composers=more.writers)


def _numbers(words: str) -> frozenset[int]:
    """Return the numbers behind "except tracks": "tracks 2–4 and 6"."""
    match = _NUMBERS.search(words)
    try:
        return frozenset(parse_track_ranges(match["numbers"].strip(" ,&and"))) if match else frozenset()
    except ValueParseError:
        return frozenset()


def _titles(words: Text) -> dict[str, tuple[Said[str], ...]]:
    """Return the titles that are excepted, and who is said to have written each of them."""
    found: dict[str, tuple[Said[str], ...]] = {}
    for match in _TITLE.finditer(words.value):
        group = next((group for group in ("by", "inside") if match[group]), None)
        names = split_names(words.group(match, group)) if group else ()
        found[fold(match["title"].rstrip(",."))] = tuple(quoted(name, BLANKET, Manner.IMPLIED) for name in names)
    return found

"""Prose about releases: who put the album on sale, where, when and in what form.

Clauses with "released" or "issued" are found by their voice: passive ("It was released …"), in the lead
("… is an album by NAME, released …"), active ("LABEL reissued the album …"), and as nouns ("The 1993 CD
reissue added …"). ``release_phrases`` reads what hangs on the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from discograph.document import Document, Table, Text
from discograph.document.sentences import without_stop
from discograph.extractors import release_labels, release_listings, release_tables
from discograph.extractors.base import album_lead, is_album, lead_first, manner_of
from discograph.extractors.release_phrases import LABEL, Phrase, read_phrases
from discograph.extractors.release_phrases import RULES as PHRASE_RULES
from discograph.needles import Sieve
from discograph.records import Findings, Manner, ReleaseEventRecord, Rule, quoted, say
from discograph.values.carriers import carrier_phrase
from discograph.values.dates import find_dates
from discograph.values.patterns import NAME, unquote
from discograph.wordlists import section_kind

RELEASED = Rule("prose-released", 'a clause about the album with "released", "issued" or "became available"')
ACTIVE = Rule("prose-label-released", '"LABEL released / reissued the album …"')
NOUN = Rule("prose-release-noun", '"The YEAR LABEL CD reissue …" names a release')
YEAR = Rule("lead-year", '"is a YEAR … album" in the first sentence dates the first release')
RULES = (
    RELEASED,
    ACTIVE,
    NOUN,
    YEAR,
    *PHRASE_RULES,
    *release_tables.RULES,
    *release_listings.RULES,
    *release_labels.RULES,
)

_ADVERB = (
    r"(?:(?:first|only|originally|initially|subsequently|later|finally|then|also|commercially|eventually|officially"
    r"|digitally"
    r"|recently|posthumously|simultaneously|jointly|reportedly|probably|possibly|apparently|supposedly|allegedly) )*"
)
_ISSUED = r"(?:re-?)?(?:released|issued|mastered and (?:re-?)?(?:released|issued))"
_PASSIVE = Sieve(
    rf"(?:\b(?:was|were|is|been|being)(?: not|n['’]t)? (?P<adverb>{_ADVERB})|, (?P<participle>{_ADVERB})"
    rf"|\b(?:and|but) (?:not )?(?P<second>{_ADVERB}))(?P<verb>{_ISSUED})\b"
    r"|\b(?P<available>became (?:commercially )?available)\b"
)
_LEAD = Sieve(rf"\b(?P<adverb>{_ADVERB})(?P<verb>{_ISSUED})\b")
_EDITION = r"(?:edition|version|release|reissue|re-issue|issue|pressing|box[- ]set|set|remaster|CD|LP|download)"
_PARTS = re.compile(r"\b(?:tracks?|songs?|takes?|single|added|from)\b")  # of an edition, not the edition
_EDITION_SUBJECT = re.compile(
    rf"(?:The|A|An|This) (?P<edition>(?:[\w\"'’./+-]+ ){{0,6}}?)(?P<noun>{_EDITION})(?: of (?P<title>.+))?\Z"
)
_OF_MUSIC = re.compile(r"(?:these|this|the (?:entire|complete|whole|full|original|recordings?|sessions?|music)\b)")
_ACTIVE = Sieve(
    rf"(?P<label>{NAME}(?: Records)?) (?:also |then |first |later |finally |subsequently |eventually )*"
    r"(?P<verb>(?:did not |didn't )?(?:re-?)?(?:released?|issued?)) (?P<object>(?:it|the (?:album|LP|record|set"
    rf"|recording|music)|an?\b|{NAME}))"
)
_NOUN = Sieve(
    r"(?:The|A|An) (?P<words>(?:(?:original|first|initial|remastered|expanded|deluxe|limited|later|subsequent"
    r"|[\w’'/+-]+) ){0,6}?)"
    r"(?P<noun>reissue|re-issue|re-release|CD release|CD edition|LP release|box[- ]set release|box[- ]set"
    r"|CD version|remaster|(?<=\d{4} )(?:release|CD|LP)|(?<!Guide )edition)"
    r"(?: (?P<when>(?:in|from|of) (?:\w+ )?\d{4}))?,? (?:of [^,]{1,40}? )?"
    r"(?:added|adds|included|includes|contains|contained|features|featured|expanded|consisted|has|had|also"
    r"|restore[sd]|retitle[sd]|recompile[sd]|reinstate[sd]|omit(?:s|ted)|replace[sd]|append(?:s|ed))\b"
)
_OPENING = re.compile(
    r"\A(?:(?:In|On|By|During) (?P<when>[^,]{4,40}(?:, \d{4})?), (?=\S)|[^,]{3,80},[\"”]? (?=(?:it|the (?:album|record"
    r"|LP|recording)) (?:was|were|has)\b)"
    rf"|(?:Recorded|Taped|Filmed)\b[^;:]{{3,120}}?, (?=(?:it|the (?:album|record|LP|recording)|{NAME}) (?:was|has)\b))"
)
_MADE = re.compile(r"(?:[Rr]ecorded|[Tt]aped|[Ff]ilmed)\b")
_UNTIL = re.compile(r"(?:released|issued)\b[^;.]*?\buntil\b[^;.]*?\d{4}")
_BARE = Sieve(
    r"(?P<before>(?:The|A|An) (?:[\w’'/+-]+ ){0,5}?"
    r"(?:edition|version|reissue|re-issue|issue|pressing|box set|remaster) )"
    rf"(?P<verb>{_ISSUED}) (?=by|in|on|through|for)"
)
_RELATIVE_OBJECT = re.compile(r"\b(?:album|record|set|LP|compilation|version) (?:that|which|who)\b")


_OPENED = Sieve(
    rf"\A(?P<verb>(?:(?:Originally|First|Initially|Later|Subsequently|Finally) )?(?i:{_ISSUED})) "
    r"(?P<phrase>[^;:]{4,160}?), (?=(?:it|they|the (?:\w+ )?(?:album|record|LP|CD|set|recording|soundtrack|edition)s?"
    r"|the (?:\d{4} )?(?:\w+ ){0,3}(?:reissue|re-issue|release|edition|version))\b)"
)
_PATTERNS = (_PASSIVE, _ACTIVE, _NOUN, _BARE, _OPENED, release_labels.RECORDED_FOR, release_labels.NTH_FOR)


def extract(document: Document) -> Findings:
    """Return a release event for each clause that tells of a release of the album of the page."""
    records: list[ReleaseEventRecord] = []
    made_for: list[ReleaseEventRecord] = []
    for section in document.lead.walk():
        is_listing = section.heading is not None and section_kind(section.heading.value) == "track-listing"
        for block in section.blocks:
            if isinstance(block, Table):
                records += release_tables.rows_of(block)
            elif is_listing and (editions := list(release_listings.listed_edition(block.text))):
                records += editions
            else:
                for sentence in lead_first(block.text, document, *_PATTERNS):
                    records += _events(sentence, document)
                    made_for += release_labels.label_told(sentence, document)
    # One label may have made what another put out.
    is_told = any(record.labels for record in records)
    return Findings(tuple(records if is_told else [*records, *made_for]))


def _events(sentence: Text, document: Document) -> Iterator[ReleaseEventRecord]:
    if lead := album_lead(sentence, document):
        yield from _lead(sentence, lead)
        return
    opened = _OPENED.match(sentence.value)
    if opened:
        yield from _opened(sentence, opened)
        sentence = sentence.cut(opened.end())
    opening = None if opened else _OPENING.match(sentence.value)
    body = sentence.cut(opening.end()) if opening else sentence
    made = opening and _MADE.match(opening[0])  # a date of recording is none of release
    when = sentence.cut(0, opening.end()) if opening and not made and find_dates(opening[0]) else None
    yield from _passive(body, document, when) or _active(body, document, when) or _noun(body)


def _opened(sentence: Text, opened: re.Match[str]) -> Iterator[ReleaseEventRecord]:
    """Yield the releases that a participle tells of before the album: "Originally issued as a double LP, it …"."""
    clause = sentence.cut(0, min(_end(sentence.value, opened.end("verb")), opened.end("phrase")))
    for phrase in read_phrases(clause, None, None):
        if not phrase.is_empty and manner_of(clause.value) is Manner.STATED:
            yield _event(phrase, clause, Manner.STATED)


def _lead(sentence: Text, subject: re.Match[str]) -> Iterator[ReleaseEventRecord]:
    """Yield the releases that the first sentence tells of, and the year before "album"."""
    year = next(iter(find_dates(sentence.value[subject.start("description") : subject.end("head")])), None)
    found: list[ReleaseEventRecord] = []
    for match in _LEAD.finditer(sentence.value, subject.end("head")):
        before = sentence.value[: match.start()]
        if _RELATIVE_OBJECT.search(before, subject.end("head")):
            continue
        found += _clause(sentence, match, None, found)
    if (label := release_labels.album_on_label(sentence, subject.end("head"))) and not any(e.labels for e in found):
        named = quoted(label, LABEL)
        first = found[0] if found else ReleaseEventRecord(named.of(None))
        found = [replace(first, labels=(named,)), *found[1:]]
    if year:
        start = subject.start("description")
        words = sentence.cut(start + year.start, start + year.end)
        dated = say(year.edtf, words, YEAR)
        if found and found[0].date is None:
            found[0] = replace(found[0], date=dated)
        elif not found:
            found = [ReleaseEventRecord(dated.of(None), dated)]
    yield from found


def _passive(sentence: Text, document: Document, when: Text | None) -> list[ReleaseEventRecord]:
    found: list[ReleaseEventRecord] = []
    if bare := _BARE.match(sentence.value):
        phrases = read_phrases(_bare_clause(sentence, bare), sentence.group(bare, "before"), when)
        return [
            _event(phrase, _bare_clause(sentence, bare), Manner.STATED) for phrase in phrases if not phrase.is_empty
        ]
    for match in _PASSIVE.finditer(sentence.value):
        if sentence.value.count("(", 0, match.start()) > sentence.value.count(")", 0, match.start()):
            continue  # what brackets tell is of the name before them
        if not found:
            before = sentence.value[: match.start()].strip().rstrip(",")
            if not _is_subject(before, document) and not _is_coordinated(before, match, document):
                return []
        found += _clause(sentence, match, None if found else when, found)
    return found


def _bare_clause(sentence: Text, bare: re.Match[str]) -> Text:
    """Return the clause of "The CD reissue issued by LABEL in YEAR contains …"."""
    return sentence.cut(bare.start("verb"), _end(sentence.value, bare.end()))


def _is_subject(before: str, document: Document) -> bool:
    """Tell whether what stands before the verb is the album or an edition of it."""
    words = re.sub(r",? (?:along|together|paired) with .*\Z|\s(?:has|had|have|would|could|may|to)\Z", "", before)
    words = re.sub(r"\s(?:has|had|have)\Z", "", words)
    words = re.sub(r"(?<=\w) with (?:[\w-]+ ){1,4}tracks?\Z", "", words)  # "a CD edition with two bonus tracks"
    if is_album(unquote(words), document):
        return True
    edition = None if _PARTS.search(words) else _EDITION_SUBJECT.match(words)
    if not edition:
        head = re.match(r"(?P<subject>.{1,60}?) (?:was|is) (?:recorded|made|produced)\b", words)
        return bool(head) and is_album(unquote(head["subject"]), document) if head else False
    of = edition["title"]
    return not of or bool(_OF_MUSIC.match(of)) or is_album(unquote(of), document)


def _is_coordinated(before: str, match: re.Match[str], document: Document) -> bool:
    """Tell whether "and was reissued" has the album, which opens the sentence, as its subject."""
    linked = before + " " + match[0][: len(match[0]) - len(match["verb"] or "")].rstrip()
    link = re.search(r",? (?:and|but)(?P<was> was)?(?: not)?\Z", linked)
    head = re.match(
        r"(?P<subject>It|The (?:original |first )?\w+|[^,;:]{1,60}?) (?:(?:contain|includ|featur)(?P<what>\w*)"
        r"|was|is|has)\w*\b",
        before,
    )
    if link is None or head is None or (head["what"] and not link["was"]):
        return False  # "it contains songs recorded in 1961 but not released …"
    return is_album(unquote(head["subject"].replace("original ", "").replace("first ", "")), document)


def _clause(
    sentence: Text, match: re.Match[str], when: Text | None, earlier: list[ReleaseEventRecord]
) -> list[ReleaseEventRecord]:
    """Return the events of the clause of one verb: several where it pairs dates, places or labels."""
    begin = match.start() + (len(match[0]) - len(match[0].lstrip(" ,")))  # ", released" begins with the verb
    clause = sentence.cut(begin, _end(sentence.value, match.end()))
    clause = without_stop(clause.cut(0, len(clause.value.rstrip(" ,"))))
    manner = manner_of(clause.value)
    before = sentence.cut(0, match.start()) if match.start() else None
    if manner is Manner.NEGATED and not _UNTIL.search(sentence.value, match.start()):
        return []
    manner = Manner.STATED if manner is Manner.NEGATED else manner  # "not released until 1979" was released then
    events = []
    for phrase in read_phrases(clause, before, when):
        if not phrase.labels:
            phrase = replace(phrase, labels=release_labels.label_named_again(clause, earlier))
        if not phrase.is_empty:
            events.append(_event(phrase, clause, manner))
    return events


def _event(phrase: Phrase, clause: Text, manner: Manner, rule: Rule = RELEASED) -> ReleaseEventRecord:
    said = say(None, clause, rule, manner)
    return ReleaseEventRecord(
        said,
        replace(phrase.date, manner=manner) if phrase.date and manner is not Manner.STATED else phrase.date,
        phrase.territory,
        phrase.labels,
        phrase.kind,
        phrase.edition,
        phrase.host,
        phrase.host_side,
        phrase.catalogue,
    )


_STOP = re.compile(
    r"[;:]| (?:contains?|includes?|features?) |, (?:with|which|who|whose|after|featuring|containing|contains"
    r"|includes|but|adding|selling|making"
    r"|where|while)\b"
    r"| (?:(?<!along )(?<!together )with (?!the |(?:[\w-]+ ){0,3}(?:tracks?|songs|takes|material|artwork|cover|notes)"
    r" (?:on|in|by|through) )|after|featuring|containing|including|alongside|despite|when"
    r"|because|while|until (?!\w+ \d"
    r"|\d))\b"
    r"|,? and (?:is|features?|contains?|includes?|was (?!(?:re-?)?(?:released|issued))|has|it|became|reached|peaked)\b"
    rf"|,? (?:and|but) (?=(?:was )?{_ADVERB}{_ISSUED}\b)"
)


_RETITLED = re.compile(rf"\b(?:as|titled|under the title) {NAME}\Z")  # "as TITLE: SUBTITLE"
_ASIDE = re.compile(rf"(?:,? with|(?<=,) with) [^,;:.]{{1,60}}, as {NAME}")  # "reissued in 1962, with …, as TITLE"


def _end(value: str, start: int) -> int:
    """Return where the clause of a release verb ends."""
    for match in _STOP.finditer(value, start):
        is_subtitle = match[0] == ":" and _RETITLED.search(value, start, match.start())
        if not is_subtitle and not _ASIDE.match(value, match.start()):
            return match.start()
    return len(value)


def _active(sentence: Text, document: Document, when: Text | None) -> list[ReleaseEventRecord]:
    """Return the events of "LABEL reissued the album …"; "did not release it until DATE" is a release, too."""
    match = _ACTIVE.match(sentence.value)
    if not match or match["label"] in ("It", "He", "She", "They", "We", "The", "This", "In"):
        return []
    obj = match["object"]
    rest = sentence.value[match.end() :]
    if obj in ("a", "an") and not re.match(rf"(?: [\w\"'’/+-]+){{0,6}} {_EDITION}\b", rest):
        return []
    if obj[:1].isupper() and not is_album(unquote(obj), document):
        return []
    if "not" in match["verb"] and not re.match(r".{0,30}?\buntil\b", rest):
        return []
    clause = sentence.cut(0, _end(sentence.value, match.end()))
    tail = sentence.cut(match.end("verb"), len(clause))
    events = []
    for number, phrase in enumerate(read_phrases(tail, None, when)):
        label = sentence.group(match, "label")
        if number == 0 or not phrase.labels:
            phrase = phrase.with_label(label)
        if not phrase.kind and re.match(r"re", match["verb"]):
            phrase = phrase.as_reissue(sentence.group(match, "verb"))
        events.append(_event(phrase, clause, Manner.STATED, ACTIVE))
    return events


def _noun(sentence: Text) -> list[ReleaseEventRecord]:
    """Return the release that a noun phrase names: "The 1998 Rhino CD reissue included …"."""
    match = _NOUN.match(sentence.value)
    if not match:
        return []
    words = sentence.cut(match.start("words"), match.end("when") if match["when"] else match.end("noun"))
    dates = find_dates(words.value)
    carrier = carrier_phrase().search(words.value)
    if not dates and not carrier:
        return []
    phrase = Phrase.from_noun(words, dates, carrier)
    return [] if phrase.is_empty else [_event(phrase, words, Manner.STATED, NOUN)]

"""Sessions that are only named in passing: "two songs recorded at the same 1957 sessions"."""

from __future__ import annotations

from collections.abc import Iterator

from discograph.document import Document
from discograph.document.sentences import sentences
from discograph.extractors.base import manner_of
from discograph.needles import Sieve
from discograph.records import Manner, Rule, SessionRecord, say
from discograph.values.dates import find_dates
from discograph.wordlists import rows

_MONTHS = "|".join(rows("months")[0])
_SAME = Sieve(
    r"\b(?:recorded|taped|made|cut) (?:at|in|during|from) the (?:same|(?:original )?album['’]s) "
    rf"(?P<date>(?:(?:{_MONTHS}) (?:\d{{1,2}}, )?|\d{{1,2}} (?:{_MONTHS}) )?(?:19|20)\d\d) (?:recording )?sessions?\b"
    r"(?! (?:as|with|for|by|that|which|where)\b)"
)


def named_sessions(document: Document, rule: Rule) -> Iterator[SessionRecord]:
    """Yield the sessions of the album that the text calls those of more music, too; quotations say none."""
    for text in document.paragraphs():
        for sentence in sentences(text) if _SAME.may_match(text.value) else ():
            match = _SAME.search(sentence.value)
            if match and _is_told(sentence.value[: match.start()]):
                dates = find_dates(match["date"])
                date = say(dates[0].edtf, sentence.group(match, "date"), rule, Manner.IMPLIED)
                yield SessionRecord(say(None, sentence.group(match, 0), rule, Manner.IMPLIED), date)


def _is_told(before: str) -> bool:
    is_quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return not is_quoted and manner_of(before) is Manner.STATED

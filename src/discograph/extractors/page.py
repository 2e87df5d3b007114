"""The page title: the name of the document, and what stands in brackets to tell it from others."""

from __future__ import annotations

import re

from discograph.document import Document
from discograph.records import Findings, PageRecord, Rule, quoted

TITLE = Rule("page-title", "the page title names the document")
DISAMBIGUATION = Rule("page-disambiguation", "brackets at the end of a page title tell homonymous pages apart")
RULES = (TITLE, DISAMBIGUATION)

_BRACKETS = re.compile(r"\S\s+\((?P<inside>[^()]+)\)\Z")


def extract(document: Document) -> Findings:
    """Return the page record; none where the form has no page title."""
    if document.title is None:
        return Findings()
    match = _BRACKETS.search(document.title.value)
    disambiguation = quoted(document.title.group(match, "inside"), DISAMBIGUATION) if match else None
    return Findings((PageRecord(quoted(document.title, TITLE), disambiguation),))

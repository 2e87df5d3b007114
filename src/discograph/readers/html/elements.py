"""What the elements of an article page are to a reader: which are skipped, which end a line, which hold what.

The classes are those that MediaWiki, its skins and the usual templates of Wikipedia give to what is no part of the
article (Wikipedia:Catalogue of CSS classes).
"""

from __future__ import annotations

import re
from enum import IntEnum


class Kind(IntEnum):
    """What a tag is to a reader; ``INLINE`` is nothing but the end of a piece of text."""

    INLINE = 0
    SKIP = 1  # an element without words of the article, inside a line
    LINK = 2
    MARK = 3  # the mark of a reference
    SCORE = 4  # stars, of which an attribute says how many
    BREAK = 5  # from here on, a tag ends a line
    SKIP_BLOCK = 6
    LIST = 7
    ITEM = 8
    LIST_END = 9
    HEADING = 10
    TABLE = 11
    ROW = 12
    CELL = 13
    CAPTION = 14


_VOID = "area base br col embed hr img input link meta param source track wbr"
_BLOCKS = (
    "address article aside blockquote body center details div dl dt dd fieldset figure figcaption footer form h1 h2 h3"
    " h4 h5 h6 header html li main nav ol p pre section summary ul"
)
_TABLE_PARTS = "table caption colgroup thead tbody tfoot tr td th"
_SKIPPED = (
    "audio button canvas figure form head iframe map math nav noscript object script select style svg template textarea"
    " title video"
)

VOID = frozenset(_VOID.split())
"""Elements that hold nothing and have no end tag."""

RANK = dict.fromkeys(_BLOCKS.split(), 1) | dict.fromkeys(_TABLE_PARTS.split(), 2)
"""1 for blocks, 2 for parts of tables, nothing for what stands in a line: an end tag ends nothing of higher rank."""

SIBLINGS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th", "caption"),
    "td": ("td", "th", "caption"),
    "th": ("td", "th", "caption"),
}
"""What an element that begins ends before itself where its end tag is left out."""

PARENTS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "tr": ("table", "tbody", "thead", "tfoot"),
    "td": ("tr", "table"),
    "th": ("tr", "table"),
}
"""The elements right inside which it ends none, and over whose borders it does not do so."""

_OPENING = (
    dict.fromkeys(_BLOCKS.split(), Kind.BREAK)
    | dict.fromkeys(("br", "hr", "p", "colgroup", "thead", "tbody", "tfoot"), Kind.BREAK)
    | dict.fromkeys(("ul", "ol", "dl"), Kind.LIST)
    | dict.fromkeys(("li", "dt", "dd"), Kind.ITEM)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING)
    | {"table": Kind.TABLE, "tr": Kind.ROW, "td": Kind.CELL, "th": Kind.CELL, "caption": Kind.CAPTION, "a": Kind.LINK}
)
_CLOSING = (
    dict.fromkeys(RANK, Kind.BREAK)
    | dict.fromkeys(("ul", "ol", "dl"), Kind.LIST_END)
    | {"br": Kind.BREAK}  # browsers take it for a line break
)
_CLASSES = (
    "ambox audio-player catlinks dablink editsection empty-cell error gallery geo-nondefault hatnote Inline-Template "
    "languageicon listen magnify mbox-empty-cell mbox-small mbox-small-left mediaContainer metadata mw-cite-backlink "
    "mw-collapsible-toggle mw-editsection mw-empty-elt mw-headline-number mw-indicators mw-jump-link mw-kartographer- "
    "maplink mw-navigation navbar navbox noexcerpt noprint ombox plainlinksneverexpand portal-bar portalbox "
    "printfooter references reflist rellink selfreference shortdescription side-box sidebar siteSub sister-inline "
    "sistersitebox sortkey stub succession-box template-facttext thumb tmbox toc vertical-navbox Z3988"
)
_NO_PART = frozenset(_CLASSES.split())
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_SCORE = re.compile(r"\b(?:title|alt|aria-label)\s*=\s*[\"']?(?P<score>\d+(?:\.\d+)?(?:/| out of )\d+)(?: stars)?[\"']")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def opening_kind(name: str, attributes: str) -> Kind:
    """Return what a start tag is, by its name in lower case and the text of its attributes."""
    kind = _OPENING.get(name, Kind.INLINE)
    if name in _SKIPPED_NAMES:
        return Kind.SKIP_BLOCK if name in RANK else Kind.SKIP
    if name == "a":
        return Kind.SKIP if "autonumber" in attributes else Kind.LINK
    if name not in RANK and ("/" in attributes or " out of " in attributes) and _SCORE.search(attributes):
        return Kind.SCORE
    if "=" not in attributes:
        return kind
    return _by_class(kind, name, attributes)


_SKIPPED_NAMES = frozenset(_SKIPPED.split())


def closing_kind(name: str) -> Kind:
    """Return what an end tag is."""
    return _CLOSING.get(name, Kind.INLINE)


def _by_class(kind: Kind, name: str, attributes: str) -> Kind:
    """Return what an element is that its class or style may take out of the article."""
    named = attributes_of(attributes) if "class" in attributes or "none" in attributes else {}
    classes = named.get("class", "").split()
    if name == "sup" and ("reference" in classes or "mw-ref" in classes):
        return Kind.MARK
    if name == "table" and "infobox" in classes:
        return kind
    is_sample = "haudio" in classes and name != "span"
    if is_sample or not _NO_PART.isdisjoint(classes) or _HIDDEN.search(named.get("style", "")):
        return Kind.SKIP_BLOCK if RANK.get(name) else Kind.SKIP
    return kind


def attributes_of(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag by name; of one that occurs twice the first, as browsers do."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(attributes):
        found.setdefault(name.lower(), double or single or bare)
    return found


def score_in(attributes: str) -> re.Match[str] | None:
    """Return the match of a score in the attributes that describe stars, "4.5/5" rather than "4.5 out of 5"."""
    found = list(_SCORE.finditer(attributes))
    return next((match for match in found if "/" in match["score"]), found[0] if found else None)

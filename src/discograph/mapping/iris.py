"""Readable IRIs from content keys: the same name gives the same IRI on every run.

Source: docs/model.md, "IRIs". A slug is ASCII, so IRIs need no escapes in any format; the readable name
with all its marks is always in ``rdfs:label``. Nothing is ever parsed back out of an IRI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from discograph.lexicon import by_slug, concept
from discograph.mapping.registry import Entry, Registry
from discograph.namespaces import DEFAULT_BASE
from discograph.rdf import NamedNode
from discograph.values.patterns import without_brackets
from discograph.vocab import CONCEPT_BASE

# Letters that NFKD does not decompose, and signs that are words.
_FIXED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "æ": "ae",
     "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ı": "i", "&": " and "}
)  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]+")
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_LONGEST = 80
_CONCEPT = "concept/"
_PAGE = " [page]"  # no title holds such brackets
# Schemes whose concepts records name by slug: these are our words, not the article's.
_KEYED = frozenset({"credit-scope", "kind", "outcome", "source-issue"})


@lru_cache(maxsize=4096)  # every part of a thing is minted again for each claim
def slug(text: str) -> str:
    """Return the readable ASCII form of a name for use in an IRI; never empty.

    Shape: lower case, words joined by single hyphens. A name most of whose letters do not survive (another
    script, only signs), or that is cut for length, gets ``x`` and eight hex digits of its SHA-256.

    >>> slug("Ascenseur pour l'échafaud"), slug("René Urtreger"), slug("R&B")
    ('ascenseur-pour-l-echafaud', 'rene-urtreger', 'r-and-b')
    """
    name = unicodedata.normalize("NFC", text)
    folded = unaccented(name).lower()
    result = _OTHER.sub("-", folded).strip("-")
    letters = sum(c.isalnum() for c in name)
    survived = sum(c.isalnum() for c in result)
    if len(result) <= _LONGEST and result and survived * 2 >= letters:
        return result
    cut = result[:_LONGEST].rsplit("-", 1)[0] if len(result) > _LONGEST else result
    return "-".join(filter(None, (cut, "x" + sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8])))


def unaccented(text: str) -> str:
    """Return text with its letters as plain as Unicode and a few spellings make them: "Échafaud" is "Echafaud"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_FIXED))
    return "".join(c for c in plain if not unicodedata.combining(c))


class Minter:
    """Mints the IRIs of one export under one base.

    Two names with one slug are two things: the key is the NFC name. ``reserve`` gives the numbers of albums and
    documents, in the order of the names, before anything is minted; other names get theirs when they are first
    minted, so documents must be mapped in an order of their own, not that of the command line.

    A thing that a page of the wiki is about is that page: ``own`` tells which pages there are, before anything is
    minted. The first of them has the IRI of the name, which is that of the name without a link, too; a homonym
    ("Name (drummer)") has the note behind a tilde. What a registry holds is never given away; it gets what is new.
    """

    def __init__(self, base: str = DEFAULT_BASE, registry: Registry | None = None) -> None:
        self.base = base
        self.source_name = ""  # the file that is being mapped
        self._registry = Registry.of() if registry is None else registry
        known = self._registry.entries.values()
        self._slugs = {(entry.kind, entry.key, 1): entry.slug for entry in known}
        self._taken = {(entry.kind, entry.slug) for entry in known}
        self._owners = {(entry.kind, entry.key): entry.page for entry in known if entry.page}

    def reserve(self, keys: Iterable[tuple[str, str, str]]) -> None:
        """Fix the slugs of ``(kind, name, file)`` keys; call it once with all keys of an export."""
        first: dict[tuple[str, str], str] = {}
        for kind, name, file in keys:
            key = kind, _nfc(name)
            first[key] = min(file, first.get(key, file))
        # File names that need no slug come first: they keep their form, the others make room.
        for kind, name in sorted(first, key=lambda key: (not _is_plain(*key), key)):
            self.source_name = first[kind, name]
            self._slug(kind, name)

    def _slug(self, kind: str, name: str, number: int = 1, readable: str = "") -> str:
        """Return the slug of the first, second … thing of a kind that bears a name; ``readable`` is another form."""
        key = (kind, _nfc(name), number)
        if key not in self._slugs:
            result = base = name if _is_plain(kind, name) else readable or slug(name)
            tail = 1
            while not self._is_free(kind, result):
                tail += 1
                result = f"{base}-{tail}"
            self._taken.add((kind, result))
            self._slugs[key] = result
            if number == 1:
                owner = self._owners.get((kind, key[1]), "")
                self._registry.entries[kind, key[1]] = Entry(kind, key[1], result, owner, self.source_name)
        return self._slugs[key]

    def _is_free(self, kind: str, result: str) -> bool:
        """Tell whether a slug means nothing yet; those of the ontology's concepts mean these under any base."""
        scheme = kind.removeprefix(_CONCEPT) if kind.startswith(_CONCEPT) else ""
        return (kind, result) not in self._taken and by_slug(scheme, result) is None

    def own(self, pages: Iterable[tuple[str, str]]) -> None:
        """Settle which page a bare name means, from all ``(kind, page title)`` of an export; call it once.

        Shape: of several pages with one name, the one whose title is just the name; if none is, none.
        """
        homonyms: dict[tuple[str, str], set[str]] = {}
        for kind, title in pages:
            homonyms.setdefault((kind, _nfc(without_brackets(title))), set()).add(_nfc(title))
        for (kind, name), titles in homonyms.items():
            owner = name if name in titles else min(titles) if len(titles) == 1 else ""
            known = self._registry.entries.get((kind, name))
            if known and not known.page and owner:  # a name gets its page
                self._registry.entries[kind, name] = known._replace(page=owner)
            self._owners.setdefault((kind, name), owner)

    def key(self, kind: str, name: str, page: str | None) -> str:
        """Return what identifies a thing of a kind: its name, or the page that it is the homonym of."""
        if page is None:
            return name
        base = without_brackets(page)
        owner = self._owners.get((kind, _nfc(base)), _nfc(page))
        if owner == _nfc(page):
            return base
        return page if page != base else f"{page}{_PAGE}"  # the bare name has been given to another page

    def thing(self, kind: str, name: str, page: str | None = None) -> NamedNode:
        """Return the IRI of a named thing, or of that which a page is about: ``id/{kind}/{name}``."""
        return NamedNode(f"{self.base}id/{kind}/{self.slug_of(kind, name, page)}")

    def slug_of(self, kind: str, name: str, page: str | None = None) -> str:
        """Return the last part of a thing's IRI; that of a homonym is its name, a tilde and its page's note."""
        key = self.key(kind, name, page)
        base = without_brackets(key)
        if page is None or key == without_brackets(page):
            return self._slug(kind, key)
        note = "" if key.endswith(_PAGE) else f"~{slug(key[len(base) :])}"
        return self._slug(kind, key, readable=f"{slug(base.removesuffix(_PAGE))}{note}")

    def album(self, title: str, artist: str | None) -> NamedNode:
        """Return the IRI of an album: ``id/album/{title}--{artist}``, without artist ``id/album/{title}``.

        Shape: ``artist`` is the name, of one with a page what ``key`` says.
        """
        return self._pair("album", title, artist)

    def film(self, title: str, told_apart: str | None) -> NamedNode:
        """Return the IRI of a film: ``id/film/{title}--{director or year}``; ``told_apart`` as in ``album``."""
        return self._pair("film", title, told_apart)

    def _pair(self, kind: str, first: str, second: str | None) -> NamedNode:
        tail = f"--{self._slug(kind + ' by', second)}" if second else ""
        return NamedNode(f"{self.base}id/{kind}/{self._slug(kind, first)}{tail}")

    def part(self, whole: NamedNode, *names: str | int) -> NamedNode:
        """Return the IRI of a part of a thing: ``{whole}/{name}/…``; a name may be several words."""
        return NamedNode("/".join([whole.value, *(slug(str(name)) for name in names)]))

    def concept(self, scheme: str, name: str) -> NamedNode:
        """Return the IRI of a concept: the ontology's, if it knows the name, else one under the base.

        Shape: a name that only looks like one of the ontology's in an IRI ("Tenor/Saxophone") is another concept,
        with a number; that two spellings mean one thing is for the labels of the ontology to say.
        """
        if known := concept(scheme, name) or (by_slug(scheme, name) if scheme in _KEYED else None):
            return NamedNode(f"{CONCEPT_BASE}{scheme}/{known.slug}")
        return NamedNode(f"{self.base}concept/{scheme}/{self._slug(_CONCEPT + scheme, name)}")

    def document(self, name: str, number: int = 1) -> NamedNode:
        """Return the IRI of a source document by its file name: ``doc/{stem}``, its slug if it is no plain ASCII.

        Shape: ``number`` tells documents of one stem apart; reserve the stems of all before a second is minted.
        """
        return NamedNode(f"{self.base}doc/{self._slug('doc', name.rsplit('.', 1)[0], number)}")


def wikipedia(title: str) -> NamedNode:
    """Return the address of an English Wikipedia page, encoded as MediaWiki does (wfUrlencode)."""
    return NamedNode("https://en.wikipedia.org/wiki/" + quote(title.replace(" ", "_"), safe=";@$!*(),/~:"))


def dbpedia(title: str) -> NamedNode:
    """Return the DBpedia IRI of a page, encoded as its extraction framework does (WikiUtil)."""
    escaped = re.sub(r"[\"#<>?\[\\\]^`{|}%\s]", lambda m: quote(m[0]), title.replace(" ", "_"))
    return NamedNode("http://dbpedia.org/resource/" + escaped)


def _is_plain(kind: str, name: str) -> bool:
    """Tell whether a key is a file name that can stand in an IRI as it is."""
    return kind == "doc" and bool(_PLAIN.match(name))


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)

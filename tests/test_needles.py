"""Needles: a pattern that first looks for a plain string finds exactly what it finds without."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from functools import cache
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discograph.extractors
from discograph import needles
from discograph.document import Source
from discograph.extractors import award_phrases, base, extract, opinions
from discograph.extractors.parts import album_parts
from discograph.needles import Sieve, any_of
from discograph.readers import read_rendered
from discograph.resources import resource
from tests.case_files import CASES, yaml_cases
from tests.strategies_text import PROPERTY


def sieves() -> dict[str, Sieve]:
    """Return every sieve of the extractors, by where it is."""
    found = {
        "base.hedges": base._any("hedges"),
        "base.denials": base._any("denials"),
        "award_phrases._known": award_phrases._known(),
        "opinions._attributed": opinions._attributed(),
    }
    for info in pkgutil.iter_modules(discograph.extractors.__path__):
        module = importlib.import_module(f"discograph.extractors.{info.name}")
        found |= {f"{info.name}.{name}": value for name, value in vars(module).items() if isinstance(value, Sieve)}
    return found


SIEVES = sieves()


@cache
def documents() -> list[str]:
    """Return the text of every case of the extractors and of the seed."""
    found = [
        case.data["document"]
        for folder in sorted((CASES / "extractors").iterdir())
        for case in yaml_cases(folder, required={"document"}, optional={"records", "problems"})
    ]
    return found + [path.read_text("utf-8") for path in sorted(resource("ontology").parent.glob("seeds/*.txt"))]


@cache
def texts() -> list[str]:
    """Return the lines of the documents."""
    return [line for text in documents() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", SIEVES)
def test_a_sieve_finds_what_its_pattern_finds(name: str) -> None:
    sieve = SIEVES[name]
    for text in texts():
        for variant in (text, text.upper(), text.lower()):
            expected = [match.span() for match in sieve.compiled.finditer(variant)]
            assert [match.span() for match in sieve.finditer(variant)] == expected
            for method in ("match", "search", "fullmatch"):
                one, other = getattr(sieve, method)(variant), getattr(sieve.compiled, method)(variant)
                assert (one and one.span()) == (other and other.span())


def test_sieves_spare_searches() -> None:
    """The needles are found in the parsed pattern, of which Python promises nothing: without them all is slow."""
    spared = [not sieve.may_match(text) for sieve in SIEVES.values() for text in texts()]
    assert sum(spared) > len(spared) * 0.6


def test_what_is_read_does_not_depend_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sieve lets the first texts through, whatever they hold."""
    found = []
    for first in (0, sys.maxsize):
        monkeypatch.setattr(needles, "_FIRST_TEXTS", first)
        for sieve in SIEVES.values():
            sieve._asked, sieve._filter = 0, None
        read = (read_rendered(Source("x.txt", text)) for text in documents())
        found.append([extract(part) for document in read for part in album_parts(document)])
    assert found[0] == found[1]


# --- Any pattern --------------------------------------------------------------------------------------------

_LETTERS = "abksiAKSIıİſK№# .é"
_literals = st.text(_LETTERS, min_size=1, max_size=3).map(re.escape)
_classes = st.sampled_from([r"\w", r"\d", ".", "[ab]", "[^a]", "[a-k]", "[kſ№]", r"\b", r"\Z", "(?<!a)", "(?!b)"])


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = st.sampled_from(["(?:{})", "(?:{})?", "(?:{})*", "(?:{})+?", "(?:{}){{2}}", "(?i:{})", "(?={})", "(?>{})"])
    return st.one_of(
        st.builds(lambda form, part: form.format(part), forms, inner),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
    )


_patterns = st.recursive(_literals | _classes, _wrapped, max_leaves=8)


@PROPERTY
@given(_patterns, st.sampled_from([0, re.IGNORECASE]), st.lists(st.text(_LETTERS, max_size=12), max_size=20))
def test_no_pattern_loses_a_match(pattern: str, flags: int, values: list[str]) -> None:
    sieve = Sieve(pattern, flags)
    # Else short needles are not looked for, and none in the first texts.
    with patch.object(needles, "_MOST_COMMON", float("inf")), patch.object(needles, "_FIRST_TEXTS", 0):
        sieve.may_match("")
    for value in [*values, *(other + one for one, other in pairwise(values))]:
        expected = [match.span() for match in sieve.compiled.finditer(value)]
        assert [match.span() for match in sieve.finditer(value)] == expected


@pytest.mark.parametrize("text", ["K", "kı", "İſ", "ſI", "ki", "KS"])
def test_letters_that_patterns_take_for_others_are_found(text: str) -> None:
    for letter in text:
        for other in "kisKIS":
            if re.match(other, letter, re.IGNORECASE):
                assert other.lower() in needles.lowered(letter)


_names = st.lists(st.text("abB -.'é(", min_size=1, max_size=5), min_size=1, max_size=8)


@PROPERTY
@given(_names, st.text("abAB -.'éÉ(", max_size=8), st.sampled_from(["", r"(?!\w)"]), st.sampled_from([0, re.I]))
def test_a_tree_of_names_matches_as_a_list_of_them_does(names: list[str], text: str, behind: str, flags: int) -> None:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    tree, plain = re.compile(any_of(names) + behind, flags), re.compile(f"(?:{longest_first}){behind}", flags)
    assert [match.span() for match in tree.finditer(text)] == [match.span() for match in plain.finditer(text)]


def test_a_list_of_many_names_needs_few_words() -> None:
    names = [
        f"{place} Award" for place in ("Boston", "Chicago", "Denver", "Elgin", "Fargo", "Gary", "Hilo", "Ione", "J")
    ]
    assert needles.needles(any_of(names)) == (" Award",)

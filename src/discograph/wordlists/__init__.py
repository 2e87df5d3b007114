"""Word lists that are not concepts of the ontology: section headings, countries, hedges, name particles.

Each list is a tab-separated file beside this module, with a ``#`` comment that says what it holds and
where it comes from; instruments, roles, formats and other concepts are in ``ontology/concepts.ttl``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from discograph.resources import resource


class Country(NamedTuple):
    """A country or region: its canonical name, and the name to print for the words that were read."""

    name: str
    label: str


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a word list in file order; comments and blank lines left out."""
    text = resource(f"wordlists/{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)


@cache
def words(name: str) -> frozenset[str]:
    """Return the case-folded cells of a list that is only a set of words."""
    return frozenset(cell.casefold() for row in rows(name) for cell in row)


@cache
def _sections() -> dict[str, str]:
    return {form.casefold(): row[0] for row in rows("sections") for form in row[1:]}


@cache
def _countries() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for name, names, adjectives in rows("countries"):
        for label in (name, *filter(None, names.split("; "))):
            table[label.casefold()] = Country(name, label)
            table.setdefault(label.casefold().replace(".", ""), Country(name, label))
        for adjective in filter(None, adjectives.split("; ")):
            table[adjective.casefold()] = Country(name, name)
    return table


@cache
def _parameters() -> dict[str, str]:
    return {form.casefold(): row[0] for row in rows("infobox") for form in row[1:]}


def infobox_key(key: str) -> str:
    """Return the key of an infobox as the list of parameters spells keys: case-folded, spaces for underscores."""
    return key.casefold().replace("_", " ")


def infobox_parameter(key: str) -> str | None:
    """Return our name of the parameter that a key of an infobox stands for, None if unknown."""
    return _parameters().get(infobox_key(key))


def section_kind(heading: str) -> str | None:
    """Return what a section heading stands for (``personnel``, ``track-listing`` …), None if unknown."""
    return _sections().get(heading.casefold().strip(" :"))


def country(text: str) -> Country | None:
    """Return the country or region that a name, abbreviation or adjective stands for, None if unknown.

    >>> country("the U.S.")
    Country(name='US', label='U.S.')
    >>> country("Greek")
    Country(name='Greece', label='Greece')
    >>> country("Fontana") is None
    True
    """
    key = text.strip().casefold().removeprefix("the ")
    return _countries().get(key) or _countries().get(key.replace(".", ""))


def job_verb(word: str) -> str | None:
    """Return the role that a verb of prose credits stands for ("produced": "producer"), None if unknown."""
    return next((role for verb, role in rows("job_verbs") if verb == word.casefold()), None)

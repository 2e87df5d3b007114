"""Explanations as text: each fact with its place, how it is said, and the quote underlined in its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from discograph.explain.excerpts import Row, excerpt
from discograph.explain.facts import Explanation, Fact
from discograph.explain.find import Hit
from discograph.explain.texts import Texts
from discograph.provenance import Claim, Names
from discograph.provenance.claims import Term
from discograph.query.table import display_width

_UNDERLINE, _BOLD, _END = "\x1b[4m", "\x1b[1m", "\x1b[0m"
_MOST_VALUES = 30
_MOST_PLACES = 5
_MOST_SOURCES = 5


@dataclass(frozen=True, slots=True)
class Page:
    """How to write: for which names, texts and terminal.

    Units: ``width`` in columns. ``is_styled``: underline by the terminal's own means, else with carets.
    ``rules`` are descriptions of rules of extraction by name; ``is_whole``: cut no list short.
    """

    names: Names
    texts: Texts
    width: int = 100
    is_styled: bool = False
    rules: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False


def thing_as_text(explanation: Explanation, page: Page) -> str:
    """Return all that is known of a thing, as lines."""
    return "\n".join([*_head(explanation, page), *_facts(explanation, page), *_references(explanation, page)]) + "\n"


def why_as_text(facts: Sequence[Fact], page: Page) -> str:
    """Return triples with what they rest on, and what their rules are, as lines."""
    lines: list[str] = []
    for fact in facts:
        lines += [_bold(_triple(fact, page), page), *_said(fact, page, with_rules=True), ""]
    return "\n".join(lines)


def hits_as_text(hits: Sequence[Hit], words: str, names: Names) -> str:
    """Return the things that words found, and how to choose one of them."""
    lines = [f"{len(hits)} things are called {words!r}:"]
    kinds = [", ".join(hit.classes) or "thing" for hit in hits]
    width = max(map(display_width, kinds))
    lines += [f"  {kind:{width}}  {names.short(hit.node)}  {hit.label}" for kind, hit in zip(kinds, hits, strict=True)]
    lines.append(f"choose one by its IRI, for example: discograph explain '{names.short(hits[0].node)}'")
    lines.append("or by its class with --class, or all of them with --all")
    return "\n".join(lines) + "\n"


def _head(explanation: Explanation, page: Page) -> Iterator[str]:
    names, node = page.names, explanation.node
    yield _bold(names.of(node), page)
    yield f"{', '.join(names.classes(node)) or 'no class'}  {names.short(node)}"
    counts = (len(explanation.facts), "about it"), (len(explanation.references), "that name it")
    yield "triples: " + ", ".join(f"{count} {what}" for count, what in counts)


def _facts(explanation: Explanation, page: Page) -> Iterator[str]:
    for group in _grouped(explanation.facts, page):
        values = [page.names.of(fact.triple.object) for fact in group]
        yield ""
        yield from _wrapped(f"{_property(group[0], page)}: ", values, page)
        yield from _said(group[0], page)


def _references(explanation: Explanation, page: Page) -> Iterator[str]:
    if explanation.references:
        yield ""
        yield _bold(f"what names {page.names.of(explanation.node)}", page)
    for group in _grouped(explanation.references, page):
        values = [_with_class(fact.triple.subject, page) for fact in group]
        yield ""
        yield from _wrapped(f"as {_property(group[0], page)}: ", values, page)
        yield from _said(group[0], page)


def _grouped(facts: Sequence[Fact], page: Page) -> list[list[Fact]]:
    """Return facts that one property and the same words say together, in the order of the first of each."""
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        said = tuple((c.manner, c.rules, c.evidence, c.holder, c.note, c.confidence) for c in fact.claims)
        how = (fact.derived.how, fact.triple.subject) if fact.derived else None
        groups.setdefault((fact.triple.predicate, fact.standing, said, how), []).append(fact)
    return list(groups.values())


def _said(fact: Fact, page: Page, *, with_rules: bool = False) -> Iterator[str]:
    """Yield how and where a fact is said, or what it follows from."""
    for claim in fact.claims:
        yield from _claim(claim, page, "  ", with_rules=with_rules)
    if fact.derived:
        yield f"  derived: {fact.derived.how}"
        shown = fact.sources if page.is_whole else fact.sources[:_MOST_SOURCES]
        for source in shown:
            yield f"  from {_triple(source, page)}"
            for claim in source.claims[: None if page.is_whole else 1]:
                yield from _claim(claim, page, "    ", with_rules=with_rules)
        if len(shown) < len(fact.sources):
            yield f"  and {len(fact.sources) - len(shown)} more (--all shows them)"
    elif not fact.claims:
        yield "  no claim: this graph does not tell where it was said"


def _claim(claim: Claim, page: Page, indent: str, *, with_rules: bool) -> Iterator[str]:
    how = _how(claim, page)
    if with_rules and (known := [page.rules[rule] for rule in claim.rules if rule in page.rules]):
        how += f" ({'; '.join(known)})"
    shown = claim.evidence if page.is_whole else claim.evidence[:_MOST_PLACES]
    for evidence in shown:
        yield f"{indent}{page.texts.place(evidence)}: {how}"
        for row in excerpt(evidence, page.texts.source(evidence), page.width - len(indent) - 2):
            yield from _underlined(row, indent + "  ", page)
    if not claim.evidence:
        yield f"{indent}no evidence: {how}"
    if len(shown) < len(claim.evidence):
        yield f"{indent}and {len(claim.evidence) - len(shown)} more places (--all shows them)"


def _how(claim: Claim, page: Page) -> str:
    parts = [claim.manner]
    if claim.holder is not None:
        parts[0] += f" of {page.names.of(claim.holder)}" if claim.manner == "opinion" else ""
        parts += [f"according to {page.names.of(claim.holder)}"] if claim.manner != "opinion" else []
    rules = [rule for rule in claim.rules if rule != "curated"]
    parts += ["curated"] if claim.is_curated else []
    parts += [f"rule {', '.join(rules)}"] if rules else []
    parts += [f"confidence {claim.confidence}"] if claim.confidence else []
    parts += [f"note: {claim.note}"] if claim.note else []
    return ", ".join(parts)


def _underlined(row: Row, indent: str, page: Page) -> Iterator[str]:
    if page.is_styled:
        text, start, end = row
        yield f"{indent}{text[:start]}{_UNDERLINE}{text[start:end]}{_END}{text[end:]}"
    else:
        yield indent + row.text
        yield indent + row.carets


def _wrapped(head: str, values: Sequence[str], page: Page) -> Iterator[str]:
    """Yield a property with its values, broken between values where a line is full."""
    shown = list(values) if page.is_whole else list(values[:_MOST_VALUES])
    if len(shown) < len(values):
        shown.append(f"and {len(values) - len(shown)} more (--all shows them)")
    line = head
    for index, value in enumerate(shown):
        piece = value + ("," if index < len(shown) - 1 else "")
        if line.strip() != head.strip() and display_width(line + piece) > page.width:
            yield line.rstrip()
            line = "  "
        line += piece + " "
    yield line.rstrip()


def _triple(fact: Fact, page: Page) -> str:
    triple = fact.triple
    return f"{_with_class(triple.subject, page)} — {_property(fact, page)} — {page.names.of(triple.object)}"


def _property(fact: Fact, page: Page) -> str:
    return page.names.of(fact.triple.predicate)


def _with_class(term: Term, page: Page) -> str:
    classes = ", ".join(page.names.classes(term))
    return f"{page.names.of(term)} ({classes})" if classes else page.names.of(term)


def _bold(text: str, page: Page) -> str:
    return f"{_BOLD}{text}{_END}" if page.is_styled else text

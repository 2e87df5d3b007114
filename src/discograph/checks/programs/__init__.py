"""Checks that SHACL cannot make: they need the source text, a date parser, or the list of terms.

Each is a ``Program``: a rule and a function from a graph and the texts at hand to findings. A rule that
lacks what it needs says so as ``NotChecked``; that is never the same as finding nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from discograph.checks.finding import Constraint, Finding, NotChecked, Rule, Severity, Term
from discograph.checks.graph_index import GraphIndex
from discograph.checks.programs.dates import bounds_differ
from discograph.checks.programs.terms import unknown_concepts, unknown_terms
from discograph.document import Source
from discograph.rdf import Literal, NamedNode
from discograph.vocab import DG, OA, PROV, XSD

SHAPES_NS = "https://w3id.org/discograph/shapes#"

Sources = Mapping[str, Source]
"""The texts at hand, by the IRI of their document or by its name."""


class Program(NamedTuple):
    """A rule as a function; ``subject`` is the property whose subjects it looks at."""

    rule: Rule
    run: Callable[[GraphIndex, Sources, Rule], Iterator[Finding | NotChecked]]
    subject: NamedNode | None = None


def _source(index: GraphIndex, sources: Sources, document: Term) -> Source | None:
    iri = document.value if isinstance(document, NamedNode) else ""
    return sources.get(iri) or sources.get(index.document_name(document))


def _missing(index: GraphIndex, rule: Rule, document: Term) -> NotChecked:
    return NotChecked(rule.id, f"the text of {index.document_name(document)} is not at hand; give --sources")


def _quotes(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[tuple[Term, Source] | NotChecked]:
    """Yield each evidence with its text, or why it has none."""
    if not sources:
        documents = (triple.object for triple in index.triples_of(PROV.wasQuotedFrom))
        yield from (_missing(index, rule, document) for document in dict.fromkeys(documents))
        return
    known: dict[Term, Source | None] = {}
    for evidence in index.having(OA.exact):
        for document in index.objects(evidence, PROV.wasQuotedFrom):
            if document not in known:
                known[document] = _source(index, sources, document)
            source = known[document]
            yield _missing(index, rule, document) if source is None else (evidence, source)


def _finding(rule: Rule, focus: Term, predicate: NamedNode, value: Term | None) -> Finding:
    return Finding(rule.id, rule.severity, focus, predicate.value, value, rule.repair)


def _quote_differs(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding | NotChecked]:
    for item in _quotes(index, sources, rule):
        if isinstance(item, NotChecked):
            yield item
            continue
        evidence, source = item
        start, end = index.number(evidence, OA.start), index.number(evidence, OA.end)
        quote = index.literal(evidence, OA.exact)
        if start is None or end is None or source.text[start:end] != quote:
            yield _finding(rule, evidence, OA.exact, Literal(quote or ""))


def _place_differs(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding | NotChecked]:
    for item in _quotes(index, sources, rule):
        if isinstance(item, NotChecked):
            yield item
            continue
        evidence, source = item
        start = index.number(evidence, OA.start)
        if start is None:
            continue  # rule P13 says so
        place = source.location(start)
        for predicate, right in ((DG.line, place.line), (DG.column, place.column)):
            stated = index.number(evidence, predicate)
            if stated is not None and stated != right:
                yield _finding(rule, evidence, predicate, Literal(str(stated), datatype=XSD.integer))


def _digest_differs(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding | NotChecked]:
    for document in index.having(DG.sha256):
        source = _source(index, sources, document)
        digest = index.literal(document, DG.sha256)
        if source is None:
            yield _missing(index, rule, document)
        elif digest != source.sha256:
            yield _finding(rule, document, DG.sha256, Literal(digest or ""))


def _bounds(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding]:
    return bounds_differ(index, rule)


def _terms(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding]:
    return unknown_terms(index, rule)


def _concepts(index: GraphIndex, sources: Sources, rule: Rule) -> Iterator[Finding]:
    return unknown_concepts(index, rule)


def _rule(rule: str, what: str, repair: str) -> Rule:
    return Rule(rule, Severity.VIOLATION, what, repair)


PROGRAMS: tuple[Program, ...] = (
    Program(
        _rule(
            "D6",
            "The bounds of a date equal those computed afresh from it",
            "Compute dg:earliest and dg:latest again from dg:date, or correct the date.",
        ),
        _bounds,
        DG.date,
    ),
    Program(
        _rule(
            "I9",
            "Every property, class and datatype is a known term",
            "Use a term of the ontology or of the vocabularies it borrows from; this one is not known.",
        ),
        _terms,
    ),
    Program(
        _rule(
            "K3",
            "A concept of a closed list is one that the list has",
            "Use a concept of ontology/concepts.ttl, or add this one to the list.",
        ),
        _concepts,
    ),
    Program(
        _rule(
            "P3",
            "A quote stands exactly at its offsets in the text",
            "Build the graph again from the text as it is now, or correct oa:start and oa:end.",
        ),
        _quote_differs,
        OA.exact,
    ),
    Program(
        _rule(
            "P7",
            "The document's digest is that of its text",
            "Build the graph again: the text has changed since.",
        ),
        _digest_differs,
        DG.sha256,
    ),
    Program(
        _rule(
            "P8",
            "Line and column fit the offset",
            "Compute dg:line and dg:column again from oa:start; both count from 1.",
        ),
        _place_differs,
        OA.exact,
    ),
)
"""Every program check, by rule."""


def _constraint(program: Program) -> Constraint:
    return Constraint(f"<{SHAPES_NS}{program.rule.id}>", f"{SHAPES_NS}ProgramConstraintComponent")


class ProgramOutcome(NamedTuple):
    """Findings, rules that could not be run, and rules that had nothing to look at."""

    findings: list[Finding]
    not_checked: list[NotChecked]
    without_target: list[str]


def run_programs(index: GraphIndex, sources: Sources, without: Collection[str] = ()) -> ProgramOutcome:
    """Return what the program checks find; ``without`` are rules that are switched off."""
    outcome = ProgramOutcome([], [], [])
    for program in PROGRAMS:
        if program.rule.id in without:
            continue
        if program.subject is not None and next(index.having(program.subject), None) is None:
            outcome.without_target.append(program.rule.id)
        for item in program.run(index, sources, program.rule):
            if isinstance(item, Finding):
                outcome.findings.append(replace(item, constraint=_constraint(program)))
            elif item not in outcome.not_checked:
                outcome.not_checked.append(item)
    return outcome

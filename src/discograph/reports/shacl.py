"""Reports as ``sh:ValidationReport`` in RDF (SHACL section 3.6), with the words of the source on each result.

Results are named ``…/result/<fingerprint>``, not blank, so that the same findings give the same bytes. A complex path
is written as SHACL writes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from discograph.checks import Finding, Rule, Severity
from discograph.checks.baseline import fingerprint
from discograph.checks.finding import Term
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from discograph.reports.names import relative, xml_text
from discograph.reports.run import Checked, CheckRun
from discograph.vocab import DG, OA, RDF, XSD

_SH = "http://www.w3.org/ns/shacl#"
_RDF_NS = RDF.type.value.removesuffix("type")
_FIRST, _REST, _NIL = (NamedNode(_RDF_NS + name) for name in ("first", "rest", "nil"))
_SEE_ALSO = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
_COMMENT = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_SOURCE = NamedNode("http://purl.org/dc/terms/source")
_DERIVED_FROM = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
_BOOLEAN = NamedNode(XSD.string.value.removesuffix("string") + "boolean")
_SEVERITIES = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}
_SUFFIXES = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_REPORT = NamedNode(f"{DEFAULT_BASE}report")


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)


def shacl_report(run: CheckRun, rdf_format: RdfFormat) -> bytes:
    """Return a run as a validation report; it conforms if there is no result of any severity."""
    prefixes = {
        name: iri for name, iri in prefix_table().items() if name in ("dg", "dcterms", "oa", "prov", "rdfs", "xsd")
    }
    prefixes |= {"sh": _SH}
    triples = list(_triples(run))
    if rdf_format == RdfFormat.JSON_LD:
        prefixes = {}
    if rdf_format == RdfFormat.RDF_XML:
        triples = [Triple(s, p, _for_xml(o)) for s, p, o in triples]
    return serialize(triples, rdf_format, prefixes).rstrip(b"\n") + b"\n"


def _for_xml(term: Term) -> Term:
    if isinstance(term, Literal) and (text := xml_text(term.value)) != term.value:
        return Literal(text, language=term.language) if term.language else Literal(text, datatype=term.datatype)
    return term


def _triples(run: CheckRun) -> Iterator[Triple]:
    pages = {rule.id: rule for rule in run.rules}
    yield Triple(_REPORT, RDF.type, _sh("ValidationReport"))
    yield Triple(_REPORT, _sh("conforms"), Literal(str(not run.findings).lower(), datatype=_BOOLEAN))
    for left in run.fallback:
        yield Triple(_REPORT, _COMMENT, Literal(f"run by pyshacl: {left.rule}: {left.reason}"))
    nodes = list(_nodes(run))
    yield from (Triple(_REPORT, _sh("result"), node) for node in nodes)
    for node, (checked, finding) in zip(nodes, run.findings, strict=True):
        yield from _result(node, finding, pages.get(finding.rule))
        yield from _words(node, checked, finding)


def _nodes(run: CheckRun) -> Iterator[NamedNode]:
    """Yield the node of each result; findings with one fingerprint are numbered."""
    seen: Counter[str] = Counter()
    for checked, finding in run.findings:
        name = fingerprint(checked.name, finding)
        seen[name] += 1
        yield NamedNode(f"{_REPORT.value}/result/{name}" + (f"-{seen[name]}" if seen[name] > 1 else ""))


def _result(node: NamedNode, finding: Finding, rule: Rule | None) -> Iterator[Triple]:
    yield Triple(node, RDF.type, _sh("ValidationResult"))
    yield Triple(node, _sh("focusNode"), finding.focus_node)
    yield Triple(node, _sh("resultSeverity"), _sh(_SEVERITIES[finding.severity]))
    yield Triple(node, _sh("resultMessage"), Literal(finding.message))
    if finding.constraint is not None:
        yield Triple(node, _sh("sourceShape"), _shape(finding.constraint.shape, node))
        yield Triple(node, _sh("sourceConstraintComponent"), NamedNode(finding.constraint.component))
    if finding.path:
        path = _Path(finding.path if "<" in finding.path else f"<{finding.path}>", _label(node))
        yield Triple(node, _sh("resultPath"), path.read())
        yield from path.triples
    if finding.value is not None:
        yield Triple(node, _sh("value"), finding.value)
    if rule is not None and rule.page:
        yield Triple(node, _SEE_ALSO, NamedNode(rule.page))


def _shape(shape: str, result: NamedNode) -> Term:
    """Return the shape; one without a name has a random label, which would change from run to run."""
    return NamedNode(shape[1:-1]) if shape.startswith("<") else BlankNode(f"s{_label(result)}")


def _label(result: NamedNode) -> str:
    return result.value.rpartition("/")[2].replace("-", "n")


def _words(node: NamedNode, checked: Checked, finding: Finding) -> Iterator[Triple]:
    place = finding.location
    if finding.claim is not None:
        yield Triple(node, _DERIVED_FROM, NamedNode(finding.claim))
    if place is None:
        yield Triple(node, _SOURCE, Literal(relative(checked.name)))
        return
    yield Triple(node, _SOURCE, Literal(f"{relative(place.document)}:{place.line}:{place.column}"))
    yield Triple(node, DG.line, Literal(str(place.line), datatype=XSD.integer))
    yield Triple(node, DG.column, Literal(str(place.column), datatype=XSD.integer))
    if place.quote:
        yield Triple(node, OA.exact, Literal(place.quote))


class _Path:
    """Turns a property path in SPARQL, as findings have it, back into the triples that SHACL has for it."""

    def __init__(self, text: str, name: str) -> None:
        self._tokens = re.findall(r"<[^<>]*>|[()/|^*+?]", text)
        self._name = name
        self._count = 0
        self.triples: list[Triple] = []

    def read(self) -> NamedNode | BlankNode:
        """Return the node of the path; its triples are in ``triples``."""
        steps = self._separated("|", self._sequence)
        return steps[0] if len(steps) == 1 else self._blank("alternativePath", self._list(steps))

    def _sequence(self) -> NamedNode | BlankNode:
        steps = self._separated("/", self._step)
        return steps[0] if len(steps) == 1 else self._list(steps)

    def _separated(self, mark: str, read: Callable[[], NamedNode | BlankNode]) -> list[NamedNode | BlankNode]:
        found = [read()]
        while self._tokens and self._tokens[0] == mark:
            self._tokens.pop(0)
            found.append(read())
        return found

    def _step(self) -> NamedNode | BlankNode:
        token = self._tokens.pop(0)
        node: NamedNode | BlankNode
        if token == "^":
            return self._blank("inversePath", self._step())
        if token == "(":
            node = self.read()
            self._tokens.pop(0)
        else:
            node = NamedNode(token[1:-1])
        while self._tokens and self._tokens[0] in _SUFFIXES:
            node = self._blank(_SUFFIXES[self._tokens.pop(0)], node)
        return node

    def _node(self) -> BlankNode:
        self._count += 1
        return BlankNode(f"p{self._name}x{self._count}")

    def _blank(self, name: str, value: NamedNode | BlankNode) -> BlankNode:
        node = self._node()
        self.triples.append(Triple(node, _sh(name), value))
        return node

    def _list(self, members: list[NamedNode | BlankNode]) -> NamedNode | BlankNode:
        nodes: list[NamedNode | BlankNode] = [self._node() for _ in members]
        for node, rest, member in zip(nodes, [*nodes[1:], _NIL], members, strict=True):
            self.triples += [Triple(node, _FIRST, member), Triple(node, _REST, rest)]
        return nodes[0]

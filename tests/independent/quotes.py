"""Prove the evidence of written graphs with nothing of discograph: ``quotes.py GRAPHS SOURCES``.

GRAPHS is a folder of TriG or N-Quads files (or one such file), SOURCES the folder of the texts. Each quote
must stand at its offsets, in code points, and its line and column must be right; each text must have the
SHA-256 that the graph states; each claim must have a quote, and each fact a claim. Faults are printed, one
a line; exit 1 if any.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import Dataset, Graph, Namespace
from rdflib.namespace import DCTERMS, PROV, RDF
from rdflib.term import Node

DG = Namespace("https://w3id.org/discograph/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
FORMATS = {".trig": "trig", ".nq": "nquads"}


def main(graphs: Path, sources: Path) -> int:
    """Check all files, print faults and a summary, and return the exit code."""
    files = [graphs] if graphs.is_file() else sorted(p for p in graphs.iterdir() if p.suffix in FORMATS)
    faults: list[str] = []
    quotes = facts = 0
    for file in files:
        dataset = Dataset()
        dataset.parse(file, format=FORMATS[file.suffix])
        union = Graph()
        for graph in dataset.graphs():
            union += graph
        quotes += len(list(union.subjects(OA.exact)))
        facts += sum(len(graph) for graph in fact_graphs(dataset))
        faults += [f"{file.name}: {fault}" for fault in (*places(union, sources), *tracing(dataset, union))]
    if not quotes:
        faults.append(f"{graphs}: no quote at all")
    for fault in faults:
        print(fault)
    print(f"{len(files)} graphs, {facts} facts, {quotes} quotes, {len(faults)} faults")
    return 1 if faults else 0


def fact_graphs(dataset: Dataset) -> Iterator[Graph]:
    """Yield the graphs of what documents state."""
    return (graph for graph in dataset.graphs() if str(graph.identifier).endswith("/facts"))


def places(union: Graph, sources: Path) -> Iterator[str]:
    """Yield what is wrong with texts, and with quotes as places in them."""
    texts: dict[Node, str] = {}
    for document in union.subjects(RDF.type, DG.SourceDocument):
        name = str(union.value(document, DCTERMS.identifier))
        data = (sources / name).read_bytes()
        texts[document] = data.decode("utf-8")
        if hashlib.sha256(data).hexdigest() != str(union.value(document, DG.sha256)):
            yield f"{name}: is not the text that the graph was made from (dg:sha256)"
    for quote in sorted({*union.subjects(OA.exact), *union.subjects(RDF.type, DG.Evidence)}, key=str):
        quoted = union.value(quote, PROV.wasQuotedFrom)
        if quoted is None or quoted not in texts:
            yield f"{quote}: of no document (prov:wasQuotedFrom)"
            continue
        yield from (f"{quote}: {fault}" for fault in place(union, quote, texts[quoted]))


def place(union: Graph, quote: Node, text: str) -> Iterator[str]:
    """Yield what is wrong with one quote."""
    try:
        start, end, line, column = (int(str(union.value(quote, p))) for p in (OA.start, OA.end, DG.line, DG.column))
    except ValueError:
        yield "lacks oa:start, oa:end, dg:line or dg:column"
        return
    exact = str(union.value(quote, OA.exact))
    if not 0 <= start < end <= len(text) or text[start:end] != exact:
        yield f"{exact!r} does not stand at {start}-{end}"
    before = text[:start].removeprefix("\ufeff")
    if line != before.count("\n") + 1:
        yield f"is not in line {line}"
    if column != len(before) - (before.rfind("\n") + 1) + 1:
        yield f"is not at column {column}"


def tracing(dataset: Dataset, union: Graph) -> Iterator[str]:
    """Yield claims without a quote, and facts without a claim that the text states or implies them."""
    claimed = set()
    for claim in union.subjects(RDF.type, DG.Claim):
        if not any((quote, OA.exact, None) in union for quote in union.objects(claim, DG.evidence)):
            yield f"{claim}: has no quote"
        manner = union.value(claim, DG.manner)
        if manner is None or str(manner).endswith("/implied"):
            claimed.add(tuple(union.value(claim, p) for p in (RDF.subject, RDF.predicate, RDF.object)))
    yield from untraced((triple for graph in fact_graphs(dataset) for triple in graph), claimed)


def untraced(facts: Iterable[tuple[Node, ...]], claimed: set[tuple[Node | None, ...]]) -> Iterator[str]:
    """Yield the facts that nobody claims."""
    for fact in sorted(fact for fact in facts if fact not in claimed):
        yield f"{' '.join(term.n3() for term in fact)}: has no claim"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

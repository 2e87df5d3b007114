"""What an export holds, for those who have not read it: VoID and DCAT, and the questions that it answers.

Input: the statements of each document that is written. Output: ``void.ttl``, beside the files that it describes.
Sources: Describing Linked Datasets with the VoID Vocabulary (W3C Note, 2011); Data Catalog Vocabulary 3; for
the example queries, the convention of SIB (https://github.com/sib-swiss/sparql-examples).

It says nothing of time or machine: the same documents give the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query import NamedQuery, all_named
from discograph.query.scan import after_prologue, tokens
from discograph.rdf import Literal, NamedNode, Object, RdfFormat, Triple, serialize
from discograph.serializers.formats import Format
from discograph.serializers.order import kind_of_graph, triple_key
from discograph.statements import Statements, ends
from discograph.vocab import DCTERMS, DG_NS, FOAF, RDF, RDFS, XSD

WIKIPEDIA_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
"""Licence of Wikipedia's text, whose words the evidence quotes."""

_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_SH = "http://www.w3.org/ns/shacl#"
_DCT = "http://purl.org/dc/terms/"
_SCHEMA = "https://schema.org/"
_OWL_ONTOLOGY = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
_TYPE, _TOPIC = str(RDF.type), str(FOAF.primaryTopic)
_ANY_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
_EXTRA_PREFIXES = {"dcat": _DCAT, "owl": "http://www.w3.org/2002/07/owl#", "sh": _SH, "void": _VOID}
_EXAMPLES = ".well-known/sparql-examples/"
_IANA = "https://www.iana.org/assignments/media-types/"

_SUBSETS = {
    "facts": "What the documents state or imply",
    "derived": "What follows by computation: bounds of dates, labels, concepts, digests",
    "claims": "Why each fact is stated: rules, quotes and their places; also what is hedged, denied or opinion",
}
_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}
_HEADER_LINE = re.compile(r"#\+.*\n")
_QUESTIONS = "questions"


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


class DatasetDescription:
    """Counts over the documents of one export, and the description that follows from them."""

    def __init__(self, base_iri: str = DEFAULT_BASE, licence: str = WIKIPEDIA_LICENCE) -> None:
        self._base = base_iri
        self._licence = licence
        self._documents = 0
        self._triples: Counter[str] = Counter()
        self._facts: set[int] = set()
        self._subjects: set[int] = set()
        self._objects: set[int] = set()
        self._entities: dict[str, set[int]] = {}
        self._properties: Counter[str] = Counter()
        self._example: str | None = None

    def add(self, statements: Statements) -> None:
        """Count the statements of a document, which are in graphs of ours.

        A triple that several documents state counts once in the whole and its partitions, and for each of
        them in its subset (``facts``, ``derived``, ``claims``), as each has it in a graph of its own.
        """
        self._documents += 1
        kinds: dict[str, str] = {}
        for subject, tails in statements.by_subject():
            for line in dict.fromkeys(tails):
                predicate, value, graph = ends(line)
                kind = kinds.get(graph) or kinds.setdefault(graph, kind_of_graph(graph))
                self._triples[kind] += 1
                if kind != "claims":
                    self._add_fact(subject, predicate, value)

    def _add_fact(self, subject: str, predicate: str, value: str) -> None:
        # Hashes, since a dump has more names than fit; two of 2**64 meet once in a billion exports.
        key = hash((subject, predicate, value))
        if key in self._facts:
            return
        self._facts.add(key)
        self._subjects.add(hash(subject))
        self._objects.add(hash(value))
        self._properties[predicate[1:-1]] += 1
        if predicate == _TYPE:
            self._entities.setdefault(value[1:-1], set()).add(hash(subject))
        elif predicate == _TOPIC:
            self._example = min(self._example or value[1:-1], value[1:-1])

    def to_turtle(self, formats: Sequence[Format]) -> bytes:
        """Return the description of an export in these formats, as Turtle in a fixed order."""
        triples = sorted(set(self._all(formats)), key=triple_key)
        known = {**prefix_table(self._base), **_EXTRA_PREFIXES, "example": self._base + _EXAMPLES}
        prefixes = dict(sorted(known.items()))
        used = {t.value for triple in triples for t in triple if isinstance(t, NamedNode)}
        declared = {name: iri for name, iri in prefixes.items() if any(value.startswith(iri) for value in used)}
        declared.setdefault("xsd", prefixes["xsd"])
        data = serialize(triples, RdfFormat.TURTLE, declared)
        # The writer declares prefixes in an order of its own.
        body = data.split(b"\n", len(declared))[-1]
        return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in declared.items()).encode() + body

    # --- the parts ------------------------------------------------------------------------------------------

    def _iri(self, fragment: str = "") -> NamedNode:
        return NamedNode(f"{self._base}.well-known/void{fragment}")

    def _all(self, formats: Sequence[Format]) -> Iterator[Triple]:
        dataset = self._iri("#dataset")
        yield from _about(
            self._iri(),
            (RDF.type, _void("DatasetDescription")),
            (DCTERMS.title, Literal("Description of an export of discograph", language="en")),
            (FOAF.primaryTopic, dataset),
        )
        yield from self._dataset(dataset)
        yield from self._subsets(dataset)
        yield from self._partitions(self._iri("#asserted"))
        for fmt in formats:
            yield from self._distribution(dataset, fmt)
        yield from self._examples()

    def _dataset(self, dataset: NamedNode) -> Iterator[Triple]:
        count = self._documents
        articles = "1 article says" if count == 1 else f"{count:,} articles say"
        what = f"Facts about music that {articles}, each with the words that say it."
        yield from _about(
            dataset,
            (RDF.type, _void("Dataset")),
            (RDF.type, NamedNode(_DCAT + "Dataset")),
            (DCTERMS.title, Literal("Music knowledge graph made by discograph", language="en")),
            (NamedNode(_DCT + "description"), Literal(what, language="en")),
            (NamedNode(_DCT + "license"), NamedNode(self._licence)),
            (_void("documents"), _integer(count)),
            (_void("triples"), _integer(sum(self._triples.values()))),
            (_void("uriSpace"), Literal(self._base)),
            (_void("vocabulary"), NamedNode(DG_NS.rstrip("#"))),
            (_void("exampleResource"), NamedNode(self._example) if self._example else None),
        )

    def _subsets(self, dataset: NamedNode) -> Iterator[Triple]:
        asserted = self._iri("#asserted")
        for name, what in _SUBSETS.items():
            subset = self._iri(f"#{name}")
            yield Triple(asserted if name != "claims" else dataset, _void("subset"), subset)
            yield from _about(
                subset,
                (RDF.type, _void("Dataset")),
                (DCTERMS.title, Literal(f"The graphs …/{name}", language="en")),
                (NamedNode(_DCT + "description"), Literal(what, language="en")),
                (_void("triples"), _integer(self._triples[name])),
            )
        yield Triple(dataset, _void("subset"), asserted)

    def _partitions(self, asserted: NamedNode) -> Iterator[Triple]:
        """Yield the counts over facts and derived triples together, as a triple format holds them."""
        entities = set().union(*self._entities.values()) if self._entities else set()
        yield from _about(
            asserted,
            (RDF.type, _void("Dataset")),
            (DCTERMS.title, Literal("Facts and what is derived from them, merged", language="en")),
            (_void("triples"), _integer(len(self._facts))),
            (_void("entities"), _integer(len(entities))),
            (_void("distinctSubjects"), _integer(len(self._subjects))),
            (_void("distinctObjects"), _integer(len(self._objects))),
            (_void("classes"), _integer(len(self._entities))),
            (_void("properties"), _integer(len(self._properties))),
        )
        for iri, members in sorted(self._entities.items()):
            yield from self._partition(asserted, "class", iri, (_void("entities"), _integer(len(members))))
        for iri, count in sorted(self._properties.items()):
            yield from self._partition(asserted, "property", iri, (_void("triples"), _integer(count)))

    def _partition(self, whole: NamedNode, what: str, iri: str, counted: tuple[NamedNode, Literal]) -> Iterator[Triple]:
        part = self._iri(f"#{what}={self._short(iri)}")
        yield Triple(whole, _void(f"{what}Partition"), part)
        yield from _about(part, (RDF.type, _void("Dataset")), (_void(what), NamedNode(iri)), counted)

    def _short(self, iri: str) -> str:
        found = [(name, space) for name, space in prefix_table(self._base).items() if iri.startswith(space)]
        name, space = max(found, key=lambda pair: len(pair[1]), default=("", ""))
        return f"{name}:{iri.removeprefix(space)}" if name else iri

    def _distribution(self, dataset: NamedNode, fmt: Format) -> Iterator[Triple]:
        distribution = self._iri(f"#{fmt.name}")
        content = "facts and claims, in named graphs" if fmt.supports_datasets else "facts and what is derived, merged"
        yield Triple(dataset, NamedNode(_DCAT + "distribution"), distribution)
        yield from _about(
            distribution,
            (RDF.type, NamedNode(_DCAT + "Distribution")),
            (DCTERMS.title, Literal(f"{fmt.label}, a file a document (*.{fmt.extension}): {content}", language="en")),
            (NamedNode(_DCT + "license"), NamedNode(self._licence)),
            (NamedNode(_DCAT + "mediaType"), NamedNode(_IANA + fmt.media_type)),
        )

    # --- examples -------------------------------------------------------------------------------------------

    def _examples(self) -> Iterator[Triple]:
        space = self._base + _EXAMPLES
        declarations = NamedNode(f"{space}prefixes")
        prefixes = prefix_table(self._base)
        yield Triple(declarations, RDF.type, _OWL_ONTOLOGY)
        for name, iri in prefixes.items():
            declaration = NamedNode(f"{space}prefixes#{name}")
            yield Triple(declarations, NamedNode(_SH + "declare"), declaration)
            yield Triple(declaration, NamedNode(_SH + "prefix"), Literal(name))
            yield Triple(declaration, NamedNode(_SH + "namespace"), Literal(iri, datatype=_ANY_URI))
        for query in all_named():
            if query.path.parent.name == _QUESTIONS:
                yield from _example(NamedNode(space + query.name), declarations, query, prefixes)


def _example(iri: NamedNode, declarations: NamedNode, query: NamedQuery, prefixes: dict[str, str]) -> Iterator[Triple]:
    found = tokens(query.sparql)
    form = after_prologue(found)[0].text.upper()
    if form not in _FORMS:
        return
    kind, property_ = _FORMS[form]
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
    header = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes.items() if name in used)
    text = header + _HEADER_LINE.sub("", query.sparql).strip()
    yield from _about(
        iri,
        (RDF.type, NamedNode(_SH + "SPARQLExecutable")),
        (RDF.type, NamedNode(_SH + kind)),
        (RDFS.label, Literal(query.summary, language="en")),
        (
            NamedNode("http://www.w3.org/2000/01/rdf-schema#comment"),
            Literal(query.question or query.summary, language="en"),
        ),
        (NamedNode(_SH + "prefixes"), declarations),
        (NamedNode(_SH + property_), Literal(text)),
        (NamedNode(_SCHEMA + "keywords"), Literal(query.name.replace("-", " "))),
    )


def _about(subject: NamedNode, *pairs: tuple[NamedNode, Object | None]) -> Iterator[Triple]:
    """Yield triples about a subject; a pair without a value yields none."""
    for predicate, value in pairs:
        if value is not None:
            yield Triple(subject, predicate, value)

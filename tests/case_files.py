r"""Case files of the tests, read strictly: what is unknown, missing, empty or there twice is a failure.

YAML cases: one file a case, a mapping with known keys and a ``why``. Tables: one row a case, with cells
``input``, ``expected`` and ``why`` between tabs; ``\n``, ``\t``, ``\\`` and ``\uXXXX`` are escapes.
Expected records: the notation of ``noted``. Expected graphs: Turtle fragments in the short names of ``Notation``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from discograph.document import Source, Span
from discograph.errors import GraphError
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.rdf import NamedNode, Quad, RdfFormat, Triple, parse
from discograph.records import Said
from discograph.vocab import DG, EDTF, OA, PROV, RDF, SKOS

CASES = Path(__file__).parent / "cases"

_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<letter>[nrt\\]))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


class Row(NamedTuple):
    """One row of a table of cases."""

    input: str
    expected: str
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """One YAML case: its name (``folder/stem``), its file, and its keys and values."""

    name: str
    path: Path
    data: dict[str, Any]

    def get(self, key: str) -> Any:
        """Return the value of a key, None where the case does not have it."""
        return self.data.get(key)


class _Loader(yaml.SafeLoader):
    """YAML in which ``1957-12-04`` and ``3:45`` are texts and a key stands once."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; a key that stands twice is an error."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"line {node.start_mark.line + 1}: key twice: {sorted(map(str, twice))}")
        return super().construct_mapping(node, deep=deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9]\d*)\Z"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"null\Z"), list("n"))


def read_yaml(path: Path, *, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Any]:
    """Return the mapping of a YAML file; every required key must be there, and no unknown one."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise AssertionError(f"{path}: {error}") from error
    assert isinstance(data, dict), f"{path}: expected keys and values"
    unknown = data.keys() - {*required, *optional}
    assert not unknown, f"{path}: unknown keys {sorted(unknown)}"
    missing = {key for key in required if data.get(key) is None or data[key] == ""}
    assert not missing, f"{path}: missing or empty {sorted(missing)}"
    return data


def yaml_cases(
    folder: Path, *, required: Collection[str], optional: Collection[str] = (), partner: str | None = None
) -> list[Case]:
    """Return the cases of a folder in the order of their names; no two give one reason.

    Shape: every file is ``<name>.yaml``, or with ``partner`` also ``<name><partner>``, each with the other.
    """
    assert folder.is_dir(), f"{folder}: no such folder"
    files = sorted(p for p in folder.iterdir() if p.is_file())
    strange = [p.name for p in files if p.suffix not in (".yaml", partner)]
    assert not strange, f"{folder}: what are {strange}?"
    paths = [p for p in files if p.suffix == ".yaml"]
    assert paths, f"{folder}: no case here"
    once((p.stem.casefold() for p in paths), f"{folder}: name")
    if partner:
        lonely = {p.stem for p in paths} ^ {p.stem for p in files if p.suffix == partner}
        assert not lonely, f"{folder}: without partner: {sorted(lonely)}"
    names = {"why", *required}
    cases = [Case(f"{folder.name}/{p.stem}", p, read_yaml(p, required=names, optional=optional)) for p in paths]
    once((case.data["why"] for case in cases), f"{folder}: reason")
    return cases


def table_rows(path: Path) -> list[Row]:
    """Return the rows of a table in file order; ``#`` begins a comment line; no input stands twice."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        assert len(cells) == len(Row._fields), f"{path}:{number}: expected 3 cells, got {len(cells)}"
        assert cells[2].strip(), f"{path}:{number}: say why"
        rows.append(Row(*map(unescape, cells)))
    assert rows, f"{path}: no row"
    once((row.input for row in rows), f"{path}: input")
    return rows


def unescape(cell: str) -> str:
    """Return a cell with its escapes replaced."""
    return _ESCAPE.sub(lambda m: chr(int(m["code"], 16)) if m["code"] else _LETTERS[m["letter"]], cell)


def once(names: Iterable[str], what: str) -> None:
    """Fail if a name stands twice."""
    seen: set[str] = set()
    for name in names:
        assert name not in seen, f"{what} {name!r} stands twice"
        seen.add(name)


def known_wrong(names: Collection[str], reasons: dict[str, str]) -> dict[str, pytest.MarkDecorator]:
    """Return a strict xfail for each case that is known to fail; the table may name no other case."""
    strange = reasons.keys() - set(names)
    assert not strange, f"known failures that are no cases: {sorted(strange)}"
    return {name: pytest.mark.xfail(reason=reason, strict=True) for name, reason in reasons.items()}


def parameters(cases: Iterable[Case], reasons: dict[str, str] | None = None) -> list[Any]:
    """Return cases as parameters of a test, those known to fail marked so."""
    cases = list(cases)
    marks = known_wrong([case.name for case in cases], reasons or {})
    return [pytest.param(case, id=case.name, marks=[marks[case.name]] if case.name in marks else []) for case in cases]


# --- Records ------------------------------------------------------------------------------------------------


def noted(value: Any, source: Source) -> Any:
    """Return a record as a case writes it: what is not said is left out.

    Shape: ``Said`` is ``is`` (its value), ``rule``, ``quote`` (where it is not the value), ``line`` (where the
    quote stands more than once), ``manner`` (where it is not stated), ``holder``, and ``also`` for further
    evidence. Other dataclasses are their fields without the empty ones.
    """
    if isinstance(value, Said):
        return _noted_said(value, source)
    if is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: noted(getattr(value, field.name), source) for field in dataclass_fields(value)}
        return {name: shown for name, shown in fields.items() if shown not in (None, "", [], False)}
    if isinstance(value, list | tuple):
        return [noted(item, source) for item in value]
    return str(value) if isinstance(value, str) else value


def record(value: Any, source: Source) -> dict[str, Any]:
    """Return a record as a case writes it, under the name of its class."""
    return {type(value).__name__: noted(value, source)}


def _noted_said(said: Said[Any], source: Source) -> dict[str, Any]:
    first, *rest = ({"rule": e.rule, **_quoted(e.span, source)} for e in said.evidence)
    value = noted(said.value, source)
    result = first if value is None else {"is": value, **first}
    if result["quote"] == value:
        del result["quote"]
    more = {"manner": str(said.manner) if said.manner != "stated" else None, "holder": said.holder, "also": rest}
    return result | {key: shown for key, shown in more.items() if shown}


def _quoted(span: Span, source: Source) -> dict[str, Any]:
    quote = source.quote(span)
    assert quote == quote.strip() != "", f"evidence {span}: {quote!r}"
    return {"quote": quote} | ({"line": source.location(span.start).line} if source.text.count(quote) > 1 else {})


# --- Graphs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notation:
    """Short names in expected triples: ``<~/…>`` the album, ``<doc>``, ``<concept/…>``, else below ``id/``."""

    album: str
    document: str
    base: str = DEFAULT_BASE

    def triples(self, text: str) -> list[Triple]:
        """Return the triples of a Turtle fragment; prefixes are those that our files declare."""
        known = prefix_table(self.base) | {"edtf": EDTF.value.removesuffix("EDTF")}
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())
        body = text.replace("<~", f"<{self.album}").replace("<doc>", f"<{self.document}>")
        body = body.replace("<concept/", f"<{self.base}concept/")
        try:
            quads = list(parse((head + body).encode(), RdfFormat.TURTLE, name="case", base_iri=f"{self.base}id/"))
        except GraphError as error:
            raise AssertionError(f"{error}\n{body}") from error
        return [quad.triple for quad in quads]

    def claim(self, expected: dict[str, Any]) -> dict[str, Any]:
        """Return an expected claim with its IRIs written out; its keys must be known."""
        assert expected.keys() - {"says"} <= {"quotes", "lines", "rules", "manner", "holder", "confidence", "note"}
        (triple,) = self.triples(f"{expected['says']} .")
        result = {"manner": "stated"} | expected | {"says": triple}
        if "holder" in expected:
            result["holder"] = f"{self.base}id/{expected['holder']}"
        return result


def claims_of(quads: Iterable[Quad]) -> list[dict[str, Any]]:
    """Return the claims in a document's graphs, each as a case writes it."""
    about: dict[NamedNode, dict[NamedNode, list[Any]]] = {}
    for quad in quads:
        if str(quad.graph_name).endswith("/claims>"):
            assert isinstance(quad.subject, NamedNode)
            about.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return [_claim(node, about) for node in about.values() if DG.Claim in node.get(RDF.type, ())]


def _claim(node: dict[NamedNode, list[Any]], about: dict[NamedNode, dict[NamedNode, list[Any]]]) -> dict[str, Any]:
    evidence = [about[span] for span in node[DG.evidence]]
    result = {
        "says": Triple(node[RDF.subject][0], node[RDF.predicate][0], node[RDF.object][0]),
        "quotes": sorted(span[OA.exact][0].value for span in evidence),
        "lines": sorted(int(span[DG.line][0].value) for span in evidence),
        "rules": sorted(rule.value.rsplit("/", 1)[-1] for rule in node[DG.rule]),
        "manner": node[DG.manner][0].value.rsplit("/", 1)[-1] if DG.manner in node else "stated",
    }
    more = {"holder": PROV.wasAttributedTo, "confidence": DG.confidence, "note": SKOS.note}
    return result | {key: node[predicate][0].value for key, predicate in more.items() if predicate in node}


def assert_graph(case: Case, quads: Iterable[Quad], notation: Notation) -> None:
    """Fail unless the facts and derived triples hold ``facts``, not ``absent``, and the ``claims`` are there."""
    quads = list(quads)
    plain = {quad.triple for quad in quads if not str(quad.graph_name).endswith("/claims>")}
    why = case.data["why"]
    missing = [str(triple) for triple in notation.triples(case.get("facts") or "") if triple not in plain]
    assert not missing, f"{why}: missing:\n" + "\n".join(missing)
    extra = [str(triple) for triple in notation.triples(case.get("absent") or "") if triple in plain]
    assert not extra, f"{why}: there though they must not be:\n" + "\n".join(extra)
    claims = claims_of(quads)
    for expected in map(notation.claim, case.get("claims") or []):
        found = [c for c in claims if all(c.get(key) == expected.get(key) for key in ("says", "manner", "holder"))]
        assert len(found) == 1, f"{why}: {len(found)} claims {expected}"
        assert {key: found[0].get(key) for key in expected} == expected, why

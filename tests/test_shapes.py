"""Each rule finds what its examples plant, nothing else, and the same in both engines.

Examples: ``cases/shapes/<shapes file>/valid.<reason>.ttl`` and ``invalid.<RULE>.<reason>.ttl``; those of the
program checks are in ``_programs``. ``_prefixes.ttl`` stands before each. A file begins with header lines:
``# with: base`` builds on ``_base.ttl`` (``small`` likewise), ``# text: <document> <JSON string>`` is a
source text, ``# expect: <rule> <focus> <path or -> <severity>`` is a finding; focus ``_:`` is any blank node.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from discograph.checks import ENGINES, Finding, check, rules
from discograph.checks.compile import compile_shapes
from discograph.checks.engine import merged_store, run_compiled
from discograph.checks.programs import PROGRAMS
from discograph.checks.shape import targeted_shapes
from discograph.checks.shapes_graph import load_shapes, local, ontology_subclasses, sh
from discograph.errors import ShapesError
from discograph.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse
from discograph.resources import resource
from discograph.vocab import VOCABULARIES, terms

CASES = Path(__file__).parent / "cases" / "shapes"
SHAPES = resource("shapes")
PREFIXES = (CASES / "_prefixes.ttl").read_text(encoding="utf-8")
NAMESPACES = dict(re.findall(r"@prefix ([\w-]*): <([^>]*)>", PREFIXES))
INSTRUCTIONS = frozenset(
    {"Add", "Check", "Compare", "Compute", "Correct", "Give", "Keep", "Link", "Look", "Make", "Merge", "Move"}
    | {"Number", "Quote", "Read", "Remove", "Say", "See", "Split", "Take", "Trim", "Use", "Write"}
)
"""What the first word of a message may be: a message says what to do."""
PROGRAM_RULES = {program.rule.id for program in PROGRAMS}
SHAPE_RULES = [rule for rule in rules() if rule.id not in PROGRAM_RULES]

Expected = tuple[str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One example file, read."""

    path: Path
    expected: frozenset[Expected]
    quads: tuple[Quad, ...]
    texts: dict[str, str]

    @property
    def rule(self) -> str | None:
        """The rule that an invalid example is of."""
        parts = self.path.name.split(".")
        return parts[1] if parts[0] == "invalid" else None


def expand(text: str) -> str:
    """Write out the prefixed names of a focus node or path; a single one without angle brackets."""
    full = re.sub(r"([\w-]*):([\w-]+)", lambda m: f"<{NAMESPACES[m[1]]}{m[2]}>", text)
    return full[1:-1] if re.fullmatch(r"<[^<>]*>", full) else full


@cache
def read_case(path: Path) -> Case:
    verdict = re.fullmatch(r"valid\.[a-z0-9-]+\.ttl|invalid\.[A-Z]+\d+\.[a-z0-9-]+\.ttl", path.name)
    assert verdict, f"{path}: call it valid.<reason>.ttl or invalid.<RULE>.<reason>.ttl"
    text = path.read_text(encoding="utf-8")
    expected: set[Expected] = set()
    texts: dict[str, str] = {}
    before = PREFIXES
    for line in re.findall(r"^#.*$", text, re.MULTILINE):
        if match := re.fullmatch(r"# with: (base|small)", line):
            before += (CASES / f"_{match[1]}.ttl").read_text(encoding="utf-8")
        elif match := re.fullmatch(r'# text: (\S+) (".*")', line):
            texts[match[1]] = json.loads(match[2])
        elif match := re.fullmatch(r"# expect: (\S+) (\S+) (\S+) (violation|warning|info)", line):
            focus = "_:" if match[2] == "_:" else expand(match[2])
            expected.add((match[1], focus, expand(match[3]), match[4]))
        else:
            raise AssertionError(f"{path}: unknown header {line!r}")
    quads = tuple(parse((before + text).encode(), RdfFormat.TURTLE, name=str(path)))
    return Case(path, frozenset(expected), quads, texts)


def found(findings: tuple[Finding, ...] | list[Finding]) -> frozenset[Expected]:
    return frozenset(
        (f.rule, "_:" if isinstance(f.focus_node, BlankNode) else bare(f.focus_node), f.path or "-", f.severity)
        for f in findings
    )


def bare(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir() and path.name != "_programs")
PATHS = sorted(path for folder in FOLDERS for path in folder.iterdir())
PROGRAM_PATHS = sorted((CASES / "_programs").iterdir())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_example_gives_exactly_what_it_expects(path: Path) -> None:
    case = read_case(path)
    report = check(case.quads)
    assert found([f for f in report.findings if f.rule not in PROGRAM_RULES]) == case.expected
    assert (case.rule in {rule for rule, *_ in case.expected}) if case.rule else not case.expected


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_engines_agree_to_the_value(path: Path) -> None:
    quads = read_case(path).quads
    shapes = [SHAPES / f"{path.parent.name}.ttl", SHAPES / "prefixes.ttl"]  # pyshacl takes 5 s for all of them
    fast, reference = (check(quads, shapes=shapes, engine=engine) for engine in ENGINES)
    assert [f.key for f in fast.findings] == [f.key for f in reference.findings]
    assert fast.without_target == reference.without_target


@pytest.mark.parametrize("path", PROGRAM_PATHS, ids=lambda path: path.stem)
def test_program_example_gives_exactly_what_it_expects(path: Path) -> None:
    case = read_case(path)
    report = check(case.quads, texts=case.texts)
    assert found([f for f in report.findings if f.rule in PROGRAM_RULES]) == case.expected
    assert (case.rule in {rule for rule, *_ in case.expected}) if case.rule else not case.expected


def test_each_program_rule_has_a_valid_and_an_invalid_example() -> None:
    cases = [read_case(path) for path in PROGRAM_PATHS]
    assert {case.rule for case in cases if case.rule} == PROGRAM_RULES
    valid = [check(case.quads, texts=case.texts) for case in cases if case.rule is None]
    skipped = [{*report.without_target, *(item.rule for item in report.not_checked)} for report in valid]
    assert not PROGRAM_RULES.intersection(*skipped)


def test_each_shapes_file_has_a_folder_of_examples() -> None:
    stems = {path.stem for path in SHAPES.glob("*.ttl")} - {"prefixes"}
    assert {folder.name for folder in FOLDERS} == stems
    assert all(any(folder.iterdir()) for folder in FOLDERS)


@pytest.mark.parametrize("stem", [folder.name for folder in FOLDERS])
def test_each_rule_has_a_valid_and_an_invalid_example(stem: str) -> None:
    compiled = compile_shapes(load_shapes([SHAPES / f"{stem}.ttl", SHAPES / "prefixes.ttl"]), ontology_subclasses())
    stated = {shape.rule for shape in compiled.shapes}
    cases = [read_case(path) for path in PATHS if path.parent.name == stem]
    assert {case.rule for case in cases if case.rule} == stated
    looked_at: set[str] = set()
    for case in cases:
        if case.rule is None:
            outcome = run_compiled(merged_store(case.quads), compiled)
            looked_at |= stated - set(outcome.without_target)
    assert looked_at == stated, "these rules have no target in any valid example"


def test_each_part_of_a_rule_fails_in_some_example() -> None:
    compiled = compile_shapes(load_shapes([SHAPES]), ontology_subclasses())
    missed = {str(shape.node) for shape in compiled.shapes}
    for path in PATHS:
        outcome = run_compiled(merged_store(read_case(path).quads), compiled)
        messages = {(f.rule, f.message) for f in outcome.findings}
        missed -= {str(s.node) for s in compiled.shapes if (s.rule, s.message) in messages}
    assert not missed


def test_no_shape_names_a_term_that_does_not_exist() -> None:
    known = {term for vocabulary in VOCABULARIES for term in terms(vocabulary).values()}
    graph = load_shapes([SHAPES])
    targets = {value for shape in targeted_shapes(graph) for _, value in shape.targets}
    paths = {t.object for t in graph.triples if t.predicate in (sh("path"), sh("class"))}
    named = {term for term in targets | paths if isinstance(term, NamedNode)}
    assert named <= known
    # in sh:select a typo would match nothing, silently
    for triple in graph.triples:
        if triple.predicate == sh("select") and isinstance(triple.object, Literal):
            text = re.sub(r'"[^"]*"', "", triple.object.value)
            for prefix, name in re.findall(r"\b(dg|dcterms|foaf|oa|rdf|rdfs|schema|skos):(\w+)", text):
                assert NamedNode(NAMESPACES[prefix] + name) in known, f"{triple.subject}: {prefix}:{name}"


def test_a_misspelt_target_class_would_be_noticed(tmp_path: Path) -> None:
    text = (SHAPES / "place.ttl").read_text(encoding="utf-8").replace("dg:Studio ;", "dg:Stduio ;", 1)
    (tmp_path / "place.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "prefixes.ttl").write_bytes((SHAPES / "prefixes.ttl").read_bytes())
    report = check(read_case(CASES / "place" / "invalid.L1.studio-nowhere.ttl").quads, shapes=[tmp_path])
    assert "L1" in report.without_target


def test_concepts_that_shapes_name_are_in_the_lists() -> None:
    listed = resource("ontology/concepts.ttl").read_bytes()
    subjects = (quad.subject for quad in parse(listed, RdfFormat.TURTLE, name="concepts"))
    known = {subject.value for subject in subjects if isinstance(subject, NamedNode)}
    for path in SHAPES.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        for iri in re.findall(r"<(https://w3id\.org/discograph/concept/[^>]+)>", text):
            assert iri in known, f"{path.name}: {iri}"


def test_every_message_is_one_instruction() -> None:
    for shape in targeted_shapes(load_shapes([SHAPES])):
        assert shape.message.split()[0] in INSTRUCTIONS, f"{shape.node}: {shape.message}"
        assert shape.message.endswith("."), f"{shape.node}: {shape.message}"


def test_no_shape_is_left_without_a_target() -> None:
    graph = load_shapes([SHAPES])
    targeted = {shape.node for shape in targeted_shapes(graph)}
    named = {node for node in graph.subjects() if isinstance(node, NamedNode) and graph.types(node)}
    assert {local(node) for node in named - targeted} == {"shapes"}


def test_there_are_at_least_forty_eight_rules_that_one_document_can_break() -> None:
    assert len(SHAPE_RULES) >= 48


def test_a_component_that_cannot_be_compiled_is_named(tmp_path: Path) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
        "<https://e.org/s#M1> sh:targetNode <https://e.org/a> ; sh:expression <https://e.org/b> .\n",
        encoding="utf-8",
    )
    with pytest.raises(ShapesError, match=r"mine\.ttl:3:1: M1: sh:expression cannot be compiled"):
        check([], shapes=[shapes])

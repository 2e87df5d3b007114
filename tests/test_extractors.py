"""Each extractor by itself: a small text, and the records that it makes of it, or none.

Cases: ``cases/extractors/<module>/<case>.yaml`` with ``document``, ``records`` (``[]`` where there is nothing
to find; the notation is that of ``case_files.noted``) and ``problems`` (the words that they are about).
``python -m tests.test_extractors CASE…`` prints what the module makes of a case.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from discograph.document import Document, Source
from discograph.extractors import EXTRACTORS, RULES, extract, infobox, lead, losses, page
from discograph.extractors.parts import album_parts
from discograph.readers import read_rendered
from discograph.records import AlbumField, Findings
from tests.case_files import CASES, Case, parameters, record, yaml_cases

FOLDER = CASES / "extractors"
KNOWN_WRONG: dict[str, str] = {}

MODULES = {extractor.__module__.rsplit(".", 1)[-1]: sys.modules[extractor.__module__] for extractor in EXTRACTORS}
EXTRACTOR_CASES = [
    case
    for folder in sorted(FOLDER.iterdir())
    for case in yaml_cases(folder, required={"document", "records"}, optional={"problems"})
]


def test_each_module_has_a_folder() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == MODULES.keys()


@cache
def document_of(text: str) -> Document:
    return read_rendered(Source("x.txt", text))


def found(module: ModuleType, text: str) -> Findings:
    """Return what a module finds in all parts of a page."""
    parts = [module.extract(part) for part in album_parts(document_of(text))]
    assert all(isinstance(part, Findings) for part in parts)
    return Findings(
        tuple(record for part in parts for record in part.records),
        tuple(problem for part in parts for problem in part.problems),
    )


def shown(findings: Findings, source: Source) -> dict[str, Any]:
    return {
        "records": [record(each, source) for each in findings.records],
        "problems": [source.quote(problem.span) for problem in findings.problems],
    }


@pytest.mark.parametrize("case", parameters(EXTRACTOR_CASES, KNOWN_WRONG))
def test_extractor(case: Case) -> None:
    findings = found(MODULES[case.path.parent.name], case.data["document"])
    expected = {"records": case.data["records"], "problems": case.get("problems") or []}
    assert shown(findings, document_of(case.data["document"]).source) == expected, case.data["why"]


def rules_in(shown_records: Any) -> set[str]:
    """Return the rules that stand anywhere in expected records."""
    if isinstance(shown_records, dict):
        own = {shown_records["rule"]} if isinstance(shown_records.get("rule"), str) else set()
        return own.union(*map(rules_in, shown_records.values()))
    return set().union(*map(rules_in, shown_records)) if isinstance(shown_records, list) else set()


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_of_a_module_fires_in_a_case_and_every_module_has_a_case_of_nothing(module: str) -> None:
    cases = [case for case in EXTRACTOR_CASES if case.path.parent.name == module]
    fired = set().union(*(rules_in(case.data["records"]) for case in cases))
    rules = {rule.name for rule in MODULES[module].RULES}
    assert rules <= fired, f"rules without a case: {sorted(rules - fired)}"
    assert fired <= RULES.keys(), f"unknown rules: {sorted(fired - RULES.keys())}"
    assert any(case.data["records"] == [] for case in cases)


def test_all_extractors_together_find_what_each_finds() -> None:
    for case in EXTRACTOR_CASES:
        document = document_of(case.data["document"])
        together = extract(document)
        alone = [extractor(document) for extractor in EXTRACTORS]
        if not any(isinstance(r, AlbumField) and r.name in ("said", "title") for found in alone for r in found.records):
            alone = [module.extract(document) for module in (page, infobox, lead, losses)]  # a page about no album
        assert together.records == tuple(r for findings in alone for r in findings.records)
        assert together.problems == tuple(p for findings in alone for p in findings.problems)


def main(paths: list[str]) -> None:
    """Print what the modules make of cases, as YAML."""
    for path in map(Path, paths):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        module = importlib.import_module(f"discograph.extractors.{path.parent.name}")
        document = document_of(data["document"])
        result = shown(found(module, data["document"]), document.source)
        sys.stdout.write(
            yaml.safe_dump(result, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
        )


if __name__ == "__main__":
    main(sys.argv[1:])

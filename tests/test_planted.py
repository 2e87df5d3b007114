"""A copy of the export of ``seeds/`` with planted faults is refused, and the findings name the rules.

Cases: ``cases/planted/faults.yaml``, a list of ``rule``, ``why`` and the SPARQL ``update`` that plants the fault.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from discograph.checks import Severity, check
from discograph.cli.check import check as command
from tests.case_files import CASES

ROOT = Path(__file__).parents[1]
EXPORT = next((ROOT / "output").glob("*.trig"))
TEXT = ROOT / "seeds" / f"{EXPORT.stem}.txt"
FAULTS = yaml.safe_load((CASES / "planted/faults.yaml").read_text(encoding="utf-8"))
PREFIXES = """
PREFIX dg: <https://w3id.org/discograph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DOCUMENT = f"https://w3id.org/discograph/doc/{EXPORT.stem}"
GRAPHS = {"?f": "facts", "?d": "derived", "?c": "claims"}


def spoilt(faults: list[dict[str, str]]) -> Store:
    """Return the export with faults planted; each must change it."""
    store = Store()
    store.load(path=EXPORT, format=RdfFormat.TRIG)
    for fault in faults:
        update = fault["update"]
        for name, graph in GRAPHS.items():
            update = update.replace(f"GRAPH {name} ", f"GRAPH <{DOCUMENT}/{graph}> ")
        before = set(store)
        store.update(PREFIXES + update)
        assert set(store) != before, f"{fault['rule']}: the update changes nothing"
    return store


def violations(store: Store) -> list[str]:
    """Return the rules of the violations, one for each finding."""
    report = check(store, texts={TEXT.name: TEXT.read_text(encoding="utf-8")})
    return [finding.rule for finding in report.findings if finding.severity is Severity.VIOLATION]


def test_there_are_twenty_faults_of_twenty_rules() -> None:
    assert len({fault["rule"] for fault in FAULTS}) == len({fault["why"] for fault in FAULTS}) == len(FAULTS) == 20


def test_the_export_has_no_violation() -> None:
    assert violations(spoilt([])) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["rule"])
def test_each_fault_is_found_by_its_rule(fault: dict[str, str]) -> None:
    assert fault["rule"] in violations(spoilt([fault])), fault["why"]


def test_all_together_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / EXPORT.name
    spoilt(FAULTS).dump(str(path), RdfFormat.TRIG)
    result = CliRunner().invoke(command, [str(path), "--sources", str(TEXT.parent)])
    assert result.exit_code == 1
    missing = [fault["rule"] for fault in FAULTS if f"{fault['rule']}: " not in result.output]
    assert missing == []

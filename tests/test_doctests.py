"""Every example in a docstring runs and says what it prints."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import discograph

MODULES = sorted(
    m.name for m in pkgutil.walk_packages(discograph.__path__, "discograph.") if not m.name.endswith("__main__")
)


def examples(module: ModuleType) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder(exclude_empty=True).find(module) if test.examples]


def slips(test: doctest.DocTest) -> list[str]:
    """Return the examples that show nothing though they must: bare values, or all of a docstring."""
    silent = [example for example in test.examples if not example.want]
    if len(silent) == len(test.examples):
        return [example.source for example in silent]
    return [example.source for example in silent if is_value(example.source)]


def is_value(source: str) -> bool:
    """Tell whether an example is an expression with a value; a call may have none."""
    statement = ast.parse(source).body[0]
    return isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Call)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    reports: list[str] = []
    for test in examples(module):
        assert not slips(test), f"{test.name}: an example without its output"
        runner.run(test, out=reports.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(reports)


def test_there_are_examples() -> None:
    assert sum(len(test.examples) for name in MODULES for test in examples(importlib.import_module(name))) > 20

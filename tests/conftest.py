"""What holds for all tests: in CI a test may not be skipped because its tool is missing."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

MAY_SKIP = ("root may write everywhere", "no /dev/full here", "no small disk here")
"""Reasons that lie in the machine's nature; every other skip means a tool that ``.ci/run`` must install."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where the environment variable CI is set."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if reason.removeprefix("Skipped: ") not in MAY_SKIP:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: must not be skipped in CI: {reason}"
    return report

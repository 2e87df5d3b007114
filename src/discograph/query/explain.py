"""How the engine goes about a query: the plan that the program ``oxigraph`` tells, with rows and times.

The engine inside discograph is the same (pyoxigraph), but its Python interface tells no plan.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from discograph.errors import QueryError, QueryTimeoutError
from discograph.namespaces import DEFAULT_BASE
from discograph.query import scan
from discograph.query.prologue import with_prologue
from discograph.query.run import needs_union, run
from discograph.rdf import Store

_MISSING = "the plan is told by the program oxigraph, which is not here; install it: pip install oxigraph"


def explain(
    store: Store,
    sparql: str,
    *,
    folder: Path | None = None,
    name: str = "query",
    base_iri: str = DEFAULT_BASE,
    timeout_seconds: float | None = None,
) -> str:
    """Return the plan of a query, one line for each operation, those that feed it indented below.

    Shape: each line ends in the number of rows that the operation gave and the seconds that it took with
    what is below it; the query is run for this. ``folder`` is where the store lies; without it, a copy of
    the store is laid into a temporary folder.
    Raises: QueryError if the program is not installed or the query malformed; QueryTimeoutError.
    """
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        raise QueryError(_MISSING)
    run(Store(), sparql, name=name, base_iri=base_iri)  # says where a query is malformed
    union = needs_union(store, scan.tokens(sparql))
    with tempfile.TemporaryDirectory(prefix="discograph-") as temporary:
        work = Path(temporary)
        place = folder or _copy(store, work / "store")
        (work / "query.rq").write_text(with_prologue(sparql, base_iri), encoding="utf-8")
        command = [program, "query", "--location", str(place), "--query-file", str(work / "query.rq")]
        command += ["--results-file", str(work / "result"), "--results-format", _format(sparql)]
        command += ["--explain-file", str(work / "plan.json"), "--stats"]
        command += ["--union-default-graph"] if union else []
        try:
            ended = subprocess.run(command, capture_output=True, check=False, timeout=timeout_seconds)
        except subprocess.TimeoutExpired as error:
            raise QueryTimeoutError(f"no plan within {timeout_seconds:g} s: the query is run for it") from error
        if ended.returncode or not (work / "plan.json").is_file():
            raise QueryError(f"{name}: no plan: {_last_line(ended.stderr)}")
        plan = json.loads((work / "plan.json").read_bytes())["plan"]
    return "".join(f"{line}\n" for line in _lines(plan, ""))


def _copy(store: Store, folder: Path) -> Path:
    copy = Store(str(folder))
    copy.bulk_extend(store)
    for graph in store.named_graphs():
        copy.add_graph(graph)
    copy.flush()
    del copy  # closes it; the program opens it next
    return folder


def _format(sparql: str) -> str:
    form = next((t.text.upper() for t in scan.after_prologue(scan.tokens(sparql)) if t.kind == "word"), "")
    return "nt" if form in ("CONSTRUCT", "DESCRIBE") else "json"


def _lines(node: Mapping[str, Any], indent: str) -> Iterator[str]:
    rows, seconds = node.get("number of results"), node.get("duration in seconds")
    yield f"{indent}{node['name']}" + (f"  [rows {rows}, {seconds:.4f} s]" if rows is not None else "")
    for child in node["children"]:
        yield from _lines(child, indent + "  ")


def _last_line(data: bytes) -> str:
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.startswith("Error")]
    return lines[0] if lines else "oxigraph gave no reason"

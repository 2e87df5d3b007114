"""The command line as its user meets it: help, exit codes, and where each word goes."""

from __future__ import annotations

import csv
import gzip
import importlib
import importlib.util
import io
import os
import pty
import subprocess
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import discograph.cli as cli
from discograph import __version__
from discograph.cli import options, progress
from discograph.errors import DiscographError
from discograph.rdf import RdfFormat, Store, parse
from tests.endpoints import program
from tests.process import environment, run

GRAPH = Path(__file__).parent / "cases" / "query" / "graph.trig"
TITLES = "SELECT ?title { ?album a dg:Album ; dcterms:title ?title }"
PRESENT = [command for command in cli.COMMANDS if importlib.util.find_spec(command.module)]


def _python(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, timeout=60, check=False)


def _fake(monkeypatch: pytest.MonkeyPatch, body: Callable[[], object]) -> None:
    """Put a command ``fake`` beside the real ones."""
    module = types.ModuleType("discograph.cli.fake")
    module.fake = click.command("fake")(body)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(cli, "COMMANDS", (*cli.COMMANDS, cli.LazyCommand("fake", module.__name__, "Do it.")))


# Help.


def test_help_lists_every_command_with_examples() -> None:
    result = CliRunner().invoke(cli.discograph, ["--help"])
    assert result.exit_code == 0
    assert all(f"{command.name} " in result.output and command.summary in result.output for command in cli.COMMANDS)
    assert "Examples:\n    discograph export" in result.output


@pytest.mark.parametrize("command", PRESENT, ids=lambda command: command.name)
def test_help_of_every_command_teaches_with_an_example(command: cli.LazyCommand) -> None:
    result = CliRunner().invoke(cli.discograph, [command.name, "--help"])
    assert result.exit_code == 0
    assert f"    discograph {command.name} " in result.output, "an epilog kept as written, with examples"


@pytest.mark.parametrize("command", PRESENT, ids=lambda command: command.name)
def test_summary_is_the_first_line_of_the_command_itself(command: cli.LazyCommand) -> None:
    found = getattr(importlib.import_module(command.module), command.name)
    assert (found.help or "").partition("\n")[0] == command.summary


def test_help_imports_nothing_heavy() -> None:
    heavy = {"rich", "pyoxigraph", "yaml", "rdflib", "pyshacl", "importlib.metadata"}
    script = (
        "import sys; from discograph.cli import run\n"
        "try: run(['--help'])\n"
        "finally: print('LOADED', *sys.modules, file=sys.stderr)"
    )
    result = _python("-c", script)
    assert result.stdout.startswith(b"Usage: discograph")
    assert not heavy & set(result.stderr.decode().split("LOADED")[1].split())


def test_version() -> None:
    assert CliRunner().invoke(cli.discograph, ["--version"]).output == f"discograph {__version__}\n"


def test_command_whose_module_is_missing_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (cli.LazyCommand("gone", "discograph.cli.gone", "Not here."),))
    assert cli.run(["--help"]) == 0
    assert cli.run(["gone"]) == cli.EXIT_FAILED
    assert capsys.readouterr().err == "error: this installation lacks the command 'gone'; reinstall discograph\n"


# Exit codes.


def _raise(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


def _exit_with_findings() -> None:
    click.get_current_context().exit(1)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (lambda: None, 0, ""),
        (_exit_with_findings, 1, ""),
        (_raise(click.UsageError("no such thing")), 2, "Error: no such thing\n"),
        (_raise(click.FileError("x", "gone")), 3, "Error: Could not open file 'x': gone\n"),
        (_raise(DiscographError("a.txt: not readable")), 3, "error: a.txt: not readable\n"),
        (
            _raise(FileNotFoundError(2, "No such file or directory", "x")),
            3,
            "error: x: No such file or directory\n",
        ),
        (_raise(OSError("disk on fire")), 3, "error: disk on fire\n"),
        (_raise(KeyboardInterrupt()), 130, "\n"),
        (
            _raise(RuntimeError("oops")),
            3,
            "error: this is a bug in discograph; please report it with the lines above\n",
        ),
    ],
)
def test_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    body: Callable[[], object],
    code: int,
    message: str,
) -> None:
    _fake(monkeypatch, body)
    assert cli.run(["fake"]) == code
    err = capsys.readouterr().err
    assert err.endswith(message)
    assert ("Traceback" in err) == ("bug" in message)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["query", "-e", "ASK {}", str(GRAPH)], 0),
        (["query", "-e", "SELECT * { ?s a dg:Film }", str(GRAPH)], 0),
        (["nonsense"], 2),
        (["query"], 2),
        (["query", "-e", "ASK {}"], 2),
        (["query", "-e", "ASK {}", "--format", "ttx", str(GRAPH)], 2),
        (["query", "-e", "ASK {", str(GRAPH)], 3),
        (["query", "-e", "ASK {}", "missing.ttl"], 3),
    ],
)
def test_exit_code_of_a_real_process(arguments: list[str], code: int) -> None:
    result = _python("-m", "discograph", *arguments)
    assert result.returncode == code, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert (code == 0) == (b"rror: " not in result.stderr)


@pytest.mark.parametrize("arguments", [["--help"], ["query", "-e", TITLES, str(GRAPH)]])
def test_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "discograph", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # long before the interpreter is up
        assert process.stderr.read() == b""
    assert process.returncode == cli.EXIT_PIPE_CLOSED


# Shared options.


@pytest.mark.parametrize("iri", ["https://example.org/", "https://example.org/ns#", "urn:x:/"])
def test_base_iri_is_taken(iri: str) -> None:
    command = click.command()(options.base_iri_option(lambda base_iri: click.echo(base_iri)))
    assert CliRunner().invoke(command, ["--base-iri", iri]).output == f"{iri}\n"


@pytest.mark.parametrize("iri", ["", "example.org/", "https://example.org", "https://exa mple.org/", "/x/", "a:<b>/"])
def test_base_iri_that_no_name_can_follow_is_wrong_usage(iri: str) -> None:
    command = click.command()(options.base_iri_option(lambda base_iri: click.echo(base_iri)))
    result = CliRunner().invoke(command, ["--base-iri", iri])
    assert result.exit_code == 2
    assert "not an absolute IRI that ends in / or #" in result.output


def test_format_may_be_given_several_times() -> None:
    decorate = options.format_option(("a", "b", "c"), help="Which.", default="a", multiple=True)
    command = click.command()(decorate(lambda format_names: click.echo(" ".join(format_names))))
    assert CliRunner().invoke(command, []).output == "a\n"
    assert CliRunner().invoke(command, ["-f", "b", "-f", "c"]).output == "b c\n"


# Progress.


def test_progress_is_silent_in_a_pipe_and_when_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "DELAY_SECONDS", 0.0)
    assert list(progress.track(iter("abc"), "Reading")) == ["a", "b", "c"]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.track("abc", "Reading", quiet=True)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_progress_of_fast_work_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "DELAY_SECONDS", 3600.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.track("abc", "Reading")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("items", ["abc", iter("abc")])
def test_progress_of_slow_work_is_shown_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], items: str
) -> None:
    monkeypatch.setattr(progress, "DELAY_SECONDS", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.track(items, "Reading")) == ["a", "b", "c"]
    captured = capsys.readouterr()
    assert "Reading" in captured.err
    assert captured.out == ""


# discograph query.


def test_query_from_the_command_line_a_file_and_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / "titles.rq").write_text(f"#+ summary: Titles of albums\n#+ number: 3\n{TITLES}\n")
    monkeypatch.setattr("discograph.query.named.resource", lambda name: folder if "questions" in name else tmp_path)
    assert cli.run(["query", "-e", TITLES, str(GRAPH)]) == 0
    expected = 'title\n--------------\nSay "Yes", now\nSecond\n'
    assert capsys.readouterr().out == expected
    assert cli.run(["query", str(folder / "titles.rq"), str(GRAPH)]) == 0
    assert capsys.readouterr().out == expected
    assert cli.run(["query", "titles", str(GRAPH)]) == 0
    assert capsys.readouterr().out == expected


def test_list_shows_number_name_and_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q").mkdir()
    header = "#+ summary: Titles\n#+ question: Which?\n#+ number: 3\n#+ parameter: least integer Fewest\n"
    (tmp_path / "q" / "titles.rq").write_text(f"{header}SELECT ?x {{ VALUES ?least {{ 2 }} }}\n")
    monkeypatch.setattr(
        "discograph.query.named.resource", lambda name: tmp_path / ("q" if "questions" in name else "t")
    )
    assert cli.run(["query", "--list"]) == 0
    assert capsys.readouterr().out == (
        "number  name    question  parameters\n------  ------  --------  -----------\n"
        "     3  titles  Which?    --least (2)\n"
    )
    assert cli.run(["query", "--list", "--format", "csv"]) == 0
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1] == [
        *("3", "titles", "Which?", "--least (2)", "Titles")
    ]
    assert cli.run(["query", "--list", "nothing", "-f", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_output_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", "-e", TITLES, str(GRAPH), "-f", "csv", "-o", str(tmp_path / "x.csv")]) == 0
    assert (tmp_path / "x.csv").read_bytes() == b'title\r\n"Say ""Yes"", now"\r\nSecond\r\n'
    assert cli.run(["query", "-e", TITLES, str(GRAPH), "-o", str(tmp_path / "no" / "x")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "cannot be written" in captured.err


def test_no_rows_is_said_but_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    none = ["query", "-e", "SELECT ?x { ?x a dg:Film }", str(GRAPH)]
    assert cli.run(none) == 0
    assert capsys.readouterr() == ("x\n-\n", "no rows\n")
    assert cli.run([*none, "--quiet"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no query: give a name, a file or -e SPARQL; for example:"),
        (["-e", "ASK {}"], "no SOURCE: say which documents, graph files, store or endpoint to ask; for example:"),
        ([str(GRAPH)], "is a source; for example:"),
        (["no-such-query-at-all", str(GRAPH)], "no query is named 'no-such-query-at-all'"),
        (
            ["who-played", str(GRAPH), "--albun", "x"],
            "no such option: --albun; did you mean --album?",
        ),
        (["who-played", str(GRAPH), "--track"], "--track: no value"),
        (["who-played", str(GRAPH), "--track", "five"], "--track: expected a whole number, got 'five'"),
        (["missing.rq", str(GRAPH)], "missing.rq: cannot be read: No such file or directory"),
    ],
)
def test_what_is_missing_is_said_with_an_example(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert cli.run(["query", *arguments]) in (2, 3)
    assert message in " ".join(capsys.readouterr().err.split())


CORPUS = Path(__file__).parent / "cases" / "corpus" / "graph.trig"


def test_parameters_of_a_named_query_and_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["query", "who-played", str(CORPUS), "--album=north pier", "--track", "2", "-f", "csv"]
    assert cli.run(asked) == 0
    expected = ["title,track,player,played,how", "North Pier,2,Bo Lind,piano,implied"]
    assert capsys.readouterr().out.splitlines() == expected
    header = "#+ parameter: who person A person\n"
    (tmp_path / "q.rq").write_text(f"{header}SELECT ?l {{ VALUES ?who {{ UNDEF }} ?who a dg:Person ; rdfs:label ?l }}")
    assert cli.run(["query", "--who", "DI FANE", str(tmp_path / "q.rq"), str(CORPUS), "-f", "csv"]) == 0
    assert capsys.readouterr().out.splitlines() == ["l", "Di Fané"]


def test_packed_graph_files_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = gzip.compress(GRAPH.read_bytes())
    (tmp_path / "graph.trig.gz").write_bytes(packed)
    for source in (tmp_path, tmp_path / "graph.trig.gz"):
        assert cli.run(["query", "-e", TITLES, str(source), "-f", "csv"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 3
    for damaged, message in ((packed[:-30], "cannot be read: Compressed file ended"), (b"<a:a>", "Not a gzipped file")):
        (tmp_path / "graph.trig.gz").write_bytes(damaged)
        assert cli.run(["query", "-e", TITLES, str(tmp_path)]) == 3
        assert message in capsys.readouterr().err


def test_source_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCOGRAPH_SOURCE", str(CORPUS))
    assert cli.run(["query", "albums-of", "--artist", "kit ray", "-f", "csv"]) == 0
    assert "Box of Piers" in capsys.readouterr().out


def test_plan_shows_rows_of_each_operation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program("oxigraph")
    store = Store(str(tmp_path / "store"))
    store.extend(parse(CORPUS.read_bytes(), RdfFormat.TRIG, name="corpus"))
    store.flush()
    del store
    for source in (CORPUS, tmp_path / "store"):
        assert cli.run(["query", "albums-of", str(source), "--artist", "kit ray", "--explain"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("Distinct(Hash)  [rows 1, ")
        assert any("QuadPattern(?album <https://w3id.org/discograph/ns#artist>" in line for line in lines)
    assert cli.run(["query", "-e", "SELECT {", str(CORPUS), "--explain"]) == 3
    assert "query:1:8: '{' is never closed" in capsys.readouterr().err


@pytest.mark.parametrize("is_store", [False, True])
def test_a_query_that_takes_too_long_is_given_up(tmp_path: Path, is_store: bool) -> None:
    source = CORPUS
    if is_store:
        store = Store(str(tmp_path / "store"))
        store.extend(parse(CORPUS.read_bytes(), RdfFormat.TRIG, name="corpus"))
        store.flush()
        del store
        source = tmp_path / "store"
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    code, out, err = run("query", "-e", endless, source, "--timeout", "0.3", cwd=tmp_path)
    assert (code, out) == (3, "")
    assert err.startswith("error: no answer within 0.3 s; give it more time with --timeout")


def test_long_results_are_paged_at_a_terminal(tmp_path: Path) -> None:
    """The pager gets what outgrows the screen, and nothing else goes through it."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/paged: /'\n")
    pager.chmod(0o755)
    for asked, is_paged in (("SELECT * { ?s ?p ?o }", True), ("ASK {}", False)):
        command = [sys.executable, "-m", "discograph", "query", "-e", asked, str(CORPUS)]
        shown = _at_terminal(command, environment(PAGER=str(pager), COLUMNS="60", LINES="20", TERM="xterm"))
        assert shown.startswith("paged: " if is_paged else "true")
        assert max(map(len, shown.splitlines())) <= 60 + len("paged: ")


def _at_terminal(command: list[str], variables: Mapping[str, str]) -> str:
    """Return what a command writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=theirs, stdin=theirs, stderr=subprocess.DEVNULL, env=dict(variables)
    ) as process:
        os.close(theirs)
        data = b""
        try:
            while part := os.read(ours, 65536):
                data += part
        except OSError:  # how Linux says that the other side has gone
            pass
        assert process.wait(timeout=60) == 0
    os.close(ours)
    return data.decode().replace("\r\n", "\n")


def test_query_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.rq").write_bytes(b"ASK { \xff }")
    assert cli.run(["query", str(tmp_path / "x.rq"), str(GRAPH)]) == 3
    assert "not UTF-8 at byte 6" in capsys.readouterr().err


@pytest.fixture
def same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay two documents of one name, each with its sidecar, in two folders."""
    monkeypatch.chdir(tmp_path)
    for folder, title in (("one", "Blue Train"), ("two", "Low Tide")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"= {title} =\n\n{title} is an album by Ada Moss.\n", encoding="utf-8")
        claim = f"document: x.txt\nclaims:\n  - {{quote: by, says: [[~, skos:note, about {title}]]}}\n"
        (tmp_path / folder / "x.claims.yaml").write_text(claim, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("sources", [["one", "two"], ["two", "one"]])
def test_documents_with_one_name_have_graphs_and_sidecars_of_their_own(
    same_names: Path, capsys: pytest.CaptureFixture[str], sources: list[str]
) -> None:
    asked = """SELECT ?d ?note { GRAPH ?g { ?claim rdf:object ?note ; rdf:predicate skos:note ; dg:evidence ?e .
        ?e prov:wasQuotedFrom ?d } } ORDER BY ?d"""
    assert cli.run(["query", "-e", asked, *sources, "-f", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))[1:]
    base = "https://w3id.org/discograph/doc/"
    assert rows == [[f"{base}x", "about Blue Train"], [f"{base}x-2", "about Low Tide"]]


def test_tables_tell_documents_with_one_name_apart_by_path(
    same_names: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (same_names / "y.txt").write_text("= Tide =\n\nTide is an album by Ada Moss.\n", encoding="utf-8")
    assert cli.run(["tables", "two", "one", "y.txt", "one/x.txt", "-t", "album", "-f", "csv", "-q"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    named = [(row["source"], row["title"]) for row in rows]
    assert named == [("two/x.txt", "Low Tide"), ("one/x.txt", "Blue Train"), ("y.txt", "Tide")]


def test_a_document_that_is_named_twice_is_read_once(same_names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ["one", str(same_names / "one" / "x.txt"), "two/../one"]
    assert cli.run(["query", "-e", "SELECT ?d { ?d a dg:SourceDocument }", *again, "-f", "csv"]) == 0
    assert capsys.readouterr().out.split() == ["d", "https://w3id.org/discograph/doc/x"]

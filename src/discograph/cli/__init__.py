"""The command line: one group, one module for each command, imported when the command runs.

Exit codes: 0 done and clean, 1 findings (a command calls ``ctx.exit(1)``), 2 wrong usage, 3 could not do
it, 130 interrupted, 141 the reader of a pipe went away. A bug keeps its traceback and is a 3 as well:
Python's own 1 would read as "findings".
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import click

from discograph import __version__
from discograph.errors import DiscographError

EXIT_USAGE = 2
EXIT_FAILED = 3
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """One command: its name, the module that holds it under that name, and its line in ``--help``."""

    name: str
    module: str
    summary: str


COMMANDS = (
    LazyCommand("export", "discograph.cli.export", "Turn documents into checked graph files."),
    LazyCommand("check", "discograph.cli.check", "Find what is wrong with documents or graphs."),
    LazyCommand("query", "discograph.cli.query", "Ask documents or graphs a question in SPARQL, or by name."),
    LazyCommand("explain", "discograph.cli.explain", "Show all that is known of a thing, with the words that say so."),
    LazyCommand("diff", "discograph.cli.diff", "Show what changed from one export to another, in album terms."),
    LazyCommand("load", "discograph.cli.load", "Bring documents or graphs into a triple store."),
    LazyCommand("tables", "discograph.cli.tables", "Write what documents say as tables, for a spreadsheet."),
    LazyCommand("coverage", "discograph.cli.coverage", "Show what of documents nobody reads."),
    LazyCommand("evaluate", "discograph.cli.evaluate", "Compare what documents say with what a person read in them."),
)
"""The commands in the order of the help text, which is the order in which people need them."""

_EPILOG = """\b
Examples:
  discograph export seeds -o output
  discograph check output
  discograph query --list
  discograph query players seeds

\b
Exit codes: 0 done and clean, 1 findings, 2 wrong usage, 3 could not do it.
"""


class PipeClosedError(Exception):
    """The reader of our output went away; click itself would turn this into exit code 1."""


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of ``COMMANDS``."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of that name.

        Raises: DiscographError if the command is known but this installation lacks its module.
        """
        record = next((command for command in COMMANDS if command.name == cmd_name), None)
        if record is None:
            return None
        try:
            module = importlib.import_module(record.module)
        except ModuleNotFoundError as error:
            if error.name != record.module:
                raise
            raise DiscographError(f"this installation lacks the command {cmd_name!r}; reinstall discograph") from error
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command), record.module
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from ``COMMANDS``; click's own would import each."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.summary) for command in COMMANDS])

    def make_context(self, *args: Any, **keywords: Any) -> click.Context:
        """Parse the arguments, as click does; ``--help`` writes here already."""
        with _pipe_errors():
            return super().make_context(*args, **keywords)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, as click does."""
        with _pipe_errors():
            return super().invoke(ctx)


@contextmanager
def _pipe_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise PipeClosedError from error


@click.group(cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def discograph() -> None:
    """Turn articles about albums into a music knowledge graph.

    Each triple can be traced to the words that say so.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process; the console script.

    Shape: ``arguments`` without the program's name; None takes those of the process.
    Raises: SystemExit with one of the exit codes above, always.
    """
    collect_seldom()
    sys.exit(run(arguments))


def collect_seldom() -> None:
    """Let Python look for cyclic garbage seldom, in the whole process.

    Why: documents make none (``tests/test_mapping.py``), and each look goes through every record of the documents
    read so far, which takes a third of the time of an export.
    """
    gc.set_threshold(100_000, 50, 100)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; what went wrong is on stderr."""
    try:
        code = discograph.main(arguments, prog_name="discograph", standalone_mode=False)
        sys.stdout.flush()  # here and not at the interpreter's end, where an error could not be told
        return code if isinstance(code, int) else 0
    except (PipeClosedError, BrokenPipeError):
        # What is still buffered goes nowhere; without this, Python complains about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return EXIT_PIPE_CLOSED
    except (click.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE if isinstance(error, click.UsageError) else EXIT_FAILED
    except DiscographError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
    except SystemExit:
        raise
    except BaseException:  # Rust panics, too, which are no Exception
        return _is_a_bug()


def _failed(message: str) -> int:
    click.echo(f"error: {message}", err=True)
    return EXIT_FAILED


def _is_a_bug() -> int:
    import traceback

    click.echo(traceback.format_exc(), err=True, nl=False)
    return _failed("this is a bug in discograph; please report it with the lines above")

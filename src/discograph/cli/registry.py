"""``--registry``: the table of names and IRIs that commands share, so that a thing keeps its IRI in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discograph.cli.options import Decorated

if TYPE_CHECKING:
    from discograph.mapping.registry import Registry


def registry_option(command: Decorated) -> Decorated:
    """Add ``--registry``: a Path as ``registry_file``, None if it is not given."""
    return click.option(
        "--registry",
        "registry_file",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Table of names and their IRIs: those in it are kept; export and load add new ones, and make it if it is "
        "not there.",
    )(command)


@contextmanager
def registry_of(path: Path | None, *, is_kept: bool) -> Iterator[Registry | None]:
    """Give the registry of a file, None without one; what was added to it is written at the end if it is to be kept.

    Raises: SourceError if it cannot be read; OutputError if it cannot be written. After an error nothing is written.
    """
    if path is None:
        yield None
        return
    from discograph.mapping.registry import read_registry  # of no use to most runs, and slow to import
    from discograph.serializers import write_file

    registry = read_registry(path)
    yield registry
    if is_kept:
        write_file(path, registry.to_bytes())

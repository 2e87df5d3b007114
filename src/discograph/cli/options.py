"""Options that several commands share: one name, one meaning, one help text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from discograph.forms import AUTO, FORMS
from discograph.namespaces import DEFAULT_BASE

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

# RFC 3987, section 2.2: a scheme, and none of the characters that an IRI cannot hold.
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')


def absolute_iri(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Return the value of an option that is an IRI, if it is given. Raises: BadParameter."""
    if value is not None and not _IRI.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not an absolute IRI")
    return value


def _base_iri(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not _IRI.fullmatch(value) or value[-1] not in "/#":
        raise click.BadParameter(f"{value!r} is not an absolute IRI that ends in / or #, such as {DEFAULT_BASE}")
    return value


def base_iri_option(command: Decorated) -> Decorated:
    """Add ``--base-iri``: where every IRI that we mint begins."""
    return click.option(
        "--base-iri",
        metavar="IRI",
        callback=_base_iri,
        default=DEFAULT_BASE,
        show_default=True,
        help="What the IRIs of albums, people and documents begin with.",
    )(command)


def input_form_option(command: Decorated) -> Decorated:
    """Add ``--input-form``: how documents are to be read."""
    return click.option(
        "--input-form",
        "form",
        type=click.Choice((AUTO, *FORMS)),
        default=AUTO,
        show_default=True,
        help="Form of the documents: rendered text with title line and infobox, MediaWiki's plain extract, or markup; "
        "auto goes by the extension, and by what a text looks like.",
    )(command)


def quiet_option(command: Decorated) -> Decorated:
    """Add ``--quiet``: errors only."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks; errors only.")(command)


def output_option(
    *,
    help: str,  # noqa: A002 - click's own name for it
    default: str | None = None,
) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds ``--output``: a Path, or None where the default is standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=default,
        show_default=default is not None,
        help=help,
    )


def format_option(
    names: Sequence[str],
    *,
    help: str,  # noqa: A002 - click's own name for it
    default: str | None = None,
    multiple: bool = False,
) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds ``--format``: one of ``names`` (a tuple of them with ``multiple``).

    Shape: the parameter is called ``format_name``, or ``format_names`` with ``multiple``.
    """
    return click.option(
        "-f",
        "--format",
        "format_names" if multiple else "format_name",
        type=click.Choice(names),
        default=[default] if multiple and default else default,
        multiple=multiple,
        show_default=default is not None,
        help=help,
    )


def sources_argument(*, required: bool = True) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds ``SOURCE…``: paths, which whoever opens them finds or not."""
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=required, type=click.Path(path_type=Path))

"""Files of a git revision, laid out in a folder of their own so that everything can read them as files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from discograph.errors import SourceError

DEFAULT_PATH = "output"
_PREFIX = "git:"
_MODE_FILE = ("100644", "100755")
_SECONDS = 120


class Revision(NamedTuple):
    """A path at a revision: ``path`` is relative to the current folder, like every path of the command line."""

    name: str
    path: str


def parse_revision(text: str) -> Revision | None:
    """Return what ``git:REV``, ``git:REV:PATH`` or ``REV:PATH`` names; None for anything that is none of them.

    Shape: without a path it is ``output``. A file or folder that has such a name is meant first: look before.

    >>> parse_revision("git:v1.0")
    Revision(name='v1.0', path='output')
    >>> parse_revision("HEAD~1:seeds/x.txt")
    Revision(name='HEAD~1', path='seeds/x.txt')
    >>> parse_revision("output") is None
    True
    """
    is_marked = text.startswith(_PREFIX)
    name, colon, path = text.removeprefix(_PREFIX).partition(":")
    if not name or (not is_marked and not (colon and path)):
        return None
    if not is_marked and re.fullmatch("[A-Za-z]", name):  # C:\articles
        return None
    return Revision(name, path or DEFAULT_PATH)


def check_out(revision: Revision, folder: Path) -> Path:
    """Write the files of a revision below a folder; return where the path lies there.

    Shape: regular files only; the working tree and the index are not touched. Files beside a file that the path
    names come along, because a sidecar or an index of titles may stand there.
    Raises: SourceError if git is not there, or knows no such revision or path; with git's own words.
    """
    path = Path(revision.path)
    if revision.name.startswith("-"):
        raise SourceError(f"{revision.name!r} is not a git revision; give a commit, branch or tag")
    here = _existing(path)
    commit = _git(
        here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision.name}^{{commit}}", what=revision
    )
    inner = _inside(here, path)
    kind = _git(here, "cat-file", "-t", f"{commit}:{inner}".rstrip("/"), what=revision) if inner else "tree"
    listed = inner if kind == "tree" else inner.rpartition("/")[0]
    for name, digest in _files(here, f"{commit}:{listed}"):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_run(here, "cat-file", "blob", digest).stdout)
    return folder if kind == "tree" else folder / inner.rpartition("/")[2]


def _existing(path: Path) -> Path:
    """Return the nearest folder on the way to a path that is there now; the path itself may be gone since."""
    folder = path if path.is_dir() else path.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _inside(here: Path, path: Path) -> str:
    """Return a path as git has it: from the top of its repository, with slashes; "" for the top."""
    top = Path(_git(here, "rev-parse", "--show-toplevel", what=Revision("HEAD", str(path)))).resolve()
    inside = (here.resolve().relative_to(top) / path.relative_to(here)).as_posix()
    return "" if inside == "." else inside


def _files(here: Path, tree: str) -> list[tuple[str, str]]:
    """Return path and digest of each regular file of a tree."""
    listing = _run(here, "ls-tree", "-r", "-z", "--full-tree", tree).stdout.decode("utf-8", "surrogateescape")
    found = []
    for entry in filter(None, listing.split("\0")):
        about, _, name = entry.partition("\t")
        mode, kind, digest = about.split()
        if kind == "blob" and mode in _MODE_FILE:
            found.append((name, digest))
    return found


def _git(here: Path, *arguments: str, what: Revision) -> str:
    """Return what git says in one line."""
    ended = _run(here, *arguments, is_checked=False)
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        where = f"{what.name}:{what.path}"
        raise SourceError(f"{where}: git knows no such revision or path{f' ({said})' if said else ''}; see git log")
    return ended.stdout.decode("utf-8", "surrogateescape").strip()


def _run(here: Path, *arguments: str, is_checked: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(here), *arguments]
    try:
        ended = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    except FileNotFoundError as error:
        raise SourceError("git is not installed, so no revision can be read; install it, or give folders") from error
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"git did not answer in {_SECONDS} seconds: {' '.join(command)}") from error
    if is_checked and ended.returncode:
        raise SourceError(f"git could not read it: {ended.stderr.decode('utf-8', 'replace').strip()}")
    return ended

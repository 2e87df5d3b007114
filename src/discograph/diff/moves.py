"""Tracks that stayed and got other numbers: runs of them are one change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from discograph.diff.change import Change, Kind, State
from discograph.diff.phrases import track_numbers
from discograph.diff.side import Sides
from discograph.rdf import NamedNode


class _Move(NamedTuple):
    holder: str
    before: int
    after: int
    old: NamedNode
    new: NamedNode


def moved_tracks(sides: Sides) -> Iterator[Change]:
    """Yield one change for each run of tracks that moved together."""
    run: list[_Move] = []
    for move in sorted(_moves(sides)):
        if run and not _goes_on(run[-1], move):
            yield _change(sides, run)
            run = []
        run.append(move)
    if run:
        yield _change(sides, run)


def _moves(sides: Sides) -> Iterator[_Move]:
    for old, new in sides.alignment.new_of.items():
        if sides.old.snapshot.families.get(old) != "track":
            continue
        before, after = sides.old.phrases.number(old), sides.new.phrases.number(new)
        if before is not None and after is not None and before != after:
            yield _Move(old.value.rpartition("/track/")[0], before, after, old, new)


def _goes_on(last: _Move, move: _Move) -> bool:
    steps = move.before - last.before, move.after - last.after
    return last.holder == move.holder and steps == (1, 1)


def _change(sides: Sides, run: list[_Move]) -> Change:
    first = run[0]
    before, after = track_numbers([m.before for m in run]), track_numbers([m.after for m in run])
    thing = sides.old.phrases.track(first.old) if len(run) == 1 else before
    text = f"{thing} {'is' if len(run) == 1 else 'are'} now {after}"
    return Change(
        Kind.CHANGED,
        sides.album(sides.new, first.new),
        thing,
        "track",
        "number",
        State(before.partition(" ")[2], first.old),
        State(after.partition(" ")[2], first.new),
        text,
        (),
        sides.new.rank(first.new, text),
    )

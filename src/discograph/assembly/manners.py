"""A part of a statement is said no more firmly than the whole: what hangs on a hedged clause is hedged."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from discograph.records import Manner, Said

R = TypeVar("R")


def with_manner_of_whole(record: R) -> R:
    """Return a record with its parts in the manner of the whole, where the whole is not asserted.

    Shape: the whole is the field ``said``; a record without one, or that is stated or implied, stays as it is.
    """
    said = getattr(record, "said", None)
    if not isinstance(said, Said) or said.manner.is_asserted:
        return record
    lowered: R = _lowered(record, said.manner)
    return lowered


def _lowered(value: Any, manner: Manner) -> Any:
    if isinstance(value, Said):
        return replace(value, manner=manner) if value.manner.is_asserted else value
    if isinstance(value, tuple):
        return tuple(_lowered(item, manner) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _lowered(getattr(value, field.name), manner) for field in fields(value)})
    return value

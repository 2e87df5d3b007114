"""One certificate for what table and prose say of one grant."""

from __future__ import annotations

from dataclasses import replace

from discograph.records import CertificationRecord, PlaceRecord, Said, merged
from discograph.values.certificates import certifier, level_label
from discograph.values.patterns import fold


def merge_certifications(records: list[CertificationRecord]) -> list[CertificationRecord]:
    """Return the certificates, each once, in the order in which the text first names them.

    Method: two records are of one grant if level, and territory or body, agree and nothing parts them. One
    that tells neither territory nor body may be any of its level: it is left out where one is told in full.
    """
    found: list[CertificationRecord] = []
    for record in records:
        at = next((i for i, other in enumerate(found) if _is_same(other, record)), None)
        if at is None:
            found.append(record)
        else:
            found[at] = _joined(found[at], record)
    located = {_level(record) for record in found if record.region or record.body}
    return [record for record in found if record.region or record.body or _level(record) not in located]


def _level(record: CertificationRecord) -> str:
    return fold(level_label(record.level.value))


def _is_same(one: CertificationRecord, other: CertificationRecord) -> bool:
    if _level(one) != _level(other) or one.said.manner.is_asserted != other.said.manner.is_asserted:
        return False
    if one.date and other.date and one.date.value[:4] != other.date.value[:4]:
        return False
    regions, bodies = (_place(one), _place(other)), (_body(one.body), _body(other.body))
    if all(regions) or all(bodies):
        return _agree(*regions) and (_agree(*bodies) or all(regions))
    return not any((*regions, *bodies))


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _place(record: CertificationRecord) -> str:
    return fold(record.region.canonical or record.region.name.value) if record.region else ""


def _body(body: Said[str] | None) -> str:
    return fold(certifier(body.value) or body.value) if body else ""


def _joined(one: CertificationRecord, other: CertificationRecord) -> CertificationRecord:
    level = merged(one.level, other.level) if fold(one.level.value) == fold(other.level.value) else one.level
    return replace(
        one,
        said=merged(one.said, other.said),
        level=level,
        region=_joined_place(one.region, other.region),
        body=_fuller(one.body, other.body),
        date=max(one.date, other.date, key=lambda date: len(date.value))
        if one.date and other.date
        else one.date or other.date,
    )


def _joined_place(one: PlaceRecord | None, other: PlaceRecord | None) -> PlaceRecord | None:
    if one and other and one.name.value == other.name.value:
        return replace(one, name=merged(one.name, other.name))
    return one or other


def _fuller(one: Said[str] | None, other: Said[str] | None) -> Said[str] | None:
    """Return the longer of two names of one body, with the words of both where they are the same."""
    if one is None or other is None:
        return one or other
    if one.value == other.value:
        return merged(one, other)
    return one if len(one.value) >= len(other.value) else other

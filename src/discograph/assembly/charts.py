"""One placing for what table and prose say of an album on one chart."""

from __future__ import annotations

from dataclasses import replace

from discograph.records import ChartRecord, Manner, merged
from discograph.values import edtf
from discograph.values.chart_names import same_chart


def merge_charts(charts: list[ChartRecord]) -> list[ChartRecord]:
    """Return the placings, one for each chart and period, in the order in which the text first names them.

    Method: a placing without a year belongs to the one placing of its chart that has one. A place of entry
    counts only where no peak is told. Peaks that contradict each other stay side by side.
    """
    found: list[ChartRecord] = []
    order: list[int] = []
    for index in sorted(range(len(charts)), key=lambda i: (not charts[i].period, not _is_peak(charts[i]), i)):
        record = charts[index]
        hits = [at for at, other in enumerate(found) if _is_same(other, record)]
        equal = [at for at in hits if found[at].peak.value == record.peak.value]
        if equal:
            at = equal[0]
            found[at] = _joined(found[at], record)
            order[at] = min(order[at], index)
        elif not hits or _is_peak(record):
            found.append(record)
            order.append(index)
    return [record for _, record in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]


def _is_peak(record: ChartRecord) -> bool:
    return record.peak.manner is not Manner.IMPLIED


def _is_same(one: ChartRecord, other: ChartRecord) -> bool:
    """Tell whether two placings are of one chart and nothing that is said of their periods parts them."""
    if one.said.manner.is_asserted != other.said.manner.is_asserted or not same_chart(
        one.chart.value, other.chart.value
    ):
        return False
    if one.period is None or other.period is None:
        return True
    (low, high), (from_, to) = edtf.bounds(one.period.value), edtf.bounds(other.period.value)
    return bool(low and high and from_ and to and low <= to and from_ <= high)


def _joined(one: ChartRecord, other: ChartRecord) -> ChartRecord:
    period = one.period or other.period
    if one.period and other.period and one.period.value == other.period.value:
        period = merged(one.period, other.period)
    chart = one.chart
    if chart.value == other.chart.value:
        chart = merged(chart, other.chart)
    return replace(
        one,
        said=merged(one.said, other.said),
        chart=chart,
        peak=merged(one.peak, other.peak),
        period=period,
        publisher=one.publisher or other.publisher,
        territory=one.territory or other.territory,
    )

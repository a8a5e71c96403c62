"""The targets of the plan as figures of a report, from the room of indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from atvsld.oversight.indicators import facade as indicators
from atvsld.oversight.indicators.facade import TargetLine
from atvsld.platform.access.actor import system_actor
from atvsld.registers.proofs import Asked, Figure, ProofRecord

JOB = "Soạn báo cáo năm"


def told(year: int, at: datetime) -> tuple[TargetLine, ...]:
    """The targets of a year as they stood at a moment."""
    return indicators.targets(system_actor(JOB, [indicators.READ]), year, at)


def figures(word: str, asked: Asked, at: datetime) -> list[Figure]:
    """The figures of one target for the year asked, as they stand at a moment."""
    year = asked.end.year
    return [figure for one in told(year, at) if one.id == word for figure in figures_of(one, year)]


def figures_of(target: TargetLine, year: int) -> list[Figure]:
    """Actual with its bounds, the year before, baseline and path of one target: those that can be told of the year."""
    of = {one.year: one for one in target.years}
    now, before = of.get(year), of.get(year - 1)
    told_now = now is not None and now.value is not None
    found = [
        ("actual", f"năm {year}", now.value if now else None, target.unit),
        ("low", f"năm {year}, cận dưới", now.low if now and told_now else None, target.unit),
        ("high", f"năm {year}, cận trên", now.high if now and told_now else None, target.unit),
        ("before", f"năm {year - 1}", before.value if before else None, target.unit),
        ("baseline", f"mốc gốc năm {target.baseline.year}", target.baseline.value, target.unit),
        ("path", f"mức cần đạt năm {year}", now.required if now else None, target.unit),
    ]
    return [
        Figure(
            key,
            f"{target.label}, {words}",
            _rounded(value, target.decimals),
            unit,
            (now.url if now else "") or target.url,
        )
        for key, words, value, unit in found
        if value is not None
    ]


def reason_of(target: TargetLine, year: int) -> str:
    """Why the verdict is what it is; told for the year of the report only when that year was judged."""
    if target.year != year:
        return f"Năm {year} chưa đủ số liệu để kết luận. {target.reason}"
    return target.reason


def no_records(asked: Asked, key: str) -> Iterable[ProofRecord]:  # noqa: ARG001
    """A target opens to its own page, which shows what it rests on."""
    return ()


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return round(Decimal(value), decimals)

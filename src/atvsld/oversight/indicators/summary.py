"""The three targets of the plan in the same words: what another room shows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Certainty
from atvsld.law import load_book
from atvsld.oversight.indicators import count_wording, counted, service, wording
from atvsld.oversight.indicators.counted import CountReport
from atvsld.oversight.indicators.figures import CONTRACT, COUNTED
from atvsld.oversight.indicators.reported import Expected
from atvsld.oversight.indicators.result import TargetReport
from atvsld.oversight.reporting.result import json_number
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.statistics.targets import Verdict


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One year of a target. `low` and `high` bound the true figure, `required` is what the path asks for.

    Any of them is None where it cannot be told. `url` opens the records or reports the figure rests on.
    """

    year: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    required: Decimal | None
    verdict: Verdict | None
    complete: bool
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target for one year: figures, verdict, why, and when more could be said.

    `actual` belongs to `year` (None: no whole year yet). `interval` says what kind of interval `low`–`high` is.
    `source` names where the figures come from. `report` is the whole of it.
    """

    id: str
    label: str
    citation: str
    status: Certainty
    unit: str
    decimals: int
    direction: str
    year: int | None
    baseline: YearFigure
    baseline_text: str
    locked: bool
    actual: YearFigure | None
    years: tuple[YearFigure, ...]
    path: Mapping[int, Decimal]
    interval: str
    verdict: Verdict
    verdict_label: str
    tone: str
    headline: str
    reason: str
    when: tuple[str, ...]
    source: str
    url: str
    synthetic: bool
    report: TargetReport | CountReport

    def to_json(self) -> dict[str, Any]:
        """The line as plain data."""
        return {
            "id": self.id, "label": self.label, "citation": self.citation, "unit": self.unit, "year": self.year,
            "baseline": {"year": self.baseline.year, "value": json_number(self.baseline.value), "locked": self.locked,
                         "text": self.baseline_text},
            "actual": json_number(self.actual.value) if self.actual else None,
            "low": json_number(self.actual.low) if self.actual else None,
            "high": json_number(self.actual.high) if self.actual else None,
            "required": json_number(self.actual.required) if self.actual else None,
            "verdict": self.verdict.value, "headline": self.headline, "reason": self.reason, "when": list(self.when),
            "source": self.source, "url": self.url, "synthetic": self.synthetic,
        }  # fmt: skip


def lines(
    actor: Actor, year: int | None = None, *, place: str = "", at: datetime, brief: bool = False
) -> tuple[TargetLine, ...]:
    """The targets in the order of the plan. `year`: the year spoken of; none, or one not judged, the newest whole one.

    `brief` leaves out the years between the baseline and the one spoken of.

    Errors as `service.fatal_rate`.
    """
    found = []
    today = clock.local_day(at)
    # Reports about a year fall due in the January after it; until then the year before is the newest whole one.
    only = {today.year - 1, year or today.year - (2 if today.month == 1 else 1)} if brief else None
    expected: Expected = {}
    for target in load_book().targets.values():
        if target.id == service.FATAL_RATE:
            found.append(of_rate(service.fatal_rate(actor, place=place, at=at, years=only), year, place=place))
        elif target.reported is not None:
            report = counted.count_report(actor, target.id, place=place, at=at, only=only, expected=expected)
            found.append(of_count(report, year, place=place))
    return tuple(found)


def of_rate(report: TargetReport, year: int | None = None, *, place: str = "") -> TargetLine:
    """The fatal accident rate in the words of all targets."""

    def figure(number: int) -> YearFigure:
        point = report.point(number)
        narrow = {"place": place} if place else {}
        query = urlencode({"year": number, "conclusion": COUNTED, "group": CONTRACT} | narrow)
        return YearFigure(
            year=number, value=point.rate.value, complete=point.complete, required=point.required,
            low=Decimal(str(point.interval.low)) if point.interval else None,
            high=Decimal(str(point.interval.high)) if point.interval else None,
            verdict=point.verdict, url=f"{reverse('indicators:records')}?{query}",
            text=_("%(deaths)s người chết / %(workers)s lao động")
            % {"deaths": wording.number(point.rate.count), "workers": wording.number(point.workforce.workers)},
        )  # fmt: skip

    years = tuple(figure(point.year) for point in report.points)
    chosen = _chosen(years, report.latest.year if report.latest else None, year)
    tellable = report.verdict is Verdict.CANNOT_TELL and report.tellable_year
    when: tuple[str, ...] = ()
    reason = wording.meaning(report)
    if tellable:
        reason = _("Số vụ ít nên chênh lệch với lộ trình có thể chỉ do ngẫu nhiên.")
        when = (_("Nếu tình hình không thay đổi, kết luận được vào năm %(year)s.") % {"year": report.tellable_year},)
    elif report.verdict is Verdict.CANNOT_TELL:
        when = (_("Cần gộp nhiều năm hoặc có đủ số lao động của năm gốc và năm so sánh."),)
    verdict = (chosen.verdict if chosen else None) or Verdict.CANNOT_TELL
    return TargetLine(
        id=report.target.id, label=wording.title(report), citation=str(report.target.citation),
        status=report.target.status, unit=_("trên %(per)s lao động") % {"per": wording.number(report.per)}, decimals=1,
        direction=report.target.direction, year=chosen.year if chosen else None, baseline=years[0],
        baseline_text=wording.baseline(report), locked=report.locked is not None, actual=chosen, years=years,
        path=report.path, interval=_("khoảng tin cậy 95 %%") % {}, verdict=verdict,
        verdict_label=wording.verdict(verdict), tone=wording.TONES[verdict], headline=wording.headline(report),
        reason=reason, when=when, source=_("Sổ tai nạn lao động; số lao động do cơ sở khai"),
        url=_address("fatal_rate", place), synthetic=report.synthetic, report=report,
    )  # fmt: skip


def of_count(report: CountReport, year: int | None = None, *, place: str = "") -> TargetLine:
    """A target that reports tell in the words of all targets."""

    def figure(number: int) -> YearFigure:
        point = report.point(number)
        heard = bool(point.told.coverage.told) or (number == report.baseline.year and report.locked is not None)
        query = urlencode({"year": number, "list": "counted"} | ({"place": place} if place else {}))
        return YearFigure(
            year=number, value=point.known.low if heard else None, complete=point.complete, required=point.required,
            low=point.known.low if heard else None, high=point.known.high if heard else None,
            verdict=point.verdict, url=f"{reverse('indicators:reports', args=[report.target.id])}?{query}",
            text=count_wording.coverage(point.told.coverage),
        )  # fmt: skip

    years = tuple(figure(point.year) for point in report.points)
    chosen = _chosen(years, report.latest.year if report.latest else None, year)
    verdict = (chosen.verdict if chosen else None) or Verdict.CANNOT_TELL
    point = report.point(chosen.year) if chosen else None
    return TargetLine(
        id=report.target.id, label=count_wording.title(report), citation=str(report.target.citation),
        status=report.target.status, unit=count_wording.unit(report), decimals=0, direction=report.target.direction,
        year=chosen.year if chosen else None, baseline=years[0], baseline_text=count_wording.baseline(report),
        locked=report.locked is not None, actual=chosen, years=years, path=report.path,
        interval=_("khoảng chắc chắn, do phần chưa báo cáo"), verdict=verdict, verdict_label=wording.verdict(verdict),
        tone=wording.TONES[verdict], headline=count_wording.headline(report),
        reason=count_wording.reason(report, point), when=count_wording.when(report),
        source=count_wording.source(report, point or report.points[-1]),
        url=_address("counted", place, report.target.id), synthetic=report.synthetic, report=report,
    )  # fmt: skip


def _chosen(years: tuple[YearFigure, ...], latest: int | None, year: int | None) -> YearFigure | None:
    judged = {one.year: one for one in years[1:] if one.complete and one.verdict is not None}
    return judged.get(year or 0) or judged.get(latest or 0)


def _address(route: str, place: str, *args: str) -> str:
    url = reverse(f"indicators:{route}", args=args)
    return f"{url}?{urlencode({'place': place})}" if place else url

"""Sentences and figures of a target as page, paper and chart print them alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.kit.text import format_date, format_number
from atvsld.oversight.indicators.figures import CONTRACT, NON_CONTRACT, UNKNOWN
from atvsld.oversight.indicators.result import TargetReport, YearPoint
from atvsld.oversight.reporting.subject import Boundary
from atvsld.statistics.change import change
from atvsld.statistics.intervals import Interval
from atvsld.statistics.targets import Verdict

VERDICTS: Mapping[Verdict, str | Promise] = {
    Verdict.MET: gettext_lazy("Đạt"),
    Verdict.NOT_MET: gettext_lazy("Không đạt"),
    Verdict.CANNOT_TELL: gettext_lazy("Chưa thể kết luận"),
}
# Tones of the interface's badges.
TONES = {Verdict.MET: "success", Verdict.NOT_MET: "danger", Verdict.CANNOT_TELL: "outline"}
SECTORS: Mapping[str, str | Promise] = {
    CONTRACT: gettext_lazy("Có hợp đồng lao động"),
    NON_CONTRACT: gettext_lazy("Không theo hợp đồng"),
    UNKNOWN: gettext_lazy("Chưa rõ quan hệ lao động"),
}


def language() -> str:
    return "en" if get_language() == "en" else "vi"


def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    return "–" if value is None else format_number(value, decimals, language=language())


def title(report: TargetReport) -> str:
    label = report.target.label
    return label.en or label.vi if language() == "en" else label.vi


def verdict(found: Verdict | None) -> str:
    return str(VERDICTS[found]) if found else "–"


def interval(found: Interval | None) -> str:
    """`4,1–17,3`; a dash when the rate is withheld."""
    return "–" if found is None else f"{number(found.low, 1)}–{number(found.high, 1)}"


def headline(report: TargetReport) -> str:
    """The verdict of the newest whole year in one sentence, figures first."""
    point = report.latest
    if point is None:
        return _("Chưa có năm trọn vẹn nào sau năm gốc %(year)s để so với lộ trình.") % {"year": report.baseline.year}
    if point.rate.value is None:
        return _("Năm %(year)s: %(deaths)s người chết. %(reason)s") % {
            "year": point.year,
            "deaths": number(point.rate.count),
            "reason": point.rate.reason,
        }
    return _(
        "Năm %(year)s có %(deaths)s người chết trong %(workers)s lao động có hợp đồng: %(rate)s trên %(per)s "
        "(khoảng tin cậy 95 %% từ %(low)s đến %(high)s). Lộ trình yêu cầu không quá %(required)s."
    ) % {
        "year": point.year,
        "deaths": number(point.rate.count),
        "workers": number(point.rate.denominator),
        "rate": number(point.rate.value, 1),
        "per": number(report.per),
        "low": number(point.interval.low if point.interval else None, 1),
        "high": number(point.interval.high if point.interval else None, 1),
        "required": number(point.required, 1),
    }


def meaning(report: TargetReport) -> str:
    """What the verdict means, and when more could be said."""
    point = report.latest
    if point is None or point.assessment is None or point.assessment.ratio is None:
        return ""
    if report.verdict is Verdict.MET:
        return _("Toàn bộ khoảng tin cậy nằm dưới lộ trình: mức giảm không phải do ngẫu nhiên.")
    if report.verdict is Verdict.NOT_MET:
        return _("Toàn bộ khoảng tin cậy nằm trên lộ trình: mức vượt không phải do ngẫu nhiên.")
    if report.tellable_year is None:
        return _(
            "Số vụ ít nên chênh lệch với lộ trình có thể chỉ do ngẫu nhiên; trong 50 năm tới số liệu từng năm "
            "vẫn không đủ để phân biệt, nên phải gộp nhiều năm."
        )
    return _(
        "Số vụ ít nên chênh lệch với lộ trình có thể chỉ do ngẫu nhiên. Nếu tình hình không thay đổi, "
        "phải đến năm %(year)s mới kết luận được."
    ) % {"year": report.tellable_year}


def in_progress(point: YearPoint) -> str:
    """The year in progress beside the same part of the years it is compared with."""
    part = point.same_part
    if part is None:
        return ""
    lines = [
        _("Năm %(year)s chưa kết thúc: %(deaths)s người chết (có hợp đồng lao động) đến %(day)s.")
        % {"year": point.year, "deaths": number(part.deaths), "day": format_date(part.until)}
    ]
    for year, earlier in sorted(part.earlier.items(), reverse=True):
        lines.append(
            _("Cùng kỳ năm %(year)s: %(deaths)s (%(change)s).")
            % {"year": year, "deaths": number(earlier), "change": change(earlier, part.deaths).wording(_("người"))}
        )
    return " ".join(lines)


def basis(report: TargetReport) -> str:
    """By which place and which boundaries deaths and workers count."""
    how = _("theo nơi xảy ra") if report.basis == "place" else _("theo nơi đặt trụ sở chính")
    subject = report.subject
    if subject.boundary_choice == Boundary.EVENT:
        return f"{how}, " + _("mỗi năm theo địa giới của năm đó")
    if subject.boundary_choice == Boundary.PERIOD_END and subject.boundary and subject.boundary >= report.as_of.date():
        return f"{how}, " + _("mọi năm theo địa giới cuối năm %(year)s") % {"year": subject.boundary.year}
    day = format_date(subject.boundary) if subject.boundary else ""
    return f"{how}, " + _("mọi năm theo địa giới ngày %(day)s") % {"day": day}


def scope_note() -> str:
    """Which deaths count: said wherever the rate is shown."""
    return _(
        "Chỉ tính vụ đã kết luận là tai nạn lao động; vụ chờ kết luận và trường hợp theo khoản 2 Điều 39 "
        "không tính. Số lao động là tổng lao động do các cơ sở khai cho năm đó."
    )


def baseline(report: TargetReport) -> str:
    """The baseline with its source."""
    base = report.baseline
    return _(
        "Năm gốc %(year)s: %(deaths)s người chết / %(workers)s lao động = %(rate)s trên %(per)s. "
        "Nguồn mẫu số: %(source)s."
    ) % {
        "year": base.year,
        "deaths": number(base.rate.count),
        "workers": number(base.rate.denominator),
        "rate": number(base.rate.value, 2),
        "per": number(report.per),
        "source": base.rate.denominator_source or _("không có"),
    }

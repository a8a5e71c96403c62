"""Sentences of the targets that reports tell: what was counted, out of whom, and when more could be said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.oversight.indicators.counted import CountPoint, CountReport
from atvsld.oversight.indicators.reported import Coverage
from atvsld.oversight.indicators.wording import language, number
from atvsld.statistics.counts import Known
from atvsld.statistics.targets import Verdict


def title(report: CountReport) -> str:
    label = report.target.label
    return label.en or label.vi if language() == "en" else label.vi


def unit(report: CountReport) -> str:
    return _("người") if report.measure.count == "persons" else _("cơ sở")


def forms(report: CountReport) -> str:
    """The forms read, as people call them."""
    book = load_book()
    named = []
    for name in report.measure.reports:
        version = book.deadlines[name].entries[-1].value
        label = version.label.en if language() == "en" and version.label.en else version.label.vi
        named.append(f"{label} ({version.form})" if version.form else label)
    return "; ".join(named)


def bounds(known: Known) -> str:
    """`864–1.455`, one figure when it is exact, `từ 864` without an upper bound."""
    if known.exact:
        return number(known.low)
    if known.high is None:
        return _("từ %(low)s") % {"low": number(known.low)}
    return f"{number(known.low)}–{number(known.high)}"


def coverage(found: Coverage) -> str:
    """Who stands behind a figure, in one sentence."""
    if not found.told:
        return _("Chưa có báo cáo nào được nộp trong hệ thống.")
    parts = [
        _("%(told)s/%(owing)s cơ sở có yếu tố có hại đã báo cáo")
        % {"told": number(found.owing_told), "owing": number(found.owing)}
    ]
    if found.silent:
        parts.append(_("%(count)s cơ sở chưa báo cáo") % {"count": number(found.silent)})
    if found.unclear_silent:
        parts.append(
            _("%(count)s cơ sở chưa báo cáo và chưa rõ có yếu tố có hại hay không")
            % {"count": number(found.unclear_silent)}
        )
    if found.blank:
        parts.append(_("%(count)s báo cáo để trống mục này") % {"count": number(found.blank)})
    return "; ".join(parts) + "."


def source(report: CountReport, point: CountPoint) -> str:
    """Where the figure of a year comes from: said wherever it is shown."""
    return _("Từ báo cáo cơ sở đã nộp năm %(year)s: %(forms)s. %(coverage)s") % {
        "year": point.year,
        "forms": forms(report),
        "coverage": coverage(point.told.coverage),
    }


def headline(report: CountReport) -> str:
    """The newest judged year in one sentence, figures first."""
    point = report.latest
    if point is None:
        return _("Chưa có năm trọn vẹn nào sau năm gốc %(year)s để so với lộ trình.") % {"year": report.baseline.year}
    if not point.told.coverage.told:
        return _("Năm %(year)s: chưa có báo cáo nào được nộp trong hệ thống.") % {"year": point.year}
    return _("Năm %(year)s: báo cáo đã nộp cho biết %(count)s %(unit)s; số thật chắc chắn trong khoảng %(bounds)s.") % {
        "year": point.year,
        "count": number(point.told.known.low),
        "unit": unit(report),
        "bounds": bounds(point.known),
    }


def reason(report: CountReport, point: CountPoint | None = None) -> str:
    """Why the verdict is what it is."""
    point = point or report.latest
    if point is None or point.assessment is None:
        return ""
    required = number(point.assessment.required * 100, 1)
    told = {"required": required, "base": report.baseline.year}
    if point.verdict is Verdict.MET:
        return _("Dù nơi chưa báo cáo không làm gì, mức yêu cầu %(required)s %% so với năm %(base)s vẫn đạt.") % told
    if point.verdict is Verdict.NOT_MET:
        return (
            _("Dù mọi nơi chưa báo cáo đều làm, mức yêu cầu %(required)s %% so với năm %(base)s vẫn không đạt.") % told
        )
    if not report.baseline.known.low and not report.locked:
        return _("Chưa có số năm gốc %(year)s nên chưa có mức để so. %(coverage)s") % {
            "year": report.baseline.year,
            "coverage": coverage(report.baseline.told.coverage),
        }
    return _("Phần chưa báo cáo đủ lớn để làm thay đổi kết luận. Năm %(year)s: %(coverage)s") % {
        "year": point.year,
        "coverage": coverage(point.told.coverage),
    }


def when(report: CountReport) -> tuple[str, ...]:
    """What is missing before it can be told, each with what brings it; empty when it can."""
    if report.verdict is not Verdict.CANNOT_TELL:
        return ()
    return tuple(_missing(report))


def _missing(report: CountReport) -> Iterator[str]:
    base, point = report.baseline, report.latest
    if not report.locked and not base.known.exact:
        yield _("Báo cáo năm gốc %(year)s của các cơ sở (%(forms)s): nhập bản đã nhận hoặc đề nghị nộp.") % {
            "year": base.year,
            "forms": forms(report),
        }
    if point is None:
        due = report.points[-1].due
        if due:
            yield _("Báo cáo năm %(year)s, hạn cuối %(day)s.") % {
                "year": report.points[-1].year,
                "day": format_date(due),
            }
    elif point.told.coverage.silent:
        yield _("Báo cáo năm %(year)s của %(count)s cơ sở có yếu tố có hại chưa nộp.") % {
            "year": point.year,
            "count": number(point.told.coverage.silent),
        }
    if point and point.told.coverage.unclear_silent:
        yield _("Hồ sơ yếu tố có hại của %(count)s cơ sở chưa báo cáo, để biết cơ sở nào phải làm.") % {
            "count": number(point.told.coverage.unclear_silent)
        }
    label = report.measure.register_label
    yield _("Hoặc khi %(register)s được lập và đủ số hai năm: hệ thống chưa có sổ này.") % {
        "register": label.en or label.vi if language() == "en" else label.vi
    }


def baseline(report: CountReport) -> str:
    """The baseline with its source."""
    if report.locked:
        return _("Năm gốc %(year)s khóa ngày %(day)s: %(count)s %(unit)s, theo %(document)s. %(source)s") % {
            "year": report.locked.year,
            "day": format_date(report.locked.at.date()),
            "count": bounds(report.locked.known),
            "unit": unit(report),
            "document": report.locked.document,
            "source": report.locked.source,
        }
    return _("Năm gốc %(year)s: %(count)s %(unit)s. %(source)s") % {
        "year": report.baseline.year,
        "count": bounds(report.baseline.known) if report.baseline.told.coverage.told else _("chưa biết bao nhiêu"),
        "unit": unit(report),
        "source": source(report, report.baseline),
    }


def change(report: CountReport) -> str:
    return number(abs(report.target.change_per_year) * Decimal(100))

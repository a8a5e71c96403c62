"""A target that reports tell as a document: the same figures for page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.oversight.indicators import count_wording, line_chart, wording
from atvsld.oversight.indicators.counted import CountPoint, CountReport
from atvsld.oversight.indicators.paper import footer, letterhead
from atvsld.oversight.indicators.summary import of_count

# Year and list of establishments → their address.
Href = Callable[[int, str], str | None]


def document(report: CountReport, *, href: Href | None = None) -> model.Document:
    """The target with verdict, chart, table by year and what is missing."""
    return model.Document(
        title=_("Kết quả thực hiện chỉ tiêu %(target)s") % {"target": report.target.id},
        subtitle=f"{count_wording.title(report)}\n{report.subject.name}",
        blocks=tuple(_blocks(report, href)),
        letterhead=letterhead(report.subject, report.as_of),
        language="en" if wording.language() == "en" else "vi",
        landscape=True,
        footer=footer(report.target.id, report.as_of, report.law_version),
        metadata={"target": report.target.id, "verdict": report.verdict.value, "as_of": report.as_of.isoformat()},
    )


def _blocks(report: CountReport, href: Href | None) -> Iterator[model.Block]:
    if report.synthetic:
        yield model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật."))
    if report.measure.status is not Certainty.OFFICIAL:
        yield model.Notice("provisional", reading_note(report))
    yield model.Paragraph(f"{_('Kết luận')}: {wording.verdict(report.verdict)}", "bold")
    yield model.Paragraph(count_wording.headline(report))
    if reason := count_wording.reason(report):
        yield model.Paragraph(reason)
    if any(point.told.coverage.told for point in report.points):
        line = of_count(report)
        yield model.Chart(line_chart.spec(line, height=200), line_chart.alt(line), width=900, height=250)
    yield years_table(report, href=href)
    if missing := count_wording.when(report):
        yield model.Heading(_("Khi nào kết luận được"))
        yield from (model.Paragraph(f"– {sentence}") for sentence in missing)
    yield model.Heading(_("Cách tính"))
    yield model.KeyValues(tuple(method(report)), columns=1)


def years_table(report: CountReport, *, href: Href | None = None) -> model.Table:
    """Figure, bounds and coverage of each year."""
    number = [
        model.Column(_("Báo cáo cho biết"), kind="number"),
        model.Column(_("Khoảng chắc chắn"), kind="code"),
        model.Column(_("Mức yêu cầu"), kind="number", decimals=1),
    ]
    heard = model.Column(_("Cơ sở có yếu tố có hại"), children=(
        model.Column(_("Phải báo cáo"), kind="number"), model.Column(_("Đã báo cáo"), kind="number"),
        model.Column(_("Chưa báo cáo"), kind="number"),
    ))  # fmt: skip
    return model.Table(
        id="years",
        title=_("Số %(unit)s theo năm") % {"unit": count_wording.unit(report)},
        columns=(
            model.Column(_("Năm"), width=20), *number, heard,
            model.Column(_("Chưa rõ có yếu tố có hại, chưa báo cáo"), kind="number"),
            model.Column(_("Báo cáo đã dùng"), kind="number"), model.Column(_("Kết luận"), width=34),
        ),
        rows=tuple(_row(report, point, href) for point in report.points),
        notes=(_("Khoảng chắc chắn: ít nhất là số báo cáo đã ghi, nhiều nhất là khi mọi nơi chưa báo cáo đều làm."),
               report.measure.note),
        landscape=True,
    )  # fmt: skip


def _row(report: CountReport, point: CountPoint, href: Href | None) -> model.Row:
    covered = point.told.coverage

    def cell(value: int | None, wanted: str) -> model.Cell:
        return model.Cell(value, href=href(point.year, wanted) if href and value else None)

    figure = int(point.told.known.low) if covered.told else None
    return model.Row(
        str(point.year),
        (
            model.Cell(str(point.year)),
            cell(figure, "counted"),
            model.Cell(count_wording.bounds(point.known) if covered.told else "–"),
            model.Cell(point.required),
            model.Cell(covered.owing),
            model.Cell(covered.owing_told),
            cell(covered.silent, "silent"),
            cell(covered.unclear_silent, "unclear"),
            cell(covered.told, "told"),
            model.Cell(_conclusion(report, point)),
        ),
    )


def _conclusion(report: CountReport, point: CountPoint) -> str:
    if point.year == report.baseline.year:
        return _("Năm gốc")
    return wording.verdict(point.verdict) if point.assessment else _("Chưa đến hạn báo cáo")


def reading_note(report: CountReport) -> str:
    """How sure we are of the cells the figure is read from."""
    status = report.measure.status
    return _("Cách lấy số từ biểu mẫu: %(status)s. %(note)s") % {
        "status": (status.label_en if wording.language() == "en" else status.label_vi).lower(),
        "note": report.measure.note,
    }


def method(report: CountReport) -> Iterator[tuple[str, str]]:
    """What was counted, from which reports, by which rule."""
    yield _("Căn cứ chỉ tiêu"), f"{report.target.citation} – {report.target.note}"
    yield (
        _("Nguồn số liệu"),
        _("Báo cáo cơ sở đã nộp và đang được tính: %(forms)s.") % {"forms": count_wording.forms(report)},
    )
    yield _("Năm gốc"), count_wording.baseline(report)
    yield (
        _("Lộ trình"),
        _("Mức của năm gốc tăng %(share)s %% mỗi năm, tính dồn.") % {"share": count_wording.change(report)},
    )
    yield (
        _("Kết luận"),
        _(
            "Đây là số đếm công việc, không phải hiện tượng ngẫu nhiên: đạt khi ít nhất vẫn đủ mức, không đạt khi "
            "nhiều nhất vẫn thiếu, còn lại là chưa thể kết luận. Nơi chưa báo cáo không được suy đoán."
        ),
    )
    yield _("Địa bàn"), _("Cơ sở theo nơi hoạt động, địa giới hiện nay: %(name)s.") % {"name": report.subject.name}

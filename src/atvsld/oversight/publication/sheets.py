"""The sheet an employer or a commune prints and posts twice a year (Circular 13/2020 Article 4 clauses 1 and 2).

One page from their own records. It is posted where the law says, among those concerned; nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.kit.text import format_date, format_number
from atvsld.law import load_book
from atvsld.law.deadlines import Deadline, due
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.letterhead import letterhead_of
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import Actor
from atvsld.statistics.change import change

CAUSES_SHOWN = 5
DOTS = "…" * 33


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a form keeps what the sheet needs: (table, row, column) for each line."""

    form: str
    deadline: str
    citation: str
    where: str
    signer: str
    lines: tuple[tuple[str, tuple[str, str, str]], ...]
    damages: tuple[tuple[str, tuple[str, str, str]], ...]
    causes: tuple[str, str, str]


def _lines(table: str, deaths: str, severe: str, women: str) -> tuple[tuple[str, tuple[str, str, str]], ...]:
    return (
        ("Số vụ tai nạn lao động", (table, "1", "3")),
        ("Số vụ tai nạn lao động chết người", (table, "1", "4")),
        ("Số người bị nạn", (table, "1", "6")),
        ("Số người chết", (table, "1", deaths)),
        ("Số người bị thương nặng", (table, "1", severe)),
        ("Số người bị nạn là nữ", (table, "1", women)),
    )


def _damages(table: str, row: str, *columns: str) -> tuple[tuple[str, tuple[str, str, str]], ...]:
    labels = (
        "Tổng số ngày nghỉ vì tai nạn lao động (ngày)", "Chi phí y tế (1.000 đ)",
        "Trả lương trong thời gian điều trị (1.000 đ)", "Bồi thường, trợ cấp (1.000 đ)", "Thiệt hại tài sản (1.000 đ)",
    )  # fmt: skip
    return tuple((label, (table, row, column)) for label, column in zip(labels, columns, strict=True))


LAYOUTS = {
    "employer": Layout(
        "ND39-XII", "PUBLISH_EMPLOYER", "Điều 4 khoản 1, khoản 6 Thông tư 13/2020/TT-BLĐTBXH",
        "Niêm yết tại trụ sở; tại tổ, đội, phân xưởng, phòng, ban có xảy ra tai nạn; hội nghị người lao động; trang "
        "thông tin điện tử (nếu có).",
        "ĐẠI DIỆN NGƯỜI SỬ DỤNG LAO ĐỘNG", _lines("I", "10", "12", "8"), _damages("II", "3", "1", "3", "4", "5", "6"),
        ("I", "1.1.", "3"),
    ),
    "commune": Layout(
        "ND39-XVI", "PUBLISH_COMMUNE", "Điều 4 khoản 2, khoản 6 Thông tư 13/2020/TT-BLĐTBXH",
        "Niêm yết tại trụ sở Ủy ban nhân dân cấp xã; trang thông tin điện tử (nếu có); phát trên đài truyền thanh cấp "
        "xã.",
        "TM. ỦY BAN NHÂN DÂN", _lines("I", "8", "9", "7"), _damages("I", "1", "10", "12", "13", "14", "15"),
        ("I", "1.1.", "3"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two reports a sheet compares."""

    layout: Layout
    now: Report
    before: Report

    @property
    def deadline(self) -> Deadline | None:
        try:
            return due(load_book(), self.layout.deadline, period=self.now.period)
        except NotInForce:
            return None


def prepare(actor: Actor, kind: str, *, period: str, establishment: str = "", place: str = "", at: datetime) -> Sheet:
    """Compute the sheet of an establishment (`employer`) or a commune. Errors as for reports; KeyError for a kind."""
    layout = LAYOUTS[kind]
    now = service.produce(actor, Request(layout.form, period, establishment=establishment, place=place), at=at)
    boundary = now.subject.boundary.isoformat() if now.subject.boundary else "period_end"
    earlier = Request(
        layout.form, now.period.year_before().code, establishment=establishment, place=place, boundary=boundary
    )
    return Sheet(layout, now, service.produce(actor, earlier, at=at))


def document(sheet: Sheet, *, analysis: str = "", measures: str = "") -> model.Document:
    """The sheet as a paper to print, sign and post."""
    now, layout = sheet.now, sheet.layout
    workers = "của người làm việc không theo hợp đồng lao động " if layout.form == "ND39-XVI" else ""
    return model.Document(
        title="Công bố tình hình tai nạn lao động",
        subtitle=f"{workers}{now.period.label_vi} – {now.subject.name}",
        blocks=tuple(_blocks(sheet, analysis, measures)),
        letterhead=letterhead_of(now),
        signature=model.Signature(layout.signer, None, "(Ký, ghi rõ họ tên, đóng dấu)"),
        footer=f"{layout.citation} · số liệu đến {format_date(timezone.localtime(now.as_of))}",
        metadata={"kind": layout.form, "period": now.period.code, "as_of": now.as_of.isoformat()},
    )


def _blocks(sheet: Sheet, analysis: str, measures: str) -> Iterator[model.Block]:
    if settings.DEMO:
        yield model.Notice("warning", "DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật.")
    yield _table(sheet)
    causes = _causes(sheet)
    yield model.Paragraph(f"Nguyên nhân chủ yếu: {causes}.", "plain")
    yield model.Paragraph(f"Phân tích biến động, nguyên nhân: {analysis.strip() or DOTS}", "plain")
    yield model.Paragraph(f"Hiệu quả các biện pháp phòng ngừa, kế hoạch ATVSLĐ: {measures.strip() or DOTS}", "plain")
    yield model.Paragraph(f"Nơi công bố: {sheet.layout.where}", "small")
    form = sheet.now.form
    if form.status is not Certainty.OFFICIAL:
        yield model.Paragraph(
            f"Bố cục tờ công bố do hệ thống đặt theo nội dung điều luật. Số lấy từ biểu {form.code}, biểu này "
            f"{form.status.label_vi.lower()}.", "small",
        )  # fmt: skip


def _table(sheet: Sheet) -> model.Table:
    before, now = sheet.now.period.year_before().code, sheet.now.period.code
    columns = (
        model.Column("Nội dung", width=74), model.Column(_head(before), kind="number", width=26),
        model.Column(_head(now), kind="number", width=26), model.Column("Biến động", width=40),
    )  # fmt: skip
    rows = []
    for label, address in (*sheet.layout.lines, *sheet.layout.damages):
        old, new = _value(sheet.before, address), _value(sheet.now, address)
        cells = (label, old, new, change(old, new).compact())
        rows.append(model.Row(label, tuple(model.Cell(value) for value in cells)))
        if label.startswith("Bồi thường"):
            rows.append(model.Row("other", (model.Cell("Chi phí khác (1.000 đ)"), model.Cell(None, text=""),
                                            model.Cell(None, text=""), model.Cell("ghi tay nếu có"))))  # fmt: skip
    return model.Table("cong-bo", "Số liệu", columns, tuple(rows))


def _value(report: Report, address: tuple[str, str, str]) -> Decimal | None:
    table, row, column = address
    return report.table(table).row(row).cells.get(column)


def _causes(sheet: Sheet) -> str:
    table, start, column = sheet.layout.causes
    found: Mapping[str, Decimal] = {
        row.row.label.vi: row.cells[column] or Decimal(0)
        for row in sheet.now.table(table).rows
        if row.row.key.startswith(start) and row.row.holds_figures and row.cells.get(column)
    }
    leading = sorted(found.items(), key=lambda pair: -pair[1])[:CAUSES_SHOWN]
    said = [f"{label[:1].lower()}{label[1:]} ({format_number(count)} vụ)" for label, count in leading]
    return "; ".join(said) or "không có vụ tai nạn lao động nào trong kỳ"


def _head(period: str) -> str:
    held = Period.parse(period)
    return f"6T/{held.year}" if "-" in held.code else str(held.year)


def last_period(today: date) -> str:
    """The period whose sheet is due next or was due last: the first half from July on, the year from January on."""
    return f"{today.year}-H1" if today.month > 6 else str(today.year - 1)

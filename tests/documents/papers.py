"""Papers the tests print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from atvsld.documents.model import (
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    KeyValues,
    Letterhead,
    Notice,
    Paragraph,
    Recipients,
    Row,
    Signature,
    SignatureHere,
    Table,
)

MARKUP = '- gạch #let x = 1 *đậm* _nghiêng_ $x$ @nguồn <b>&amp;</b> // hết "nháy" \\'


def numbers(labels: list[str], first: int) -> tuple[Column, ...]:
    return tuple(Column(label, str(first + place), "number") for place, label in enumerate(labels))


COLUMNS = (
    Column("Tên chỉ tiêu", "1"),
    Column("Mã số", "2", "code"),
    Column(
        "Phân loại theo mức độ",
        children=(
            Column("Số vụ", children=numbers(["Tổng số", "Có người chết", "Từ hai người bị nạn trở lên"], 3)),
            Column("Số người", children=numbers(["Tổng số", "Nữ", "Chết", "Nặng"], 6)),
        ),
    ),
    Column("Thiệt hại", children=numbers(["Ngày nghỉ", "Tổng chi phí", "Y tế", "Tài sản"], 10)),
)


def figures_row(key: str, name: str, base: int, *, kind: str = "data", level: int = 0) -> Row:
    values = [base, base // 3, 0, base + 1, base // 2, None, 1, base * 31, base * 12_345, base * 77, Decimal("0.5")]
    cells = [Cell(name), Cell("0" + key), *(Cell(value, href=f"/ho-so/?o={key}") for value in values)]
    return Row(key, tuple(cells), kind, level)


def wide_table(rows: int = 4) -> Table:
    body = [
        figures_row("1", "1. Tổng số", 1234, kind="total"),
        Row("h", (Cell("1.1. Phân theo nguyên nhân"),), "heading"),
        *(
            figures_row(str(place), f"Nguyên nhân thứ {place}: ngã cao, điện giật", place, level=1)
            for place in range(2, rows)
        ),
    ]
    return Table(
        "phan-loai", "Bảng 2. Phân loại", COLUMNS, tuple(body), unit="vụ, người", landscape=True, number_row=True,
        notes=("Theo nơi xảy ra.",),
    )  # fmt: skip


def small_table() -> Table:
    columns = (
        Column("Năm", kind="code"),
        Column("Người chết", kind="number"),
        Column("Tỷ lệ", kind="number", decimals=2),
    )
    rows = (
        Row("2024", (Cell("2024"), Cell(29, note="Chưa gồm số liệu bổ sung."), Cell(Decimal("4.5349")))),
        Row("2025", (Cell("2025"), Cell(None), Cell(None)), "total"),
    )
    return Table("ty-le", "Bảng 1. Tỷ lệ", columns, rows)


CHART = Chart(
    {
        "data": {"values": [{"nam": "2024", "so": 1500}, {"nam": "2025", "so": 2500}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "nam", "type": "nominal", "title": "Năm"},
            "y": {"field": "so", "type": "quantitative", "title": "Số vụ"},
        },
    },
    "Số vụ theo năm: 2024 có 1.500, 2025 có 2.500",
    400,
    200,
)


def report(rows: int = 4, **changes: object) -> Document:
    facts: dict[str, object] = {
        "title": "Báo cáo",
        "subtitle": "Tình hình sáu tháng đầu năm 2026",
        "blocks": (
            Notice("provisional", "Mẫu bảng 2 chưa đối chiếu với bản chính."),
            KeyValues((("Đơn vị báo cáo", "Sở Một"), ("Tổng số lao động", 655_000), ("Nơi nhận", None)), 2),
            Heading("I. Tình hình chung"),
            Paragraph(MARKUP),
            small_table(),
            CHART,
            SignatureHere(),
            Heading("II. Phụ lục"),
            wide_table(rows),
        ),
        "letterhead": Letterhead("ỦY BAN NHÂN DÂN\nTỈNH MỘT", "SỞ MỘT", "12/BC-SM", "Tỉnh Một", date(2026, 1, 5)),
        "addressed_to": "Bộ Một",
        "signature": Signature("GIÁM ĐỐC", "Nguyễn Thị Ánh Nguyệt", "(Ký, đóng dấu)"),
        "recipients": Recipients(("Như trên;", "Lưu: VT.")),
        "footer": "Phụ lục XIV · Số liệu lúc 10:15 ngày 05/01/2026",
    }
    return Document(**{**facts, **changes})  # type: ignore[arg-type]

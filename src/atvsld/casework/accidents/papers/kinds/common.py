"""Blocks that several papers share, and how papers write moments and amounts. Papers are Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.papers.material import Facts, Person
from atvsld.documents.model import Block, Cell, Column, Heading, KeyValues, Paragraph, Row, Table
from atvsld.kit.text import format_number
from atvsld.platform.papers.registry import Placeholder

DOTS = "……………………"
UNKNOWN = "chưa rõ"
VICTIM_KEYS = ("tt", "ho_ten", "nam_sinh", "gioi_tinh", "nghe_nghiep", "quan_he_lao_dong", "tinh_trang", "thuong_tich")
PLACEHOLDERS = (
    Placeholder("nan_nhan", _("Người bị nạn, mỗi người một dòng"), VICTIM_KEYS, required=True),
    Placeholder("thoi_gian_xay_ra", _("Thời gian xảy ra tai nạn"), required=True),
    Placeholder("noi_xay_ra", _("Nơi xảy ra tai nạn"), required=True),
    Placeholder("dia_ban", _("Đơn vị hành chính nơi xảy ra")),
    Placeholder("ten_co_so", _("Tên cơ sở")),
    Placeholder("dia_chi_co_so", _("Địa chỉ cơ sở")),
    Placeholder("ma_so_thue", _("Mã số thuế")),
    Placeholder("dien_thoai_co_so", _("Điện thoại cơ sở")),
    Placeholder("thu_dien_tu_co_so", _("Thư điện tử cơ sở")),
    Placeholder("nganh_co_so", _("Ngành sản xuất, kinh doanh")),
    Placeholder("so_ho_so", _("Số hồ sơ vụ tai nạn")),
    Placeholder("so_nguoi_chet", _("Số người chết")),
    Placeholder("so_nguoi_nang", _("Số người bị thương nặng")),
    Placeholder("so_nguoi_nhe", _("Số người bị thương nhẹ")),
)


def values(facts: Facts, _fields: Mapping[str, str]) -> dict[str, Any]:
    """What an official template may name of the case itself."""
    firm = facts.employer
    return {
        "nan_nhan": [dict(zip(VICTIM_KEYS, _row(person), strict=True)) for person in facts.victims],
        "thoi_gian_xay_ra": moment(facts.occurred_at),
        "noi_xay_ra": where(facts),
        "dia_ban": facts.place,
        "ten_co_so": firm.name if firm else "",
        "dia_chi_co_so": firm.address if firm else "",
        "ma_so_thue": firm.tax_code if firm else "",
        "dien_thoai_co_so": firm.phone if firm else "",
        "thu_dien_tu_co_so": firm.email if firm else "",
        "nganh_co_so": firm.industry if firm else "",
        "so_ho_so": facts.number,
        "so_nguoi_chet": str(facts.count("fatal")),
        "so_nguoi_nang": str(facts.count("severe")),
        "so_nguoi_nhe": str(facts.count("minor")),
    }


def _row(person: Person) -> tuple[str, ...]:
    born = str(person.birth_year) if person.birth_year else ""
    return (
        str(person.position), person.name, born, person.sex, person.occupation, person.relation,
        person.severity_label, "; ".join(person.injuries),
    )  # fmt: skip


def moment(at: datetime | None) -> str:
    """`10 giờ 30 phút, ngày 10 tháng 02 năm 2026`."""
    if at is None:
        return DOTS
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{local:%H} giờ {local:%M} phút, {day(local.date())}"


def day(value: date | None) -> str:
    """`ngày 10 tháng 02 năm 2026`."""
    if value is None:
        return "ngày … tháng … năm ……"
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def money(amount: int | None) -> str:
    return UNKNOWN if amount is None else f"{format_number(amount)} đồng"


def said(text: str | None) -> str:
    """A text, or that it is not known."""
    return (text or "").strip() or UNKNOWN


def where(facts: Facts) -> str:
    return ", ".join(part for part in (facts.spot, facts.place) if part)


def toll(facts: Facts) -> str:
    """`01 người chết, 02 người bị thương nặng`."""
    words = (("fatal", "người chết"), ("severe", "người bị thương nặng"), ("minor", "người bị thương nhẹ"))
    found = [f"{facts.count(name):02d} {label}" for name, label in words if facts.count(name)]
    unclear = facts.count("")
    return ", ".join([*found, *([f"{unclear:02d} người chưa rõ mức độ"] if unclear else [])]) or UNKNOWN


def section(number: str, title: str, *blocks: Block) -> list[Block]:
    """A numbered heading of a paper and what stands under it."""
    return [Heading(f"{number}. {title}" if number else title), *blocks]


def text(value: str | None) -> Paragraph:
    return Paragraph(said(value))


def employer_lines(facts: Facts) -> Block:
    """The establishment as the declaration and the minutes name it."""
    firm = facts.employer
    if firm is None:
        return Paragraph("Không có cơ sở sử dụng lao động; người bị nạn làm việc không theo hợp đồng lao động.")
    return KeyValues(
        (
            ("Tên cơ sở", firm.name),
            ("Mã số thuế", said(firm.tax_code)),
            ("Địa chỉ", said(firm.address)),
            ("Điện thoại", said(firm.phone)),
            ("Thư điện tử", said(firm.email)),
            ("Ngành sản xuất, kinh doanh", said(firm.industry)),
        )
    )


def accident_lines(facts: Facts) -> Block:
    """When and where."""
    return KeyValues((("Thời gian xảy ra", moment(facts.occurred_at)), ("Nơi xảy ra", where(facts))))


def victims_table(facts: Facts, *, injuries: bool = False) -> Table:
    """Those hurt, as declarations and reports list them."""
    columns = [
        Column("TT", kind="code", width=9),
        Column("Họ và tên", width=34),
        Column("Năm sinh", kind="code", width=15),
        Column("Giới tính", kind="code", width=14),
        Column("Nghề nghiệp", width=36),
        Column("Quan hệ lao động", width=30),
        Column("Tình trạng", width=22),
    ]
    columns += [Column("Thương tích", width=40)] if injuries else []
    rows = [
        Row(str(person.position), tuple(Cell(value or None) for value in _row(person)[: len(columns)]))
        for person in facts.victims
    ]
    return Table("nguoi-bi-nan", "Người bị nạn", tuple(columns), tuple(rows))


def grid(name: str, title: str, heads: Iterable[tuple[str, float]], rows: Iterable[Iterable[str]]) -> Table:
    """A plain table of texts with a running number first."""
    columns = (Column("TT", kind="code", width=9), *(Column(label, width=width) for label, width in heads))
    made = [
        Row(str(place), (Cell(str(place)), *(Cell(value or "") for value in row)))
        for place, row in enumerate(rows, start=1)
    ]
    return Table(name, title, columns, tuple(made))


def number_date(number: str, on: date | None) -> str:
    return f"số {number or '……'} {day(on)}"

"""Every figure that the words of a notice may name: value, the year before, the change, and where it comes from.

A figure is `shown`, `withheld` (it would tell of too few people) or `unknown` (nobody reported it). Names are short
Vietnamese words, because officers write them between braces: `{so_vu}`, `{hd_so_chet}`, `{so_vu_bien_dong}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from atvsld.kit.text import format_number
from atvsld.oversight.publication.editions import Edition
from atvsld.oversight.publication.gather import CONTRACT, DAMAGES, FORMS, MEASURES, NON_CONTRACT, Counts
from atvsld.statistics.change import Style, change

State = Literal["shown", "withheld", "unknown"]
WITHHELD, UNKNOWN = "(không công bố riêng)", "(chưa có số liệu)"
SECTOR_MARKS = {"all": "", CONTRACT: "hd_", NON_CONTRACT: "khd_"}
_SECTOR_WORDS = {"all": "", CONTRACT: " (có quan hệ lao động)", NON_CONTRACT: " (không theo hợp đồng)"}
# measure → name between braces, unit, label
NAMES: dict[str, tuple[str, str, str]] = {
    "cases": ("so_vu", "vụ", "Số vụ tai nạn lao động"),
    "fatal_cases": ("so_vu_chet", "vụ", "Số vụ tai nạn lao động chết người"),
    "multi_victim_cases": ("so_vu_nhieu", "vụ", "Số vụ có từ hai người bị nạn trở lên"),
    "victims": ("so_nguoi", "người", "Số người bị nạn"),
    "deaths": ("so_chet", "người", "Số người chết"),
    "severe": ("so_nang", "người", "Số người bị thương nặng"),
    "female": ("so_nu", "người", "Số người bị nạn là nữ"),
}
THOUSAND = "nghìn đồng"
DAMAGE_NAMES: dict[str, tuple[str, str, str]] = {
    "days_lost": ("ngay_nghi", "ngày", "Tổng số ngày nghỉ vì tai nạn lao động"),
    "medical_cost": ("chi_y_te", THOUSAND, "Chi phí y tế"),
    "wage_cost": ("chi_luong", THOUSAND, "Trả lương trong thời gian điều trị"),
    "compensation_cost": ("chi_boi_thuong", THOUSAND, "Bồi thường, trợ cấp"),
    "other_cost": ("chi_khac", THOUSAND, "Chi phí khác"),
    "total_cost": ("tong_chi", THOUSAND, "Tổng chi phí y tế, trả lương, bồi thường, trợ cấp"),
    "property_damage": ("thiet_hai_tai_san", THOUSAND, "Thiệt hại tài sản"),
}
FILE_NAMES = {
    "published": ("vu_da_cong_bo", "Số vụ đã công bố biên bản điều tra hoặc đã kết thúc"),
    "open": ("vu_dang_giai_quyet", "Số vụ đang giải quyết"),
    "proposed": ("vu_kien_nghi_khoi_to", "Số vụ đã kiến nghị khởi tố"),
    "prosecuted": ("vu_khoi_to", "Số vụ đã khởi tố"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `before` is that of the same period a year earlier, None when withheld or not known."""

    name: str
    label: str
    unit: str
    state: State
    value: Decimal | None = None
    before: Decimal | None = None
    source: str = ""
    before_state: State = "unknown"

    def text(self) -> str:
        """As printed in a sentence, without its unit."""
        if self.value is None:
            return WITHHELD if self.state == "withheld" else UNKNOWN
        return format_number(self.value)

    def before_text(self) -> str:
        if self.before is None:
            return WITHHELD if self.before_state == "withheld" else UNKNOWN
        return format_number(self.before)

    def change_text(self, decimals: int, style: Style = Style.CLAUSE) -> str:
        """`tăng 892 vụ, tương ứng 12,1 %`; that it cannot be said where a side is withheld."""
        if "withheld" in (self.state, self.before_state):
            return "không nêu biến động để bảo vệ thông tin cá nhân"
        if self.value is None or self.before is None:
            return "chưa có số liệu để so sánh"
        return change(self.before, self.value).wording(self.unit, decimals, style=style)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "label": self.label, "unit": self.unit, "state": self.state,
            "value": None if self.value is None else str(self.value),
            "before": None if self.before is None else str(self.before),
            "before_state": self.before_state, "source": self.source,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figure:
        held = dict(data)
        for name in ("value", "before"):
            held[name] = None if held[name] is None else Decimal(held[name])
        return cls(**held)


def figures_of(
    now: Counts, before: Counts, edition: Edition, edition_before: Edition, other_costs: Decimal | None
) -> dict[str, Figure]:
    """All figures by name."""
    found = [
        *_of_sectors(edition, edition_before), *_of_damages(now, before, other_costs),
        *_of_files(edition, edition_before), *_of_coverage(now, before),
    ]  # fmt: skip
    return {one.name: one for one in found}


def _of_sectors(edition: Edition, edition_before: Edition) -> Iterator[Figure]:
    for measure, (name, unit, label) in NAMES.items():
        for column, mark in SECTOR_MARKS.items():
            key = f"sector/{measure}/{column}"
            sectors = [CONTRACT, NON_CONTRACT] if column == "all" else [column]
            source = " + ".join(
                f"{FORMS[one][0]} bảng {FORMS[one][1]} dòng 1 cột {MEASURES[measure]}" for one in sectors
            )
            value, before = edition.public(key), edition_before.public(key)
            yield Figure(
                mark + name, label + _SECTOR_WORDS[column], unit, "withheld" if value is None else "shown",
                _decimal(value), _decimal(before), source, "withheld" if before is None else "shown",
            )  # fmt: skip


def _of_damages(now: Counts, before: Counts, other_costs: Decimal | None) -> Iterator[Figure]:
    for measure, (name, unit, label) in DAMAGE_NAMES.items():
        if measure == "other_cost":
            source = "" if other_costs is None else "cán bộ nhập, biểu mẫu không thu thập"
            yield Figure(name, label, unit, "unknown" if other_costs is None else "shown", other_costs, None, source)
            continue
        value, earlier = now.damages[measure], before.damages[measure]
        source = " + ".join(f"{form} bảng {table} dòng 1 cột {DAMAGES[measure]}" for form, table in FORMS.values())
        yield Figure(
            name, label, unit, "unknown" if value is None else "shown", value, earlier, source,
            "unknown" if earlier is None else "shown",
        )  # fmt: skip


def _of_files(edition: Edition, edition_before: Edition) -> Iterator[Figure]:
    for row, (name, label) in FILE_NAMES.items():
        value, before = (one.public(f"file/{row}/cases") for one in (edition, edition_before))
        yield Figure(
            name, label, "vụ", "withheld" if value is None else "shown", _decimal(value), _decimal(before),
            "trình tự giải quyết các vụ của kỳ", "withheld" if before is None else "shown",
        )  # fmt: skip


def _of_coverage(now: Counts, before: Counts) -> Iterator[Figure]:
    for key, name, unit, label in (
        ("establishments", "co_so", "cơ sở", "Số cơ sở trong phạm vi"),
        ("reporting", "co_so_bao_cao", "cơ sở", "Số cơ sở có báo cáo số lao động của năm"),
        ("employers_obliged", "co_so_phai_bao_cao", "cơ sở", "Số cơ sở phải báo cáo tai nạn lao động"),
        ("employers_in", "co_so_da_bao_cao", "cơ sở", "Số cơ sở đã báo cáo tai nạn lao động"),
        ("communes_obliged", "xa_phai_bao_cao", "xã", "Số xã, phường, đặc khu phải báo cáo"),
        ("communes_in", "xa_da_bao_cao", "xã", "Số xã, phường, đặc khu đã báo cáo"),
        ("pending", "vu_cho_ket_luan", "vụ", "Số vụ chưa có kết luận, chưa tính vào thông báo"),
    ):
        yield Figure(
            name, label, unit, "shown", _decimal(now.coverage[key]), _decimal(before.coverage[key]),
            "độ phủ của kỳ", "shown",
        )  # fmt: skip


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)

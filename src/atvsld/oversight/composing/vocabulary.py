"""What an officer may count, split by and narrow to: the words of composed tables, each bound to facts that exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from atvsld.law import load_book
from atvsld.law.reading import Label


@dataclass(frozen=True, slots=True)
class CountWord:
    """A measure: its two names, and the divisor of print (1,000: đồng shown in thousands)."""

    label: Label
    scale: int = 1


@dataclass(frozen=True, slots=True)
class SplitWord:
    """A dimension: its name and the code list its rows run over; none: rows are named here or follow the places."""

    label: str | Promise
    codes: str = ""
    values: Mapping[str, Label] = field(default_factory=dict)

    def choices(self, on: date) -> list[tuple[str, str]]:
        """The codes a condition may name, with their names in the reader's language."""
        if self.values:
            return [(code, said(label)) for code, label in self.values.items()]
        if not self.codes:
            return []
        items = load_book().code_list(self.codes, on=on).choices
        named = [(item.code, said(Label(item.label_vi, item.label_en))) for item in items]
        # Codes that are words of this system say nothing to a reader; numbers and letters of official lists do.
        return [(code, f"{code} {name}" if len(code) < 3 or code[0].isdigit() else name) for code, name in named]


MEASURES: Mapping[str, CountWord] = {
    "cases": CountWord(Label("Số vụ", "Accidents")),
    "fatal_cases": CountWord(Label("Số vụ có người chết", "Accidents with deaths")),
    "multi_victim_cases": CountWord(Label("Số vụ có từ 2 người bị nạn trở lên", "Accidents with two or more victims")),
    "victims": CountWord(Label("Số người bị nạn", "Victims")),
    "female": CountWord(Label("Lao động nữ bị nạn", "Women among victims")),
    "deaths": CountWord(Label("Số người chết", "Deaths")),
    "severe": CountWord(Label("Số người bị thương nặng", "Severely injured")),
    "minor": CountWord(Label("Số người bị thương nhẹ", "Lightly injured")),
    "days_lost": CountWord(Label("Số ngày nghỉ", "Days lost")),
    "total_cost": CountWord(Label("Tổng chi phí (1.000 đ)", "Total cost (1,000 đồng)"), 1000),
    "medical_cost": CountWord(Label("Chi phí y tế (1.000 đ)", "Medical cost (1,000 đồng)"), 1000),
    "wage_cost": CountWord(Label("Trả lương khi điều trị (1.000 đ)", "Wages during treatment (1,000 đồng)"), 1000),
    "compensation_cost": CountWord(Label("Bồi thường, trợ cấp (1.000 đ)", "Compensation (1,000 đồng)"), 1000),
    "property_damage": CountWord(Label("Thiệt hại tài sản (1.000 đ)", "Property damage (1,000 đồng)"), 1000),
}

PLACE = "place"
DIMENSIONS: Mapping[str, SplitWord] = {
    "cause": SplitWord(_("Nguyên nhân"), "accident.cause"),
    "agent": SplitWord(_("Yếu tố gây chấn thương"), "accident.injury_agent"),
    "occupation": SplitWord(_("Nghề nghiệp"), "occupation.vsco2020"),
    "industry": SplitWord(_("Ngành kinh tế"), "industry.section"),
    "ownership": SplitWord(_("Loại hình cơ sở"), "ownership.accident_report"),
    "relation": SplitWord(_("Quan hệ lao động"), "accident.labour_relation"),
    "severity": SplitWord(_("Mức độ thương tật"), "accident.severity"),
    "conclusion": SplitWord(_("Kết luận"), "accident.conclusion"),
    "sex": SplitWord(_("Giới tính"), values={"female": Label("Nữ", "Women"), "male": Label("Nam", "Men")}),
    PLACE: SplitWord(_("Xã, phường, đặc khu")),
}
# A condition on a place would repeat the choice of the report's own place.
CONDITIONS = tuple(name for name in DIMENSIONS if name != PLACE)
# What a table counts unless its conditions say otherwise: what the law calls an occupational accident.
USUAL_CONDITIONS: Mapping[str, list[str]] = {"conclusion": ["occupational"]}


def said(label: Label) -> str:
    """A label in the reader's language."""
    return label.en or label.vi if get_language() == "en" else label.vi

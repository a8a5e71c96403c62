"""The table of records behind a figure."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from atvsld.platform.ui.tables import (
    BooleanWordColumn,
    DayColumn,
    ListTable,
    MaskedNameColumn,
    MoneyColumn,
    NumberColumn,
    RecordColumn,
    StateColumn,
)


class VictimTable(ListTable):
    """One victim a row, leading to the case."""

    number = RecordColumn(
        "accidents:case", "case.public_id", accessor="case__number", verbose_name=_("Vụ"), orderable=False
    )
    occurred_at = DayColumn(with_time=True, accessor="case__occurred_at", verbose_name=_("Xảy ra lúc"))
    place = tables.Column(accessor="case__place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="case__establishment__name", verbose_name=_("Cơ sở"))
    name = MaskedNameColumn(verbose_name=_("Người bị nạn"), orderable=False)
    sex = tables.Column(verbose_name=_("Giới tính"))
    occupation_code = tables.Column(verbose_name=_("Nghề nghiệp"))
    severity = StateColumn(verbose_name=_("Mức độ"))
    conclusion = tables.Column(accessor="case__get_conclusion_display", verbose_name=_("Kết luận"), orderable=False)
    cause = tables.Column(accessor="case__cause_code", verbose_name=_("Nguyên nhân"))
    agent = tables.Column(accessor="case__injury_agent_code", verbose_name=_("Yếu tố"))
    managed = BooleanWordColumn(verbose_name=_("Thuộc quyền quản lý"))
    days_lost = NumberColumn(verbose_name=_("Ngày nghỉ"))
    medical_cost = MoneyColumn(verbose_name=_("Y tế"))
    wage_cost = MoneyColumn(verbose_name=_("Trả lương"))
    compensation_cost = MoneyColumn(verbose_name=_("Bồi thường, trợ cấp"))

    optional = (
        "conclusion",
        "cause",
        "agent",
        "managed",
        "days_lost",
        "medical_cost",
        "wage_cost",
        "compensation_cost",
    )
    fixed = ("number",)

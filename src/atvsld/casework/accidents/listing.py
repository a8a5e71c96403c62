"""Tables of the lists of cases and victims."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.rules import AGENTS, CAUSES, OCCUPATIONS
from atvsld.platform.acts import clock
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


class CodeColumn(tables.Column):
    """A code with its label in the list of the day of the accident."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list_name = name

    def render(self, value: Any, record: Model) -> str:
        case: Any = getattr(record, "case", record)
        return codes.label(self.list_name, value, clock.local_day(case.occurred_at))


class CaseTable(ListTable):
    """One case a row."""

    number = RecordColumn("accidents:case", verbose_name=_("Số hồ sơ"), order_by="pk")
    occurred_at = DayColumn(with_time=True, verbose_name=_("Xảy ra lúc"))
    place = tables.Column(accessor="place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Cơ sở"))
    severity = StateColumn(verbose_name=_("Mức độ"))
    victim_count = NumberColumn(verbose_name=_("Số người"))
    conclusion = StateColumn(verbose_name=_("Kết luận"))
    cause = CodeColumn(CAUSES, accessor="cause_code", verbose_name=_("Nguyên nhân"))
    agent = CodeColumn(AGENTS, accessor="injury_agent_code", verbose_name=_("Yếu tố gây chấn thương"))
    property_damage = MoneyColumn(verbose_name=_("Thiệt hại tài sản"))
    tax_code = tables.Column(accessor="establishment__tax_code", verbose_name=_("Mã số thuế"))
    case_key = tables.Column(verbose_name=_("Mã vụ của nơi gửi"))

    optional = ("cause", "agent", "property_damage", "tax_code", "case_key")
    fixed = ("number",)


class VictimTable(ListTable):
    """One victim a row; names are initials."""

    number = RecordColumn(
        "accidents:case", "case__public_id", accessor="case__number", verbose_name=_("Vụ"), order_by="case_id"
    )
    occurred_at = DayColumn(with_time=True, accessor="case__occurred_at", verbose_name=_("Xảy ra lúc"))
    name = MaskedNameColumn(verbose_name=_("Người bị nạn"), orderable=False)
    sex = tables.Column(verbose_name=_("Giới tính"))
    occupation = CodeColumn(OCCUPATIONS, accessor="occupation_code", verbose_name=_("Nghề nghiệp"))
    labour_relation = tables.Column(verbose_name=_("Quan hệ lao động"))
    severity = StateColumn(verbose_name=_("Mức độ"))
    place = tables.Column(accessor="case__place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="case__establishment__name", verbose_name=_("Cơ sở"))
    managed = BooleanWordColumn(verbose_name=_("Thuộc quyền quản lý"))
    days_lost = NumberColumn(verbose_name=_("Ngày nghỉ"))
    medical_cost = MoneyColumn(verbose_name=_("Chi phí y tế"))
    wage_cost = MoneyColumn(verbose_name=_("Trả lương"))
    compensation_cost = MoneyColumn(verbose_name=_("Bồi thường, trợ cấp"))

    optional = ("sex", "occupation", "managed", "medical_cost", "wage_cost", "compensation_cost")
    fixed = ("number",)

"""Filters of the lists of cases and victims; the interface for systems narrows by the same filters.

Every dimension of the statutory tables is a parameter. Several codes are separated by commas, `unknown` means that
the record does not say. So a list can show exactly the records behind a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import codes, figures, queries
from atvsld.casework.accidents.facts import RELATION_GROUPS
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.rules import AGENTS, CAUSES, OCCUPATIONS
from atvsld.kit.periods import Period, PeriodError, PeriodKind
from atvsld.kit.text import fold, sort_key
from atvsld.platform.acts import clock
from atvsld.registers.places import tree

UNKNOWN = "unknown"
_CODE = re.compile(r"[\w./]{1,30}")
# Values of a case; everything else is asked of its principal victim, under whom the case counts.
CASE_COLUMNS = {
    "conclusion": "conclusion",
    "cause": "cause_code",
    "agent": "injury_agent_code",
    "severity": "severity",
    "ownership": "establishment__ownership_type",
}
VICTIM_COLUMNS = {
    "occupation": "occupation_code",
    "relation": "labour_relation",
    "relation_group": "labour_relation",
    "sex": "sex",
    "managed": "managed",
}


MEASURE_LABELS = {
    "cases": _("Số vụ"),
    "fatal_cases": _("Số vụ có người chết"),
    "multi_victim_cases": _("Số vụ có từ 2 người bị nạn trở lên"),
    "victims": _("Số người bị nạn"),
    "victims_unmanaged": _("Người bị nạn không thuộc quyền quản lý"),
    "female": _("Lao động nữ"),
    "female_unmanaged": _("Lao động nữ không thuộc quyền quản lý"),
    "deaths": _("Số người chết"),
    "deaths_unmanaged": _("Người chết không thuộc quyền quản lý"),
    "severe": _("Số người bị thương nặng"),
    "severe_unmanaged": _("Người bị thương nặng không thuộc quyền quản lý"),
    "minor": _("Số người bị thương nhẹ"),
    "days_lost": _("Số ngày nghỉ"),
    "medical_cost": _("Chi phí y tế"),
    "wage_cost": _("Trả lương trong thời gian điều trị"),
    "compensation_cost": _("Bồi thường, trợ cấp"),
    "total_cost": _("Tổng chi phí"),
    "property_damage": _("Thiệt hại tài sản"),
}


class CodesWidget(forms.Select):
    """A select whose parameter may also carry several codes, repeated or separated by commas."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # noqa: ARG002 - Django's signature
        return stated(data, name)


class HiddenCodes(forms.HiddenInput):
    """The same for a parameter that stands in links only."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # noqa: ARG002 - Django's signature
        return stated(data, name)


def stated(data: Any, name: str) -> str:
    """All values of a parameter, separated by commas."""
    given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
    return ",".join(value for value in given if value)


class CodesField(forms.Field):
    """Codes as a list; a code that cannot stand in a record is an error, never silently no filter."""

    widget = CodesWidget

    def __init__(self, *, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, choices: Any) -> None:
        self._choices = choices() if callable(choices) else list(choices)
        self.widget.choices = [("", gettext("Tất cả")), *self._choices, (UNKNOWN, gettext("Chưa rõ"))]

    def offer(self, combination: str) -> None:
        """Make several codes one choice, so that the form shows them by name and sends them again."""
        named = {str(code): str(label) for code, label in flat([*self._choices, (UNKNOWN, gettext("Chưa rõ"))])}
        label = ", ".join(named.get(code, code) for code in combination.split(","))
        self.choices = [*self._choices, (combination, label)]

    def clean(self, value: Any) -> list[str]:
        found = [code for code in str(super().clean(value) or "").split(",") if code]
        if any(not _CODE.fullmatch(code) for code in found):
            raise forms.ValidationError(_("Mã lọc không đúng dạng."))
        return found


def flat(choices: codes.Choices) -> Iterator[tuple[Any, Any]]:
    """Choices without their headings."""
    for value, label in choices:
        if isinstance(label, list):
            yield from label
        else:
            yield value, label


class CodesFilter(django_filters.Filter):
    """A filter by codes of one dimension."""

    field_class = CodesField


def _period_choices(today: date) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for year in range(today.year, today.year - 6, -1):
        whole = Period(year, PeriodKind.YEAR)
        for period in (whole, *reversed(whole.parts(PeriodKind.HALF))):
            text = period.label_en if get_language() == "en" else period.label_vi
            found.append((period.code, text[:1].upper() + text[1:]))
    return found


def place_choices(reach: frozenset[int] | None = None, *, value: str = "code") -> codes.Choices:
    """Places for a select: the province and today's communes, then the units of earlier days with their last day.

    `reach` limits to some places (None: all). `value` is `code` (`code@last-day` for units of the past) or `pk`.
    """
    now: list[tuple[Any, str]] = []
    past: list[tuple[Any, str]] = []
    nodes = sorted(tree.current().nodes.values(), key=lambda node: sort_key(node.name))
    for node in sorted(nodes, key=lambda node: node.level != "province"):
        if (reach is not None and node.pk not in reach) or (value == "pk" and node.level != "commune"):
            continue
        if node.valid_to is None:
            now.append((node.pk if value == "pk" else node.code, f"{node.name} ({node.code})"))
        else:
            key = node.pk if value == "pk" else f"{node.code}@{node.valid_to.isoformat()}"
            past.append((key, f"{node.name} ({node.code}, đến {node.valid_to:%d/%m/%Y})"))
    return [group for group in ((gettext("Hiện nay"), now), (gettext("Trước đây"), past)) if group[1]]


class Filters(django_filters.FilterSet):
    """What both lists share. Subclasses say how a dimension reads on their records."""

    period = django_filters.CharFilter(label=_("Kỳ"), method="by_period")
    place = django_filters.CharFilter(label=_("Địa bàn"), method="by_place")
    severity = CodesFilter(label=_("Mức độ"), method="by_codes", choices=AccidentCase.Severity.choices)
    conclusion = CodesFilter(label=_("Kết luận"), method="by_codes", choices=AccidentCase.Conclusion.choices)
    cause = CodesFilter(label=_("Nguyên nhân"), method="by_codes")
    agent = CodesFilter(label=_("Yếu tố gây chấn thương"), method="by_codes")
    relation = CodesFilter(label=_("Quan hệ lao động"), method="by_codes", choices=Victim.LabourRelation.choices)
    occupation = CodesFilter(label=_("Nghề nghiệp"), method="by_codes")
    establishment = django_filters.CharFilter(label=_("Cơ sở (mã số thuế hoặc tên)"), method="by_establishment")
    # Parameters of figures: they stand in links and show as conditions, not as fields.
    relation_group = CodesFilter(label=_("Nhóm quan hệ lao động"), method="by_codes", widget=HiddenCodes,
                                 choices=[("contract", _("Có quan hệ lao động")), ("non_contract", _("Không theo hợp đồng"))])  # fmt: skip  # noqa: E501
    sex = CodesFilter(label=_("Giới tính"), method="by_codes", widget=HiddenCodes, choices=Victim.Sex.choices)
    managed = CodesFilter(label=_("Thuộc quyền quản lý"), method="by_codes", widget=HiddenCodes,
                          choices=[("true", _("Có")), ("false", _("Không"))])  # fmt: skip
    industry = CodesFilter(label=_("Ngành"), method="by_codes", widget=HiddenCodes)
    ownership = CodesFilter(label=_("Loại hình"), method="by_codes", widget=HiddenCodes)
    measure = django_filters.CharFilter(label=_("Chỉ tiêu"), method="by_measure", widget=forms.HiddenInput)
    basis = django_filters.CharFilter(label=_("Tính theo"), method="nothing", widget=forms.HiddenInput)
    boundary = django_filters.CharFilter(label=_("Địa giới"), method="nothing", widget=forms.HiddenInput)

    prefix_path = ""  # from the record to its case

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moment = getattr(self.request, "now", None)
        self.today = today or clock.local_day(moment or clock.now())
        self._fill_choices()

    def _fill_choices(self) -> None:
        fields = self.form.fields
        fields["cause"].choices = codes.choices(CAUSES, self.today)
        fields["agent"].choices = codes.choices(AGENTS, self.today)
        fields["occupation"].choices = codes.choices(OCCUPATIONS, self.today, deepest=2)
        fields["period"].widget = forms.Select(choices=[("", gettext("Tất cả")), *_period_choices(self.today)])
        fields["place"].widget = forms.Select(choices=[("", gettext("Tất cả")), *place_choices()])
        for name, held in (("period", self.data.get("period", "")), ("place", self.data.get("place", ""))):
            widget = fields[name].widget
            known = {str(key) for _, group in widget.choices if isinstance(group, list) for key, _ in group}
            known |= {str(key) for key, label in widget.choices if not isinstance(label, list)}
            if held and held not in known:
                widget.choices = [*widget.choices, (held, held)]
        fields["measure"].choices = [(name, str(label)) for name, label in MEASURE_LABELS.items()]
        for name, field in fields.items():
            if isinstance(field, CodesField):
                held = stated(self.data, name)
                if "," in held:
                    field.offer(held)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A condition that cannot be read shows nothing rather than everything."""
        if self.form.errors:
            return queryset.none()
        for name, value in list(self.form.cleaned_data.items()):
            queryset = self.filters[name].filter(queryset, value)
        return queryset.none() if self.form.errors else queryset

    def by_period(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        try:
            return queryset.filter(queries.in_period(Period.parse(value), f"{self.prefix_path}occurred_at"))
        except PeriodError as error:
            self.form.add_error(name, str(error))
            return queryset.none()

    def by_place(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        ids = self._territory(value)
        if ids is None:
            self.form.add_error(name, gettext("Không có đơn vị hành chính mã %(code)s.") % {"code": value})
            return queryset.none()
        basis = self.form.cleaned_data.get("basis")
        path = "establishment__headquarters_place_id" if basis == "headquarters" else "place_id"
        return queryset.filter(**{f"{self.prefix_path}{path}__in": ids})

    def _territory(self, value: str) -> frozenset[int] | None:
        """Places whose records count under a code, by the boundaries asked for (default: end of the period)."""
        code, _at, last_day = value.partition("@")
        graph, day = tree.current(), self._boundary_day(last_day)
        node = graph.at(code, day)
        if node is None:
            node = next(reversed(graph.with_code(code)), None)
            if node is None:
                return None
            day = min(day, node.valid_to) if node.valid_to and day > node.valid_to else max(day, node.valid_from)
        if self.form.cleaned_data.get("boundary") == "event":
            return frozenset(
                unit.pk for unit in graph.nodes.values()
                if unit.pk == node.pk or any(up.pk == node.pk for up in graph.ancestors(unit.pk, unit.valid_to or day))
            )  # fmt: skip
        return graph.territory(node.pk, day)

    def _boundary_day(self, last_day: str) -> date:
        asked = last_day or self.form.cleaned_data.get("boundary") or ""
        try:
            return date.fromisoformat(asked)
        except ValueError:
            pass
        period = self.form.cleaned_data.get("period")
        if asked == "today" or not period:
            return self.today
        try:
            return Period.parse(period).end
        except PeriodError:
            return self.today

    def by_establishment(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        path = f"{self.prefix_path}establishment"
        bare = value.replace("-", "").replace(" ", "")
        if value == UNKNOWN:
            return queryset.filter(**{f"{path}__isnull": True})
        if bare.isdigit():
            return queryset.filter(**{f"{path}__tax_code": bare})
        return queryset.filter(**{f"{path}__name_folded__contains": fold(value)})

    def by_codes(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return queryset.filter(self.condition(name, value)) if value else queryset

    def by_measure(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value not in figures.MEASURES:
            self.form.add_error(name, gettext("Không có chỉ tiêu “%(name)s”.") % {"name": value})
            return queryset.none()
        return queryset.filter(self.measured(figures.MEASURES[value]))

    def nothing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Read together with another filter."""
        return queryset

    def condition(self, name: str, wanted: list[str]) -> Q:
        raise NotImplementedError

    def measured(self, condition: Q) -> Q:
        raise NotImplementedError


def _victim_condition(name: str, wanted: list[str]) -> Q:
    """A dimension as a condition on victims; `unknown` is NULL."""
    known = [code for code in wanted if code != UNKNOWN]
    column = VICTIM_COLUMNS.get(name) or {"industry": "case__establishment__industry_code"}.get(name)
    column = column or ("severity" if name == "severity" else f"case__{CASE_COLUMNS[name]}")
    found = Q(pk__in=[])
    if known and name == "managed":
        found |= Q(managed__in=[code == "true" for code in known])
    elif known and name == "relation_group":
        found |= figures.DIMENSIONS[name]([code for code in known if code in RELATION_GROUPS])
    elif known and name == "industry":
        found |= figures.DIMENSIONS[name]([code for code in known if "/" in code])
    elif known:
        found |= figures.DIMENSIONS[name](known)
    if UNKNOWN in wanted:
        found |= Q(**{f"{column}__isnull": True}) | _empty(column)
    return found


def _empty(column: str) -> Q:
    """Text columns of the register of establishments keep "not known" as an empty text."""
    return Q(**{column: ""}) if column.endswith(("industry_code", "ownership_type")) else Q(pk__in=[])


class CaseFilter(Filters):
    """Filters of cases. Conditions on people are asked of the principal victim, under whom the case counts."""

    class Meta:
        model = AccidentCase
        fields: list[str] = []

    def condition(self, name: str, wanted: list[str]) -> Q:
        if name not in CASE_COLUMNS:
            return self.measured(_victim_condition(name, wanted))
        column = CASE_COLUMNS[name]
        found = Q(**{f"{column}__in": [code for code in wanted if code != UNKNOWN]})
        return found | Q(**{f"{column}__isnull": True}) | _empty(column) if UNKNOWN in wanted else found

    def measured(self, condition: Q) -> Q:
        principal = Victim.objects.filter(condition, case=OuterRef("pk"), is_principal=True)
        return Q(Exists(principal))


class VictimFilter(Filters):
    """Filters of victims."""

    prefix_path = "case__"

    class Meta:
        model = Victim
        fields: list[str] = []

    def condition(self, name: str, wanted: list[str]) -> Q:
        return _victim_condition(name, wanted)

    def measured(self, condition: Q) -> Q:
        return condition

"""The reporters behind one number of the board, searched, filtered and exported like any list."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import BooleanField, CharField, DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from atvsld.law.reporting_duties import Term, Verdict
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.obligations import board
from atvsld.oversight.obligations.answers import answer_of, relation_of
from atvsld.oversight.obligations.board import LISTS
from atvsld.oversight.obligations.expected import explained
from atvsld.oversight.obligations.grouping import GROUPINGS, keys_of
from atvsld.oversight.obligations.house import house, said
from atvsld.oversight.obligations.models import ReminderLetter
from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import CHASE, READ
from atvsld.oversight.obligations.statement import positional
from atvsld.oversight.obligations.states import TONES, Filed, state_of
from atvsld.oversight.obligations.web.board import scope_of, term_or_404
from atvsld.oversight.obligations.web.reporters import MODELS, within
from atvsld.platform.acts import clock
from atvsld.platform.ui import formats_text
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import PageAction, requires
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn
from atvsld.platform.ui.templatetags.ui import badge
from atvsld.registers.establishments import queries as establishments
from atvsld.registers.establishments import tax_codes

LIST_NAMES = {
    "obliged": _("Phải nộp"),
    "in": _("Đã nộp"),
    "on_time": _("Đã nộp đúng hạn"),
    "late": _("Đã nộp muộn"),
    "returned": _("Bị trả lại"),
    "nil": _("Đã nộp, không phát sinh"),
    "draft": _("Đang lập"),
    "waiting": _("Chưa nộp, còn hạn"),
    "silent": _("Quá hạn, chưa nộp"),
    "cannot_tell": _("Chưa xác định được có phải nộp"),
    "unexpected": _("Nộp dù chưa xác định phải nộp"),
    "not_owed": _("Không phải nộp"),
}

# What is shown of a filing: the column, and what it holds.
FILED: dict[str, tuple[str, Any]] = {
    "filed_state": ("state", CharField()),
    "filed_at": ("submitted_at", DateTimeField()),
    "filed_late": ("late", BooleanField()),
    "filed_nil": ("nil", BooleanField()),
}


class UnitFilter(django_filters.FilterSet):
    """Which list; the page itself narrows to it, so that the number of the board is the number of rows."""

    ds = django_filters.ChoiceFilter(
        label=_("Danh sách"), method="kept", choices=list(LIST_NAMES.items()), empty_label=None
    )

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        return queryset


class UnitTable(ListTable):
    """One reporter a row, with what became of its report."""

    code = tables.Column(accessor="pk", verbose_name=_("Mã số"), orderable=False)
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    state = tables.Column(accessor="pk", verbose_name=_("Tình trạng"), orderable=False)
    filed_at = DayColumn(verbose_name=_("Nộp lần đầu"))
    days_late = NumberColumn(accessor="pk", verbose_name=_("Muộn (ngày)"), orderable=False)
    reminded = tables.Column(accessor="reminded_step", verbose_name=_("Đã đôn đốc"), orderable=False)
    why = tables.Column(accessor="pk", verbose_name=_("Vì sao"), orderable=False)

    optional: tuple[str, ...] = ("why",)
    fixed = ("name",)
    page: Any

    @property
    def term(self) -> Term:
        return self.unit_page.term

    @property
    def unit_page(self) -> UnitList:
        found: UnitList = self.request.unit_page
        return found

    def render_code(self, record: Any) -> str:
        return self.value_code(record) or "–"

    def value_code(self, record: Any) -> str:
        code = getattr(record, "tax_code", None)
        return tax_codes.display(code) if code else getattr(record, "code", "")

    def _state(self, record: Any) -> Any:
        filed = Filed("", record.filed_state or "", record.filed_at, bool(record.filed_late), bool(record.filed_nil))
        return state_of(self.term, filed, self.unit_page.today)

    def render_state(self, record: Any) -> Any:
        if self.unit_page.wanted in ("cannot_tell", "not_owed"):
            return badge(LIST_NAMES[self.unit_page.wanted])
        found = self._state(record)
        return badge(_("Không phát sinh") if record.filed_nil else found.label, TONES[found])

    def value_state(self, record: Any) -> str:
        if self.unit_page.wanted in ("cannot_tell", "not_owed"):
            return str(LIST_NAMES[self.unit_page.wanted])
        return str(self._state(record).label)

    def value_days_late(self, record: Any) -> int | None:
        last = self.term.last_ok
        if last is None:
            return None
        day = Filed("", "", record.filed_at).day
        if day is None:
            return max(0, (self.unit_page.today - last).days) if self.unit_page.wanted == "silent" else None
        return max(0, (day - last).days)

    def render_days_late(self, record: Any) -> Any:
        found = self.value_days_late(record)
        return "–" if found is None else formats_text.number(found)

    def render_reminded(self, value: str) -> str:
        return next((step.name for step in house().steps if step.id == value), value)

    def value_reminded(self, value: str) -> str:
        return self.render_reminded(value) if value else ""

    @cached_property
    def _answers(self) -> dict[int, Verdict]:
        """The answers of the rows drawn or exported, one statement for all of them."""
        held = self.data.data
        records = held if isinstance(held, list) else [row.record for row in self.drawn_rows]
        return explained(self.term, [record.pk for record in records], today=self.unit_page.today)

    def render_why(self, record: Any) -> str:
        verdict = self._answers.get(record.pk)
        if verdict is None:
            return ""
        english = get_language() == "en"
        return " ".join(reason.said.en if english else reason.said.vi for reason in verdict.deciding)

    def value_why(self, record: Any) -> str:
        return self.render_why(record)


class EstablishmentUnits(UnitTable):
    name = RecordColumn("obligations:establishment", verbose_name=_("Đơn vị"), order_by="name_folded")
    workers = NumberColumn(verbose_name=_("Lao động"))

    class Meta(ListTable.Meta):
        sequence = ("name", "code", "place", "workers", "...")


class BodyUnits(UnitTable):
    name = RecordColumn("obligations:body", verbose_name=_("Đơn vị"), order_by="name_folded")

    class Meta(ListTable.Meta):
        sequence = ("name", "...")


class ProviderUnits(UnitTable):
    name = RecordColumn("obligations:provider", verbose_name=_("Đơn vị"), order_by="name_folded")

    class Meta(ListTable.Meta):
        sequence = ("name", "...")


_TABLES: dict[str, type[UnitTable]] = {
    "establishments": EstablishmentUnits, "bodies": BodyUnits, "providers": ProviderUnits,
}  # fmt: skip


class UnitList(ListPage):
    """See the module's text. Parameters besides those of every list: ds, theo and nhom (a line of the board)."""

    permission = READ
    filter_class = UnitFilter
    order = ("name_folded", "pk")
    search_help = _("Tên (có dấu hay không dấu)")
    export_name = "don-vi-bao-cao"
    empty_title = _("Không có đơn vị nào trong danh sách này")

    @cached_property
    def term(self) -> Term:
        return term_or_404(self.kwargs["report"], self.kwargs["period"])

    @cached_property
    def today(self) -> date:
        return clock.local_day(self.request.now)  # type: ignore[attr-defined]

    @cached_property
    def wanted(self) -> str:
        asked = self.request.GET.get("ds", "")
        return asked if asked in LISTS else "obliged"

    @cached_property
    def narrowed_to(self) -> tuple[str, tuple[str, ...]]:
        """The grouping and raw keys of the board's line the list was opened from."""
        by, code = self.request.GET.get("theo", ""), self.request.GET.get("nhom", "")
        if by not in GROUPINGS or not code:
            return "", ()
        found = board.counts(self.term, today=self.today, scope=scope_of(self.actor, self.term), group=by)
        return by, keys_of(self.term, by, code, found, today=self.today)

    def get_queryset(self) -> QuerySet[Any]:
        register = self.term.duty.reporter.register
        by, keys = self.narrowed_to
        sql, params = board.listed_sql(
            self.term, self.wanted, today=self.today, scope=scope_of(self.actor, self.term), group=by, keys=keys
        )
        found = within(self.actor, READ, register).filter(pk__in=RawSQL(*positional(sql, params)))  # noqa: S611 — constants
        if register == "establishments":
            found = establishments.with_workers(found)
        column = COLUMNS[register]
        mine = {f"{column}_id": OuterRef("pk"), "report": self.term.duty.id, "period": self.term.period.code}
        reminded = ReminderLetter.objects.filter(**mine).order_by("-issued_on", "-pk")
        listed: QuerySet[Any] = found.select_related("place").annotate(
            **{name: self._filed(found, column, name) for name in FILED},
            reminded_step=Subquery(reminded.values("step")[:1]),
        )
        return listed

    def _filed(self, found: QuerySet[Any], column: str, name: str) -> Any:
        """What became of the report, from the filings or from the room that takes this report in."""
        of, output = FILED[name]
        report, period = self.term.duty.id, self.term.period.code
        if answer_of(report) is None:
            filed = Filing.objects.filter(**{f"{column}_id": OuterRef("pk"), "report": report, "period": period})
            return Subquery(filed.values(of)[:1])
        table = found.model._meta.db_table  # noqa: SLF001 — Django's documented interface
        sql = (
            f"(SELECT fx.{of} FROM {relation_of(report)} fx"  # noqa: S608 — constants
            f" WHERE fx.{column}_id = {table}.id AND fx.report = %s AND fx.period = %s LIMIT 1)"
        )
        return RawSQL(sql, (report, period), output_field=output)  # noqa: S611 — constants

    def figure(self) -> Any:
        return f"{LIST_NAMES[self.wanted]} · {said(self.term.rule.label)} · {self.term.period.label_vi}"

    def actions(self) -> list[PageAction]:
        back = reverse("obligations:report", args=[self.term.duty.id, self.term.period.code])
        found = [PageAction(_("Bảng tổng hợp"), back, "table")]
        if self.wanted == "silent" and self.actor.may(CHASE):
            given = self.request.GET.copy()
            given.pop("trang", None)
            address = reverse("obligations:begin", args=[self.term.duty.id, self.term.period.code])
            found.append(PageAction(_("Viết công văn đôn đốc"), f"{address}?{given.urlencode()}", "send", primary=True))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Đơn vị báo cáo"), **kwargs)


def view_of(request: HttpRequest, report: str, period: str) -> UnitList:
    """The list of a term, set up: its model and table follow from the register the reporters stand in."""
    register = term_or_404(report, period).duty.reporter.register
    view: UnitList = type("Units", (UnitList,), {"model": MODELS[register], "table_class": _TABLES[register]})()
    view.setup(request, report=report, period=period)
    request.unit_page = view  # type: ignore[attr-defined]
    return view


@requires(READ)
def units(request: HttpRequest, report: str, period: str) -> HttpResponse:
    """The list of a term."""
    answer: HttpResponse = view_of(request, report, period).dispatch(request, report=report, period=period)
    return answer

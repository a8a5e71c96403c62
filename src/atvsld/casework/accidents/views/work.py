"""Cases as work: at which stage each stands, what is due next, whose it is."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.models.file import LEVELS, STAGES
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.platform.ui.templatetags import ui
from atvsld.registers.duties import queries as duties
from atvsld.registers.duties import wording
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.policy import DUTIES
from atvsld.registers.duties.policy import READ as READ_DUTIES

CONTEXT = "accidents"
ENDED = ("closed", "out_of_scope")
WHOSE = (("mine", _("Có việc của tôi")), ("body", _("Có việc của cơ quan, cơ sở tôi")), ("all", _("Tất cả")))
WHEN = (
    ("any", _("Đang giải quyết")),
    ("overdue", _("Có việc quá hạn")),
    ("week", _("Có việc hết hạn trong 7 ngày tới")),
    ("idle", _("Không có việc nào đang chờ")),
    ("ended", _("Đã kết thúc")),
)
ALL = _("Tất cả")


def open_about() -> QuerySet[Duty]:
    """The open duties about the case of the outer query."""
    return Duty.objects.filter(duties.is_open(), context=CONTEXT, subject=OuterRef("public_id"))


def cases(actor: Actor) -> QuerySet[AccidentCase]:
    """Cases with an open procedure within reach, with `next_due` and `open_duties` of what the actor may see.

    Those with the nearest term first; those without one last.
    """
    seen = open_about().filter(DUTIES.filter(actor, READ_DUTIES))
    counted = seen.order_by().values("subject").annotate(n=Count("pk")).values("n")
    nearest = seen.filter(due_at__isnull=False).order_by("due_at", "pk")
    return (
        queries.visible_cases(actor)
        .filter(procedure_file__isnull=False)
        .select_related("place", "establishment", "procedure_file")
        .annotate(
            next_due=Subquery(nearest.values("due_at")[:1], output_field=DateTimeField()),
            next_duty=Subquery(nearest.values("pk")[:1]),
            open_duties=Coalesce(Subquery(counted), 0),
        )
    )


class WorkFilter(django_filters.FilterSet):
    """`whose` and `when` always say what the list shows."""

    whose = django_filters.ChoiceFilter(label=_("Vụ"), choices=WHOSE, method="by_whose", empty_label=None)
    when = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=WHEN, method="by_state", empty_label=None)
    stage = django_filters.ChoiceFilter(
        label=_("Giai đoạn"), choices=STAGES, field_name="procedure_file__stage", empty_label=ALL
    )
    level = django_filters.ChoiceFilter(
        label=_("Cấp giải quyết"), choices=LEVELS, field_name="procedure_file__level", empty_label=ALL
    )

    class Meta:
        model = AccidentCase
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, request: Any, **kwargs: Any) -> None:
        data = QueryDict(mutable=True) if data is None else data.copy()
        if data.get("whose") not in dict(WHOSE):
            data["whose"] = "all"
        if data.get("when") not in dict(WHEN):
            data["when"] = "any"
        super().__init__(data, *args, request=request, **kwargs)

    def by_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        actor, today = self.request.actor, clock.local_day(self.request.now)
        if value == "all":
            return queryset
        own = duties.mine(actor, today) if value == "mine" else duties.of_my_bodies(actor, today)
        return queryset.filter(Exists(self._seen().filter(own)))

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        now = self.request.now
        ended = Q(procedure_file__stage__in=ENDED)
        if value == "ended":
            return queryset.filter(ended)
        running = queryset.exclude(ended)
        if value == "overdue":
            return running.filter(Exists(self._seen().filter(duties.overdue(now))))
        if value == "week":
            return running.filter(Exists(self._seen().filter(duties.due_within(now, duties.SOON_DAYS))))
        return running.filter(open_duties=0) if value == "idle" else running

    def _seen(self) -> QuerySet[Duty]:
        return open_about().filter(DUTIES.filter(self.request.actor, READ_DUTIES))


class WorkTable(ListTable):
    """One case a row."""

    number = RecordColumn("accidents:case", verbose_name=_("Số hồ sơ"), order_by="pk")
    occurred_at = DayColumn(with_time=True, verbose_name=_("Xảy ra lúc"))
    place = tables.Column(accessor="place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Cơ sở"))
    severity = StateColumn(verbose_name=_("Mức độ"))
    stage = tables.Column(accessor="procedure_file__get_stage_display", verbose_name=_("Giai đoạn"), orderable=False)
    level = tables.Column(accessor="procedure_file__get_level_display", verbose_name=_("Cấp"), orderable=False)
    next_due = tables.Column(verbose_name=_("Việc gần nhất"), empty_values=(), order_by="next_due")
    open_duties = NumberColumn(verbose_name=_("Việc đang chờ"))

    optional = ("place", "level")
    fixed = ("number",)

    def next_duties(self) -> dict[int, Duty]:
        """The nearest duty of each row of the page, fetched once."""
        if not hasattr(self, "_held"):
            keys = [row.record.next_duty for row in self.paginated_rows if row.record.next_duty]
            self._held = Duty.objects.in_bulk(keys)
        return self._held

    def render_next_due(self, record: Any) -> Any:
        duty = self.next_duties().get(record.next_duty)
        if duty is None:
            return "–"
        words = ui.badge(wording.remaining(duty, self.request.now), wording.tone(duty, self.request.now))
        return format_html("{}<br><small>{}</small>", words, duty.title)

    def value_next_due(self, record: Any) -> Any:
        return record.next_due


NEAREST = (F("next_due").asc(nulls_last=True), "-occurred_at", "-pk")

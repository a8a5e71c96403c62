"""The list of duties: whose, how urgent, where, by which rule."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import sort_key
from atvsld.law import load_book
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, RecordColumn
from atvsld.platform.ui.templatetags import ui
from atvsld.registers.duties import queries, wording
from atvsld.registers.duties.contexts import context_name
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owner_name, owners
from atvsld.registers.places import tree

WHOSE = (("mine", _("Của tôi")), ("body", _("Của cơ quan, cơ sở tôi")), ("all", _("Tất cả trong phạm vi")))
WHEN = (
    ("open", _("Đang phải làm")),
    ("overdue", _("Quá hạn")),
    ("today", _("Hết hạn hôm nay")),
    ("week", _("Hết hạn trong 7 ngày tới")),
    ("unassigned", _("Chưa có người nhận")),
    ("done", _("Đã làm")),
    ("late", _("Đã làm, trễ hạn")),
    ("cancelled", _("Không còn phải làm")),
    ("any", _("Tất cả")),
)
ALL = _("Tất cả")


def usual_whose(actor: Actor, on: Any) -> str:
    """What the list shows when nothing is asked: one's own, or everything for those whom no duty comes to."""
    return "all" if queries.mine(actor, on) == queries.NONE else "mine"


class DutyFilter(django_filters.FilterSet):
    """`whose` and `when` always say what the list shows."""

    whose = django_filters.ChoiceFilter(label=_("Việc"), choices=WHOSE, method="by_whose", empty_label=None)
    when = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=WHEN, method="by_state", empty_label=None)
    place = django_filters.ChoiceFilter(label=_("Địa bàn"), method="by_place", empty_label=ALL)
    body = django_filters.ChoiceFilter(label=_("Cơ quan phải làm"), field_name="body__code", empty_label=ALL)
    owner = django_filters.ChoiceFilter(label=_("Người phải làm"), empty_label=ALL)
    rule = django_filters.ChoiceFilter(label=_("Quy tắc"), empty_label=ALL)
    context = django_filters.ChoiceFilter(label=_("Lĩnh vực"), empty_label=ALL)

    class Meta:
        model = Duty
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, request: Any, **kwargs: Any) -> None:
        data = QueryDict(mutable=True) if data is None else data.copy()
        self.actor, self.today = request.actor, clock.local_day(request.now)
        if data.get("whose") not in dict(WHOSE):
            data["whose"] = usual_whose(self.actor, self.today)
        if data.get("when") not in dict(WHEN):
            data["when"] = "open"
        super().__init__(data, *args, request=request, **kwargs)
        self._offer()

    def _offer(self) -> None:
        """Only what stands in some duty within reach can be chosen."""
        reach = queries.visible(self.actor)
        columns = ("place_id", "body__code", "body__name", "owner", "rule", "context")
        rows = list(reach.order_by().values(*columns).distinct())
        fields = self.form.fields
        nodes = tree.current().nodes
        named = {node.code: f"{node.name} ({node.code})" for row in rows if (node := nodes.get(row["place_id"]))}
        book = load_book()
        titles = {row["rule"]: book.deadlines[row["rule"]].entries[-1].value.label.vi for row in rows}
        for name, found in {
            "place": named,
            "body": {row["body__code"]: row["body__name"] for row in rows if row["body__code"]},
            "owner": {word: owner_name(word) for word in owners() if any(row["owner"] == word for row in rows)},
            "rule": titles,
            "context": {row["context"]: str(context_name(row["context"])) for row in rows},
        }.items():
            ordered = sorted(found.items(), key=lambda pair: sort_key(pair[1]))
            fields[name].choices = [("", ALL), *ordered]

    def by_whose(self, queryset: QuerySet[Duty], name: str, value: str) -> QuerySet[Duty]:  # noqa: ARG002
        if value == "mine":
            return queryset.filter(queries.mine(self.actor, self.today))
        if value == "body":
            return queryset.filter(queries.of_my_bodies(self.actor, self.today))
        return queryset

    def by_state(self, queryset: QuerySet[Duty], name: str, value: str) -> QuerySet[Duty]:  # noqa: ARG002
        now = self.request.now
        if value == "any":
            return queryset
        conditions = {
            "open": queries.is_open(),
            "overdue": queries.overdue(now),
            "today": queries.due_within(now, 0),
            "week": queries.due_within(now, queries.SOON_DAYS),
        }
        if value in conditions:
            return queryset.filter(conditions[value])
        if value == "unassigned":
            return queryset.filter(queries.is_open(), assigned=False)
        if value == "late":
            return queryset.filter(state=Duty.State.DONE, late=True)
        return queryset.filter(state=value)

    def by_place(self, queryset: QuerySet[Duty], name: str, value: str) -> QuerySet[Duty]:  # noqa: ARG002
        graph = tree.current()
        return queryset.filter(place_id__in={pk for node in graph.with_code(value) for pk in graph.territory(node.pk)})


class DutyTable(ListTable):
    """One duty a row, the most pressing first."""

    remaining = tables.Column(accessor="due_at", verbose_name=_("Thời gian còn lại"), empty_values=())
    title = RecordColumn("duties:duty", verbose_name=_("Việc"), order_by="title")
    label = tables.Column(verbose_name=_("Hồ sơ"))
    owner = tables.Column(verbose_name=_("Người phải làm"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Cơ sở liên quan"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    due_at = tables.Column(verbose_name=_("Hạn"), empty_values=())
    citation = tables.Column(verbose_name=_("Căn cứ"), orderable=False)
    body = tables.Column(accessor="body__name", verbose_name=_("Cơ quan phải làm"))
    context = tables.Column(verbose_name=_("Lĩnh vực"))
    rule = tables.Column(verbose_name=_("Quy tắc"))
    state = tables.Column(verbose_name=_("Trạng thái"))
    begun_at = DayColumn(verbose_name=_("Tính từ"), with_time=True)
    done_at = DayColumn(verbose_name=_("Xong lúc"), with_time=True)

    optional = ("body", "context", "rule", "state", "begun_at", "done_at", "establishment")
    fixed = ("title",)

    def render_remaining(self, record: Duty) -> Any:
        words = ui.badge(wording.remaining(record, self.request.now), wording.tone(record, self.request.now))
        if record.assigned or record.state != Duty.State.OPEN:
            return words
        return format_html('{}<br><small class="text-secondary">{}</small>', words, _("chưa có người nhận"))

    def value_remaining(self, record: Duty) -> str:
        return wording.remaining(record, self.request.now)

    def render_label(self, record: Duty) -> Any:
        if not record.url:
            return record.label
        return format_html('<a class="nowrap" href="{}">{}</a>', record.url, record.label)

    def value_label(self, record: Duty) -> str:
        return record.label

    def render_owner(self, value: str) -> str:
        return owner_name(value)

    def value_owner(self, value: str) -> str:
        return owner_name(value)

    def render_due_at(self, record: Duty) -> str:
        return wording.due_text(record)

    def value_due_at(self, record: Duty) -> Any:
        return record.due_at

    def render_citation(self, record: Duty) -> str:
        return wording.citation(record)

    def value_citation(self, record: Duty) -> str:
        return wording.citation(record)

    def render_context(self, value: str) -> str:
        return str(context_name(value))

    def value_context(self, value: str) -> str:
        return str(context_name(value))

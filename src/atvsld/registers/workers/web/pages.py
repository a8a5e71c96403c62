"""Pages of the register of workers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.law.worker_groups import load_group_rules
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day as words_of_day
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction, actor_of
from atvsld.platform.vault import CannotOpen
from atvsld.registers.workers import groups, identity_numbers, labels, queries
from atvsld.registers.workers.listing import WorkerFilter, WorkerTable
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker
from atvsld.registers.workers.policy import CHANGE, READ, READ_IDENTITY, WORKERS


class WorkerList(ListPage):
    """Workers within the actor's reach."""

    permission = READ
    policy = WORKERS
    model = Worker
    table_class = WorkerTable
    filter_class = WorkerFilter
    title = _("Người lao động")
    order = ("name_folded", "pk")
    search_help = _("Tên (có dấu hay không dấu) hoặc cả số định danh")
    export_name = "nguoi-lao-dong"

    def get_queryset(self) -> QuerySet[Worker]:
        return queries.with_parts(Worker.objects.all())

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        if not self.actor.may(CHANGE):
            return []
        return [PageAction(_("Thêm người lao động"), reverse("workers:register"), "plus", primary=True)]


class WorkerPage(Page):
    """One person: facts with the number masked, work over time, protected groups, who changed what."""

    permission = READ
    template_name = "workers/worker.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = visible_or_404(self.request, self.kwargs["public_id"], READ)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        may_change = bool(WORKERS.decide(self.actor, CHANGE, record))
        parts = {"worker_id": record.pk}
        return super().get_context_data(
            title=record.name,
            worker=record,
            facts=_facts(record),
            warnings=_warnings(record),
            may_reveal=bool(record.has_identity and WORKERS.decide(self.actor, READ_IDENTITY, record)),
            work=[
                {
                    "record": held,
                    "occupation": labels.occupation(held.occupation_code, today),
                    "relation": labels.relation(held.labour_relation, today),
                }
                for held in record.employments.select_related("establishment", "place")
            ],
            groups=_groups(record, today),
            may_change=may_change,
            page_actions=_actions(record) if may_change else [],
            history=timeline(
                record,
                [(Employment, parts, _("Nơi làm việc")), (ProtectedGroup, parts, _("Nhóm đặc thù"))],
                masked={"identity_sealed"},
            ),
            **kwargs,
        )


def visible_or_404(request: HttpRequest, public_id: str, permission: str) -> Worker:
    """The worker if the asker may see the person; 404 as if there were none otherwise."""
    found = queries.with_parts(queries.visible(actor_of(request), permission))
    return get_object_or_404(found, public_id=public_id)


def _facts(record: Worker) -> list[tuple[str | Promise, Any]]:
    return [
        (_("Ngày sinh"), words_of_day(record.birth_date) if record.birth_date else ""),
        (_("Giới tính"), record.get_sex_display() if record.sex else ""),
        (_("Đang làm việc cho"), record.establishment.name if record.establishment else ""),
        (_("Địa bàn"), record.place.name if record.place else ""),
        (_("Loại giấy tờ"), record.get_identity_kind_display() if record.identity_kind else ""),
        (_("Số định danh"), identity_numbers.mask(record.identity_sealed)),
    ]


def _warnings(record: Worker) -> list[str]:
    """What looks wrong with the number, without showing it."""
    try:
        number = identity_numbers.unseal(record.identity_sealed)
    except CannotOpen as error:
        return [str(error)]
    found = identity_numbers.check(record.identity_kind, number, sex=record.sex, birth=record.birth_date)
    return [problem.message for problem in found]


def _groups(record: Worker, today: date) -> list[dict[str, Any]]:
    """Each belonging with its days, source and consequence; those of today first."""
    rules = load_group_rules().rules
    open_rows: dict[tuple[str, date | None], ProtectedGroup] = {
        (held.group, held.valid_from): held for held in record.protected_groups.all() if held.valid_to is None
    }
    rows = [
        {
            "label": groups.label(item.group),
            "span": item.span,
            "now": item.span.holds_on(today),
            "how": item.how,
            "status": item.status,
            "citation": item.citation,
            "note": rules[item.group].note,
            "open": open_rows.get((item.group.value, item.span.since)) if item.how == "stated" else None,
        }
        for item in groups.memberships(record)
        # That everybody was once a minor tells nothing.
        if item.how != "sex_age" or item.span.holds_on(today)
    ]
    return sorted(rows, key=lambda row: not row["now"])


def _actions(record: Worker) -> list[PageAction]:
    def to(name: str) -> str:
        return reverse(f"workers:{name}", args=[record.public_id])

    return [
        PageAction(_("Sửa thông tin"), to("change"), "edit", primary=True),
        PageAction(_("Ghi nơi làm việc"), to("start_employment"), "building-factory-2"),
        PageAction(_("Ghi nhóm đặc thù"), to("state_group"), "users"),
    ]

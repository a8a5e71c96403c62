"""Officers' pages: procedures with their measured times, dossiers, one dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.procedures import figures, queries, settling
from atvsld.casework.procedures.actions.dossiers import NEXT, may_follow
from atvsld.casework.procedures.listing import ApplicationFilter, ApplicationTable, said, shown_applicant
from atvsld.casework.procedures.models import Application, ApplicationStep
from atvsld.casework.procedures.policy import CHANGE, HANDLE, OWN, READ
from atvsld.casework.procedures.rules import load_procedures
from atvsld.casework.procedures.web import shown
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day, moment
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction


class Home(Page):
    """Every procedure: time by law, publication, dossiers of a year and the time they took."""

    permission = READ
    template_name = "procedures/home.html"
    title = _("Thủ tục hành chính về an toàn, vệ sinh lao động")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        year = shown.year_of(self.request.GET.get("nam", ""), today)
        start, end = date(year, 1, 1), date(year, 12, 31)
        held = queries.visible(self.actor)
        measured = figures.measured(held, start, end, today)
        judged = sum(one.judged for one in measured.values())
        return super().get_context_data(
            lines=shown.lines(measured, today),
            year=year,
            years=range(today.year, today.year - 4, -1),
            published=queries.publications(today).count(),
            open=sum(one.open for one in measured.values()),
            overdue=sum(one.overdue for one in measured.values()),
            decided=sum(one.decided for one in measured.values()),
            judged=judged,
            in_time=sum(one.in_time for one in measured.values()),
            span=f"xong_tu={start.isoformat()}&xong_den={end.isoformat()}",
            **kwargs,
        )

    def actions(self) -> list[PageAction]:
        found = [
            PageAction(_("Trang công khai"), reverse("public_procedures:list"), "external-link"),
            PageAction(_("Mọi hồ sơ"), reverse("procedures:applications"), "list-details"),
        ]
        if self.actor.may(HANDLE):
            found.append(PageAction(_("Ghi hồ sơ nhận được"), reverse("procedures:receive"), "plus", primary=True))
        return found


class ProcedurePage(Page):
    """One procedure: what the law says, who published it, what was measured."""

    permission = READ
    template_name = "procedures/procedure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = load_procedures().by_id.get(self.kwargs["procedure"])
        if one is None:
            raise Http404
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        year = shown.year_of(self.request.GET.get("nam", ""), today)
        measured = figures.measured(
            queries.visible(self.actor).filter(procedure=one.id), date(year, 1, 1), date(year, 12, 31), today
        ).get(one.id)
        version = one.at(today)
        about = shown.about(one, today)
        endable = set(queries.changeable(self.actor, CHANGE).values_list("pk", flat=True))
        return super().get_context_data(
            **(kwargs | about | {"title": said(one.label), "year": year}),
            measured=shown.measured_facts(measured, version.term.unit if version else "working"),
            rows=[(held, held.pk in endable) for held in about["publications"]],
            page_actions=self._actions(one.id, local=one.local),
        )

    def _actions(self, procedure: str, *, local: bool) -> list[PageAction]:
        found = [
            PageAction(
                _("Hồ sơ của thủ tục"), f"{reverse('procedures:applications')}?thu_tuc={procedure}", "list-details"
            )
        ]
        if local and self.actor.may(CHANGE):
            found.append(PageAction(_("Công bố"), reverse("procedures:publish", args=[procedure]), "send"))
        if local and self.actor.may(HANDLE):
            address = f"{reverse('procedures:receive')}?thu_tuc={procedure}"
            found.append(PageAction(_("Ghi hồ sơ nhận được"), address, "plus", primary=True))
        return found


class ApplicationList(ListPage):
    """Dossiers within reach."""

    permission = READ
    model = Application
    table_class = ApplicationTable
    filter_class = ApplicationFilter
    title = _("Hồ sơ thủ tục hành chính")
    order = ("-received_at", "-pk")
    search_help = _("Mã hồ sơ hoặc tên cơ sở")
    export_name = "ho-so-thu-tuc"
    empty_title = _("Chưa có hồ sơ nào trong phạm vi của bạn")

    def get_queryset(self) -> QuerySet[Application]:
        return queries.visible(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        if not self.actor.may(HANDLE):
            return []
        return [PageAction(_("Ghi hồ sơ nhận được"), reverse("procedures:receive"), "plus", primary=True)]


STEP_ICONS = {
    "ask": "help-circle", "complete": "check", "grant": "circle-check", "refuse": "circle-x", "withdraw": "arrow-left",
    "followed": "check", "void": "trash",
}  # fmt: skip


class ApplicationPage(Page):
    """One dossier: where it stands against the time of the law, its steps, what may follow."""

    permission = READ
    template_name = "procedures/application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.visible(self.actor).prefetch_related("steps")
        record = found.filter(public_id=self.kwargs["public_id"]).first()
        if record is None:
            raise Http404
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        one = load_procedures()[record.procedure]
        version = one.at(clock.local_day(record.received_at))
        own = bool(OWN.decide(self.actor, HANDLE, record))
        masked = set() if own or record.establishment else {"applicant"}
        return super().get_context_data(
            title=_("Hồ sơ %(code)s") % {"code": record.grouped},
            record=record,
            procedure=one,
            procedure_label=said(one.label),
            reckoning=settling.reckoning(record, on=today),
            following=settling.following(record),
            term=shown.term_shown(version.term) if version else None,
            counting=shown.COUNTING,
            facts=_facts(record, shown_applicant(record, self.actor)),
            steps=list(record.steps.all()),
            page_actions=_steps(record) if own else [],
            tracking=self.request.build_absolute_uri(reverse("public_procedures:track")) + f"?ma={record.grouped}",
            history=timeline(record, [(ApplicationStep, {"application_id": record.pk}, _("Bước"))], masked=masked),
            **kwargs,
        )


def _facts(record: Application, applicant: str) -> list[tuple[Any, Any]]:
    return [
        (_("Mã hồ sơ"), record.grouped),
        (_("Người nộp"), applicant),
        (_("Cơ quan giải quyết"), record.body.name),
        (_("Cách nộp"), record.get_channel_display()),
        (_("Nhận lúc"), moment(record.received_at)),
        (_("Xong ngày"), day(record.finished_on) if record.finished_on else _("chưa xong")),
    ]


def _steps(record: Application) -> list[PageAction]:
    found = []
    for kind in NEXT.get(record.state, {}):
        if kind == ApplicationStep.Kind.FOLLOWED and not may_follow(record):
            continue
        address = reverse("procedures:step", args=[record.public_id, kind])
        label = ApplicationStep.Kind(kind).label
        found.append(PageAction(label, address, STEP_ICONS[kind], primary=kind in ("grant", "complete", "followed")))
    return found

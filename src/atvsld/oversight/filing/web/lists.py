"""The reporter's own reports, and those that came in to the receiving body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from atvsld.law import load_book
from atvsld.oversight.filing import actions, listing, queries
from atvsld.oversight.filing.actions import Reporter
from atvsld.oversight.filing.listing import FilingFilter, FilingTable, IncomingTable
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import DECIDE, READ, SUBMIT
from atvsld.oversight.filing.web.grid import said
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, act_of, requires
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

_KINDS: dict[str, Any] = {"establishment": Establishment, "body": Body}
# Reporters listed for one person; an office reaches one.
MOST_REPORTERS = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """One report a reporter may have to hand in, and what was made of it so far."""

    expected: Any
    label: str
    form: str
    filing: Filing | None


class OwnReports(Page):
    """Every report the person's establishment or body owes this year, with one button each."""

    permission = SUBMIT
    template_name = "filing/own.html"
    title = _("Báo cáo của tôi")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        groups = [(reporter, kind, owed_by(kind, reporter, today)) for kind, reporter in own_reporters(self.actor)]
        mine = queries.own(self.actor).defer("current__content")
        return super().get_context_data(
            groups=groups,
            returned=list(mine.filter(state=Filing.State.RETURNED)[:50]),
            earlier=list(mine.order_by("-last_submitted_at", "-pk")[:50]),
            **kwargs,
        )


def own_reporters(actor: Actor) -> list[tuple[str, Any]]:
    """The establishments and bodies for which the person hands reports in."""
    found: list[tuple[str, Any]] = []
    for scope in actor.scopes(SUBMIT):
        if scope.dimension == "establishment":
            found += [("establishment", one) for one in Establishment.objects.filter(pk__in=scope.ids)]
        elif scope.dimension == "place" and scope.root is not None:
            bodies = Body.objects.filter(place_id=scope.root, valid_to__isnull=True, functions__function="commune")
            found += [("body", one) for one in bodies.distinct()]
    return found[:MOST_REPORTERS]


def owed_by(kind: str, reporter: Any, today: date) -> list[Owed]:
    """The reports of a reporter that fall in this year or the last and have a form, those owed or begun."""
    from atvsld.oversight.obligations.facade import of_reporter

    held = {(one.report, one.period): one for one in Filing.objects.filter(**{kind: reporter})}
    forms = {form.code for form in load_book().forms}
    register = "establishments" if kind == "establishment" else "bodies"
    found = []
    for one in of_reporter(register, reporter.pk, today.year, today=today):
        rule = one.term.rule
        filing = held.get((one.term.duty.id, one.term.period.code))
        if rule.form in forms and one.term.duty.counted and (filing or one.verdict.owes is not False):
            found.append(Owed(one, said(rule.label), rule.form or "", filing))
    return found


@require_POST
@requires(SUBMIT)
def open_report(request: HttpRequest) -> HttpResponse:
    """Open a report, or come back to the one that is open."""
    kind, key = request.POST.get("kind", ""), request.POST.get("reporter", "")
    if kind not in _KINDS:
        raise Http404
    record = _KINDS[kind].objects.filter(public_id=key.replace("\x00", "")[:26]).first()
    if record is None:
        raise Http404
    reporter = Reporter(**{kind: record})
    filing = actions.open_filing(
        act_of(request), report=request.POST.get("report", "")[:30], period=request.POST.get("period", "")[:10],
        establishment=reporter.establishment, body=reporter.body,
    )  # fmt: skip
    return redirect("filing:entry" if filing.state == Filing.State.DRAFT else "filing:filing", filing.public_id)


class IncomingReports(ListPage):
    """What was handed in, newest first; many are taken in by one click."""

    permission = READ
    model = Filing
    template_name = "filing/incoming.html"
    filter_class = FilingFilter
    title = _("Báo cáo đã nộp")
    order = ("-last_submitted_at", "-id")
    search_help = _("Tên hoặc mã số thuế của đơn vị")
    export_name = "bao-cao-da-nop"
    open_filters = 6
    empty_title = _("Chưa có báo cáo nào được nộp trong phạm vi của bạn")

    @property
    def table_class(self) -> Any:  # type: ignore[override]
        """With boxes to choose by for those who may, except in files."""
        choosing = self.actor.may(DECIDE) and not self.request.GET.get("xuat")
        return IncomingTable if choosing else FilingTable

    def get_queryset(self) -> QuerySet[Filing]:
        return queries.visible(self.actor).filter(submitted_at__isnull=False).defer("current__content")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return listing.search(queryset, text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        narrowed = self.filterset.qs.order_by()
        counts = narrowed.aggregate(
            waiting=Count("pk", filter=Q(state="submitted")),
            returned=Count("pk", filter=Q(state="returned")),
            accepted=Count("pk", filter=Q(state__in=["accepted", "locked"])),
            late=Count("pk", filter=Q(late=True)),
        )
        return super().get_context_data(
            counts=counts, choosing=self.actor.may(DECIDE), back=self.request.GET.urlencode(), **kwargs
        )

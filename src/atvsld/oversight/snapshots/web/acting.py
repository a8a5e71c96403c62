"""Accepting a report, accepting its revision, comparing at once, withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.kit.ids import new_ulid
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import actions
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.oversight.snapshots.policy import ACCEPT, WITHDRAW
from atvsld.oversight.snapshots.web.finding import visible_or_404
from atvsld.oversight.snapshots.web.forms import AcceptForm, ReasonForm
from atvsld.oversight.snapshots.web.offer import FIELDS
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say


@requires(ACCEPT)
def accept(request: HttpRequest) -> HttpResponse:
    """Accept the report that was on the page before; which one stands in the address."""
    chosen = {name: request.GET.get(name, "").replace("\x00", "") for name in FIELDS}
    asked = Request(**{name: value for name, value in chosen.items() if value or name in ("form", "period")})
    # What cannot be understood or may not be seen is said before anybody writes a reason.
    report = service.produce(actor_of(request), asked, at=request.now)  # type: ignore[attr-defined]
    form = AcceptForm(request.POST or None, initial={"key": new_ulid()})
    made: list[ReportSnapshot] = []

    def act() -> None:
        data = form.cleaned_data
        made.append(actions.accept(act_of(request, data["reason"]), request=asked, key=data["key"]))

    return act_by_form(
        request, form, act, title=_("Chấp nhận số liệu báo cáo"), then=lambda: _page(made[0]),
        back=f"{reverse('reporting:report', args=[asked.form])}?{request.GET.urlencode()}",
        template="snapshots/accept.html", report=report, faults=report.faults, submit_label=_("Chấp nhận số liệu"),
    )  # fmt: skip


@requires(ACCEPT)
def revise(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept the next number, with a reason."""
    snapshot = visible_or_404(request, public_id, ACCEPT)
    form = ReasonForm(request.POST or None, initial={"key": new_ulid(), "version": snapshot.version})
    made: list[ReportSnapshot] = []

    def act() -> None:
        data = form.cleaned_data
        version = data["version"] or 0
        made.append(
            actions.revise(act_of(request, data["reason"]), snapshot=snapshot, version=version, key=data["key"])
        )

    title = _("Chấp nhận bản sửa, lần %(number)s") % {"number": snapshot.number + 1}
    return _by_reason(request, form, act, title, snapshot, then=lambda: _page(made[0]))


@requires(WITHDRAW)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the report out of force, with a reason."""
    snapshot = visible_or_404(request, public_id, WITHDRAW)
    form = ReasonForm(request.POST or None, initial={"key": new_ulid(), "version": snapshot.version})

    def act() -> None:
        data = form.cleaned_data
        actions.withdraw(act_of(request, data["reason"]), snapshot=snapshot, version=data["version"] or 0)

    return _by_reason(request, form, act, _("Rút báo cáo đã chấp nhận"), snapshot)


@require_POST
@requires(ACCEPT)
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Compare with the records at once, without waiting for the job."""
    snapshot = visible_or_404(request, public_id, ACCEPT)
    draft = actions.compare(act_of(request), snapshot=snapshot)
    if draft is None:
        say(request, _("Đã so với hồ sơ hiện nay: số liệu vẫn khớp."))
        return redirect(_page(snapshot))
    say(request, _("Đã so với hồ sơ hiện nay: có số liệu khác."))
    return redirect("snapshots:differences", snapshot.public_id)


def _by_reason(
    request: HttpRequest, form: ReasonForm, act: Any, title: str, snapshot: ReportSnapshot, *, then: Any = None
) -> HttpResponse:
    return act_by_form(request, form, act, title=title, back=_page(snapshot), then=then)


def _page(snapshot: ReportSnapshot) -> str:
    return reverse("snapshots:report", args=[snapshot.public_id])

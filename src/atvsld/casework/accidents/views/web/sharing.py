"""Pages on one case: inviting, ending an invitation, passing it on, joining it to another."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.declarations.actions.matching import decide_match
from atvsld.casework.accidents.declarations.queries import hears_everyone
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CHANGE
from atvsld.casework.accidents.views import actions
from atvsld.casework.accidents.views.models import CaseInvitation
from atvsld.casework.accidents.views.policy import INVITE
from atvsld.casework.accidents.views.web.forms import HandOverForm, InvitationForm, JoinForm, TransferForm
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say

USUAL_SPAN = timedelta(days=90)


@requires(INVITE)
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the case to a body or a person for a time."""
    case = _case(request, public_id, INVITE)
    day = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = InvitationForm(request.POST or None, day=day, initial={"valid_to": day + USUAL_SPAN})
    return act_by_form(
        request, form, lambda: actions.invite(act_of(request), case=case, guest=form.guest()),
        title=_("Mời xem hồ sơ %(number)s") % {"number": case.number}, back=_page(case),
    )  # fmt: skip


@require_POST
@requires(INVITE)
def revoke(request: HttpRequest, public_id: str, invitation: str) -> HttpResponse:
    case = _case(request, public_id, INVITE)
    held = get_object_or_404(CaseInvitation, case=case, public_id=invitation.replace("\x00", ""))
    actions.revoke(act_of(request), invitation=held)
    say(request, _("Đã thôi cho xem."))
    return redirect(_page(case))


@requires(CHANGE)
def transfer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Pass the case on to the unit in which the accident happened."""
    case = _case(request, public_id, CHANGE)
    form = TransferForm(
        request.POST or None, case=case, day=clock.local_day(case.occurred_at),
        initial={"version": case.version, "key": new_ulid()},
    )  # fmt: skip

    def act() -> None:
        stated = form.cleaned_data
        actions.transfer_case(
            act_of(request, stated["reason"]), case=case, version=stated["version"], to=stated["place"],
            key=stated["key"],
        )  # fmt: skip

    def then() -> str:
        seen = queries.visible_cases(actor_of(request)).filter(pk=case.pk).exists()
        return _page(case) if seen else reverse("accidents:list")

    title = _("Chuyển hồ sơ %(number)s") % {"number": case.number}
    return act_by_form(request, form, act, title=title, back=_page(case), then=then)


@requires(INVITE)
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that the file went to a body outside the province's units."""
    case = _case(request, public_id, CHANGE)
    form = HandOverForm(
        request.POST or None, day=clock.local_day(request.now),  # type: ignore[attr-defined]
        initial={"version": case.version, "key": new_ulid()},
    )  # fmt: skip
    return act_by_form(
        request, form,
        lambda: actions.hand_over(
            act_of(request, form.cleaned_data["reason"]), case=case, version=form.cleaned_data["version"],
            to=form.recipient(), key=form.cleaned_data["key"],
        ),
        title=_("Chuyển hồ sơ %(number)s cho cơ quan khác") % {"number": case.number}, back=_page(case),
        template="accident_views/hand_over.html",
    )  # fmt: skip


@requires(CHANGE)
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that another record tells of the same accident; which one is kept, and the other counts no more."""
    case = _case(request, public_id, CHANGE)
    if not hears_everyone(actor_of(request)):
        raise Refused(_("Chỉ cơ quan nhà nước xác định các tin báo có về cùng một vụ hay không."))
    form = JoinForm(request.POST or None, case=case, actor=actor_of(request))

    def pair() -> tuple[AccidentCase, AccidentCase]:
        other = form.cleaned_data["number"]
        return (case, other) if form.cleaned_data["keep"] == "this" else (other, case)

    def act() -> None:
        kept, other = pair()
        decide_match(act_of(request), kept=kept, other=other, verdict="same")

    title = _("Hồ sơ %(number)s và hồ sơ khác là một vụ") % {"number": case.number}
    return act_by_form(request, form, act, title=title, back=_page(case), then=lambda: _page(pair()[0]))


def _case(request: HttpRequest, public_id: str, permission: str) -> AccidentCase:
    visible = queries.visible_cases(actor_of(request)).select_related("place", "establishment")
    found = visible.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None or not queries.visible_cases(actor_of(request), permission).filter(pk=found.pk).exists():
        raise Http404
    return found


def _page(case: AccidentCase) -> str:
    return reverse("accidents:case", args=[case.public_id])

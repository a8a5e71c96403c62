"""Opening campaigns and telling of them by page: each page fetches through the scope, calls one action, answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.casework.campaigns import actions, asked, queries
from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.casework.campaigns.offers import offers
from atvsld.casework.campaigns.policy import CAMPAIGNS, CHANGE, OPEN
from atvsld.casework.campaigns.web import forms
from atvsld.casework.campaigns.web.pages import campaign_or_404, result_or_404
from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.establishments.models import Establishment

FORM, RESULT_FORM = "campaigns/form.html", "campaigns/write.html"


@requires(OPEN)
def new(request: HttpRequest) -> HttpResponse:
    """A campaign of this year."""
    form = forms.CampaignForm(request.POST or None, bodies=_bodies(request), initial={"year": _today(request).year})
    made: list[Campaign] = []
    return act_by_form(
        request, form, lambda: made.append(actions.open_campaign(act_of(request), draft=form.draft())),
        title=_("Mở đợt cao điểm"), back=reverse("campaigns:list"), then=lambda: _page(made[0]), template=FORM,
    )  # fmt: skip


@requires(OPEN)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Theme, days, term."""
    campaign = campaign_or_404(public_id)
    if not CAMPAIGNS.decide(actor_of(request), OPEN, campaign):
        raise Http404
    bodies = {body.pk: body for body in (*_bodies(request), campaign.body)}.values()
    form = forms.CampaignForm(
        request.POST or None, bodies=bodies, initial=forms.CampaignForm.stated_by(campaign)
    )  # fmt: skip
    version = request.POST.get("version") or str(campaign.version)
    return act_by_form(
        request, form,
        lambda: actions.change_campaign(
            act_of(request), campaign=campaign, version=_number(version), draft=form.draft()
        ),
        title=_("Sửa đợt cao điểm"), back=_page(campaign), template=FORM, version=version, campaign=campaign,
    )  # fmt: skip


@requires(OPEN)
@require_POST
def remind(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remind those who have not sent; answered with how many were reached."""
    campaign = campaign_or_404(public_id)
    done = actions.remind_missing(act_of(request), campaign=campaign)
    told = _(
        "Đã nhắc %(people)s người của %(bodies)s đơn vị; %(without)s đơn vị chưa có tài khoản, cần nhắc bằng văn bản."
    )
    say(request, told % {"people": done.people, "bodies": done.bodies, "without": done.without})
    return redirect(_page(campaign))


@requires(CHANGE)
@require_POST
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the page of one's own body or establishment, and go there."""
    campaign = campaign_or_404(public_id)
    chosen = {owner.key: owner for owner in queries.writes_for(actor_of(request), campaign)}
    owner = chosen.get(request.POST.get("owner", ""))
    if owner is None:
        raise Http404
    body = Body.objects.get(pk=owner.pk) if owner.kind == "body" else None
    firm = Establishment.objects.get(pk=owner.pk) if owner.kind == "establishment" else None
    result = actions.open_result(act_of(request), campaign=campaign, body=body, establishment=firm)
    return redirect("campaigns:write", result.public_id)


@requires(CHANGE)
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Figures and words; kept, or kept and sent, by the button pressed."""
    result = result_or_404(actor_of(request), public_id, CHANGE)
    rows = asked.rows(result.campaign.ends_on)
    form = forms.ResultForm(
        request.POST or None, asked=rows, correcting=result.current_id is not None, initial=_initial(result)
    )
    version = request.POST.get("version") or str(result.version)
    if request.method == "POST" and form.is_valid():
        send = "send" in request.POST
        given: dict[str, Any] = {"result": result, "version": _number(version), "draft": form.draft()}
        try:
            if send:
                actions.send_result(act_of(request), why=form.cleaned_data.get("why", ""), **given)
            else:
                actions.save_result(act_of(request), **given)
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            say(request, _("Đã gửi kết quả.") if send else _("Đã lưu nháp, chưa gửi."))
            return redirect("campaigns:result", result.public_id)
    beside = offers(result)
    return form_page(
        request, form, title=result.owner_name, back=reverse("campaigns:result", args=[public_id]),
        template=RESULT_FORM, version=version, result=result, spec=asked.form(result.campaign.ends_on),
        lines=[(row, first, second, beside.get(row.key)) for row, first, second in form.lines],
    )  # fmt: skip


def _initial(result: CampaignResult) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(result, name) for name in asked.WORDS}
    for row, given in asked.read(result.stated).items():
        initial |= {row: given.value, f"{row}__of": given.of}
    return initial


def _bodies(request: HttpRequest) -> list[Body]:
    """The standing bodies of today within reach."""
    today = _today(request)
    held = BodyFunction.objects.filter(in_force(today), function="osh_lead").values("body_id")
    return list(CAMPAIGNS.restrict(Body.objects.filter(in_force(today), pk__in=held), actor_of(request), OPEN))


def _number(version: str) -> int:
    return int(version) if version.isdecimal() else 0


def _page(campaign: Campaign) -> str:
    return reverse("campaigns:campaign", args=[campaign.public_id])


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]

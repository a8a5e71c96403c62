"""Recording benefits by page: each page fetches through the scope, calls one action, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from atvsld.casework.accidents.benefits import actions, queries
from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE, READ_RECKONING
from atvsld.casework.accidents.benefits.reckoning import day_of, suggested_kind
from atvsld.casework.accidents.benefits.web import forms
from atvsld.casework.accidents.models import Victim
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires

TEMPLATE = "accident_benefits/form.html"


@requires(CHANGE)
def reckon(request: HttpRequest, public_id: str, victim_id: str) -> HttpResponse:
    """What the law gives one victim; the key made with the page makes sending twice harmless."""
    victim = Victim.objects.select_related("case").filter(public_id=victim_id, case__public_id=public_id).first()
    if victim is None or not BENEFITS.decide(actor_of(request), CHANGE, Benefit(case=victim.case)):
        raise Http404
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    day = day_of(victim.case)
    form = forms.FactsForm(request.POST or None, initial={"on": day, "kind": suggested_kind(victim.case)})
    made: list[Benefit] = []
    return act_by_form(
        request,
        form,
        lambda: made.append(
            actions.reckon_benefit(
                act_of(request), key=key if is_ulid(key) else new_ulid(), victim=victim, facts=form.facts()
            )
        ),
        title=_("Tính chế độ cho người bị nạn thứ %(n)s") % {"n": victim.position},
        back=reverse("accidents:case", args=[public_id]),
        then=lambda: _url(made[0]),
        template=TEMPLATE,
        key=key,
        number=victim.case.number,
    )


@never_cache
@requires(READ_RECKONING)
def reckoning(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Facts and worked reckoning for this one view, once the purpose is said and recorded."""
    benefit = benefit_or_404(request, public_id, key, READ_RECKONING)
    form = forms.PurposeForm(request.POST or None)
    kept = None
    if request.method == "POST" and form.is_valid():
        kept = actions.read_reckoning(act_of(request, form.cleaned_data["purpose"]), benefit=benefit)
    context = {
        "form": form,
        "kept": kept,
        "number": benefit.case.number,
        "title": _("Cách tính: %(kind)s") % {"kind": benefit.get_kind_display()},
        "cancel_url": _url(benefit),
        "submit_label": _("Xem cách tính"),
    }
    return render(request, "accident_benefits/reckoning.html", context, status=422 if form.errors else 200)


@requires(CHANGE)
def decide(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The decision on a sum."""
    benefit = benefit_or_404(request, public_id, key, CHANGE)
    form = forms.DecisionForm(
        request.POST or None,
        initial={
            "amount": benefit.decided or benefit.reckoned,
            "number": benefit.decision_number,
            "decided_on": benefit.decided_on or _today(request),
            "lower_reason": benefit.lower_reason,
        },
    )
    return _act(
        request,
        form,
        benefit,
        _("Ghi quyết định chi"),
        lambda version: actions.decide_benefit(act_of(request), benefit=benefit, version=version, **form.cleaned_data),
    )


@requires(CHANGE)
def pay(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One payment; the key made with the page makes a double click harmless."""
    benefit = benefit_or_404(request, public_id, key, CHANGE)
    sent = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    form = forms.PaymentForm(
        request.POST or None, initial={"amount": benefit.owed or benefit.decided, "paid_on": _today(request)}
    )
    return _act(
        request,
        form,
        benefit,
        _("Ghi chi trả"),
        lambda version: actions.pay_benefit(
            act_of(request), key=sent if is_ulid(sent) else new_ulid(), benefit=benefit, version=version,
            **form.cleaned_data,
        ),
        key=sent,
    )  # fmt: skip


@requires(CHANGE)
def file(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The file of the decision went to the labour authority."""
    benefit = benefit_or_404(request, public_id, key, CHANGE)
    form = forms.FilingForm(request.POST or None, initial={"filed_on": benefit.filed_on or _today(request)})
    return _act(
        request,
        form,
        benefit,
        _("Ghi gửi hồ sơ"),
        lambda version: actions.file_benefit(act_of(request), benefit=benefit, version=version, **form.cleaned_data),
    )


@requires(CHANGE)
def withdraw(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """A sum recorded by mistake."""
    benefit = benefit_or_404(request, public_id, key, CHANGE)
    form = forms.ReasonForm(request.POST or None)
    return _act(
        request,
        form,
        benefit,
        _("Bỏ chế độ ghi nhầm"),
        lambda version: actions.withdraw_benefit(
            act_of(request, form.cleaned_data["reason"]), benefit=benefit, version=version
        ),
        back=reverse("accidents:case", args=[public_id]),
    )


@requires(CHANGE)
def withdraw_payment(request: HttpRequest, public_id: str, key: str, payment: str) -> HttpResponse:
    """A payment recorded by mistake."""
    benefit = benefit_or_404(request, public_id, key, CHANGE)
    held = BenefitPayment.objects.select_related("benefit__case").filter(benefit=benefit, public_id=payment).first()
    if held is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    return _act(
        request,
        form,
        benefit,
        _("Bỏ khoản chi ghi nhầm"),
        lambda version: actions.withdraw_payment(
            act_of(request, form.cleaned_data["reason"]), payment=held, version=version
        ),
    )


def benefit_or_404(request: HttpRequest, public_id: str, key: str, permission: str) -> Benefit:
    """The benefit of a case, if it exists for this person."""
    found = queries.visible(actor_of(request), permission).filter(public_id=key, case__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _act(
    request: HttpRequest,
    form: BaseForm,
    benefit: Benefit,
    title: str,
    run: Callable[[int], Any],
    *,
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """Run one action with the version the page was drawn from."""
    version = request.POST.get("version") or str(benefit.version)
    return act_by_form(
        request,
        form,
        lambda: run(int(version) if version.isdecimal() else 0),
        title=title,
        back=_url(benefit),
        then=(lambda: back) if back else None,
        template=TEMPLATE,
        benefit=benefit,
        version=version,
        number=benefit.case.number,
        **context,
    )


def _url(benefit: Benefit) -> str:
    return reverse("accident_benefits:benefit", args=[benefit.case.public_id, benefit.public_id])


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]

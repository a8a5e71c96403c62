"""The finance body's pages: consolidating the year, and one decision over many lines."""

from __future__ import annotations

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.budget import actions, facade, queries
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.policy import ALLOCATE
from atvsld.oversight.budget.web import fetching, forms
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires


@requires(ALLOCATE)
def consolidate(request: HttpRequest, year: int) -> HttpResponse:
    """Take in what was proposed."""
    rows = queries.visible(actor_of(request), ALLOCATE).filter(year=year, state=BudgetLine.State.PROPOSED)
    lines = list(queries.standing(rows).order_by("body__name", "pk"))
    form = django_forms.Form({} if request.method == "POST" else None)
    return act_by_form(
        request, form, lambda: actions.consolidate(act_of(request), year=year),
        title=_("Tổng hợp dự toán năm %(year)s: %(count)s dòng được đề xuất") % {"year": year, "count": len(lines)},
        back=f"{reverse('budget:overview')}?nam={year}", template=fetching.TEMPLATE, lines=lines,
        submit_label=_("Tổng hợp"),
    )  # fmt: skip


@requires(ALLOCATE)
def decision(request: HttpRequest, year: int) -> HttpResponse:
    """One decision over the lines it gives money."""
    rows = queries.in_sums(queries.visible(actor_of(request), ALLOCATE)).filter(
        year=year, state__in=BudgetLine.SAID, source__in=BudgetLine.FROM_PROVINCE
    )
    held = facade.with_positions(rows.order_by("body__name", "pk"))
    form = forms.DecisionForm(request.POST or None, request.FILES or None, held=held, today=fetching.today(request))
    return act_by_form(
        request, form,
        lambda: actions.allocate_decision(act_of(request), draft=form.draft(), shares=form.shares()),
        title=_("Quyết định giao kinh phí năm %(year)s") % {"year": year},
        back=f"{reverse('budget:overview')}?nam={year}", template="budget/decision.html", multipart=True,
    )  # fmt: skip

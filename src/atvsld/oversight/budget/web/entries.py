"""Money of a line by page: decisions, contracts, vouchers, and records made by mistake."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from atvsld.oversight.budget import actions, queries
from atvsld.oversight.budget.actions.money import may_give
from atvsld.oversight.budget.models import Allocation, Commitment, Payment
from atvsld.oversight.budget.policy import CHANGE, READ
from atvsld.oversight.budget.position import position
from atvsld.oversight.budget.web import fetching, forms
from atvsld.platform.ui.pages import act_of, actor_of, requires

KINDS: dict[str, Any] = {"phan-bo": Allocation, "cam-ket": Commitment, "chi": Payment}


@requires(READ)
def allocate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A decision about a line; by the finance body or, for other sources, by the payer."""
    actor = actor_of(request)
    line = fetching.line_or_404(queries.visible(actor), public_id)
    if not may_give(actor, line):
        raise Http404
    form = forms.AllocationForm(request.POST or None, request.FILES or None)
    return fetching.on_line(
        request, form, line, _("Ghi phân bổ kinh phí"),
        lambda version: actions.allocate(act_of(request), line=line, version=version, draft=form.draft()),
        held=position(line), multipart=True,
    )  # fmt: skip


@requires(CHANGE)
def commit(request: HttpRequest, public_id: str) -> HttpResponse:
    """A contract."""
    line = fetching.line_or_404(queries.own(actor_of(request), CHANGE), public_id)
    form = forms.CommitmentForm(request.POST or None)
    return fetching.on_line(
        request, form, line, _("Ghi cam kết chi"),
        lambda version: actions.commit(act_of(request), line=line, version=version, draft=form.draft()),
        held=position(line),
    )  # fmt: skip


@requires(CHANGE)
def pay(request: HttpRequest, public_id: str) -> HttpResponse:
    """A voucher."""
    line = fetching.line_or_404(queries.own(actor_of(request), CHANGE), public_id)
    form = forms.PaymentForm(request.POST or None, line=line)
    return fetching.on_line(
        request, form, line, _("Ghi khoản chi, thu hồi"),
        lambda version: actions.pay(act_of(request), line=line, version=version, draft=form.draft()),
        held=position(line),
    )  # fmt: skip


@requires(READ)
def cancel(request: HttpRequest, public_id: str, kind: str, entry: str) -> HttpResponse:
    """Take out what was recorded by mistake."""
    actor = actor_of(request)
    line = fetching.line_or_404(queries.visible(actor), public_id)
    model = KINDS.get(kind)
    found = model.objects.filter(line=line, public_id=entry.replace("\x00", "")).first() if model else None
    mine = queries.own(actor, CHANGE).filter(pk=line.pk).exists()
    if found is None or not (may_give(actor, line) if model is Allocation else mine):
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    return fetching.on_line(
        request, form, line, _("Bỏ lần ghi %(number)s") % {"number": found.number},
        lambda version: actions.cancel(
            act_of(request, form.cleaned_data["reason"]), entry=found, version=version
        ),
    )  # fmt: skip

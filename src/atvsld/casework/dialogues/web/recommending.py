"""Recommendations of a supervision, by page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.dialogues import actions
from atvsld.casework.dialogues.ledgers import VISITS
from atvsld.casework.dialogues.models import Recommendation
from atvsld.casework.dialogues.policy import CHANGE
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires
from atvsld.registers.ledgers.reach import visible

TEMPLATE = "dialogues/form.html"


class RecommendationForm(forms.Form):
    """What is asked for, and by when."""

    text = forms.CharField(label=gettext_lazy("Kiến nghị"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
    term = DayField(label=gettext_lazy("Hạn trả lời"), required=False)


class AnswerForm(forms.Form):
    """What was answered, and when."""

    on = DayField(label=gettext_lazy("Trả lời ngày"))
    text = forms.CharField(
        label=gettext_lazy("Nội dung trả lời"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


@requires(CHANGE)
def recommend(request: HttpRequest, public_id: str) -> HttpResponse:
    """A further recommendation. The key made with the page makes sending twice harmless."""
    visit = visible(actor_of(request), VISITS, CHANGE).filter(public_id=public_id, withdrawn_at=None).first()
    if visit is None:
        raise Http404
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    form = RecommendationForm(request.POST or None)
    return _act(
        request, form, visit, _("Thêm kiến nghị"),
        lambda: actions.recommend(act_of(request), visit=visit, key=key, **form.cleaned_data), key=key,
    )  # fmt: skip


@requires(CHANGE)
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer to a recommendation."""
    reached = visible(actor_of(request), VISITS, CHANGE).filter(withdrawn_at=None)
    found = Recommendation.objects.filter(public_id=public_id, visit__in=reached).select_related("visit").first()
    if found is None:
        raise Http404
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = AnswerForm(request.POST or None, initial={"on": found.answered_on or today, "text": found.answer})
    return _act(
        request, form, found.visit, _("Ghi trả lời kiến nghị"),
        lambda: actions.answer(act_of(request), recommendation=found, **form.cleaned_data), about=found.text,
    )  # fmt: skip


def _act(request: HttpRequest, form: Any, visit: Any, title: str, run: Any, **shown: Any) -> HttpResponse:
    back = VISITS.address("record", visit.public_id)
    return act_by_form(
        request, form, run, title=title, back=back, template=TEMPLATE, ledger=VISITS, above=VISITS.address(),
        visit=visit, **shown,
    )  # fmt: skip

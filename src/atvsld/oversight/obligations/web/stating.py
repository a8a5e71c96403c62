"""Answering a question that decides who owes a report: yes or no, since when, on what ground."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations import actions
from atvsld.oversight.obligations.actions.stating import may_be_stated
from atvsld.oversight.obligations.house import said
from atvsld.oversight.obligations.policy import STATE
from atvsld.oversight.obligations.web import reporters
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires


class FactForm(forms.Form):
    value = forms.ChoiceField(
        label=_("Trả lời"), choices=[("1", _("Có")), ("0", _("Không"))], widget=forms.RadioSelect, required=True
    )
    valid_from = DayField(label=_("Từ ngày"), help_text=_("Ngày câu trả lời bắt đầu đúng."))
    source = forms.CharField(
        label=_("Căn cứ"), max_length=200, help_text=_("Giấy phép, biên bản, hoặc ai cho biết và khi nào.")
    )


@requires(STATE)
def state(request: HttpRequest, kind: str, public_id: str, fact: str) -> HttpResponse:
    """The form of one question; the reporter's page afterwards."""
    if not may_be_stated(fact):
        raise Http404
    _register, record = reporters.found(actor_of(request), STATE, kind, public_id)
    first = clock.local_day(request.now).replace(month=1, day=1)  # type: ignore[attr-defined]
    form = FactForm(request.POST or None, initial={"valid_from": first})
    return act_by_form(
        request,
        form,
        lambda: actions.state_fact(
            act_of(request),
            reporter=record,
            fact=fact,
            value=form.cleaned_data["value"] == "1",
            valid_from=form.cleaned_data["valid_from"],
            source=form.cleaned_data["source"],
        ),
        title=f"{said(load_reporting_calendar().facts[fact].label)}?",
        back=reverse(f"obligations:{kind}", args=[record.public_id]),
    )

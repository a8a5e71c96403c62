"""The one page of its own: a course an official attended."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.capacity.actions import record_training
from atvsld.casework.capacity.ledgers import OFFICIALS
from atvsld.casework.capacity.policy import CHANGE
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import act_by_form, act_of, requires
from atvsld.registers.ledgers.web.pages import record_or_404


class TrainingForm(forms.Form):
    """A course."""

    ended_on = DayField(label=gettext_lazy("Học xong ngày"))
    content = forms.CharField(label=gettext_lazy("Nội dung"), max_length=300)
    hours = forms.IntegerField(label=gettext_lazy("Số giờ"), min_value=1, max_value=2000, required=False)
    organiser = forms.CharField(label=gettext_lazy("Đơn vị tổ chức"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


@requires(CHANGE)
def training(request: HttpRequest, public_id: str) -> HttpResponse:
    """A course an official of the own body attended."""
    official = record_or_404(request, OFFICIALS, public_id, CHANGE)
    form = TrainingForm(request.POST or None, initial={"version": official.version})
    return act_by_form(
        request,
        form,
        lambda: record_training(act_of(request), official=official, **form.cleaned_data),
        title=_("Ghi lần đào tạo: %(position)s") % {"position": official.position},
        back=OFFICIALS.address("record", official.public_id),
    )

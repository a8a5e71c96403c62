"""The form of an establishment's OSH organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import act_of, apply_problems, requires, say
from atvsld.registers.establishments.actions.organisation import state_organisation
from atvsld.registers.establishments.models import OshOrganisation
from atvsld.registers.establishments.policy import CHANGE
from atvsld.registers.establishments.web.edit import page
from atvsld.registers.establishments.web.pages import visible_or_404

_YES_NO = [("", gettext_lazy("Chưa rõ")), ("true", gettext_lazy("Có")), ("false", gettext_lazy("Không"))]
_BY_CODE = [
    ("", gettext_lazy("Theo mã ngành")),
    ("true", gettext_lazy("Cán bộ xác định: thuộc")),
    ("false", gettext_lazy("Cán bộ xác định: không thuộc")),
]
_FINDINGS = ("in_article36_list", "in_article37_list", "in_high_risk_list")


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every column; an empty one is not known, which is not the same as none."""

    class Meta:
        model = OshOrganisation
        fields = (
            "stated_on",
            "source",
            "full_time_officers",
            "part_time_officers",
            "has_osh_department",
            "has_osh_service",
            "doctors",
            "assistant_doctors",
            "medical_workers",
            "has_medical_facility",
            "has_medical_contract",
            "shifts",
            "production_teams",
            "osh_representatives",
            "has_osh_council",
            "is_state_group",
            *_FINDINGS,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if isinstance(field, forms.NullBooleanField):
                self.fields[name] = forms.TypedChoiceField(
                    label=field.label,
                    choices=_BY_CODE if name in _FINDINGS else _YES_NO,
                    coerce=lambda value: value in (True, "true", "True"),
                    empty_value=None,
                    required=False,
                )
                held = getattr(self.instance, name)
                self.initial[name] = "" if held is None else str(held).lower()
        self.fields["stated_on"] = DayField(label=self.fields["stated_on"].label)


@requires(CHANGE)
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """State who looks after safety and hygiene in an establishment."""
    record = visible_or_404(request, public_id, CHANGE)
    held = OshOrganisation.objects.filter(establishment=record).first()
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = OrganisationForm(request.POST or None, instance=held, initial={"stated_on": today})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        stated_on, source = values.pop("stated_on"), values.pop("source")
        try:
            state_organisation(act_of(request), establishment=record, stated_on=stated_on, source=source, values=values)
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi bộ máy an toàn, vệ sinh lao động."))
            return redirect("establishments:establishment", public_id)
    title = _("Bộ máy an toàn, vệ sinh lao động: %(name)s") % {"name": record.name}
    return page(request, form, title=title, back=f"/co-so/{public_id}/")

"""The bar above a consolidated report, and the form by which it is accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.consolidation.actions.accepting import LONGEST_REASON
from atvsld.oversight.consolidation.policy import READ
from atvsld.oversight.reporting.subject import Basis, Boundary
from atvsld.oversight.reporting.web.forms import period_choices, place_choices
from atvsld.platform.access.actor import Actor

BASES = [("", _("Theo luật")), (Basis.HEADQUARTERS, _("Nơi đặt trụ sở chính")), (Basis.PLACE, _("Nơi hoạt động"))]
BOUNDARIES = [(Boundary.PERIOD_END, _("Địa giới cuối kỳ")), (Boundary.TODAY, _("Địa giới hiện nay"))]


class Choice(forms.Form):
    """Everything a consolidation needs, as a GET form that works without scripts."""

    period = forms.ChoiceField(label=_("Kỳ báo cáo"))
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    basis = forms.ChoiceField(label=_("Đơn vị thuộc địa bàn theo"), choices=BASES, required=False)
    boundary = forms.ChoiceField(label=_("Địa giới"), choices=BOUNDARIES, required=False)

    def __init__(self, *args: Any, spec: FormSpec, actor: Actor, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period, place = self.fields["period"], self.fields["place"]
        assert isinstance(period, forms.ChoiceField)
        assert isinstance(place, forms.ChoiceField)
        period.choices = [choice for choice in period_choices(spec, year) if not choice[0].endswith("H2")]
        place.choices = place_choices(actor, READ)


class AcceptForm(forms.Form):
    """The reason (for all but the first acceptance), with what was seen and the key of this click."""

    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi đã có bản chấp nhận trước: báo cáo nộp muộn, báo cáo sửa …"),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=26)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

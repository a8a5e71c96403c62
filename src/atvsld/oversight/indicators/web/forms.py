"""The bar above a target: which place, by which place of the record, by which boundaries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.indicators import policy
from atvsld.oversight.reporting.subject import Boundary
from atvsld.oversight.reporting.web.forms import BASES, place_choices
from atvsld.platform.access.actor import Actor

BOUNDARIES = [
    (Boundary.PERIOD_END, _("Cuối năm mới nhất")),
    (Boundary.TODAY, _("Hiện nay")),
    (Boundary.EVENT, _("Của từng năm")),
]


class TargetChoice(forms.Form):
    """A GET form that works without scripts."""

    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    basis = forms.ChoiceField(label=_("Tính theo"), choices=BASES, required=False)
    boundary = forms.ChoiceField(label=_("Địa giới"), choices=BOUNDARIES, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = place_choices(actor, policy.READ)

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


class PlaceChoice(forms.Form):
    """The place alone, for targets that have no other ground."""

    place = forms.ChoiceField(label=_("Địa bàn"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = place_choices(actor, policy.READ)


class LockForm(forms.Form):
    """By which document a baseline is fixed."""

    document = forms.CharField(label=_("Văn bản làm căn cứ (số, ngày)"), max_length=200)


class LiftForm(forms.Form):
    """Why a fixed baseline is lifted."""

    why = forms.CharField(label=_("Lý do mở khóa"), max_length=300)


class WhatIfChoice(forms.Form):
    """Between which years, by what the deaths are split, and how many fewer are assumed."""

    before = forms.ChoiceField(label=_("Từ năm"), required=False)
    after = forms.ChoiceField(label=_("Đến năm"), required=False)
    by = forms.ChoiceField(label=_("Chia theo"), required=False)
    less = forms.ChoiceField(label=_("Giả sử ít hơn"), required=False)
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)

    def __init__(
        self, *args: Any, actor: Actor, years: list[int], groupings: list[tuple[str, Any]], reductions: list[int],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        listed = {
            "before": [(str(year), str(year)) for year in years],
            "after": [(str(year), str(year)) for year in years],
            "by": groupings,
            "less": [(str(share), f"{share} %") for share in reductions],
            "place": place_choices(actor, policy.READ),
        }
        for name, choices in listed.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

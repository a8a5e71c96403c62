"""Form fields of accident pages: establishments with suggestions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.models import Establishment

_LEADING_TAX_CODE = re.compile(r"\s*(\d{10}(?:-?\d{3})?|\d{12})(?:\s|$)")


class EstablishmentField(forms.CharField):
    """An establishment by tax code, or by a name that fits only one. Suggestions come while typing."""

    def __init__(self, *, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        attrs = {
            "list": "co-so-goi-y", "autocomplete": "off", "hx-get": reverse_lazy("accidents:suggest"),
            "hx-trigger": "input changed delay:300ms", "hx-target": "#co-so-goi-y", "hx-swap": "innerHTML",
        }  # fmt: skip
        super().__init__(max_length=400, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        if found := _LEADING_TAX_CODE.match(text):
            known = establishments.match_tax_codes([found[1]])
            if not known:
                raise forms.ValidationError(
                    _("Chưa có cơ sở mang mã số thuế %(code)s. Thêm cơ sở trước, hoặc để trống."),
                    params={"code": found[1]},
                )
            return next(iter(known.values()))
        return self._by_name(text)

    def _by_name(self, text: str) -> int:
        fitting = establishments.find(self.actor, text, limit=6)
        exact = [one for one in fitting if one.name_folded == fold(text)]
        if len(exact or fitting) == 1:
            return int((exact or fitting)[0].pk)
        if not fitting:
            raise forms.ValidationError(_("Không tìm thấy cơ sở tên “%(name)s”."), params={"name": text})
        listed = "; ".join(f"{one.tax_code} – {one.name}" for one in fitting)
        raise forms.ValidationError(_("Nhiều cơ sở có tên như vậy, ghi mã số thuế: %(list)s"), params={"list": listed})

    def run_validators(self, value: Any) -> None:
        """The value is a key by now, not text."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            found = Establishment.objects.filter(pk=value).first()
            return suggestion(found) if found else ""
        return value


def suggestion(establishment: Establishment) -> str:
    """How an establishment stands in the list of suggestions."""
    return f"{establishment.tax_code} – {establishment.name}"

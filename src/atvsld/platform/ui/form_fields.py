"""Form fields every room uses: moments, days, amounts, yes-no-unknown, read as people write them here."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_LARGEST = 10**15


class MomentField(forms.DateTimeField):
    """Day and hour in Viet Nam, written dd/mm/yyyy hh:mm whatever language the browser speaks."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": _("ngày/tháng/năm giờ:phút"), "autocomplete": "off"}
        kwargs.setdefault("widget", forms.DateTimeInput(attrs=attrs, format="%d/%m/%Y %H:%M"))
        kwargs.setdefault("help_text", _("Ví dụ 05/07/2026 14:30."))
        formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%d/%m/%Y %H.%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        kwargs.setdefault("input_formats", formats)
        message = _("Không đọc được ngày giờ. Viết như 05/07/2026 14:30.")
        super().__init__(error_messages={"invalid": message}, **kwargs)


class AmountField(forms.CharField):
    """A whole amount as people write it: 1.234.567, spaces and đ allowed. Empty is not known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s.đ₫]", "", str(value or "").lower())
        if not text:
            return None
        if not re.fullmatch(r"-?\d+", text):
            raise forms.ValidationError(_("Chỉ ghi số nguyên, ví dụ 1.250.000."))
        amount = int(text)
        if abs(amount) > _LARGEST:
            raise forms.ValidationError(_("Số quá lớn, kiểm tra lại."))
        return amount

    def run_validators(self, value: Any) -> None:
        """The limits of text do not apply to a number."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, written dd/mm/yyyy whatever language the browser speaks."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": _("ngày/tháng/năm"), "autocomplete": "off", "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.DateInput(attrs=attrs, format="%d/%m/%Y"))
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"])
        message = _("Không đọc được ngày. Viết như 05/07/2026.")
        super().__init__(error_messages={"invalid": message}, **kwargs)


class TriStateField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", _("Chưa rõ")), ("true", _("Có")), ("false", _("Không"))],
            coerce=lambda value: value == "true", empty_value=None, required=False, **kwargs,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return str(value).lower() if isinstance(value, bool) else value

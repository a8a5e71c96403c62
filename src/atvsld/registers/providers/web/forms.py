"""Forms of the register of service providers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.registers.places.labels import commune_choices
from atvsld.registers.providers import labels
from atvsld.registers.providers.drafts import ProviderDraft, QualificationDraft
from atvsld.registers.providers.models.qualification import Form, Kind


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day chosen from the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class ProviderForm(forms.Form):
    """The facts of a provider."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=300)
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20, required=False)
    head = forms.CharField(label=_("Người đứng đầu"), max_length=200, required=False)
    place = forms.TypedChoiceField(
        label=_("Địa bàn đặt trụ sở"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Để trống nếu trụ sở ở tỉnh khác."),
    )
    address = forms.CharField(label=_("Địa chỉ trụ sở"), max_length=300, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    website = forms.URLField(label=_("Trang thông tin"), required=False, assume_scheme="https")
    ceased_on = day_field(_("Chấm dứt hoạt động từ"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ở tỉnh khác, hoặc chưa rõ")), *commune_choices(today, None)]

    def draft(self) -> ProviderDraft:
        """What the form states. Call on a valid form."""
        stated = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ProviderDraft(place_id=stated.pop("place"), **stated)


class QualificationForm(forms.Form):
    """A paper of a provider."""

    kind = forms.ChoiceField(label=_("Dịch vụ"), choices=Kind.choices)
    form = forms.ChoiceField(label=_("Loại giấy tờ"), choices=Form.choices)
    class_name = forms.ChoiceField(
        label=_("Hạng"),
        required=False,
        choices=[("", _("Không phân hạng")), ("A", "A"), ("B", "B"), ("C", "C")],
        help_text=_("Chỉ dùng cho huấn luyện."),
    )
    number = forms.CharField(label=_("Số"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Cơ quan cấp hoặc tiếp nhận"), max_length=200, required=False)
    valid_from = day_field(_("Có hiệu lực từ"), required=True)
    valid_to = day_field(_("Đến hết ngày"), help_text=_("Để trống nếu giấy tờ không ghi thời hạn."))
    scopes = forms.MultipleChoiceField(
        label=_("Phạm vi"), required=False, help_text=_("Chỉ chọn trong nhóm của đúng dịch vụ.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = labels.scope_choices()
        field.widget.attrs["size"] = "10"

    def draft(self) -> QualificationDraft:
        """What the form states; a scope of another service keeps its prefix, so that the rules refuse it."""
        stated = dict(self.cleaned_data)
        prefix = f"{stated['kind']}/"
        scopes = tuple(code.removeprefix(prefix) for code in stated.pop("scopes"))
        return QualificationDraft(scopes=scopes, **stated)


class WithdrawalForm(forms.Form):
    """The day from which a paper is worth nothing."""

    withdrawn_on = day_field(_("Thu hồi từ ngày"), required=True)


class SuspensionForm(forms.Form):
    """A suspension as decided."""

    kind = forms.ChoiceField(
        label=_("Dịch vụ bị đình chỉ"), required=False, choices=[("", _("Mọi dịch vụ")), *Kind.choices]
    )
    starts_on = day_field(_("Đình chỉ từ"), required=True)
    ends_on = day_field(_("Đến hết ngày"), help_text=_("Để trống nếu chưa có ngày kết thúc."))
    decision = forms.CharField(label=_("Quyết định (số, ngày, cơ quan)"), max_length=200)
    grounds = forms.CharField(label=_("Lý do"), max_length=500, required=False)


class SuspensionEndForm(forms.Form):
    """The last day of a suspension."""

    ends_on = day_field(_("Đình chỉ đến hết ngày"), required=True)


class PersonForm(forms.Form):
    """Somebody who does professional work."""

    kind = forms.ChoiceField(label=_("Dịch vụ"), choices=Kind.choices)
    name = forms.CharField(label=_("Họ và tên"), max_length=200)
    position = forms.CharField(
        label=_("Việc đảm nhận"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: người huấn luyện, kiểm định viên."),
    )
    certificate_number = forms.CharField(label=_("Số chứng chỉ"), max_length=80, required=False)
    certificate_ends_on = day_field(_("Chứng chỉ có hiệu lực đến"))
    started_on = day_field(_("Làm từ"))


class PersonEndForm(forms.Form):
    """The last day somebody worked for the provider."""

    ended_on = day_field(_("Làm đến hết ngày"), required=True)

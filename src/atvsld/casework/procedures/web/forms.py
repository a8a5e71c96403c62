"""Forms of procedures and dossiers. Field names are those problems speak of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.procedures.actions import Published, Received
from atvsld.casework.procedures.listing import procedure_choices
from atvsld.casework.procedures.models import Application
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import DayField, MomentField
from atvsld.platform.ui.pickers import PickerField
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment


class PublishForm(forms.Form):
    """A publication."""

    body = PickerField(label=_("Cơ quan công bố"), coerce=int)
    decision = forms.CharField(label=_("Quyết định công bố (số, ngày, cơ quan)"), max_length=200)
    code = forms.CharField(
        label=_("Mã thủ tục quốc gia"), max_length=30, required=False,
        help_text=_("Mã trên Cơ sở dữ liệu quốc gia về thủ tục hành chính; bộ pháp luật của phần mềm chưa có mã này."),
    )  # fmt: skip
    desk = forms.CharField(label=_("Nơi nhận hồ sơ"), max_length=300)
    website = forms.URLField(label=_("Nộp trực tuyến tại"), required=False, assume_scheme="https")
    published_on = DayField(label=_("Công bố từ ngày"))

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in bodies}
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(body.pk, body.name) for body in bodies]

    @property
    def chosen(self) -> Body:
        """The body chosen. Call on a valid form."""
        return self.bodies[self.cleaned_data["body"]]

    def stated(self) -> Published:
        """What the form states. Call on a valid form."""
        return Published(**{name: value for name, value in self.cleaned_data.items() if name != "body"})


class EndForm(forms.Form):
    """From when a publication no longer stands."""

    ended_on = DayField(label=_("Thôi công bố từ ngày"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReceiveForm(forms.Form):
    """A dossier as handed in."""

    procedure = forms.ChoiceField(label=_("Thủ tục"), choices=procedure_choices)
    body = forms.TypedChoiceField(label=_("Cơ quan giải quyết"), coerce=int)
    tax_code = forms.CharField(
        label=_("Mã số thuế của cơ sở nộp"), max_length=20, required=False,
        help_text=_("Ghi khi người nộp là cơ sở đã có trong danh bạ; tên lấy theo danh bạ nếu ô dưới để trống."),
    )  # fmt: skip
    applicant = forms.CharField(label=_("Tên tổ chức, cá nhân nộp"), max_length=250, required=False)
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=Application.Channel.choices)
    at = MomentField(label=_("Nhận lúc"))
    complete = forms.BooleanField(label=_("Hồ sơ đủ giấy tờ"), required=False, initial=True)
    missing = forms.CharField(
        label=_("Giấy tờ còn thiếu"), max_length=500, required=False,
        help_text=_("Chỉ ghi khi hồ sơ chưa đủ; thời hạn chưa tính cho đến khi nhận đủ."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.bodies = actor, {body.pk: body for body in bodies}
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(body.pk, body.name) for body in bodies]

    def clean(self) -> dict[str, Any]:
        """The establishment by its tax code."""
        stated = super().clean() or {}
        code = "".join(str(stated.get("tax_code", "")).replace("-", "").split())
        stated["establishment"] = None
        if code:
            firm = Establishment.objects.filter(tax_code=code).first()
            if firm is None:
                self.add_error("tax_code", _("Không có cơ sở nào mang mã số thuế này. Để trống và ghi tên người nộp."))
            else:
                stated["establishment"] = firm
                stated["applicant"] = stated.get("applicant") or firm.name
        return stated

    @property
    def chosen(self) -> Body:
        """The body chosen. Call on a valid form."""
        return self.bodies[self.cleaned_data["body"]]

    def stated(self) -> Received:
        """What the form states. Call on a valid form."""
        left = ("body", "tax_code")
        return Received(**{name: value for name, value in self.cleaned_data.items() if name not in left})


class StepForm(forms.Form):
    """A step taken."""

    at = MomentField(label=_("Xảy ra lúc"))
    paper = forms.CharField(label=_("Số văn bản kèm theo"), max_length=100, required=False)
    text = forms.CharField(
        label=_("Nội dung, lý do"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không ghi tên, số định danh hay bệnh của người nào."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

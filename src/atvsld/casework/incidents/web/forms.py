"""Forms of technical incidents. Field names are the draft's, so problems find their place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.incidents.drafts import IncidentDraft
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import AmountField, DayField, MomentField
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments import tax_codes
from atvsld.registers.places.labels import commune_choices


class IncidentForm(forms.Form):
    """What is stated of an incident."""

    occurred_at = MomentField(label=_("Xảy ra lúc"))
    place_id = forms.TypedChoiceField(label=_("Nơi xảy ra (xã, phường, đặc khu)"), coerce=int)
    establishment_id = forms.CharField(
        label=_("Mã số thuế của cơ sở để xảy ra sự cố"), max_length=20, required=False,
        help_text=_("Để trống nếu không có cơ sở."),
    )  # fmt: skip
    known_at = MomentField(label=_("Người sử dụng lao động biết lúc"), required=False)
    received_at = MomentField(label=_("Cơ quan nhận tin lúc"), required=False)
    object_kind = forms.ChoiceField(label=_("Đối tượng gây sự cố"), choices=TechnicalIncident.ObjectKind.choices)
    object_name = forms.CharField(label=_("Tên máy, thiết bị, vật tư, chất"), max_length=200)
    object_number = forms.CharField(
        label=_("Số chế tạo hoặc số đăng ký"), max_length=80, required=False,
        help_text=_("Dùng để nối với sổ thiết bị có yêu cầu nghiêm ngặt."),
    )  # fmt: skip
    description = forms.CharField(label=_("Diễn biến"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
    measures = forms.CharField(
        label=_("Biện pháp đã xử lý"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=20_000
    )
    sector_law = forms.ChoiceField(label=_("Pháp luật áp dụng"), choices=TechnicalIncident.SectorLaw.choices)
    outsiders_dead = forms.IntegerField(
        label=_("Số người chết không thuộc quyền quản lý"), min_value=0, max_value=9999, initial=0
    )
    outsiders_severe = forms.IntegerField(
        label=_("Số người bị thương nặng không thuộc quyền quản lý"), min_value=0, max_value=9999, initial=0
    )
    casualties_unclear = forms.BooleanField(label=_("Có người bị nạn, chưa rõ thương vong"), required=False)
    many_places = forms.BooleanField(label=_("Liên quan nhiều cơ sở hoặc địa phương"), required=False)
    damage = AmountField(label=_("Thiệt hại (đồng)"), help_text=_("Để trống nếu chưa rõ."))
    accident_case_id = forms.CharField(
        label=_("Số hồ sơ vụ tai nạn lao động kèm theo"), max_length=40, required=False,
        help_text=_("Ví dụ TN-2026-000123; để trống nếu không có người lao động của cơ sở bị nạn."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, today: date, places: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.cases = actor, cases
        field = self.fields["place_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn nơi xảy ra")), *commune_choices(today, places)]

    def clean_establishment_id(self) -> int | None:
        """The primary key of the establishment meant, among those the person may see."""
        code = tax_codes.normalise(self.cleaned_data["establishment_id"])
        if not code:
            return None
        found = establishments.visible(self.actor).filter(tax_code=code).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở nào mang mã số thuế này trong phạm vi của bạn."))
        return found

    def clean_accident_case_id(self) -> int | None:
        """The primary key of the case meant, among those the person may see."""
        text = self.cleaned_data["accident_case_id"].strip()
        if not text:
            return None
        found = self.cases(self.actor, text)
        if found is None:
            raise forms.ValidationError(_("Không có hồ sơ tai nạn mang số này trong phạm vi của bạn."))
        return int(found)

    def draft(self) -> IncidentDraft:
        """What the form states. Call on a valid form."""
        return IncidentDraft(**{name: self.cleaned_data[name] for name in IncidentForm.base_fields})

    @staticmethod
    def stated_by(incident: TechnicalIncident) -> dict[str, Any]:
        """Initial values from a record."""
        stated = {name: getattr(incident, name) for name in IncidentForm.base_fields}
        stated["establishment_id"] = incident.establishment.tax_code if incident.establishment else ""
        stated["accident_case_id"] = incident.accident_case.number if incident.accident_case else ""
        return stated


class JudgementForm(forms.Form):
    """Whether an incident is serious, and why."""

    serious = forms.TypedChoiceField(
        label=_("Sự cố"),
        choices=[("true", _("Nghiêm trọng")), ("false", _("Không nghiêm trọng"))],
        coerce=lambda value: value == "true",
        widget=forms.RadioSelect,
        help_text=_(
            "Nghiêm trọng: sự cố lớn, xảy ra trên diện rộng và vượt khả năng ứng phó của cơ sở, cơ quan, địa phương, "
            "hoặc liên quan đến nhiều cơ sở, địa phương (Luật 84/2015 Điều 3 khoản 7)."
        ),
    )
    reason = forms.CharField(label=_("Căn cứ xác định"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoticeForm(forms.Form):
    """When a notice was given."""

    at = MomentField(label=_("Đã báo lúc"))


class ClosingForm(forms.Form):
    """The result and the day."""

    result = forms.CharField(
        label=_("Kết quả giải quyết"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Kết luận, nguyên nhân, biện pháp khắc phục; số và ngày biên bản điều tra nếu có."),
    )  # fmt: skip
    closed_on = DayField(label=_("Kết thúc ngày"))


class ReasonForm(forms.Form):
    """Why a file is opened again."""

    reason = forms.CharField(label=_("Lý do mở lại"), max_length=300)

"""Forms of commendations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.merits.drafts import CommendationDraft, Decided
from atvsld.casework.merits.models import Commendation
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pickers import PickerField
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments import tax_codes
from atvsld.registers.ledgers.reach import Owner

FIELDS = (
    "subject_kind", "about_establishment_id", "about_body_id", "subject_name", "unit", "form", "level", "year",
    "achievement",
)  # fmt: skip


class CommendationForm(forms.Form):
    """Whom, for what, in which form, and in whose name it is proposed."""

    owner = forms.ChoiceField(label=gettext_lazy("Đơn vị đề nghị"))
    subject_kind = forms.ChoiceField(label=gettext_lazy("Đối tượng"), choices=Commendation.SubjectKind.choices)
    about_establishment_id = forms.CharField(
        label=gettext_lazy("Mã số thuế của cơ sở"), max_length=20, required=False,
        help_text=gettext_lazy("Của cơ sở được đề nghị, hoặc nơi cá nhân, tập thể làm việc: để kiểm tra điều kiện."),
    )  # fmt: skip
    about_body_id = PickerField(label=gettext_lazy("Cơ quan, tổ chức được đề nghị"), coerce=int, required=False)
    subject_name = forms.CharField(
        label=gettext_lazy("Tên tập thể, cá nhân"), max_length=200, required=False,
        help_text=gettext_lazy("Bỏ trống với cơ sở, cơ quan: tên lấy từ danh bạ."),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Đơn vị công tác"), max_length=250, required=False)
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Commendation.Form.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp khen thưởng"), choices=Commendation.Level.choices)
    year = forms.IntegerField(label=gettext_lazy("Năm thành tích"), min_value=2000, max_value=2100)
    achievement = forms.CharField(
        label=gettext_lazy("Thành tích"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, actor: Actor, today: date, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.owners = actor, {owner.key: owner for owner in owners}
        bodies = Body.objects.filter(in_force(today)).order_by("name").values_list("pk", "name")
        self._choose("about_body_id", [("", _("Chọn cơ quan")), *bodies])
        self._choose("owner", [(owner.key, owner.label) for owner in owners])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_about_establishment_id(self) -> int | None:
        """The primary key of the establishment meant, among those the person may see."""
        code = tax_codes.normalise(self.cleaned_data["about_establishment_id"])
        if not code:
            return None
        found = establishments.visible(self.actor).filter(tax_code=code).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở nào mang mã số thuế này trong phạm vi của bạn."))
        return found

    def draft(self) -> CommendationDraft:
        """What the form states. Call on a valid form."""
        return CommendationDraft(**{name: self.cleaned_data[name] for name in FIELDS})

    def chosen_owner(self) -> Owner:
        """In whose name. Call on a valid form."""
        return self.owners[self.cleaned_data["owner"]]

    @staticmethod
    def stated_by(commendation: Commendation) -> dict[str, Any]:
        """Initial values from a record."""
        stated = {name: getattr(commendation, name) for name in FIELDS}
        firm = commendation.about_establishment
        return stated | {"about_establishment_id": firm.tax_code if firm else ""}


class DecisionForm(forms.Form):
    """What was decided."""

    granted = forms.TypedChoiceField(
        label=gettext_lazy("Kết quả"), coerce=lambda value: value == "true", widget=forms.RadioSelect,
        choices=[("true", gettext_lazy("Khen thưởng")), ("false", gettext_lazy("Không khen thưởng"))],
    )  # fmt: skip
    number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=80, required=False)
    on = DayField(label=gettext_lazy("Ngày quyết định"), required=False)
    decided_by = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=200, required=False)
    outcome = forms.CharField(
        label=gettext_lazy("Ghi chú, lý do không khen thưởng"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    despite = forms.CharField(
        label=gettext_lazy("Vì sao vẫn khen thưởng khi có điều kiện không đạt"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Chỉ ghi khi có điều kiện không đạt."),
    )  # fmt: skip

    def decided(self) -> Decided:
        """What the form states. Call on a valid form."""
        return Decided(**self.cleaned_data)


class WhyForm(forms.Form):
    """Why a proposal is taken back."""

    why = forms.CharField(label=gettext_lazy("Lý do rút"), max_length=300)


class SendForm(forms.Form):
    """Nothing to fill in: the answers above are read, and the proposal is sent."""

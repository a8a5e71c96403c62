"""Forms of the steps: the moment, the reason, and what a step needs to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.procedure.models import CaseFile, Complaint
from atvsld.casework.accidents.procedure.models.file import LEVELS
from atvsld.law.procedure import Step
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.ui.form_fields import MomentField


class StepForm(forms.Form):
    """One step of a file; the fields follow from the step."""

    at = MomentField(label=_("Lúc"))

    def __init__(self, *args: Any, step: Step, most_days: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in step.facts:
            self.fields.update(_fields(name, most_days))
        self.fields["reason"] = forms.CharField(
            label=_("Lý do, nội dung") if step.reason else _("Ghi chú"),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=step.reason,
            max_length=1000,
        )

    def facts(self) -> dict[str, Any]:
        """What was told beyond the moment and the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("at", "reason")}


def _fields(name: str, most_days: int | None) -> dict[str, forms.Field]:
    """The fields of one fact a step asks for."""
    if name == "days":
        days = forms.IntegerField(label=_("Số ngày gia hạn"), min_value=1, max_value=most_days, initial=most_days)
        return {name: days}
    if name == "approved_by":
        help_text = _("Người ban hành quyết định thành lập Đoàn điều tra; ghi số, ngày văn bản đồng ý nếu có.")
        return {name: forms.CharField(label=_("Người đồng ý gia hạn"), max_length=200, help_text=help_text)}
    label, choices = _choices(name)
    fields: dict[str, forms.Field] = {name: forms.ChoiceField(label=label, choices=choices)}
    if name == "field":
        label = _("Pháp luật chuyên ngành có quy định việc điều tra")
        fields["sector_law"] = forms.BooleanField(label=label, required=False, initial=True)
    return fields


def _choices(name: str) -> tuple[Any, Any]:
    """Label and choices of a fact chosen from a list."""
    known = {
        "by": (
            _("Người khai báo"),
            [("employer", _("Người sử dụng lao động")), ("commune", _("Ủy ban nhân dân cấp xã"))],
        ),
        "answer": (
            _("Trả lời"),
            [
                ("occupational", _("Là tai nạn lao động")),
                ("not_occupational", _("Không phải tai nạn lao động")),
                ("unclear", _("Chưa xác định rõ")),
            ],
        ),
        "field": (_("Lĩnh vực"), [(kind.id, kind.label.vi) for kind in load_procedure().special_fields.values()]),
        "complainant": (_("Người khiếu nại, tố cáo"), Complaint.By.choices),
        "level": (_("Cấp giải quyết"), LEVELS),
    }
    return known[name]


class InstantsForm(forms.Form):
    """Who learned of the accident when, and what kind of case it is."""

    employer_aware_at = MomentField(label=_("Người sử dụng lao động biết tin lúc"), required=False)
    notified_at = MomentField(label=_("Khai báo lúc"), required=False)
    commune_received_at = MomentField(label=_("Ủy ban nhân dân cấp xã nhận tin lúc"), required=False)
    department_received_at = MomentField(label=_("Cơ quan lao động cấp tỉnh nhận tin lúc"), required=False)
    known_at = MomentField(label=_("Có người biết lúc"), required=False)
    traffic = forms.BooleanField(label=_("Tai nạn giao thông khi làm việc hoặc trên đường đi, về"), required=False)
    abroad = forms.BooleanField(label=_("Xảy ra ở nước ngoài"), required=False)

    @staticmethod
    def stated_by(file: CaseFile) -> dict[str, Any]:
        return {name: getattr(file, name) for name in InstantsForm.base_fields}

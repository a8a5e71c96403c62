"""The forms of a notice: reason of a new edition, its words, its extras, the day it goes out; the choice of a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.publication.actions.drafting import Extras
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.words import LONGEST, SECTIONS
from atvsld.platform.ui.form_fields import DayField


class ReasonForm(forms.Form):
    """Why a notice that is out is replaced."""

    key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do điều chỉnh"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được in trên bản điều chỉnh."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """One box for each section."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.name] = forms.CharField(
                label=section.label, required=False, max_length=LONGEST, help_text=section.help,
                widget=forms.Textarea(attrs={"rows": section.rows}),
            )  # fmt: skip

    @staticmethod
    def stated_by(notice: Notice) -> dict[str, Any]:
        return {"version": notice.version, **notice.sections}

    def sections(self) -> dict[str, str]:
        return {section.name: self.cleaned_data[section.name] for section in SECTIONS}


class ExtrasForm(forms.Form):
    """What the registers do not hold, and one more way of dividing the province."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    former_day = DayField(
        label=_("Kèm bảng theo địa giới ngày"), required=False,
        help_text=_("Ví dụ 30/06/2025, ngày cuối của địa giới cũ. Để trống nếu không cần."),
    )  # fmt: skip
    other_costs = forms.DecimalField(
        label=_("Chi phí khác (1.000 đồng)"), required=False, max_digits=15, decimal_places=1,
        validators=[MinValueValidator(0)],
        help_text=_("Điều 4 khoản 6 điểm d yêu cầu nhưng biểu mẫu không thu thập; chỉ ghi khi có nguồn."),
    )  # fmt: skip
    other_costs_source = forms.CharField(label=_("Nguồn của chi phí khác"), required=False, max_length=250)

    @staticmethod
    def stated_by(notice: Notice) -> dict[str, Any]:
        return {
            "version": notice.version, "former_day": notice.former_day, "other_costs": notice.other_costs,
            "other_costs_source": notice.other_costs_source,
        }  # fmt: skip

    def extras(self) -> Extras:
        held = self.cleaned_data
        return Extras(held["former_day"], held["other_costs"], held["other_costs_source"])


class IssueForm(forms.Form):
    """The day the notice goes out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    issued_on = DayField(label=_("Ngày công bố"))
    signer_title = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=300)
    signer_name = forms.CharField(label=_("Họ tên người ký"), max_length=200)


class SheetForm(forms.Form):
    """Whose sheet, of which period, with what the poster wants to say."""

    period = forms.CharField(label=_("Kỳ"), max_length=7, help_text=_("2025-H1 (6 tháng đầu năm) hoặc 2025"))
    establishment = forms.CharField(label=_("Mã số thuế của cơ sở"), max_length=14, required=False)
    place = forms.CharField(label=_("Mã xã, phường, đặc khu"), max_length=10, required=False)
    analysis = forms.CharField(
        label=_("Phân tích biến động, nguyên nhân"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    measures = forms.CharField(
        label=_("Hiệu quả phòng ngừa, kế hoạch ATVSLĐ"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

"""Forms of the benefits."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.platform.ui.form_fields import AmountField, DayField

FAULTS = [
    ("", _("Chưa rõ, chưa có kết luận")),
    ("others", _("Không do lỗi của người bị nạn")),
    ("shared", _("Một phần do lỗi của người bị nạn")),
    ("own", _("Hoàn toàn do lỗi của người bị nạn")),
    ("unknown", _("Không xác định được người gây ra")),
    ("excluded", _("Thuộc trường hợp không được hưởng (Điều 40 Luật)")),
]
_MONEY = re.compile(r"[\s.,]")
HIGHEST = 10**12


class SalariesField(forms.CharField):
    """One to six monthly salaries, in order of time, one a line or parted by semicolons."""

    default_error_messages = {
        "not_money": _("“%(value)s” không phải số tiền; mỗi tháng một dòng, ví dụ 10.000.000."),
        "too_many": _("Chỉ ghi tối đa 6 tháng liền kề trước khi bị tai nạn."),
    }

    def to_python(self, value: Any) -> Any:
        found = []
        for part in re.split(r"[;\n]", str(super().to_python(value) or "")):
            text = _MONEY.sub("", part)
            if not text:
                continue
            if not text.isdecimal() or not 0 < int(text) <= HIGHEST:
                raise forms.ValidationError(self.error_messages["not_money"], "not_money", {"value": part.strip()})
            found.append(int(text))
        if len(found) > 6:
            raise forms.ValidationError(self.error_messages["too_many"], "too_many")
        return tuple(found)


class FactsForm(forms.Form):
    """What decides a sum: which kind, by what day, and the facts of the victim."""

    kind = forms.ChoiceField(label=_("Chế độ"), choices=Benefit.Kind.choices)
    on = DayField(
        label=_("Tính theo ngày"),
        help_text=_(
            "Bồi thường, trợ cấp của người sử dụng lao động: ngày xảy ra tai nạn. Trợ cấp từ Quỹ: tháng điều trị "
            "ổn định xong, ra viện hoặc có kết luận giám định."
        ),
    )
    impairment = forms.IntegerField(
        label=_("Mức suy giảm khả năng lao động (%)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Theo biên bản giám định y khoa; để trống nếu người bị nạn đã chết."),
    )
    salaries = SalariesField(
        label=_("Tiền lương các tháng trước khi bị tai nạn (đồng)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Tối đa 6 tháng liền kề, mỗi tháng một dòng. Dùng cho bồi thường, trợ cấp của người sử dụng lao động."
        ),
    )
    insured_salary = AmountField(
        label=_("Tiền lương đóng bảo hiểm tháng trước khi bị tai nạn (đồng)"),
        required=False,
        help_text=_("Dùng cho trợ cấp một lần, hằng tháng từ Quỹ."),
    )
    years = forms.IntegerField(label=_("Số năm đóng bảo hiểm (năm tròn)"), min_value=0, max_value=60, required=False)
    fault = forms.ChoiceField(label=_("Lỗi theo biên bản điều tra"), choices=FAULTS, required=False)
    assessed_on = DayField(label=_("Ngày biên bản giám định"), required=False)
    assessment_number = forms.CharField(label=_("Số biên bản giám định"), max_length=60, required=False)

    def facts(self) -> Facts:
        """What the form states. Call on a valid form."""
        return Facts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class CalculatorForm(FactsForm):
    """The same without a case: nothing is recorded."""

    died = forms.BooleanField(label=_("Người lao động đã chết"), required=False)
    commuting = forms.BooleanField(label=_("Tai nạn trên đường đi và về"), required=False)
    field_order = ("kind", "on", "died", "impairment", "salaries", "insured_salary", "years", "fault", "commuting")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        for name in ("assessed_on", "assessment_number"):
            self.fields.pop(name)

    def facts(self) -> Facts:
        stated = {name: value for name, value in self.cleaned_data.items() if name not in {"died", "commuting"}}
        return Facts(**stated)


class PurposeForm(forms.Form):
    """Why pay and health are read."""

    purpose = forms.CharField(label=_("Mục đích xem"), max_length=300)


class DecisionForm(forms.Form):
    """The decision on a sum."""

    amount = AmountField(label=_("Mức quyết định (đồng)"), required=True)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    decided_on = DayField(label=_("Ngày quyết định"))
    lower_reason = forms.CharField(
        label=_("Lý do thấp hơn mức theo luật"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PaymentForm(forms.Form):
    """One payment."""

    amount = AmountField(label=_("Số tiền đã chi (đồng)"), required=True)
    paid_on = DayField(label=_("Ngày chi"))
    proof = forms.CharField(label=_("Chứng từ"), max_length=200, required=False)


class FilingForm(forms.Form):
    """The day the file went to the labour authority."""

    filed_on = DayField(label=_("Ngày gửi hồ sơ đến cơ quan lao động"))


class ReasonForm(forms.Form):
    """Why something is taken out."""

    reason = forms.CharField(label=_("Lý do bỏ"), max_length=300)

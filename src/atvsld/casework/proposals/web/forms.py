"""Forms of drafts asked about and consolidated papers. Field names are those problems speak of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.proposals.actions import Answer, Asking, Wording
from atvsld.casework.proposals.models import DraftConsultation, Outcome
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pickers import PickersField
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """A draft on which opinions are asked."""

    title = forms.CharField(label=_("Tên dự thảo"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại"), choices=DraftConsultation.Kind.choices)
    sender = forms.CharField(label=_("Cơ quan gửi lấy ý kiến"), max_length=250)
    letter = forms.CharField(label=_("Số công văn"), max_length=100, required=False)
    letter_on = DayField(label=_("Ngày công văn"), required=False)
    deadline = DayField(label=_("Hạn góp ý"))
    open_to_all = forms.BooleanField(label=_("Mọi cơ quan, cơ sở đều được góp ý"), required=False)
    asked = PickersField(label=_("Cơ quan được hỏi"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in Body.objects.filter(in_force(today)).order_by("name")}
        field = self.fields["asked"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(body.pk, body.name) for body in self.bodies.values()]

    def stated(self) -> Asking:
        """What the form states. Call on a valid form."""
        asked = tuple(self.bodies[int(key)] for key in self.cleaned_data["asked"])
        return Asking(**{name: value for name, value in self.cleaned_data.items() if name != "asked"}, asked=asked)


class WhyForm(forms.Form):
    """The reason for taking something back."""

    why = forms.CharField(label=_("Vì sao bỏ"), max_length=300, widget=_area(2))
    version = forms.IntegerField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """A consolidated paper begun."""

    title = forms.CharField(label=_("Tên văn bản tổng hợp"), max_length=300)
    addressed_to = forms.CharField(label=_("Kính gửi"), max_length=300)


class WordingForm(forms.Form):
    """A point as agreed."""

    subject = forms.CharField(label=_("Văn bản, điều khoản"), max_length=480)
    defect = forms.CharField(label=_("Bất cập, vướng mắc"), required=False, widget=_area(4))
    wording = forms.CharField(label=_("Nội dung kiến nghị thống nhất"), widget=_area(6))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def stated(self) -> Wording:
        """What the form states. Call on a valid form."""
        return Wording(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class SendForm(forms.Form):
    """That the paper went out."""

    number = forms.CharField(
        label=_("Số văn bản gửi"), max_length=100, required=False,
        help_text=_("Lấy từ văn bản đã ban hành ở trang này; ghi tay khi phát hành bằng hệ thống khác."),
    )  # fmt: skip
    on = DayField(label=_("Gửi ngày"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What the addressee answered."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome.choices)
    on = DayField(label=_("Ngày trả lời"))
    reply = forms.CharField(label=_("Văn bản trả lời (số, ngày, cơ quan)"), max_length=200, required=False)
    text = forms.CharField(label=_("Nội dung trả lời"), required=False, widget=_area(4))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def stated(self) -> Answer:
        """What the form states. Call on a valid form."""
        return Answer(**{name: value for name, value in self.cleaned_data.items() if name != "version"})

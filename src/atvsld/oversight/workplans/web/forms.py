"""Forms of plans and tasks. Field names are the draft's, so problems find their place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.law.programme import Programme
from atvsld.oversight.workplans import clauses, shown
from atvsld.oversight.workplans.drafts import Said, TaskDraft
from atvsld.oversight.workplans.models import HelpRequest, Task, WorkPlan
from atvsld.platform.files.kinds import HANDED_IN, labels
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pickers import Picker, PickerField, PickersField
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force

_LONG = 20_000


def bodies_on(day: date, *, without: int | None = None) -> list[tuple[str, str]]:
    """The bodies standing on a day as choices, provincial ones first."""
    rows = Body.objects.filter(in_force(day)).select_related("place").order_by("name_folded", "pk")
    found = [body for body in rows if body.pk != without]
    found.sort(key=lambda body: body.place.level == "commune")
    return [(str(body.pk), body.name) for body in found]


def lines(label: Any, *, rows: int = 3, required: bool = True, **more: Any) -> forms.CharField:
    """A box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=required, max_length=_LONG, **more)


class TaskForm(forms.Form):
    """A task of a plan. Clauses the owner leads stand first, then those it supports, then all others."""

    clause = PickerField(label=_("Nội dung thực hiện"), required=False, empty_value="", coerce=str)
    title = forms.CharField(label=_("Nhiệm vụ"), max_length=300)
    detail = lines(_("Cách làm"), required=False)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    beyond = forms.BooleanField(label=_("Kéo sang năm khác"), required=False)
    person = forms.CharField(label=_("Người, phòng phụ trách"), max_length=200, required=False)
    measure = forms.ChoiceField(label=_("Thước đo"), required=False)
    aim = forms.DecimalField(
        label=_("Mức cần đạt"), required=False, min_value=Decimal(0), max_digits=14, decimal_places=2, localize=True
    )
    supports = PickersField(label=_("Cơ quan phối hợp"), required=False)

    def __init__(self, *args: Any, plan: WorkPlan, today: date, reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["clause"].choices = [("", _("Việc khác, ngoài chương trình")), *clause_choices(plan, today)]
        words = clauses.words().measures.values()
        fields["measure"].choices = [("", "–"), *((one.word, shown.words(one.label)) for one in words)]
        fields["supports"].choices = bodies_on(today, without=plan.body_id)
        if reason:
            why = _("Kế hoạch đã được tiếp nhận: ghi vì sao thay đổi.")
            fields["reason"] = forms.CharField(label=_("Lý do thay đổi"), max_length=300, help_text=why)

    def draft(self) -> TaskDraft:
        """What the form states. Call on a valid form."""
        given = {name: self.cleaned_data[name] for name in TaskForm.base_fields}
        return TaskDraft(**given | {"supports": tuple(int(one) for one in given["supports"])})

    @staticmethod
    def stated_by(task: Task) -> dict[str, Any]:
        """Initial values from a task."""
        own = ("clause", "title", "detail", "starts_on", "ends_on", "person", "measure", "aim")
        year = task.plan.year
        return {name: getattr(task, name) for name in own} | {
            "beyond": not (task.starts_on.year == task.ends_on.year == year),
            "supports": [str(pk) for pk in task.supports.values_list("body_id", flat=True)],
        }


def clause_choices(plan: WorkPlan, today: date) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The clauses of a plan's programme in three groups."""
    whole: Programme | None = clauses.programme(plan.programme)
    if whole is None:
        return []
    reached = {one.clause.id: one.leads for one in clauses.bound(plan, today)}
    found: dict[bool | None, list[tuple[str, str]]] = {True: [], False: [], None: []}
    for clause in whole.clauses:
        if clause.binds:
            found[reached.get(clause.id)].append((clause.id, f"{clause.id}. {shown.words(clause.text)}"))
    names = {True: _("Đơn vị chủ trì"), False: _("Đơn vị phối hợp"), None: _("Nội dung khác")}
    return [(names[key], rows) for key, rows in found.items() if rows]


class SaidForm(forms.Form):
    """One report on a task."""

    state = forms.ChoiceField(label=_("Tình trạng"), choices=Task.State.choices, widget=forms.RadioSelect)
    percent = forms.IntegerField(label=_("Tiến độ, %"), min_value=0, max_value=100)
    text = lines(_("Đã làm gì"))
    done_on = DayField(label=_("Xong ngày"), required=False, help_text=_("Chỉ ghi khi đã xong."))
    stopped_why = forms.CharField(
        label=_("Lý do dừng"), max_length=300, required=False, help_text=_("Chỉ ghi khi dừng, không làm.")
    )
    difficulty = lines(_("Khó khăn, vướng mắc"), rows=2, required=False)
    proposal = lines(_("Kiến nghị"), rows=2, required=False)

    def said(self) -> Said:
        """What the form states. Call on a valid form."""
        return Said(**self.cleaned_data)


class IssueForm(forms.Form):
    """Number, day and paper of the plan as issued."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    paper = forms.FileField(label=_("Bản ban hành"), required=False, help_text=labels(("pdf", "docx")))
    note = lines(_("Ghi chú"), required=False)


class TextForm(forms.Form):
    """A remark, a reason for returning, a request for help."""

    text = lines(_("Nội dung"))

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["text"].label = label


class WhyForm(forms.Form):
    """Why something is taken away or confirmed."""

    why = forms.CharField(label=_("Lý do"), max_length=300)


class HelpForm(forms.Form):
    """Whom to ask, and what for."""

    to = PickerField(label=_("Gửi tới"), coerce=int)
    text = lines(_("Cần hỗ trợ gì"))

    def __init__(self, *args: Any, today: date, without: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [("", _("Chọn cơ quan")), *bodies_on(today, without=without)]


class AnswerForm(forms.Form):
    """Yes or no, and how."""

    state = forms.ChoiceField(
        label=_("Trả lời"), choices=HelpRequest.State.choices[1:], widget=forms.RadioSelect
    )  # fmt: skip
    answer = lines(_("Nội dung trả lời"))


class HandForm(forms.Form):
    """Who answers for a task from a day on."""

    body = PickerField(label=_("Giao cho"), coerce=int)
    on = DayField(label=_("Từ ngày"))
    why = forms.CharField(label=_("Căn cứ, lý do"), max_length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].choices = [("", _("Chọn cơ quan")), *bodies_on(today)]


class FileForm(forms.Form):
    """A file as proof."""

    kind = forms.ChoiceField(label=_("Loại bằng chứng"), widget=Picker)
    file = forms.FileField(label=_("Tệp"), help_text=labels(HANDED_IN))
    label = forms.CharField(label=_("Tên bằng chứng"), max_length=300, required=False)
    day = DayField(label=_("Ngày của bằng chứng"), required=False)

    def __init__(self, *args: Any, wanted: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = clauses.words().evidence
        first = [(word, shown.words(words[word].label)) for word in wanted if word in words]
        others = [(word, shown.words(held.label)) for word, held in words.items() if word not in wanted]
        fields: dict[str, Any] = self.fields
        grouped = [(_("Nội dung này cần"), first), (_("Loại khác"), others)]
        fields["kind"].choices = [one for one in grouped if one[1]]

"""Forms of lines and of their money. Field names are the drafts', so problems find their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.actions.consolidating import Share
from atvsld.oversight.budget.drafts import AllocationDraft, CommitmentDraft, LineDraft, PaymentDraft, Upload
from atvsld.oversight.budget.facade import TaskLine
from atvsld.oversight.budget.models import Allocation, BudgetLine, Payment
from atvsld.oversight.workplans.facade import Task
from atvsld.platform.access.actor import Actor
from atvsld.platform.files import facade as files
from atvsld.platform.ui.form_fields import AmountField, DayField


class LineForm(forms.Form):
    """One line of an estimate."""

    year = forms.TypedChoiceField(label=_("Năm ngân sách"), coerce=int)
    body = forms.TypedChoiceField(label=_("Đơn vị chi"), coerce=int, empty_value=None, required=False)
    source = forms.ChoiceField(label=_("Nguồn"), choices=BudgetLine.Source.choices)
    purpose = forms.CharField(label=_("Nội dung chi"), max_length=300)
    estimate = AmountField(label=_("Dự toán (đồng)"), required=True)
    basis = forms.CharField(
        label=_("Cách tính"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: 4 lớp × 12.500.000 đồng. In trong dự toán tổng hợp."),
    )  # fmt: skip
    counted_in = forms.ChoiceField(
        label=_("Khoản này đã tính ở đơn vị khác"), required=False,
        help_text=_("Nhiệm vụ làm chung: tiền đứng ở một dòng của đơn vị chi; dòng khác chọn dòng đó và không cộng."),
    )  # fmt: skip

    def __init__(self, *args: Any, task: Task, actor: Actor, payers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(task.starts_on.year, task.ends_on.year + 1)
        _choose(self, "year", [(year, str(year)) for year in years])
        if payers is None or len(payers) < 2:
            del self.fields["body"]
        else:
            _choose(self, "body", [(body.pk, body.name) for body in payers])
        _choose(self, "counted_in", [("", _("Không")), *_holding(task, actor)])

    def draft(self) -> LineDraft:
        """What the form states. Call on a valid form."""
        given = {name: self.cleaned_data[name] for name in self.base_fields if name != "body"}
        return LineDraft(**given)

    @staticmethod
    def stated_by(line: BudgetLine) -> dict[str, Any]:
        """Initial values from a record."""
        counted = line.counted_in.public_id if line.counted_in else ""
        stated = {name: getattr(line, name) for name in ("year", "source", "purpose", "basis")}
        return stated | {"estimate": int(line.estimate), "counted_in": counted}


def _holding(task: Task, actor: Actor) -> Iterable[tuple[str, str]]:
    """Lines that could hold the same money: of this task, and of tasks for the same clause."""
    rows = queries.in_sums(queries.visible(actor)).filter(year__gte=task.starts_on.year, year__lte=task.ends_on.year)
    same = rows.filter(task=task)
    if task.clause:
        same |= rows.filter(task__clause=task.clause, task__plan__programme=task.plan.programme)
    for line in same.exclude(body=task.body_id, establishment=task.establishment_id).order_by("year", "pk")[:200]:
        yield line.public_id, f"{line.year} · {line.payer} · {line.purpose} ({line.get_source_display()})"


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class AllocationForm(forms.Form):
    """A decision about one line."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Allocation.Kind.choices)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    day = DayField(label=_("Ngày quyết định"))
    amount = AmountField(label=_("Số tiền (đồng)"), required=True)
    note = forms.CharField(
        label=_("Lý do chênh lệch so với dự toán, ghi chú"), max_length=300, required=False,
        help_text=_("Bắt buộc khi tổng được giao khác dự toán."),
    )  # fmt: skip
    file = forms.FileField(label=_("Tệp quyết định"), required=False)

    def draft(self) -> AllocationDraft:
        """What the form states. Call on a valid form."""
        given = {name: self.cleaned_data[name] for name in ("kind", "number", "day", "amount", "note")}
        return AllocationDraft(**given, upload=uploaded(self))


def uploaded(form: forms.Form) -> Upload | None:
    """The file of a form. `Rejected` when it is too large."""
    file = form.cleaned_data.get("file")
    return Upload(name=file.name, content=files.read_upload(file)) if file else None


class CommitmentForm(forms.Form):
    """A contract."""

    number = forms.CharField(label=_("Số hợp đồng, văn bản giao việc"), max_length=60)
    partner = forms.CharField(label=_("Bên nhận"), max_length=250)
    day = DayField(label=_("Ngày ký"))
    amount = AmountField(label=_("Số tiền (đồng)"), required=True)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def draft(self) -> CommitmentDraft:
        """What the form states. Call on a valid form."""
        return CommitmentDraft(**self.cleaned_data)


class PaymentForm(forms.Form):
    """A voucher."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Payment.Kind.choices)
    commitment = forms.ChoiceField(label=_("Theo cam kết"), required=False)
    number = forms.CharField(label=_("Số chứng từ"), max_length=60)
    day = DayField(label=_("Ngày chứng từ"))
    amount = AmountField(label=_("Số tiền (đồng)"), required=True)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = line.commitments.filter(cancelled_at=None)
        _choose(
            self,
            "commitment",
            [("", _("Chi trực tiếp, không theo cam kết")), *((one.public_id, str(one)) for one in contracts)],
        )

    def draft(self) -> PaymentDraft:
        """What the form states. Call on a valid form."""
        return PaymentDraft(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)


class DecisionForm(forms.Form):
    """One decision over many lines: an amount for each line it concerns, others left empty."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    day = DayField(label=_("Ngày quyết định"))
    note = forms.CharField(
        label=_("Lý do chênh lệch so với dự toán"), max_length=300, required=False,
        help_text=_("Bắt buộc khi có dòng được giao khác dự toán, ví dụ: giao đợt 1, cắt giảm theo khả năng."),
    )  # fmt: skip
    file = forms.FileField(label=_("Tệp quyết định"), required=False)

    def __init__(self, *args: Any, held: list[TaskLine], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.today = held, today
        for one in held:
            name = _("Số tiền giao cho %(line)s") % {"line": one.line.purpose}
            look = {"class": "form-control money-input", "inputmode": "numeric", "autocomplete": "off"}
            self.fields[f"amount_{one.line.pk}"] = AmountField(label=name, widget=forms.TextInput(attrs=look))
            version = forms.IntegerField(widget=forms.HiddenInput, initial=one.line.version, required=False)
            self.fields[f"version_{one.line.pk}"] = version

    @property
    def rows(self) -> list[tuple[TaskLine, Any, Any]]:
        """Line, amount field, version field."""
        return [(one, self[f"amount_{one.line.pk}"], self[f"version_{one.line.pk}"]) for one in self.held]

    @property
    def head(self) -> list[Any]:
        """The fields of the decision itself."""
        return [self[name] for name in ("number", "day", "note", "file")]

    def shares(self) -> list[Share]:
        """The lines it gives something. Call on a valid form."""
        given = self.cleaned_data
        return [
            Share(line=one.line, version=given[f"version_{one.line.pk}"] or 0, amount=amount, row=row)
            for row, one in enumerate(self.held, start=1)
            if (amount := given[f"amount_{one.line.pk}"])
        ]

    def draft(self) -> AllocationDraft:
        """What the form states of the decision. Call on a valid form."""
        given = {name: self.cleaned_data[name] for name in ("number", "day", "note")}
        return AllocationDraft(**given, amount=0, upload=uploaded(self))

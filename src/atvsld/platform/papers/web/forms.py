"""Forms of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from atvsld.platform.files import facade as files
from atvsld.platform.papers.actions.drafting import LONGEST, Head
from atvsld.platform.papers.actions.issuing import Handed
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.registry import Field, PaperKind

_DAY = "%Y-%m-%d"
PREFIX = "o-"


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day chosen in the browser's own calendar."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format=_DAY))


class HeadForm(forms.Form):
    """Head and foot of the paper."""

    issuer_parent = forms.CharField(label=_("Cơ quan chủ quản (dòng trên)"), required=False, max_length=250)
    issuer_name = forms.CharField(label=_("Cơ quan, tổ chức ban hành"), max_length=250)
    place_name = forms.CharField(label=_("Địa danh"), required=False, max_length=120)
    symbol = forms.CharField(
        label=_("Ký hiệu"), required=False, max_length=80, help_text=_("Phần sau số, ví dụ QĐ-SNV. Số do hệ thống cấp.")
    )
    signer_title = forms.CharField(
        label=_("Quyền hạn, chức vụ người ký"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("In đúng từng dòng, ví dụ: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC."),
    )  # fmt: skip
    signer_name = forms.CharField(
        label=_("Họ tên người ký"), required=False, max_length=200,
        help_text=_("Phải ghi trước khi ban hành, trừ biên bản có chỗ ký riêng của từng người."),
    )  # fmt: skip

    @staticmethod
    def stated_by(paper: Paper) -> dict[str, Any]:
        return {name: getattr(paper, name) for name in HeadForm.base_fields}

    def head(self) -> Head:
        return Head(**self.cleaned_data)


class FieldsForm(forms.Form):
    """The parts of a paper that people write, as its kind names them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in kind.fields:
            self.fields[PREFIX + field.name] = _made(field)

    @staticmethod
    def stated_by(paper: Paper, kind: PaperKind) -> dict[str, Any]:
        held = paper.fields
        return {"version": paper.version, **{PREFIX + field.name: held.get(field.name, "") for field in kind.fields}}

    def values(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith(PREFIX):
                found[name.removeprefix(PREFIX)] = value.isoformat() if hasattr(value, "isoformat") else value or ""
        return found


def _made(field: Field) -> forms.Field:
    label = f"{field.label} *" if field.required else str(field.label)
    if field.kind == "date":
        made: forms.Field = day_field(label, required=False)
    elif field.kind == "line":
        made = forms.CharField(label=label, required=False, max_length=500)
    else:
        made = forms.CharField(
            label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": field.rows})
        )
    made.help_text = str(field.help)
    return made


class IssueForm(forms.Form):
    """Day of issue, and the paper as changed in Word when it was."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    issued_on = day_field(_("Ngày ban hành"))
    file = forms.FileField(
        label=_("Bản đã sửa trong Word (nếu có)"), required=False,
        help_text=_("Để trống thì Word và PDF in từ dự thảo. Đã sửa trong Word thì nạp tệp đó."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf"}),
    )  # fmt: skip


class AttachForm(forms.Form):
    """The signed scan, or the text as it was changed in Word."""

    role = forms.ChoiceField(
        label=_("Tệp là"), choices=[(one.value, one.label) for one in (PaperFile.Role.SIGNED, PaperFile.Role.EDITED)]
    )
    file = forms.FileField(label=_("Tệp"), widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.jpg,.png"}))


class CancelForm(forms.Form):
    """Why a paper is cancelled."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Lý do hủy"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TemplateForm(forms.Form):
    """An official Word form."""

    valid_from = day_field(_("Dùng từ ngày"))
    citation = forms.CharField(
        label=_("Căn cứ của mẫu"),
        max_length=250,
        help_text=_("Mẫu số, phụ lục, số hiệu văn bản."),
    )
    file = forms.FileField(label=_("Tệp Word (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))


class CompareForm(forms.Form):
    """A file to compare with the one that was issued."""

    file = forms.FileField(label=_("Tệp cần đối chiếu"))


def handed(upload: UploadedFile | None) -> Handed | None:
    """What was uploaded; None for nothing. `Rejected` when it is too large."""
    return Handed(upload.name or "tep", files.read_upload(upload)) if upload else None

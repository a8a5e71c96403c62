"""Forms of accepted reports."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A file to be compared."""

    file = forms.FileField(label=_("Tệp báo cáo (PDF, Word, Excel, JSON, HTML)"))


class ReasonForm(forms.Form):
    """Why; `key` is one for each time the form is opened, so that a double click does it once."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AcceptForm(forms.Form):
    """Accepting a report: what was shown, as it was asked for."""

    reason = forms.CharField(
        label=_("Lý do, ghi chú"),
        help_text=_("Bắt buộc khi còn phép kiểm tra không khớp. In trên báo cáo."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

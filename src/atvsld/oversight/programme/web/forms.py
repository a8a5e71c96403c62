"""Forms of a plan's header and of one row: the outline's own columns, chosen by name where there is a list of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.law import load_book
from atvsld.law.programme import ClauseKind, Level, Programme
from atvsld.law.programme_outline import SECTION
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme.intake.labels import COLUMNS, HEADER
from atvsld.oversight.programme.models.entered import LEVELS
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.formats_text import said

# Holders with marks (days, how surely read) are kept as they were written.
_MARKS = "[]{}<>*"
LISTS = ("supporting", "evidence", "measures", "groups", "sectors", "targets")
FILES = ".xlsx,.docx"
OWN_LEVELS = [pair for pair in LEVELS if pair[0] != Level.DIRECTIVE]


def choices(column: str) -> list[tuple[str, str]]:
    """The words of a column with their labels."""
    words = load_programmes().words
    held: Mapping[str, Any] = {
        "holders": words.holders, "supporting": words.holders, "evidence": words.evidence, "measures": words.measures,
        "groups": words.groups, "sectors": words.sectors, "targets": load_book().targets, "issuer": words.holders,
        "standing": words.holders,
    }[column]  # fmt: skip
    return [(word, said(one.label)) for word, one in held.items()]


class HeaderForm(forms.Form):
    """The header of a plan; `carried` are the plans it may carry out."""

    id = forms.SlugField(
        label=HEADER["id"], max_length=60, help_text=_("Chữ không dấu, số, “-”: ví dụ so-xay-dung-2027.")
    )
    level = forms.ChoiceField(label=HEADER["level"], choices=OWN_LEVELS)
    title = forms.CharField(label=HEADER["title"], max_length=400)
    title_en = forms.CharField(label=HEADER["title_en"], max_length=400, required=False)
    issuer = forms.ChoiceField(label=HEADER["issuer"])
    valid_from = DayField(label=HEADER["valid_from"])
    valid_to = DayField(label=HEADER["valid_to"], required=False)
    carries_out = forms.MultipleChoiceField(
        label=HEADER["carries_out"], required=False, widget=forms.CheckboxSelectMultiple
    )
    standing = forms.ChoiceField(label=HEADER["standing"], required=False)
    note = forms.CharField(
        label=HEADER["note"], required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, carried: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = choices("issuer")  # type: ignore[attr-defined]
        self.fields["standing"].choices = [("", _("Không nêu")), *choices("standing")]  # type: ignore[attr-defined]
        self.fields["carries_out"].choices = [(one.id, said(one.title)) for one in carried]  # type: ignore[attr-defined]

    def header(self, held: Mapping[str, str] | None = None) -> dict[str, str]:
        """The header as the outline wants it, over what was there before."""
        told = {name: _written(self.cleaned_data[name]) for name in self.fields if name in HEADER}
        return {**(held or {}), **told}


class NewForm(HeaderForm):
    """A new plan: its header, whose it is, and what its first rows are taken from."""

    key = forms.CharField(widget=forms.HiddenInput, initial=new_ulid)
    owner = forms.ChoiceField(label=_("Kế hoạch của"))
    start = forms.ChoiceField(label=_("Bắt đầu từ"))
    field_order = ("key", "owner", "id", "title", "level", "issuer", "valid_from", "valid_to", "start")


class UploadForm(forms.Form):
    """A file, and the header where the file has none: always for Word."""

    key = forms.CharField(widget=forms.HiddenInput, initial=new_ulid)
    file = forms.FileField(
        label=_("Tệp Excel (.xlsx) hoặc Word (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": FILES}),
        help_text=_("Excel theo tệp mẫu. Word: tên mục dùng kiểu Heading hoặc đánh số in đậm, mỗi việc một dòng."),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Kế hoạch của"))
    id = forms.SlugField(
        label=HEADER["id"], max_length=60, required=False, help_text=_("Bỏ trống nếu tệp Excel đã ghi.")
    )
    title = forms.CharField(label=HEADER["title"], max_length=400, required=False)
    level = forms.ChoiceField(label=HEADER["level"], choices=[("", _("Theo tệp")), *OWN_LEVELS], required=False)
    valid_from = DayField(label=HEADER["valid_from"], required=False)
    valid_to = DayField(label=HEADER["valid_to"], required=False)
    carries_out = forms.MultipleChoiceField(
        label=HEADER["carries_out"], required=False, widget=forms.CheckboxSelectMultiple
    )

    def said(self) -> dict[str, str]:
        """What the form itself states of the header."""
        names = ("id", "title", "level", "valid_from", "valid_to", "carries_out")
        return {name: text for name in names if (text := _written(self.cleaned_data.get(name)))}


class RowForm(forms.Form):
    """One row of the outline: a heading, or a clause of the heading above it."""

    id = forms.CharField(label=COLUMNS["id"], max_length=40)
    kind = forms.ChoiceField(label=COLUMNS["kind"])
    text = forms.CharField(label=COLUMNS["text"], max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    text_en = forms.CharField(label=COLUMNS["text_en"], max_length=1000, required=False)
    holders: forms.Field
    valid_from = DayField(label=COLUMNS["valid_from"], required=False)
    valid_to = DayField(label=COLUMNS["valid_to"], required=False)
    carries = forms.CharField(
        label=COLUMNS["carries"], required=False, max_length=400,
        help_text=_("Mã nội dung, của kế hoạch khác ghi kế-hoạch:mã; nhiều mã cách nhau bằng “;”."),
    )  # fmt: skip
    note = forms.CharField(
        label=COLUMNS["note"], required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, held: Mapping[str, str], **kwargs: Any) -> None:
        marked = any(mark in held.get("holders", "") for mark in _MARKS)
        initial = {**held, **{name: _split(held.get(name, "")) for name in LISTS}}
        initial["holders"] = held.get("holders", "") if marked else _split(held.get("holders", ""))
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.held = dict(held)
        kinds = [(SECTION, _("Tên mục")), *((kind.value, said(kind.label)) for kind in ClauseKind)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if marked:
            self.fields["holders"] = forms.CharField(
                label=COLUMNS["holders"], required=False, max_length=400,
                help_text=_("Có ngày hoặc dấu riêng nên giữ dạng chữ: chức năng* [2025-07-01..]."),
            )  # fmt: skip
        else:
            self.fields["holders"] = _several("holders")
        for name in LISTS:
            self.fields[name] = _several(name)
        self.order_fields(["id", "kind", "text", "text_en", "holders", "supporting", "evidence", "measures", "carries"])

    def row(self) -> dict[str, str]:
        """The row as the outline wants it; a heading keeps only what a heading has."""
        told = {**self.held, **{name: _written(self.cleaned_data.get(name)) for name in self.fields}}
        if told["kind"] == SECTION:
            told = {name: value for name, value in told.items() if name in ("id", "kind", "paragraph", "text", "text_en", "note")}  # fmt: skip  # noqa: E501
        return {name: value for name, value in told.items() if value}


class IssueForm(forms.Form):
    """Number and day of the paper that puts the plan in force."""

    number = forms.CharField(label=HEADER["number"], max_length=60)
    issued_on = DayField(label=HEADER["issued_on"])


def _several(name: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=COLUMNS[name], required=False, choices=choices(name), widget=forms.SelectMultiple(attrs={"size": 6})
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return "" if value is None else " ".join(str(value).split())

"""The mapping screen: the columns of a sent file beside ours, with suggestions, kept for the next file if wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.text import fold
from atvsld.platform.acts import Conflict
from atvsld.platform.imports import mapping as mappings
from atvsld.platform.imports import queries, targets
from atvsld.platform.imports.actions import runs
from atvsld.platform.imports.columns import Spec
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.models import ImportRun, MappingProfile
from atvsld.platform.imports.reading import Book, open_book
from atvsld.platform.imports.suggest import Layout, layout
from atvsld.platform.imports.web.access import for_importers, own_run
from atvsld.platform.ui.pages import act_of, actor_of, say

# Files with more columns than this are no list of records.
MOST_COLUMNS = 200


class MappingForm(forms.Form):
    """One choice for each heading of the file, and whether to keep them."""

    save = forms.BooleanField(label=gettext_lazy("Lưu cách ghép này cho các tệp sau cùng bố cục"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Tên để nhận ra"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Ví dụ tên nơi gửi. Người cùng cơ quan cũng dùng được; trùng tên thì thay cách ghép cũ."
        ),
    )

    def __init__(self, *args: Any, spec: Spec, found: Layout, given: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spec, self._found, self._given = spec, found, given
        choices = [("", _("— bỏ qua cột này —"))]
        choices += [(column.name, f"{column.label} *" if column.required else column.label) for column in spec.columns]
        for heading in found.headings:
            self.fields[self._key(heading.position)] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=heading.suggestion,
                widget=forms.Select(attrs={"class": "form-select", "aria-label": heading.text}),
            )

    @staticmethod
    def _key(position: int) -> str:
        return f"cot_{position}"

    def rows(self) -> list[dict[str, Any]]:
        """Headings with their samples and fields, for the table."""
        return [{"heading": held, "field": self[self._key(held.position)]} for held in self._found.headings]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used: dict[str, str] = {}
        for heading in self._found.headings:
            name = data.get(self._key(heading.position)) or ""
            if name and name in used:
                message = _("Hai cột “%(one)s” và “%(other)s” cùng ghép vào “%(column)s”; chỉ chọn một.")
                raise forms.ValidationError(
                    message % {"one": used[name], "other": heading.text, "column": self._spec[name].label}
                )
            if name:
                used[name] = heading.text
        missing = [column.label for column in self._spec.required if column.name not in {*used, *self._given}]
        if missing:
            raise forms.ValidationError(_("Chưa ghép cột bắt buộc: %(names)s.") % {"names": ", ".join(missing)})
        if not used:
            raise forms.ValidationError(_("Chưa ghép cột nào."))
        if data.get("save") and not (data.get("name") or "").strip():
            self.add_error("name", _("Đặt tên để lần sau nhận ra."))
        data["columns"] = used
        return data


@for_importers
def mapping(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which column is which, then have the file read anew."""
    run = own_run(request, public_id)
    if run.state not in (ImportRun.State.PREVIEW, ImportRun.State.FAILED) or not run.file:
        raise Http404
    target = targets.get(run.target)
    try:
        book = open_book(Path(run.file.path), largest=settings.IMPORT_MAX_BYTES)
        found = _layout(request, book, target.spec())
    except FileRefused:
        return redirect("imports:run", public_id)  # the page says why it cannot be read
    if found is None:
        return redirect("imports:run", public_id)
    offers = _offers(request, target, found)
    if request.method == "POST" and "profile" in request.POST:
        chosen = next((held for held in offers if str(held.pk) == request.POST["profile"]), None)
        if chosen is None:
            raise Http404
        return _again(request, run, profile=chosen)
    form = MappingForm(request.POST or None, spec=target.spec(), found=found, given=set(run.constants))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        columns = {"name": data["name"].strip(), "columns": data["columns"]}
        if data["save"]:
            runs.save_profile(
                act_of(request), target=target, name=columns["name"], mapping=columns, headings=found.folded
            )
        return _again(request, run, mapping=columns)
    context = {
        "run": run, "target": target, "form": form, "layout": found, "offers": offers,
        "required": target.spec().required, "sheets": [sheet.name for sheet in book.sheets],
    }  # fmt: skip
    return render(request, "imports/mapping.html", context, status=422 if form.errors else 200)


def _layout(request: HttpRequest, book: Book, spec: Spec) -> Layout | None:
    asked = request.GET.get("dong", "")
    row = int(asked) if asked.isdigit() and len(asked) < 4 else 0
    found = layout(book, spec, sheet=request.GET.get("trang_tinh", ""), header_row=row)
    if found is None and (row or request.GET):
        found = layout(book, spec)
    return found if found and len(found.headings) <= MOST_COLUMNS else None


def _offers(request: HttpRequest, target: targets.Target, found: Layout) -> list[MappingProfile]:
    """Saved mappings whose columns are all in the file; those made for the very same headings first."""
    fitting = []
    for profile in queries.profiles(target, actor_of(request)):
        try:
            rules = mappings.from_data(profile.mapping, target.spec()).rules
        except FileRefused:  # a column it speaks of is no longer ours
            continue
        sources = {fold(rule.source) for rule in rules.values() if rule.source}
        if sources and sources <= found.folded:
            fitting.append((set(profile.headings) != found.folded, profile.name, profile))
    return [profile for _other, _name, profile in sorted(fitting, key=lambda item: item[:2])]


def _again(request: HttpRequest, run: ImportRun, **chosen: Any) -> HttpResponse:
    try:
        runs.remap(act_of(request), run=run, **chosen)
    except Conflict as conflict:
        from django.contrib import messages

        messages.warning(request, str(conflict))
    else:
        say(request, _("Đã ghép cột; tệp đang được đọc lại."))
    return redirect("imports:run", run.public_id)

"""Word forms: uploaded, their places bound to figures, filled for a period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.composing import actions, addresses, word
from atvsld.oversight.composing.models import WordForm, WordMark
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.oversight.composing.web.reports import periods
from atvsld.oversight.reporting.policy import READ
from atvsld.oversight.reporting.web.forms import place_choices
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires
from atvsld.platform.ui.pickers import SuggestInput

YEARS = [("0", _("Kỳ báo cáo")), ("1", _("Cùng kỳ năm trước")), ("2", _("Cùng kỳ 2 năm trước"))]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class UploadForm(forms.Form):
    """A Word file and what it is."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tên mẫu"), max_length=200)
    citation = forms.CharField(label=_("Căn cứ của mẫu (văn bản, phụ lục)"), max_length=250, required=False)
    file = forms.FileField(
        label=_("Tệp Word (.docx)"), help_text=_("Ở mỗi chỗ cần số liệu, ghi một tên trong ngoặc: {{ so_nguoi_chet }}.")
    )


class MappingForm(forms.Form):
    """For each place the figure that fills it, found by typing a few words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, marks: list[WordMark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [mark.name for mark in marks]
        for mark in marks:
            widget = SuggestInput(reverse_lazy("composing:suggest"))
            self.fields[f"so-{mark.name}"] = forms.CharField(
                label=mark.name, max_length=200, required=False, initial=mark.address, widget=widget
            )
            self.fields[f"nam-{mark.name}"] = forms.ChoiceField(
                label=_("Của kỳ"), choices=YEARS, initial=str(mark.years_back)
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """The two boxes of each place, side by side."""
        return [(self[f"so-{name}"], self[f"nam-{name}"]) for name in self.names]

    def bindings(self) -> dict[str, tuple[str, int]]:
        data = self.cleaned_data
        return {name: (data[f"so-{name}"], int(data[f"nam-{name}"])) for name in self.names}


class FillForm(forms.Form):
    """For which period and place."""

    period = forms.ChoiceField(label=_("Kỳ số liệu"))
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods(act_of(request).day.year)  # type: ignore[attr-defined]
        self.fields["place"].choices = place_choices(actor_of(request), READ)  # type: ignore[attr-defined]


@requires(COMPOSE)
def upload(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """A new form, or a new file for one's own."""
    held = get_object_or_404(WordForm, public_id=public_id) if public_id else None
    initial: dict[str, Any] = {"key": new_ulid()}
    if held:
        initial = {"key": held.public_id, "version": held.version, "name": held.name, "citation": held.citation}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    made: list[WordForm] = []

    def act() -> None:
        data = form.cleaned_data
        key = data["key"] if is_ulid(data["key"]) else new_ulid()
        made.append(
            actions.upload_word_form(
                act_of(request), key=key, name=data["name"], citation=data["citation"], file_name=data["file"].name,
                content=files.read_upload(data["file"]), version=data["version"] or 0,
            )
        )  # fmt: skip

    return act_by_form(
        request,
        form,
        act,
        title=_("Nạp tệp mới cho mẫu") if held else _("Mẫu Word mới"),
        back=reverse("composing:word_form", args=[public_id]) if public_id else reverse("composing:home"),
        then=lambda: reverse("composing:word_form", args=[made[0].public_id]),
        multipart=True,
        submit_label=_("Nạp mẫu"),
    )


@requires(COMPOSE)
def mapping(request: HttpRequest, public_id: str) -> HttpResponse:
    """What fills each place of a form, and the way to fill it for a period."""
    held = get_object_or_404(WordForm.objects.prefetch_related("marks"), public_id=public_id)
    form = MappingForm(request.POST or None, marks=list(held.marks.all()), initial={"version": held.version})
    return act_by_form(
        request,
        form,
        lambda: actions.map_marks(
            act_of(request), form=held, version=form.cleaned_data["version"], bindings=form.bindings()
        ),
        title=held.name,
        back=reverse("composing:word_form", args=[public_id]),
        template="composing/word_form.html",
        held=held,
        choice=FillForm(request=request),
        own=held.owner_id == request.user.pk,
    )


@requires(COMPOSE)
def fill(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form filled for a period and place, as a Word file."""
    held = get_object_or_404(WordForm.objects.prefetch_related("marks"), public_id=public_id)
    form = FillForm(request.GET or None, request=request)
    if form.is_valid():
        period = Period.parse(form.cleaned_data["period"])
        try:
            content = word.fill(
                actor_of(request), held, period, place=form.cleaned_data["place"], at=act_of(request).at
            )
        except Rejected as error:
            shown = {"problems": error.problems, "back": reverse("composing:word_form", args=[public_id])}
            return render(request, "ui/rejected.html", shown, status=422)
        response = HttpResponse(content, content_type=_DOCX)
        response["Content-Disposition"] = f'attachment; filename="{slugify(held.name) or "mau"}_{period.code}.docx"'
        return response
    return render(request, "ui/form.html", {"form": form, "title": held.name}, status=422)


@requires(COMPOSE)
def suggest(request: HttpRequest) -> HttpResponse:
    """Figures whose names hold the words typed, as options for the box."""
    text = next((str(value) for name, value in request.GET.items() if name.startswith("so-")), "")
    found = addresses.search(text[:100], act_of(request).day) if text.strip() else []
    return render(request, "composing/suggest.html", {"found": found})


@requires(COMPOSE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once, then remove."""
    held = get_object_or_404(WordForm, public_id=public_id)
    return act_by_form(
        request,
        forms.Form(request.POST or None),
        lambda: actions.remove_word_form(act_of(request), form=held),
        title=_("Bỏ mẫu “%(name)s”?") % {"name": held.name},
        back=reverse("composing:home"),
        submit_label=_("Bỏ mẫu"),
    )

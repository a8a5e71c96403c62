"""Recording a reorganisation by page: state it, see its effect, carry it out, and take it back."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.pages import Page, PageAction, act_of, requires, say
from atvsld.registers.places import drafts
from atvsld.registers.places.actions import reorganise as actions
from atvsld.registers.places.labels import KINDS
from atvsld.registers.places.models import Place, Reorganisation
from atvsld.registers.places.policy import REORGANISE

ROWS, MOST_ROWS = 6, 200
KIND_WORDS = (
    ("merge", gettext_lazy("Nhập")),
    ("split", gettext_lazy("Chia")),
    ("rename", gettext_lazy("Đổi tên, đổi loại")),
    ("transfer", gettext_lazy("Đổi cấp trên")),
    ("end", gettext_lazy("Kết thúc")),
)


class HeadForm(forms.Form):
    """What holds for the whole reorganisation."""

    title = forms.CharField(label=gettext_lazy("Tên đợt sắp xếp"), max_length=200)
    effective_on = forms.DateField(
        label=gettext_lazy("Có hiệu lực từ"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ pháp lý"), max_length=200)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Mức xác nhận"), choices=[(mark.value, mark.label_vi) for mark in Certainty.of_law()]
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp CSV hoặc YAML"),
        required=False,
        help_text=gettext_lazy("Hoặc ghi từng dòng ở dưới. Tệp theo mẫu; có tệp thì các dòng ở dưới được bỏ qua."),
    )


class ChangeForm(forms.Form):
    """One row. Everything is checked by the draft, so that page and file are judged alike."""

    kind = forms.ChoiceField(label=gettext_lazy("Cách sắp xếp"), choices=[("", ""), *KIND_WORDS], required=False)
    code = forms.CharField(label=gettext_lazy("Mã đơn vị cũ"), max_length=10, required=False)
    new_code = forms.CharField(label=gettext_lazy("Mã đơn vị mới"), max_length=10, required=False)
    new_name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=120, required=False)
    new_kind = forms.ChoiceField(label=gettext_lazy("Loại mới"), choices=[("", ""), *KINDS.items()], required=False)
    new_parent = forms.CharField(label=gettext_lazy("Mã cấp trên"), max_length=10, required=False)
    share = forms.CharField(label=gettext_lazy("Tỷ phần (0–1)"), max_length=8, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for held in self.fields.values():
            shape = (
                "form-select form-select-sm" if isinstance(held, forms.ChoiceField) else "form-control form-control-sm"
            )
            # The heading of the column is the visible name of the cell.
            held.widget.attrs.update({"class": shape, "aria-label": held.label})


Rows: Any = forms.formset_factory(ChangeForm, extra=ROWS, max_num=MOST_ROWS)


class ReorganisationList(Page):
    """Every reorganisation recorded here, those taken back included."""

    permission = REORGANISE
    template_name = "places/reorganisations.html"
    title = gettext_lazy("Sắp xếp đơn vị hành chính")
    pretitle = gettext_lazy("Địa bàn")

    def actions(self) -> list[PageAction]:
        return [
            PageAction(_("Tệp mẫu"), reverse("places:reorganise-template"), "download"),
            PageAction(_("Ghi nhận đợt mới"), reverse("places:reorganise"), "plus", primary=True),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Reorganisation.objects.defer("journal", "effects")
        return super().get_context_data(rows=rows, **kwargs)


class ReorganisationPage(Page):
    """One reorganisation: what was stated, what it did, and whether it can still be taken back."""

    permission = REORGANISE
    template_name = "places/reorganisation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = get_object_or_404(Reorganisation, public_id=self.kwargs["public_id"])
        return super().get_context_data(
            title=held.title,
            held=held,
            levels=_levels(held.effects["levels"]),
            effects=held.effects["effects"],
            obstacles=actions.obstacles(held) if held.undone_at is None else [],
            history=timeline(held, masked={"journal", "effects", "draft"}),
            **kwargs,
        )


@requires(REORGANISE)
def new(request: HttpRequest) -> HttpResponse:
    """State a reorganisation and see its effect; carry it out only from what was seen."""
    if "draft" in request.POST:
        return _carry_out(request)
    form = HeadForm(request.POST or None, request.FILES or None, initial={"certainty": Certainty.OFFICIAL.value})
    rows = Rows(request.POST or None, prefix="row")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            draft = _draft(form, rows)
            seen = actions.preview(draft)
        except Rejected as error:
            problems = error.problems
        else:
            if not seen.problems:
                return _preview(request, draft, seen)
            problems = seen.problems
    context = {
        "form": form, "rows": rows, "problems": problems,
        "headings": [held.label for held in ChangeForm().fields.values()],
        "title": _("Ghi nhận đợt sắp xếp"), "pretitle": _("Sắp xếp đơn vị hành chính"),
    }  # fmt: skip
    status = 422 if problems or (request.method == "POST" and form.errors) else 200
    return render(request, "places/reorganise.html", context, status=status)


@requires(REORGANISE)
def blank(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — a view is given its request
    """The columns of a file of changes."""
    return HttpResponse(
        drafts.template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="sap-xep-mau.csv"'},
    )


@requires(REORGANISE)
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo, while nothing has been built on it."""
    held = get_object_or_404(Reorganisation, public_id=public_id)
    actions.undo(act_of(request), reorganisation=held)
    say(request, _("Đã rút lại đợt sắp xếp; mọi thứ trở lại như trước."))
    return redirect("places:reorganisation", public_id)


def _draft(form: forms.Form, rows: Any) -> drafts.Draft:
    """The draft of a filled form: from the file when one was given, else from the rows."""
    head = {name: form.cleaned_data[name] for name in ("title", "effective_on", "legal_basis", "certainty")}
    file = form.cleaned_data["file"]
    if file:
        return drafts.read_file(file.read(), file.name, head=head)
    changes = [
        {**row.cleaned_data, "row": number}
        for number, row in enumerate(rows.forms, 1)
        if any(value.strip() for value in row.cleaned_data.values())
    ]
    return drafts.from_mapping({**head, "changes": changes})


def _preview(
    request: HttpRequest, draft: drafts.Draft, seen: actions.Preview, conflict: str = "", status: int = 200
) -> HttpResponse:
    shown = seen.to_json()
    context = {
        "draft": draft,
        "stated": json.dumps(draft.to_json(), ensure_ascii=False),
        "seen": actions.seal(seen),
        "levels": _levels(shown["levels"]),
        "effects": shown["effects"],
        "conflict": conflict,
        "title": draft.title,
        "pretitle": _("Xem trước ảnh hưởng, chưa ghi gì"),
    }
    return render(request, "places/preview.html", context, status=status)


def _carry_out(request: HttpRequest) -> HttpResponse:
    """Carry out exactly what was shown: when the effect has changed meanwhile it is shown anew."""
    try:
        draft = drafts.from_mapping(json.loads(request.POST["draft"]))
    except (ValueError, AttributeError, Rejected) as error:
        raise Refused(_("Nội dung đợt sắp xếp gửi lên không đọc được; hãy ghi lại từ đầu.")) from error
    seen = actions.preview(draft)
    if not seen.problems and actions.seal(seen) != request.POST.get("seen"):
        message = _("Dữ liệu vừa thay đổi nên ảnh hưởng khác với lúc xem trước. Hãy xem lại rồi thực hiện.")
        return _preview(request, draft, seen, message, 409)
    try:
        done = actions.apply(act_of(request, draft.title), draft=draft)
    except Rejected as error:
        raise Conflict(str(error)) from error
    say(request, _("Đã thực hiện đợt sắp xếp."))
    return redirect("places:reorganisation", done.public_id)


def _levels(rows: list[dict[str, Any]]) -> list[tuple[Any, int, int]]:
    return [(Place.Level(row["level"]).label, row["before"], row["after"]) for row in rows]

"""Making and changing a table; reading it is a report like any other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.oversight.composing import actions
from atvsld.oversight.composing.models import SavedTable
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.oversight.composing.vocabulary import CONDITIONS, DIMENSIONS, MEASURES, USUAL_CONDITIONS, said
from atvsld.platform.ui.pages import act_by_form, act_of, requires
from atvsld.platform.ui.pickers import PickersField


class TableForm(forms.Form):
    """What is counted, split by what, of which records."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tên bảng"), max_length=200)
    measures = forms.MultipleChoiceField(label=_("Số liệu (cột)"), widget=forms.CheckboxSelectMultiple)
    by = forms.ChoiceField(label=_("Chia theo (dòng)"), required=False)
    occurring = forms.BooleanField(label=_("Chỉ in dòng có phát sinh"), required=False, initial=True)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [(code, said(word.label)) for code, word in MEASURES.items()]
        self.fields["measures"].choices = counted  # type: ignore[attr-defined]
        splits = [("", _("Không chia, chỉ một dòng tổng")), *((name, word.label) for name, word in DIMENSIONS.items())]
        self.fields["by"].choices = splits  # type: ignore[attr-defined]
        for name in CONDITIONS:
            word = DIMENSIONS[name]
            self.fields[name] = PickersField(label=str(word.label), choices=word.choices(day), required=False)

    def head(self) -> list[forms.BoundField]:
        """What is counted and how it is split."""
        return [self[name] for name in ("name", "measures", "by", "occurring")]

    def narrowing(self) -> list[forms.BoundField]:
        """The conditions, each folded until one is ticked."""
        return [self[name] for name in CONDITIONS]

    def conditions(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data[name] for name in CONDITIONS if self.cleaned_data[name]}


@requires(COMPOSE)
def edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """A new table, or a change of one's own; another's table opens as a copy to be saved under one's own name."""
    table = get_object_or_404(SavedTable, public_id=public_id) if public_id else None
    own = table is not None and table.owner_id == request.user.pk
    form = TableForm(request.POST or None, initial=_initial(table, own=own), day=act_of(request).day)
    made: list[SavedTable] = []

    def act() -> None:
        data = form.cleaned_data
        made.append(
            actions.save_table(
                act_of(request), key=data["key"] if is_ulid(data["key"]) else new_ulid(), name=data["name"],
                measures=data["measures"], by=data["by"], conditions=form.conditions(), occurring=data["occurring"],
                version=data["version"] or 0,
            )
        )  # fmt: skip

    return act_by_form(
        request,
        form,
        act,
        title=_("Sửa bảng") if own else _("Bảng mới"),
        back=reverse("composing:home"),
        then=lambda: reverse("reporting:report", args=[made[0].code]),
        template="composing/table_form.html",
    )


@requires(COMPOSE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once, then remove."""
    table = get_object_or_404(SavedTable, public_id=public_id)
    form = forms.Form(request.POST or None)
    return act_by_form(
        request,
        form,
        lambda: actions.remove_table(act_of(request), table=table),
        title=_("Bỏ bảng “%(name)s”?") % {"name": table.name},
        back=reverse("composing:home"),
        submit_label=_("Bỏ bảng"),
    )


def _initial(table: SavedTable | None, *, own: bool) -> dict[str, Any]:
    if table is None:
        return {"key": new_ulid(), "measures": ["cases", "victims", "deaths"], **USUAL_CONDITIONS}
    held = {"name": table.name, "measures": table.measures, "by": table.by, "occurring": table.occurring}
    held |= table.conditions
    return {**held, "key": table.public_id, "version": table.version} if own else {**held, "key": new_ulid()}

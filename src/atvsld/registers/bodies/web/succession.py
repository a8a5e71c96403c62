"""Recording by page that another body takes over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.certainty import Certainty
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, requires
from atvsld.platform.ui.pickers import Picker
from atvsld.registers.bodies.actions.succession import Successor, succeed
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.handing_over import heirs
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.policy import CHANGE
from atvsld.registers.bodies.queries import in_force


class SuccessionForm(forms.Form):
    """Who takes over what from when. Field names are those of the act's problems."""

    body = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan tiếp nhận đã có"),
        queryset=Body.objects.none(),
        required=False,
        widget=Picker,
        empty_label=gettext_lazy("Cơ quan mới, ghi tên ở dưới"),
    )
    name = forms.CharField(label=gettext_lazy("Tên cơ quan mới"), max_length=250, required=False)
    short_name = forms.CharField(label=gettext_lazy("Tên tắt"), max_length=120, required=False)
    parent_line = forms.CharField(
        label=gettext_lazy("Cơ quan chủ quản"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Dòng in trên tên cơ quan; để trống nếu như cơ quan trước."),
    )
    on = forms.DateField(
        label=gettext_lazy("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ pháp lý"), max_length=250)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Mức xác nhận"), choices=[(mark.value, mark.label_vi) for mark in Certainty.of_law()]
    )
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Chức năng chuyển sang"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ bớt khi chia cho nhiều cơ quan; không còn chức năng nào thì cơ quan này kết thúc."),
    )

    def __init__(self, *args: Any, old: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = kwargs.get("initial", {})["on"]
        held = old.functions.filter(in_force(today)).values_list("function", flat=True)
        fields: dict[str, Any] = self.fields
        fields["functions"].choices = [(name, FUNCTIONS.get(name, name)) for name in dict.fromkeys(held)]
        fields["functions"].initial = list(held)
        fields["body"].queryset = Body.objects.filter(in_force(today), place_id=old.place_id).exclude(pk=old.pk)


@requires(CHANGE)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """State a succession; what goes along is told above the form."""
    old = get_object_or_404(Body, public_id=public_id)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = SuccessionForm(request.POST or None, old=old, initial={"on": today, "certainty": Certainty.OFFICIAL.value})

    def do() -> None:
        said = form.cleaned_data
        successor = Successor(said["body"], said["name"], said["short_name"], said["parent_line"])
        succeed(
            act_of(request),
            body=old,
            successor=successor,
            on=said["on"],
            legal_basis=said["legal_basis"],
            functions=said["functions"],
            certainty=Certainty(said["certainty"]),
        )

    return act_by_form(
        request,
        form,
        do,
        title=_("Cơ quan kế thừa của %(name)s") % {"name": old.name},
        back=reverse("bodies:body", args=[old.public_id]),
        template="bodies/succession.html",
        pretitle=_("Cơ quan, tổ chức"),
        goes_along=[pair for heir in heirs() if (pair := heir.counted(old, today))[1]],
    )

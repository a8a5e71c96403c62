"""Forms of the register of workers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments import tax_codes
from atvsld.registers.places.labels import commune_choices
from atvsld.registers.workers import labels
from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.models.protected_group import Group
from atvsld.registers.workers.policy import CHANGE


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class PersonFields(forms.Form):
    """The facts of a person."""

    name = forms.CharField(label=_("Họ và tên"), max_length=200)
    birth_date = _day(_("Ngày sinh"))
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("Chưa rõ")), *Worker.Sex.choices])
    identity_kind = forms.ChoiceField(
        label=_("Loại giấy tờ"), required=False, choices=[("", _("Không ghi")), *Worker.IdentityKind.choices]
    )
    identity_number = forms.CharField(
        label=_("Số định danh"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Không bắt buộc. Số được niêm phong khi lưu và chỉ hiện ba chữ số cuối."),
    )


class WorkFields(forms.Form):
    """Where and for whom somebody works."""

    tax_code = forms.CharField(
        label=_("Mã số thuế của cơ sở"),
        max_length=20,
        required=False,
        help_text=_("Để trống nếu làm việc không cho cơ sở nào."),
    )
    place = forms.TypedChoiceField(
        label=_("Nơi làm việc (xã, phường, đặc khu)"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Để trống nếu làm tại nơi cơ sở hoạt động."),
    )
    started_on = _day(_("Làm từ"))
    ended_on = _day(_("Làm đến hết"), help_text=_("Để trống nếu đang làm."))
    labour_relation = forms.ChoiceField(label=_("Quan hệ lao động"), required=False)
    occupation_code = forms.ChoiceField(label=_("Nghề nghiệp"), required=False)
    job_title = forms.CharField(label=_("Công việc"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        choices: dict[str, list[tuple[Any, Any]]] = {
            "place": [("", _("Như cơ sở")), *commune_choices(today, _reach(actor))],
            "labour_relation": [("", _("Chưa rõ")), *labels.relation_choices(today)],
            "occupation_code": [("", _("Chưa rõ")), *labels.occupation_choices(today)],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options

    def clean_tax_code(self) -> int | None:
        """The primary key of the establishment meant, among those the person may see."""
        code = tax_codes.normalise(self.cleaned_data["tax_code"])
        if not code:
            return None
        found = establishments.visible(self.actor).filter(tax_code=code).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở nào mang mã số thuế này trong phạm vi của bạn."))
        return found

    def work(self) -> EmploymentDraft:
        """What the form states of the work. Call on a valid form."""
        stated = {name: self.cleaned_data[name] for name in WorkFields.base_fields}
        return EmploymentDraft(establishment_id=stated.pop("tax_code"), place_id=stated.pop("place"), **stated)


class RegistrationForm(WorkFields, PersonFields):
    """A person with the present work."""

    field_order = (*PersonFields.base_fields, *WorkFields.base_fields)

    def draft(self) -> WorkerDraft:
        """What the form states of the person. Call on a valid form."""
        return WorkerDraft(**{name: self.cleaned_data[name] for name in PersonFields.base_fields})


class ChangeForm(PersonFields):
    """The facts of a person anew; the number held is never shown in the form."""

    remove_identity = forms.BooleanField(label=_("Bỏ số định danh đang giữ"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def draft(self) -> WorkerDraft:
        """An empty number leaves the one held; the tick takes it away."""
        stated = {name: self.cleaned_data[name] for name in PersonFields.base_fields}
        number = stated.pop("identity_number") or ("" if self.cleaned_data["remove_identity"] else None)
        return WorkerDraft(identity_number=number, **stated)


class EndForm(forms.Form):
    """The last day of work."""

    ended_on = _day(_("Làm đến hết ngày"), required=True)


class GroupForm(forms.Form):
    """Belonging to a group that does not follow from age or sex."""

    group = forms.ChoiceField(label=_("Nhóm"), choices=Group.choices)
    valid_from = _day(_("Từ ngày"), required=True)
    valid_to = _day(_("Đến hết ngày"), help_text=_("Để trống nếu còn tiếp tục."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, required=False)


class GroupEndForm(forms.Form):
    """The last day in a group."""

    valid_to = _day(_("Đến hết ngày"), required=True)


class PurposeForm(forms.Form):
    """Why somebody reads an identity number."""

    purpose = forms.CharField(
        label=_("Mục đích xem"), max_length=300, help_text=_("Lượt xem được ghi lại cùng tên bạn, thời điểm, mục đích.")
    )


def _reach(actor: Actor) -> frozenset[int] | None:
    """The places in which the actor may record workers; None for everywhere."""
    scopes = actor.scopes(CHANGE)
    if any(scope.everything for scope in scopes):
        return None
    return frozenset().union(*(scope.ids for scope in scopes if scope.dimension == "place"))

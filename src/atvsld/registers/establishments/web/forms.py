"""Forms of the register of establishments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from atvsld.law import load_book
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import DayField
from atvsld.registers.codes.form_fields import code_input
from atvsld.registers.establishments import labels, rules
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.establishments.models.workforce import PARTS
from atvsld.registers.establishments.policy import CHANGE
from atvsld.registers.places import tree
from atvsld.registers.places.labels import commune_choices


class EstablishmentForm(forms.Form):
    """The facts of an establishment, for registering and for changing."""

    tax_code = forms.CharField(
        label=_("Mã số thuế"), max_length=20, help_text=_("10, 12 hoặc 13 chữ số; có thể ghi cả dấu gạch nối.")
    )
    name = forms.CharField(label=_("Tên cơ sở"), max_length=300)
    place = forms.TypedChoiceField(label=_("Nơi hoạt động (xã, phường, đặc khu)"), coerce=int)
    headquarters_place = forms.TypedChoiceField(
        label=_("Nơi đặt trụ sở chính"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Để trống nếu trùng nơi hoạt động."),
    )
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    ownership_type = forms.ChoiceField(label=_("Loại hình cơ sở"), required=False)
    industry_version = forms.ChoiceField(
        label=_("Phiên bản hệ thống ngành"),
        required=False,
        help_text=_("Cùng một số có thể là ngành khác ở phiên bản khác."),
    )
    industry_code = forms.CharField(
        label=_("Mã ngành"), max_length=6, required=False, help_text=_("Ví dụ 4101, hoặc gõ tên ngành để tìm."),
        widget=code_input(rules.INDUSTRY_LISTS, field="industry_code", version_field="industry_version"),
    )  # fmt: skip
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    verification = forms.ChoiceField(label=_("Xác minh"), choices=Establishment.Verification.choices)
    closed_on = DayField(label=_("Ngừng hoạt động từ"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, actor: Actor, today: date, record: Establishment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "place": [("", _("Chọn…")), *places(today, reach(actor), record.place_id if record else None)],
            "headquarters_place": [
                ("", _("Trùng nơi hoạt động")),
                *places(today, None, record.headquarters_place_id if record else None),
            ],
            "ownership_type": [("", _("Chưa rõ")), *labels.ownership_choices(today)],
            "industry_version": [
                ("", _("Chưa rõ")),
                *(
                    (codes.version, f"VSIC {codes.version}")
                    for codes in reversed(load_book().code_lists.versions(rules.INDUSTRY_LISTS))
                ),
            ],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options

    def draft(self) -> EstablishmentDraft:
        """What the form states. Call on a valid form."""
        stated = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return EstablishmentDraft(
            place_id=stated.pop("place"), headquarters_place_id=stated.pop("headquarters_place"), **stated
        )


class IndustryForm(forms.Form):
    """The activity in a version other than that of the main code."""

    version = forms.ChoiceField(label=_("Phiên bản hệ thống ngành"))
    code = forms.CharField(
        label=_("Mã ngành"), max_length=6, required=False, help_text=_("Để trống để bỏ mã đã ghi ở phiên bản này.")
    )

    def __init__(self, *args: Any, record: Establishment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (codes.version, f"VSIC {codes.version}")
            for codes in reversed(load_book().code_lists.versions(rules.INDUSTRY_LISTS))
            if not record.industry_code or codes.version != record.industry_version
        ]


class WorkforceForm(forms.Form):
    """The people employed in one year."""

    year = forms.IntegerField(label=_("Năm"), min_value=rules.FIRST_YEAR, max_value=9999)
    workers = forms.IntegerField(label=_("Tổng số lao động"), min_value=0)
    female_workers = forms.IntegerField(
        label=_("Trong đó nữ"),
        min_value=0,
        required=False,
        help_text=_("Để trống nếu chưa rõ; không ghi 0 thay cho chưa rõ."),
    )
    payroll = forms.IntegerField(
        label=_("Tổng quỹ lương (đồng)"),
        min_value=0,
        required=False,
        help_text=_("Cả năm, bằng đồng. Để trống nếu chưa rõ."),
    )
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in WorkforceYear._meta.get_fields():  # noqa: SLF001
            if column.name in PARTS and isinstance(column, Field):
                label = str(column.verbose_name)
                self.fields[column.name] = forms.IntegerField(
                    label=label[:1].upper() + label[1:], min_value=0, required=False
                )

    def stated(self) -> dict[str, Any]:
        """What the form states, the parts apart. Call on a valid form."""
        whole = dict(self.cleaned_data)
        return {"parts": {name: whole.pop(name) for name in PARTS}} | whole


def reach(actor: Actor) -> frozenset[int] | None:
    """The places in which the actor may register; None for everywhere."""
    scopes = actor.scopes(CHANGE)
    if any(scope.everything for scope in scopes):
        return None
    return frozenset().union(*(scope.ids for scope in scopes if scope.dimension == "place"))


def places(today: date, within: frozenset[int] | None, held: int | None) -> list[tuple[int, str]]:
    """Communes of today, and the older one the record is kept under."""
    found = commune_choices(today, within)
    if held is not None and held not in {pk for pk, _label in found}:
        node = tree.current().nodes[held]
        found.insert(0, (node.pk, f"{node.name} ({node.code})"))
    return found

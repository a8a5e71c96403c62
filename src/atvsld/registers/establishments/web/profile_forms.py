"""Forms of an establishment's hazards, point, sites, people to turn to, and of what happens in its life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from atvsld.law.hazards import load_hazards
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import AmountField, DayField
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.actions.hazards import HazardDraft
from atvsld.registers.establishments.drafts import EstablishmentDraft, draft_of
from atvsld.registers.establishments.models import Contact, Establishment
from atvsld.registers.establishments.models.hazard import Kind
from atvsld.registers.establishments.web.forms import places, reach

PARTS = 3


def hazard_choices() -> list[tuple[str, Any]]:
    """Every entry of every catalogue, grouped by kind, as `kind/code`; `kind/` for what stands in none."""
    english = (get_language() or "").startswith("en")
    found: list[tuple[str, Any]] = [("", _("Chọn…"))]
    for kind in Kind:
        items = load_hazards()[kind.value].items.values()
        listed = [(f"{kind.value}/{item.code}", (english and item.label.en) or item.label.vi) for item in items]
        found.append((str(kind.label), [*listed, (f"{kind.value}/", _("Khác, hoặc ngoài danh mục (ghi mô tả)"))]))
    return found


class HazardForm(forms.Form):
    """One entry of the hazard profile."""

    entry = forms.ChoiceField(label=_("Yếu tố, thiết bị, công việc"))
    description = forms.CharField(
        label=_("Mô tả"),
        max_length=300,
        required=False,
        help_text=_("Bắt buộc khi ngoài danh mục; ví dụ tên nghề, loại máy, chất."),
    )
    count = AmountField(
        label=_("Số lượng"),
        help_text=_("Số người tiếp xúc, số máy, hoặc số người làm công việc; để trống nếu chưa rõ."),
    )
    valid_from = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = hazard_choices()

    def draft(self) -> HazardDraft:
        """What the form states. Call on a valid form."""
        stated = dict(self.cleaned_data)
        kind, _slash, code = stated.pop("entry").partition("/")
        return HazardDraft(kind=kind, code=code, **stated)


class EndForm(forms.Form):
    on = DayField(label=_("Kết thúc sau ngày"))


def _degrees(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Độ thập phân (WGS 84), ví dụ 16.047079 và 108.206230."),
    )


class LocationForm(forms.Form):
    """The point and the zone of an establishment."""

    latitude = _degrees(_("Vĩ độ"))
    longitude = _degrees(_("Kinh độ"))
    zone_name = forms.CharField(label=_("Khu, cụm công nghiệp"), max_length=200, required=False)
    zone_authority = forms.ModelChoiceField(
        label=_("Ban quản lý khu kinh tế, khu công nghiệp"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Để trống thì theo doanh nghiệp."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zone_authority"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Body.objects.filter(functions__function="zone_authority").distinct()


class SiteForm(forms.Form):
    """A further place of work."""

    name = forms.CharField(label=_("Tên địa điểm"), max_length=200)
    place = forms.TypedChoiceField(label=_("Địa bàn"), coerce=int)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    zone_name = forms.CharField(label=_("Khu, cụm công nghiệp"), max_length=200, required=False)
    latitude = _degrees(_("Vĩ độ"))
    longitude = _degrees(_("Kinh độ"))
    opened_on = DayField(label=_("Hoạt động từ"), required=False)
    closed_on = DayField(label=_("Ngừng từ"), required=False)

    def __init__(self, *args: Any, today: date, held: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "place", [("", _("Chọn…")), *places(today, None, held)])

    def values(self) -> dict[str, Any]:
        """What the form states. Call on a valid form."""
        stated = dict(self.cleaned_data)
        return {"place_id": stated.pop("place")} | stated


class ContactForm(forms.Form):
    """A person to turn to."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=Contact.Role.choices)
    name = forms.CharField(label=_("Họ và tên"), max_length=200)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Tên mới"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """To another commune."""

    place = forms.TypedChoiceField(label=_("Nơi hoạt động mới (xã, phường, đặc khu)"), coerce=int)
    address = forms.CharField(label=_("Địa chỉ mới"), max_length=300, required=False)
    with_headquarters = forms.BooleanField(label=_("Trụ sở chính chuyển theo"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "place", [("", _("Chọn…")), *places(today, reach(actor), None)])


class CloseForm(forms.Form):
    closed_on = DayField(label=_("Ngừng hoạt động từ"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class SplitForm(forms.Form):
    """The establishments that come out of one; the first part must be filled in."""

    close_on = DayField(
        label=_("Cơ sở cũ ngừng hoạt động từ"),
        required=False,
        help_text=_("Để trống nếu cơ sở cũ vẫn hoạt động."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Establishment, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._record = record
        communes = places(today, reach(actor), None)
        for number in range(1, PARTS + 1):
            first = number == 1
            self.fields[f"tax_code_{number}"] = forms.CharField(
                label=_("Cơ sở mới %(number)s: mã số thuế") % {"number": number}, max_length=20, required=first
            )
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Cơ sở mới %(number)s: tên") % {"number": number}, max_length=300, required=first
            )
            self.fields[f"place_{number}"] = forms.TypedChoiceField(
                label=_("Cơ sở mới %(number)s: nơi hoạt động") % {"number": number},
                coerce=int,
                required=False,
                empty_value=None,
                choices=[("", _("Như cơ sở cũ")), *communes],
            )
            self.fields[f"address_{number}"] = forms.CharField(
                label=_("Cơ sở mới %(number)s: địa chỉ") % {"number": number}, max_length=300, required=False
            )

    def parts(self) -> Iterator[EstablishmentDraft]:
        """What the form states; activity and ownership are those of the one divided. Call on a valid form."""
        whole, said = draft_of(self._record), self.cleaned_data
        for number in range(1, PARTS + 1):
            if not (said[f"tax_code_{number}"] or said[f"name_{number}"]):
                continue
            place = said[f"place_{number}"] or whole.place_id
            yield EstablishmentDraft(
                tax_code=said[f"tax_code_{number}"],
                name=said[f"name_{number}"],
                place_id=place,
                headquarters_place_id=place,
                address=said[f"address_{number}"],
                industry_version=whole.industry_version,
                industry_code=whole.industry_code,
                ownership_type=whole.ownership_type,
            )


def _set(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices

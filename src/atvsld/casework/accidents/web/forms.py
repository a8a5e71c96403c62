"""The forms of a case and of a victim. Field names are the canonical columns, so problems find their place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft, columns
from atvsld.casework.accidents.filters import place_choices
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES, OCCUPATIONS
from atvsld.casework.accidents.web.fields import EstablishmentField
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import AmountField, MomentField, TriStateField
from atvsld.platform.ui.pickers import PickerField, PickersField
from atvsld.registers.establishments.models import Establishment

UNKNOWN = ("", _("Chưa rõ"))


def _select(label: Any, choices: Any = (), **kwargs: Any) -> forms.TypedChoiceField:
    """A choice in which nothing chosen is NULL."""
    return forms.TypedChoiceField(label=label, choices=[UNKNOWN, *choices], required=False, empty_value=None, **kwargs)


class CaseForm(forms.Form):
    """The case's own facts. Codes offered are those of `day`; what is in force on the day stated is checked after."""

    occurred_at = MomentField(label=_("Xảy ra lúc"))
    place_code = forms.TypedChoiceField(label=_("Nơi xảy ra (xã, phường, đặc khu)"), coerce=int)
    establishment_tax_code = forms.CharField(label=_("Cơ sở"), required=False)
    conclusion = forms.ChoiceField(label=_("Kết luận"), choices=AccidentCase.Conclusion.choices, initial="pending")
    cause_code = _select(_("Nguyên nhân chính"))
    injury_agent_code = PickerField(label=_("Yếu tố chính gây chấn thương"), required=False)
    property_damage = AmountField(
        label=_("Thiệt hại tài sản (đồng)"), help_text=_("Để trống nếu chưa rõ; ghi 0 nếu không có.")
    )
    case_key = forms.CharField(
        label=_("Mã vụ của đơn vị"), max_length=80, required=False, empty_value=None,
        help_text=_("Số theo sổ của đơn vị, nếu có; mỗi mã chỉ dùng cho một vụ."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Diễn biến"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=20_000
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, permission: str, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["cause_code"].choices = [UNKNOWN, *codes.choices(CAUSES, day)]
        fields["injury_agent_code"].choices = [UNKNOWN, *codes.choices(AGENTS, day)]
        places, own = reach(actor, permission)
        fields["place_code"].choices = [("", _("Chọn nơi xảy ra")), *place_choices(places, value="pk")]
        if own:
            fields["establishment_tax_code"] = _own_establishment(own)
        else:
            fields["establishment_tax_code"] = EstablishmentField(
                actor=actor, label=_("Cơ sở (mã số thuế hoặc tên)"), required=False,
                help_text=_("Để trống nếu người bị nạn không làm cho cơ sở nào."),
            )  # fmt: skip

    def draft(self) -> CaseDraft:
        """What the valid form states."""
        stated = self.cleaned_data
        return CaseDraft(
            occurred_at=stated["occurred_at"], place_id=stated["place_code"],
            establishment_id=stated["establishment_tax_code"], conclusion=stated["conclusion"],
            cause_code=stated["cause_code"], injury_agent_code=stated["injury_agent_code"],
            property_damage=stated["property_damage"], description=stated["description"],
            case_key=stated["case_key"] or None,
        )  # fmt: skip

    @staticmethod
    def stated_by(case: AccidentCase) -> dict[str, Any]:
        """Initial values from a record."""
        return {
            "occurred_at": case.occurred_at, "place_code": case.place_id, "version": case.version,
            "establishment_tax_code": case.establishment_id, "conclusion": case.conclusion,
            "cause_code": case.cause_code, "injury_agent_code": case.injury_agent_code,
            "property_damage": case.property_damage, "description": case.description, "case_key": case.case_key,
        }  # fmt: skip


class VictimForm(forms.Form):
    """One person's facts."""

    name = forms.CharField(label=_("Họ và tên"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip  # noqa: E501
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    sex = _select(_("Giới tính"), Victim.Sex.choices)
    labour_relation = _select(_("Quan hệ lao động"), Victim.LabourRelation.choices)
    occupation_code = PickerField(label=_("Nghề nghiệp"), required=False)
    severity = _select(
        _("Mức độ"), AccidentCase.Severity.choices,
        help_text=_("Có chấn thương thuộc danh mục dưới đây thì ít nhất là nặng (Điều 9 khoản 2 Nghị định 39/2016)."),
    )  # fmt: skip
    injury_codes = PickersField(label=_("Chấn thương (Phụ lục II)"), required=False)
    managed = TriStateField(
        label=_("Thuộc quyền quản lý của cơ sở"), help_text=_("“Không” khi người bị nạn là lao động của cơ sở khác.")
    )
    days_lost = forms.IntegerField(
        label=_("Số ngày nghỉ"), required=False, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    medical_cost = AmountField(label=_("Chi phí y tế (đồng)"))
    wage_cost = AmountField(label=_("Trả lương trong thời gian điều trị (đồng)"))
    compensation_cost = AmountField(label=_("Bồi thường, trợ cấp (đồng)"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, day: date, held: Victim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["occupation_code"].choices = [UNKNOWN, *codes.choices(OCCUPATIONS, day), *_deeper(held)]
        fields["injury_codes"].choices = codes.choices(INJURIES, day)

    def draft(self) -> VictimDraft:
        """What the valid form states."""
        stated = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return VictimDraft(**(stated | {"injury_codes": tuple(stated["injury_codes"])}))

    @staticmethod
    def stated_by(victim: Victim, version: int) -> dict[str, Any]:
        """Initial values from a record."""
        return {name: getattr(victim, name) for name in columns(VictimDraft())} | {"version": version}


class IdentityForm(forms.Form):
    """Why the identities are looked at; kept with the reading."""

    purpose = forms.CharField(label=_("Mục đích xem danh tính"), max_length=300)


class RemovalForm(forms.Form):
    """Why a victim is taken out."""

    reason = forms.CharField(label=_("Lý do bỏ khỏi hồ sơ"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


def reach(actor: Actor, permission: str) -> tuple[frozenset[int] | None, frozenset[int]]:
    """Places and establishments in which the actor holds a permission.

    Places are None when any place may be chosen: everywhere, or by someone bound to establishments instead.
    """
    scopes = actor.scopes(permission)
    places = [scope.ids for scope in scopes if scope.dimension == "place"]
    own = frozenset().union(*(scope.ids for scope in scopes if scope.dimension == "establishment"))
    if any(scope.everything for scope in scopes):
        return None, frozenset()
    if places:
        return (frozenset().union(*places) if not own else None), frozenset()
    return None, own


def _own_establishment(ids: frozenset[int]) -> forms.TypedChoiceField:
    """The establishments of an employer's person; the only one is chosen already."""
    own = [
        (one.pk, f"{one.tax_code} – {one.name}") for one in Establishment.objects.filter(pk__in=ids).order_by("name")
    ]
    return forms.TypedChoiceField(
        label=_("Cơ sở"), choices=own, coerce=int, initial=own[0][0] if len(own) == 1 else None
    )


def _deeper(held: Victim | None) -> list[tuple[str, str]]:
    """The code a record already carries although the select does not offer it."""
    code = held.occupation_code if held else None
    return [(code, code)] if code and len(code) > 2 else []

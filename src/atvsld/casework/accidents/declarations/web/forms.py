"""Forms of notices: the quick one of six questions, and the full declaration that inherits it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.declarations.actions.receiving import EMPLOYER_SIDE
from atvsld.casework.accidents.declarations.models import Channel, Declaration, Kind
from atvsld.casework.accidents.declarations.notice import MOST, Notice, Reporter
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.casework.accidents.drafts import VictimDraft
from atvsld.casework.accidents.filters import place_choices
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES, OCCUPATIONS
from atvsld.casework.accidents.web.forms import UNKNOWN, reach
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import AmountField, MomentField
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree


class CountField(forms.IntegerField):
    """How many people; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "count"}
        super().__init__(required=False, min_value=0, max_value=MOST, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> int:
        return int(super().clean(value) or 0)


def is_employer(actor: Actor) -> bool:
    """Whether the person may declare for establishments only."""
    _places, own = reach(actor, CREATE)
    return bool(own)


def kind_choices(actor: Actor) -> list[tuple[str, Any]]:
    """The kinds a person may record: an employer's people speak for the employer."""
    return [choice for choice in Kind.choices if not is_employer(actor) or choice[0] in EMPLOYER_SIDE]


class QuickForm(forms.Form):
    """Six questions; the rest has sensible values and stands folded."""

    occurred_at = MomentField(label=_("Xảy ra lúc nào"))
    place_code = forms.TypedChoiceField(label=_("Ở đâu"), coerce=int)
    spot = forms.CharField(label=_("Chỗ cụ thể (thôn, tổ, đường, phân xưởng)"), max_length=300, required=False)
    establishment_tax_code = forms.CharField(
        label=_("Người bị nạn làm cho cơ sở nào"), max_length=300, required=False,
        help_text=_("Tên hoặc mã số thuế. Để trống nếu không có cơ sở."),
    )  # fmt: skip
    dead = CountField(label=_("Chết"))
    severe = CountField(label=_("Nặng"))
    minor = CountField(label=_("Nhẹ"))
    unclear = CountField(label=_("Chưa rõ mức độ"))
    description = forms.CharField(
        label=_("Chuyện gì đã xảy ra"), widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000,
        help_text=_("Một câu là đủ."),
    )  # fmt: skip
    reporter_name = forms.CharField(label=_("Người báo tin"), max_length=200, required=False)
    reporter_phone = forms.CharField(
        label=_("Điện thoại người báo tin"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Người báo tin được bảo vệ: phía cơ sở không bao giờ xem được, mỗi lượt xem đều ghi lại."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại tin"))
    channel = forms.ChoiceField(label=_("Hình thức"), choices=Channel.choices)
    known_at = MomentField(label=_("Biết tin lúc"), required=False, help_text=_("Để trống nếu chưa rõ."))
    notified_at = MomentField(label=_("Báo lúc"), required=False, help_text=_("Để trống nếu báo ngay bây giờ."))

    def __init__(self, *args: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.now = actor, now
        places, own = reach(actor, CREATE)
        fields: dict[str, Any] = self.fields
        fields["place_code"].choices = [("", _("Chọn xã, phường, đặc khu")), *place_choices(places, value="pk")]
        fields["kind"].choices = kind_choices(actor)
        if own:
            firms = [(one.pk, one.name) for one in Establishment.objects.filter(pk__in=own).order_by("name")]
            fields["establishment_tax_code"] = forms.TypedChoiceField(label=_("Cơ sở"), choices=firms, coerce=int)
        else:
            fields["establishment_tax_code"].widget.attrs |= {
                "list": "co-so-goi-y", "autocomplete": "off", "hx-get": reverse_lazy("accidents:suggest"),
                "hx-trigger": "input changed delay:300ms", "hx-target": "#co-so-goi-y", "hx-swap": "innerHTML",
            }  # fmt: skip

    def stated_establishment(self) -> tuple[int | None, str]:
        """The register's establishment, else the name as it was told."""
        stated = self.cleaned_data["establishment_tax_code"]
        if isinstance(stated, int):
            return stated, ""
        return match_establishment(self.actor, stated)

    def notice(self) -> Notice:
        """What the valid form states."""
        stated = self.cleaned_data
        firm, text = self.stated_establishment()
        return Notice(
            kind=stated["kind"], channel=stated["channel"], occurred_at=stated["occurred_at"],
            place_id=stated["place_code"], spot=stated["spot"].strip(), known_at=stated["known_at"],
            notified_at=stated["notified_at"], establishment_id=firm, establishment_text=text, dead=stated["dead"],
            severe=stated["severe"], minor=stated["minor"], unclear=stated["unclear"],
            labour_relation="none" if firm is None and not text else None,
            description=stated["description"].strip(),
            reporter=Reporter(name=stated["reporter_name"].strip(), phone=stated["reporter_phone"].strip()),
        )  # fmt: skip


def match_establishment(actor: Actor, text: str) -> tuple[int | None, str]:
    """`(key, "")` of the one establishment a text means, else `(None, text)`: a word by telephone may be vague."""
    text = text.strip()
    if not text:
        return None, ""
    code = text.split(" ", 1)[0]
    if code.replace("-", "").isdigit():
        known = establishments.match_tax_codes([code])
        return (known[code], "") if code in known else (None, text)
    found = establishments.find(actor, text, limit=2)
    return (found[0].pk, "") if len(found) == 1 else (None, text)


def quick_initial(actor: Actor, now: datetime, case: AccidentCase | None = None) -> dict[str, Any]:
    """Values a form begins with: now, the own commune, the own establishment, or those of the case spoken of."""
    places, own = reach(actor, CREATE)
    today, graph = clock.local_day(now), tree.current()
    initial: dict[str, Any] = {"occurred_at": now, "channel": Channel.PHONE, "kind": Kind.EMPLOYER}
    communes = [pk for pk in places or () if graph.nodes[pk].level == "commune" and graph.nodes[pk].exists_on(today)]
    if len(communes) == 1:
        initial |= {"place_code": communes[0], "kind": Kind.FAMILY, "channel": Channel.IN_PERSON}
    if own:
        firm = Establishment.objects.filter(pk__in=own).order_by("name").first()
        initial |= {"channel": Channel.PAGE, "known_at": now}
        initial |= {"establishment_tax_code": firm.pk, "place_code": firm.place_id} if firm else {}
    if case is not None:
        initial |= {
            "occurred_at": case.occurred_at, "place_code": case.place_id, "description": case.description,
            "establishment_tax_code": (case.establishment_id if own else case.establishment.tax_code)
            if case.establishment else "",
        }  # fmt: skip
    return initial


class FullForm(forms.Form):
    """The full declaration: what the quick notice did not ask. Victims stand in forms of their own."""

    occurred_at = MomentField(label=_("Xảy ra lúc"))
    place_code = forms.TypedChoiceField(label=_("Nơi xảy ra (xã, phường, đặc khu)"), coerce=int)
    spot = forms.CharField(label=_("Chỗ cụ thể"), max_length=300, required=False)
    known_at = MomentField(label=_("Biết tin lúc"), required=False)
    description = forms.CharField(label=_("Sơ bộ diễn biến"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000)  # fmt: skip  # noqa: E501
    cause_code = forms.TypedChoiceField(label=_("Nguyên nhân (nếu biết)"), required=False, empty_value=None)
    injury_agent_code = forms.TypedChoiceField(label=_("Yếu tố gây chấn thương"), required=False, empty_value=None)
    property_damage = AmountField(label=_("Thiệt hại tài sản (đồng)"))
    work = forms.CharField(label=_("Công việc đang làm khi bị nạn"), max_length=500, required=False)
    scene_kept = forms.CharField(
        label=_("Hiện trường"), max_length=500, required=False,
        help_text=_("Còn giữ nguyên không; nếu phải thay đổi để cứu người thì ghi lý do (Điều 18 Nghị định 39/2016)."),
    )  # fmt: skip
    upper_body = forms.CharField(label=_("Cơ quan quản lý cấp trên (nếu có)"), max_length=300, required=False)
    declarer = forms.CharField(
        label=_("Người khai báo"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì giữ nguyên người đã ghi ở tin báo."),
    )
    declarer_title = forms.CharField(label=_("Chức vụ người khai báo"), max_length=200, required=False)
    declarer_phone = forms.CharField(label=_("Điện thoại người khai báo"), max_length=30, required=False)
    case_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        places, _own = reach(actor, CREATE)
        fields["place_code"].choices = place_choices(places, value="pk")
        fields["cause_code"].choices = [UNKNOWN, *codes.choices(CAUSES, day)]
        fields["injury_agent_code"].choices = [UNKNOWN, *codes.choices(AGENTS, day)]

    @staticmethod
    def stated_by(declaration: Declaration) -> dict[str, Any]:
        """What is known already: the declaration's own words, else the case's."""
        case, told = declaration.case, declaration.content
        details = told.get("details", {})
        return {
            "occurred_at": case.occurred_at if case else declaration.occurred_at,
            "place_code": case.place_id if case else declaration.place_id,
            "spot": told.get("spot", ""), "known_at": declaration.known_at,
            "description": (case.description if case else "") or told.get("description", ""),
            "cause_code": case.cause_code if case else told.get("cause_code"),
            "injury_agent_code": case.injury_agent_code if case else told.get("injury_agent_code"),
            "property_damage": case.property_damage if case else told.get("property_damage"),
            "case_version": case.version if case else None,
            **{name: details.get(name, "") for name in ("work", "scene_kept", "upper_body")},
        }  # fmt: skip

    def notice(self, declaration: Declaration, victims: tuple[VictimDraft, ...]) -> Notice:
        """The whole notice anew: what stood in the quick one, and what is known now."""
        stated, told = self.cleaned_data, declaration.content
        counted = [victim.severity for victim in victims]
        return Notice(
            kind=declaration.kind, channel=declaration.channel, occurred_at=stated["occurred_at"],
            place_id=stated["place_code"], spot=stated["spot"], known_at=stated["known_at"],
            notified_at=declaration.notified_at, establishment_id=declaration.establishment_id,
            establishment_text=declaration.establishment_text, dead=counted.count("fatal"),
            severe=counted.count("severe"), minor=counted.count("minor"), unclear=counted.count(None),
            description=stated["description"], cause_code=stated["cause_code"],
            injury_agent_code=stated["injury_agent_code"], property_damage=stated["property_damage"],
            reporter=Reporter(
                name=stated["declarer"], title=stated["declarer_title"], phone=stated["declarer_phone"],
            ),
            victims=victims,
            details=dict(told.get("details", {}))
            | {name: stated[name] for name in ("work", "scene_kept", "upper_body") if stated[name]},
        )  # fmt: skip


class PersonForm(forms.Form):
    """One victim of the full declaration, in the columns of the form's table."""

    name = forms.CharField(label=_("Họ và tên"), max_length=200, required=False)
    birth_year = forms.IntegerField(label=_("Năm sinh"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))  # fmt: skip  # noqa: E501
    sex = forms.TypedChoiceField(label=_("Giới tính"), choices=[UNKNOWN, *Victim.Sex.choices], required=False, empty_value=None)  # fmt: skip  # noqa: E501
    occupation_code = forms.TypedChoiceField(label=_("Nghề nghiệp"), required=False, empty_value=None)
    labour_relation = forms.TypedChoiceField(
        label=_("Quan hệ lao động"), choices=[UNKNOWN, *Victim.LabourRelation.choices], required=False, empty_value=None
    )
    severity = forms.TypedChoiceField(
        label=_("Tình trạng"), choices=[UNKNOWN, *AccidentCase.Severity.choices], required=False, empty_value=None
    )
    injury_codes = forms.MultipleChoiceField(
        label=_("Chấn thương (Phụ lục II)"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )

    def __init__(self, *args: Any, day: date, held: Victim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        fields: dict[str, Any] = self.fields
        fields["occupation_code"].choices = [UNKNOWN, *codes.choices(OCCUPATIONS, day, deepest=2)]
        if held is not None and held.occupation_code and len(held.occupation_code) > 2:
            code = held.occupation_code
            fields["occupation_code"].choices.append((code, codes.label(OCCUPATIONS, code, day)))
        fields["injury_codes"].choices = codes.choices(INJURIES, day)

    def draft(self) -> VictimDraft:
        """The victim as stated; what this form does not ask stays as the record has it."""
        stated = dict(self.cleaned_data)
        stated["injury_codes"] = tuple(stated["injury_codes"])
        if self.held is not None:
            kept = ("managed", "days_lost", "medical_cost", "wage_cost", "compensation_cost")
            stated |= {name: getattr(self.held, name) for name in kept}
        return VictimDraft(**stated)

    @staticmethod
    def stated_by(victim: Victim) -> dict[str, Any]:
        names = ("name", "birth_year", "sex", "occupation_code", "labour_relation", "severity", "injury_codes")
        return {name: getattr(victim, name) for name in names}


class PurposeForm(forms.Form):
    """Why protected data are looked at; kept with the reading."""

    purpose = forms.CharField(label=_("Mục đích xem"), max_length=300)


class UndoForm(forms.Form):
    """Why two cases are taken apart again."""

    reason = forms.CharField(label=_("Lý do tách lại"), max_length=300)

"""The answers of the commune's steps, however they came: from the page, or from a telephone's queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.declarations.models import Kind
from atvsld.casework.accidents.declarations.notice import Notice, PersonFacts, Reporter
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.casework.accidents.declarations.web.forms import CountField, match_establishment
from atvsld.casework.accidents.drafts import VictimDraft
from atvsld.casework.accidents.filters import place_choices
from atvsld.casework.accidents.models import Victim
from atvsld.casework.accidents.web.forms import UNKNOWN, reach
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.form_fields import AmountField, TriStateField
from atvsld.portals.commune import words
from atvsld.registers.places import tree

_TOLD_BY_FAMILY = frozenset({"family", "finder", "hirer"})


def _text(label: Any, most: int = 300, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **kwargs)


class ReportForm(forms.Form):
    """One accident as the commune writes it down; field names are those of the steps."""

    day = forms.DateField(label=_("Ngày"), input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    hour = forms.TimeField(label=_("Giờ"), input_formats=["%H:%M", "%H:%M:%S"])
    place_code = forms.TypedChoiceField(label=_("Xã, phường, đặc khu"), coerce=int)
    spot = _text(_("Chỗ cụ thể"))
    employed = forms.ChoiceField(
        label=_("Làm cho ai"), choices=[(code, label) for code, label, _icon in words.EMPLOYED]
    )
    employer_name = _text(_("Tên người thuê hoặc cơ sở"))
    dead = CountField(label=_("Chết"))
    severe = CountField(label=_("Bị thương nặng"))
    minor = CountField(label=_("Bị thương nhẹ"))
    unclear = CountField(label=_("Chưa rõ"))
    description = forms.CharField(label=_("Chuyện gì đã xảy ra"), max_length=5_000)
    injury_codes = forms.MultipleChoiceField(label=_("Bị thương thế nào"), required=False)
    injury_agent_code = forms.TypedChoiceField(label=_("Cái gì gây ra"), required=False, empty_value=None)
    cause_code = forms.TypedChoiceField(label=_("Vì sao"), required=False, empty_value=None)
    name = _text(_("Họ và tên"), 200)
    birth_year = forms.IntegerField(label=_("Năm sinh"), required=False)
    sex = forms.TypedChoiceField(
        label=_("Giới tính"), choices=[UNKNOWN, *Victim.Sex.choices], required=False, empty_value=None
    )
    identity_number = _text(_("Số định danh, căn cước"), 20)
    address = _text(_("Nơi ở"))
    occupation = _text(_("Nghề"), 200)
    work = _text(_("Đang làm việc gì khi bị nạn"))
    trained = TriStateField(label=_("Đã được huấn luyện an toàn"))
    voluntary_insurance = TriStateField(label=_("Có bảo hiểm tai nạn lao động tự nguyện"))
    treated_at = _text(_("Nơi cấp cứu, điều trị"))
    days_lost = forms.IntegerField(label=_("Số ngày phải nghỉ"), required=False, min_value=0, max_value=100_000)
    medical_cost = AmountField(label=_("Chi phí y tế (đồng)"))
    property_damage = AmountField(label=_("Thiệt hại tài sản (đồng)"))
    witnesses = forms.TypedChoiceField(
        label=_("Có người làm chứng"), required=False, empty_value="",
        choices=[("", _("Chưa rõ")), ("yes", _("Có")), ("no", _("Không"))],
    )  # fmt: skip
    measures = _text(_("Đã xử lý thế nào"), 1_000)
    source = forms.ChoiceField(label=_("Ai báo tin"), choices=words.SOURCES)
    reporter_name = _text(_("Tên người báo"), 200)
    reporter_phone = _text(_("Điện thoại người báo"), 30)
    sent_at = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.today = actor, today
        fields: dict[str, Any] = self.fields
        fields["place_code"].choices = place_choices(reach(actor, CREATE)[0], value="pk")
        fields["injury_codes"].choices = [
            (choice.code, choice.label) for group in words.injuries(today) for choice in group.choices
        ]
        for name, listed in (("injury_agent_code", words.agents(today)), ("cause_code", words.causes(today))):
            fields[name].choices = [UNKNOWN, *((choice.code, choice.label) for choice in listed)]

    def clean_sent_at(self) -> datetime | None:
        """The telephone's own moment; nonsense is left out rather than refused."""
        try:
            found = parse_datetime(self.cleaned_data["sent_at"])
        except ValueError:
            return None
        return found if found is not None and timezone.is_aware(found) else None

    def communes(self) -> list[tuple[int, str]]:
        """Today's communes in which the person may report, the own one alone for most."""
        graph = tree.current()
        places, _own = reach(self.actor, CREATE)
        nodes = graph.nodes.values() if places is None else (graph.nodes[pk] for pk in places)
        now = [node for node in nodes if node.level == "commune" and node.exists_on(self.today)]
        return [(node.pk, node.name) for node in sorted(now, key=lambda node: node.name)]

    def notice(self) -> Notice:
        """What the valid answers state."""
        told = self.cleaned_data
        firm, text = self._employer()
        informal = told["employed"] in {"self", "household"}
        relation = "none" if informal else None
        victim, person = self._victim(relation), self._person()
        source = told["source"]
        details = {"employed_by_kind": told["employed"], "source": source}
        details |= {name: told[name] for name in ("measures", "witnesses") if told[name]}
        return Notice(
            kind=Kind.FAMILY if source in _TOLD_BY_FAMILY else Kind.OTHER, channel="in_person",
            occurred_at=timezone.make_aware(datetime.combine(told["day"], told["hour"])),
            place_id=told["place_code"], spot=told["spot"].strip(), notified_at=told["sent_at"],
            establishment_id=firm, establishment_text=text, dead=told["dead"], severe=told["severe"],
            minor=told["minor"], unclear=told["unclear"], labour_relation=relation,
            description=told["description"].strip(), cause_code=told["cause_code"],
            injury_agent_code=told["injury_agent_code"], property_damage=told["property_damage"],
            reporter=Reporter(
                name=told["reporter_name"].strip(), phone=told["reporter_phone"].strip(),
                relation=str(dict(words.SOURCES)[source]),
            ),
            victims=(victim,) if victim else (), persons=(person,) if person else (), details=details,
        )  # fmt: skip

    def _employer(self) -> tuple[int | None, str]:
        """The establishment meant, else its name as told; who hires without contract is a person, not a firm."""
        if self.cleaned_data["employed"] != "firm":
            return None, ""
        return match_establishment(self.actor, self.cleaned_data["employer_name"]) or (None, "")

    def _victim(self, relation: str | None) -> VictimDraft | None:
        """The one hurt worst, of whom the steps ask more."""
        told = self.cleaned_data
        worst = next(
            (word for name, word in (("dead", "fatal"), ("severe", "severe"), ("minor", "minor")) if told[name]), None
        )
        # An injury of the list is never minor: what contradicts the counts stays out and is settled with papers.
        injuries = () if worst == "minor" else tuple(told["injury_codes"])
        plain = ("name", "birth_year", "sex", "days_lost", "medical_cost")
        if not injuries and not any(told[name] not in (None, "") for name in plain):
            return None
        return VictimDraft(
            severity=worst, labour_relation=relation, injury_codes=injuries,
            **{name: told[name].strip() if name == "name" else told[name] for name in plain},
        )  # fmt: skip

    def _person(self) -> PersonFacts | None:
        told = self.cleaned_data
        stated = {
            name: told[name].strip()
            for name in ("identity_number", "address", "occupation", "work", "treated_at")
        }  # fmt: skip
        hired = told["employer_name"].strip() if told["employed"] == "household" else ""
        person = PersonFacts(
            **stated, employed_by=hired, trained=told["trained"], voluntary_insurance=told["voluntary_insurance"]
        )
        return person if person != PersonFacts() else None


def as_form_data(fields: Mapping[str, Any]) -> QueryDict:
    """Answers from a telephone's queue in the shape a page would have sent; anything but text is left out."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        data.setlist(str(name)[:40], [one[:6_000] for one in values if isinstance(one, str)])
    return data

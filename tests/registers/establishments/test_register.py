"""Registering, changing and finding establishments, within one's own area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from atvsld.platform.access.actor import Actor, Grant, Scope
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected
from atvsld.registers.establishments import facade, queries
from atvsld.registers.establishments.actions.register import change_establishment, register_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.establishments.policy import CHANGE, READ
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 24)


def commune(places: PlaceTree, code: str, day: date = TODAY) -> int:
    node = places.at(code, day)
    assert node is not None
    return node.pk


def draft(places: PlaceTree, **changes: Any) -> EstablishmentDraft:
    stated = EstablishmentDraft(
        tax_code="0100233488",
        name="Công ty TNHH Điện Bàn Thử Nghiệm",
        place_id=commune(places, "20341"),
        industry_version="2025",
        industry_code="1410",
        ownership_type="02",
    )
    return replace(stated, **changes)


def officer_of(places: PlaceTree, code: str) -> Actor:
    scope = Scope("place", places.territory(commune(places, code)), label="địa bàn")
    return Actor("cán bộ", grants=(Grant("officer", frozenset({READ, CHANGE}), scope),))


def test_an_establishment_is_registered_and_found_without_tone_marks(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places, tax_code="0314409058-002"))
    assert made.tax_code == "0314409058002"
    assert made.headquarters_place_id == made.place_id
    for text in ("dien ban", "Điện Bàn", "0314409058-002", "031440"):
        assert list(queries.search(queries.visible(act.actor), text)) == [made]
    assert facade.match_tax_codes(["0314409058-002", "0100233488"]) == {"0314409058-002": made.pk}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"tax_code": "0100233480"}, {"tax_code_checksum"}),
        ({"name": "  "}, {"name_missing"}),
        ({"industry_version": ""}, {"industry_version"}),
        ({"industry_version": "2018", "industry_code": "9999"}, {"industry_code"}),
        ({"ownership_type": "77"}, {"ownership_type"}),
        ({"tax_code": "1", "ownership_type": "77"}, {"tax_code_length", "ownership_type"}),
    ],
)
def test_every_problem_is_named_at_once(places: PlaceTree, act: Act, changes: dict[str, Any], codes: set[str]) -> None:
    with pytest.raises(Rejected) as caught:
        register_establishment(act, draft=draft(places, **changes))
    assert {problem.code for problem in caught.value.problems} == codes
    assert not Establishment.objects.exists()


def test_the_place_must_be_a_commune(places: PlaceTree, act: Act) -> None:
    with pytest.raises(Rejected, match="không phải đơn vị cấp xã"):
        register_establishment(act, draft=draft(places, place_id=commune(places, "48")))


def test_one_number_means_different_industries_in_two_versions(places: PlaceTree, act: Act) -> None:
    register_establishment(act, draft=draft(places, industry_version="2018", industry_code="4511"))
    with pytest.raises(Rejected, match="4511"):
        register_establishment(
            act, draft=draft(places, tax_code="0100112437", industry_version="2025", industry_code="4511")
        )


def test_a_tax_code_is_registered_once(places: PlaceTree, act: Act) -> None:
    register_establishment(act, draft=draft(places))
    with pytest.raises(Rejected, match="đã có"):
        register_establishment(act, draft=draft(places, tax_code="01.002.33488"))


def test_an_officer_registers_and_sees_only_the_own_area(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places))
    own, other = officer_of(places, "20341"), officer_of(places, "20335")
    assert list(queries.visible(own)) == [made]
    assert not queries.visible(other).exists()
    with pytest.raises(Refused):
        register_establishment(Act(other, Channel.PAGE, at=act.at), draft=draft(places, tax_code="0100112437"))
    with pytest.raises(Refused):  # the own establishment cannot be moved into somebody else's area
        change_establishment(
            Act(own, Channel.PAGE, at=act.at),
            establishment=made,
            version=1,
            draft=draft(places, place_id=commune(places, "20335")),
        )


def test_an_officer_of_today_sees_establishments_kept_under_the_older_unit(places: PlaceTree, act: Act) -> None:
    old = commune(places, "20338", date(2024, 6, 1))
    made = register_establishment(act, draft=draft(places, place_id=old))
    assert list(queries.visible(officer_of(places, "20341"))) == [made]
    assert list(queries.within(queries.visible(act.actor), commune(places, "48"))) == [made]


def test_of_two_editors_the_later_is_told(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places))
    changed = change_establishment(act, establishment=made, version=1, draft=draft(places, name="Tên mới"))
    assert (changed.version, changed.name_folded) == (2, "ten moi")
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        change_establishment(act, establishment=made, version=1, draft=draft(places, name="Tên khác"))
    assert Establishment.objects.get().name == "Tên mới"


def test_workforce_is_stated_once_a_year_and_may_be_restated(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places))
    for workers in (100, 120):
        set_workforce(
            act, establishment=made, year=2025, workers=workers, female_workers=60, payroll=None, source="Báo cáo năm"
        )
    assert list(made.workforce.values_list("year", "workers", "payroll")) == [(2025, 120, None)]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"workers": 10, "female_workers": 11}, "workforce_female"),
        ({"workers": -1, "female_workers": None}, "workforce_negative"),
        ({"workers": 1, "female_workers": 0, "year": 2031}, "workforce_year"),
        ({"workers": 1, "female_workers": 0, "payroll": -5}, "workforce_payroll"),
    ],
)
def test_impossible_workforces_are_refused(places: PlaceTree, act: Act, numbers: dict[str, Any], code: str) -> None:
    made = register_establishment(act, draft=draft(places))
    stated = {"year": 2025, "payroll": None, "source": "Báo cáo năm"} | numbers
    with pytest.raises(Rejected) as caught:
        set_workforce(act, establishment=made, **stated)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not WorkforceYear.objects.exists()


def test_the_unknown_are_added_once_and_marked(places: PlaceTree, act: Act) -> None:
    here = commune(places, "20341")
    known = register_establishment(act, draft=draft(places))
    met = [
        facade.Met("0100233488", "Tên khác của nơi đã biết", here),
        facade.Met("0314409058-002", "Chi nhánh A", here),
        facade.Met("0314409058002", "Chi nhánh A (viết khác)", here),
    ]
    keys = facade.add_unverified(met)
    assert keys["0100233488"] == known.pk
    added = Establishment.objects.get(pk=keys["0314409058002"])
    assert (added.name, added.verification) == ("Chi nhánh A", "unverified")
    assert facade.add_unverified(met) == keys
    assert Establishment.objects.count() == 2


def test_every_change_leaves_its_act_in_history(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places))
    change_establishment(act, establishment=made, version=1, draft=draft(places, address="Số 1"))
    acts = [event.pgh_context.metadata["act"] for event in made.events.select_related("pgh_context").order_by("pgh_id")]
    assert acts == ["establishments:establishment:registered", "establishments:establishment:changed"]

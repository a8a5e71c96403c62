"""What endangers people in an establishment, where it stands to the point, whom to call; divided by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registers.establishments.test_lifecycle import acts
from tests.registers.establishments.test_register import commune, draft, officer_of
from tests.registers.test_pages import sign_in, text

from atvsld.platform.acts import Act, Refused, Rejected
from atvsld.registers.establishments import hazards as profile
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.actions import hazards, sites
from atvsld.registers.establishments.actions.hazards import HazardDraft
from atvsld.registers.establishments.actions.merging import merge_establishments, undo_merge
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.models import Contact, Establishment, HazardFact, Site
from atvsld.registers.places.tree import PlaceTree

NOISE = HazardDraft(
    kind="harmful_factor", code="noise", count=40, valid_from=date(2025, 1, 1), source="Hồ sơ vệ sinh lao động"
)


@pytest.fixture
def made(places: PlaceTree, act: Act) -> Establishment:
    return register_establishment(act, draft=draft(places))


def test_a_hazard_that_changes_ends_the_day_before_and_the_past_stays(made: Establishment, act: Act) -> None:
    first = hazards.state_hazard(act, establishment=made, draft=NOISE)
    assert hazards.state_hazard(act, establishment=made, draft=NOISE).pk == first.pk  # a second click
    assert first.events.count() == 1
    hazards.state_hazard(act, establishment=made, draft=replace(NOISE, count=55))  # the same day: put right
    hazards.state_hazard(act, establishment=made, draft=replace(NOISE, count=60, valid_from=date(2026, 3, 1)))
    spans = HazardFact.objects.order_by("valid_from").values_list("count", "valid_from", "valid_to")
    assert list(spans) == [
        (55, date(2025, 1, 1), date(2026, 2, 28)), (60, date(2026, 3, 1), None),
    ]  # fmt: skip
    with pytest.raises(Rejected):
        hazards.state_hazard(act, establishment=made, draft=replace(NOISE, valid_from=date(2024, 1, 1)))
    section = profile.profile(made, on=date(2026, 11, 1))[1]
    assert ([words for _fact, words in section.now], section.total, len(section.former)) == (["Tiếng ồn"], 60, 1)


def test_a_hazard_ends_once_and_what_was_wrong_leaves_a_trace(made: Establishment, act: Act) -> None:
    fact = hazards.state_hazard(act, establishment=made, draft=NOISE)
    with pytest.raises(Rejected):
        hazards.end_hazard(act, fact=fact, on=date(2024, 12, 31))
    hazards.end_hazard(act, fact=fact, on=date(2025, 6, 1))
    with pytest.raises(Rejected):
        hazards.end_hazard(act, fact=fact, on=date(2025, 6, 2))
    hazards.withdraw_hazard(act, fact=fact)
    labels = HazardFact.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update", "delete"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "no_such"}, "hazard_code"),
        ({"kind": "unheard_of"}, "hazard_kind"),
        ({"code": "", "description": "  "}, "hazard_unnamed"),
        ({"valid_from": date(2031, 1, 1)}, "hazard_future"),
        ({"count": -1}, "out_of_range"),
        ({"source": " "}, "source_missing"),
    ],
)
def test_what_cannot_be_of_a_hazard_is_refused(
    made: Establishment, act: Act, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Rejected) as caught:
        hazards.state_hazard(act, establishment=made, draft=replace(NOISE, **changes))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_nobody_states_hazards_of_somebody_elses_area(made: Establishment, places: PlaceTree, act: Act) -> None:
    stranger = replace(act, actor=officer_of(places, "20335"))
    with pytest.raises(Refused):
        hazards.state_hazard(stranger, establishment=made, draft=NOISE)


def test_the_page_tells_the_three_lists_apart_with_their_articles_and_takes_hazards(
    made: Establishment, bodies: PlaceTree
) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/"
    machine = {
        "entry": "strict_safety_equipment/", "description": "Nồi hấp tiệt trùng", "count": "2",
        "valid_from": "01/02/2026", "source": "Biên bản",
    }  # fmt: skip
    assert officer.post(f"{url}rui-ro/", machine | {"description": ""}).status_code == 422
    shown = text(officer.post(f"{url}rui-ro/", machine, follow=True))
    assert "Nồi hấp tiệt trùng" in shown
    for article in ("Điều 36 khoản 1", "Điều 37 khoản 1", "Điều 8 Thông tư 07/2016/TT-BLĐTBXH"):
        assert article in shown
    assert shown.count("có hiệu lực từ") == 3
    fact = HazardFact.objects.get()
    officer.post(f"{url}rui-ro/{fact.public_id}/ket-thuc/", {"on": "01/10/2026"})
    assert "01/10/2026" in text(officer.get(url))
    officer.post(f"{url}rui-ro/{fact.public_id}/bo/")
    assert officer.post(f"{url}rui-ro/{fact.public_id}/bo/").status_code == 302  # a second click
    assert not HazardFact.objects.exists()


@given(
    st.floats(rules.VIET_NAM[0], rules.VIET_NAM[1]), st.floats(rules.VIET_NAM[2], rules.VIET_NAM[3]),
    st.floats(-0.2, 0.2), st.floats(-0.2, 0.2),
)  # fmt: skip
def test_a_point_near_its_commune_is_never_doubted(north: float, east: float, up: float, right: float) -> None:
    here = Decimal(str(round(north, 6))), Decimal(str(round(east, 6)))
    found = rules.check_point(*here, (float(here[0]) + up, float(here[1]) + right))
    # A fifth of a degree is 22 km; the diagonal of both may pass the 30 km.
    assert all(problem.code == "point_far" for problem in found)
    assert not rules.check_point(*here, (float(here[0]), float(here[1])))


def test_a_point_is_two_numbers_in_the_country_and_far_ones_are_pointed_out(
    made: Establishment, act: Act, bodies: PlaceTree
) -> None:
    def locate(latitude: str | None, longitude: str | None) -> Establishment:
        return sites.locate_establishment(
            act, establishment=made, version=made.version, latitude=latitude and Decimal(latitude),
            longitude=longitude and Decimal(longitude), zone_name=" KCN  Thử ", zone_authority=None,
        )  # type: ignore[arg-type]  # fmt: skip

    for wrong, code in (
        (("16", None), "point_half"), (("48.85", "2.35"), "point_outside"), (("108.2", "16.05"), "point_outside"),
    ):  # fmt: skip
        with pytest.raises(Rejected) as caught:
            locate(*wrong)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert "đổi chỗ" in caught.value.problems[0].remedy
    assert locate("15.9", "108.2").zone_name == "KCN Thử"
    assert acts(made)[-1] == "located"
    officer = sign_in(bodies, "province_officer", "48")
    form = {"latitude": "10.77", "longitude": "106.69", "zone_name": "", "version": made.version}
    shown = text(officer.post(f"/co-so/{made.public_id}/toa-do/", form, follow=True))
    assert "Kiểm tra lại tọa độ hoặc địa bàn." in shown


def test_sites_and_people_are_kept_by_page_and_people_shown_only_to_who_may_change(
    made: Establishment, bodies: PlaceTree
) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/"
    site = {"name": "Mỏ đá", "place": commune(bodies, "20335"), "latitude": "15,9", "longitude": "108.1"}
    assert officer.post(f"{url}dia-diem/", site).status_code == 422  # a comma is no decimal point
    assert officer.post(f"{url}dia-diem/", site | {"latitude": "15.9"}).status_code == 302
    assert officer.post(f"{url}dia-diem/", site | {"latitude": ""}).status_code == 422
    held = Site.objects.get()
    assert officer.post(f"{url}dia-diem/", site | {"latitude": "15.9"}).status_code == 422  # the name is taken
    officer.post(f"{url}dia-diem/{held.public_id}/", site | {"latitude": "15.9", "closed_on": "01/10/2026"})
    officer.post(f"{url}lien-he/", {"role": "osh_officer", "name": "Lê Thị Thử", "phone": "0905"})
    shown = text(officer.get(url))
    assert "Mỏ đá" in shown
    assert "ngừng từ 01/10/2026" in shown
    assert "Lê Thị Thử" in shown
    leader = sign_in(bodies, "leader", "48")
    read = text(leader.get(url))
    assert "Mỏ đá" in read
    assert "Lê Thị Thử" not in read
    person = Contact.objects.get()
    officer.post(f"{url}lien-he/{person.public_id}/bo/")
    assert not Contact.objects.exists()


def test_an_establishment_is_divided_by_page_after_looking(made: Establishment, bodies: PlaceTree) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/tach/"
    form = {
        "version": 1, "tax_code_1": "0100112437", "name_1": "Phần Một", "place_1": commune(bodies, "20335"),
        "close_on": "01/11/2026",
    }  # fmt: skip
    assert officer.post(url, form | {"tax_code_1": "0100112430"}).status_code == 422
    assert "Sẽ lập các cơ sở mới" in text(officer.post(url, form))
    assert Establishment.objects.count() == 1
    assert officer.post(url, form | {"xac-nhan": "1"}).status_code == 302
    made.refresh_from_db()
    part = Establishment.objects.get(tax_code="0100112437")
    assert (part.industry_code, part.place_id, made.closed_on) == (
        made.industry_code, commune(bodies, "20335"), date(2026, 11, 1),
    )  # fmt: skip
    assert officer.post(url, form | {"xac-nhan": "1"}).status_code in {409, 422}  # a second click
    assert Establishment.objects.count() == 2
    assert "Tách cơ sở" in text(officer.get(f"/co-so/{made.public_id}/"))


def test_a_life_by_page_is_told_in_the_timeline(made: Establishment, bodies: PlaceTree) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/"
    officer.post(f"{url}doi-ten/", {"name": "Tên mới", "version": 1})
    officer.post(f"{url}chuyen-dia-ban/", {"place": commune(bodies, "20335"), "address": "2 Lê Lợi", "version": 2})
    officer.post(f"{url}ngung/", {"closed_on": "01/10/2026", "version": 3})
    officer.post(f"{url}hoat-dong-lai/", {"version": 4})
    assert acts(made) == ["registered", "renamed", "moved", "closed", "reopened"]
    shown = text(officer.get(url))
    for told in ("Đổi tên cơ sở", "Chuyển địa bàn", "Ngừng hoạt động", "Hoạt động trở lại"):
        assert told in shown


def test_two_that_state_the_same_hazard_are_merged_and_separated(
    made: Establishment, places: PlaceTree, act: Act
) -> None:
    other = register_establishment(act, draft=draft(places, tax_code="0100112437", name="Cơ sở trùng"))
    for record in (made, other):
        hazards.state_hazard(act, establishment=record, draft=NOISE)
    ended = hazards.state_hazard(act, establishment=other, draft=replace(NOISE, code="dust"))
    hazards.end_hazard(act, fact=ended, on=date(2025, 12, 31))
    merge = merge_establishments(act, kept=made, absorbed=other)
    # What both state stands once; what only the other stated goes over, and comes back.
    assert sorted(made.hazards.values_list("code", flat=True)) == ["dust", "noise"]
    assert list(other.hazards.values_list("code", flat=True)) == ["noise"]
    undo_merge(act, merge=merge)
    assert sorted(other.hazards.values_list("code", flat=True)) == ["dust", "noise"]

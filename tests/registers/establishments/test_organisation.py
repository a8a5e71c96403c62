"""An establishment's OSH organisation: stated, restated, compared with the norm, shown with its article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.registers.establishments.test_register import draft, officer_of
from tests.registers.test_pages import sign_in, text

from atvsld.law.organisation_check import State
from atvsld.platform.acts import Act, Channel, Refused, Rejected
from atvsld.registers.establishments.actions.organisation import state_organisation
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.models import Establishment, OshOrganisation
from atvsld.registers.establishments.organisation import assess
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 24)


@pytest.fixture
def builder(places: PlaceTree, act: Act) -> Establishment:
    """A construction firm of 400."""
    made = register_establishment(act, draft=draft(places, industry_code="4101"))
    set_workforce(
        act, establishment=made, year=2025, workers=400, female_workers=None, payroll=None, source="Báo cáo năm"
    )
    return made


def state(act: Act, record: Establishment, **values: Any) -> OshOrganisation:
    return state_organisation(act, establishment=record, stated_on=date(2026, 3, 1), source="Kiểm tra", values=values)


def found(record: Establishment) -> dict[str, State]:
    return {verdict.id: verdict.state for verdict in assess(record, on=TODAY).verdicts}


def test_what_is_stated_is_measured_by_the_size_of_the_latest_year(builder: Establishment, act: Act) -> None:
    assert found(builder)["officers"] is State.UNKNOWN
    state(act, builder, full_time_officers=1, part_time_officers=0, has_osh_service=False)
    assert found(builder)["officers"] is State.SHORT
    state(act, builder, full_time_officers=2)
    assert found(builder)["officers"] is State.MET
    assert OshOrganisation.objects.get().part_time_officers == 0  # what a statement does not name stays
    set_workforce(
        act, establishment=builder, year=2026, workers=1200, female_workers=None, payroll=None, source="Báo cáo"
    )
    assert found(builder)["officers"] is State.UNKNOWN  # nobody said whether there is a department
    state(act, builder, full_time_officers=2, has_osh_department=False)
    assert found(builder)["officers"] is State.SHORT


def test_the_officers_finding_goes_before_the_code(builder: Establishment, act: Act) -> None:
    state(act, builder, full_time_officers=1, part_time_officers=0, has_osh_service=False, in_article36_list=False)
    assert found(builder)["officers"] is State.MET


def test_impossible_statements_are_refused(builder: Establishment, act: Act) -> None:
    with pytest.raises(Rejected) as caught:
        state_organisation(
            act, establishment=builder, stated_on=date(2026, 12, 1), source=" ", values={"shifts": 0, "doctors": 99_999}
        )
    assert {problem.code for problem in caught.value.problems} == {
        "stated_in_future", "source_missing", "shifts_zero", "out_of_range",
    }  # fmt: skip
    assert not OshOrganisation.objects.exists()


def test_a_stranger_to_the_area_may_not_state(builder: Establishment, places: PlaceTree, act: Act) -> None:
    with pytest.raises(Refused):
        state(replace(act, actor=officer_of(places, "20335"), channel=Channel.PAGE), builder, doctors=1)


def test_the_page_shows_need_article_and_certainty(builder: Establishment, bodies: PlaceTree, act: Act) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{builder.public_id}/"
    assert "chưa rõ không có nghĩa là không có" in text(officer.get(url))
    form = {
        "stated_on": "2026-03-01", "source": "Phiếu tự kê khai", "full_time_officers": "1", "part_time_officers": "2",
        "has_osh_service": "false", "has_osh_council": "true",
    }  # fmt: skip
    answer = text(officer.post(f"{url}bo-may/", form, follow=True))
    assert "Đã ghi bộ máy" in answer
    assert "Thiếu" in answer
    assert "Điều 36 khoản 1 điểm c Nghị định 39/2016/NĐ-CP" in answer
    assert "certainty-provisional" in answer  # the reading of the industry code
    assert "Điều 9 khoản 3" in answer
    stated = OshOrganisation.objects.get()
    assert (stated.has_osh_service, stated.has_osh_council, stated.has_medical_contract) == (False, True, None)
    again = text(officer.get(f"{url}bo-may/"))
    assert 'value="false" selected' in again
    assert officer.post(f"{url}bo-may/", form | {"stated_on": "2027-01-01"}).status_code == 422

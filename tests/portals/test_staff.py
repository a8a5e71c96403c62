"""The officers' portal: first page, search, explanation of rights."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.casework.accidents import scene
from tests.platform import cast

from atvsld.portals.staff import finding, glance
from atvsld.registers.offices.grants import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return scene.build()


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


@pytest.fixture
def year(land):
    """Three cases by 10 March 2026, one later; two by 10 March 2025 on the same ground, one later."""
    fatal = scene.victim_draft(severity="fatal")
    hurt = scene.victim_draft()
    scene.opened(land, fatal, fatal, occurred_at=moment(2026, 1, 5))
    scene.opened(land, hurt, occurred_at=moment(2026, 2, 10))
    scene.opened(land, hurt, occurred_at=moment(2026, 1, 20), place_id=land.hill.pk, establishment_id=land.quarry.pk)
    old = {"place_id": land.old.pk, "establishment_id": None}
    scene.opened(land, hurt, occurred_at=moment(2025, 1, 7), **old)
    scene.opened(land, fatal, occurred_at=moment(2025, 2, 20), **old)
    scene.opened(land, hurt, occurred_at=moment(2025, 6, 1), **old)
    scene.opened(land, hurt, occurred_at=moment(2026, 2, 11), conclusion="not_occupational")
    return land


def test_the_year_so_far_stands_beside_the_same_days_of_last_year(year):
    actor = actor_for(cast.user(year, "leader"), scene.TODAY)
    found = glance.year_so_far(actor, date(2026, 2, 25))
    assert (found.cases.now, found.cases.before) == (3, 2)
    assert (found.deaths.now, found.deaths.before) == (2, 1)
    assert (found.fatal_cases.now, found.fatal_cases.before) == (1, 1)
    assert [(month.now, month.before) for month in found.months[:3]] == [(2, 1), (1, 1), (None, 0)]
    assert found.months[5].before == 1


def test_a_commune_officer_sees_the_own_ground_whatever_unit_it_was(year):
    actor = actor_for(cast.user(year, "commune_officer"), scene.TODAY)
    found = glance.year_so_far(actor, date(2026, 2, 25))
    assert (found.cases.now, found.cases.before) == (2, 2)


def test_a_leap_day_is_compared_with_the_twenty_eighth(year):
    actor = actor_for(cast.user(year, "leader"), scene.TODAY)
    assert glance.year_so_far(actor, date(2028, 2, 29)).cases.now == 0


@pytest.mark.parametrize("role", cast.ROLES)
def test_the_first_page_opens_for_every_role(year, role):
    response = cast.client(year, role).get("/")
    assert response.status_code == 200
    assert ("Vụ mới nhất" in response.content.decode()) is (role != "nobody")


def test_the_first_page_needs_few_statements(year, django_assert_max_num_queries):
    session = cast.client(year, "province_officer")
    session.get("/")
    with django_assert_max_num_queries(30):
        session.get("/")


def test_search_finds_without_tone_marks_and_only_within_reach(year):
    def titles(role, text):
        groups = finding.search(actor_for(cast.user(year, role), scene.TODAY), text)
        return {str(group.label): [hit.title for hit in group.hits] for group in groups}

    assert titles("leader", "mo da thu")["Cơ sở"] == ["Mỏ đá Thử"]
    assert "Cơ sở" not in titles("commune_officer", "mo da thu")
    assert titles("leader", "song thu")["Địa bàn"] == ["Xã Sông Thử"]
    assert titles("leader", "ND39-XIV")["Biểu mẫu"]
    assert titles("leader", "39/2016")["Văn bản pháp luật"]
    assert titles("nobody", "nha may") == {}
    assert titles("leader", "x") == {}


def test_notices_are_found_by_their_number_by_those_who_may_read_them(year):
    from tests.casework.accidents.declarations import telling

    told = telling.told(year, kind="family", establishment_id=None)

    def found(role):
        groups = finding.search(actor_for(cast.user(year, role), scene.TODAY), told.number)
        return [hit.title for group in groups if str(group.label) == "Khai báo, tin báo" for hit in group.hits]

    assert found("commune_officer") == [told.number]
    assert found("employer") == []
    assert found("leader") == []


def test_search_takes_at_most_ten_statements(year, django_assert_max_num_queries):
    actor = actor_for(cast.user(year, "leader"), scene.TODAY)
    with django_assert_max_num_queries(10):
        finding.search(actor, "thu")


def test_the_search_page_says_so_when_nothing_is_found(year):
    text = cast.client(year, "leader").get("/tim-kiem/?q=khong+co+gi+ca").content.decode()
    assert "Không tìm thấy gì trong phạm vi" in text


def test_the_explanation_lists_own_offices_and_what_is_not_allowed(year):
    text = cast.client(year, "department_officer").get("/vi-sao/").content.decode()
    assert "Cán bộ sở, ngành phối hợp" in text
    assert "Không được làm" in text
    assert "Chưa được giao" in cast.client(year, "nobody").get("/vi-sao/").content.decode()

"""Giving and ending offices; who sees whose."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.casework.accidents import scene

from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.registers.offices.actions import offices as actions
from atvsld.registers.offices.actions.offices import OfficeDraft
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def land():
    return scene.build()


@pytest.fixture
def admin(land):
    return scene.act(scene.person("quan.tri", "administrator", at=land.province))


@pytest.fixture
def someone():
    return User.objects.create_user(username="moi", full_name="Người Mới", password="khong-dung-that-99")


def test_an_office_given_gives_rights_in_its_area_from_its_day(land, admin, someone):
    actions.give_office(admin, user=someone, draft=OfficeDraft("commune_officer", DAY, place=land.river))
    held = actor_for(someone, DAY)
    assert held.may("accidents:case:create")
    assert land.hill.pk not in held.grants[0].scope.ids
    assert not actor_for(someone, date(2026, 2, 28)).grants


def test_an_office_ended_holds_to_its_last_day_and_ends_once(land, admin, someone):
    office = actions.give_office(admin, user=someone, draft=OfficeDraft("leader", DAY, place=land.province))
    actions.end_office(admin, office=office, last_day=date(2026, 5, 31))
    assert actor_for(someone, date(2026, 5, 31)).grants
    assert not actor_for(someone, date(2026, 6, 1)).grants
    with pytest.raises(Conflict):
        actions.end_office(admin, office=office, last_day=date(2026, 6, 30))
    with pytest.raises(Rejected):
        actions.end_office(admin, office=office, last_day=date(2026, 2, 1))


@pytest.mark.parametrize(("build", "code"), [
    (lambda land: OfficeDraft("commune_officer", DAY, establishment=land.mill), "needs_place"),
    (lambda land: OfficeDraft("employer", DAY, place=land.river), "needs_establishment"),
    (lambda land: OfficeDraft("thu_kho", DAY, place=land.river), "unknown_role"),
    (lambda land: OfficeDraft("leader", DAY, place=land.river, valid_to=date(2026, 1, 1)), "span"),
])  # fmt: skip
def test_an_office_that_cannot_be_is_rejected_with_its_reason(land, admin, someone, build, code):
    with pytest.raises(Rejected) as error:
        actions.give_office(admin, user=someone, draft=build(land))
    assert [problem.code for problem in error.value.problems] == [code]
    assert not someone.offices.exists()


def test_the_same_office_is_not_given_twice_over_the_same_days(land, admin, someone):
    actions.give_office(admin, user=someone, draft=OfficeDraft("leader", DAY, place=land.river))
    with pytest.raises(Rejected):
        actions.give_office(admin, user=someone, draft=OfficeDraft("leader", date(2026, 9, 1), place=land.river))


def test_an_administrator_of_one_commune_cannot_give_offices_in_another(land, someone):
    local = scene.act(scene.person("quan.tri.xa", "administrator", at=land.river))
    with pytest.raises(Refused):
        actions.give_office(local, user=someone, draft=OfficeDraft("leader", DAY, place=land.hill))
    with pytest.raises(Refused):
        actions.give_office(
            scene.act(scene.person("lanh.dao", "leader", at=land.province)),
            user=someone,
            draft=OfficeDraft("leader", DAY, place=land.river),
        )


def test_accounts_need_a_free_name_and_a_sound_password(land, admin):
    actions.create_user(admin, username="an", full_name="An", email="an@example.vn", password="dai-va-kho-doan-1")
    with pytest.raises(Rejected) as error:
        actions.create_user(admin, username="AN", full_name="An", email="AN@example.vn", password="123")
    assert {"username_taken", "email_taken", "weak_password"} <= {problem.code for problem in error.value.problems}


def test_the_pages_make_an_account_give_an_office_and_end_it(land, admin):
    session = Client()
    session.force_login(User.objects.get(username="quan.tri"))
    made = {"full_name": "Người Mới", "username": "moi", "email": "", "password": "dai-va-kho-doan-1"}
    response = session.post("/nguoi-dung/moi/", made)
    person = User.objects.get(username="moi")
    assert response.headers["Location"] == f"/nguoi-dung/{person.public_id}/giao/"
    given = {"role": "commune_officer", "place": land.river.pk, "valid_from": "2026-03-01"}
    session.post(response.headers["Location"], given)
    office = Office.objects.get(user=person)
    assert (office.role, office.place) == ("commune_officer", land.river)
    bad = session.post(f"/nguoi-dung/chuc-trach/{office.pk}/ket-thuc/", {"last_day": "2025-01-01", "reason": "Thử"})
    assert bad.status_code == 422
    assert "Ngày cuối phải" in bad.content.decode()
    session.post(f"/nguoi-dung/chuc-trach/{office.pk}/ket-thuc/", {"last_day": "2026-04-01", "reason": "Chuyển việc"})
    office.refresh_from_db()
    assert office.valid_to == date(2026, 4, 1)
    assert "Chuyển việc" in session.get(f"/nguoi-dung/{person.public_id}/").content.decode()


def test_an_unknown_person_does_not_exist_for_the_asker(land, admin):
    session = Client()
    session.force_login(User.objects.get(username="quan.tri"))
    assert session.get("/nguoi-dung/khongco/").status_code == 404

"""Whoever is invited to a case reads that case and nothing else, as long as the invitation holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.casework.accidents import scene


def guest(people, **changes):
    from atvsld.casework.accidents.views.actions.inviting import Guest

    stated = {"valid_to": scene.TODAY + timedelta(days=30), "reason": "Phối hợp điều tra", "user": people.doctor}
    return Guest(**(stated | changes))


def invite(people, case, **changes):
    from atvsld.casework.accidents.views.actions import invite as act

    return act(scene.act(people.officer), case=case, guest=guest(people, **changes))


@pytest.mark.parametrize("who", ["doctor", "unionist"])
def test_a_guest_sees_the_one_case_masked_and_no_other_exists(cases, people, browse, who):
    invite(people, cases.shown, **({"user": None, "body": people.union} if who == "unionist" else {}))
    client = browse(getattr(people, who))
    page = client.get(f"/tai-nan/{cases.shown.public_id}/")
    assert page.status_code == 200
    html = page.content.decode()
    assert "Lộ Danh" not in html
    assert "danh-tinh" not in html
    assert client.get(f"/tai-nan/{cases.hidden.public_id}/").status_code == 404
    listed = client.get("/tai-nan/").content.decode()
    assert cases.shown.number in listed
    assert cases.hidden.number not in listed
    assert [item["id"] for item in client.get("/api/v1/accidents").json()["items"]] == [cases.shown.public_id]
    found = client.get("/tim-kiem/?q=tn-2026").content.decode()
    assert cases.hidden.public_id not in found
    assert cases.hidden.public_id not in client.get(f"/tim-kiem/?q={cases.hidden.number}").content.decode()


REFUSED = ("sua/", "danh-tinh/", "moi-xem/", "chuyen/", "cung-vu/", "nguoi-bi-nan/them/")


@pytest.mark.parametrize("page", REFUSED)
def test_a_guest_changes_nothing_and_passes_nothing_on(cases, people, browse, page):
    invite(people, cases.shown)
    client = browse(people.doctor)
    assert client.post(f"/tai-nan/{cases.shown.public_id}/{page}", {"purpose": "xem"}).status_code in {403, 404}


@pytest.mark.parametrize(
    "address", ["/co-so/", "/dia-ban/", "/viec/", "/khai-bao/", "/bao-cao/", "/nguoi-dung/", "/tai-nan/tim-nguoi/"]
)
def test_the_rest_of_the_system_stays_closed_to_a_guest(cases, people, browse, address):
    invite(people, cases.shown)
    assert browse(people.doctor).get(address).status_code == 403


def test_identities_are_open_only_when_the_invitation_says_so_and_each_reading_is_recorded(cases, people, browse):
    from atvsld.platform.history.models import SensitiveReading

    invite(people, cases.shown, identities=True)
    client = browse(people.doctor)
    assert "Lộ Danh" not in client.get(f"/tai-nan/{cases.shown.public_id}/").content.decode()
    said = {"purpose": "Chẩn đoán thương tích"}
    assert "Lộ Danh" in client.post(f"/tai-nan/{cases.shown.public_id}/danh-tinh/", said).content.decode()
    assert client.post(f"/tai-nan/{cases.hidden.public_id}/danh-tinh/", said).status_code == 404
    read = SensitiveReading.objects.get()
    assert (read.user, read.record_id, read.purpose) == (people.doctor, cases.shown.public_id, said["purpose"])


def test_an_invitation_ends_by_its_day_and_by_revoking(cases, people, browse, monkeypatch):
    from atvsld.casework.accidents.views.actions import revoke
    from atvsld.platform.acts import clock

    held = invite(people, cases.shown)
    address = f"/tai-nan/{cases.shown.public_id}/"
    client = browse(people.doctor)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: scene.NOW + timedelta(days=31))
    assert client.get(address).status_code == 403
    monkeypatch.setattr(clock, "now", lambda: scene.NOW)
    revoke(scene.act(people.officer), invitation=held)
    revoke(scene.act(people.officer), invitation=held)
    assert client.get(address).status_code == 403


def test_people_of_a_body_are_guests_only_while_they_hold_an_office_there(cases, people, browse):
    invite(people, cases.shown, user=None, body=people.union)
    people.unionist.offices.update(valid_to=scene.TODAY - timedelta(days=1))
    assert browse(people.unionist).get(f"/tai-nan/{cases.shown.public_id}/").status_code == 403


def test_inviting_twice_is_one_invitation_and_one_message(cases, people):
    from atvsld.platform.outbox.models import Message

    first, second = invite(people, cases.shown), invite(people, cases.shown)
    assert first.pk == second.pk
    assert Message.objects.filter(user=people.doctor).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"user": None}, "one_guest"),
        ({"valid_to": scene.TODAY - timedelta(days=1)}, "span"),
        ({"valid_to": scene.TODAY + timedelta(days=400)}, "span"),
        ({"reason": " "}, "no_reason"),
    ],
)
def test_an_invitation_without_guest_span_or_reason_is_rejected(cases, people, changes, code):
    from atvsld.platform.acts import Rejected

    with pytest.raises(Rejected) as refused:
        invite(people, cases.shown, **changes)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_only_those_who_may_invite_do_so_and_only_in_their_area(cases, people):
    from atvsld.casework.accidents.views.actions import invite as act
    from atvsld.platform.acts import Refused

    with pytest.raises(Refused):
        act(scene.act(people.river), case=cases.shown, guest=guest(people))


def test_the_page_invites_a_person_by_account(cases, people, browse):
    from atvsld.casework.accidents.views.models import CaseInvitation

    client = browse(people.officer)
    address = f"/tai-nan/{cases.shown.public_id}/moi-xem/"
    stated = {"person": "DOCTOR@example.invalid", "valid_to": "2026-04-01", "reason": "Phối hợp"}
    assert client.get(address).status_code == 200
    assert client.post(address, stated | {"person": "ai đó"}).status_code == 422
    assert client.post(address, stated).status_code == 302
    assert CaseInvitation.objects.get().user == people.doctor
    html = client.get(f"/tai-nan/{cases.shown.public_id}/").content.decode()
    assert "Phối hợp" in html

"""A case is passed on with its duties, or joined to another of the same accident and parted again."""

from __future__ import annotations

import pytest
from tests.casework.accidents import scene

from atvsld.kit.ids import new_ulid


@pytest.fixture
def duty(cases, land):
    from atvsld.registers.duties import facade

    return facade.owe(
        scene.act(), key="accidents:1:N_XA:1", rule="N_XA", context="accidents", subject=cases.shown.public_id,
        label=cases.shown.number, url="", place_id=land.river.pk, at=scene.NOW,
    )  # fmt: skip


def transfer(user, case, to, *, key=None, version=None, reason="Xảy ra ở xã khác"):
    from atvsld.casework.accidents.views.actions import transfer_case

    version = case.version if version is None else version
    return transfer_case(scene.act(user, reason=reason), case=case, version=version, to=to, key=key or new_ulid())


def test_a_commune_hands_a_case_over_and_sees_it_no_more(cases, people, browse, land, duty):
    from atvsld.platform.outbox.models import Message

    transfer(people.river, cases.shown, land.hill)
    address = f"/tai-nan/{cases.shown.public_id}/"
    assert browse(people.river).get(address).status_code == 404
    assert browse(people.hill).get(address).status_code == 200
    duty.refresh_from_db()
    assert (duty.place, duty.from_place) == (land.hill, land.river)
    assert Message.objects.filter(user=people.hill, url=address).count() == 1


def test_a_transfer_sent_twice_is_one_and_one_made_upon_an_older_version_is_none(cases, people, land):
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.casework.accidents.views.models import CaseTransfer
    from atvsld.platform.acts import Conflict

    key, before = new_ulid(), cases.shown.version
    first = transfer(people.officer, cases.shown, land.hill, key=key)
    again = transfer(people.officer, AccidentCase.objects.get(pk=cases.shown.pk), land.hill, key=key, version=before)
    assert first.pk == again.pk
    with pytest.raises(Conflict):
        transfer(people.officer, AccidentCase.objects.get(pk=cases.shown.pk), land.river, version=before)
    assert CaseTransfer.objects.count() == 1


@pytest.mark.parametrize(
    ("where", "reason", "code"),
    [("river", "có", "same_place"), ("old", "có", "place_of_another_day"), ("hill", "", "no_reason")],
)
def test_a_transfer_needs_another_unit_of_that_day_and_a_reason(cases, people, land, where, reason, code):
    from atvsld.platform.acts import Rejected

    with pytest.raises(Rejected) as refused:
        transfer(people.officer, cases.shown, getattr(land, where), reason=reason)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_whoever_may_not_change_a_case_may_not_pass_it_on(cases, people, land):
    from atvsld.platform.acts import Refused

    with pytest.raises(Refused):
        transfer(people.hill, cases.shown, land.hill)


def test_two_cases_of_one_accident_are_joined_by_hand_and_parted_again(cases, people, browse, duty):
    from atvsld.casework.accidents.declarations.actions.matching import undo_match
    from atvsld.casework.accidents.declarations.models import CaseMatch

    client = browse(people.officer)
    address = f"/tai-nan/{cases.shown.public_id}/cung-vu/"
    assert client.post(address, {"number": "TN-2026-999999", "keep": "this"}).status_code == 422
    assert client.post(address, {"number": cases.hidden.number.lower(), "keep": "other"}).status_code == 302
    cases.shown.refresh_from_db()
    duty.refresh_from_db()
    # Counted no more, nothing left to do, nothing gone; its page says which one is kept.
    assert (cases.shown.conclusion, duty.state, duty.next_at) == ("not_occupational", "cancelled", None)
    assert cases.hidden.number in client.get(f"/tai-nan/{cases.shown.public_id}/").content.decode()
    undo_match(scene.act(people.officer, reason="Nhầm"), match=CaseMatch.objects.get())
    cases.shown.refresh_from_db()
    duty.refresh_from_db()
    assert (cases.shown.conclusion, duty.state) == ("occupational", "open")
    assert duty.next_at is not None


def test_an_employer_learns_nothing_of_a_case_being_joined_to_another(cases, people, browse, duty):
    from atvsld.casework.accidents.declarations.actions.matching import decide_match

    decide_match(scene.act(people.officer), kept=cases.hidden, other=cases.shown, verdict="same")
    client = browse(people.employer)
    html = client.get(f"/tai-nan/{cases.shown.public_id}/").content.decode()
    assert cases.hidden.number not in html
    assert "cung-vu" not in html
    assert client.get(f"/tai-nan/{cases.shown.public_id}/cung-vu/").status_code == 403
    duty.refresh_from_db()
    assert cases.hidden.number not in duty.reason


def handed(user, case, *, key=None, version=None, reason="Thuộc lĩnh vực phóng xạ", **to):
    from atvsld.casework.accidents.views.actions import Recipient, hand_over

    version = case.version if version is None else version
    act = scene.act(user, reason=reason)
    return hand_over(act, case=case, version=version, to=Recipient(**to), key=key or new_ulid())


def test_a_file_goes_to_a_body_by_letter_and_is_still_followed_here(cases, people, browse, land, duty):
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.casework.accidents.views.models import CaseInvitation, CaseTransfer
    from atvsld.platform.acts import Conflict

    key, before = new_ulid(), cases.shown.version
    made = handed(people.officer, cases.shown, name="Sở Nội vụ tỉnh khác", document="12/SNV", key=key)
    case = AccidentCase.objects.get(pk=cases.shown.pk)
    assert handed(people.officer, case, name="Sở Nội vụ tỉnh khác", key=key, version=before).pk == made.pk
    with pytest.raises(Conflict):
        handed(people.officer, case, name="Cơ quan khác", version=before)
    assert (CaseTransfer.objects.count(), CaseInvitation.objects.count()) == (1, 0)
    duty.refresh_from_db()
    assert (case.place_id, duty.place_id) == (cases.shown.place_id, cases.shown.place_id)
    html = browse(people.officer).get(f"/tai-nan/{case.public_id}/").content.decode()
    assert "Sở Nội vụ tỉnh khác (công văn số 12/SNV)" in html


def test_a_body_of_the_register_is_told_and_reads_the_file(cases, people, browse):
    from atvsld.casework.accidents.views.models import CaseInvitation
    from atvsld.platform.outbox.models import Message

    address = f"/tai-nan/{cases.shown.public_id}/"
    page = browse(people.officer).get(f"{address}chuyen-co-quan/")
    sent = {**page.context["form"].initial, "body": people.union.pk, "reason": "Thuộc lĩnh vực đặc thù"}
    for _double_click in range(2):
        assert browse(people.officer).post(f"{address}chuyen-co-quan/", sent).status_code == 302
    invitation = CaseInvitation.objects.get()
    assert (invitation.body, invitation.identities) == (people.union, True)
    assert Message.objects.filter(user=people.unionist, url=address).count() == 1
    assert browse(people.unionist).get(address).status_code == 200


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [({}, "có", "one_recipient"), ({"name": "Sở khác"}, " ", "no_reason")],
)
def test_a_file_goes_to_somebody_for_a_reason(cases, people, to, reason, code):
    from atvsld.platform.acts import Rejected

    with pytest.raises(Rejected) as refused:
        handed(people.officer, cases.shown, reason=reason, **to)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_employer_hands_no_file_to_another_body(cases, people, browse):
    from atvsld.platform.acts import Refused

    with pytest.raises(Refused):
        handed(people.employer, cases.shown, name="Sở khác")
    assert "chuyen-co-quan" not in browse(people.employer).get(f"/tai-nan/{cases.shown.public_id}/").content.decode()

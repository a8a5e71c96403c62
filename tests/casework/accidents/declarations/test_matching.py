"""Notices of one accident from several places are recognised, joined by a person, and can be taken apart again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.casework.accidents import scene
from tests.casework.accidents.declarations.telling import informal, notice, told

from atvsld.casework.accidents.declarations import facade, matching
from atvsld.casework.accidents.declarations.actions import decide_match, receive, undo_match
from atvsld.casework.accidents.declarations.models import CaseMatch, Declaration
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db

EARLIER = scene.NOW - timedelta(hours=5)


@pytest.fixture
def three(land):
    """Employer, commune and hospital tell of one death; a second accident happened the same day elsewhere."""
    employer = told(land, dead=1, severe=0)
    commune = receive(
        scene.act(), key=new_ulid(),
        notice=informal(land, dead=1, severe=0, establishment_text="Nhà máy", occurred_at=EARLIER + timedelta(hours=1)),
    )  # fmt: skip
    hospital = receive(
        scene.act(), key=new_ulid(), notice=informal(land, kind="other", dead=1, severe=0, occurred_at=EARLIER)
    )
    other = told(land, place_id=land.hill.pk, establishment_id=land.quarry.pk)
    return employer, commune, hospital, other


def test_the_three_notices_of_one_death_are_seen_and_the_other_accident_is_not(three, land):
    employer, commune, hospital, other = three
    seen = {frozenset((pair.first.pk, pair.second.pk)) for pair in matching.pairs(scene.act().actor, scene.NOW)}
    cases = (employer.case_id, commune.case_id, hospital.case_id)
    expected = {frozenset(pair) for pair in ((cases[0], cases[1]), (cases[0], cases[2]), (cases[1], cases[2]))}
    assert seen == expected
    assert all(other.case_id not in pair for pair in seen)
    found = matching.candidates(scene.act().actor, notice(land, dead=1, severe=0))
    assert found[0].case == employer.case
    assert "cùng cơ sở" in found[0].reasons


def test_joining_keeps_every_source_and_taking_apart_puts_everything_back(three):
    employer, commune, *_others = three
    kept, other = employer.case, commune.case
    before = (other.conclusion, set(Declaration.objects.filter(case=other).values_list("pk", flat=True)))
    match = decide_match(scene.act(), kept=kept, other=other, verdict="same")
    assert decide_match(scene.act(), kept=kept, other=other, verdict="same") == match
    assert {d.kind for d in facade.declarations_of(kept)} >= {"employer", "family"}
    other.refresh_from_db()
    assert other.conclusion == "not_occupational"
    assert facade.same_accident(other) == kept
    assert file_of(other).stage == "out_of_scope"
    with pytest.raises(Rejected):
        undo_match(scene.act(), match=match)
    undo_match(scene.act(reason="Hai vụ khác nhau"), match=match)
    other.refresh_from_db()
    after = (other.conclusion, set(Declaration.objects.filter(case=other).values_list("pk", flat=True)))
    assert after == before
    assert facade.same_accident(other) is None
    assert file_of(other).stage == "provincial_level"
    with pytest.raises(Conflict):
        undo_match(scene.act(reason="lần nữa"), match=match)


def test_a_case_joined_once_cannot_be_joined_to_a_third(three):
    employer, commune, hospital, _other = three
    decide_match(scene.act(), kept=employer.case, other=commune.case, verdict="same")
    with pytest.raises(Conflict):
        decide_match(scene.act(), kept=commune.case, other=hospital.case, verdict="same")


def test_an_employer_neither_joins_nor_looks_for_what_others_told(three, mill_employer):
    employer, commune, *_others = three
    with pytest.raises(Refused):
        decide_match(scene.act(mill_employer), kept=employer.case, other=commune.case, verdict="same")
    session = Client()
    session.force_login(mill_employer)
    assert session.get("/khai-bao/nghi-trung/").status_code == 403


def test_what_a_person_called_different_is_not_asked_again(three):
    employer, commune, *_others = three
    count = len(matching.pairs(scene.act().actor, scene.NOW))
    decide_match(scene.act(), kept=employer.case, other=commune.case, verdict="different")
    assert len(matching.pairs(scene.act().actor, scene.NOW)) == count - 1


def test_entry_asks_whether_the_accident_is_known_and_the_answer_opens_no_second_case(land, officer):
    first = told(land, dead=1, severe=0)
    session = Client()
    session.force_login(officer)
    form = {
        "key": new_ulid(), "occurred_at": "02/03/2026 05:30", "place_code": land.river.pk, "spot": "",
        "establishment_tax_code": land.mill.tax_code, "dead": "1", "severe": "", "minor": "", "unclear": "",
        "description": "Một người chết.", "reporter_name": "", "reporter_phone": "", "kind": "other",
        "channel": "phone", "known_at": "", "notified_at": "",
    }  # fmt: skip
    asked = session.post("/khai-bao/moi/", form)
    assert "Vụ này có thể đã được báo" in asked.content.decode()
    assert AccidentCase.objects.count() == 1
    answered = session.post("/khai-bao/moi/", form | {"trung": first.case.public_id})
    assert answered.status_code == 302, answered.content.decode()[:2000]
    assert AccidentCase.objects.count() == 1
    assert first.case.declarations.count() == 2
    again = session.post("/khai-bao/moi/", form | {"trung": first.case.public_id})
    assert again.status_code == 302
    assert Declaration.objects.count() == 2
    different = session.post("/khai-bao/moi/", form | {"trung": "moi", "key": new_ulid()})
    assert different.status_code == 302
    assert AccidentCase.objects.count() == 2
    page = session.get("/khai-bao/nghi-trung/")
    assert page.status_code == 200
    newest = AccidentCase.objects.order_by("-pk")[0]
    sent = session.post(
        "/khai-bao/nghi-trung/",
        {"kept": first.case.public_id, "other": newest.public_id, "verdict": "same"},
    )
    assert sent.status_code == 302
    match = CaseMatch.objects.get()
    assert "trùng với" in session.get(f"/tai-nan/{newest.public_id}/").content.decode()
    undone = session.post(f"/khai-bao/nghi-trung/{match.public_id}/tach-lai/", {"reason": "Nhầm"})
    assert undone.status_code == 302


PEOPLE = st.lists(st.sampled_from(["fatal", "severe", "minor", ""]), max_size=3).map(tuple)
TOLD = st.builds(
    matching.Told,
    occurred_at=st.integers(-72, 72).map(lambda hours: scene.NOW + timedelta(hours=hours)),
    ground=st.sets(st.integers(1, 3), min_size=1).map(frozenset),
    establishment_id=st.sampled_from([None, 1, 2]),
    establishment_name=st.sampled_from(["", "Nhà máy Thử", "Mỏ đá"]),
    severities=PEOPLE,
    names=st.sets(st.sampled_from(["an", "binh"])).map(frozenset),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TOLD, TOLD)
def test_likeness_has_no_direction(one, two):
    assert matching.compare(one, two)[0] == matching.compare(two, one)[0]

"""Officials, networks, studies, initiatives, surveys: what they add up to, beside plain SQL, and their own rules."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from tests.registers.ledgers import stage

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return stage.build()


@pytest.fixture
def doctor(scene):
    return stage.person("y.te", "plan_officer", body=scene.health)


@pytest.fixture
def unionist(scene):
    return stage.person("cong.doan", "plan_officer", body=scene.union)


@pytest.fixture
def employer(scene):
    return stage.person("chu", "employer", firm=scene.land.mill)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()[0]


def write(word, user, *, body=None, firm=None, **given):
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.ledger import ledger_of
    from atvsld.registers.ledgers.reach import body_owner, establishment_owner

    owner = body_owner(body) if body else establishment_owner(firm)
    return actions.enter(stage.act(user), ledger=ledger_of(word), key=new_ulid(), owner=owner, given=given)


def official(user, body, since, until=None, **given):
    stated = {"person": "Trần Thị Thử", "position": "Chuyên viên", "level": "province", "full_time": True}
    return write("osh_official", user, body=body, since=since, until=until, **(stated | given))


def network(user, *, body=None, firm=None, on=date(2026, 10, 1), **given):
    stated = {"title": "Mạng lưới", "counted_on": on, "networks": 1, "representatives": 10, "teams": 12}
    return write("osh_network", user, body=body, firm=firm, **(stated | given))


def test_officials_are_counted_on_the_last_day_and_the_taught_within_the_period(scene, doctor, unionist, client):
    from atvsld.casework.capacity.actions import record_training
    from atvsld.registers.proofs import Asked, measure_of

    long_serving = official(doctor, scene.health, date(2021, 1, 4))
    official(doctor, scene.health, date(2024, 3, 1), date(2026, 5, 31), full_time=False)
    official(doctor, scene.health, date(2026, 8, 1), level="commune", full_time=None)
    official(unionist, scene.union, date(2025, 7, 1))
    act = stage.act(doctor)
    taught = record_training(
        act, official=long_serving, version=1, ended_on=date(2026, 4, 3), content="Bồi dưỡng nghiệp vụ", hours=16
    )
    assert taught.official.trained_years == ["2026"]
    with pytest.raises(Conflict):
        record_training(act, official=long_serving, version=1, ended_on=date(2026, 5, 3), content="Lớp khác")
    with pytest.raises(Rejected, match="đã được ghi"):
        record_training(
            act, official=taught.official, version=2, ended_on=date(2026, 4, 3), content="Bồi dưỡng nghiệp vụ"
        )
    with pytest.raises(Refused):
        record_training(
            stage.act(unionist), official=taught.official, version=2, ended_on=date(2026, 4, 4), content="X"
        )

    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=frozenset({scene.health.pk}))
    measure = measure_of("officials")
    told = {one.key: one for one in measure.figures(asked)}
    serving = sql(
        "SELECT count(*) FROM capacity_oshofficial WHERE withdrawn_at IS NULL AND body_id = %s AND since <= %s"
        " AND (until IS NULL OR until >= %s)", scene.health.pk, asked.end, asked.end,
    )  # fmt: skip
    assert (int(told["officials"].value), int(told["level.commune"].value), int(told["full_time"].value)) == (2, 1, 1)
    assert serving == 2
    assert int(told["trained"].value) == 1 == len(list(measure.records(asked, "trained")))
    client.force_login(doctor)
    for key in ("officials", "level.commune", "full_time", "trained"):
        shown = client.get(told[key].url).context["table"].rows
        assert {row.record.public_id for row in shown} == {one.key for one in measure.records(asked, key)}, key
    assert "Trần Thị Thử" not in " ".join(one.label for one in measure.records(asked, "officials"))
    # On the day before the second left, there were two as well; before that one began, one.
    earlier = Asked(date(2024, 1, 1), date(2024, 12, 31), bodies=frozenset({scene.health.pk}))
    assert int(next(iter(measure.figures(earlier))).value) == 2


def test_an_establishment_has_no_officials_and_nobody_begins_at_district_level_any_more(scene, doctor, employer):
    with pytest.raises(Rejected, match="cơ quan quản lý nhà nước"):
        write(
            "osh_official",
            employer,
            firm=scene.land.mill,
            person="A",
            position="B",
            level="commune",
            since=date(2026, 1, 1),
        )
    with pytest.raises(Rejected, match="không còn cấp huyện"):
        official(doctor, scene.health, date(2025, 7, 1), level="district")
    official(doctor, scene.health, date(2024, 7, 1), date(2025, 6, 30), level="district")
    with pytest.raises(Rejected, match="trước ngày bắt đầu"):
        official(doctor, scene.health, date(2026, 7, 1), date(2026, 6, 30))


def test_networks_of_establishments_and_the_unions_sum_are_told_apart(scene, unionist, employer, client):
    from atvsld.registers.proofs import Asked, measure_of

    own = network(employer, firm=scene.land.mill, allowance=True)
    network(employer, firm=scene.land.mill, on=date(2025, 10, 1))
    with pytest.raises(Rejected, match="đã ghi mạng lưới của năm này"):
        network(employer, firm=scene.land.mill, on=date(2026, 11, 1))
    with pytest.raises(Rejected, match="số cơ sở là 1"):
        network(employer, firm=scene.land.mill, on=date(2024, 11, 1), networks=3)
    network(unionist, body=scene.union, networks=40, representatives=900, teams=None)
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31))
    measure = measure_of("osh_representatives")
    told = {one.key: one for one in measure.figures(asked)}
    assert {key: int(one.value) for key, one in told.items()} == {
        "own.networks": 1, "own.representatives": 10, "own.allowance": 1, "union.networks": 40,
        "union.representatives": 900,
    }  # fmt: skip
    assert sql("SELECT sum(networks) FROM capacity_oshnetwork WHERE year = 2026 AND body_id IS NOT NULL") == 40
    reader = stage.person("lanh.dao", "leader", at=scene.land.province)
    client.force_login(reader)
    shown = client.get(told["own.representatives"].url).context["table"].rows
    assert [row.record.public_id for row in shown] == [own.public_id]
    page = client.get(f"/nang-luc/mang-luoi/{own.public_id}/").content.decode()
    assert "Còn ít nhất 2 tổ sản xuất" in page


def test_studies_last_initiatives_do_not_and_answers_stay_within_what_was_asked(scene, doctor, employer):
    from atvsld.registers.proofs import Asked, evidence_of, measure_of

    study = {"title": "Giảm bụi silic", "kind": "province", "leader_unit": "Trường Thử", "stage": "running"}
    write("study", doctor, body=scene.health, started_on=date(2025, 3, 1), ended_on=date(2026, 2, 1), **study)
    write("study", doctor, body=scene.health, started_on=date(2024, 3, 1), ended_on=date(2025, 12, 1), **study)
    initiative = {"title": "Che chắn máy cưa", "about": "machine", "benefit": "Không còn văng mảnh", "workers": 12}
    write("initiative", employer, firm=scene.land.mill, recognised_on=date(2026, 5, 4), applied=True, **initiative)
    write("initiative", employer, firm=scene.land.mill, recognised_on=date(2025, 5, 4), applied=True, **initiative)
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31))
    told = {one.key: int(one.value) for one in measure_of("studies").figures(asked)}
    assert (told["studies"], told["initiatives"], told["applied"], told["workers"]) == (1, 1, 1, 12)
    found = list(evidence_of("initiative").search(stage.act(employer).actor, "cưa", asked, 5))
    assert [one.day for one in found] == [date(2026, 5, 4)]
    survey = {"title": "Khảo sát nghề nặng nhọc", "about": "arduous", "started_on": date(2026, 6, 1), "units_asked": 5}
    with pytest.raises(Rejected, match="lớn hơn số đơn vị được hỏi"):
        write("survey", doctor, body=scene.health, units_answered=6, **survey)
    write("survey", doctor, body=scene.health, units_answered=4, **survey)
    counted = {one.key: one for one in measure_of("surveys").figures(asked)}
    assert int(counted["answered"].value) == 4
    assert dict(parse_qsl(urlsplit(counted["surveys"].url).query))["start"] == "2026-01-01"
    held = {"title": "Hội thảo với ILO", "kind": "workshop", "held_on": date(2026, 9, 9), "country": "ILO"}
    write("cooperation_event", doctor, body=scene.health, **held)
    assert int(next(iter(measure_of("cooperation").figures(asked))).value) == 1


def test_every_list_and_form_opens_and_a_course_is_recorded_by_page(scene, doctor, client):
    from atvsld.casework.capacity.models import OfficialTraining

    held = official(doctor, scene.health, date(2021, 1, 4))
    client.force_login(doctor)
    for slug in ("can-bo", "mang-luoi", "de-tai", "sang-kien", "hop-tac", "dieu-tra"):
        assert client.get(f"/nang-luc/{slug}/").status_code == 200
        assert client.get(f"/nang-luc/{slug}/moi/").status_code == 200
    address = f"/nang-luc/can-bo/{held.public_id}/dao-tao/"
    sent = {"ended_on": "03/04/2026", "content": "Bồi dưỡng", "hours": "16", "version": held.version}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 422  # the record moved on: the double click changes nothing
    assert OfficialTraining.objects.count() == 1
    assert "Bồi dưỡng" in client.get(f"/nang-luc/can-bo/{held.public_id}/").content.decode()

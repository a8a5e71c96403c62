"""Workers: who sees whom, what is kept sealed, how work moves a person, which groups a person belongs to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db
NUMBER = "000190001234"
TODAY = date(2026, 11, 24)


def acting(actor, reason=""):
    return Act(actor, Channel.PAGE, at=datetime(2026, 11, 24, 3, tzinfo=UTC), reason=reason)


def drafts():
    from atvsld.registers.workers import drafts as module

    return module


def groups_of(worker, day=TODAY):
    from atvsld.registers.workers.groups import groups_on

    return [group.value for group in groups_on(worker, day)]


def test_the_number_stands_nowhere_in_the_database_in_clear(worker):
    with connection.cursor() as cursor:
        for table in ("workers_worker", "workers_workerevent"):
            cursor.execute(f"SELECT count(*), count(*) FILTER (WHERE t::text LIKE %s) FROM {table} t", [f"%{NUMBER}%"])
            assert cursor.fetchone() == (1, 0)


def test_a_worker_is_found_by_the_whole_number_and_by_the_name_without_tones(worker):
    from atvsld.registers.workers import queries
    from atvsld.registers.workers.models import Worker

    everybody = Worker.objects.all()
    for text in (NUMBER, "000 190 001 234", "thi thu", "Nguyễn Thị"):
        assert list(queries.search(everybody, text)) == [worker], text
    for text in ("00019000123", "001234", "000190001235"):
        assert not queries.search(everybody, text).exists(), text


def test_one_number_belongs_to_one_person(worker, act, land):
    from atvsld.registers.workers.actions.register import register_worker

    stated = drafts().WorkerDraft(name="Người Khác", identity_number="000190001234")
    with pytest.raises(Rejected) as told:
        register_worker(act, draft=stated, employment=drafts().EmploymentDraft(place_id=land.hill.pk))
    assert told.value.problems[0].code == "identity_taken"
    assert NUMBER not in str(told.value)


def test_a_number_of_odd_structure_is_taken_with_a_warning_only(act, land):
    from atvsld.registers.workers import rules
    from atvsld.registers.workers.actions.register import register_worker

    stated = drafts().WorkerDraft(name="Trần Văn Thử", sex="male", identity_kind="citizen", identity_number="00019")
    assert [item.code for item in rules.check_worker(stated, on=TODAY)] == ["identity_length"]
    made = register_worker(act, draft=stated, employment=drafts().EmploymentDraft(place_id=land.hill.pk))
    assert made.has_identity


def test_employer_and_commune_see_the_person_and_others_do_not(worker, cast):
    from atvsld.registers.workers import queries

    assert list(queries.visible(cast.employer)) == [worker]
    assert list(queries.visible(cast.here)) == [worker]
    assert not queries.visible(cast.stranger).exists()
    assert not queries.visible(cast.leader).exists()


def test_a_person_who_left_is_no_longer_seen_by_the_employer(worker, cast):
    from atvsld.registers.workers import queries
    from atvsld.registers.workers.actions.employment import end_employment

    held = worker.employments.get()
    with pytest.raises(Refused):
        end_employment(acting(cast.stranger), employment=held, ended_on=date(2026, 10, 31))
    end_employment(acting(cast.employer), employment=held, ended_on=date(2026, 10, 31))
    worker.refresh_from_db()
    assert worker.establishment_id is None
    assert not queries.visible(cast.employer).exists()
    assert list(queries.visible(cast.here)) == [worker]
    with pytest.raises(Conflict):
        end_employment(acting(cast.here), employment=held, ended_on=date(2026, 11, 1))


def test_a_new_employment_moves_the_person_and_keeps_the_old_one(worker, act, land, cast):
    from atvsld.registers.workers import queries
    from atvsld.registers.workers.actions.employment import end_employment, start_employment

    end_employment(act, employment=worker.employments.get(), ended_on=date(2026, 8, 31))
    draft = drafts().EmploymentDraft(
        establishment_id=land.quarry.pk, started_on=date(2026, 9, 1), labour_relation="contract"
    )
    start_employment(act, worker=worker, draft=draft)
    assert (worker.establishment_id, worker.place_id) == (land.quarry.pk, land.hill.pk)
    assert list(queries.visible(cast.stranger)) == [worker]
    assert not queries.visible(cast.employer).exists()
    assert [str(held) for held in worker.employments.all()] == ["Mỏ đá Thử", "Nhà máy Thử"]


def test_an_employer_records_people_for_itself_only(cast, land):
    from atvsld.registers.workers.actions.register import register_worker

    stated = drafts().WorkerDraft(name="Lê Thử")
    with pytest.raises(Refused):
        register_worker(
            acting(cast.employer),
            draft=stated,
            employment=drafts().EmploymentDraft(establishment_id=land.quarry.pk),
        )
    made = register_worker(
        acting(cast.employer), draft=stated, employment=drafts().EmploymentDraft(establishment_id=land.mill.pk)
    )
    assert made.place_id == land.river.pk


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({}, "employment_where"),
        ({"place_id": 1, "started_on": TODAY + timedelta(days=1)}, "employment_future"),
        ({"place_id": 1, "started_on": date(2026, 5, 1), "ended_on": date(2026, 4, 30)}, "employment_days"),
        ({"place_id": 1, "labour_relation": "friend"}, "labour_relation"),
        ({"place_id": 1, "occupation_code": "zz"}, "occupation_code"),
    ],
)
def test_work_that_cannot_be_is_refused_with_its_reason(stated, code):
    from atvsld.registers.workers import rules

    found = [item.code for item in rules.check_employment(drafts().EmploymentDraft(**stated), on=TODAY)]
    assert found == [code]


def test_reading_a_number_asks_for_a_purpose_and_is_recorded(worker, cast):
    from atvsld.platform.history.models import SensitiveReading
    from atvsld.registers.workers.actions.register import read_identity

    with pytest.raises(Rejected):
        read_identity(acting(cast.employer), worker=worker)
    with pytest.raises(Refused):
        read_identity(acting(cast.here, "Lập hồ sơ"), worker=worker)
    assert not SensitiveReading.objects.exists()
    assert read_identity(acting(cast.employer, "Lập hồ sơ giám định"), worker=worker) == NUMBER
    reading = SensitiveReading.objects.get()
    assert (reading.record_kind, reading.record_id) == ("workers.worker", worker.public_id)
    assert (reading.fields, reading.purpose) == (["identity_number"], "Lập hồ sơ giám định")


def test_a_change_without_a_number_keeps_the_one_held_and_an_empty_one_takes_it_away(worker, act):
    from atvsld.registers.workers import identity_numbers
    from atvsld.registers.workers.actions.register import change_worker

    change_worker(act, worker=worker, version=1, draft=drafts().WorkerDraft(name="Nguyễn Thị Thử Nghiệm", sex="female"))
    assert (worker.name, worker.version) == ("Nguyễn Thị Thử Nghiệm", 2)
    assert identity_numbers.unseal(worker.identity_sealed) == NUMBER
    with pytest.raises(Conflict):
        change_worker(act, worker=worker, version=1, draft=drafts().WorkerDraft(name="Khác"))
    change_worker(act, worker=worker, version=2, draft=drafts().WorkerDraft(name="Nguyễn Thị Thử", identity_number=""))
    assert not worker.has_identity


def test_a_sealed_number_without_its_fingerprint_is_impossible(worker):
    from atvsld.registers.workers.models import Worker

    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.filter(pk=worker.pk).update(identity_fingerprint=None)


def test_groups_follow_sex_age_work_and_what_is_recorded_each_with_its_days(worker, act):
    from atvsld.registers.workers.actions.employment import end_employment
    from atvsld.registers.workers.actions.groups import end_group, state_group

    assert groups_of(worker) == ["women", "probation"]
    assert groups_of(worker, date(2007, 6, 1)) == ["women", "minor"]
    assert groups_of(worker, date(2051, 1, 1)) == ["women", "elderly", "probation"]
    held = state_group(act, worker=worker, group="disabled", valid_from=date(2026, 9, 1), basis="Giấy xác nhận")
    end_employment(act, employment=worker.employments.get(), ended_on=date(2026, 10, 31))
    assert groups_of(worker) == ["women", "disabled"]
    end_group(act, membership=held, valid_to=date(2026, 11, 1))
    assert groups_of(worker) == ["women"]
    assert groups_of(worker, date(2026, 10, 1)) == ["women", "disabled", "probation"]
    for group in ("women", "minor", "elderly", "nonsense"):
        with pytest.raises(Rejected):
            state_group(act, worker=worker, group=group, valid_from=TODAY)


def test_the_database_and_the_law_book_agree_on_who_belongs_to_a_group(worker, act, land):
    from atvsld.law.worker_groups import WorkerGroup
    from atvsld.registers.workers.actions.groups import state_group
    from atvsld.registers.workers.actions.register import register_worker
    from atvsld.registers.workers.groups import in_group
    from atvsld.registers.workers.models import Worker

    chance = Random(7)
    relations = ["", "contract", "none", "probation", "apprentice", "leased", "abroad"]
    for number in range(40):
        birth = date(1945, 1, 1) + timedelta(days=chance.randrange(24_000))
        made = register_worker(
            act,
            draft=drafts().WorkerDraft(
                name=f"Người Thử {number}",
                birth_date=chance.choice([None, birth, birth]),
                sex=chance.choice([None, "male", "female"]),
            ),
            employment=drafts().EmploymentDraft(
                place_id=land.hill.pk,
                started_on=chance.choice([None, date(2024, 1, 1)]),
                ended_on=chance.choice([None, date(2026, 5, 31)]),
                labour_relation=chance.choice(relations),
            ),
        )
        if number % 5 == 0:
            group = chance.choice(["disabled", "domestic", "probation"])
            state_group(act, worker=made, group=group, valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 31))
    # The days on which somebody's minority or retirement begins are the hard ones.
    births = [held for held in Worker.objects.values_list("birth_date", flat=True) if held]
    for day in (TODAY, date(2026, 1, 31), date(2026, 2, 1), date(2024, 2, 29), births[0].replace(year=2025)):
        for group in WorkerGroup:
            told = {item.pk for item in Worker.objects.all() if group.value in groups_of(item, day)}
            assert set(in_group(Worker.objects.all(), group, day).values_list("pk", flat=True)) == told, (group, day)


def test_history_names_each_act_and_never_shows_the_number(worker, act):
    from atvsld.platform.history.timeline import timeline
    from atvsld.registers.workers.actions.register import change_worker

    draft = drafts().WorkerDraft(name=worker.name, identity_kind="citizen", identity_number="000190009999")
    change_worker(act, worker=worker, version=1, draft=draft)
    newest, oldest = timeline(worker, masked={"identity_sealed"})
    assert str(oldest.label) == "Thêm người lao động"
    (number,) = [change for change in newest.changes if "định danh" in change.label]
    assert "đã che" in number.after

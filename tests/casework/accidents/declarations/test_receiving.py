"""A notice is received once, opens its case, and leaves a receipt anyone can verify."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.accidents import scene
from tests.casework.accidents.declarations.telling import REPORTER, informal, notice, told

from atvsld.casework.accidents.declarations import facade, receipts, sealing
from atvsld.casework.accidents.declarations.actions import correct, receive
from atvsld.casework.accidents.declarations.models import Declaration, Receipt
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db


def test_a_quick_notice_opens_the_case_with_a_place_for_everyone_counted(land):
    made = told(land, dead=1, severe=2, minor=1, unclear=1)
    assert made.case is not None
    people = list(made.case.victims.order_by("position").values_list("severity", flat=True))
    assert people == ["fatal", "severe", "severe", "minor", None]
    assert made.case.description == "Kẹp tay vào máy ép."
    assert made.receipt.content_hash == made.content_hash
    assert made.number == f"KB-2026-{made.pk:06d}"


def test_the_same_key_again_gives_the_same_declaration_and_one_case(land):
    key, said = new_ulid(), notice(land)
    first = receive(scene.act(), key=key, notice=said)
    again = receive(replace(scene.act(), at=scene.NOW + timedelta(hours=1)), key=key, notice=said)
    assert again.pk == first.pk
    assert (Declaration.objects.count(), AccidentCase.objects.count(), Receipt.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict):
        receive(scene.act(), key=key, notice=replace(said, severe=2))


def test_nobody_declares_outside_their_own_ground(land, river_officer, mill_employer):
    with pytest.raises(Refused):
        receive(scene.act(river_officer), key=new_ulid(), notice=informal(land, place_id=land.hill.pk))
    with pytest.raises(Refused):
        receive(scene.act(mill_employer), key=new_ulid(), notice=notice(land, establishment_id=land.quarry.pk))
    with pytest.raises(Refused):
        receive(scene.act(mill_employer), key=new_ulid(), notice=informal(land, establishment_id=land.mill.pk))


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"severe": 0}, "unclear"),
        ({"description": " "}, "description"),
        ({"occurred_at": scene.NOW + timedelta(hours=2)}, "occurred_at"),
        ({"known_at": scene.NOW - timedelta(days=3)}, "known_at"),
        ({"kind": "gossip"}, "kind"),
    ],
)
def test_a_notice_that_cannot_be_is_sent_back_with_the_place_to_mend(land, wrong, column):
    with pytest.raises(Rejected) as refused:
        told(land, **wrong)
    assert column in {problem.column for problem in refused.value.problems}
    assert AccidentCase.objects.count() == 0


def test_a_phone_whose_clock_runs_ahead_a_little_is_set_right(land):
    made = told(land, occurred_at=scene.NOW + timedelta(minutes=5), known_at=None, notified_at=None)
    assert made.occurred_at == made.notified_at == made.received_at == scene.NOW


def test_a_grave_word_taken_by_a_commune_is_passed_on_in_the_same_act(land, river_officer):
    key, said = new_ulid(), informal(land, dead=1, severe=0)
    taken = receive(scene.act(river_officer), key=key, notice=said)
    receive(scene.act(river_officer), key=key, notice=said)
    kinds = list(facade.declarations_of(taken.case).values_list("kind", "template"))
    assert sorted(kinds) == [("commune", "ND129-06"), ("family", "")]
    passed = Declaration.objects.get(kind="commune")
    assert passed.reporter_sealed == ""
    assert passed.known_at == taken.received_at
    one_severe = receive(scene.act(river_officer), key=new_ulid(), notice=informal(land))
    assert [d.kind for d in facade.declarations_of(one_severe.case)] == ["family"]


def test_the_form_is_the_one_in_force_on_the_day_of_receipt(land):
    from atvsld.casework.accidents.declarations.legal import template_on

    ids = {day: template_on("employer", day).id for day in (scene.date(2025, 6, 30), scene.date(2025, 7, 1))}
    assert list(ids.values()) == ["ND39-III", "ND129-01"]
    assert template_on("commune", scene.date(2024, 1, 1)).id == "ND39-IV"
    assert template_on("family", scene.TODAY) is None
    assert told(land).template == "ND129-01"


def test_a_received_declaration_never_changes_and_never_goes(land):
    made = told(land)
    for statement in (
        "update accident_declarations_declaration set content_hash = 'x'",
        "update accident_declarations_declaration set notified_at = now()",
        "delete from accident_declarations_declaration",
        "update accident_declarations_receipt set content_hash = 'x'",
        "delete from accident_declarations_receipt",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Declaration.objects.get().content_hash == made.content_hash


def test_the_full_declaration_inherits_the_notice_and_completes_its_victims(land, mill_employer):
    act = scene.act(mill_employer)
    quick = receive(act, key=new_ulid(), notice=notice(land, severe=1, minor=1, reporter=REPORTER))
    case = quick.case
    people = (
        scene.victim_draft(severity="severe", name="Người Một", injury_codes=("034",)),
        scene.victim_draft(severity="minor", name="Người Hai"),
    )
    said = notice(land, severe=1, minor=1, victims=people, cause_code="4", description="Kẹp tay, đủ diễn biến.")
    made = correct(act, key=new_ulid(), earlier=quick, notice=said, case_version=case.version)
    assert (made.version, made.root, made.supersedes_id, made.stage) == (2, quick.public_id, quick.pk, "full")
    assert made.notified_at == quick.notified_at
    assert list(Victim.objects.filter(case=case).values_list("name", flat=True)) == ["Người Một", "Người Hai"]
    case.refresh_from_db()
    assert (case.cause_code, case.description) == ("4", "Kẹp tay, đủ diễn biến.")
    with pytest.raises(Conflict):
        correct(act, key=new_ulid(), earlier=quick, notice=said, case_version=case.version)
    assert sealing.open_(made.reporter_sealed, purpose=sealing.REPORTER) == asdict(REPORTER)
    assert receipts.holds(quick)
    assert receipts.holds(made)


def test_a_correction_upon_a_case_that_moved_on_changes_nothing(land):
    quick = told(land)
    with pytest.raises(Conflict):
        correct(scene.act(), key=new_ulid(), earlier=quick, notice=notice(land, minor=2), case_version=99)
    assert Declaration.objects.count() == 1


def test_the_receipt_notices_every_change_of_what_was_received(land):
    made = told(land, reporter=REPORTER)
    assert receipts.holds(made)
    for column, value in (
        ("content", made.content | {"dead": 3}),
        ("reporter_sealed", sealing.close(asdict(replace(REPORTER, name="Người Khác")), purpose=sealing.REPORTER)[0]),
    ):
        forged = Declaration.objects.select_related("receipt").get(pk=made.pk)
        setattr(forged, column, value)
        assert not receipts.holds(forged)


def test_the_mark_of_a_reporter_cannot_be_found_by_trying_names_out():
    told_twice = {sealing.close(asdict(REPORTER), purpose=sealing.REPORTER)[1] for _time in range(2)}
    assert len(told_twice) == 2


def test_instants_reach_the_procedure_of_the_case(land, river_officer):
    from atvsld.casework.accidents.procedure.facade import file_of

    by_employer = told(land, dead=1, severe=0)
    file = file_of(by_employer.case)
    assert (file.employer_aware_at, file.department_received_at) == (by_employer.known_at, by_employer.received_at)
    taken = receive(scene.act(river_officer), key=new_ulid(), notice=informal(land, dead=1))
    file = file_of(taken.case)
    assert (file.employer_aware_at, file.commune_received_at) == (None, taken.received_at)

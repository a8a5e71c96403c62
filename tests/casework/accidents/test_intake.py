"""Rows become cases once, change when they change, and never half."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from tests.casework.accidents import intake_rows as rows
from tests.casework.accidents import scene
from tests.casework.accidents.intake_rows import row, take

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.registers.establishments.models import Establishment


def test_a_case_and_its_victims_come_out_of_its_rows(land) -> None:
    outcome = take(row(), row(victim_name="Trần Thị Thử", sex="Nữ", severity="Chết người", property_damage=""))
    assert (outcome.accepted, outcome.unchanged, outcome.rejected, outcome.errors) == (2, 0, 0, [])
    case = AccidentCase.objects.get()
    assert case.occurred_at == datetime(2026, 2, 10, 2, 30, tzinfo=UTC)
    assert (case.place, case.establishment, case.severity, case.victim_count) == (land.river, land.mill, "fatal", 2)
    first, second = case.victims.order_by("position")
    assert (first.is_principal, second.is_principal) == (False, True)
    assert (second.sex, second.wage_cost, second.injury_codes, case.property_damage) == ("female", None, [], 1_000_000)


def test_empty_cells_stay_unknown_and_are_counted(land) -> None:
    outcome = take(row(cause_code="", managed="", days_lost="chưa rõ"))
    victim = Victim.objects.get()
    assert (victim.case.cause_code, victim.managed, victim.days_lost) == (None, None, None)
    assert {"cause_code": 1, "managed": 1, "days_lost": 1}.items() <= outcome.unknown.items()


def test_the_same_rows_again_change_nothing(land) -> None:
    take(row(), row(case_key="V2"))
    events = Victim.pgh_event_model.objects.count(), AccidentCase.pgh_event_model.objects.count()
    again = take(row(), row(case_key="V2"))
    assert (again.accepted, again.unchanged) == (0, 2)
    assert events == (Victim.pgh_event_model.objects.count(), AccidentCase.pgh_event_model.objects.count())


def test_a_changed_row_changes_its_case_and_history_tells_both(land) -> None:
    take(row(), row(case_key="V2"))
    outcome = take(row(severity="fatal"), row(case_key="V2"))
    assert (outcome.accepted, outcome.unchanged) == (1, 1)
    case = AccidentCase.objects.get(case_key="V1")
    assert (case.severity, case.version) == ("fatal", 2)
    told = [(event.pgh_label, event.severity) for event in Victim.pgh_event_model.objects.filter(case_id=case.pk)]
    assert told == [("insert", "minor"), ("update", "fatal")]
    context = Victim.pgh_event_model.objects.filter(case_id=case.pk).latest("pgh_id").pgh_context
    assert context.metadata["act"] == "accidents:case:imported"


def test_a_victim_added_to_a_known_case_joins_it_and_may_become_principal(land) -> None:
    take(row())
    outcome = take(row(), row(victim_name="Người Thứ Hai", severity="fatal", property_damage=""))
    assert (outcome.accepted, outcome.unchanged) == (1, 1)
    case = AccidentCase.objects.get()
    assert (case.victim_count, case.severity) == (2, "fatal")
    assert list(case.victims.order_by("position").values_list("is_principal", flat=True)) == [False, True]


def test_a_victim_the_file_leaves_out_stays(land) -> None:
    take(row(severity="fatal"), row(victim_name="Người Thứ Hai", property_damage=""))
    take(row(severity="minor"))
    case = AccidentCase.objects.get()
    assert (case.victim_count, case.severity) == (2, "minor")


def test_a_column_the_file_does_not_have_is_left_alone(land) -> None:
    take(row())
    without = {name: value for name, value in row(days_lost="9").items() if name not in ("cause_code", "medical_cost")}
    assert take(without).accepted == 1
    victim = Victim.objects.get()
    assert (victim.days_lost, victim.medical_cost, victim.case.cause_code) == (9, 500_000, "7")


def test_a_bad_row_keeps_its_whole_case_out_and_no_other(land) -> None:
    outcome = take(
        row(),
        row(victim_name="B", medical_cost="-5", property_damage=""),
        row(case_key="V2"),
        row(case_key="V3", sex="?"),
    )
    assert (outcome.accepted, outcome.rejected) == (1, 3)
    assert [(error.row, error.code) for error in outcome.errors] == [
        (1, "case_incomplete"),
        (2, "negative"),
        (4, "not_a_choice"),
    ]
    assert list(AccidentCase.objects.values_list("case_key", flat=True)) == ["V2"]


def test_all_or_nothing_writes_nothing_when_a_row_is_bad(land) -> None:
    outcome = take(row(), row(case_key="V2", medical_cost="-5"), all_or_nothing=True)
    assert (outcome.accepted, outcome.rejected) == (0, 2)
    assert not AccidentCase.objects.exists()


def test_a_dry_run_counts_and_writes_nothing(land) -> None:
    outcome = take(row(establishment_tax_code="0401999999", establishment_name="Công ty Mới"), dry_run=True)
    assert (outcome.accepted, outcome.rejected) == (1, 0)
    assert not AccidentCase.objects.exists()
    assert not Establishment.objects.filter(tax_code="0401999999").exists()


def test_an_unknown_establishment_is_kept_as_unverified(land) -> None:
    outcome = take(row(establishment_tax_code="0401999999", establishment_name="Công ty Mới"))
    assert outcome.created["establishments"] == 1
    made = Establishment.objects.get(tax_code="0401999999")
    assert (made.verification, made.name, made.place) == ("unverified", "Công ty Mới", land.river)
    assert AccidentCase.objects.get().establishment == made


def test_the_name_of_an_employer_in_one_row_serves_every_case_of_the_file(land) -> None:
    nameless = row(case_key="V1", establishment_tax_code="0312687878")
    named = row(case_key="V2", establishment_tax_code="0312687878", establishment_name="Công ty Thử")
    assert take(nameless, named).accepted == 2
    assert Establishment.objects.get(tax_code="0312687878").accident_cases.count() == 2
    assert take(nameless, named).unchanged == 2


def test_an_actor_brings_only_what_lies_within_reach(land) -> None:
    act = scene.bound_act("commune_officer", {land.river.pk})
    outcome = take(row(), row(case_key="V2", place_code="99002"), act=act)
    assert (outcome.accepted, rows.only(outcome).code, rows.only(outcome).row) == (1, "out_of_scope", 2)


def test_a_key_of_a_case_out_of_reach_is_not_overwritten(land) -> None:
    take(row(place_code="99002"))
    outcome = take(row(), act=scene.bound_act("commune_officer", {land.river.pk}))
    assert rows.only(outcome).code == "key_taken"
    assert AccidentCase.objects.get().place == land.hill
    assert take(row(), act=scene.bound_act("commune_officer", {land.river.pk}), namespace="xã").accepted == 1


def test_an_employer_keeps_keys_of_its_own(land, mill_employer) -> None:
    take(row())
    assert take(row(severity="severe"), act=scene.act(mill_employer)).accepted == 1
    assert AccidentCase.objects.filter(case_key="V1").count() == 2


def test_strange_names_are_refused_with_the_names_there_are() -> None:
    outcome = take({"case_key": "V1", "tuoi": "33"})
    assert not outcome.readable
    assert "tuoi" in str(outcome.errors[0])
    assert "birth_year" in str(outcome.errors[0])


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_write_it_once() -> None:
    scene.build()
    batch = [
        row(case_key=f"V{number}", establishment_tax_code="0401999999", establishment_name="Mới")
        for number in range(50)
    ]
    outcomes = []

    def bring() -> None:
        outcomes.append(take(*batch))
        connection.close()

    threads = [threading.Thread(target=bring) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcome.accepted for outcome in outcomes) == [0, 0, 50]
    assert (AccidentCase.objects.count(), Victim.objects.count()) == (50, 50)


@pytest.mark.django_db(transaction=True)
def test_an_import_stopped_before_its_end_leaves_nothing() -> None:
    scene.build()

    def stopped() -> None:
        with transaction.atomic():
            assert take(row(), row(case_key="V2")).accepted == 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not AccidentCase.objects.exists()
    assert not Victim.pgh_event_model.objects.exists()
    assert take(row(), row(case_key="V2")).accepted == 2

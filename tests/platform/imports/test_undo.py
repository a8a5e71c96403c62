"""Undoing an import: what it wrote is taken back whole, or nothing is, and the reasons are counted."""

from __future__ import annotations

from typing import Any

import pghistory
import pytest
from django.db import transaction
from tests.casework.accidents import scene
from tests.casework.accidents.intake_rows import row

from atvsld.casework.accidents.intake import ACCIDENTS
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.imports.actions import undo as undoing
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.taking import take_rows
from atvsld.platform.imports.targets import Options
from atvsld.registers.establishments.models import Establishment


def taken(*rows: Any, act: Any = None) -> ImportRun:
    run = take_rows(act or scene.act(), ACCIDENTS, rows, Options()).run
    assert run is not None
    return run


def undo(run: ImportRun, act: Any = None) -> Any:
    return undoing.undo(act or scene.act(), run=run)


def state() -> Any:
    """Everything an import of accidents writes, versions left out."""
    return (
        list(AccidentCase.objects.order_by("pk").values_list("case_key", "severity", "victim_count", "cause_code")),
        list(Victim.objects.order_by("pk").values_list("name", "severity", "is_principal", "days_lost", "position")),
        set(Establishment.objects.values_list("tax_code", flat=True)),
    )  # fmt: skip


def by_hand() -> Any:
    """Another act: without one, a test's single transaction would go on in the import's."""
    return pghistory.context(act="by:hand")


def counts(plan: Any) -> dict[str, tuple[int, int]]:
    return {part.kind: (part.removed, part.restored) for part in plan.parts}


def test_created_records_go_and_the_import_says_so(land) -> None:
    before = state()
    run = taken(row(), row(case_key="V2", establishment_tax_code="0100112437", establishment_name="Xưởng mới"))
    plan = undoing.preview(scene.act(), run=run)
    assert counts(plan)["Vụ tai nạn lao động"] == (2, 0)
    assert plan.possible
    assert state() != before
    undo(run)
    assert state() == before
    run.refresh_from_db()
    assert (run.state, run.undone_at is not None) == ("undone", True)
    told = AccidentCase.pgh_event_model.objects.order_by("-pgh_id").first()
    assert (told.pgh_label, told.pgh_context.metadata["act"]) == ("delete", "imports:run:undone")


def test_changed_records_take_their_former_values_and_newer_versions(land) -> None:
    taken(row(), row(victim_name="Trần Văn Hai", severity="minor"), row(case_key="V3"))
    before = state()
    version = AccidentCase.objects.get(case_key="V1").version
    # The second victim becomes the principal one: two rows exchange what only one may have.
    run = taken(
        row(cause_code="4", days_lost="90"),
        row(cause_code="4", victim_name="Trần Văn Hai", severity="fatal"),
        row(case_key="V3"),
    )
    assert state() != before
    plan = undo(run)
    assert counts(plan) == {"Vụ tai nạn lao động": (0, 1), "Người bị nạn": (0, 2)}
    assert state() == before
    assert AccidentCase.objects.get(case_key="V1").version > version + 1


def test_imports_upon_one_another_are_undone_from_the_last_to_the_first(land) -> None:
    empty = state()
    first = taken(row())
    middle = state()
    second = taken(row(days_lost="40"), row(victim_name="Người thứ hai"))
    with pytest.raises(Rejected) as refused:
        undo(first)
    assert {problem.code for problem in refused.value.problems} == {"undo_altered", "undo_in_use"}
    undo(second)
    assert state() == middle
    undo(first)
    assert state() == empty


def test_a_record_somebody_changed_since_forbids_everything_and_is_named(land) -> None:
    run = taken(row(), row(case_key="V2"))
    case = AccidentCase.objects.get(case_key="V2")
    with by_hand():
        AccidentCase.objects.filter(pk=case.pk).update(description="Đã bổ sung diễn biến")
    before = state()
    plan = undoing.preview(scene.act(), run=run)
    part = next(part for part in plan.parts if part.altered)
    assert (part.altered, part.examples, plan.possible) == (1, (str(case),), False)
    with pytest.raises(Rejected, match="1 bản ghi đã được sửa"):
        undo(run)
    assert state() == before
    run.refresh_from_db()
    assert run.state == "done"


def test_a_created_record_that_something_points_at_forbids_it_with_a_count(land) -> None:
    run = taken(row(case_key="V2", establishment_tax_code="0100112437", establishment_name="Xưởng mới"))
    made = Establishment.objects.get(tax_code="0100112437")
    with by_hand():
        other = AccidentCase.objects.create(
            place=land.river, establishment=made, occurred_at=scene.act().at, conclusion="pending", victim_count=1
        )
    with pytest.raises(Rejected, match=r"Vụ tai nạn lao động \(1 bản ghi\).*Xưởng mới"):
        undo(run)
    with by_hand():
        other.delete()
    undo(run)
    assert not Establishment.objects.filter(tax_code="0100112437").exists()


def test_what_was_removed_by_hand_does_not_stand_against_it(land) -> None:
    run = taken(row(), row(case_key="V2"))
    with by_hand():
        Victim.objects.filter(case__case_key="V2").delete()
        AccidentCase.objects.filter(case_key="V2").delete()
    plan = undo(run)
    assert [(part.removed, part.gone) for part in plan.parts] == [(1, 1), (1, 1)]
    assert not AccidentCase.objects.exists()


def test_a_second_call_changes_nothing_and_says_so(land) -> None:
    run = taken(row())
    undo(run)
    events = AccidentCase.pgh_event_model.objects.count()
    with pytest.raises(Conflict):
        undo(run)
    assert AccidentCase.pgh_event_model.objects.count() == events


def test_nobody_undoes_beyond_the_own_area(land) -> None:
    run = taken(row(), row(case_key="V2", place_code="99002", establishment_tax_code=""))
    plan = undoing.preview(scene.bound_act("province_officer", {land.river.pk}), run=run)
    assert [part.outside for part in plan.parts if part.outside] == [1]
    assert "undo_out_of_scope" in {problem.code for problem in plan.problems()}


def test_an_import_written_within_another_act_cannot_be_told_apart(land) -> None:
    with transaction.atomic(), pghistory.context(act="something:else"):
        run = taken(row())
    with pytest.raises(Rejected, match="ghi chung với việc khác"):
        undo(run)


def test_a_trial_and_a_file_that_changes_nothing_leave_no_import_behind(land) -> None:
    assert take_rows(scene.act(), ACCIDENTS, [row()], Options(dry_run=True)).run is None
    taken(row())
    assert take_rows(scene.act(), ACCIDENTS, [row()], Options()).run is None
    assert ImportRun.objects.get().new_rows == 1

"""Records change after acceptance: it is found, told, and becomes the next number; the old one stays as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.oversight.snapshots import ground

from atvsld.casework.accidents.actions import change_case, change_victim, open_case
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.ids import new_ulid
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import actions, content, facade, verifying
from atvsld.oversight.snapshots.cells import Cell
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.platform.access.actor import Actor
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.outbox.models import Message

pytestmark = pytest.mark.django_db
HURT = datetime(2026, 6, 20, 2, tzinfo=UTC)
ACCEPTED = datetime(2026, 7, 3, 2, tzinfo=UTC)
DIED = datetime(2026, 7, 30, 2, tzinfo=UTC)  # the fortieth day
SEVERE = {
    "name": "Người Thử", "sex": "male", "labour_relation": "contract", "severity": "severe", "injury_codes": ("011",),
    "managed": True, "occupation_code": "71",
}  # fmt: skip


@pytest.fixture
def world():
    return ground.world(count=30)


@pytest.fixture
def officer():
    user = User.objects.create(username="can-bo-thu")
    return Actor("Cán bộ Thử", user_id=user.pk, grants=ground.officer().grants)


@pytest.fixture
def hurt(world):
    """One severely hurt worker in the first half of 2026; the half-year report is accepted."""
    _top, communes, owners = world
    draft = CaseDraft(
        occurred_at=HURT, place_id=communes[0].pk, establishment_id=owners[0].pk, conclusion="occupational",
        cause_code="1", injury_agent_code="1",
    )  # fmt: skip
    return open_case(ground.act(at=HURT), key=new_ulid(), case=draft, victims=[VictimDraft(**SEVERE)])


def half_year(officer, key="half"):
    request = Request("ND39-XIV", "2026-H1", place="48")
    return actions.accept(ground.act("số liệu thử", at=ACCEPTED, actor=officer), request=request, key=key)


def dies(case):
    victim = case.victims.get()
    case.refresh_from_db()
    change_victim(
        ground.act("Tử vong tại bệnh viện", at=DIED), victim=victim, version=case.version,
        changes=VictimDraft(**{**SEVERE, "severity": "fatal"}),
    )  # fmt: skip


def deaths(report, row="1"):
    column = next(leaf.key for leaf in report.form.leaf_columns("II") if leaf.measure == "deaths")
    return column, report.table("II").row(row).cells[column]


def test_a_death_on_the_fortieth_day_bumps_the_frozen_half_year_report(hurt, officer):
    first = half_year(officer)
    assert actions.tick(DIED) == 0
    assert not ReportRevision.objects.exists()
    dies(hurt)
    assert actions.tick(DIED) == 1
    draft = ReportRevision.objects.get()
    column, before = deaths(content.report_of(content.held(first)))
    change = next(cell for cell in draft.cells if (cell["row"], cell["column"]) == ("1", column))
    assert (draft.number, int(change["was"]), int(change["now"])) == (2, before, before + 1)
    assert [record["record"] for record in draft.records] == [hurt.victims.get().public_id]
    message = Message.objects.get()
    assert (message.user_id, message.url) == (officer.user_id, f"/bao-cao/chot/{first.public_id}/")
    # Looking again tells nobody again.
    assert actions.tick(DIED) == 0
    assert list(facade.outdated(officer)) == [draft]

    kept = {file.format: file.file.sha256 for file in first.files.select_related("file")}
    second = actions.revise(
        ground.act("Người bị nạn chết sau 40 ngày", at=DIED, actor=officer), snapshot=first, version=1, key="two"
    )
    first.refresh_from_db()
    assert (first.state, second.number, second.previous) == ("superseded", 2, first)
    assert deaths(content.report_of(content.held(second)))[1] == before + 1
    data = second.held_content.data
    assert data["supersedes"] == first.code
    assert change in data["changes"]
    for kind, sha256 in kept.items():
        result = verifying.verify(verifying.file_bytes(first, kind))
        assert (result.verdict, result.snapshot, result.sha256) == (verifying.Verdict.EQUAL, first, sha256)
    draft.refresh_from_db()
    assert (draft.state, draft.result) == ("accepted", second)
    assert facade.latest("ND39-XIV", "2026-H1", "48") == second


def test_the_passport_names_the_record_that_made_the_difference(hurt, officer):
    first = half_year(officer)
    column, before = deaths(content.report_of(content.held(first)))
    dies(hurt)
    found = facade.passport(officer, first, Cell("II", "1", column), at=DIED)
    assert found.overtaken
    assert (found.figure.value, found.now) == (before, before + 1)
    assert [(one.kind, one.line.record) for one in found.differences] == [("added", hurt.victims.get().public_id)]


def test_a_draft_follows_the_records_and_goes_when_they_agree_again(hurt, officer):
    first = half_year(officer)
    victim = hurt.victims.get()
    for severity in ("fatal", "severe"):
        hurt.refresh_from_db()
        change_victim(
            ground.act(at=DIED), victim=victim, version=hurt.version,
            changes=VictimDraft(**{**SEVERE, "severity": severity}),
        )  # fmt: skip
        actions.tick(DIED)
        assert (facade.open_revision(first) is not None) == (severity == "fatal")
    assert ReportRevision.objects.get().state == "dropped"


def test_what_no_figure_counts_makes_no_draft(hurt, officer, world):
    first = half_year(officer)
    hurt.refresh_from_db()
    moved = CaseDraft(
        occurred_at=HURT, place_id=world[1][1].pk, establishment_id=world[2][0].pk, conclusion="occupational",
        cause_code="1", injury_agent_code="1", description="Chuyển xã trong cùng tỉnh",
    )  # fmt: skip
    change_case(ground.act(at=DIED), case=hurt, version=hurt.version, changes=moved)
    assert actions.tick(DIED) == 0
    assert facade.open_revision(first) is None


def test_a_late_record_written_in_bulk_is_found_where_it_counts(hurt, officer, world):
    first = half_year(officer)
    # Bulk writes call no action, but the history of the tables tells.
    case = AccidentCase.objects.create(
        occurred_at=HURT, place=world[1][2], conclusion="occupational", severity="minor", victim_count=1
    )
    Victim.objects.bulk_create(
        [Victim(case=case, position=1, is_principal=True, severity="minor", labour_relation="contract")]
    )
    assert actions.tick(DIED) == 1
    assert [record["kind"] for record in ReportRevision.objects.get().records] == ["added"]
    column, before = deaths(content.report_of(content.held(first)))
    columns = {leaf.measure: leaf.key for leaf in content.held(first).plan.form.leaf_columns("II")}
    for measure, more in (("minor", 1), ("victims", 1), ("deaths", 0)):
        if measure in columns:
            found = facade.passport(officer, first, Cell("II", "1", columns[measure]), at=DIED)
            assert (found.now - found.figure.value, len(found.differences)) == (more, more), measure
    assert column == columns["deaths"]
    assert before is not None


def test_a_revision_needs_a_reason_a_difference_and_the_number_that_was_read(hurt, officer):
    first = half_year(officer)
    with pytest.raises(Rejected, match="không có gì để sửa"):
        actions.revise(ground.act("vì", at=DIED, actor=officer), snapshot=first, version=1, key="a")
    dies(hurt)
    with pytest.raises(Rejected, match="lý do"):
        actions.revise(ground.act(at=DIED, actor=officer), snapshot=first, version=1, key="b")
    with pytest.raises(Conflict):
        actions.revise(ground.act("vì", at=DIED, actor=officer), snapshot=first, version=7, key="c")
    second = actions.revise(ground.act("vì", at=DIED, actor=officer), snapshot=first, version=1, key="d")
    assert actions.revise(ground.act("vì", at=DIED, actor=officer), snapshot=first, version=1, key="d") == second
    assert ReportSnapshot.objects.count() == 2


def test_withdrawing_is_an_act_with_a_reason_and_the_number_stays_used(hurt, officer):
    first = half_year(officer)
    with pytest.raises(Rejected, match="lý do"):
        actions.withdraw(ground.act(at=DIED, actor=officer), snapshot=first, version=1)
    actions.withdraw(ground.act("Chấp nhận nhầm", at=DIED, actor=officer), snapshot=first, version=1)
    first.refresh_from_db()
    assert (first.state, first.withdrawn_why) == ("withdrawn", "Chấp nhận nhầm")
    assert actions.tick(DIED) == 0
    with pytest.raises(Conflict):
        actions.withdraw(ground.act("lần nữa", at=DIED, actor=officer), snapshot=first, version=1)
    assert half_year(officer, key="again").number == 2

"""Accepting a consolidation: once, as seen, and with what came afterwards told by date and difference."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connections
from tests.oversight.consolidation.stage import AT, everybody, file, hand_in
from tests.oversight.reporting import province

from atvsld.kit.ids import new_ulid
from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation import frozen, kept, revising, service
from atvsld.oversight.consolidation.actions import accept
from atvsld.oversight.consolidation.models import ConsolidatedReport, CountedReport
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.filing.models import Figure
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected

REQUEST = Request("ND39-XIV", "2024", place="48")
LINE = {("I", "1", "3"): 1, ("I", "1", "6"): 2, ("I", "1", "7"): 0, ("I", "1", "10"): 1, ("I", "1", "4"): 1}


def act(*, at: datetime = AT, reason: str = "", actor=None) -> Act:
    return Act(actor or everybody(), Channel.PAGE, at=at, reason=reason)


@pytest.fixture(autouse=True)
def _plain_files(monkeypatch):
    """Papers are another test's matter."""
    from atvsld.oversight.consolidation import files

    monkeypatch.setattr(files, "KEPT", ("json",))


def land():
    _province, communes = province.places()
    return province.establishments(communes)


@pytest.mark.django_db
def test_late_and_corrected_reports_show_with_date_and_difference():
    firms = land()
    first = file(firms[0], "R1", "2024", LINE)
    report = accept(
        act(), request=REQUEST, key=new_ulid(), seen=kept.digest(service.produce(everybody(), REQUEST, at=AT))
    )
    assert (report.number, report.state, CountedReport.objects.count()) == (1, "accepted", 1)
    assert not revising.since(everybody(), report, at=AT).outdated
    week = AT + timedelta(days=7)
    hand_in(first, LINE | {("I", "1", "6"): 3}, at=week)
    late = file(firms[1], "R1", "2024", LINE, late=True)
    came = revising.since(everybody(), report, at=week)
    assert {(one.filing.pk, one.kind) for one in came.arrivals} == {(first.pk, "corrected"), (late.pk, "late")}
    assert next(one for one in came.arrivals if one.kind == "corrected").at == week
    changed = {change.cell: (change.was, change.now) for change in came.changes}
    assert changed[Cell("II", "1", "6")] == (2, 5)
    assert changed[Cell("I", "1", "4")] == (1, 2)
    with pytest.raises(Rejected, match="cần ghi lý do"):
        accept(act(at=week), request=REQUEST, key=new_ulid())
    second = accept(act(at=week, reason="Báo cáo nộp muộn"), request=REQUEST, key=new_ulid(), seen=came.digest)
    report.refresh_from_db()
    assert (second.number, second.state, report.state) == (2, "accepted", "superseded")
    assert kept.figures_in(report)[Cell("II", "1", "6")] == 2
    # Both can be made again from the submissions they added up, whatever came since.
    hand_in(first, {("I", "1", "6"): 900}, at=week + timedelta(days=1))
    firms[1].ownership_type = "01"
    firms[1].save()
    assert frozen.verify(report) == []
    assert frozen.verify(second) == []
    # ... and would tell if somebody had changed what was handed in.
    Figure.objects.filter(submission__filing=late, cell__row="1", cell__column="6").update(value=7)
    assert Cell("II", "1", "6") in frozen.verify(second)


@pytest.mark.django_db
def test_a_report_returned_after_acceptance_shows_as_withdrawn():
    firms = land()
    filing = file(firms[0], "R1", "2024", LINE)
    file(firms[1], "R1", "2024", LINE)
    report = accept(act(), request=REQUEST, key=new_ulid())
    type(filing).objects.filter(pk=filing.pk).update(state="returned")
    came = revising.since(everybody(), report, at=AT)
    assert [one.kind for one in came.arrivals] == ["withdrawn"]
    assert next(change.difference for change in came.changes if change.cell == Cell("II", "1", "6")) == -2


@pytest.mark.django_db
def test_nothing_is_accepted_that_was_not_seen_or_is_not_over():
    firms = land()
    with pytest.raises(Rejected, match="Chưa có báo cáo nào"):
        accept(act(), request=REQUEST, key=new_ulid())
    file(firms[0], "R1", "2024", LINE)
    seen = kept.digest(service.produce(everybody(), REQUEST, at=AT))
    file(firms[1], "R1", "2024", LINE)
    with pytest.raises(Conflict, match="đã thay đổi"):
        accept(act(), request=REQUEST, key=new_ulid(), seen=seen)
    with pytest.raises(Rejected, match="chưa kết thúc"):
        accept(act(at=datetime.fromisoformat("2024-12-31T03:00:00+00:00")), request=REQUEST, key=new_ulid())
    key = new_ulid()
    made = accept(act(), request=REQUEST, key=key)
    assert accept(act(), request=REQUEST, key=key).pk == made.pk
    with pytest.raises(Rejected, match="không có gì để sửa"):
        accept(act(reason="Thử"), request=REQUEST, key=new_ulid())
    nobody = replace(everybody(), grants=())
    with pytest.raises(Refused):
        accept(act(actor=nobody), request=REQUEST, key=new_ulid())


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_accept_one():
    firms = land()
    file(firms[0], "R1", "2024", LINE)
    done: list[str] = []
    gate = threading.Barrier(3)

    def click() -> None:
        gate.wait(20)
        try:
            accept(act(), request=REQUEST, key=new_ulid())
            done.append("accepted")
        except (Conflict, Rejected) as error:
            done.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done.count("accepted") == 1
    assert len(done) == 3
    assert ConsolidatedReport.objects.count() == 1
    assert CountedReport.objects.count() == 1

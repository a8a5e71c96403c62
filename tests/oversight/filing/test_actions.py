"""What may become of a report, from which state, by whom; and that nothing is handed in twice or by half."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from tests.casework.accidents import scene
from tests.oversight.filing import stage

from atvsld.kit.ids import new_ulid
from atvsld.oversight.filing import actions, figures
from atvsld.oversight.filing.models import DraftEntry, Figure, Filing, Submission
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.registers.bodies.models import Body

pytestmark = pytest.mark.django_db
State = Filing.State


@pytest.fixture
def land(db):
    found = scene.build()
    stage.stage(found)
    return found


def codes(error: pytest.ExceptionInfo[Rejected]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_report_is_opened_once_in_the_form_of_its_period(land):
    act = stage.employer(land)
    first = stage.opened(land, act)
    assert stage.opened(land, act).pk == first.pk
    assert (first.form, str(first.form_valid_from), str(first.due_before)) == ("ND39-XII", "2016-07-01", "2026-01-10")
    assert first.recipient.code == "so-noi-vu-thu"
    assert first.place == land.river
    for report, period, code in (("R99", "2025", "unknown_report"), ("R1", "2025-H2", "not_in_force"),
                                 ("R1", "năm nay", "bad_period"), ("R2", "2025", "not_this_reporter")):  # fmt: skip
        with pytest.raises(Rejected) as refused:
            stage.opened(land, act, report=report, period=period)
        assert codes(refused) == {code}


def test_the_draft_begins_with_the_registers_and_a_departure_needs_its_reason(land):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    begun = stage.draft(filing).filled
    assert begun.figures["I"]["1"]["3"] == 1
    assert begun.figures["I"]["1"]["12"] == 1
    assert begun.figures["I"]["3"]["6"] == 2
    assert begun.figures["II"]["3"]["3"] == 2400  # 1.000 đồng
    assert begun.header["workers"] == 120
    assert begun.departures == ()
    assert DraftEntry.objects.count() == 0, "nothing is stored until it is typed"
    saved = stage.write(filing, act, **{"II/3/1": "45", "II/3/6": "5.000,5", "header:workers": "mười"})
    assert not saved.clashes
    now = stage.draft(filing).filled
    assert now.figures["II"]["3"]["6"] == Decimal("5000.5")
    assert now.unreadable == {"header:workers": "mười"}
    assert set(now.unexplained) == {"II/3/1", "II/3/6"}
    with pytest.raises(Rejected) as refused:
        stage.submit(filing, act)
    assert codes(refused) == {"not_a_number", "departure_without_reason"}
    stage.write(filing, act, **{"II/3/1": ("45", "Có thêm 2 ngày tái khám"), "II/3/6": None, "header:workers": None})
    made = stage.submit(filing, act)
    assert made.content["departures"] == ["II/3/1"]
    assert made.departures == 1
    held = Figure.objects.get(submission=made, cell__table="II", cell__column="1")
    assert (held.value, held.register_value, held.reason) == (45, 43, "Có thêm 2 ngày tái khám")


def test_checks_of_the_form_stop_it_explain_it_or_warn(land):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    why = "đã đối chiếu sổ gốc"
    stage.write(filing, act, **{"I/1/4": ("5", why), "II/3/1": ("", why)})
    with pytest.raises(Rejected) as refused:
        stage.submit(filing, act)
    found = {(problem.code, problem.column) for problem in refused.value.problems}
    assert ("check_failed", "I/1/4") in found
    assert ("needs_explanation", "II/3/1") in found
    stage.write(filing, act, **{"I/1/4": None, "explain:II.whole": "Chưa có số ngày nghỉ của nạn nhân đã chuyển viện"})
    made = stage.submit(filing, act)
    assert made.explained == 1
    assert actions.needs_eyes(stage.fresh(filing))


def test_the_whole_way_of_a_report(land):
    act, decider = stage.employer(land), stage.officer()
    filing = stage.opened(land, act)
    with pytest.raises(Rejected):
        actions.accept(decider, filing=filing, version=filing.version)
    first = stage.submit(filing, act)
    filing = stage.fresh(filing)
    assert (filing.state, filing.late, filing.number, first.number) == (State.SUBMITTED, True, 1, 1)
    with pytest.raises(Rejected):
        actions.return_filing(decider, filing=filing, version=filing.version, remarks={"": "  "})
    with pytest.raises(Rejected):
        actions.return_filing(decider, filing=filing, version=filing.version, remarks={"I/99/3": "Không có dòng này"})
    filing = actions.return_filing(
        decider, filing=filing, version=filing.version, remarks={"II/3/1": "Cộng lại ngày nghỉ", "": "Bổ sung dấu"}
    )
    assert filing.state == State.RETURNED
    assert {remark.key for remark in first.remarks.all()} == {"II/3/1", ""}
    with pytest.raises(Rejected) as refused:
        stage.submit(filing, act)
    assert codes(refused) == {"no_reason"}
    stage.write(filing, act, **{"II/3/1": ("44", "Cộng thêm 1 ngày")})
    second = stage.submit(filing, act, reason="Sửa ngày nghỉ theo yêu cầu")
    assert second.number == 2
    assert first.content != second.content
    assert Submission.objects.get(pk=first.pk).content["figures"]["II"]["3"]["1"] == "43", "the earlier one stays"
    filing = stage.fresh(filing)
    with pytest.raises(Conflict):
        actions.accept(decider, filing=filing, version=filing.version - 1)
    filing = actions.accept(decider, filing=filing, version=filing.version)
    with pytest.raises(Rejected):
        stage.write(filing, act, **{"II/3/1": "40"})
    asking = stage.employer(land)
    filing = actions.ask_correction(
        type(asking)(asking.actor, asking.channel, asking.at, reason="Nhầm số ngày"), filing=filing,
        version=filing.version,
    )  # fmt: skip
    assert filing.asked_reason == "Nhầm số ngày"
    assert actions.lock(decider, filings=[filing]) == 1
    filing = stage.fresh(filing)
    with pytest.raises(Rejected):
        actions.return_filing(decider, filing=filing, version=filing.version, remarks={"": "Sửa"})
    with pytest.raises(Rejected):
        actions.unlock(decider, filing=filing, version=filing.version)
    filing = actions.unlock(stage.officer(reason="Đơn vị xin sửa"), filing=filing, version=filing.version)
    filing = actions.return_filing(decider, filing=filing, version=filing.version, remarks={"": "Sửa theo đơn"})
    assert (filing.state, filing.asked_at, filing.number) == (State.RETURNED, None, 2)
    # A correction begins with what was handed in last, not with the registers.
    assert stage.draft(filing).filled.texts["II/3/1"] == "44"
    assert stage.draft(filing).filled.reasons == {"II/3/1": "Cộng thêm 1 ngày"}


def test_who_may_do_what(land):
    act, decider = stage.employer(land), stage.officer()
    filing = stage.opened(land, act)
    other = scene.act(scene.person("mo.da", "employer", firm=land.quarry))
    commune = scene.act(scene.person("can.bo.xa", "commune_officer", at=land.river))
    leader = scene.act(scene.person("lanh.dao", "leader", at=land.province))
    for stranger in (other, commune, leader, decider):
        with pytest.raises(Refused):
            stage.write(filing, stranger, **{"II/3/1": "1"})
        with pytest.raises(Refused):
            stage.submit(filing, stranger)
        with pytest.raises(Refused):
            stage.opened(land, stranger)
    stage.submit(filing, act)
    filing = stage.fresh(filing)
    for stranger in (act, other, commune, leader):
        with pytest.raises(Refused):
            actions.accept(stranger, filing=filing, version=filing.version)
        with pytest.raises(Refused):
            actions.return_filing(stranger, filing=filing, version=filing.version, remarks={"": "Sửa"})
    body = Body.objects.get(code="ubnd-song-thu")
    mine = actions.open_filing(commune, report="R2", period="2025", body=body)
    assert (mine.form, mine.place) == ("ND39-XVI", land.river)
    assert stage.submit(mine, commune).number == 1
    elsewhere = scene.act(scene.person("xa.khac", "commune_officer", at=land.hill))
    with pytest.raises(Refused):
        actions.open_filing(elsewhere, report="R2", period="2025", body=body)


def test_nothing_occurred_is_a_report_of_zeros(land):
    act = scene.act(scene.person("mo.da", "employer", firm=land.quarry))
    filing = actions.open_filing(act, report="R1", period="2025", establishment=land.quarry)
    stage.write(filing, act, nil="1")
    made = stage.submit(filing, act)
    assert made.nil
    # Plain zeros are not stored; what would be anything else would be.
    assert not Figure.objects.filter(submission=made).exclude(cell__table="header").exclude(value=0).exists()
    # Against the registers it is said why, once.
    act = stage.employer(land)
    filing = stage.opened(land, act)
    stage.write(filing, act, nil="1")
    with pytest.raises(Rejected) as refused:
        stage.submit(filing, act)
    assert codes(refused) == {"nil_but_records"}
    stage.write(filing, act, **{"explain:nil": "Vụ này do đơn vị khác khai nhầm"})
    assert stage.submit(filing, act).departures > 0


def test_one_key_hands_in_once_and_what_was_not_seen_is_not_handed_in(land):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    seen = stage.draft(filing).mark
    stage.happened(land, occurred_at=scene.case_draft(land).occurred_at.replace(year=2025, month=11))
    with pytest.raises(Conflict):
        stage.submit(filing, act, seen=seen)
    key, before = new_ulid(), stage.fresh(filing)
    first = actions.submit(act, filing=before, key=key, version=before.version, seen=stage.draft(filing).mark)
    again = actions.submit(act, filing=before, key=key, version=before.version, seen=seen)
    assert (first.pk, first.receipt) == (again.pk, again.receipt)
    with pytest.raises(Conflict):
        actions.submit(act, filing=before, key=new_ulid(), version=before.version, reason="Bấm lại")
    with pytest.raises(Rejected) as refused:
        stage.submit(filing, act, reason="Bấm lại")
    assert codes(refused) == {"no_change"}


@pytest.mark.django_db(transaction=True)
def test_a_double_click_in_two_threads_hands_in_once(land):
    from django.db import connection

    act = stage.employer(land)
    filing, key = stage.opened(land, act), new_ulid()
    stage.write(filing, act, **{"II/3/1": ("44", "cộng thêm")})
    start, receipts, failures = threading.Barrier(4), [], []

    def click() -> None:
        try:
            start.wait(10)
            receipts.append(actions.submit(act, filing=filing, key=key, version=1).receipt)
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert len(set(receipts)) == 1
    assert Submission.objects.count() == 1
    assert Figure.objects.count() == len(list(figures.addresses(stage.drafts.base_of(stage.fresh(filing)))))


def test_killed_between_figures_and_state_nothing_is_half(land, monkeypatch):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    stage.write(filing, act, **{"II/3/1": ("44", "cộng thêm")})
    from atvsld.oversight.filing import following

    def killed(*_given: object) -> None:
        raise SystemExit

    monkeypatch.setattr(following, "tell", killed)
    with pytest.raises(SystemExit):
        stage.submit(filing, act)
    assert (Submission.objects.count(), Figure.objects.count()) == (0, 0)
    assert stage.fresh(filing).state == State.DRAFT
    assert DraftEntry.objects.filter(filing=filing).count() == 1
    monkeypatch.undo()
    assert stage.submit(filing, act).number == 1


def test_many_are_taken_in_at_once_but_for_those_that_need_eyes(land):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    stage.write(filing, act, **{"II/3/1": ("44", "cộng thêm")})
    stage.submit(filing, act)
    quarry = scene.act(scene.person("mo.da", "employer", firm=land.quarry))
    plain = actions.open_filing(quarry, report="R1", period="2025", establishment=land.quarry)
    stage.submit(plain, quarry)
    half = actions.open_filing(quarry, report="R1", period="2025-H1", establishment=land.quarry)
    chosen = [(one, one.version) for one in map(stage.fresh, (filing, plain, half))]
    found = actions.accept_many(stage.officer(), chosen=chosen)
    assert [one.pk for one in found.accepted] == [plain.pk]
    assert [one.pk for one in found.held_back] == [filing.pk]
    assert [one.pk for one in found.passed_over] == [half.pk]
    again = actions.accept_many(stage.officer(), chosen=chosen)
    assert (again.accepted, len(again.passed_over)) == ((), 2)
    stage.submit(half, quarry)
    assert actions.accept_all(stage.officer(), filings=Filing.objects.all()) == (1, 1)
    assert actions.accept_all(stage.officer(), filings=Filing.objects.all()) == (0, 1)
    assert {one.state for one in Filing.objects.all()} == {State.ACCEPTED, State.SUBMITTED}
    with pytest.raises(Refused):
        actions.accept_all(act, filings=Filing.objects.all())

"""A line's money: within what was given, on days of its year, once, and by whom it may be recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.oversight.budget.stage import committed, given, line, moment, officer, paid, proposed

from atvsld.kit.ids import new_ulid
from atvsld.oversight.budget import actions
from atvsld.oversight.budget.drafts import AllocationDraft, LineDraft, PaymentDraft
from atvsld.oversight.budget.models import Allocation, BudgetLine, Payment
from atvsld.oversight.budget.position import position
from atvsld.platform.acts import Conflict, Refused, Rejected


def codes(caught) -> set[str]:
    return {problem.code for problem in caught.value.problems}


def test_from_estimate_to_the_last_dong(stage, labour, finance):
    made = proposed(labour, stage.labour_task, 100)
    assert actions.consolidate(finance, year=2026) == 1
    given(finance, made, 80, number="1/QĐ")
    given(finance, made, 30, number="2/QĐ")
    given(finance, made, 10, number="3/QĐ", kind="cut", note="")  # back at the estimate: no reason needed
    contract = committed(labour, made, 60)
    paid(labour, made, 50, number="C1", commitment=contract.public_id)
    paid(labour, made, 40, number="C2")
    paid(labour, made, 5, number="C2", kind="returned", day=date(2026, 5, 2))
    held = position(made)
    assert (held.allocated, held.committed, held.spent, held.free, held.left) == (100, 60, 85, 5, 15)
    with pytest.raises(Rejected) as caught:
        paid(labour, made, 6, number="C3")
    assert codes(caught) == {"above_limit"}
    with pytest.raises(Rejected) as caught:
        paid(labour, made, 11, number="C3", commitment=contract.public_id)
    assert "còn phải chi 10" in str(caught.value)
    with pytest.raises(Rejected) as caught:
        committed(labour, made, 6, number="02/HĐ")
    assert codes(caught) == {"above_limit"}
    with pytest.raises(Rejected) as caught:
        given(finance, made, 6, number="4/QĐ", kind="cut")
    assert codes(caught) == {"below_used"}
    with pytest.raises(Rejected) as caught:
        paid(labour, made, 36, number="C4", kind="returned")
    assert "thu hồi là 35" in str(caught.value)


def test_a_difference_from_the_estimate_needs_its_reason(stage, labour, finance):
    made = proposed(labour, stage.labour_task, 100)
    for amount in (90, 110):
        with pytest.raises(Rejected) as caught:
            given(finance, made, amount, note=" ")
        assert codes(caught) == {"no_reason"}
    given(finance, made, 110, note="thêm một lớp")
    assert position(made).variance == 10


def test_days_lie_in_the_budget_year(stage, labour, finance):
    made = proposed(labour, stage.labour_task, 100)
    given(finance, made, 100, day=date(2025, 12, 20))
    late = replace(labour, at=moment(date(2027, 2, 15)))
    paid(late, made, 10, number="C1", day=date(2027, 1, 31))
    for act, day, code in (
        (late, date(2027, 2, 1), "outside_year"), (late, date(2025, 12, 31), "outside_year"),
        (labour, date(2026, 6, 2), "future_date"),
    ):  # fmt: skip
        with pytest.raises(Rejected) as caught:
            paid(act, made, 10, number="C9", day=day)
        assert codes(caught) == {code}
    with pytest.raises(Rejected) as caught:
        committed(late, made, 10, day=date(2027, 1, 5))
    assert codes(caught) == {"outside_year"}


def test_who_may_record_what(stage, labour, health, finance):
    made = proposed(labour, stage.labour_task, 100)
    with pytest.raises(Refused):
        given(labour, made, 100)
    given(finance, made, 100)
    with pytest.raises(Refused):
        committed(health, made, 10)
    with pytest.raises(Refused):
        paid(finance, made, 10)
    with pytest.raises(Refused):
        line(health, stage.labour_task, 5, body=stage.labour)
    with pytest.raises(Rejected):
        line(health, stage.commune_task, 5, body=stage.health)
    # Money that is not the province's is recorded by who has it.
    own = proposed(labour, stage.labour_task, 20, source="social", purpose="Tài trợ áo phản quang")
    with pytest.raises(Refused):
        given(finance, own, 20)
    given(labour, own, 20)
    reader = officer(stage.labour, role="leader")
    with pytest.raises(Refused):
        line(reader, stage.labour_task)


def test_what_is_wrong_with_a_line_is_said_all_at_once(stage, labour):
    draft = LineDraft(year=2027, source="district", purpose=" ", estimate=-1)
    with pytest.raises(Rejected) as caught:
        actions.add_line(labour, key=new_ulid(), task=stage.labour_task, draft=draft)
    assert codes(caught) == {"no_purpose", "negative", "year_outside", "no_district"}
    line(labour, stage.labour_task, purpose="Mở lớp")
    with pytest.raises(Rejected) as caught:
        line(labour, stage.labour_task, purpose="mo lop")
    assert codes(caught) == {"twin"}
    assert BudgetLine.objects.count() == 1
    assert actions.propose(labour, lines=list(BudgetLine.objects.all())) == 1
    assert actions.propose(labour, lines=list(BudgetLine.objects.all())) == 0


def test_clicked_twice_it_is_one_record_and_two_officers_meet_a_conflict(stage, labour, finance):
    key, draft = new_ulid(), LineDraft(year=2026, source="province", purpose="In tờ rơi", estimate=100)
    made = actions.add_line(labour, key=key, task=stage.labour_task, draft=draft)
    assert actions.add_line(labour, key=key, task=stage.labour_task, draft=draft) == made
    with pytest.raises(Conflict):
        actions.add_line(labour, key=key, task=stage.labour_task, draft=replace(draft, estimate=90))
    actions.propose(labour, lines=[made])
    made.refresh_from_db()
    decision = AllocationDraft(number="7/QĐ", day=date(2026, 1, 5), amount=100)
    first = actions.allocate(finance, line=made, version=made.version, draft=decision)
    assert actions.allocate(finance, line=made, version=made.version, draft=decision) == first
    with pytest.raises(Conflict):
        actions.allocate(finance, line=made, version=made.version, draft=replace(decision, amount=99))
    # Both read the line at one version; the second voucher is not written unseen.
    made.refresh_from_db()
    voucher = PaymentDraft(number="C1", day=date(2026, 2, 1), amount=60)
    actions.pay(labour, line=made, version=made.version, draft=voucher)
    with pytest.raises(Conflict):
        actions.pay(labour, line=made, version=made.version, draft=replace(voucher, number="C2", amount=40))
    assert (Allocation.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_record_made_by_mistake_is_taken_out_only_when_nothing_rests_on_it(stage, labour, finance):
    made = proposed(labour, stage.labour_task, 100)
    allocation = given(finance, made, 100)
    contract = committed(labour, made, 60)
    payment = paid(labour, made, 50, commitment=contract.public_id)

    def cancel(act, entry):
        made.refresh_from_db()
        return actions.cancel(act, entry=entry, version=made.version)

    for act, entry in ((finance, allocation), (labour, contract)):
        with pytest.raises(Rejected):
            cancel(act, entry)
    with pytest.raises(Rejected) as caught:
        cancel(replace(labour, reason=" "), payment)
    assert codes(caught) == {"no_reason"}
    for act, entry in ((labour, payment), (labour, contract), (finance, allocation)):
        cancel(act, entry)
        cancel(act, entry)  # clicked twice
    assert position(made).allocated == Decimal(0)
    # Its number is free for the right record.
    given(finance, made, 100)


def test_what_was_allocated_stays_estimated_as_it_was(stage, labour, finance):
    made = proposed(labour, stage.labour_task, 100)
    with pytest.raises(Rejected):
        actions.change_line(
            labour, line=made, version=made.version,
            draft=LineDraft(year=2026, source="province", purpose="Khác", estimate=1),
        )  # fmt: skip
    actions.consolidate(finance, year=2026)
    made.refresh_from_db()
    with pytest.raises(Rejected) as caught:
        actions.return_line(labour, line=made, version=made.version)
    assert codes(caught) == {"consolidated"}
    given(finance, made, 100)
    made.refresh_from_db()
    for act in (labour, finance):
        with pytest.raises((Rejected, Refused)):
            actions.return_line(act, line=made, version=made.version)
        with pytest.raises((Rejected, Refused)):
            actions.withdraw_line(act, line=made, version=made.version)


def test_one_decision_over_many_lines_is_all_or_nothing(stage, labour, health, finance):
    one, two = proposed(labour, stage.labour_task, 100), proposed(health, stage.health_task, 50)
    decision = AllocationDraft(number="9/QĐ", day=date(2026, 1, 5), amount=0)
    from atvsld.oversight.budget.actions.consolidating import Share

    def shares(second):
        return [Share(line=one, version=2, amount=100, row=1), Share(line=two, version=2, amount=second, row=2)]

    with pytest.raises(Rejected) as caught:
        actions.allocate_decision(finance, draft=decision, shares=shares(40))
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("no_reason", 2)]
    assert Allocation.objects.count() == 0
    actions.allocate_decision(finance, draft=decision, shares=shares(50))
    actions.allocate_decision(finance, draft=decision, shares=shares(50))
    assert Allocation.objects.count() == 2

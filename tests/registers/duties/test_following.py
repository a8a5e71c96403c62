"""Open duties go on at the unit and with the body that take over, and say where they came from."""

from __future__ import annotations

from datetime import date

import pytest

from atvsld.platform.acts import Act

DAY = date(2027, 1, 1)


def merge():
    from atvsld.registers.places import drafts

    return drafts.from_mapping({
        "title": "Sắp xếp thử", "effective_on": DAY, "legal_basis": "Nghị quyết thử",
        "changes": [
            {"kind": "merge", "code": "20992", "new_code": "20992", "new_name": "Xã Thử"},
            {"kind": "merge", "code": "20341", "new_code": "20992"},
        ],
    })  # fmt: skip


@pytest.fixture
def owed_in(bodies, act):
    from atvsld.registers.duties import facade

    def owe(code, rule, key):
        return facade.owe(
            act, key=key, rule=rule, context="accidents", subject=key, label="TN-2026-000001", url="",
            place_id=bodies.at(code, act.day).pk, at=act.at,
        )  # fmt: skip

    return owe


def test_an_open_duty_moves_with_its_commune_and_its_committee_and_back(owed_in, act: Act):
    from atvsld.registers.bodies.queries import holder
    from atvsld.registers.duties import facade
    from atvsld.registers.places import tree
    from atvsld.registers.places.actions import reorganise

    open_one, done = owed_in("20341", "N_XA", "a"), owed_in("20341", "N_XA", "b")
    elsewhere = owed_in("20984", "N_XA", "c") if tree.current().at("20984", act.day) else None
    facade.discharge(act, key="b")
    before = open_one.place_id, open_one.body_id
    assert open_one.body is not None
    effects = reorganise.preview(merge()).effects
    assert next(effect.count for effect in effects if "Việc đang phải làm" in effect.label) == 1
    made = reorganise.apply(act, draft=merge())
    open_one.refresh_from_db()
    done.refresh_from_db()
    heir = tree.current().at("20992", DAY)
    assert open_one.place_id == heir.pk
    assert open_one.body == holder("commune", heir.pk, DAY)
    assert (open_one.from_place_id, open_one.from_body_id, open_one.moved_on) == (*before, DAY)
    # What was done stays where it was done; other communes are not touched.
    assert (done.place_id, done.moved_on) == (before[0], None)
    if elsewhere:
        elsewhere.refresh_from_db()
        assert elsewhere.moved_on is None
    reorganise.undo(act, reorganisation=made)
    open_one.refresh_from_db()
    assert (open_one.place_id, open_one.body_id, open_one.from_place_id, open_one.moved_on) == (*before, None, None)


def test_a_body_that_handed_over_hands_over_its_open_duties(owed_in, act: Act):
    from datetime import timedelta

    from atvsld.registers.bodies.models import Body, BodySuccession
    from atvsld.registers.duties import facade

    duty = owed_in("20341", "QUICK_XIII", "a")
    old = duty.body
    assert old is not None
    new = Body.objects.create(code="so-moi", name="Sở Mới", name_folded="so moi", place=old.place, valid_from=DAY)
    BodySuccession.objects.create(predecessor=old, successor=new, effective_on=DAY)
    Body.objects.filter(pk=old.pk).update(valid_to=DAY - timedelta(days=1))
    facade.reassign(act.at)
    duty.refresh_from_db()
    assert duty.body == old
    later = Act(act.actor, act.channel, at=act.at.replace(year=2027, month=1, day=2))
    facade.reassign(later.at)
    facade.reassign(later.at)
    duty.refresh_from_db()
    assert (duty.body, duty.from_body, duty.moved_on) == (new, old, DAY)

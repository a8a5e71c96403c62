"""A past report after a hundred changes of everything beneath it: the same bytes, from the frozen facts alone."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from tests.oversight.snapshots import ground

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.law import book as law_book
from atvsld.oversight.reporting import face, service
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import (
    actions,
    comparing,
    content,
    sealing,
    verifying,
    verifying_frozen,
    verifying_rooms,
)
from atvsld.oversight.snapshots.verifying import Verdict
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.actions.lifecycle import rename_establishment
from atvsld.registers.establishments.actions.merging import merge_establishments
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.places.actions import reorganise
from atvsld.registers.places.drafts import Change, ChangeKind, Draft
from atvsld.registers.places.models import Place

pytestmark = pytest.mark.django_db


def hundred_changes(communes, owners, dice) -> int:
    """Edits, new and removed victims, whole cases away, workforce, names, mergers, a reorganisation of places."""
    done = 0
    for victim in dice.sample(list(Victim.objects.all()), 40):
        victim.severity = dice.choice(["fatal", "severe", "minor", None])
        victim.sex, victim.labour_relation = dice.choice(["male", "female"]), dice.choice(["contract", "none"])
        victim.medical_cost, victim.occupation_code = dice.randrange(10**7), dice.choice(["71", "93", None])
        victim.save()
        done += 1
    for case in dice.sample(list(AccidentCase.objects.all()), 30):
        case.conclusion = dice.choice(["occupational", "pending", "article_39_2", "not_occupational"])
        case.cause_code, case.place = dice.choice(["1", "2", None]), dice.choice(communes)
        case.save()
        done += 1
    for case in dice.sample(list(AccidentCase.objects.all()), 10):
        Victim.objects.create(case=case, position=99, severity="fatal", labour_relation="contract")
        done += 1
    for case in dice.sample(list(AccidentCase.objects.filter(occurred_at__year=2024)), 12):
        case.delete()
        done += 1
    for number, owner in enumerate(owners[:3]):
        owner.refresh_from_db()
        rename_establishment(
            ground.act(at=ground.LATER), establishment=owner, version=owner.version, name=f"Tên mới {number}"
        )
        set_workforce(
            ground.act(at=ground.LATER),
            establishment=owner,
            year=2024,
            workers=7,
            female_workers=1,
            payroll=9,
            source="Khác",
        )
        done += 2
    merge_establishments(ground.act("trùng", at=ground.LATER), kept=owners[0], absorbed=owners[2])
    reorganise.apply(ground.act("Nghị quyết thử", at=ground.LATER), draft=merger())
    Body.objects.all().update(name="Sở đã đổi tên")
    Place.objects.filter(code="20192").update(name="Xã đã đổi tên")
    return done + 4


def merger() -> Draft:
    return Draft(
        title="Nhập hai xã", effective_on=date(2026, 2, 1), legal_basis="Nghị quyết thử",
        changes=tuple(
            Change(ChangeKind.MERGE, code, new_code="20195", new_name="Xã Nhập", new_kind="xa", row=row)
            for row, code in enumerate(("20190", "20191"), start=1)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("form", "subject"), [
    ("ND39-XII", {"establishment": "0400000000"}), ("ND39-XIV", {"place": "48"}), ("ND39-XVI", {"place": "20190"}),
])  # fmt: skip
def test_the_same_bytes_after_a_hundred_changes(form, subject, monkeypatch):
    _top, communes, owners = ground.world()
    snapshot = ground.accepted(form, **subject)
    kept = {kind: verifying.file_bytes(snapshot, kind) for kind in sealing.FORMATS}
    before = content.report_of(content.held(snapshot))
    assert hundred_changes(communes, owners, random.Random(5)) >= 100

    # Other law and other lines around the figures are not asked either: whoever reads them now is told so.
    def away(*_args, **_more):
        raise AssertionError("the law book and the registers of now must not be read")

    snapshot = type(snapshot).objects.get(pk=snapshot.pk)
    with monkeypatch.context() as patched:
        patched.setattr(law_book, "load_book", away)
        patched.setattr(face, "face_of", away)
        for kind, given in kept.items():
            result = verifying.verify(given)
            assert result.verdict is Verdict.EQUAL, kind
            assert result.store == verifying_rooms.Store(True, True, True, False)
            assert sealing.make_file(content.held(snapshot), content.recount(content.held(snapshot)), kind) == given
    live = service.produce(ground.officer(), Request(form, "2024", **subject), at=ground.LATER)
    assert live.tables != before.tables
    assert actions.tick(ground.LATER) == 1


def test_a_changed_law_is_said_and_changes_nothing(monkeypatch):
    ground.world()
    snapshot = ground.accepted("ND39-XIV")
    one = content.held(snapshot)
    assert not comparing.law_moved(one)
    # The rate of deaths per 100,000 is stated otherwise in the law book of tomorrow.
    monkeypatch.setattr("atvsld.oversight.reporting.compute._factors", lambda *_given: {"12": 1_000_000})
    assert comparing.law_moved(one)
    assert verifying_frozen.check_store(one, "pdf") == verifying_rooms.Store(True, True, True, False)
    assert actions.tick(datetime(2027, 1, 1, tzinfo=UTC)) == 0

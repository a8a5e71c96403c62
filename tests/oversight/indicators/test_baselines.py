"""A fixed baseline is a copy of what was reckoned: it moves with no register, and is lifted only with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.oversight.indicators.handed_in import SAMPLES, firms, hand_in
from tests.oversight.indicators.test_fatal_rate import deaths_and_workers

from atvsld.oversight.indicators import counted, policy, service
from atvsld.oversight.indicators.actions import lift_baseline, lock_baseline
from atvsld.oversight.indicators.models import Baseline
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected
from atvsld.registers.establishments.models import WorkforceYear

pytestmark = pytest.mark.django_db
AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
PAPER = "Quyết định 01/QĐ-UBND ngày 02/01/2025 (thử)"


@pytest.fixture
def act():
    return Act(system_actor("Người Khóa", all_permissions()), Channel.PAGE, at=AT)


@pytest.fixture
def owners():
    _top, found = firms()
    WorkforceYear.objects.all().delete()
    for year, deaths in ((2023, 10), (2024, 9)):
        deaths_and_workers(found[0], found[0].place, year, deaths=deaths, workers=10_000)
    return found


def test_the_path_stays_where_it_was_fixed_and_the_page_says_what_the_register_says_now(act, owners):
    lock_baseline(act, target="II.1", place="48", document=PAPER)
    deaths_and_workers(owners[0], owners[0].place, 2023, deaths=5, workers=0)
    report = service.fatal_rate(act.actor, place="48", at=AT)
    assert report.baseline.rate.count == 10
    assert report.baseline.counted.contract.deaths == 15
    assert report.path[2024] == 96
    assert any("10 người chết" in warning and "15" in warning for warning in report.warnings)
    assert report.to_json()["baseline_locked"]["document"] == PAPER


def test_twice_is_once_and_lifting_needs_a_reason_and_the_version_read(act, owners):
    first = lock_baseline(act, target="II.1", place="48", document=PAPER)
    assert lock_baseline(act, target="II.1", place="48", document="khác") == first
    assert Baseline.objects.count() == 1
    with pytest.raises(Rejected):
        lift_baseline(act, baseline=first, version=first.version, why=" ")
    with pytest.raises(Conflict):
        lift_baseline(act, baseline=first, version=first.version + 1, why="sửa số liệu")
    lift_baseline(act, baseline=first, version=first.version, why="sửa số liệu")
    lift_baseline(act, baseline=first, version=first.version, why="lần hai")
    assert Baseline.objects.get().lifted_why == "sửa số liệu"
    assert service.fatal_rate(act.actor, place="48", at=AT).locked is None
    lock_baseline(act, target="II.1", place="48", document=PAPER)
    assert Baseline.objects.filter(lifted_at=None).count() == 1


def test_what_is_not_known_exactly_cannot_be_fixed(act, owners):
    hand_in(owners[0], "R8", 2023, {SAMPLES: 4})
    with pytest.raises(Rejected, match="năm gốc 2023"):
        lock_baseline(act, target="II.3", place="48", document=PAPER)
    with pytest.raises(Rejected):
        lock_baseline(act, target="II.1", place="48", document="")
    WorkforceYear.objects.filter(year=2023).delete()
    with pytest.raises(Rejected):
        lock_baseline(act, target="II.1", place="48", document=PAPER)


def test_a_count_is_fixed_once_everybody_told(act):
    _top, owners = firms()
    for owner in owners:
        hand_in(owner, "R8", 2023, {SAMPLES: 4})
    lock_baseline(act, target="II.3", place="48", document=PAPER)
    hand_in(owners[0], "R8", 2024, {SAMPLES: 1})
    Baseline.objects.get().refresh_from_db()
    report = counted.count_report(act.actor, "II.3", place="48", at=AT)
    assert (report.locked.known.low, report.baseline.known.low) == (4, 4)


def test_only_those_who_hold_the_permission_over_the_whole_place(act, owners):
    reader = system_actor("Người Xem", {policy.READ})
    with pytest.raises(Refused):
        lock_baseline(Act(reader, Channel.PAGE, at=AT), target="II.1", place="48", document=PAPER)


def test_an_officer_fixes_and_lifts_it_on_the_page_and_a_reader_cannot(owners):
    from datetime import date

    from django.test import Client

    from atvsld.platform.accounts.models import User
    from atvsld.registers.offices.models import Office
    from atvsld.registers.places.models import Place

    top = Place.objects.get(code="48")
    clients = {}
    for role in ("province_officer", "leader"):
        user = User.objects.create(username=role, full_name="Người Thử")
        Office.objects.create(user=user, role=role, place=top, valid_from=date(2020, 1, 1))
        clients[role] = Client()
        clients[role].force_login(user)
    officer, leader = clients["province_officer"], clients["leader"]
    assert leader.post("/chi-tieu/II.1/khoa/", {"document": PAPER}).status_code == 403
    assert officer.post("/chi-tieu/II.1/khoa/", {"document": " "}).status_code == 422
    assert officer.post("/chi-tieu/II.1/khoa/", {"document": PAPER}).status_code == 302
    held = Baseline.objects.get(lifted_at=None)
    assert PAPER in officer.get("/chi-tieu/II.1/").content.decode()
    lift = f"/chi-tieu/II.1/khoa/{held.public_id}/mo/"
    assert leader.post(lift, {"version": held.version, "why": "x"}).status_code == 403
    assert officer.post(lift, {"version": held.version + 1, "why": "nhầm số"}).status_code == 409
    assert officer.post(lift, {"version": held.version, "why": "nhầm số"}).status_code == 302
    assert not Baseline.objects.filter(lifted_at=None).exists()

"""The demo's workers and service providers: believable, lawful in form, nobody real, every state to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from atvsld.project import demo
from atvsld.registers.providers import standing
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.workers import groups, identity_numbers
from atvsld.registers.workers.models import Employment, Worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """A small demo province, built once for this file and taken away again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.build(scale=0.05)
        transaction.set_rollback(True)


def test_no_identity_number_could_be_that_of_a_person(province: dict[str, int]) -> None:
    held = [identity_numbers.unseal(worker.identity_sealed) for worker in Worker.objects.exclude(identity_sealed="")]
    assert len(held) > 150
    assert all(number.startswith("000") and len(number) == 12 for number in held)
    for worker in Worker.objects.exclude(identity_sealed=""):
        number = identity_numbers.unseal(worker.identity_sealed)
        found = identity_numbers.check(worker.identity_kind, number, sex=worker.sex, birth=worker.birth_date)
        assert [problem.code for problem in found] == ["identity_prefix"]


def test_every_worker_belongs_where_the_present_work_is_and_is_old_enough(province: dict[str, int]) -> None:
    assert province["workers"] == Worker.objects.count() == 200
    for work in Employment.objects.select_related("worker"):
        assert work.started_on is not None
        assert work.worker.birth_date is not None
        assert work.started_on.year - work.worker.birth_date.year >= 15
        if work.ended_on is None:
            assert (work.establishment_id, work.place_id) == (work.worker.establishment_id, work.worker.place_id)
    told = Counter(group.value for worker in Worker.objects.all() for group in groups.groups_on(worker, TODAY))
    assert set(told) >= {"women", "minor", "elderly", "disabled", "domestic", "leased", "no_contract"}


def test_providers_of_every_kind_and_every_state_are_there(province: dict[str, int]) -> None:
    providers = ServiceProvider.objects.prefetch_related("qualifications", "suspensions")
    assert province["providers"] == len(providers) == 25
    states = Counter(standing.state(item, kind, TODAY) for item in providers for kind in standing.kinds(item))
    assert set(states) == {"active", "expiring", "expired", "suspended", "ceased", "doubtful"}
    assert len({kind for item in providers for kind in standing.kinds(item)}) == 6
    assert all("(mẫu)" in item.name for item in providers)

"""A mill and a quarry in two communes, and a woman who works at the mill."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest


@pytest.fixture
def land(db):
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def worker(land, act):
    """A woman born in 1990 on probation at the mill since May 2026."""
    from atvsld.registers.workers.actions.register import register_worker
    from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft

    return register_worker(
        act,
        draft=WorkerDraft(
            name="Nguyễn Thị  Thử",
            birth_date=date(1990, 2, 1),
            sex="female",
            identity_kind="citizen",
            identity_number="000 190 001 234",
        ),
        employment=EmploymentDraft(
            establishment_id=land.mill.pk, started_on=date(2026, 5, 1), labour_relation="probation", job_title="May"
        ),
    )


@pytest.fixture
def cast(land):
    """Actors: the mill's employer, another employer, officers of both communes and of the province."""
    from atvsld.platform.access.actor import Actor, Grant, Scope
    from atvsld.registers.offices.roles import roles

    def actor(role, dimension, pk):
        grant = Grant(role, roles()[role].permissions, Scope(dimension, frozenset({pk}), label=role))
        return Actor(role, grants=(grant,))

    return SimpleNamespace(
        employer=actor("employer", "establishment", land.mill.pk),
        stranger=actor("employer", "establishment", land.quarry.pk),
        here=actor("commune_officer", "place", land.river.pk),
        leader=actor("leader", "place", land.river.pk),
    )

"""A small province whose reports are accepted, and how the tests ask for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.oversight.reporting import province

from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import actions
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.platform.access.actor import Actor, Grant, Scope, system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places.models import Place

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 2, tzinfo=UTC)


def world(seed: int = 1, count: int = 160) -> tuple[Place, list[Place], list[Establishment]]:
    """Province, communes, establishments, with random accidents of 2023 to 2025."""
    top, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=seed, count=count)
    return top, communes, owners


def officer() -> Actor:
    return system_actor("Cán bộ Thử", all_permissions())


def within(place: Place, *permissions: str) -> Actor:
    """Somebody bound to one place."""
    scope = Scope("place", frozenset({place.pk}), label=place.name, root=place.pk)
    return Actor("Cán bộ xã Thử", grants=(Grant("thu", frozenset(permissions), scope),))


def act(reason: str = "", *, at: datetime = AT, actor: Actor | None = None) -> Act:
    return Act(actor or officer(), Channel.PAGE, at=at, reason=reason)


def accepted(form: str = "ND39-XIV", period: str = "2024", key: str = "k1", **subject: Any) -> ReportSnapshot:
    """A report accepted at `AT`; the reason speaks for checks that random records fail."""
    request = Request(form, period, **(subject or {"place": "48"}))
    return actions.accept(act("số liệu thử"), request=request, key=key)

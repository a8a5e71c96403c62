"""A small province whose offices are held: an employer, two commune officers, a provincial officer, a leader."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
def land(db):
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def people(land):
    from tests.casework.accidents import scene

    return SimpleNamespace(
        employer=scene.person("employer", "employer", firm=land.mill),
        quarryman=scene.person("quarryman", "employer", firm=land.quarry),
        river=scene.person("river", "commune_officer", at=land.river),
        hill=scene.person("hill", "commune_officer", at=land.hill),
        officer=scene.person("officer", "province_officer", at=land.province),
        leader=scene.person("leader", "leader", at=land.province),
    )


@pytest.fixture
def told(monkeypatch):
    """Every notice handed over: (key, user, at, email), in order."""
    from atvsld.registers.duties import notices

    found = []

    def tell(duty, rung, user_id, *, at, email):
        # The sentences are made, so that one that cannot be made fails here.
        assert notices.subject(duty, rung, at)
        assert notices.body(duty, rung, at)
        key = notices.notice_key(duty, rung, user_id)
        found.append(SimpleNamespace(key=key, user=user_id, at=at, email=email, due=rung.at, step=rung.step.id))

    monkeypatch.setattr(notices, "tell", tell)
    return found


@pytest.fixture
def owed(land):
    """Owe a duty about a case in the river commune, concerning the mill: `owed("INV_CHET", at="2026-05-04T09:30")`."""
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.acts import Act, Channel
    from atvsld.registers.duties import facade

    def owe(rule, *, at, now=None, key="", **more):
        act = Act(system_actor("kiểm thử", []), Channel.JOB, at=moment(now or at))
        more.setdefault("establishment_id", land.mill.pk)
        return facade.owe(
            act,
            key=key or f"accidents:X:{rule}:1",
            rule=rule,
            context="accidents",
            subject="X",
            label="TN-2026-000001",
            url="/tai-nan/X/",
            place_id=land.river.pk,
            **({} if "period" in more or "day" in more else {"at": moment(at)}),
            **more,
        )

    return owe


@pytest.fixture
def an_act():
    """An act at a moment, as a calling room makes it."""
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.acts import Act, Channel

    return lambda text: Act(system_actor("kiểm thử", []), Channel.JOB, at=moment(text))


@pytest.fixture
def labour_department(land):
    """The body that leads on safety in the province."""
    from atvsld.registers.bodies.models import Body, BodyFunction

    body = Body.objects.create(
        code="so", name="Sở Thử", name_folded="so thu", place=land.province, valid_from=date(2020, 1, 1)
    )
    BodyFunction.objects.create(body=body, function="osh_lead", place=land.province, valid_from=date(2020, 1, 1))
    return body

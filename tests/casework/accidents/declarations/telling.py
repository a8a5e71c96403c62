"""Notices as somebody tells them, in the small province."""

from __future__ import annotations

from datetime import timedelta

from tests.casework.accidents import scene

from atvsld.casework.accidents.declarations.actions import receive
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.notice import Notice, Reporter
from atvsld.kit.ids import new_ulid

REPORTER = Reporter(name="Trần Thị Báo Tin", phone="0900111222", relation="hàng xóm nhà số 17")


def notice(land: scene.Land, **changes) -> Notice:
    stated = {
        "kind": "employer", "channel": "phone", "occurred_at": scene.NOW - timedelta(hours=5),
        "known_at": scene.NOW - timedelta(hours=4), "place_id": land.river.pk, "establishment_id": land.mill.pk,
        "severe": 1, "description": "Kẹp tay vào máy ép.", "spot": "Xưởng 2",
    }  # fmt: skip
    return Notice(**(stated | changes))


def informal(land: scene.Land, **changes) -> Notice:
    """A word taken by the commune of somebody who works for nobody."""
    stated = {"kind": "family", "channel": "in_person", "establishment_id": None, "known_at": None}
    stated |= {"labour_relation": "none", "reporter": REPORTER, "description": "Ngã từ mái nhà khi lợp tôn."}
    return notice(land, **(stated | changes))


def told(land: scene.Land, by=None, key: str | None = None, **changes) -> Declaration:
    return receive(by or scene.act(), key=key or new_ulid(), notice=notice(land, **changes))

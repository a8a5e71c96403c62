"""The desk and its forms in a real browser: usable by keyboard and on a phone, without faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests import browser as chromium
from tests.casework.accidents.investigation.story import INJURY, begun
from tests.casework.accidents.scene import victim_draft
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.django_db(transaction=True)
def test_every_page_of_an_investigation_can_be_used_by_everybody(live_server, page: Page, land, officer):
    story = begun(land, victim_draft(severity="fatal"), victim_draft(severity="severe", injury_codes=(INJURY,)))
    story.later(hours=1).set_up().begin().hear().keep("HS_b", "HS_c").later(days=2).write().approve()
    root = f"{live_server.url}/tai-nan/{story.case.public_id}/"
    walking.watched(page)
    session = Client()
    session.force_login(officer)
    page.context.add_cookies(
        [{"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}]
    )
    parts = {"": "dieu-tra", "doan/": "dieu-tra-doan", "hop/": "dieu-tra-hop", "loi-khai/moi/": "dieu-tra-loi-khai"}
    parts[f"bien-ban/{story.minutes.public_id}/"] = "dieu-tra-bien-ban"
    parts[f"bien-ban/{story.minutes.public_id}/soan/"] = "dieu-tra-soan"
    _walk(page, {f"{root}dieu-tra/{part}": name for part, name in parts.items()})
    story.call().later(hours=6)
    _walk(page, {f"{root}dieu-tra/hop/da-hop/": "dieu-tra-da-hop"})
    story.publish()
    _walk(page, {f"{root}dieu-tra/": "dieu-tra-cong-bo", f"{root}dieu-tra/gui/1/": "dieu-tra-gui"})


def _walk(page: Page, addresses: dict[str, str]) -> None:
    for address, name in addresses.items():
        page.set_viewport_size({"width": 1366, "height": 850})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        chromium.shoot(page, f"{name}-1366")
        assert chromium.accessibility_faults(page) == [], name
        page.set_viewport_size({"width": 360, "height": 780})
        chromium.shoot(page, f"{name}-360")
        assert walking.too_wide(page) == [], name
        assert walking.faults_of(page) == [], name

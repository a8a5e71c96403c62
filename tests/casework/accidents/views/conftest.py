"""Two cases of the small province, and the people around them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client


@pytest.fixture
def cases(land):
    from tests.casework.accidents import scene

    shown = scene.opened(land, scene.victim_draft(name="Trần Thị Lộ Danh"))
    hidden = scene.opened(land, scene.victim_draft(name="Lê Văn Kín Đáo"), place_id=land.hill.pk, establishment_id=None)
    return SimpleNamespace(shown=shown, hidden=hidden)


@pytest.fixture
def people(land):
    from tests.casework.accidents import scene

    from atvsld.platform.accounts.models import User
    from atvsld.registers.bodies.models import Body
    from atvsld.registers.offices.models import Office

    union = Body.objects.create(
        code="ld", name="Liên đoàn Thử", name_folded="lien doan thu", place=land.province, valid_from=date(2020, 1, 1)
    )
    officer = scene.person("officer", "province_officer", at=land.province)
    doctor = User.objects.create_user(username="doctor", email="doctor@example.invalid", password="khong-dung-that-99")
    # Somebody of the union whose own office gives nothing about cases.
    unionist = User.objects.create_user(username="unionist", password="khong-dung-that-99")
    Office.objects.create(user=unionist, role="no-role", body=union, place=land.hill, valid_from=date(2020, 1, 1))
    return SimpleNamespace(
        officer=officer, doctor=doctor, unionist=unionist, union=union,
        river=scene.person("river", "commune_officer", at=land.river),
        hill=scene.person("hill", "commune_officer", at=land.hill),
        employer=scene.person("employer", "employer", firm=land.mill),
    )  # fmt: skip


@pytest.fixture
def browse(monkeypatch):
    """A signed-in session; the clock stands on the day of the scene."""
    from tests.casework.accidents import scene

    from atvsld.platform.acts import clock

    monkeypatch.setattr(clock, "now", lambda: scene.NOW)

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in

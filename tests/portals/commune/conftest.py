"""The small province of the accident tests, and the commune officer's session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from tests.casework.accidents.scene import Land

    from atvsld.platform.accounts.models import User


@pytest.fixture
def land(db) -> Land:
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def officer(land) -> User:
    from tests.casework.accidents import scene

    return scene.person("can.bo.xa", "commune_officer", at=land.river)


@pytest.fixture
def session(officer) -> Client:
    from django.test import Client

    client = Client()
    client.force_login(officer)
    return client

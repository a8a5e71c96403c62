"""A small province with two communes, two establishments and the people who work with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.casework.accidents.scene import Land

    from atvsld.platform.accounts.models import User


@pytest.fixture
def land(db) -> Land:
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def officer(land) -> User:
    return _person("can.bo.tinh", "province_officer", at=land.province)


@pytest.fixture
def river_officer(land) -> User:
    return _person("can.bo.xa", "commune_officer", at=land.river)


@pytest.fixture
def mill_employer(land) -> User:
    return _person("nha.may", "employer", firm=land.mill)


@pytest.fixture
def leader(land) -> User:
    return _person("lanh.dao", "leader", at=land.province)


def _person(username: str, role: str, **reach) -> User:
    from tests.casework.accidents import scene

    return scene.person(username, role, **reach)

"""The small province of the accident tests, one signed-in person for each role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from tests.casework.accidents.scene import Land


@pytest.fixture
def land(db) -> Land:
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def sign_in(land) -> Callable[[str], Client]:
    """`sign_in("leader")`: a browser session of somebody holding that role; "nobody" holds none."""
    from tests.platform import cast

    return lambda role: cast.client(land, role)

"""The small province with its department, one accident of 2025, and the people who hand in and take in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from tests.casework.accidents.scene import Land


@pytest.fixture
def land(db: None) -> Land:
    from tests.casework.accidents import scene
    from tests.oversight.filing import stage

    found = scene.build()
    stage.stage(found)
    return found


@pytest.fixture
def sign_in(land: Land) -> Callable[[str], Client]:
    from tests.platform import cast

    return lambda role: cast.client(land, role)

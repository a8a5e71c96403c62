from __future__ import annotations

import pytest


@pytest.fixture
def land(db):
    from tests.oversight.workplans import scene

    return scene.build()

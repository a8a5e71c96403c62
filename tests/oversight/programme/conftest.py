from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.oversight.programme.scene import Stage


@pytest.fixture
def stage(db: None) -> Stage:
    from tests.oversight.programme import scene

    return scene.build()

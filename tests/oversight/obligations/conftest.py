from __future__ import annotations

import pytest


@pytest.fixture
def crowd(db):
    from tests.oversight.obligations import crowd

    return crowd.build()

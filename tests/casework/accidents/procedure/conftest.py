"""Files of the procedure in the small test province."""

from __future__ import annotations

import pytest


@pytest.fixture
def walk(land):
    from tests.casework.accidents.procedure.walking import Walk

    def start(*victims, **changes):
        return Walk(land, *victims, **changes)

    return start

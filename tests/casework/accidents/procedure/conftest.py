"""Files of the procedure in the small test province."""

from __future__ import annotations

import pytest


@pytest.fixture
def walk(land):
    from tests.casework.accidents.procedure.walking import Walk

    def start(*victims, **changes):
        return Walk(land, *victims, **changes)

    return start


@pytest.fixture(autouse=True)
def _without_other_rooms(monkeypatch):
    """The procedure alone: what other rooms ask before a step is tested with them."""
    from atvsld.casework.accidents.procedure import guards

    monkeypatch.setattr(guards, "_GUARDS", {})

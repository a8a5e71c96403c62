"""Registers filled from the reference data, once per test that asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # Django is not set up yet when this file is read
    from atvsld.platform.acts import Act
    from atvsld.registers.places.tree import PlaceTree


@pytest.fixture
def act() -> Act:
    """A step of installation: everything permitted, on a fixed day."""
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel

    return Act(
        actor=system_actor("kiểm thử", all_permissions()),
        channel=Channel.CLI,
        at=datetime(2026, 11, 24, 3, tzinfo=UTC),
    )


@pytest.fixture
def places(db: None, act: Act) -> PlaceTree:
    from atvsld.registers.places import loading, tree

    loading.load(act)
    return tree.current()


@pytest.fixture
def bodies(places: PlaceTree, act: Act) -> PlaceTree:
    """Places with their bodies; the graph of places is what is returned."""
    from atvsld.registers.bodies import loading

    loading.load(act)
    return places

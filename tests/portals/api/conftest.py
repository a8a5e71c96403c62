"""The small province of the accident tests, asked through the interface for systems."""

from __future__ import annotations

from tests.casework.accidents.conftest import land, leader, mill_employer, officer, river_officer

__all__ = ["land", "leader", "mill_employer", "officer", "river_officer"]

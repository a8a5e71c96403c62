from __future__ import annotations

from tests.registers.conftest import act, bodies, places

__all__ = ["act", "bodies", "places"]

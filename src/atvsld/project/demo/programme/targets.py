"""The base year's fatal rate is fixed, so that later corrections of 2023 do not move the path."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from atvsld.oversight.indicators.actions import lock_baseline
from atvsld.platform.acts import Act, Rejected
from atvsld.project.demo.programme.cast import Cast

FIXED = datetime(2026, 1, 12, 2, 30, tzinfo=UTC)
DOCUMENT = "Tờ trình của Sở Nội vụ về mức năm gốc, ngày 12/01/2026 (mẫu)"


def make(act: Act, cast: Cast, chance: Random) -> int:  # noqa: ARG001 - one shape for every room
    """How many baselines were fixed. A demo too small to know the rate of the base year fixes none."""
    try:
        lock_baseline(replace(act, at=FIXED), target="II.1", document=DOCUMENT)
    except Rejected:
        return 0
    return 1

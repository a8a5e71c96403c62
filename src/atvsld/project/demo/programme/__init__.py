"""The demo year of the plan: bodies plan, work, report and are asked, before and after the reorganisation of 2025.

Rooms in the order in which their records rest on one another. Each takes the act, the cast and its own chance.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from atvsld.platform.acts import Act
from atvsld.project.demo.material import chance_of
from atvsld.project.demo.programme.cast import Cast, assembled

# The registers first: tasks lay their records as evidence, money hangs on tasks, the reports tell of all.
ROOMS = (
    "outreach", "campaigns", "dialogues", "merits", "proposals", "capacity", "procedures", "entered", "workplans",
    "budget", "targets", "yearly",
)  # fmt: skip


def make(act: Act, seed: int, scale: float, progress: Callable[[str], None]) -> dict[str, int]:
    """Counts of what was made, by room."""
    cast: Cast = assembled(scale)
    counts: dict[str, int] = {}
    progress("Kế hoạch của tỉnh: hoạt động, nhiệm vụ, kinh phí, báo cáo năm")
    for name in ROOMS:
        room = import_module(f"{__name__}.{name}")
        counts[name] = room.make(act, cast, chance_of(seed, f"programme.{name}"))
    return counts

"""The demo's reporting year: some filed, late, wrong, with nothing to tell or not at all, and what came of it.

Reports are put together, checked and written by the same code as those of people; only the registers are read for all
employers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from atvsld.oversight.filing.policy import SUBMIT
from atvsld.platform.acts import Act, action
from atvsld.project.demo.filings import communes, department, employers

__all__ = ["make"]

PERIOD = "2025"


def make(act: Act, chance: Random, tell: Callable[[str], None]) -> dict[str, int]:
    """File the reports of the demo's last full year within the caller's act; counts by kind."""
    filed = _hand_in(act, chance=chance, tell=tell)
    tell("Tiếp nhận, tổng hợp, sửa báo cáo")
    department.work(act, PERIOD, chance)
    return {"filings": filed}


@action(needs=SUBMIT, records="filing:report_filing:submitted")
def _hand_in(act: Act, *, chance: Random, tell: Callable[[str], None]) -> int:
    tell("Báo cáo của các cơ sở")
    filed = employers.file(act, PERIOD, chance)
    tell("Báo cáo của các xã, phường")
    return filed + communes.file(act, PERIOD, chance)

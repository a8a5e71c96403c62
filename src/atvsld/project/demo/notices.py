"""The demo province's accident notices: the half-year and the year, published before the days the law names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.publication.actions.drafting import draft_notice
from atvsld.oversight.publication.actions.issuing import Signer, issue_notice
from atvsld.platform.acts import Act

# Period and the day its notice went out: before 20 July, before 30 January (Thông tư 13/2020, Điều 4 khoản 3).
EDITIONS = (("2025-H1", date(2025, 7, 17)), ("2025", date(2026, 1, 27)))
SIGNER = Signer(name="Nguyễn Mẫu")
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def make(act: Act, place_code: str) -> int:
    """Draft and issue each notice as the department would on its day; how many went out."""
    for period, day in EDITIONS:
        then = replace(act, at=datetime.combine(day, time(9), _ZONE))
        notice = draft_notice(then, key=new_ulid(), place_code=place_code, period=Period.parse(period))
        issue_notice(then, notice=notice, version=notice.version, on=day, signer=SIGNER)
    return len(EDITIONS)

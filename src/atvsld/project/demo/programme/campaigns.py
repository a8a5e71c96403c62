"""Campaign months of the demo, before and after the reorganisation: told in time, late, corrected, not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from atvsld.casework.campaigns import actions, queries
from atvsld.casework.campaigns.asked import Given
from atvsld.casework.campaigns.drafts import CampaignDraft, ResultDraft
from atvsld.casework.campaigns.models import Campaign
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import FEW, OLD_PROVINCE, PROVINCE, Cast
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import HolderError, holder
from atvsld.registers.places import tree

# Province, kind, year, theme, last day still in time. Themes and letters are made up, and say so.
MONTHS = (
    (OLD_PROVINCE, "action_month", 2024, "Phòng ngừa tai nạn từ việc nhỏ nhất", date(2024, 7, 14)),
    (OLD_PROVINCE, "action_month", 2025, "Nhận diện rủi ro trước khi làm việc", date(2025, 6, 20)),
    (PROVINCE, "workers_month", 2026, "Công nhân an toàn, doanh nghiệp phát triển", date(2026, 6, 30)),
    (PROVINCE, "action_month", 2026, "An toàn cho người làm việc không có hợp đồng", date(2026, 7, 14)),
)  # fmt: skip
# Row of the form: how much a department tells at least and at most; communes tell a third of it.
FIGURES = {
    "le": (1, 3), "le_nguoi": (80, 400), "hl_lop": (0, 4), "hl_nguoi": (0, 180), "doi_thoai": (0, 2),
    "tu_kiem_tra": (0, 20), "pa_no": (5, 60), "tin_bai": (2, 25), "to_roi": (100, 1500), "tham_hoi": (0, 6),
    "kiem_tra": (0, 5), "kt_co_so": (0, 12),
}  # fmt: skip
# So many communes tell of the latest month of action.
MOST = 30
DIFFICULTY = "Kinh phí cho Tháng hành động chưa bố trí riêng; cán bộ kiêm nhiệm."


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many campaigns and results were made."""
    made = 0
    for province, kind, year, theme, due in MONTHS[-1:] if cast.small else MONTHS:
        campaign = _opened(act, province, (kind, year, theme), due)
        if campaign is None:
            continue
        made += 1
        telling = {body.pk for body in cast.communes[: FEW if cast.small or kind == "workers_month" else MOST]}
        for body, functions in queries.expected(campaign).values():
            commune = bool(functions & {"commune", "district"})
            # Those who tell nothing stand in the list of those missing.
            if (commune and body.pk not in telling) or chance.random() < 0.12:
                continue
            made += _tell(act, campaign, body, chance, commune=commune)
    return made


def _opened(act: Act, province: str, told: tuple[str, int, str], due: date) -> Campaign | None:
    kind, year, theme = told
    first = date(year, 5, 1)
    place = tree.current().at(province, first)
    if place is None:
        return None
    try:
        body = holder("osh_lead", place.pk, first)
    except HolderError:
        return None
    draft = CampaignDraft(
        kind=kind, year=year, theme=theme, starts_on=first, ends_on=date(year, 5, 31), body_id=body.pk, report_due=due,
        due_source=f"Hướng dẫn Tháng hành động {year} (dữ liệu thử)",
    )  # fmt: skip
    return actions.open_campaign(_at(act, date(year, 3, 20), 9), draft=draft)


def _tell(act: Act, campaign: Campaign, body: Body, chance: Random, *, commune: bool) -> int:
    """A result sent a few days before the term, or, of every eighth, after it; some corrected later."""
    assert campaign.report_due is not None
    day = campaign.report_due - timedelta(days=chance.randint(0, 25))
    if chance.random() < 0.12:
        day = campaign.report_due + timedelta(days=chance.randint(1, 12))
    stated = {
        row: Given(Decimal(chance.randint(low, max(low, high // 3) if commune else high)))
        for row, (low, high) in FIGURES.items()
    }
    found = chance.randint(2, 30)
    stated["nguy_co"] = Given(Decimal(chance.randint(found // 2, found)), Decimal(found))
    stated["kinh_phi"] = Given(Decimal(chance.randint(20, 90 if commune else 600)) / 4)
    draft = ResultDraft(stated=stated, difficulties=DIFFICULTY if chance.random() < 0.3 else "")
    sender = _at(act, day, chance.randint(8, 16))
    result = actions.open_result(sender, campaign=campaign, body=body)
    actions.send_result(sender, result=result, version=1, draft=draft)
    if chance.random() < 0.06:
        counted = stated | {"to_roi": Given(stated["to_roi"].value + 50)}
        actions.send_result(
            _at(act, day + timedelta(days=9), 10), result=result, version=2, draft=replace(draft, stated=counted),
            why="Bổ sung số tờ rơi phát ở chợ",
        )  # fmt: skip
    return 1


def _at(act: Act, day: date, hour: int) -> Act:
    return replace(act, at=timezone.make_aware(datetime.combine(day, time(hour, 5))))

"""Commendations and good models of the demo: granted, declined, waiting for a decision, being written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone
from ulid import ULID

from atvsld.casework.merits import actions
from atvsld.casework.merits.drafts import CommendationDraft, Decided
from atvsld.casework.merits.ledgers import GOOD_MODELS
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import Cast, holding
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.actions import enter
from atvsld.registers.ledgers.reach import body_owner

# Function of the proposer, day of the proposal, subject, unit, form, level, what became of it.
PEOPLE = (
    ("union", date(2025, 9, 12), "person", "Lê Thị Thử Nghiệm", "Tổ an toàn, vệ sinh viên, Nhà máy dệt", "certificate",
     "branch", "granted"),
    ("union", date(2026, 5, 6), "person", "Trần Văn Mẫu", "Phân xưởng cơ khí", "merit", "province", "granted"),
    ("farmers", date(2026, 6, 3), "group", "Chi hội nông dân thôn Đông", "Xã đồng bằng", "praise", "branch", "granted"),
    ("construction", date(2026, 7, 20), "group", "Ban chỉ huy công trường cầu", "Nhà thầu cầu đường", "certificate",
     "branch", "declined"),
    ("industry_trade", date(2026, 10, 12), "group", "Đội ứng phó sự cố hóa chất", "Kho hóa chất", "merit", "province",
     "proposed"),
    ("health_lead", date(2026, 10, 20), "group", "Khoa bệnh nghề nghiệp", "Trung tâm Kiểm soát bệnh tật", "merit",
     "province", "draft"),
)  # fmt: skip
MODELS = (
    ("union", date(2024, 6, 4), "Xanh – Sạch – Đẹp ở xưởng may", "green_clean", 12, 3400, ("workers",), (), True),
    ("farmers", date(2024, 8, 20), "Bể thu gom bao gói thuốc bảo vệ thực vật", "farm", 9, 640, ("farmers",),
     ("agriculture",), True),
    ("union", date(2025, 10, 8), "Năm phút an toàn đầu ca", "safe_workplace", 21, 5200, ("workers",),
     ("manufacturing",), True),
    ("farmers", date(2026, 3, 11), "Tổ máy gặt dùng chung có che chắn", "farm", 4, 120, ("farmers",), ("agriculture",),
     False),
    ("construction", date(2026, 4, 22), "Lưới đỡ và dây cứu sinh cho nhà dân xây cao", "safe_workplace", 6, 85,
     ("no_contract",), ("construction", "heights"), False),
    ("zone_authority", date(2026, 8, 14), "Cụm doanh nghiệp tự kiểm tra chéo", "network", 8, 2100,
     ("osh_representatives",), ("zones",), False),
)  # fmt: skip
TURN = date(2025, 7, 1)


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    return sum(_commended(act, cast, chance)) + sum(_models(act, cast, chance))


def _commended(act: Act, cast: Cast, chance: Random) -> Iterator[bool]:
    for function, day, kind, name, unit, form, level, end in PEOPLE[: 2 if cast.small else None]:
        draft = CommendationDraft(
            subject_kind=kind, subject_name=name, unit=unit, form=form, level=level, year=day.year,
            achievement="Có nhiều đóng góp bảo đảm an toàn, vệ sinh lao động tại nơi làm việc.",
        )  # fmt: skip
        if (body := _body(cast, function, day)) is not None:
            _commend(act, chance, body, draft, (day, end))
            yield True
    # Establishments stand in the registers: their checks find what is there.
    for at, firm in enumerate(cast.establishments[: 1 if cast.small else 4]):
        draft = CommendationDraft(
            subject_kind="establishment", about_establishment_id=firm.pk, form="merit", level="province", year=2026,
            achievement="Đầu tư thay thế máy cũ, giảm bụi và tiếng ồn, không có người nghỉ việc vì tai nạn nặng.",
        )  # fmt: skip
        end = ("granted", "proposed", "declined", "proposed")[at]
        _commend(act, chance, cast.standing, draft, (date(2026, 9, 3) + timedelta(days=at), end))
        yield True


def _commend(act: Act, chance: Random, body: Body, draft: CommendationDraft, told: tuple[date, str]) -> None:
    """Proposed on a day, and how it ended."""
    day, end = told
    written = _at(act, day)
    record = actions.propose(written, key=_key(chance, written), owner=body_owner(body), draft=draft)
    if end == "draft":
        return
    actions.send(_at(act, day + timedelta(days=2)), commendation=record, version=1)
    if end in ("granted", "declined"):
        on = day + timedelta(days=30)
        granted = end == "granted"
        decided = Decided(
            granted=granted, on=on, decided_by="Hội đồng thi đua, khen thưởng",
            number=f"{chance.randint(100, 2400)}/QĐ-DT" if granted else "",
            outcome="" if granted else "Thành tích chưa nổi bật so với đơn vị cùng ngành.",
            despite="Hội đồng thi đua đã xem xét, thành tích vượt trội." if granted else "",
        )  # fmt: skip
        actions.decide(_at(act, on + timedelta(days=1)), commendation=record, version=2, decided=decided)


def _models(act: Act, cast: Cast, chance: Random) -> Iterator[bool]:
    for function, day, title, kind, units, people, groups, sectors, spread in MODELS[: 2 if cast.small else None]:
        body = _body(cast, function, day)
        if body is None:
            continue
        then = _at(act, day + timedelta(days=5))
        given = {
            "title": title, "kind": kind, "recorded_on": day, "applied_at": "Các đơn vị trên địa bàn", "units": units,
            "people": people, "groups": list(groups), "sectors": list(sectors), "spread": spread,
            "description": "Đơn vị tự tổ chức, có hướng dẫn và kiểm tra hằng tháng.", "benefit": "Giảm tai nạn nhẹ.",
        }  # fmt: skip
        enter(then, ledger=GOOD_MODELS, key=_key(chance, then), owner=body_owner(body), given=given)
        yield True


def _body(cast: Cast, function: str, day: date) -> Body | None:
    bodies = cast.before if day < TURN else cast.after
    found = holding(bodies, function, min(day, date(2025, 2, 20)) if day < TURN else day)
    return found[0] if found else None


def _at(act: Act, day: date) -> Act:
    return replace(act, at=timezone.make_aware(datetime.combine(day, time(10, 20))))


def _key(chance: Random, act: Act) -> str:
    return str(ULID.from_bytes(round(act.at.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(10)))

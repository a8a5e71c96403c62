"""Dialogues and supervision of the demo, with a year in which the council of the province held none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from ulid import ULID

from atvsld.casework.dialogues.actions import answer, recommend
from atvsld.casework.dialogues.ledgers import DIALOGUES, VISITS
from atvsld.casework.dialogues.models import SupervisionVisit
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import AFTER, TODAY, Cast, holding
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.actions import enter
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.reach import Owner, body_owner, establishment_owner

TOPICS = (
    "Đối thoại về phương tiện bảo vệ cá nhân và bồi dưỡng bằng hiện vật",
    "Đối thoại về khám sức khỏe và quan trắc môi trường lao động",
    "Đối thoại với chủ hộ xây dựng, cơ sở cơ khí nhỏ",
    "Đối thoại về chế độ của người bị tai nạn lao động",
)
VISITS_TOLD = (
    ("Giám sát việc trang bị phương tiện bảo vệ cá nhân", "enterprise", "Công ty khai thác đá trên địa bàn",
     "Phần lớn công nhân có mũ, giày; thiếu dây an toàn ở mỏ tầng cao.",
     ("Trang bị đủ dây an toàn cho công nhân làm việc trên tầng cao", "Niêm yết quy trình nổ mìn tại cổng mỏ")),
    ("Giám sát thực hiện chế độ với người bị tai nạn lao động", "enterprise", "Xưởng chế biến gỗ",
     "Hai trường hợp được tạm ứng chậm.", ("Chi trả đủ chế độ còn thiếu cho hai người bị nạn",)),
    ("Giám sát công tác quản lý an toàn lao động ở cấp xã", "authority", "Ủy ban nhân dân một xã miền núi",
     "Đã phân công cán bộ; chưa có sổ theo dõi tai nạn của người không có hợp đồng.",
     ("Lập sổ theo dõi tai nạn của người làm việc không theo hợp đồng", "Tập huấn cho cán bộ thôn")),
    ("Giám sát an toàn trong hợp tác xã nông nghiệp", "cooperative", "Hợp tác xã nông nghiệp",
     "Kho thuốc bảo vệ thực vật đặt gần khu ở.", ("Di dời kho thuốc bảo vệ thực vật",)),
)  # fmt: skip


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    return sum(_all(act, cast, chance))


def _all(act: Act, cast: Cast, chance: Random) -> Iterator[bool]:
    rounds = 1 if cast.small else 3
    spans = ((cast.before, date(2024, 3, 1), date(2025, 2, 20)), (cast.after, AFTER, TODAY))
    for bodies, first, last in spans:
        for union in holding(bodies, "union", last)[:1]:
            for _round in range(rounds):
                yield _dialogue(act, chance, body_owner(union), "many", _day(chance, first, last))
        for front in holding(bodies, "front", last)[:1]:
            for told in VISITS_TOLD[: 1 if cast.small else None]:
                yield _visit(act, chance, front, told, _day(chance, first, last - timedelta(days=40)))
    for lead in holding(cast.before, "osh_lead", spans[0][2])[:1]:
        yield _dialogue(act, chance, body_owner(lead), "council", date(2024, 11, 14))
    # 2025, the year of the reorganisation, passed without a dialogue of the council; 2026 saw a sitting so far.
    yield _sitting(act, chance, cast.standing, date(2026, 3, 18))
    for firm in cast.establishments:
        yield _dialogue(act, chance, establishment_owner(firm), "workplace", _day(chance, date(2026, 2, 1), TODAY))


def _dialogue(act: Act, chance: Random, owner: Owner, forum: str, day: date) -> bool:
    asked = chance.randint(2, 14)
    council = forum == "council"
    given = {
        "act": "dialogue", "forum": forum, "held_on": day,
        "title": "Đối thoại hằng năm của Hội đồng ATVSLĐ tỉnh" if council else chance.choice(TOPICS),
        "venue": "Trung tâm hành chính" if council else chance.choice(["", "Hội trường cơ quan", "Nhà ăn ca"]),
        "employers": chance.randint(1, 4 if forum == "workplace" else 40), "workers": chance.randint(15, 120),
        "requests": asked, "answered": chance.randint(asked // 2, asked),
        "result": "Các kiến nghị được trả lời tại chỗ hoặc bằng văn bản.",
    }  # fmt: skip
    _enter(act, chance, DIALOGUES, owner, given)
    return True


def _sitting(act: Act, chance: Random, lead: Body, day: date) -> bool:
    given = {
        "act": "sitting", "forum": "council", "held_on": day, "title": "Phiên họp đầu năm của Hội đồng ATVSLĐ",
        "chair": lead.name, "content": "Thông qua chương trình công tác năm.",
    }  # fmt: skip
    _enter(act, chance, DIALOGUES, body_owner(lead), given)
    return True


def _visit(act: Act, chance: Random, front: Body, told: tuple[str, str, str, str, tuple[str, ...]], day: date) -> bool:
    title, kind, name, findings, asked = told
    given = {
        "title": title, "held_on": day, "subject_kind": kind, "subject_name": name, "findings": findings,
        "partners": chance.choice(["", "Liên đoàn Lao động", "Sở Nội vụ, Hội Nông dân"]),
    }  # fmt: skip
    visit: SupervisionVisit = _enter(act, chance, VISITS, body_owner(front), given)
    for text in asked:
        then = _at(act, day + timedelta(days=4))
        made = recommend(then, visit=visit, key=_key(chance, then), text=text, term=day + timedelta(days=30))
        # One of three stays unanswered, and is overdue by now.
        if chance.random() < 0.67:
            on = day + timedelta(days=chance.randint(10, 38))
            answer(_at(act, on), recommendation=made, on=on, text="Đã thực hiện, có báo cáo bằng văn bản.")
    return True


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days - 6))


def _enter(act: Act, chance: Random, ledger: Ledger[Any], owner: Owner, given: dict[str, Any]) -> Any:
    """Written a few days after it was done."""
    then = _at(act, given[ledger.day] + timedelta(days=3))
    return enter(then, ledger=ledger, key=_key(chance, then), owner=owner, given=given)


def _at(act: Act, day: date) -> Act:
    return replace(act, at=timezone.make_aware(datetime.combine(day, time(14, 10))))


def _key(chance: Random, act: Act) -> str:
    return str(ULID.from_bytes(round(act.at.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(10)))

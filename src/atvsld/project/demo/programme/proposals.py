"""Proposals and opinions of the demo: last year's paper is answered, this year's is being brought together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from atvsld.casework.proposals import actions
from atvsld.casework.proposals.ledgers import OPINIONS, PROPOSALS
from atvsld.casework.proposals.models import ConsolidatedPaper
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import TODAY, Cast, holding
from atvsld.project.demo.programme.hand import Hand
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.reach import Owner, body_owner, establishment_owner

_SAID = (
    ("union", "Hỗ trợ huấn luyện cho người không có hợp đồng", "ND-88-2020", "", "policy",
     "Điều kiện đóng đủ 12 tháng làm người làm việc thời vụ không được hỗ trợ huấn luyện.",
     "Cho hỗ trợ huấn luyện lần đầu đối với người làm công việc có yêu cầu nghiêm ngặt, không xét thời gian đóng.",
     ("no_contract", "strict_safety"), ("informal",)),
    ("zone_authority", "Khai báo thiết bị hoàn toàn trực tuyến", "ND-44-2016", "Điều 16 khoản 2", "procedure",
     "Doanh nghiệp trong khu vẫn phải nộp bản giấy giấy chứng nhận kết quả kiểm định.",
     "Cho khai báo trực tuyến, lấy kết quả kiểm định từ dữ liệu của tổ chức kiểm định.", ("employers",), ("zones",)),
    ("firm", "Bỏ nộp bản sao kết quả kiểm định khi khai báo", "ND-44-2016", "Khoản 2, Điều 16", "procedure",
     "Mỗi lần khai báo phải sao lại giấy đã có ở tổ chức kiểm định.",
     "Bỏ thành phần bản sao giấy chứng nhận kết quả kiểm định.", ("employers",), ("strict_equipment",)),
    ("construction", "Quy chuẩn giàn giáo cho nhà ở riêng lẻ", "", "", "standard",
     "Nhà ở riêng lẻ thi công bằng giàn giáo tự chế, không có quy chuẩn để kiểm tra.",
     "Ban hành yêu cầu tối thiểu về giàn giáo, lan can cho công trình nhà ở riêng lẻ.", ("workers",),
     ("construction", "heights")),
    ("agriculture", "Tập huấn an toàn máy nông nghiệp cho hộ gia đình", "LUAT-84-2015", "", "law",
     "Hộ nông dân dùng máy gặt, máy xới không thuộc đối tượng huấn luyện bắt buộc, tai nạn không được thống kê đủ.",
     "Bổ sung nội dung tập huấn và cơ chế hỗ trợ cho hộ nông dân sử dụng máy.", ("farmers",), ("agriculture",)),
    ("commune", "Biểu mẫu biên bản ghi nhận của cấp xã", "ND-39-2016", "", "procedure",
     "Cán bộ xã kiêm nhiệm lập biên bản bằng tay, thiếu mã nguyên nhân nên phải làm lại.",
     "Cho lập biên bản ghi nhận trên phần mềm, tự chọn mã.", ("no_contract",), ("informal",)),
)  # fmt: skip
# Texts the law book does not hold.
_OTHER = {"": "Quy chuẩn kỹ thuật về an toàn giàn giáo", "ND-88-2020": "Nghị định 88/2020/NĐ-CP"}


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    hand = Hand(act, cast, chance)
    last_year = _proposals(hand, date(2025, 9, 15), 4)
    _answered(hand, last_year)
    this_year = _proposals(hand, date(2026, 8, 3), 3 if cast.small else len(_SAID))
    opinions = _consultation(hand)
    if this_year:
        at = hand.on(date(2026, 10, 26))
        paper = _started(hand, at.day, "Tổng hợp kiến nghị chính sách, pháp luật năm 2026", "Bộ Nội vụ")
        actions.gather(at, paper=paper, version=paper.version, records=this_year[:-1])
    return len(last_year) + len(this_year) + opinions


def _proposals(hand: Hand, first: date, count: int) -> list[Any]:
    found = []
    for who, title, instrument, article, kind, defect, wish, audiences, sectors in _SAID[:count]:
        owner = _owner(hand, who)
        if owner is None:
            continue
        day = first + timedelta(days=hand.chance.randint(0, 40))
        given = {
            "title": title, "kind": kind if kind in ("law", "standard", "procedure") else "other",
            "instrument": instrument if instrument in _known() else "",
            "other_text": "" if instrument in _known() else _OTHER[instrument],
            "article": article, "defect": defect, "proposal": wish, "audiences": list(audiences),
            "sectors": list(sectors), "submitted_on": day,
        }  # fmt: skip
        found.append(hand.enter(PROPOSALS, owner, day, given))
    return found


def _known() -> set[str]:
    from atvsld.law import load_book

    return set(load_book().instruments)


def _owner(hand: Hand, who: str) -> Owner | None:
    cast, chance = hand.cast, hand.chance
    if who == "firm":
        return establishment_owner(chance.choice(cast.establishments)) if cast.establishments else None
    if who == "commune":
        return body_owner(cast.communes[0]) if cast.communes else None
    held = holding(cast.after, who, TODAY)
    return body_owner(held[0]) if held else None


def _answered(hand: Hand, records: Sequence[Any]) -> None:
    """Last year's paper: sent in December, answered in March, one point still being looked at."""
    if not records:
        return
    sending, answering = hand.on(date(2025, 12, 8)), hand.on(date(2026, 3, 16))
    paper = _started(hand, date(2025, 11, 24), "Tổng hợp kiến nghị năm 2025", "Bộ Nội vụ")
    items = actions.gather(sending, paper=paper, version=paper.version, records=list(records))
    paper = actions.send_paper(sending, paper=paper, version=paper.version, number="118/BC-SNV", on=sending.day)
    outcomes = ("partly", "accepted", "considering", "rejected")
    for item, outcome in zip(items, outcomes, strict=False):
        paper.refresh_from_db()
        reply = "" if outcome == "considering" else "1420/BNV-CVL ngày 12/3/2026"
        stated = actions.Answer(outcome=outcome, on=answering.day, reply=reply)
        actions.record_outcome(answering, item=item, version=paper.version, stated=stated)


def _consultation(hand: Hand) -> int:
    """A draft circular asked about in October: most answer, one late, some not at all."""
    cast = hand.cast
    opened, deadline = date(2026, 10, 1), date(2026, 10, 20)
    functions = ("health_lead", "industry_trade", "construction", "agriculture", "union", "zone_authority")
    asked: dict[int, Body] = {body.pk: body for word in functions for body in holding(cast.after, word, TODAY)[:1]}
    asked.pop(cast.standing.pk, None)
    bodies = [*asked.values(), *cast.communes[:2]]
    stated = actions.Asking(
        title="Dự thảo Thông tư hướng dẫn thông báo hoạt động huấn luyện an toàn, vệ sinh lao động", kind="circular",
        sender="Bộ Nội vụ", letter="5210/BNV-CVL", letter_on=date(2026, 9, 28), deadline=deadline, asked=tuple(bodies),
    )  # fmt: skip
    record = actions.open_consultation(hand.on(opened), key=hand.key(opened), body=cast.standing, stated=stated)
    told = (
        ("amend", "Điều 5", "Cho thông báo trực tuyến trên cổng dịch vụ công, không nộp bản giấy."),
        ("agree", "", ""),
        ("amend", "Điều 5", "Rút thời hạn xác nhận thông báo còn 03 ngày làm việc."),
        ("amend", "Điều 9", "Bổ sung nội dung huấn luyện cho người làm việc không có hợp đồng."),
        ("none", "", ""),
    )
    count = 0
    for at, (body, (stance, article, text)) in enumerate(zip(bodies[:-2] or bodies, told, strict=False)):
        day = deadline + timedelta(days=4) if at == 3 else opened + timedelta(days=hand.chance.randint(5, 17))
        given = {
            "consultation": record.pk,
            "given_on": day,
            "stance": stance,
            "article": article,
            "text": text,
            "letter": "",
        }
        hand.enter(OPINIONS, body_owner(body), day, given)
        count += 1
    return count


def _started(hand: Hand, day: date, title: str, to: str) -> ConsolidatedPaper:
    return actions.start_paper(hand.on(day), key=hand.key(day), body=hand.cast.standing, title=title, addressed_to=to)

"""Officials, networks, studies, initiatives, cooperation and surveys of the demo."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from atvsld.casework.capacity.actions import record_training
from atvsld.casework.capacity.ledgers import COOPERATION, INITIATIVES, NETWORKS, OFFICIALS, STUDIES, SURVEYS
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import AFTER, TODAY, Cast, holding
from atvsld.project.demo.programme.hand import Hand
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.reach import body_owner, establishment_owner

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi", "Huỳnh")
_MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc")
_GIVEN = ("An", "Bình", "Châu", "Dũng", "Hà", "Hiếu", "Lan", "Nam", "Phúc", "Thảo", "Tuấn", "Yến")
_POSTS = {
    "osh_lead": ("Phó Trưởng phòng Lao động, việc làm", "Chuyên viên an toàn, vệ sinh lao động"),
    "health_lead": ("Chuyên viên phòng Nghiệp vụ y", "Cán bộ khoa Sức khỏe nghề nghiệp"),
    "industry_trade": ("Chuyên viên kỹ thuật an toàn, môi trường",),
    "construction": ("Chuyên viên quản lý chất lượng công trình",),
    "zone_authority": ("Chuyên viên quản lý lao động",),
    "union": ("Ủy viên ban Chính sách pháp luật",),
}
COMMUNE_POST = "Công chức Văn hóa - Xã hội"
_COURSES = (
    "Bồi dưỡng nghiệp vụ quản lý an toàn, vệ sinh lao động", "Cập nhật kiến thức điều tra tai nạn lao động",
    "Tập huấn thống kê, báo cáo tai nạn của người không có hợp đồng",
)  # fmt: skip
_INITIATIVES = (
    ("Tấm chắn liên động cho máy cưa đĩa", "machine", "Không còn mảnh gỗ văng vào người đứng máy.", 24, 45_000_000),
    ("Hút bụi cục bộ tại công đoạn mài", "environment", "Bụi tại vị trí mài giảm còn dưới mức cho phép.", 36, None),
    ("Xe đẩy nâng cuộn vải thay khuân vác", "ergonomics", "Bỏ hẳn việc vác cuộn vải 40 kg.", 18, 60_000_000),
    ("Bảng cảnh báo rủi ro đầu ca", "organisation", "Mọi tổ nhắc rủi ro trong 5 phút đầu ca.", 210, None),
    ("Tủ sơ cứu theo dây chuyền", "protection", "Sơ cứu trong 3 phút tại chỗ.", 150, None),
)


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    hand = Hand(act, cast, chance)
    return _officials(hand) + _networks(hand) + _studies(hand) + _initiatives(hand)


def _officials(hand: Hand) -> int:
    cast = hand.cast
    count = 0
    for bodies, since, until in ((cast.before, date(2021, 3, 1), date(2025, 2, 28)), (cast.after, AFTER, None)):
        for function, posts in _POSTS.items():
            for body in holding(bodies, function, until or TODAY)[:1]:
                for post in posts:
                    _official(hand, body, post, since, until)
                    count += 1
    for body in cast.communes[: 3 if cast.small else 25]:
        _official(hand, body, COMMUNE_POST, AFTER, None)
        count += 1
    return count


def _official(hand: Hand, body: Body, post: str, since: date, until: date | None) -> None:
    chance, level = hand.chance, "commune" if post == COMMUNE_POST else "province"
    start = max(since, body.valid_from)
    given = {
        "person": f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}", "position": post,
        "level": level, "unit": "", "full_time": level == "province" and chance.random() < 0.6,
        "degree": chance.choice(["engineering", "law_economics", "medicine", "other_degree"]), "since": start,
        "until": until,
    }  # fmt: skip
    record = hand.enter(OFFICIALS, body_owner(body), (until or start) + timedelta(days=2), given)
    if chance.random() < 0.55:
        day = date(start.year, 11, 5) if until else date(2026, chance.randint(2, 9), chance.randint(1, 28))
        if start < day:
            at = hand.on(max(day, until or day) + timedelta(days=5))
            record_training(
                at, official=record, version=record.version, ended_on=day, content=chance.choice(_COURSES), hours=16,
                organiser="Sở Nội vụ",
            )  # fmt: skip


def _networks(hand: Hand) -> int:
    cast, chance = hand.cast, hand.chance
    count = 0
    for firm in cast.establishments:
        for year in (2025, 2026):
            teams = chance.randint(4, 22)
            given = {
                "title": f"Mạng lưới an toàn, vệ sinh viên của {firm.name}"[:250],
                "counted_on": date(year, 10, 15), "networks": 1, "teams": teams,
                "representatives": max(1, teams - chance.choice([0, 0, 0, 2])), "women": None, "decided": True,
                "allowance": chance.random() < 0.7, "activities": "Kiểm tra đầu ca, ghi sổ, kiến nghị khắc phục.",
                "hazards_found": chance.randint(3, 40),
            }  # fmt: skip
            hand.enter(NETWORKS, establishment_owner(firm), date(year, 10, 17), given)
            count += 1
    for union in holding(cast.after, "union", TODAY)[:1]:
        given = {
            "title": "Số gộp của công đoàn cơ sở trên địa bàn", "counted_on": date(2026, 10, 20), "networks": 412,
            "representatives": 6840, "teams": None, "women": 2150, "decided": None, "allowance": None,
            "activities": "Hội thi an toàn, vệ sinh viên giỏi; phong trào “Xanh - Sạch - Đẹp”.", "hazards_found": None,
        }  # fmt: skip
        hand.enter(NETWORKS, body_owner(union), date(2026, 10, 22), given)
        count += 1
    return count


def _studies(hand: Hand) -> int:
    cast = hand.cast
    count = 0
    health, lead = holding(cast.after, "health_lead", TODAY)[:1], [cast.standing]
    for body in health:
        given = {
            "title": "Thực trạng bệnh bụi phổi silic ở công nhân khai thác, chế biến đá", "kind": "province",
            "stage": "running", "leader_unit": "Trung tâm Kiểm soát bệnh tật", "started_on": date(2025, 9, 1),
            "ended_on": date(2027, 3, 31), "sectors": ["mining"], "result": "", "cost": 780_000_000,
        }  # fmt: skip
        hand.enter(STUDIES, body_owner(body), date(2025, 9, 10), given)
        count += 1
    for body in lead:
        study = {
            "title": "Ứng dụng khai báo tai nạn lao động trên điện thoại cho cấp xã", "kind": "application",
            "stage": "applied", "leader_unit": body.name, "started_on": date(2026, 2, 2), "ended_on": date(2026, 8, 31),
            "sectors": ["informal"], "result": "Cán bộ xã ghi nhận vụ tai nạn ngay tại hiện trường.", "cost": 0,
        }  # fmt: skip
        event = {
            "title": "Hội thảo về chỉ số tai nạn lao động so sánh quốc tế", "kind": "workshop",
            "held_on": date(2026, 6, 18), "country": "Tổ chức Lao động quốc tế (ILO)", "partner": "", "people": 45,
            "cost": 38_000_000, "result": "Thống nhất cách tính tần suất theo khuyến nghị quốc tế.",
        }  # fmt: skip
        survey = {
            "title": "Điều tra điều kiện lao động nghề nặng nhọc, độc hại, nguy hiểm", "about": "arduous",
            "decision": "Quyết định của Giám đốc Sở", "started_on": date(2026, 4, 6), "ended_on": date(2026, 7, 31),
            "units_asked": 320, "units_answered": 274, "result": "", "cost": 210_000_000,
        }  # fmt: skip
        owner = body_owner(body)
        hand.enter(STUDIES, owner, date(2026, 9, 3), study)
        hand.enter(COOPERATION, owner, date(2026, 6, 22), event)
        hand.enter(SURVEYS, owner, date(2026, 8, 5), survey)
        count += 3
    return count


def _initiatives(hand: Hand) -> int:
    cast, chance = hand.cast, hand.chance
    count = 0
    for firm in cast.establishments:
        for title, about, benefit, workers, saving in chance.sample(_INITIATIVES, 1 if cast.small else 2):
            day = date(2026, chance.randint(1, 10), chance.randint(1, 28))
            given = {
                "title": title, "about": about, "recognised_on": day, "recognition": "", "author_unit": "",
                "applied": chance.random() < 0.85, "benefit": benefit, "workers": workers, "saving": saving,
                "audiences": ["workers"],
            }  # fmt: skip
            hand.enter(INITIATIVES, establishment_owner(firm), day + timedelta(days=2), given)
            count += 1
    return count

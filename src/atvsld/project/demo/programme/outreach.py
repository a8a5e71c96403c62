"""Communication of the demo: events, materials and press items of the bodies before and after the reorganisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from ulid import ULID

from atvsld.casework.outreach.ledgers import EVENTS, MATERIALS, PRESS
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import AFTER, TODAY, Cast, holding
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers import actions
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.reach import body_owner
from atvsld.registers.places import tree

FIRST = date(2024, 2, 15)


@dataclass(frozen=True, slots=True)
class _Theme:
    """What bodies of a function speak about, to whom, how, and how many come at least and at most."""

    title: str
    kind: str
    audiences: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    people: tuple[int, int] = (60, 180)
    channel: str = "direct"
    informal: float = 0.0


_THEMES: dict[str, tuple[_Theme, ...]] = {
    "osh_lead": (
        _Theme("Phổ biến Luật An toàn, vệ sinh lao động cho người làm công tác an toàn", "session",
               ("osh_officers", "employers"), ("high_risk",)),
        _Theme("Hội nghị triển khai kế hoạch bảo đảm an toàn, vệ sinh lao động", "conference",
               ("managers", "officials"), (), (90, 160)),
        _Theme("Phổ biến an toàn cho người lao động không có hợp đồng", "session",
               ("no_contract", "workers"), ("informal",), (50, 120), "direct", 1.0),
    ),
    "health_lead": (
        _Theme("Phòng chống bệnh bụi phổi cho công nhân khai thác đá", "session", ("exposed", "workers"), ("mining",)),
        _Theme("Hội thảo quan trắc môi trường lao động và khám bệnh nghề nghiệp", "seminar",
               ("employers", "medical_staff"), ("manufacturing",), (40, 90)),
    ),
    "industry_trade": (
        _Theme("An toàn hóa chất và khí hóa lỏng tại cửa hàng, kho chứa", "session",
               ("workers", "employers"), ("chemicals", "gas")),
        _Theme("An toàn điện cho tiểu thương và ban quản lý chợ", "session", ("public",), ("electricity", "markets"),
               (80, 220), "direct", 0.7),
    ),
    "construction": (
        _Theme("Hội thảo phòng ngừa ngã cao trong thi công xây dựng", "seminar",
               ("employers", "strict_safety"), ("construction", "heights"), (60, 120)),
    ),
    "transport": (
        _Theme("An toàn lao động trong thi công cầu đường", "session", ("workers",), ("roads_bridges",), (40, 90)),
    ),
    "agriculture": (
        _Theme("Sử dụng an toàn thuốc bảo vệ thực vật và máy nông nghiệp", "session", ("farmers",),
               ("agriculture", "cooperatives"), (50, 140), "direct", 0.9),
    ),
    "zone_authority": (
        _Theme("Phổ biến quy định mới cho doanh nghiệp trong khu công nghiệp", "session",
               ("employers", "osh_officers"), ("zones",), (70, 150)),
    ),
    "union": (
        _Theme("Tập huấn an toàn, vệ sinh viên và phong trào “Xanh - Sạch - Đẹp”", "session",
               ("osh_representatives", "union_members"), (), (80, 200)),
        _Theme("Hội thi an toàn, vệ sinh viên giỏi", "contest", ("osh_representatives", "workers"), (), (150, 400)),
    ),
    "front": (
        _Theme("Tuyên truyền, vận động nhân dân giám sát an toàn lao động", "session", ("public",), (), (60, 150),
               "direct", 0.5),
    ),
    "farmers": (
        _Theme("Mô hình cải thiện điều kiện lao động của hội viên nông dân", "session", ("farmers", "farmers_officers"),
               ("agriculture", "fishery"), (50, 120), "direct", 0.9),
    ),
    "information": (
        _Theme("Đợt tuyên truyền trên cổng thông tin và mạng xã hội", "online", ("public", "workers"), (),
               (1500, 6000), "social"),
    ),
    "police": (
        _Theme("Tuyên truyền phòng cháy, chữa cháy tại cơ sở có nguy cơ cháy nổ", "session", ("workers", "employers"),
               ("fire_risk",), (50, 130)),
    ),
    "environment": (
        _Theme("Phổ biến bảo vệ môi trường gắn với an toàn lao động", "session", ("employers",), ("polluting",),
               (40, 80)),
    ),
}  # fmt: skip
_COMMUNE = (
    _Theme("Phát thanh về an toàn lao động mùa mưa bão", "broadcast", ("public",), (), (800, 2600), "loudspeaker", 0.6),
    _Theme("Tuyên truyền tại hộ kinh doanh, làng nghề", "mobile", ("no_contract",), ("craft_villages", "informal"),
           (25, 70), "direct", 1.0),
    _Theme("An toàn khi làm việc trên cao, hàn cắt, không gian hạn chế", "session", ("workers", "no_contract"),
           ("heights", "welding", "confined_spaces"), (30, 80), "direct", 0.8),
)  # fmt: skip
_MATERIALS = (
    ("Tờ gấp “Quyền và nghĩa vụ về an toàn, vệ sinh lao động”", "leaflet", 3000),
    ("Sổ tay an toàn cho người lao động không có hợp đồng", "handbook", 1200),
    ("Áp phích Tháng hành động về an toàn, vệ sinh lao động", "poster", 400),
    ("Phim ngắn phòng ngừa ngã cao", "video", None),
    ("Biển cảnh báo điện giật, vật rơi tại công trường", "sign", 250),
    ("Bài phát thanh về bệnh bụi phổi", "audio", None),
)
_PRESS = (
    ("Gương an toàn, vệ sinh viên ở xưởng dệt", "article", "praise", ("manufacturing",)),
    ("Cảnh báo ngã cao ở công trình nhà dân", "report", "warning", ("construction", "heights")),
    ("Ra quân Tháng hành động về an toàn, vệ sinh lao động", "news", "news", ()),
    ("Hỏi đáp về huấn luyện an toàn", "column", "knowledge", ()),
    ("Khai thác đá: kiểm soát bụi và tiếng ồn", "report", "warning", ("mining",)),
    ("Nông dân dùng máy an toàn", "article", "knowledge", ("agriculture",)),
)


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    rounds = 1 if cast.small else 2
    made = sum(_province(act, chance, cast.before, (FIRST, date(2025, 2, 20)), rounds))
    made += sum(_province(act, chance, cast.after, (AFTER, TODAY), rounds))
    for body in cast.communes[: 3 if cast.small else 20]:
        for theme in _COMMUNE[: 1 if cast.small else 2]:
            made += _event(act, chance, body, theme, (AFTER, TODAY))
    return made


def _province(act: Act, chance: Random, bodies: list[Body], span: tuple[date, date], rounds: int) -> Iterator[bool]:
    """What the provincial bodies of one time did."""
    last = span[1]
    for function, themes in _THEMES.items():
        for body in holding(bodies, function, last)[:2]:
            yield from (_event(act, chance, body, theme, span) for theme in themes * rounds)
    for body in _media(bodies, last):
        yield from (_press(act, chance, body, span) for _round in range(rounds))
    for body in [found for word in ("osh_lead", "union") for found in holding(bodies, word, last)[:1]]:
        yield from (_material(act, chance, body, told, span) for told in _MATERIALS[: 2 * rounds])


def _media(bodies: list[Body], on: date) -> Iterator[Body]:
    for function in ("press", "broadcasting"):
        yield from holding(bodies, function, on)[:1]


def _event(act: Act, chance: Random, body: Body, theme: _Theme, span: tuple[date, date]) -> bool:
    day = _day(chance, body, span)
    if day is None:
        return False
    people = chance.randint(*theme.people)
    given = {
        "title": theme.title, "kind": theme.kind, "channel": theme.channel, "held_on": day, "content": "",
        "commune": _commune(chance, body, day) if theme.channel in ("direct", "loudspeaker") else None,
        "venue": chance.choice(["", "Hội trường UBND", "Nhà văn hóa", "Hội trường doanh nghiệp"]),
        "audiences": list(theme.audiences), "sectors": list(theme.sectors), "reach": people,
        "informal_reach": round(people * theme.informal) if theme.informal else None,
        "minutes": chance.choice([15, 20, 30]) if theme.channel == "loudspeaker" else None,
        "cost": None if theme.channel == "loudspeaker" else chance.randint(4, 40) * 500_000,
        "partners": chance.choice(["", "", "Liên đoàn Lao động", "Trung tâm Kiểm soát bệnh tật"]),
    }  # fmt: skip
    return _enter(act, chance, EVENTS, body, given)


def _material(act: Act, chance: Random, body: Body, told: tuple[str, str, int | None], span: tuple[date, date]) -> bool:
    title, kind, copies = told
    if (day := _day(chance, body, span)) is None:
        return False
    given = {
        "title": title, "kind": kind, "made_on": day, "copies": copies and copies + chance.randint(0, 5) * 100,
        "used_where": "Các doanh nghiệp, xã, phường", "audiences": ["workers"], "sectors": [],
        "cost": chance.randint(4, 30) * 1_000_000,
    }  # fmt: skip
    return _enter(act, chance, MATERIALS, body, given)


def _press(act: Act, chance: Random, body: Body, span: tuple[date, date]) -> bool:
    title, kind, tone, sectors = chance.choice(_PRESS)
    if (day := _day(chance, body, span)) is None:
        return False
    given = {
        "title": title, "kind": kind, "outlet": body.short_name or body.name, "published_on": day, "address": "",
        "minutes": chance.randint(3, 15) if kind in ("report", "column") else None, "tone": tone, "about": "",
        "sectors": list(sectors),
    }  # fmt: skip
    return _enter(act, chance, PRESS, body, given)


def _day(chance: Random, body: Body, span: tuple[date, date]) -> date | None:
    """A working day on which the body stood, more often in the month of action (May)."""
    first, last = max(span[0], body.valid_from), min(span[1], body.valid_to or span[1]) - timedelta(days=5)
    if first >= last:
        return None
    day = first + timedelta(days=chance.randrange((last - first).days))
    may = date(day.year, 5, chance.randint(4, 29))
    if chance.random() < 0.25 and first <= may <= last:
        day = may
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.weekday() > 4 and day - first > timedelta(2) else day


def _commune(chance: Random, body: Body, day: date) -> int | None:
    """A commune of that day on the ground of the body."""
    places = tree.current()
    if places.nodes[body.place.pk].level == "commune":
        return body.place.pk
    held = sorted(
        pk for pk in places.territory(body.place.pk) if places.nodes[pk].level == "commune"
        and places.nodes[pk].exists_on(day)
    )  # fmt: skip
    return chance.choice(held) if held else None


def _enter(act: Act, chance: Random, ledger: Ledger[Any], body: Body, given: Mapping[str, Any]) -> bool:
    """Written a few days after it was done."""
    day: date = given[ledger.day]
    at = timezone.make_aware(datetime.combine(day + timedelta(days=3), time(9, 30)))
    key = str(ULID.from_bytes(round(at.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(10)))
    actions.enter(replace(act, at=at), ledger=ledger, key=key, owner=body_owner(body), given=given)
    return True

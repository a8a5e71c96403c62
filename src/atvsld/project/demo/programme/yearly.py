"""Reports of 2025: most in time, some late, some missing, some sent back; the one of all issued on 14 January 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from atvsld.oversight.yearly import facade
from atvsld.oversight.yearly.facade import Entry, Signed
from atvsld.platform.acts import Act
from atvsld.project.demo.material import material
from atvsld.project.demo.programme.cast import PROGRAMME, Cast
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = 2025
ISSUED = datetime(2026, 1, 14, 9, 30, tzinfo=VIETNAM)
# Every so many-th owner in the order of the codes: never sent, sent late, sent back.
SILENT, LATE, RETURNED = 17, 9, 23
WHY = "Bổ sung kết quả khám phát hiện bệnh nghề nghiệp và bằng chứng của các lớp tập huấn."
COMMITTEE = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many reports were made."""
    entries = [*_bodies(cast, chance), *_firms(cast, chance)]
    made = facade.enter_reports(replace(act, at=ISSUED - timedelta(days=12)), entries=entries)
    _standing(replace(act, at=ISSUED), cast, chance)
    return len(made) + 1


def _bodies(cast: Cast, chance: Random) -> Iterator[Entry]:
    owners = [(body, "GIÁM ĐỐC") for body in cast.after if body != cast.standing]
    owners += [(body, COMMITTEE) for body in cast.communes]
    for number, (body, title) in enumerate(owners, start=1):
        if number % SILENT == 0:
            continue
        day = (
            date(2026, 1, 7) if number % LATE == 0 else date(2025, 12, 29) + timedelta(days=chance.choice((0, 1, 2, 4)))
        )
        returned = WHY if number % RETURNED == 0 else ""
        # A few reports have not been looked at yet.
        waits = number % 19 == 3
        yield _entry(body, chance, day, title, returned=returned, waits=waits)


def _firms(cast: Cast, chance: Random) -> Iterator[Entry]:
    for firm in cast.establishments[:4]:
        yield _entry(firm, chance, date(2025, 12, 30), "GIÁM ĐỐC")


def _entry(
    owner: Body | Establishment, chance: Random, day: date, title: str, *, returned: str = "", waits: bool = False
) -> Entry:
    sent = datetime.combine(day, time(chance.randint(8, 16), chance.randint(0, 59)), VIETNAM)
    name = material().person(chance, chance.choice(("male", "female")))
    number = f"{chance.randint(3, 240):02d}/BC-{_initials(owner)}"
    decided = None if waits and not returned else datetime(2026, 1, 9, 15, 0, tzinfo=VIETNAM)
    return Entry(PROGRAMME, YEAR, owner, sent - timedelta(days=2), sent, decided, number, title, name, returned)


def _initials(owner: Body | Establishment) -> str:
    if isinstance(owner, Establishment):
        return "ATVSLĐ"
    if owner.name.startswith(("Ủy ban nhân dân", "UBND")):
        return "UBND"
    words = [word for word in owner.name.split() if word[:1].isupper() and word not in {"Đà", "Nẵng"}]
    return "".join(word[0] for word in words) or "CQ"


def _standing(act: Act, cast: Cast, chance: Random) -> None:
    report = facade.open_report(act, programme=PROGRAMME, year=YEAR, body=cast.standing, standing=True)
    name = material().person(chance, "male")
    signed = Signed(name, ISSUED.date(), "GIÁM ĐỐC")
    facade.issue(act, report=report, version=report.version, signed=signed)

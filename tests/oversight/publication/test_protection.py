"""All that was ever published, added and subtracted: notices of the half-year and the year, of this year and the last,
by old and new units, and the sheets every commune posts. The reader's linear programme is built from the public files.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.oversight.publication import scene

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.publication import actions
from atvsld.oversight.publication.actions.drafting import Extras
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.web.public import as_json
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

pytestmark = pytest.mark.django_db
T = 5
SIGNER = actions.Signer("Nguyễn Văn Thử")
SECTORS = ("contract", "none")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def publish(period: str, at: datetime, extras: Extras | None = None) -> dict:
    notice = actions.draft_notice(
        scene.act(at), key=new_ulid(), place_code="48", period=Period.parse(period), extras=extras
    )
    notice = actions.issue_notice(scene.act(at), notice=notice, version=notice.version, on=at.date(), signer=SIGNER)
    return as_json(notice, Content.from_json(notice.content))


class Reader:
    """What somebody can work out: unknown counts that are not negative, and everything that is printed."""

    def __init__(self, unknown: Iterable[object]) -> None:
        self.place = {name: at for at, name in enumerate(unknown)}
        self.sums: list[list[float]] = []
        self.values: list[float] = []

    def row(self, names: Iterable[object]) -> list[float]:
        found = [0.0] * len(self.place)
        for name in names:
            found[self.place[name]] += 1
        return found

    def learns(self, names: Iterable[object], value: int) -> None:
        self.sums.append(self.row(names))
        self.values.append(value)

    def most(self, names: Iterable[object]) -> float:
        """The largest value a sum may have for all that is known."""
        goal = -np.array(self.row(names))
        found = linprog(goal, A_eq=np.array(self.sums), b_eq=self.values, bounds=(0, None), method="highs")
        assert found.status in (0, 3), found.message
        return float("inf") if found.status == 3 else -found.fun


def printed(notice: dict, table: str, column: str, when: str) -> dict[str, int]:
    """The rows of a public table that show a figure, the total among them, without what follows from the rest."""
    found = next((one for one in notice["tables"] if one["id"] == table), None)
    if found is None or (column not in found["columns"]):
        return {}
    lines = {line["code"]: line[when].get(column) for line in found["lines"] if line["kind"] != "rest"}
    return {code: value for code, value in lines.items() if value is not None}


def counted(table: str, measure: str, year: int) -> dict[tuple[str, int], int]:
    """The truth, in Python: victims and accidents by code and half-year."""
    found: Counter[tuple[str, int]] = Counter()
    for victim in Victim.objects.select_related("case"):
        case, day = victim.case, victim.case.occurred_at.astimezone(ZONE)
        if case.conclusion != "occupational" or victim.labour_relation is None or day.year != year:
            continue
        code = {"cause": case.cause_code, "agent": case.injury_agent_code}[table] or "unknown"
        counts = {"cases": victim.is_principal, "victims": True, "deaths": victim.severity == "fatal"}[measure]
        found[code, 1 if day.month <= 6 else 2] += counts
    return found


HALVES = ((1,), (2,), (1, 2))


def attacked(out: dict[str, dict], table: str, measure: str, year: int) -> int:
    """How many small counts of a breakdown the reader went for; none may be found where the totals leave room."""
    true = counted(table, measure, year)
    codes = sorted({code for code, _half in true})
    reader, whole = (Reader((code, half) for code in codes for half in (1, 2)) for _one in range(2))
    for period, halves in (("2025-H1", (1,)), ("2025", (1, 2))):
        every = [(code, half) for code in codes for half in halves]
        for one in (reader, whole):
            # The law makes the totals of the province public, whatever the table says.
            one.learns(every, sum(true[cell] for cell in every))
        for code, value in printed(out[period], table, measure, "now" if year == 2025 else "before").items():
            cells = every if code == "all" else [(code, half) for half in halves if code in codes]
            assert value == sum(true[cell] for cell in cells), (period, table, measure, code)
            reader.learns(cells, value)
    targets = [[(code, half) for half in halves] for code in codes for halves in HALVES]
    small = [cells for cells in targets if 0 < sum(true[cell] for cell in cells) < T and whole.most(cells) >= T]
    for cells in small:
        assert reader.most(cells) >= T - 1e-6, (table, measure, year, cells)
    return len(small)


@pytest.mark.parametrize("order", [["2025-H1", "2025"], ["2025", "2025-H1"]])
def test_no_half_and_no_year_of_a_cause_can_be_worked_out(order):
    scene.land(seed=8, count=520)
    out = {period: publish(period, scene.YEAR_OUT + timedelta(days=at)) for at, period in enumerate(order)}
    tried = [
        attacked(out, table, measure, year)
        for table in ("cause", "agent")
        for measure in ("cases", "victims", "deaths")
        for year in (2025, 2024)
    ]
    assert sum(tried) > 20


@pytest.fixture
def reorganised():
    """Six old communes in two districts, joined crosswise into three new ones on 1 July 2025."""
    end, start = date(2025, 6, 30), date(2025, 7, 1)
    top = _unit("48", "province", date(1997, 1, 1))
    districts = [_unit(f"49{at}", "district", date(1997, 1, 1), end) for at in range(2)]
    olds = [_unit(f"2010{at}", "commune", date(1997, 1, 1), end) for at in range(6)]
    news = [_unit(f"2020{at}", "commune", start) for at in range(3)]
    for district in districts:
        PlaceParent.objects.create(place=district, parent=top, valid_from=date(1997, 1, 1), valid_to=end)
    for new in news:
        PlaceParent.objects.create(place=new, parent=top, valid_from=start)
    for at, old in enumerate(olds):
        PlaceParent.objects.create(place=old, parent=districts[at % 2], valid_from=date(1997, 1, 1), valid_to=end)
        PlaceSuccession.objects.create(predecessor=old, successor=news[at // 2], kind="whole", effective_on=start)
    body = Body.objects.create(code="SNV-48", name="Sở Nội vụ thành phố Thử", place=top, valid_from=date(1997, 1, 1))
    BodyFunction.objects.create(body=body, function="osh_lead", place=top, valid_from=date(1997, 1, 1))
    return olds, news


def _unit(code: str, level: str, start: date, end: date | None = None) -> Place:
    return Place.objects.create(
        code=code, name=f"Đơn vị {code}", name_folded=code, level=level, kind=level, valid_from=start, valid_to=end
    )


@dataclass(frozen=True)
class Ground:
    """The ground as records bear it, by half-year and sector, and the units over it."""

    olds: list[Place]
    news: list[Place]
    true: Counter[tuple[str, int, str]]

    @property
    def pieces(self) -> list[tuple[str, int, str]]:
        places = [one.code for one in (*self.olds, *self.news)]
        return [(code, half, sector) for code in places for half in (1, 2) for sector in SECTORS]

    def of(self, unit: str, halves: tuple[int, ...], sectors: tuple[str, ...]) -> list[tuple[str, int, str]]:
        new_of = {old.code: self.news[at // 2].code for at, old in enumerate(self.olds)}
        new_of |= {new.code: new.code for new in self.news}
        inside = [code for code in new_of
                  if unit in ("all", code, new_of[code]) or _in_district(unit, code, self.olds, self.news)]  # fmt: skip
        return [(code, half, sector) for code in inside for half in halves for sector in sectors]

    def count(self, names: Iterable[tuple[str, int, str]]) -> int:
        return sum(self.true[name] for name in names)

    def told_anyway(self) -> Reader:
        """What is public without any table: totals, the lives of units, the sheets that communes post."""
        reader = Reader(self.pieces)
        known = [self.of("all", (1,), SECTORS), self.of("all", (1, 2), SECTORS)]
        known += [[(old.code, 2, sector) for sector in SECTORS] for old in self.olds]
        known += [[(new.code, 1, sector) for sector in SECTORS] for new in self.news]
        known += [[(old.code, 1, "none")] for old in self.olds]
        known += [self.of(new.code, (1, 2), ("none",)) for new in self.news]
        for names in known:
            reader.learns(names, self.count(names))
        return reader


def shaken(olds: list[Place], news: list[Place], seed: int) -> Ground:
    """Random accidents over two years, some communes with many, some with few."""
    dice = random.Random(seed)
    weights = [dice.choice([1, 1, 2, 6, 9]) for _old in olds]
    true: Counter[tuple[str, int, str]] = Counter()
    for _number in range(150):
        moment = datetime(2024, 1, 3, 3, tzinfo=UTC) + timedelta(days=dice.randrange(725))
        at = dice.choices(range(6), weights)[0]
        later = moment >= datetime(2025, 7, 1, tzinfo=UTC)
        place, sector = (news[at // 2] if later else olds[at]), dice.choice(["contract", "contract", "none"])
        case = AccidentCase.objects.create(
            occurred_at=moment, place=place, conclusion="occupational", severity="minor", victim_count=1, cause_code="1"
        )
        Victim.objects.create(case=case, position=1, is_principal=True, severity="minor", labour_relation=sector)
        if moment.year == 2025:
            true[place.code, 2 if later else 1, sector] += 1
    return Ground(olds, news, true)


@pytest.mark.parametrize("seed", [1, 5])
def test_old_units_new_units_and_posted_sheets_do_not_betray_a_commune(reorganised, seed):
    olds, news = reorganised
    ground = shaken(olds, news, seed)
    half = publish("2025-H1", scene.H1_OUT)
    year = publish("2025", scene.YEAR_OUT, Extras(former_day=date(2025, 6, 30)))
    reader, public = ground.told_anyway(), ground.told_anyway()
    for notice, table, halves in ((half, "commune", (1,)), (year, "commune", (1, 2)), (year, "former", (1, 2))):
        for code, value in printed(notice, table, "cases", "now").items():
            names = ground.of(code, halves, SECTORS)
            assert value == ground.count(names), (table, code)
            reader.learns(names, value)
    targets = [ground.of(old.code, (1,), ("contract",)) for old in olds]
    targets += [ground.of(new.code, halves, ("contract",)) for new in news for halves in HALVES]
    small = [names for names in targets if 0 < ground.count(names) < T and public.most(names) >= T]
    assert small
    for names in small:
        assert reader.most(names) >= T - 1e-6, (names, ground.count(names))
    assert any(table["id"] == "former" for table in year["tables"])


def _in_district(unit: str, code: str, olds: list[Place], news: list[Place]) -> bool:
    """Where a former table puts a place: its district, a new commune under that of the old one that speaks for it."""
    if unit not in {"490", "491"}:
        return False
    number = next((at for at, old in enumerate(olds) if old.code == code), None)
    if number is None:
        number = 2 * next(at for at, new in enumerate(news) if new.code == code)
    return unit == f"49{number % 2}"

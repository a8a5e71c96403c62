"""Synthetic accidents: how many, when, where, to whom, with what outcome."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any

from atvsld.project.demo.establishments import Firm
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import Weighted, Work, material

VIET_NAM = timezone(timedelta(hours=7))
# Cases this recent are often not concluded yet.
UNSETTLED_FROM = date(2026, 9, 1)
RANK = {"fatal": 0, "severe": 1, "minor": 2, None: 3}
CONCLUSIONS = {"contract": "occupational", "free": "occupational", "way": "article_39_2", "other": "not_occupational"}
_HOURS = Weighted(list(enumerate((1, 1, 1, 1, 1, 2, 5, 11, 14, 15, 12, 6, 4, 10, 13, 13, 10, 6, 3, 2, 2, 2, 1, 1))))
_SEVERE_SHARE = 0.11
SORTED_SCALE = 50


@dataclass(slots=True)
class Case:
    """One accident, ready to be written; `victims` in order of listing, the derived columns already right."""

    occurred_at: datetime
    place_id: int
    establishment_id: int | None
    conclusion: str
    cause_code: str | None
    injury_agent_code: str | None
    property_damage: int | None
    description: str
    severity: str | None
    victims: list[dict[str, Any]]


class Generator:
    """Draws cases year by year. Deterministic for a seed and the same establishments."""

    def __init__(self, ground: Ground, firms: list[Firm], chance: Random) -> None:
        self.ground = ground
        self.chance = chance
        self._exposure = Weighted([(firm, (firm.size**0.85) * firm.industry.hazard) for firm in firms])

    def cases(self, scale: float = 1.0) -> Iterator[Case]:
        """Every case, year by year; in order of time as long as a year fits in memory with ease."""
        for year in material().years:
            drawn = self._year(year, scale)
            yield from sorted(drawn, key=lambda case: case.occurred_at) if scale <= SORTED_SCALE else drawn

    def _year(self, year: int, scale: float) -> Iterator[Case]:
        plan = material().years[year]
        for kind, (total, fatal) in plan.kinds.items():
            for number in range(round(total * scale)):
                yield self._case(year, plan.months, kind, dies=number < round(fatal * scale))

    def _case(self, year: int, months: int, kind: str, *, dies: bool) -> Case:
        chance = self.chance
        firm = None if kind == "free" else self._firm(year)
        work: Work = material().free_work.draw(chance) if firm is None else firm.industry
        agent = "16" if kind == "way" else self._agent(work, dies=dies)
        moment = self._moment(year, months, work.season)
        day = moment.date()
        severity = "fatal" if dies else "severe" if chance.random() < _SEVERE_SHARE else "minor"
        victims = [self._victim(kind, work, firm, agent=agent, severity=severity, day=day)]
        if kind != "way" and chance.random() < 0.03:
            for _more in range(chance.choices((1, 2, 4), (8, 3, 1))[0]):
                outcome = "fatal" if dies and chance.random() < 0.25 else chance.choice(("severe", "minor", "minor"))
                victims.append(self._victim(kind, work, firm, agent=agent, severity=outcome, day=day))
        conclusion = CONCLUSIONS[kind]
        if kind == "contract" and chance.random() < (0.55 if day >= UNSETTLED_FROM else 0.004):
            conclusion = "pending"
        told = chance.choice(material().agents[agent].told)
        return Case(
            occurred_at=moment.astimezone(UTC),
            place_id=self._place(firm, day),
            establishment_id=None if firm is None else firm.record.pk,
            conclusion=conclusion,
            cause_code=None if conclusion == "pending" or chance.random() < 0.04 else self._cause(kind),
            injury_agent_code=None if chance.random() < 0.035 else agent,
            property_damage=self._money(8, 1.2) if chance.random() < 0.12 else None,
            description=f"{told}." if chance.random() < 0.8 else "",
            severity=_settle(victims),
            victims=victims,
        )

    def _firm(self, year: int) -> Firm:
        while True:
            firm: Firm = self._exposure.draw(self.chance)
            closed = firm.record.closed_on
            if firm.first_year <= year and (closed is None or closed.year > year):
                return firm

    def _agent(self, work: Work, *, dies: bool) -> str:
        agents = material().agents
        drawn = str(work.agents.draw(self.chance))
        if dies:
            # Among several draws a death goes with the agent that kills more often.
            more = [drawn, *(str(work.agents.draw(self.chance)) for _ in range(3))]
            drawn = self.chance.choices(more, [agents[code].odds for code in more])[0]
        return drawn

    def _cause(self, kind: str) -> str:
        return "9" if kind == "way" else str(material().causes.draw(self.chance))

    def _moment(self, year: int, months: int, season: str) -> datetime:
        chance = self.chance
        month = material().months[season, months].draw(chance)
        while True:
            day = date(year, month, chance.randint(1, calendar.monthrange(year, month)[1]))
            if day.weekday() < 6 or chance.random() < 0.35:
                break
        hour = _HOURS.draw(chance)
        return datetime(year, month, day.day, hour, chance.randrange(0, 60, 5), tzinfo=VIET_NAM)

    def _place(self, firm: Firm | None, day: date) -> int:
        chance = self.chance
        if firm is not None and chance.random() < 0.85:
            return self.ground.unit(firm.record.place_id, firm.origin, day)
        commune = self.ground.commune(chance)
        return self.ground.unit(commune, self.ground.origin(commune, chance), day)

    def _victim(
        self, kind: str, work: Work, firm: Firm | None, *, agent: str, severity: str, day: date
    ) -> dict[str, Any]:
        chance = self.chance
        sex = "female" if chance.random() < (0.22 if firm is None else firm.industry.female * 0.75) else "male"
        relation = "none" if kind == "free" else str(material().relations.draw(chance))
        injuries = [] if severity == "minor" else [chance.choice(material().agents[agent].injuries)]
        if severity == "fatal" and chance.random() < 0.4:
            injuries = []
        unsure = chance.random() < 0.008
        return {
            "name": material().person(chance, sex),
            "birth_year": None if chance.random() < 0.05 else day.year - round(chance.triangular(18, 62, 34)),
            "sex": None if chance.random() < 0.006 else sex,
            "occupation_code": None if chance.random() < 0.04 else str(work.occupations.draw(chance)),
            "labour_relation": None if chance.random() < 0.004 else relation,
            "severity": None if unsure and severity == "minor" else severity,
            "injury_codes": injuries,
            "managed": None if firm is None or chance.random() < 0.02 else chance.random() >= 0.05,
            **self._costs(severity, firm),
        }

    def _costs(self, severity: str, firm: Firm | None) -> dict[str, int | None]:
        chance = self.chance
        days = (
            None
            if severity == "fatal"
            else round(chance.lognormvariate(*((4.4, 0.5) if severity == "severe" else (2.1, 0.7))))
        )
        if firm is None and chance.random() < 0.6:
            days = None
        unknown = chance.random() < (0.7 if firm is None else 0.1)
        wage = 8.5 if firm is None else firm.industry.wage
        medical = {"fatal": (18, 0.9), "severe": (34, 0.7), "minor": (2.4, 0.8)}[severity]
        paid = {"fatal": (wage * 32, 0.15), "severe": (wage * 6, 0.6), "minor": (1.2, 0.6)}[severity]
        return {
            "days_lost": days,
            "medical_cost": None if unknown else self._money(*medical),
            "wage_cost": None if unknown or days is None else round(days * wage * 1_000_000 / 26 / 1000) * 1000,
            "compensation_cost": None
            if unknown or (severity == "minor" and chance.random() < 0.5)
            else self._money(*paid),
        }

    def _money(self, median: float, spread: float) -> int:
        """An amount in đồng around a median in million đồng, to the thousand."""
        return round(median * self.chance.lognormvariate(0, spread) * 1000) * 1000


def _settle(victims: list[dict[str, Any]]) -> str | None:
    """Number the victims, name the principal one, and return the case's severity."""
    principal = min(range(len(victims)), key=lambda number: RANK[victims[number]["severity"]])
    for number, victim in enumerate(victims):
        victim["position"] = number + 1
        victim["is_principal"] = number == principal
    severity: str | None = victims[principal]["severity"]
    return severity

"""All of the leaders' page, asked of the rooms that hold it. What a room does not hold yet is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from atvsld.oversight.budget import facade as budget
from atvsld.oversight.indicators import facade as indicators
from atvsld.oversight.indicators.facade import TargetLine
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.portals.leader import chasing, deaths, decisions, risks
from atvsld.portals.leader.chasing import Late, Missing
from atvsld.portals.leader.deaths import Deaths
from atvsld.portals.leader.decisions import Waiting
from atvsld.portals.leader.risks import Risks


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of the plan in a year, whole đồng, with the year before."""

    year: int
    estimated: Decimal
    allocated: Decimal
    spent: Decimal
    before: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the vice-chairman sees at once."""

    at: datetime
    targets: tuple[TargetLine, ...]
    deaths: Deaths | None
    waiting: list[Waiting]
    late: Late | None
    missing: list[Missing] | None
    sectors: Risks | None
    places: Risks | None
    money: Purse | None

    @property
    def risks(self) -> list[Risks]:
        """Sectors, then places; only those that could be reckoned."""
        return [one for one in (self.sectors, self.places) if one is not None]


def gathered(actor: Actor, at: datetime) -> Summary:
    """The page as it stands at a moment, within what the actor may see."""
    return Summary(
        at=at,
        targets=indicators.targets(actor, None, at, brief=True),
        deaths=deaths.so_far(actor, at),
        waiting=decisions.waiting(actor, at),
        late=chasing.late_duties(actor, at),
        missing=chasing.missing_reports(actor, at),
        sectors=risks.of(actor, indicators.SECTOR, at),
        places=risks.of(actor, indicators.PLACE, at),
        money=_money(actor, at),
    )


def _money(actor: Actor, at: datetime) -> Purse | None:
    """Money within the actor's places; None for those who may not see it."""
    if not actor.may(budget.READ):
        return None
    year = clock.local_day(at).year
    scopes = actor.scopes(budget.READ)
    places = None if any(scope.everything for scope in scopes) else frozenset[int]().union(
        *(scope.ids for scope in scopes if scope.dimension == "place")
    )  # fmt: skip
    now = budget.summary(None, year, places=places)
    before = budget.summary(None, year - 1, places=places)
    return Purse(year, now.estimated, now.allocated, now.spent, before.spent, f"/kinh-phi/?year={year}")

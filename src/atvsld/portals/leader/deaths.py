"""Deaths of the year and where the investigation of each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.policy import READ
from atvsld.casework.accidents.procedure.models.file import STAGES
from atvsld.casework.accidents.views import work
from atvsld.kit.periods import Period
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock

# Cases printed one by one; the others are in the list.
SHOWN = 6
COUNTED = ("occupational", "article_39_2", "pending")


@dataclass(frozen=True, slots=True)
class FatalCase:
    """A fatal case: never a person's name. `late` when something about it is past its term."""

    number: str
    url: str
    day: date
    place: str
    establishment: str
    deaths: int
    stage: str
    ended: bool
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths and fatal cases of a year so far, beside the same days of the year before."""

    year: int
    deaths: int
    before: int
    cases: int
    pending: int
    without_file: int
    open: int
    late: int
    shown: tuple[FatalCase, ...]
    url: str
    cases_url: str


def so_far(actor: Actor, at: datetime) -> Deaths | None:
    """None for those who may not see cases. Cases found not to be occupational are left out, pending ones are in."""
    if not actor.may(READ):
        return None
    today = clock.local_day(at)
    period, last = Period.parse(str(today.year)), Period.parse(str(today.year - 1))
    counted = Q(case__conclusion__in=COUNTED, severity="fatal")
    victims = queries.visible_victims(actor).filter(counted)
    now = victims.filter(queries.in_period(period, "case__occurred_at")).count()
    same = Q(case__occurred_at__lt=at.replace(year=at.year - 1, day=min(at.day, 28) if at.month == 2 else at.day))
    before = victims.filter(queries.in_period(last, "case__occurred_at"), same).count()
    seen = queries.visible_cases(actor).filter(
        queries.in_period(period), conclusion__in=COUNTED, severity="fatal"
    )  # fmt: skip
    dealt = {case.pk: case for case in work.cases(actor).filter(pk__in=seen.values("pk"))}
    cases = list(
        seen.select_related("place", "establishment")
        .annotate(dead=Count("victims", filter=Q(victims__severity="fatal")))
        .order_by("-occurred_at", "-pk")
    )
    lines = [_line(case, dealt.get(case.pk), at) for case in cases]
    lines.sort(key=lambda line: (line.ended, not line.late, line.due or date.max))
    return Deaths(
        year=today.year, deaths=now, before=before, cases=len(cases),
        pending=sum(case.conclusion == "pending" for case in cases),
        without_file=sum(case.pk not in dealt for case in cases), open=sum(not line.ended for line in lines),
        late=sum(line.late for line in lines), shown=tuple(lines[:SHOWN]),
        url=f"/tai-nan/nguoi-bi-nan/?period={period.code}&severity=fatal",
        cases_url=f"/tai-nan/?period={period.code}&severity=fatal",
    )  # fmt: skip


_STAGES = dict(STAGES)


def _line(case: Any, dealt: Any, at: datetime) -> FatalCase:
    """`case` with its number of `dead`; `dealt`: the same with its procedure and next term, None without one."""
    stage = dealt.procedure_file.stage if dealt else ""
    due = dealt.next_due if dealt else None
    ended = stage in work.ENDED
    return FatalCase(
        number=case.number, url=f"/tai-nan/{case.public_id}/", day=clock.local_day(case.occurred_at),
        place=case.place.name, establishment=case.establishment.name if case.establishment else "",
        deaths=case.dead, stage=str(_STAGES.get(stage, "")), ended=ended,
        due=clock.local_day(due) if due else None, late=bool(due and due < at and not ended),
    )  # fmt: skip

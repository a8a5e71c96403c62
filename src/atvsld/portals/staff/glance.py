"""The officer's area at a glance: this year so far beside the same days of last year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import Victim
from atvsld.platform.access.actor import Actor

COUNTED = ("occupational", "article_39_2", "pending")


@dataclass(frozen=True, slots=True)
class Compared:
    """A count now and over the same days a year before."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Month:
    """Cases of a month, this year and last; None for months not yet begun."""

    month: int
    now: int | None
    before: int


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """Everything the first page says about accidents."""

    until: date
    cases: Compared
    fatal_cases: Compared
    deaths: Compared
    severe: Compared
    months: tuple[Month, ...]

    @property
    def year_text(self) -> str:
        """The year without a thousands separator."""
        return str(self.until.year)


def year_so_far(actor: Actor, today: date) -> YearSoFar:
    """Cases and victims from 1 January to today, and over the same days last year; two statements.

    Cases found not to be occupational are left out; those without a conclusion yet are in.
    """
    year = today.year
    spans = {year: _span(date(year, 1, 1), today), year - 1: _span(date(year - 1, 1, 1), _year_before(today))}
    visible = queries.visible_victims(actor).filter(case__conclusion__in=COUNTED)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted = (
        visible.filter(Q(*spans[year]) | Q(*spans[year - 1]))
        .annotate(year=ExtractYear("case__occurred_at"))
        .values("year")
        .annotate(
            cases=Count("pk", filter=Q(is_principal=True)),
            fatal_cases=Count("pk", filter=Q(is_principal=True, case__severity="fatal")),
            deaths=Count("pk", filter=Q(severity="fatal")),
            severe=Count("pk", filter=Q(severity="severe")),
        )
        .order_by()
    )
    for row in counted:
        found[row["year"]] = row

    def compared(name: str) -> Compared:
        return Compared(found[year][name], found[year - 1][name])

    return YearSoFar(
        until=today,
        cases=compared("cases"),
        fatal_cases=compared("fatal_cases"),
        deaths=compared("deaths"),
        severe=compared("severe"),
        months=_months(visible, today),
    )


def _months(visible: QuerySet[Victim], today: date) -> tuple[Month, ...]:
    whole = _span(date(today.year - 1, 1, 1), date(today.year, 12, 31))
    rows = (
        visible.filter(*whole, is_principal=True)
        .annotate(year=ExtractYear("case__occurred_at"), month=ExtractMonth("case__occurred_at"))
        .values("year", "month")
        .annotate(cases=Count("pk"))
        .order_by()
    )
    held = {(row["year"], row["month"]): row["cases"] for row in rows}
    return tuple(
        Month(
            month,
            held.get((today.year, month), 0) if month <= today.month else None,
            held.get((today.year - 1, month), 0),
        )
        for month in range(1, 13)
    )


def _span(first: date, last: date) -> tuple[tuple[str, datetime], ...]:
    zone = timezone.get_default_timezone()
    return (
        ("case__occurred_at__gte", datetime.combine(first, time.min, zone)),
        ("case__occurred_at__lt", datetime.combine(last + timedelta(days=1), time.min, zone)),
    )


def _year_before(day: date) -> date:
    """The same day a year before; 28 February for a leap day."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)

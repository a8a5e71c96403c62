"""Measured times: how many dossiers ended, how many in time, and the middle time taken, by procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Aggregate, Case, Count, F, FloatField, Q, QuerySet, When

from atvsld.casework.procedures.models import Application

DONE = Q(state__in=[Application.State.GRANTED, Application.State.REFUSED])
OPEN = Q(state__in=[Application.State.RUNNING, Application.State.WAITING])


class Median(Aggregate):
    """The middle value, by the database; None of none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class Measured:
    """Dossiers of one procedure decided within some days, and those open today.

    `judged`: decided ones for which the law names a time; `median`: middle number of days used; `waited`: middle number
    of calendar days the dossier lay with the applicant.
    """

    procedure: str
    decided: int
    judged: int
    in_time: int
    median: float | None
    waited: float | None
    open: int
    overdue: int

    @property
    def share(self) -> float | None:
        """Percent decided in time, None of none."""
        return 100 * self.in_time / self.judged if self.judged else None


def decided_within(queryset: QuerySet[Application], start: date, end: date) -> QuerySet[Application]:
    """Granted or refused within some days; those withdrawn by the applicant measure nothing."""
    return queryset.filter(DONE, finished_on__gte=start, finished_on__lte=end)


def overdue(today: date) -> Q:
    """Dossiers in the office past their last day."""
    return OPEN & Q(due_on__lt=today)


def measured(queryset: QuerySet[Application], start: date, end: date, today: date) -> dict[str, Measured]:
    """By procedure, in one statement."""
    done = DONE & Q(finished_on__gte=start, finished_on__lte=end)
    rows = (
        queryset.exclude(state=Application.State.VOID)
        .order_by()
        .values("procedure")
        .annotate(
            decided=Count("pk", filter=done),
            judged=Count("pk", filter=done & Q(in_time__isnull=False)),
            punctual=Count("pk", filter=done & Q(in_time=True)),
            median=Median(Case(When(done, then=F("days_used")))),
            waited=Median(Case(When(done, then=F("days_waited")))),
            running=Count("pk", filter=OPEN),
            past=Count("pk", filter=overdue(today)),
        )
    )
    return {
        row["procedure"]: Measured(
            row["procedure"], row["decided"], row["judged"], row["punctual"], row["median"], row["waited"],
            row["running"], row["past"],
        )
        for row in rows
    }  # fmt: skip


def median_share(queryset: QuerySet[Application]) -> float | None:
    """The middle of days used as a percentage of the days the law gives, over dossiers that have a time."""
    share = 100.0 * F("days_used") / F("span")
    value: float | None = queryset.filter(span__isnull=False).aggregate(middle=Median(share))["middle"]
    return value

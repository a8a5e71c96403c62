"""Notices as somebody may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import load_book
from atvsld.law.deadlines import Deadline, due
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.policy import NOTICES, READ
from atvsld.oversight.publication.rules import load_rules
from atvsld.platform.access.actor import Actor


def visible(actor: Actor) -> QuerySet[Notice]:
    """Every edition in the actor's reach, drafts too."""
    return NOTICES.restrict(Notice.objects.all(), actor, READ)


def public() -> QuerySet[Notice]:
    """Everything issued, in force or replaced."""
    return Notice.objects.exclude(state=Notice.State.DRAFT).order_by("-period", "-revision")


def in_force(period: str) -> Notice | None:
    """The edition of a period that holds now; the newest province's when several published here."""
    return Notice.objects.filter(period=period, state=Notice.State.ISSUED).order_by("-issued_on", "-pk").first()


def deadline(period: Period) -> Deadline | None:
    """By when the notice of a period must be out; None where the law names no day."""
    try:
        return due(load_book(), load_rules().deadline, period=period)
    except NotInForce:
        return None


def periods(today: date, back: int = 3) -> list[Period]:
    """Periods a notice may be made for: ended half-years (the first) and years, newest first."""
    years = range(today.year, today.year - back - 1, -1)
    both = (one for year in years for one in (Period(year, PeriodKind.YEAR), Period(year, PeriodKind.HALF, 1)))
    return [period for period in both if period.end < today]

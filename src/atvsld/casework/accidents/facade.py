"""All that outer rings may ask about accident cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.periods import Period
from atvsld.platform.access.actor import Actor

__all__ = ["Gaps", "Glance", "fatal_of", "find", "gaps", "glance", "latest"]


@dataclass(frozen=True, slots=True)
class Glance:
    """Counts of a period in somebody's area; not-occupational cases are left out, pending ones are in."""

    cases: int
    fatal_cases: int
    victims: int
    deaths: int
    severe: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Cases whose record still lacks something the statutory tables need."""

    cause: int
    agent: int
    severity: int
    pending: int


def glance(actor: Actor, period: Period) -> Glance:
    """What happened in a period, in one statement."""
    counted = Q(case__conclusion__in=["occupational", "article_39_2", "pending"])
    found = (
        queries.visible_victims(actor)
        .filter(queries.in_period(period, "case__occurred_at"), counted)
        .aggregate(
            cases=Count("pk", filter=Q(is_principal=True)),
            fatal_cases=Count("pk", filter=Q(is_principal=True, case__severity="fatal")),
            victims=Count("pk"),
            deaths=Count("pk", filter=Q(severity="fatal")),
            severe=Count("pk", filter=Q(severity="severe")),
        )
    )
    return Glance(**found)


def gaps(actor: Actor, period: Period) -> Gaps:
    """How many cases of a period lack cause, agent, severity or a conclusion; those found not occupational aside."""
    found = (
        queries.visible_cases(actor)
        .filter(queries.in_period(period))
        .exclude(conclusion="not_occupational")
        .aggregate(
            cause=Count("pk", filter=Q(cause_code__isnull=True)),
            agent=Count("pk", filter=Q(injury_agent_code__isnull=True)),
            severity=Count("pk", filter=Q(severity__isnull=True)),
            pending=Count("pk", filter=Q(conclusion="pending")),
        )
    )
    return Gaps(**found)


def latest(actor: Actor, limit: int = 10) -> list[AccidentCase]:
    """The newest cases by moment of the accident."""
    visible = queries.visible_cases(actor).select_related("place", "establishment")
    return list(visible.order_by("-occurred_at", "-pk")[:limit])


def find(actor: Actor, text: str, limit: int = 10) -> list[AccidentCase]:
    """The first cases that match a number, a key or an establishment."""
    found: QuerySet[AccidentCase] = queries.search(queries.visible_cases(actor), text)
    return list(found.select_related("place", "establishment").order_by("-occurred_at", "-pk")[:limit])


def fatal_of(establishment: int, since: datetime, until: datetime) -> list[AccidentCase]:
    """The fatal cases of an establishment (primary key) between two moments, found to be occupational or still open.

    The caller answers for who may see them.
    """
    held = AccidentCase.objects.filter(establishment_id=establishment, occurred_at__range=(since, until))
    counted = held.filter(severity="fatal", conclusion__in=["occupational", "pending"])
    return list(counted.order_by("-occurred_at", "-pk"))

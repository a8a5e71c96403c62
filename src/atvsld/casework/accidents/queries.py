"""Cases and victims as somebody may see them; nothing outside the asker's area exists here."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, READ, VICTIMS
from atvsld.kit.ids import is_ulid
from atvsld.kit.periods import Period
from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments.models import Establishment

# Shorter parts of a tax code fit too many.
SHORTEST_TAX_PART = 3
# Establishments beyond this many are left to the database to join.
MANY = 500
_NUMBER = re.compile(r"(?:tn-?)?(?:(?P<year>\d{4})-)?0*(?P<pk>\d{1,12})")


def visible_cases(actor: Actor, permission: str = READ) -> QuerySet[AccidentCase]:
    """The cases on which the actor holds a permission."""
    return CASES.restrict(AccidentCase.objects.all(), actor, permission)


def visible_victims(actor: Actor, permission: str = READ) -> QuerySet[Victim]:
    """The victims of those cases."""
    return VICTIMS.restrict(Victim.objects.all(), actor, permission)


def span(period: Period) -> tuple[datetime, datetime]:
    """First moment of a period and first moment after it, in Viet Nam."""
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(period.start, time.min, zone),
        datetime.combine(period.end + timedelta(days=1), time.min, zone),
    )


def in_period(period: Period, path: str = "occurred_at") -> Q:
    """Condition for records whose moment lies in a period."""
    start, end = span(period)
    return Q(**{f"{path}__gte": start, f"{path}__lt": end})


def search(queryset: QuerySet[AccidentCase], text: str) -> QuerySet[AccidentCase]:
    """By number (TN-2026-000123, or its last part), the sender's key, or the establishment's name or tax code."""
    folded = text.strip().lower()
    found = Q(case_key__iexact=folded) | _of_establishments(folded)
    if number := _NUMBER.fullmatch(folded):
        found |= Q(pk=int(number["pk"]))
    if is_ulid(folded.upper()):
        found |= Q(public_id=folded.upper())
    return queryset.filter(found)


def _of_establishments(folded: str) -> Q:
    """Cases of the establishments that fit. Few of them are looked up first, so that indexes answer for each part."""
    fitting = Q(name_folded__contains=folded)
    bare = folded.replace("-", "")
    if bare.isdigit() and len(bare) >= SHORTEST_TAX_PART:
        fitting |= Q(tax_code__startswith=bare)
    known = Establishment.objects.filter(fitting).values_list("pk", flat=True)
    few = list(known[: MANY + 1])
    return Q(establishment_id__in=few if len(few) <= MANY else known)

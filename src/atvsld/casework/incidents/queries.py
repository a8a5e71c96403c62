"""Incidents as somebody may see them."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet

from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.casework.incidents.policy import INCIDENTS, READ
from atvsld.platform.access.actor import Actor
from atvsld.platform.access.policy import Policy

# An accident case is seen under the same columns and by the right of its own room.
CASES = Policy({"place": "place_id", "establishment": "establishment_id"})
CASE_READ = "accidents:case:read"
_NUMBER_OF_CASE = re.compile(r"tn-\d{4}-0*(?P<pk>\d{1,12})")
_NUMBER = re.compile(r"(?:sc-?)?(?:\d{4}-)?0*(?P<pk>\d{1,12})")


def visible(actor: Actor, permission: str = READ) -> QuerySet[TechnicalIncident]:
    """The incidents on which the actor holds a permission."""
    queryset = TechnicalIncident.objects.select_related("place", "establishment", "accident_case")
    return INCIDENTS.restrict(queryset, actor, permission)


def search(queryset: QuerySet[TechnicalIncident], text: str) -> QuerySet[TechnicalIncident]:
    """By number (SC-2026-000012), establishment's name or tax code, name or number of the equipment."""
    folded = text.strip().lower()
    found = Q(establishment__name_folded__contains=folded) | Q(object_number__iexact=folded)
    found |= Q(object_folded__contains=folded)
    if folded.replace("-", "").isdigit():
        found |= Q(establishment__tax_code__startswith=folded.replace("-", ""))
    if number := _NUMBER.fullmatch(folded):
        found |= Q(pk=int(number["pk"]))
    return queryset.filter(found)


def case_by_number(actor: Actor, number: str) -> int | None:
    """Primary key of an accident case by its human number, when the actor may see it.

    The model is reached through the incident's own reference: siblings of this ring do not import one another.
    """
    model = TechnicalIncident._meta.get_field("accident_case").related_model  # noqa: SLF001
    found = _NUMBER_OF_CASE.fullmatch(number.strip().lower())
    if found is None or isinstance(model, str) or model is None:
        return None
    rows = CASES.restrict(model._default_manager.all(), actor, CASE_READ)  # noqa: SLF001
    case: Any = rows.filter(pk=int(found["pk"])).first()
    if case is None or case.number.lower() != number.strip().lower():
        return None
    return int(case.pk)

"""What an invitation lets a person do: read the one case, as long as it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from atvsld.casework.accidents.views.models import CaseInvitation
from atvsld.casework.accidents.views.policy import GIVEN, GIVEN_WITH_IDENTITIES
from atvsld.platform.access.actor import Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.offices.models import Office

ROLE = "invited"


def standing(on: date) -> Q:
    """Invitations that hold on a day."""
    return Q(valid_from__lte=on, valid_to__gte=on, revoked_at__isnull=True)


def by_invitation(user: User, on: date) -> Iterator[Grant]:
    """A grant for the cases shown to the person, or to a body for which the person holds an office that day."""
    bodies = Office.objects.filter(in_force(on), user=user, body__isnull=False).values("body_id")
    found = CaseInvitation.objects.filter(standing(on), Q(user=user) | Q(body__in=bodies)).order_by("pk")
    plain: set[int] = set()
    named: set[int] = set()
    for case_id, identities in found.values_list("case_id", "identities"):
        (named if identities else plain).add(case_id)
    for cases, given in ((plain - named, GIVEN), (named, GIVEN_WITH_IDENTITIES)):
        if cases:
            yield Grant(ROLE, given, Scope("case", frozenset(cases), label=_("hồ sơ được mời xem")), _("Được mời"))

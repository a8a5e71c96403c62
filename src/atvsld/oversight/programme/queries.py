"""Plans as somebody may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from atvsld.law.programme import Level, Programme
from atvsld.oversight.programme import known
from atvsld.oversight.programme.models import EnteredProgramme
from atvsld.oversight.programme.policy import BODIES, CHANGE, ENTERED, OWN, READ
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body

State = EnteredProgramme.State
# Documents everybody below carries out.
ABOVE_ALL = (Level.DIRECTIVE, Level.NATIONAL, Level.PARTY, Level.PROVINCE)


def visible(actor: Actor) -> QuerySet[EnteredProgramme]:
    """Editions the actor may read: what is issued above everybody, what is issued in reach, and the own drafts."""
    rows = EnteredProgramme.objects.select_related("body", "establishment", "source")
    if not actor.may(READ):
        return rows.none()
    # A reach of everything is an empty condition, which “or” would leave out: hence the keys.
    reached = ENTERED.restrict(EnteredProgramme.objects.all(), actor, READ).values("pk")
    mine = OWN.restrict(EnteredProgramme.objects.all(), actor, CHANGE).values("pk")
    issued = ~Q(state=State.DRAFT) & (Q(level__in=ABOVE_ALL) | Q(pk__in=reached))
    return rows.filter(issued | Q(state=State.DRAFT, pk__in=mine))


def own(actor: Actor) -> QuerySet[EnteredProgramme]:
    """Editions the actor may change, issue or revise."""
    return OWN.restrict(EnteredProgramme.objects.select_related("body", "establishment", "source"), actor, CHANGE)


def owners(actor: Actor) -> tuple[list[int], list[int]]:
    """The bodies and establishments for whom the actor may enter a plan, without their older names."""
    scopes = [scope for scope in actor.scopes(CHANGE) if scope.root is not None]
    return (
        [scope.root for scope in scopes if scope.dimension == "body" and scope.root is not None],
        [scope.root for scope in scopes if scope.dimension == "establishment" and scope.root is not None],
    )


def readable(actor: Actor, on: date) -> list[Programme]:
    """The programmes the actor may read on a day, from directives down to plans of bodies."""
    if not actor.may(READ):
        return []
    held = known.known(on)
    entered = set(EnteredProgramme.objects.values_list("code", flat=True))
    mine = set(visible(actor).exclude(state=State.DRAFT).values_list("code", flat=True))
    found = [one for one in held.by_id.values() if one.id not in entered or one.id in mine]
    order = list(Level)
    return sorted(found, key=lambda one: (order.index(one.level), one.valid_from, one.id))


def followed(actor: Actor) -> QuerySet[Body]:
    """The bodies whose work on plans the actor may see."""
    return BODIES.restrict(Body.objects.select_related("place"), actor, READ)

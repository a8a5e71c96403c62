"""Campaigns and their results as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.casework.campaigns.asked import Given
from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.casework.campaigns.policy import CHANGE, OWN, READ, RESULTS
from atvsld.law.programme_reading import load_programmes
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.ledgers.reach import Owner, body_owner, owners
from atvsld.registers.places import tree
from atvsld.registers.proofs import Asked


def visible_results(actor: Actor, permission: str = READ) -> QuerySet[CampaignResult]:
    """The results the actor may see. What others have not sent yet is their own affair and not among them."""
    queryset = CampaignResult.objects.select_related("campaign", "body", "establishment", "place", "current")
    if permission == CHANGE:
        return OWN.restrict(queryset, actor, CHANGE)
    own_or_sent = Q(current__isnull=False) | OWN.filter(actor, CHANGE)
    return RESULTS.restrict(queryset, actor, permission).filter(own_or_sent)


def sent(asked: Asked) -> QuerySet[CampaignResult]:
    """The results that count: sent, of campaigns that began within the days asked for."""
    queryset = CampaignResult.objects.select_related("campaign", "body", "establishment").filter(
        current__isnull=False, campaign__starts_on__range=(asked.start, asked.end)
    )
    owners = Q()
    if asked.bodies is not None:
        owners |= Q(body_id__in=asked.bodies)
    if asked.establishments is not None:
        owners |= Q(establishment_id__in=asked.establishments)
    places = Q() if asked.places is None else Q(place_id__in=asked.places)
    return queryset.filter(owners, places).order_by("-campaign__starts_on", "pk")


def sent_figures(result: CampaignResult) -> dict[str, Given]:
    """The figures of the version that counts, by row."""
    held = () if result.current is None else result.current.figures.all()
    return {one.row: Given(one.value, one.of) for one in held}


def expected(campaign: Campaign) -> dict[int, tuple[Body, frozenset[str]]]:
    """The bodies asked to tell of a campaign, by primary key, each with the functions it held on its last day.

    They are the bodies that carry out the plan (words of the plan) within the area, and the standing body itself.
    """
    words = load_programmes().words
    functions = {*words.holder("plan_bodies").includes, "osh_lead"}
    day = campaign.ends_on
    rows = BodyFunction.objects.filter(
        in_force(day), in_force(day, "body__"), function__in=functions, body__place_id__in=area(campaign)
    ).select_related("body")
    found: dict[int, tuple[Body, frozenset[str]]] = {}
    for row in rows.order_by("body__code"):
        body, held = found.get(row.body_id, (row.body, frozenset()))
        found[row.body_id] = (body, held | {row.function})
    return found


def area(campaign: Campaign) -> frozenset[int]:
    """The places of the campaign's area, by the boundaries of its last day."""
    places, day = tree.current(), campaign.ends_on
    unit = places.unit_on(campaign.place_id, day)
    return frozenset() if unit is None else places.territory(unit.pk, day)


def writes_for(actor: Actor, campaign: Campaign) -> list[Owner]:
    """In whose name the actor may tell of a campaign: bodies as they stood on its last day, and establishments."""
    day = campaign.ends_on
    owned = [scope.ids for scope in actor.scopes(CHANGE) if scope.dimension == "body" and not scope.everything]
    ids = frozenset[int]().union(*owned)
    bodies = Body.objects.filter(in_force(day), pk__in=ids).order_by("name")
    own_firms = [owner for owner in owners(actor, CHANGE) if owner.kind == "establishment"]
    return [*map(body_owner, bodies), *own_firms]

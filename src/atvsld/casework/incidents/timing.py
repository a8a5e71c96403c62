"""The notices an incident calls for (Nghị định 39/2016 Điều 26, Luật 84/2015 Điều 36), kept in step with the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.kit.dated import NotInForce
from atvsld.platform.acts import Act
from atvsld.registers.duties import facade as duties

RULES = (
    "INC_STATE",
    "INC_POLICE",
    "INC_SERIOUS",
    "INC_SERIOUS_COMMUNE",
    "INC_MULTI",
    "INC_QUICK",
    "INC_CONSTRUCTION",
)


def wanted(incident: TechnicalIncident) -> Iterator[tuple[str, datetime]]:
    """The rules that bind now, each with the moment from which it runs."""
    known = incident.known_at or incident.occurred_at
    heard = incident.received_at or known
    serious_alone = bool(incident.serious) and incident.sector_law == TechnicalIncident.SectorLaw.NONE
    employer = incident.establishment_id is not None
    if incident.outside_casualties and employer:
        yield "INC_STATE", known
    if incident.outsiders_dead and employer:
        yield "INC_POLICE", known
    if serious_alone:
        yield ("INC_SERIOUS", known) if employer else ("INC_SERIOUS_COMMUNE", heard)
    if serious_alone and incident.many_places and employer:
        yield "INC_MULTI", known
    if incident.serious:
        yield "INC_QUICK", heard
    lesser = not incident.outsiders_dead and incident.outsiders_severe < 2
    if incident.sector_law == TechnicalIncident.SectorLaw.CONSTRUCTION and employer and lesser:
        yield "INC_CONSTRUCTION", known


def follow(act: Act, incident: TechnicalIncident) -> None:
    """Owe what binds, and let go of what binds no more."""
    bound = dict(wanted(incident)) if incident.state == TechnicalIncident.State.OPEN else {}
    for rule, at in bound.items():
        try:
            _owe(act, incident, rule, at)
        except NotInForce:
            continue
    if incident.state == TechnicalIncident.State.OPEN:
        for rule in RULES:
            if rule not in bound:
                duties.cancel(act, key=key(incident, rule), reason=_("Sự cố không còn thuộc trường hợp phải báo."))


def key(incident: TechnicalIncident, rule: str) -> str:
    """The key of the duty under one rule."""
    return f"incidents:{incident.public_id}:{rule}:1"


def _owe(act: Act, incident: TechnicalIncident, rule: str, at: datetime) -> None:
    duties.owe(
        act,
        key=key(incident, rule),
        rule=rule,
        context="incidents",
        subject=incident.public_id,
        label=incident.number,
        url=reverse("incidents:incident", args=[incident.public_id]),
        place_id=incident.place_id,
        establishment_id=incident.establishment_id,
        at=at,
    )

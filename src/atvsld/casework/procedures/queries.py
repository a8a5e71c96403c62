"""Procedures published and dossiers handled, as somebody may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from atvsld.casework.procedures.models import Application, ProcedurePublication
from atvsld.casework.procedures.models.application import ALPHABET, LENGTH
from atvsld.casework.procedures.policy import APPLICATIONS, PUBLICATIONS, READ
from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force


def visible(actor: Actor) -> QuerySet[Application]:
    """Dossiers within reach, with what lists show joined in."""
    found = Application.objects.select_related("body", "establishment")
    return APPLICATIONS.restrict(found, actor, READ)


def search(queryset: QuerySet[Application], text: str) -> QuerySet[Application]:
    """By the beginning of the code or part of the establishment's name; never by a person's name."""
    code = "".join(letter for letter in text.upper() if letter.isalnum())
    wanted = Q(establishment__name_folded__contains=fold(text))
    if code:
        wanted |= Q(code__startswith=code)
    return queryset.filter(wanted)


def by_code(text: str) -> Application | None:
    """The dossier of a tracking code, written with or without marks between; None for none."""
    code = "".join(letter for letter in text.upper() if letter in ALPHABET)[: LENGTH + 1]
    if len(code) != LENGTH:
        return None
    found = Application.objects.exclude(state=Application.State.VOID).filter(code=code)
    return found.select_related("body").prefetch_related("steps").first()


def publications(on: date, procedure: str = "") -> QuerySet[ProcedurePublication]:
    """What is public on a day, of every body or of one procedure."""
    standing = Q(published_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    found = ProcedurePublication.objects.filter(standing).select_related("body").order_by("procedure", "body__name")
    return found.filter(procedure=procedure) if procedure else found


def changeable(actor: Actor, permission: str) -> QuerySet[ProcedurePublication]:
    """Publications the actor may end."""
    return PUBLICATIONS.restrict(ProcedurePublication.objects.select_related("body"), actor, permission)


def holds(body: Body, function: str, on: date) -> bool:
    """Whether a body held a function on a day."""
    return BodyFunction.objects.filter(in_force(on), body=body, function=function).exists()

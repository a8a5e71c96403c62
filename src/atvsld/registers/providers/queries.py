"""Service providers as somebody may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.policy import READ


def visible(actor: Actor) -> QuerySet[ServiceProvider]:
    """All of them for whoever may read: the register is public."""
    return public() if actor.may(READ) else ServiceProvider.objects.none()


def public() -> QuerySet[ServiceProvider]:
    """Providers with their papers and suspensions, for pages without sign-in; never with their people."""
    return ServiceProvider.objects.select_related("place").prefetch_related("qualifications", "suspensions")


def search(queryset: QuerySet[ServiceProvider], text: str) -> QuerySet[ServiceProvider]:
    """By part of the name, with or without tone marks, the number of a paper, or the beginning of the tax code."""
    wanted = Q(name_folded__contains=fold(text)) | Q(qualifications__number__icontains=text)
    if text.isascii() and text.isdigit():
        wanted |= Q(tax_code__startswith=text)
    return queryset.filter(wanted).distinct()


def of_kind(queryset: QuerySet[ServiceProvider], kind: str) -> QuerySet[ServiceProvider]:
    """Those that hold or held a paper for a service."""
    return queryset.filter(qualifications__kind=kind).distinct()


def working(queryset: QuerySet[ServiceProvider], on: date, kind: str = "") -> QuerySet[ServiceProvider]:
    """Those with a paper begun and not stated over on a day, not withdrawn, ceased or suspended.

    A narrowing for lists; the law book decides what a paper that states no end is worth.
    """
    holds = Q(qualifications__valid_from__lte=on) & (
        Q(qualifications__valid_to__isnull=True) | Q(qualifications__valid_to__gte=on)
    )
    holds &= Q(qualifications__withdrawn_on__isnull=True) | Q(qualifications__withdrawn_on__gt=on)
    stopped = Q(suspensions__starts_on__lte=on) & (
        Q(suspensions__ends_on__isnull=True) | Q(suspensions__ends_on__gte=on)
    )
    if kind:
        holds &= Q(qualifications__kind=kind)
        stopped &= Q(suspensions__kind__in=("", kind))
    alive = Q(ceased_on__isnull=True) | Q(ceased_on__gt=on)
    stopped_keys = ServiceProvider.objects.filter(stopped).values("pk")
    return queryset.filter(alive, holds).exclude(pk__in=stopped_keys).distinct()

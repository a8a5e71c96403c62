"""Reporters as a page meets them: found within the person's reach, under the word of their address."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import REPORTERS, everywhere
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.providers.models import ServiceProvider

MODELS: dict[str, type[Model]] = {"establishments": Establishment, "bodies": Body, "providers": ServiceProvider}
REGISTERS = {column: register for register, column in COLUMNS.items()}


def within(actor: Actor, permission: str, register: str) -> QuerySet[Any]:
    """The register's members on which the person holds a permission."""
    held: QuerySet[Any] = MODELS[register]._default_manager.all()  # noqa: SLF001 — Django's documented interface
    if register == "establishments":
        held = held.filter(merged_into=None)
    if everywhere(actor, permission, register):
        return held
    return REPORTERS[register].restrict(held, actor, permission)


def found(actor: Actor, permission: str, kind: str, public_id: str) -> tuple[str, Any]:
    """Register and record of an address; 404 beyond the person's reach."""
    register = REGISTERS.get(kind)
    if register is None:
        raise Http404
    return register, get_object_or_404(within(actor, permission, register), public_id=public_id.replace("\x00", ""))

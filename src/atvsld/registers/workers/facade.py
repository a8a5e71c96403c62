"""All that outer rings may ask of the register of workers."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from atvsld.law.worker_groups import WorkerGroup
from atvsld.platform.access.actor import Actor
from atvsld.registers.workers import identity_numbers, queries
from atvsld.registers.workers.groups import groups_on
from atvsld.registers.workers.models import Worker

__all__ = ["belongs", "find", "find_by_number", "groups_on", "mask", "visible"]

mask = identity_numbers.mask


def visible(actor: Actor) -> QuerySet[Worker]:
    """The workers the actor may see."""
    return queries.visible(actor)


def find(actor: Actor, text: str, limit: int = 20) -> list[Worker]:
    """The first few visible workers whose name or whole identity number fits a text."""
    found = queries.search(queries.visible(actor), text).select_related("establishment")
    return list(found.order_by("name_folded", "pk")[:limit])


def find_by_number(actor: Actor, number: str) -> Worker | None:
    """The visible worker with this identity number."""
    wanted = identity_numbers.fingerprint(number)
    return queries.visible(actor).filter(identity_fingerprint=wanted).first() if wanted else None


def belongs(worker: Worker, group: WorkerGroup, day: date) -> bool:
    """Whether the worker belongs to a protected group on a day."""
    return group in groups_on(worker, day)

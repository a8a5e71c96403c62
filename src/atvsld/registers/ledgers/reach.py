"""Who reaches a record, and whose a new one may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from atvsld.platform.access.actor import Actor
from atvsld.platform.access.policy import Policy
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.ledgers.ledger import Ledger, R

# Read over an area as well as of one's own; written of one's own alone.
READING = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose record it is: a body or an establishment, with the place by which access to it is given."""

    kind: str
    pk: int
    place: int
    label: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}-{self.pk}"

    @property
    def columns(self) -> dict[str, int]:
        """The columns of a record."""
        return {f"{self.kind}_id": self.pk, "place_id": self.place}


def body_owner(body: Body) -> Owner:
    """A body as the owner of records."""
    return Owner("body", body.pk, body.place_id, body.name)


def establishment_owner(establishment: Establishment) -> Owner:
    """An establishment as the owner of records."""
    return Owner("establishment", establishment.pk, establishment.place_id, establishment.name)


def owners(actor: Actor, permission: str) -> list[Owner]:
    """The bodies and establishments in whose name the actor writes, each once, by name."""
    roots: dict[str, set[int]] = {"body": set(), "establishment": set()}
    for scope in actor.scopes(permission):
        if scope.root is not None and scope.dimension in roots and not scope.everything:
            roots[scope.dimension].add(scope.root)
    found = [body_owner(body) for body in Body.objects.filter(pk__in=roots["body"])]
    firms = Establishment.objects.filter(pk__in=roots["establishment"])
    found += [establishment_owner(firm) for firm in firms]
    return sorted(found, key=lambda owner: owner.label)


def visible(actor: Actor, ledger: Ledger[R], permission: str = "") -> QuerySet[R]:
    """The records, withdrawn ones too, on which the actor holds a permission: to read, unless another is given."""
    policy = READING if permission in ("", ledger.read) else OWN
    return policy.restrict(records(ledger), actor, permission or ledger.read)


def records(ledger: Ledger[R]) -> QuerySet[R]:
    """Every record with its owner."""
    found: QuerySet[R] = ledger.model._default_manager.select_related("body", "establishment")  # noqa: SLF001
    return found


def may_change(actor: Actor, ledger: Ledger[R], record: Any) -> bool:
    """Whether the record is the actor's own to change."""
    return bool(OWN.decide(actor, ledger.change, record))

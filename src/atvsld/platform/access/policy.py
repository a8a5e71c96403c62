"""A policy answers for one kind of record: yes or no with reasons, and the same rule as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Refused

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one record, with the sentences that explain it."""

    allowed: bool
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.allowed


class Policy:
    """Rule for one model: which columns place a record in each scope dimension.

    `dimensions` maps a dimension to the lookup path whose id is compared, for example
    `{"place": "place_id", "establishment": "establishment_id"}`. A grant in a dimension that is not
    listed reaches no record of this model.
    """

    def __init__(self, dimensions: Mapping[str, str]) -> None:
        self.dimensions = dict(dimensions)

    def filter(self, actor: Actor, permission: str) -> Q:
        """The records on which the actor holds the permission; none by default."""
        reach = Q(pk__in=[])
        for scope in actor.scopes(permission):
            if scope.everything:
                return Q()
            if path := self.dimensions.get(scope.dimension):
                reach |= Q(**{f"{path.replace('.', '__')}__in": scope.ids})
        return reach

    def restrict(self, queryset: QuerySet[M], actor: Actor, permission: str) -> QuerySet[M]:
        """A queryset narrowed to what the actor may touch: denied rows do not exist for the asker."""
        return queryset.filter(self.filter(actor, permission))

    def decide(self, actor: Actor, permission: str, record: Any) -> Decision:
        """Whether the actor holds the permission on one loaded record, and why."""
        scopes = actor.scopes(permission)
        if not scopes:
            return Decision(allowed=False, reasons=(f"Tài khoản không có quyền “{permission}”.",))
        for scope in scopes:
            if scope.everything:
                return Decision(allowed=True, reasons=(f"Có quyền “{permission}” trên toàn hệ thống.",))
            path = self.dimensions.get(scope.dimension)
            if path and _value(record, path) in scope.ids:
                return Decision(allowed=True, reasons=(f"Có quyền “{permission}” tại {scope.label}.",))
        return Decision(allowed=False, reasons=("Hồ sơ nằm ngoài phạm vi được giao cho tài khoản.",))

    def require(self, actor: Actor, permission: str, record: Any) -> None:
        """Raise `Refused` with the reasons unless allowed."""
        decision = self.decide(actor, permission, record)
        if not decision:
            raise Refused(*decision.reasons)


def _value(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name, None)
    return record

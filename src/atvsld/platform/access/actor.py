"""The one who acts, with the grants that hold at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a grant reaches: everything, or the records whose `dimension` is one of `ids`.

    Dimensions are named by the outer rings (for example a place or an establishment); ids are primary keys.
    `root` is the one record the office is bound to, from which `ids` follow.
    """

    dimension: str = ""
    ids: frozenset[int] = frozenset()
    everything: bool = False
    label: str = ""
    root: int | None = None


EVERYWHERE = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions held in a scope through a role."""

    role: str
    permissions: frozenset[str]
    scope: Scope
    label: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a service with the grants in force now. No grants, no rights."""

    name: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    roles: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all."""
        return any(permission in grant.permissions for grant in self.grants)

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        """Every scope in which the permission is held."""
        return tuple(grant.scope for grant in self.grants if permission in grant.permissions)


NOBODY = Actor(name="")


def system_actor(name: str, permissions: Iterable[str]) -> Actor:
    """A job, an installation step or the command line acting with named permissions everywhere."""
    grant = Grant(role="system", permissions=frozenset(permissions), scope=EVERYWHERE)
    return Actor(name=name, grants=(grant,), roles=frozenset({"system"}))

"""Who may see who owes which report, state the facts that decide it, and chase what is missing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor, Scope
from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy
from atvsld.registers.places import tree

READ = permission("obligations:reporting_duty:read", _("Xem nghĩa vụ báo cáo và tình hình nộp"))
STATE = permission("obligations:stated_fact:change", _("Ghi sự kiện làm căn cứ xác định nghĩa vụ báo cáo"))
CHASE = permission("obligations:reminder_batch:write", _("Đôn đốc đơn vị chưa nộp báo cáo"))

# By the register a reporter stands in.
REPORTERS = {
    "establishments": Policy({"place": "place_id", "establishment": "pk"}),
    "bodies": Policy({"place": "place_id"}),
    "providers": Policy({"place": "place_id"}),
}
BATCHES = Policy({"place": "place_id"})


def _whole(scope: Scope) -> bool:
    """Whether a scope takes in the whole province: providers from elsewhere have no place to be found under."""
    return scope.dimension == "place" and scope.root is not None and tree.current().covers_everything(scope.root)


def everywhere(actor: Actor, permission: str, register: str) -> bool:
    """Whether a permission reaches every member of a register."""
    return reach(actor, permission, register) is None


def reach(actor: Actor, permission: str, register: str) -> dict[str, Any] | None:
    """Where a permission reaches in a register: None for everywhere, else ids by `place` and `establishment`."""
    found: dict[str, set[int]] = {"place": set(), "establishment": set()}
    for scope in actor.scopes(permission):
        if scope.everything or (register == "providers" and _whole(scope)):
            return None
        if scope.dimension in REPORTERS[register].dimensions:
            found[scope.dimension] |= scope.ids
    return {name: sorted(ids) for name, ids in found.items()}

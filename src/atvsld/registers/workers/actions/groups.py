"""A worker's belonging to a protected group, as far as it is recorded rather than derived."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.workers.models import ProtectedGroup, Worker
from atvsld.registers.workers.models.protected_group import Group
from atvsld.registers.workers.policy import CHANGE, WORKERS


@action(needs=CHANGE, records="workers:protected_group:stated")
def state_group(
    act: Act, *, worker: Worker, group: str, valid_from: date, valid_to: date | None = None, basis: str = ""
) -> ProtectedGroup:
    """Record that a worker belongs to a group from a day on. `Rejected` for a group that follows from age or sex."""
    WORKERS.require(act.actor, CHANGE, worker)
    problems = []
    if group not in Group.values:
        problems.append(Problem("group", _("Nhóm này không ghi bằng tay."), column="group", value=group))
    if valid_to is not None and valid_to < valid_from:
        problems.append(Problem("days", _("Ngày kết thúc trước ngày bắt đầu."), column="valid_to"))
    if problems:
        raise Rejected(problems)
    return ProtectedGroup.objects.create(
        worker=worker, group=group, valid_from=valid_from, valid_to=valid_to, basis=basis.strip()
    )


@action(needs=CHANGE, records="workers:protected_group:ended")
def end_group(act: Act, *, membership: ProtectedGroup, valid_to: date) -> ProtectedGroup:
    """State the last day in the group. `Conflict` when it was stated before."""
    WORKERS.require(act.actor, CHANGE, membership.worker)
    if valid_to < membership.valid_from:
        raise Rejected([Problem("days", _("Ngày kết thúc trước ngày bắt đầu."), column="valid_to")])
    if not ProtectedGroup.objects.filter(pk=membership.pk, valid_to__isnull=True).update(valid_to=valid_to):
        raise Conflict(_("Ngày kết thúc đã được ghi từ trước."))
    membership.refresh_from_db()
    return membership

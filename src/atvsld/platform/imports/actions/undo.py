"""Undoing an import: all of it in one transaction and as one act, or nothing."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.imports import targets
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.undoing import Plan, carry_out, plan_of

State = ImportRun.State
RECORDS = "imports:run:undone"


def preview(act: Act, *, run: ImportRun) -> Plan:
    """What undoing would do and what forbids it; nothing is changed."""
    with transaction.atomic():
        return plan_of(run, targets.get(run.target).undo, act.actor)


def undo(act: Act, *, run: ImportRun) -> Plan:
    """Take back what an import wrote. `Rejected` with what forbids it, `Conflict` when somebody was quicker.

    A second call, or one after a death half-way, finds the import either undone or standing untouched.
    """
    target = targets.get(run.target)
    carry = action(needs=target.permission, records=RECORDS)(_undo)
    try:
        return carry(act, run=run)
    except IntegrityError as error:
        message = _("Dữ liệu hiện có không cho phép trở lại giá trị trước; không thay đổi gì.")
        raise Rejected([Problem("undo_impossible", message)]) from error


def _undo(act: Act, *, run: ImportRun) -> Plan:
    # The row is held until the end: whoever comes second waits, and finds the import undone.
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in (State.DONE, State.UNDOING):
        raise Conflict(_("Lần nhập này đã được xử lý ở nơi khác; hãy tải lại trang."))
    plan = carry_out(held, targets.get(held.target).undo, act.actor)
    if not plan.possible:
        raise Rejected(plan.problems())
    held.state = State.UNDONE
    held.undone_at = act.at
    held.undone_by_id = act.actor.user_id
    held.details = held.details | {"undone": plan.to_json()["parts"]}
    held.details.pop("undo_refused", None)
    held.save(update_fields=["state", "undone_at", "undone_by", "details"])
    run.refresh_from_db()
    return plan

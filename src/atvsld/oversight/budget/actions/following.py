"""Lines go with their task: whoever answers for it now pays from here on; what was paid stays where it was paid."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.actions.lines import locked
from atvsld.oversight.budget.calendar import load_rules
from atvsld.oversight.budget.models import BudgetLine, LineHolding
from atvsld.oversight.budget.policy import CHANGE
from atvsld.oversight.budget.position import position
from atvsld.platform.acts import Act, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import heirs, lineage


@action(needs=CHANGE, records="budget:line:followed")
def follow_tasks(act: Act, *, on: date) -> int:  # noqa: ARG001 - names the history
    """Hand over every open line whose payer left the task or ended; how many. Repeating is harmless."""
    elsewhere = Q(task__body__isnull=False) & ~Q(task__body=F("body"))
    rows = _open(on).filter(elsewhere | Q(body__valid_to__lt=on)).select_related("task__body").order_by("pk")
    return sum(_hand(line, on) for line in rows)


def hand_lines(act: Act, *, old: Body, new: Body, on: date) -> int:
    """Hand the open lines of a body that ends to the one that takes over, within an action that is running."""
    del act  # the calling action names the history
    return sum(_move(line, new, on, unsure=False) for line in _open(on).filter(body=old).order_by("pk"))


def _open(on: date) -> QuerySet[BudgetLine]:
    """Standing lines of bodies whose year is not closed yet."""
    years = {year for year in (on.year - 1, on.year) if load_rules().closes(year) >= on}
    return queries.standing(BudgetLine.objects.filter(body__isnull=False)).filter(
        Q(year__in=years) | Q(year__gt=on.year)
    )


def _hand(line: BudgetLine, on: date) -> int:
    """To the task's owner, unless the payer works along in the task; then to who took over from the payer."""
    assert line.body_id is not None
    owner = line.task.body
    works_along = line.task.supports.filter(body__in=lineage(line.body_id)).exists()
    if owner is not None and owner.pk != line.body_id and not works_along:
        return _move(line, owner, on, unsure=line.task.owner_unsure)
    found = heirs(line.body_id, on)
    # Still there, or nobody took over.
    if not found or line.body_id in {body.pk for body in found}:
        return 0
    return _move(line, found[0], on, unsure=len(found) > 1)


def _move(line: BudgetLine, new: Body, on: date, *, unsure: bool) -> int:
    held = locked(line, None)
    where = position(held)
    # Paid out to the last đồng: nothing is open, so it stays.
    if held.body_id == new.pk or (where.allocated > 0 and where.left <= 0):
        return 0
    since = LineHolding.objects.get(line=held, until__isnull=True)
    if since.since >= on:
        # Never held it for a day that can be told apart.
        LineHolding.objects.filter(pk=since.pk).update(body=new)
    else:
        LineHolding.objects.filter(pk=since.pk).update(until=on - timedelta(days=1))
        why = _("Chuyển theo nhiệm vụ.")
        LineHolding.objects.create(line=held, body=new, since=on, why=why)
    BudgetLine.objects.filter(pk=held.pk).update(
        body=new, place_id=new.place_id, owner_unsure=unsure, version=F("version") + 1
    )
    return 1

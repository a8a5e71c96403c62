"""The finance body: consolidating what was proposed, and one decision over many lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.budget import queries
from atvsld.oversight.budget.actions.money import give
from atvsld.oversight.budget.drafts import AllocationDraft
from atvsld.oversight.budget.models import Allocation, BudgetLine
from atvsld.oversight.budget.policy import ALLOCATE
from atvsld.platform.acts import Act, Rejected, action


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a decision gives one line; `row` is where it stood on the sheet."""

    line: BudgetLine
    version: int
    amount: int
    note: str = ""
    row: int = 0


@action(needs=ALLOCATE, records="budget:line:consolidated")
def consolidate(act: Act, *, year: int) -> int:
    """Take every line proposed for a year into the consolidated estimate; how many. Repeating is harmless."""
    rows = queries.visible(act.actor, ALLOCATE).filter(year=year, state=BudgetLine.State.PROPOSED)
    held = queries.standing(rows).select_for_update(of=("self",)).order_by("pk")
    moved = BudgetLine.objects.filter(pk__in=[line.pk for line in held])
    return moved.update(state=BudgetLine.State.CONSOLIDATED, version=F("version") + 1)


@action(needs=ALLOCATE, records="budget:allocation:recorded")
def allocate_decision(act: Act, *, draft: AllocationDraft, shares: Sequence[Share]) -> list[Allocation]:
    """One decision over many lines, all or none. `draft` says number, day and file; amounts stand in the shares."""
    if not shares:
        message = _("Chưa ghi số tiền cho dòng nào.")
        raise Rejected([Problem("nothing", message, _("Ghi số tiền ít nhất ở một dòng."))])
    made, problems = [], []
    # Always in one order, so that two decisions at once do not wait for each other.
    for share in sorted(shares, key=lambda share: share.line.pk):
        own = replace(draft, amount=share.amount, note=share.note or draft.note)
        try:
            made.append(give(act, share.line, share.version, own))
        except Rejected as error:
            problems += [replace(one, row=share.row, column=f"amount_{share.line.pk}") for one in error.problems]
    if problems:
        raise Rejected(problems)
    return made

"""Adding, changing and removing victims of a case; each moves the case to its next version."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from atvsld.casework.accidents import rules
from atvsld.casework.accidents.actions.cases import step
from atvsld.casework.accidents.actions.summary import refresh
from atvsld.casework.accidents.drafts import VictimDraft, columns
from atvsld.casework.accidents.followers import changed
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Conflict, Rejected, action, clock


@action(needs=CHANGE, records="accidents:victim:added")
def add_victim(act: Act, *, case: AccidentCase, version: int, victim: VictimDraft) -> Victim:
    """Add a victim at the end of the list. `version` is the case's version the editor saw."""
    CASES.require(act.actor, CHANGE, case)
    _require_sound(case, victim)
    step(case, version)
    last = case.victims.aggregate(last=Max("position"))["last"] or 0
    added = Victim.objects.create(case=case, position=last + 1, **columns(victim))
    _settle(act, case)
    added.refresh_from_db()
    return added


@action(needs=CHANGE, records="accidents:victim:changed")
def change_victim(act: Act, *, victim: Victim, version: int, changes: VictimDraft) -> Victim:
    """Replace a victim's facts. `version` is the case's version the editor saw."""
    CASES.require(act.actor, CHANGE, victim.case)
    _require_sound(victim.case, changes)
    step(victim.case, version)
    if not Victim.objects.filter(pk=victim.pk).update(**columns(changes)):
        raise Conflict(_("Người bị nạn này đã được bỏ khỏi hồ sơ."))
    _settle(act, victim.case)
    victim.refresh_from_db()
    return victim


@action(needs=CHANGE, records="accidents:victim:removed")
def remove_victim(act: Act, *, victim: Victim, version: int) -> None:
    """Take out a victim entered by mistake; needs `act.reason`. History keeps the row.

    The last victim stays: a case without victims would vanish from every table.
    """
    case = victim.case
    CASES.require(act.actor, CHANGE, case)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do bỏ người bị nạn."), column="reason")])
    step(case, version)
    if case.victims.exclude(pk=victim.pk).count() == 0:
        message = _("Đây là người bị nạn duy nhất của vụ.")
        raise Rejected([Problem("last_victim", message, _("Sửa thông tin người này thay vì bỏ."))])
    Victim.objects.filter(pk=victim.pk).delete()
    _settle(act, case)


def _settle(act: Act, case: AccidentCase) -> None:
    """Derive what follows from the victims, then tell those who follow the case."""
    refresh([case.pk])
    case.refresh_from_db()
    changed(act, case)


def _require_sound(case: AccidentCase, victim: VictimDraft) -> None:
    day = clock.local_day(case.occurred_at)
    problems = rules.blocking(list(rules.check_victim(load_book(), victim, on=day)))
    if problems:
        raise Rejected(problems)

"""Each clock of a file is a duty owed by somebody: kept in step with the register of duties."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from atvsld.casework.accidents.procedure.models import CaseFile, Clock
from atvsld.law import NotInForce, load_book
from atvsld.law.deadlines import DeadlineRule
from atvsld.law.procedure import Level
from atvsld.platform.acts import Act, clock
from atvsld.registers.duties import facade as register

CONTEXT = "accidents"
# At the establishment's level the team is the employer's own, and the employer set it up.
_AT_ESTABLISHMENT = {"investigation_team": "establishment_team", "team_founder": "employer"}
# A case of the establishment's level that the province investigates, by choice or again: its team owes the result.
_INVESTIGATED_ABOVE = {"INV_NHE": "provincial_team", "INV_NANG1": "provincial_team"}


def owed(act: Act, file: CaseFile, running: Clock) -> None:
    """Enter the duty of a clock that began. A window obliges nobody; nor does a rule not yet in force that day."""
    if running.window:
        return
    case = file.case
    try:
        rule = load_book().deadline(running.rule, on=clock.local_day(running.since))
    except NotInForce:
        return
    own = _owner(file.level, rule)
    register.owe(
        act, key=running.key, rule=running.rule, context=CONTEXT, subject=case.public_id, label=case.number,
        url=reverse("accidents:case", args=[case.public_id]), place_id=case.place_id, at=running.since,
        establishment_id=case.establishment_id, owner=own,
    )  # fmt: skip


def owed_by_another(running: Clock, before: str | None, after: str) -> bool:
    """Whether somebody else owes what a clock asks for, now that the file is on another level."""
    try:
        rule = load_book().deadline(running.rule, on=clock.local_day(running.since))
    except NotInForce:
        return False
    return _owner(before, rule) != _owner(after, rule)


def _owner(level: str | None, rule: DeadlineRule) -> str | None:
    """Who owes a rule on a file of a level, where that is not the rule's own owner."""
    return _AT_ESTABLISHMENT.get(rule.owner) if level == Level.ESTABLISHMENT else _INVESTIGATED_ABOVE.get(rule.id)


def decisions_after_death(act: Act, file: CaseFile, at: datetime) -> None:
    """The employer's decision on each dead worker's benefit, due from the publication meeting (TT 28/2021 Điều 7.1).

    One for each victim, under the key by which the room of benefits discharges it; none without a labour relation.
    """
    case = file.case
    if case.conclusion not in ("occupational", "article_39_2"):
        return
    for victim in case.victims.filter(severity="fatal").exclude(labour_relation="none"):
        register.owe(
            act, key=f"accidents:{case.public_id}:COMP_DECISION:{victim.public_id}", rule="COMP_DECISION",
            context=CONTEXT, subject=case.public_id, label=case.number,
            url=reverse("accidents:case", args=[case.public_id]), place_id=case.place_id, at=at,
            establishment_id=case.establishment_id,
        )  # fmt: skip


def met(act: Act, ended: Clock, at: datetime) -> None:
    """Discharge the duty of a clock."""
    if not ended.window:
        register.discharge(act, key=ended.key, at=at)


def stopped(act: Act, ended: Clock) -> None:
    """Take back the duty of a clock that no longer applies."""
    if not ended.window:
        register.cancel(act, key=ended.key, reason=ended.ended_reason)


def extended(act: Act, running: Clock, days: int) -> None:
    """Lengthen the duty of a clock by its one extension."""
    if not running.window:
        register.extend(act, key=running.key, days=days)

"""Handing the file of a case to a body outside the ladder of the province's units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from atvsld.casework.accidents.actions.cases import step
from atvsld.casework.accidents.declarations.queries import hears_everyone
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, CHANGE, READ_IDENTITY
from atvsld.casework.accidents.views.actions.inviting import LONGEST_DAYS, Guest, invite
from atvsld.casework.accidents.views.models import CaseTransfer
from atvsld.casework.accidents.views.policy import INVITE
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Refused, Rejected, action
from atvsld.registers.bodies.models import Body


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the file: a body of the register, or one named; with the number of the letter that carries it."""

    body: Body | None = None
    name: str = ""
    document: str = ""


@action(needs=INVITE, records="accidents:case:handed_over")
def hand_over(act: Act, *, case: AccidentCase, version: int, to: Recipient, key: str) -> CaseTransfer:
    """Note that the file went to another body; `act.reason` says why.

    The accident is still counted where it happened, and its file stays to be followed. A body of the register may
    read the case for a year, with the identities when the actor may open them, and its people are told. `key` is a
    ULID made by the sender: the same again is nothing. `Conflict` when the case changed meanwhile.
    """
    if held := CaseTransfer.objects.filter(public_id=key, by_id=act.actor.user_id).first():
        return held
    for permission in (CHANGE, INVITE):
        CASES.require(act.actor, permission, case)
    if not hears_everyone(act.actor):
        raise Refused(_("Chỉ cơ quan nhà nước chuyển hồ sơ cho cơ quan khác."))
    if problems := _problems(act, to):
        raise Rejected(problems)
    step(case, version)
    made = CaseTransfer.objects.create(
        public_id=key, case=case, from_place_id=case.place_id, to_body=to.body, to_name=to.name.strip(),
        document=to.document.strip(), reason=act.reason.strip()[:300], at=act.at, by_id=act.actor.user_id,
    )  # fmt: skip
    if to.body is not None:
        named = bool(CASES.decide(act.actor, READ_IDENTITY, case))
        until = act.day + timedelta(days=LONGEST_DAYS)
        invite(act, case=case, guest=Guest(until, made.reason, body=to.body, identities=named))
    return made


def _problems(act: Act, to: Recipient) -> list[Problem]:
    found = []
    if (to.body is None) == (not to.name.strip()):
        message = _("Chọn một cơ quan trong danh bạ, hoặc ghi tên cơ quan khác.")
        found.append(Problem("one_recipient", message, column="body"))
    if not act.reason.strip():
        found.append(Problem("no_reason", _("Chưa ghi lý do chuyển."), column="reason"))
    return found

"""Passing a case on to the unit it belongs to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.actions.cases import step
from atvsld.casework.accidents.followers import changed
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.casework.accidents.views.models import CaseTransfer
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action, clock
from atvsld.platform.outbox import facade as outbox
from atvsld.registers.duties import facade as duties
from atvsld.registers.duties.recipients import people_over
from atvsld.registers.places import tree
from atvsld.registers.places.models import Place


@action(needs=CHANGE, records="accidents:case:transferred")
def transfer_case(act: Act, *, case: AccidentCase, version: int, to: Place, key: str) -> CaseTransfer:
    """Pass a case on to the unit in which the accident really happened; `act.reason` says why.

    The right is needed where the case stands, not where it goes: who found it wrongly recorded may hand it over and
    sees it no more. Its open duties go along, and the people of that unit are told. `key` is a ULID made by the
    sender: the same transfer again is nothing. `Conflict` when the case changed meanwhile, `Rejected` otherwise.
    """
    if held := CaseTransfer.objects.filter(public_id=key, by_id=act.actor.user_id).first():
        return held
    CASES.require(act.actor, CHANGE, case)
    if problems := _problems(act, case, to):
        raise Rejected(problems)
    step(case, version, place_id=to.pk)
    made = CaseTransfer.objects.create(
        public_id=key, case=case, from_place_id=case.place_id, to_place=to, reason=act.reason[:300], at=act.at,
        by_id=act.actor.user_id,
    )  # fmt: skip
    case.refresh_from_db()
    changed(act, case)
    duties.hand_on(act, context="accidents", subject=case.public_id, place_id=to.pk)
    for user_id in people_over("commune_committee", to.pk, act.day):
        outbox.post(
            key=f"accident_views:transfer:{key}:{user_id}",
            user_id=user_id,
            subject=_("Nhận hồ sơ %(number)s chuyển đến") % {"number": case.number},
            body=_("Hồ sơ %(number)s được chuyển từ %(place)s. Lý do: %(reason)s")
            % {"number": case.number, "place": made.from_place.name, "reason": made.reason},
            url=reverse("accidents:case", args=[case.public_id]),
            at=act.at,
        )
    return made


def _problems(act: Act, case: AccidentCase, to: Place) -> list[Problem]:
    found = []
    node = tree.current().nodes.get(to.pk)
    if to.pk == case.place_id:
        found.append(Problem("same_place", _("Hồ sơ đang ở chính đơn vị này."), column="place"))
    elif node is None or not node.exists_on(clock.local_day(case.occurred_at)):
        message = _("Đơn vị này không tồn tại vào ngày xảy ra tai nạn.")
        found.append(Problem("place_of_another_day", message, column="place"))
    if not act.reason.strip():
        found.append(Problem("no_reason", _("Chưa ghi lý do chuyển."), column="reason"))
    return found

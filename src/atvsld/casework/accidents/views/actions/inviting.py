"""Showing one case to an agency or a person, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, READ_IDENTITY
from atvsld.casework.accidents.views.models import CaseInvitation
from atvsld.casework.accidents.views.policy import INVITE
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.outbox import facade as outbox
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.offices.models import Office

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited (a person or a body), until when, why, and whether identities and papers are open to them."""

    valid_to: date
    reason: str
    user: User | None = None
    body: Body | None = None
    identities: bool = False


@action(needs=INVITE, records="accidents:case_invitation:given")
def invite(act: Act, *, case: AccidentCase, guest: Guest) -> CaseInvitation:
    """Let a person or a body's people read one case from today. The same invitation again is the one that stands.

    Identities may be opened only by who may read them. `Rejected` with the problems.
    """
    CASES.require(act.actor, INVITE, case)
    if guest.identities:
        CASES.require(act.actor, READ_IDENTITY, case)
    if problems := list(_problems(act, guest)):
        raise Rejected(problems)
    # One at a time for a case: a double click meets the invitation it made.
    AccidentCase.objects.select_for_update().get(pk=case.pk)
    held = CaseInvitation.objects.filter(
        case=case, user=guest.user, body=guest.body, revoked_at=None, valid_to=guest.valid_to,
        identities=guest.identities,
    ).first()  # fmt: skip
    if held is not None:
        return held
    made = CaseInvitation.objects.create(
        case=case, user=guest.user, body=guest.body, valid_from=act.day, valid_to=guest.valid_to,
        identities=guest.identities, reason=guest.reason, given_at=act.at, given_by_id=act.actor.user_id,
    )  # fmt: skip
    _tell(act, made)
    return made


@action(needs=INVITE, records="accidents:case_invitation:revoked")
def revoke(act: Act, *, invitation: CaseInvitation) -> None:
    """End an invitation at once; ending it twice is ending it once."""
    CASES.require(act.actor, INVITE, invitation.case)
    CaseInvitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=act.at)


def _problems(act: Act, guest: Guest) -> list[Problem]:
    found = []
    if (guest.user is None) == (guest.body is None):
        message = _("Chọn đúng một: cơ quan hoặc người được mời.")
        found.append(Problem("one_guest", message, column="body"))
    if not act.day <= guest.valid_to or (guest.valid_to - act.day).days > LONGEST_DAYS:
        message = _("Ngày cuối phải từ hôm nay và không quá một năm.")
        found.append(Problem("span", message, column="valid_to"))
    if not guest.reason.strip():
        found.append(Problem("no_reason", _("Chưa ghi lý do mời."), column="reason"))
    return found


def _tell(act: Act, made: CaseInvitation) -> None:
    people = [made.user_id] if made.user_id else _people_of(made.body_id, act.day) if made.body_id else []
    for user_id in people:
        outbox.post(
            key=f"accident_views:invitation:{made.public_id}:{user_id}",
            user_id=user_id,
            subject=_("Được mời xem hồ sơ %(number)s") % {"number": made.case.number},
            body=_("Bạn được xem hồ sơ %(number)s đến hết ngày %(day)s. Lý do: %(reason)s")
            % {"number": made.case.number, "day": format_date(made.valid_to), "reason": made.reason},
            url=reverse("accidents:case", args=[made.case.public_id]),
            at=act.at,
        )


def _people_of(body_id: int, on: date) -> list[int]:
    held = Office.objects.filter(in_force(on), body_id=body_id, user__is_active=True)
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())

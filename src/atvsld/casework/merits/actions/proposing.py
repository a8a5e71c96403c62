"""A body proposes a commendation: written, checked against the registers, sent, taken back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from atvsld.casework.merits import prechecks, rules
from atvsld.casework.merits.drafts import CommendationDraft
from atvsld.casework.merits.models import Commendation, CommendationCheck
from atvsld.casework.merits.policy import CHANGE, OWN
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.ledgers.reach import Owner

STATE = Commendation.State


@action(needs=CHANGE, records="merits:commendation:written")
def propose(act: Act, *, key: str, owner: Owner, draft: CommendationDraft) -> Commendation:
    """Write a proposal. `key` is a ULID made by the sender: sent twice, it gives the same record."""
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang đề nghị."))])
    record = Commendation(public_id=key, **owner.columns, **_columns(draft))
    OWN.require(act.actor, CHANGE, record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"commendation:{key}"])
    earlier = Commendation.objects.filter(public_id=key).first()
    if earlier is not None:
        OWN.require(act.actor, CHANGE, earlier)
        if any(getattr(earlier, name) != value for name, value in _columns(draft).items()):
            raise Conflict(_("Phiếu này đã được ghi với nội dung khác. Mở lại trang đề nghị mới."))
        return earlier
    _require_sound(act, draft)
    record.save(force_insert=True)
    return record


@action(needs=CHANGE, records="merits:commendation:changed")
def change(act: Act, *, commendation: Commendation, version: int, draft: CommendationDraft) -> Commendation:
    """Replace what a proposal says, while it was not sent."""
    OWN.require(act.actor, CHANGE, commendation)
    require_state(commendation, STATE.DRAFT)
    _require_sound(act, draft)
    step(commendation, version, **_columns(draft))
    return commendation


@action(needs=CHANGE, records="merits:commendation:proposed")
def send(act: Act, *, commendation: Commendation, version: int) -> Commendation:
    """Send a proposal with the answers of the registers frozen beside it, good or bad."""
    OWN.require(act.actor, CHANGE, commendation)
    if commendation.state == STATE.PROPOSED and commendation.version == version + 1:
        return commendation  # the second click of one press
    require_state(commendation, STATE.DRAFT)
    step(commendation, version, state=STATE.PROPOSED, proposed_at=act.at)
    keep_answers(commendation, CommendationCheck.Moment.PROPOSAL, act.at, prechecks.ask(commendation, act.day))
    return commendation


@action(needs=CHANGE, records="merits:commendation:withdrawn")
def withdraw(act: Act, *, commendation: Commendation, version: int, why: str) -> Commendation:
    """Take a proposal back before it is decided; it stays with the reason."""
    OWN.require(act.actor, CHANGE, commendation)
    require_state(commendation, STATE.DRAFT, STATE.PROPOSED)
    if not why.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do rút."), _("Nêu vì sao rút đề nghị."), column="why")])
    step(commendation, version, withdrawn_at=act.at, withdrawn_why=why.strip()[:300])
    return commendation


def step(commendation: Commendation, version: int, **values: object) -> None:
    """Move the record to its next version, or raise `Conflict` when someone else did so first."""
    held = Commendation.objects.filter(pk=commendation.pk, version=version, withdrawn_at=None)
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(_("Hồ sơ vừa được người khác sửa hoặc rút. Mở lại hồ sơ để xem bản mới rồi ghi tiếp."))
    commendation.refresh_from_db()


def require_state(commendation: Commendation, *states: str) -> None:
    """`Rejected` unless the record stands in one of the states and was not taken back."""
    if commendation.withdrawn_at is not None or commendation.state not in states:
        message = _("Hồ sơ đang ở tình trạng “%(state)s”, không làm được việc này.")
        told = _("Đã rút") if commendation.withdrawn_at else commendation.get_state_display()
        raise Rejected([Problem("wrong_state", message % {"state": told}, _("Mở lại hồ sơ."))])


def keep_answers(commendation: Commendation, moment: str, at: datetime, answers: list[Any]) -> None:
    """Freeze the answers of one moment, in Vietnamese: they are part of the record."""
    with override("vi"):
        CommendationCheck.objects.bulk_create(
            CommendationCheck(
                commendation=commendation, moment=moment, code=criterion.code, verdict=answer.verdict,
                reason=str(answer.why), records=[list(pair) for pair in answer.records], checked_at=at,
            )
            for criterion, answer in answers
        )  # fmt: skip


def _columns(draft: CommendationDraft) -> dict[str, Any]:
    """The columns as the draft states them; a subject that stands in a register is named by it."""
    kind = Commendation.SubjectKind
    stated = asdict(draft) | {name: getattr(draft, name).strip() for name in ("subject_name", "unit", "achievement")}
    if draft.subject_kind != kind.BODY:
        stated["about_body_id"] = None
    if draft.subject_kind == kind.BODY:
        stated["about_establishment_id"] = None
        body = Body.objects.filter(pk=draft.about_body_id or 0).first()
        stated["subject_name"], stated["unit"] = (body.name if body else "")[:200], ""
    if draft.subject_kind == kind.ESTABLISHMENT:
        firm = Establishment.objects.filter(pk=draft.about_establishment_id or 0).first()
        stated["subject_name"], stated["unit"] = (firm.name if firm else "")[:200], ""
    stated["search_text"] = fold(f"{stated['subject_name']} {stated['unit']} {stated['achievement']}")[:4000]
    return stated


def _require_sound(act: Act, draft: CommendationDraft) -> None:
    if problems := list(rules.of_draft(draft, act.day)):
        raise Rejected(problems)

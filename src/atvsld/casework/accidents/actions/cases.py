"""Opening and changing a case."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.accidents import rules
from atvsld.casework.accidents.actions.summary import refresh
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft, columns, differs
from atvsld.casework.accidents.followers import changed
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, CHANGE, CREATE
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.places import tree


@action(needs=CREATE, records="accidents:case:opened")
def open_case(act: Act, *, key: str, case: CaseDraft, victims: Sequence[VictimDraft]) -> AccidentCase:
    """Record a new case with its victims.

    `key` is a ULID made by the sender before sending. It becomes the public id, so a double click or a repeated
    request after a lost answer gives the same case. `Conflict` when the key already names a case that says
    something else; `Refused` outside the actor's area; `Rejected` with the problems of the input.
    """
    if not is_ulid(key):
        message = _("Mã phiếu “%(key)s” không đúng dạng.") % {"key": key}
        raise Rejected([Problem("bad_key", message, _("Mở lại trang ghi nhận."), column="key")])
    record = AccidentCase(public_id=key, **columns(case))
    CASES.require(act.actor, CREATE, record)
    _one_at_a_time(key)
    earlier = AccidentCase.objects.filter(public_id=key).first()
    if earlier is not None:
        return _same(act, earlier, case, victims)
    _require_sound(act, case, victims)
    _save(record)
    Victim.objects.bulk_create(
        Victim(case=record, position=position, **columns(victim)) for position, victim in enumerate(victims, start=1)
    )
    refresh([record.pk])
    record.refresh_from_db()
    changed(act, record)
    return record


@action(needs=CHANGE, records="accidents:case:changed")
def change_case(act: Act, *, case: AccidentCase, version: int, changes: CaseDraft) -> AccidentCase:
    """Replace the case's own facts. `version` is the one the editor saw: `Conflict` when it is no longer current.

    The actor needs the right both where the case stands and where it would stand.
    """
    CASES.require(act.actor, CHANGE, case)
    CASES.require(act.actor, CHANGE, AccidentCase(**columns(changes)))
    problems = rules.blocking(list(rules.check_case(load_book(), tree.current(), changes, at=act.at)))
    if problems:
        raise Rejected(problems)
    try:
        with transaction.atomic():
            step(case, version, **columns(changes))
    except IntegrityError as error:
        raise _explained(error, changes.case_key) from error
    case.refresh_from_db()
    changed(act, case)
    return case


def step(case: AccidentCase, version: int, **values: object) -> None:
    """Move the case to its next version, or raise `Conflict` when someone else did so first."""
    moved = AccidentCase.objects.filter(pk=case.pk, version=version).update(version=F("version") + 1, **values)
    if not moved:
        raise Conflict(
            _("Hồ sơ %(number)s vừa được người khác sửa nên thay đổi của bạn chưa được ghi. "
              "Mở lại hồ sơ để xem bản mới rồi sửa tiếp.") % {"number": case.number}
        )  # fmt: skip


def _require_sound(act: Act, case: CaseDraft, victims: Sequence[VictimDraft]) -> None:
    problems = rules.blocking(rules.check(load_book(), tree.current(), case, victims, at=act.at))
    if problems:
        raise Rejected(problems)


def _same(act: Act, earlier: AccidentCase, case: CaseDraft, victims: Sequence[VictimDraft]) -> AccidentCase:
    """The case recorded under the key before, provided the repeated request says the same."""
    CASES.require(act.actor, CREATE, earlier)
    held = list(earlier.victims.order_by("position"))
    if len(held) == len(victims) and not differs(case, earlier) and not any(map(differs, victims, held)):
        return earlier
    raise Conflict(
        _("Phiếu này đã được ghi thành hồ sơ %(number)s với nội dung khác. Mở hồ sơ đó để sửa.")
        % {"number": earlier.number}
    )


def _save(record: AccidentCase) -> None:
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise _explained(error, record.case_key) from error


def _explained(error: IntegrityError, case_key: str | None) -> Exception:
    """A sentence for the one constraint a sender can break; any other breach is a fault of ours."""
    if "accident_case_key" not in str(error):
        return error
    message = _("Đã có hồ sơ mang mã vụ “%(key)s”.") % {"key": case_key}
    return Rejected([Problem("case_key_taken", message, _("Mở hồ sơ đó, hoặc dùng mã khác."), column="case_key")])


def _one_at_a_time(key: str) -> None:
    """Let requests with one key through one after another; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"accident:{key}"])
